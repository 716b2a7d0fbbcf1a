"""Every address of accounts; only with sign-in there are any."""

from allauth.account.views import LoginView
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from decider.people import administration
from decider.people.views import account, no_mail

urlpatterns: list[URLPattern | URLResolver] = [path("account/", account, name="account")]

if not settings.MAIL_URL:
    # In front of the pages of allauth that would send a letter.
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

urlpatterns += [
    path(
        "account/login/",
        LoginView.as_view(extra_context={"is_open_for_signup": settings.REGISTRATION}),
    ),
    path("account/", include("allauth.urls")),
    path("administration/", administration.site.urls),
]
