"""The request as our middleware leaves it."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

page_with_form = require_http_methods(["GET", "HEAD", "POST"])
"""For a view whose page holds the form that is posted to it."""


def path_back(request: HttpRequest, default: str) -> str:
    """The path of this site that a form names as `back`, or the default."""
    path = request.POST.get("back", "")
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else default


class HtmxRequest(HttpRequest):
    """A request that knows whether HTMX sent it."""

    htmx: HtmxDetails


def wants_fragment(request: HtmxRequest) -> bool:
    """Whether a part of the page is enough: history restores need all of it."""
    return bool(request.htmx) and not request.htmx.history_restore_request
