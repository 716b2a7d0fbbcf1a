"""Every address of rounds."""

from django.urls import URLPattern, URLResolver, path

from decider.rounds.views import participants, rounds, settling

urlpatterns: list[URLPattern | URLResolver] = [
    path("assessments/<uuid:pk>/round/", rounds.round_of_assessment, name="round"),
    path("assessments/<uuid:pk>/round/begin/", rounds.begin, name="begin_round"),
    path("assessments/<uuid:pk>/round/invite/", rounds.invite, name="invite_to_round"),
    path(
        "assessments/<uuid:pk>/round/invitations/<int:invitation_pk>/revoke/",
        rounds.revoke,
        name="revoke_round_invitation",
    ),
    path(
        "assessments/<uuid:pk>/round/participants/<int:participant_pk>/remove/",
        rounds.remove,
        name="remove_participant",
    ),
    path(
        "assessments/<uuid:pk>/round/participants/<int:participant_pk>/restore/",
        rounds.restore,
        name="restore_participant",
    ),
    path("assessments/<uuid:pk>/round/<int:round_pk>/", rounds.one_round, name="one_round"),
    path("assessments/<uuid:pk>/round/<int:round_pk>/close/", rounds.close, name="close_round"),
    path(
        "assessments/<uuid:pk>/round/<int:round_pk>/questions/<slug:question_key>/",
        settling.settle,
        name="settle_question",
    ),
    path(
        "assessments/<uuid:pk>/round/<int:round_pk>/take-over/",
        settling.take_over,
        name="take_over_agreed",
    ),
    path("asked/<path:token>", participants.open_invitation, name="open_round_invitation"),
    path("join-round/", participants.join, name="join_round"),
    path("assessments/<uuid:pk>/taking-part/", participants.taking_part, name="taking_part"),
    path("assessments/<uuid:pk>/taking-part/finish/", participants.finish, name="finish_round"),
]
