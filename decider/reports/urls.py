"""Every address of reports."""

from collections.abc import Callable

from django.urls import URLPattern, path

from decider.base.access import Can
from decider.reports.views import (
    comparisons,
    discussion,
    exports,
    pdf,
    proof,
    records,
    reports,
    share_links,
    sharing,
    sign_offs,
)


def discussed(route: str, prefix: str, at: Callable[..., discussion.View]) -> list[URLPattern]:
    """The addresses of comments and sign-offs, below the route of their report, with names that
    have this prefix; `at` is what guards them there."""
    one = f"{route}comments/<int:comment_pk>/"
    question = f"{route}questions/<slug:question_key>/"
    all_comments = at(discussion.comments, Can.READ_COMMENTS)
    return [
        path(f"{route}comments/", all_comments, name=f"{prefix}comments"),
        path(f"{one}edit/", at(discussion.edit), name=f"{prefix}edit_comment"),
        path(f"{one}remove/", at(discussion.remove), name=f"{prefix}remove_comment"),
        path(f"{one}resolve/", at(discussion.resolve), name=f"{prefix}resolve_comment"),
        path(f"{route}sign-off/", at(sign_offs.sign), name=f"{prefix}sign_off"),
        path(f"{question}flag/", at(discussion.flag), name=f"{prefix}flag_question"),
    ]


urlpatterns = [
    path("shared/<path:token>", share_links.open_share_link, name="open_share_link"),
    path("assessments/<uuid:pk>/save-report/", reports.save_report, name="save_report"),
    path("assessments/<uuid:pk>/reports/", reports.report_list, name="reports"),
    path("check-record/", proof.verify_record, name="verify_record"),
    path("import/", proof.import_report, name="import_report"),
    path("signing-keys/", proof.signing_keys, name="signing_keys"),
    path("schemas/<path:file_format>.json", exports.schema, name="schema"),
    path("assessments/<uuid:pk>/import/", proof.import_outcome, name="import_outcome"),
    path("compare/", comparisons.compare, name="compare"),
    path("reports/<uuid:pk>/", reports.report, name="report"),
    path(
        "reports/<uuid:pk>/points/<slug:alternative>/",
        reports.report_points,
        name="report_points",
    ),
    path("reports/<uuid:pk>/pdf/", pdf.report_pdf, name="report_pdf"),
    path(
        "reports/<uuid:pk>/pdf/letter/",
        pdf.report_pdf,
        {"paper": "Letter"},
        name="report_pdf_letter",
    ),
    path("reports/<uuid:pk>/record/", records.record, name="record"),
    path("reports/<uuid:pk>/export/<str:kind>/", exports.export, name="report_export"),
    path("reports/<uuid:pk>/share/", sharing.share, name="share"),
    path("reports/<uuid:pk>/share/<int:link_pk>/revoke/", sharing.revoke, name="revoke_share"),
    path("reports/<uuid:pk>/share/<int:link_pk>/restore/", sharing.restore, name="restore_share"),
    path("shared-reports/<uuid:link_id>/", reports.shared_report, name="shared_report"),
    path(
        "shared-reports/<uuid:link_id>/points/<slug:alternative>/",
        reports.shared_report_points,
        name="shared_report_points",
    ),
    path(
        "shared-reports/<uuid:link_id>/passphrase/",
        share_links.passphrase,
        name="shared_passphrase",
    ),
    path(
        "shared-reports/<uuid:link_id>/export/<str:kind>/",
        exports.shared_export,
        name="shared_report_export",
    ),
    path("shared-reports/<uuid:link_id>/pdf/", pdf.shared_report_pdf, name="shared_report_pdf"),
    path(
        "shared-reports/<uuid:link_id>/pdf/letter/",
        pdf.shared_report_pdf,
        {"paper": "Letter"},
        name="shared_report_pdf_letter",
    ),
    *discussed("reports/<uuid:pk>/", "", discussion.at_report),
    *discussed("shared-reports/<uuid:link_id>/", "shared_", discussion.at_link),
]
