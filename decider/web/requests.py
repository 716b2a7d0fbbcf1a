"""The request as our middleware leaves it."""

from django.http import HttpRequest
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

page_with_form = require_http_methods(["GET", "HEAD", "POST"])
"""For a view whose page holds the form that is posted to it."""


class HtmxRequest(HttpRequest):
    """A request that knows whether HTMX sent it."""

    htmx: HtmxDetails


def wants_fragment(request: HtmxRequest) -> bool:
    """Whether a part of the page is enough: history restores need all of it."""
    return bool(request.htmx) and not request.htmx.history_restore_request
