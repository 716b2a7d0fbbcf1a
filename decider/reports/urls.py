"""Every address of reports."""

from collections.abc import Callable

from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

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
from decider.reports.views.guards import View, at_link, at_report


def read_at(route: str, prefix: str, at: Callable[..., View]) -> list[URLPattern]:
    """The addresses of the points, files, comments and sign-offs of a report below this route, with
    names that have this prefix; `at` is what guards them there."""

    def read(view: View) -> View:
        return require_safe(at(view, Can.READ))

    one = f"{route}comments/<int:comment_pk>/"
    all_comments = at(discussion.comments, Can.READ_COMMENTS)
    flag = at(discussion.flag)
    points, printed, export = (
        read(reports.report_points),
        read(pdf.report_pdf),
        read(exports.export),
    )
    letter = {"paper": "Letter"}
    return [
        path(f"{route}points/<slug:alternative>/", points, name=f"{prefix}report_points"),
        path(f"{route}pdf/", printed, name=f"{prefix}report_pdf"),
        path(f"{route}pdf/letter/", printed, letter, name=f"{prefix}report_pdf_letter"),
        path(f"{route}export/<str:kind>/", export, name=f"{prefix}report_export"),
        path(f"{route}comments/", all_comments, name=f"{prefix}comments"),
        path(f"{one}edit/", at(discussion.edit), name=f"{prefix}edit_comment"),
        path(f"{one}remove/", at(discussion.remove), name=f"{prefix}remove_comment"),
        path(f"{one}resolve/", at(discussion.resolve), name=f"{prefix}resolve_comment"),
        path(f"{route}sign-off/", at(sign_offs.sign), name=f"{prefix}sign_off"),
        path(f"{route}questions/<slug:question_key>/flag/", flag, name=f"{prefix}flag_question"),
    ]


OWN = "reports/<uuid:pk>/"
SHARED = "shared-reports/<uuid:link_id>/"
ASSESSMENT = "assessments/<uuid:pk>/"

urlpatterns = [
    path("shared/<path:token>", share_links.open_share_link, name="open_share_link"),
    path(f"{ASSESSMENT}save-report/", reports.save_report, name="save_report"),
    path(f"{ASSESSMENT}reports/", reports.report_list, name="reports"),
    path("check-record/", proof.verify_record, name="verify_record"),
    path("import/", proof.import_report, name="import_report"),
    path("signing-keys/", proof.signing_keys, name="signing_keys"),
    path("schemas/<path:file_format>.json", exports.schema, name="schema"),
    path(f"{ASSESSMENT}import/", proof.import_outcome, name="import_outcome"),
    path("compare/", comparisons.compare, name="compare"),
    path(f"{OWN}record/", records.record, name="record"),
    path(f"{OWN}share/", sharing.share, name="share"),
    path(f"{OWN}share/<int:link_pk>/revoke/", sharing.revoke, name="revoke_share"),
    path(f"{OWN}share/<int:link_pk>/restore/", sharing.restore, name="restore_share"),
    path(f"{SHARED}passphrase/", share_links.passphrase, name="shared_passphrase"),
    path(OWN, reports.own_report, name="report"),
    path(SHARED, require_safe(at_link(reports.report, Can.READ)), name="shared_report"),
    *read_at(OWN, "", at_report),
    *read_at(SHARED, "shared_", at_link),
]
