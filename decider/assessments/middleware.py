"""What a request meets whose assessment, editor or team is gone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from decider.assessments.models import Assessment, Editor
from decider.people.models import Team
from decider.web.errors import Explain, page_not_found

GONE = (Assessment.DoesNotExist, Editor.DoesNotExist, Team.DoesNotExist)


class ExplainGone(Explain):
    """Middleware: what was deleted or removed while a request was under way is not found."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for what doesn't exist; None leaves other exceptions to others."""
        return page_not_found(request, exception) if isinstance(exception, GONE) else None
