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

urlpatterns: list[URLPattern | URLResolver] = [
    path("edit/<path:token>", edit_links.open_edit_link, name="open_edit_link"),
    path("assessments/<uuid:pk>/", questions.resume, name="resume"),
    path(
        "assessments/<uuid:pk>/questions/<slug:question_key>/", questions.question, name="question"
    ),
    path("assessments/<uuid:pk>/quick/", questions.quick, name="quick"),
    path("assessments/<uuid:pk>/ranking/", questions.ranking_so_far, name="ranking_so_far"),
    path("assessments/<uuid:pk>/check/", review.review, name="check"),
    path("assessments/<uuid:pk>/weights/", review.weights, name="weights"),
    path("assessments/<uuid:pk>/history/", history.history, name="history"),
    path(
        "assessments/<uuid:pk>/history/<int:change_pk>/",
        history.earlier_state,
        name="earlier_state",
    ),
    path(
        "assessments/<uuid:pk>/history/<int:change_pk>/restore/",
        history.restore_state,
        name="restore_state",
    ),
    path("assessments/<uuid:pk>/settings/", settings.details, name="assessment_settings"),
    path(
        "assessments/<uuid:pk>/edit-links/revoke/", settings.revoke_links, name="revoke_edit_links"
    ),
    path(
        "assessments/<uuid:pk>/editors/<int:editor_pk>/remove/",
        settings.remove,
        name="remove_editor",
    ),
    path(
        "assessments/<uuid:pk>/editors/<int:editor_pk>/make-owner/",
        settings.make_owner,
        name="make_owner",
    ),
    path("your-name/", settings.your_name, name="your_name"),
    path("assessments/<uuid:pk>/join/", edit_links.join, name="join_assessment"),
    path("assessments/<uuid:pk>/rename/", lifecycle.rename, name="rename_assessment"),
    path("assessments/<uuid:pk>/duplicate/", lifecycle.duplicate, name="duplicate_assessment"),
    path("assessments/<uuid:pk>/archive/", lifecycle.archive, name="archive_assessment"),
    path("assessments/<uuid:pk>/unarchive/", lifecycle.unarchive, name="unarchive_assessment"),
    path("assessments/<uuid:pk>/delete/", lifecycle.delete, name="delete_assessment"),
    path("assessments/<uuid:pk>/restore/", lifecycle.restore, name="restore_assessment"),
    path("assessments/<uuid:pk>/purge/", lifecycle.purge, name="purge_assessment"),
    path("assessments/<uuid:pk>/link-offer/", settings.link_offer, name="answer_link_offer"),
    path("assessments/<uuid:pk>/leave/", settings.leave, name="leave_assessment"),
    path("assessments/<uuid:pk>/result/", results.result, name="result"),
    path(
        "assessments/<uuid:pk>/result/points/<slug:alternative>/",
        results.points,
        name="result_points",
    ),
    path("assessments/<uuid:pk>/what-if/", results.what_if, name="what_if"),
    path("assessments/<uuid:pk>/what-if/apply/", results.keep_tried, name="apply_what_if"),
]

if chosen.SIGN_IN:
    from decider.assessments.views import hand_over, teams

    urlpatterns += [
        path("assessments/<uuid:pk>/hand-over/", hand_over.hand_over, name="hand_over"),
        path("account/teams/<uuid:pk>/delete/", teams.delete_team, name="delete_team"),
    ]
