"""Every address of Decider."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from decider.assessments import urls as assessments
from decider.reports import urls as reports
from decider.rounds import urls as rounds
from decider.site.views import components, pages, state, workspace

handler400 = "decider.web.errors.bad_request"
handler403 = "decider.web.errors.permission_denied"
handler404 = "decider.web.errors.page_not_found"
handler500 = "decider.web.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("start/", pages.start, name="start"),
    path("example/", pages.start_example, name="start_example"),
    path("assessments/", workspace.workspace, name="workspace"),
    path("healthz", state.healthz, name="healthz"),
    path("readyz", state.readyz, name="readyz"),
    *assessments.urlpatterns,
    *rounds.urlpatterns,
    *reports.urlpatterns,
]

if settings.SIGN_IN:
    from decider.people import urls as people
    from decider.people.administration import site as administration
    from decider.site.views import administration as pages_of_administration
    from decider.site.views import taking_along

    system_state = administration.admin_view(pages_of_administration.state)
    urlpatterns += [
        path("administration/state/", system_state, name="system_state"),
        path("account/take-along/", taking_along.take_along, name="take_along"),
        *people.urlpatterns,
    ]

if settings.METRICS_TOKEN:
    urlpatterns.append(path("metrics", state.metrics, name="metrics"))

if settings.DEBUG:
    urlpatterns.append(path("components/", components.components, name="components"))
