"""What a request meets whose assessment or editor is gone."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from decider.assessments.models import Assessment, Editor
from decider.web.errors import page_not_found


class ExplainGone:
    """Middleware: what was deleted or removed while a request was under way is not found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; Django calls `process_exception` where a view raises."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for what doesn't exist; None leaves other exceptions to others."""
        is_gone = isinstance(exception, Assessment.DoesNotExist | Editor.DoesNotExist)
        return page_not_found(request, exception) if is_gone else None
