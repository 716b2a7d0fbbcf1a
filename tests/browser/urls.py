"""The addresses of Decider, the component page of development, and pages that fail."""

from typing import Never

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest
from django.urls import path

from decider.site import urls
from decider.site.views.components import components


def fail(request: HttpRequest, error: type[Exception]) -> Never:
    """Raise this error."""
    raise error


urlpatterns = [
    *urls.urlpatterns,
    path("components/", components, name="components"),
    path("failing/", fail, {"error": RuntimeError}),
    path("refused/", fail, {"error": PermissionDenied}),
    path("unreadable/", fail, {"error": SuspiciousOperation}),
]
