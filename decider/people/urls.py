"""Every address of accounts; only with sign-in there are any."""

from allauth.account.views import LoginView
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from decider.people import administration
from decider.people.views import invitations, notices, teams
from decider.people.views.account import account, no_mail

TEAM = "account/teams/<uuid:pk>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", account, name="account"),
    path("account/teams/", teams.team_list, name="teams"),
    path("account/teams/join/", invitations.join, name="join_team"),
    path(TEAM, teams.team, name="team"),
    path(f"{TEAM}name/", teams.rename, name="rename_team"),
    path(f"{TEAM}invite/", invitations.invite, name="invite_to_team"),
    path(
        f"{TEAM}invitations/<int:invitation_pk>/revoke/",
        invitations.revoke,
        name="revoke_invitation",
    ),
    path(f"{TEAM}members/<int:member_pk>/role/", teams.change_role, name="change_role"),
    path(f"{TEAM}members/<int:member_pk>/remove/", teams.remove, name="remove_member"),
    path(f"{TEAM}leave/", teams.leave, name="leave_team"),
    path("account/notices/", notices.choose, name="notices"),
    path("no-emails/<path:token>", notices.off, name="notices_off"),
    path("invited/<path:token>", invitations.open_invitation, name="open_invitation"),
]

if settings.LOCAL_ACCOUNTS and not settings.MAIL_URL:
    # In front of the pages of allauth that would send an e-mail.
    urlpatterns += [
        path("account/email/", no_mail, {"what": "email"}),
        path("account/password/reset/", no_mail, {"what": "password"}),
    ]

if apps.is_installed("allauth.socialaccount"):
    from decider.people import provider

    urlpatterns += [
        path("account/3rdparty/", RedirectView.as_view(pattern_name="account")),
        path("account/oidc/<str:provider_id>/login/", provider.login),
        path("account/oidc/<str:provider_id>/login/callback/", provider.callback),
    ]

if apps.is_installed("allauth.mfa"):
    from decider.people import second_factor

    urlpatterns += [path("account/2fa/authenticate/", second_factor.authenticate)]

urlpatterns += [
    path(
        "account/login/",
        LoginView.as_view(extra_context={"is_open_for_signup": settings.REGISTRATION}),
    ),
    path("account/", include("allauth.urls")),
    path("administration/", administration.site.urls),
]
