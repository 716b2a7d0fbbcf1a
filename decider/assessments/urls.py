"""Every address of assessments."""

from django.urls import path

from decider.assessments.views import check, edit_links, results, what_if, wizard

urlpatterns = [
    path("edit/<path:token>", edit_links.open_edit_link, name="open_edit_link"),
    path("assessments/<uuid:pk>/", wizard.resume, name="resume"),
    path("assessments/<uuid:pk>/questions/<slug:question_key>/", wizard.question, name="question"),
    path("assessments/<uuid:pk>/quick/", wizard.quick, name="quick"),
    path("assessments/<uuid:pk>/standing/", wizard.ranking_so_far, name="ranking_so_far"),
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
]
