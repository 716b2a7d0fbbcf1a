"""Addresses that hold the secret of a link.

A secret address is opened once: the browser gets a cookie for the link and goes on at an address
without a secret. So it stands in no later log line, history entry or Referer header.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from decider.web.logs import LINK_FOLDERS

SECRET = re.compile(rf"(/(?:{LINK_FOLDERS})/).*", re.IGNORECASE | re.DOTALL)


def hide_secrets(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the first of all: no log line and no Referer names the secret of an address.

    Django logs `request.path`; addresses are resolved by `request.path_info`, which stays.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        hidden = SECRET.sub(r"\1***", request.path)
        if hidden == request.path:
            return get_response(request)
        request.path = hidden
        response = get_response(request)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return middleware


def bare(token: str) -> str:
    """The secret without what follows it: addresses of files once did."""
    return token.partition("/")[0]
