"""Every address of rounds."""

from django.urls import URLPattern, URLResolver, path

from decider.rounds.views import participants, rounds, settling

ROUND = "assessments/<uuid:pk>/round/"
TAKING_PART = "assessments/<uuid:pk>/taking-part/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(ROUND, rounds.round_of_assessment, name="round"),
    path(f"{ROUND}begin/", rounds.begin, name="begin_round"),
    path(f"{ROUND}invite/", rounds.invite, name="invite_to_round"),
    path(
        f"{ROUND}invitations/<int:invitation_pk>/revoke/",
        rounds.revoke,
        name="revoke_round_invitation",
    ),
    path(
        f"{ROUND}participants/<int:participant_pk>/remove/",
        rounds.remove,
        name="remove_participant",
    ),
    path(
        f"{ROUND}participants/<int:participant_pk>/restore/",
        rounds.restore,
        name="restore_participant",
    ),
    path(f"{ROUND}<int:round_pk>/", rounds.one_round, name="one_round"),
    path(f"{ROUND}<int:round_pk>/close/", rounds.close, name="close_round"),
    path(
        f"{ROUND}<int:round_pk>/questions/<slug:question_key>/",
        settling.settle,
        name="settle_question",
    ),
    path(f"{ROUND}<int:round_pk>/take-over/", settling.take_over, name="take_over_agreed"),
    path("asked/<path:token>", participants.open_invitation, name="open_round_invitation"),
    path("join-round/", participants.join, name="join_round"),
    path(TAKING_PART, participants.taking_part, name="taking_part"),
    path(f"{TAKING_PART}finish/", participants.finish, name="finish_round"),
]
