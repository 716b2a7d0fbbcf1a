"""Every address of assessments."""

from django.conf import settings as chosen
from django.urls import URLPattern, URLResolver, path

from decider.assessments.views import (
    edit_links,
    history,
    lifecycle,
    questions,
    results,
    review,
    settings,
)

ASSESSMENT = "assessments/<uuid:pk>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("edit/<path:token>", edit_links.open_edit_link, name="open_edit_link"),
    path(ASSESSMENT, questions.resume, name="resume"),
    path(f"{ASSESSMENT}questions/<slug:question_key>/", questions.question, name="question"),
    path(f"{ASSESSMENT}quick/", questions.quick, name="quick"),
    path(f"{ASSESSMENT}ranking/", questions.ranking_so_far, name="ranking_so_far"),
    path(f"{ASSESSMENT}check/", review.review, name="check"),
    path(f"{ASSESSMENT}weights/", review.weights, name="weights"),
    path(f"{ASSESSMENT}history/", history.history, name="history"),
    path(f"{ASSESSMENT}history/<int:change_pk>/", history.earlier_state, name="earlier_state"),
    path(
        f"{ASSESSMENT}history/<int:change_pk>/restore/", history.restore_state, name="restore_state"
    ),
    path(f"{ASSESSMENT}settings/", settings.details, name="assessment_settings"),
    path(f"{ASSESSMENT}edit-links/revoke/", settings.revoke_links, name="revoke_edit_links"),
    path(f"{ASSESSMENT}editors/<int:editor_pk>/remove/", settings.remove, name="remove_editor"),
    path(
        f"{ASSESSMENT}editors/<int:editor_pk>/make-owner/", settings.make_owner, name="make_owner"
    ),
    path("your-name/", settings.your_name, name="your_name"),
    path(f"{ASSESSMENT}join/", edit_links.join, name="join_assessment"),
    path(f"{ASSESSMENT}rename/", lifecycle.rename, name="rename_assessment"),
    path(f"{ASSESSMENT}duplicate/", lifecycle.duplicate, name="duplicate_assessment"),
    path(f"{ASSESSMENT}archive/", lifecycle.archive, name="archive_assessment"),
    path(f"{ASSESSMENT}unarchive/", lifecycle.unarchive, name="unarchive_assessment"),
    path(f"{ASSESSMENT}delete/", lifecycle.delete, name="delete_assessment"),
    path(f"{ASSESSMENT}restore/", lifecycle.restore, name="restore_assessment"),
    path(f"{ASSESSMENT}purge/", lifecycle.purge, name="purge_assessment"),
    path(f"{ASSESSMENT}link-offer/", settings.link_offer, name="answer_link_offer"),
    path(f"{ASSESSMENT}leave/", settings.leave, name="leave_assessment"),
    path(f"{ASSESSMENT}result/", results.result, name="result"),
    path(f"{ASSESSMENT}result/points/<slug:alternative>/", results.points, name="result_points"),
    path(f"{ASSESSMENT}what-if/", results.what_if, name="what_if"),
    path(f"{ASSESSMENT}what-if/apply/", results.keep_tried, name="apply_what_if"),
]

if chosen.SIGN_IN:
    from decider.assessments.views import hand_over, teams

    urlpatterns += [
        path(f"{ASSESSMENT}hand-over/", hand_over.hand_over, name="hand_over"),
        path("account/teams/<uuid:pk>/delete/", teams.delete_team, name="delete_team"),
    ]
