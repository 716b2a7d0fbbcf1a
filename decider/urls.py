"""Every address of Decider."""

from django.conf import settings
from django.urls import path

from decider.views import (
    check,
    comparisons,
    components,
    exports,
    pages,
    proof,
    records,
    reports,
    results,
    secret_addresses,
    what_if,
    wizard,
)

handler400 = "decider.views.errors.bad_request"
handler403 = "decider.views.errors.permission_denied"
handler404 = "decider.views.errors.page_not_found"
handler500 = "decider.views.errors.server_error"

urlpatterns = [
    path("", pages.home, name="home"),
    path("start/", pages.start, name="start"),
    path("example/", pages.start_example, name="start_example"),
    path("health/", pages.health, name="health"),
    # Whatever follows a secret belongs to it, so that no address with one is ever unknown.
    path("edit/<path:token>", secret_addresses.open_edit_link, name="open_edit_link"),
    path("shared/<path:token>", secret_addresses.open_share_link, name="open_share_link"),
    path("assessments/<uuid:pk>/", wizard.resume, name="resume"),
    path("assessments/<uuid:pk>/questions/<slug:question_key>/", wizard.question, name="question"),
    path("assessments/<uuid:pk>/quick/", wizard.quick, name="quick"),
    path("assessments/<uuid:pk>/standing/", wizard.standing, name="standing"),
    path("assessments/<uuid:pk>/check/", check.check, name="check"),
    path("assessments/<uuid:pk>/weights/", check.weights, name="weights"),
    path("assessments/<uuid:pk>/settings/", check.details, name="assessment_settings"),
    path("assessments/<uuid:pk>/edit-links/revoke/", check.revoke_links, name="revoke_edit_links"),
    path(
        "assessments/<uuid:pk>/editors/<int:editor_pk>/remove/",
        check.remove,
        name="remove_editor",
    ),
    path("assessments/<uuid:pk>/join/", check.join, name="join_assessment"),
    path("assessments/<uuid:pk>/delete/", check.delete, name="delete_assessment"),
    path("assessments/<uuid:pk>/leave/", check.leave, name="leave_assessment"),
    path("assessments/<uuid:pk>/result/", results.result, name="result"),
    path("assessments/<uuid:pk>/what-if/", what_if.what_if, name="what_if"),
    path("assessments/<uuid:pk>/what-if/apply/", what_if.apply, name="apply_what_if"),
    path("assessments/<uuid:pk>/save-report/", results.save_report, name="save_report"),
    path("assessments/<uuid:pk>/reports/", reports.report_list, name="reports"),
    path("check-record/", proof.check_record, name="check_record"),
    path("read-in/", proof.read_in_report, name="read_in_report"),
    path("signing-keys/", proof.signing_keys, name="signing_keys"),
    path("schemas/<path:file_format>.json", exports.schema, name="schema"),
    path("assessments/<uuid:pk>/read-in/", proof.read_in_outcome, name="read_in"),
    path("compare/", comparisons.compare, name="compare"),
    path("reports/<uuid:pk>/", reports.report, name="report"),
    path("reports/<uuid:pk>/pdf/", reports.report_pdf, name="report_pdf"),
    path(
        "reports/<uuid:pk>/pdf/letter/",
        reports.report_pdf,
        {"paper": "Letter"},
        name="report_pdf_letter",
    ),
    path("reports/<uuid:pk>/record/", records.record, name="record"),
    path("reports/<uuid:pk>/export/<str:kind>/", exports.export, name="report_export"),
    path("reports/<uuid:pk>/share/", reports.share, name="share"),
    path("reports/<uuid:pk>/share/<int:link_pk>/revoke/", reports.revoke, name="revoke_share"),
    path("shared-reports/<uuid:link_id>/", reports.shared_report, name="shared_report"),
    path(
        "shared-reports/<uuid:link_id>/export/<str:kind>/",
        exports.shared_export,
        name="shared_report_export",
    ),
    path("shared-reports/<uuid:link_id>/pdf/", reports.shared_report_pdf, name="shared_report_pdf"),
    path(
        "shared-reports/<uuid:link_id>/pdf/letter/",
        reports.shared_report_pdf,
        {"paper": "Letter"},
        name="shared_report_pdf_letter",
    ),
]

if settings.DEBUG:
    urlpatterns.append(path("components/", components.components, name="components"))
