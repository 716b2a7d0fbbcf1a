"""Views of a report that are read at its own address and at that of a share link."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from decider.base.access import Can
from decider.reports.access import report_and_access
from decider.reports.models import ShareLink
from decider.reports.views.place import Place
from decider.reports.views.share_links import place_of, through_share_link

View = Callable[..., HttpResponse]


def at_report(view: View, to_read: Can = Can.COMMENT) -> View:
    """A view for those who may do with the report what its page needs; its forms need COMMENT."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: uuid.UUID, **more: Any) -> HttpResponse:
        needs = Can.COMMENT if request.method == "POST" else to_read
        return view(request, Place(*report_and_access(request, pk, needs)), **more)

    return guarded


def at_link(view: View, to_read: Can = Can.COMMENT) -> View:
    """The same view for readers by a share link that lets them."""

    @login_not_required
    @through_share_link
    @wraps(view)
    def guarded(request: HttpRequest, link: ShareLink, **more: Any) -> HttpResponse:
        if (Can.COMMENT if request.method == "POST" else to_read) not in link.can:
            raise PermissionDenied
        return view(request, place_of(request, link), **more)

    return guarded
