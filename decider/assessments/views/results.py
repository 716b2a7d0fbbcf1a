"""The result of an assessment as it stands, and saving it as a report."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from decider.assessments.access import assessment_or_404
from decider.assessments.services import document_of
from decider.presentation.result import result_context


@never_cache
@require_safe
def result(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The ranking and its reasons."""
    assessment = assessment_or_404(request, pk)
    context = {
        "assessment": assessment,
        "what_if_url": reverse("what_if", args=[assessment.pk]),
        **result_context(document_of(assessment=assessment)),
    }
    return render(request, "assessments/result.html", context)
