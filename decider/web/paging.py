"""Long lists in pages."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest


def addresses_beside(request: HttpRequest, page: Page[Any]) -> dict[str, str]:
    """Where the `previous` and the `next` page are, if any, with the same search and order."""
    numbers = {}
    if page.has_previous():
        numbers["previous"] = page.previous_page_number()
    if page.has_next():
        numbers["next"] = page.next_page_number()
    query = request.GET.copy()
    found = {}
    for name, number in numbers.items():
        query["page"] = str(number)
        found[name] = f"?{query.urlencode()}"
    return found
