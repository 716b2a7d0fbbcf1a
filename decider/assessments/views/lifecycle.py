"""What becomes of a whole assessment; each page leads back to the list of assessments."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from decider.assessments.access import (
    assessment_and_browser,
    assessment_or_404,
    deleted_assessment_or_404,
)
from decider.assessments.forms.lifecycle import RenameForm
from decider.assessments.lifecycle import (
    KEPT_AFTER_DELETION,
    archive_assessment,
    delete_assessment,
    duplicate_assessment,
    purge_assessment,
    restore_assessment,
    unarchive_assessment,
)
from decider.assessments.models import Assessment
from decider.assessments.views.changes import change_or_ask_again
from decider.base.access import Can
from decider.people.identity import key_of
from decider.people.limits import STARTING, limited
from decider.web.forms import render_form
from decider.web.requests import page_with_form
from decider.web.undo import done


@never_cache
@page_with_form
def rename(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give it another name."""
    assessment = assessment_or_404(request, pk, needs=Can.ANSWER)
    form = RenameForm(assessment, request.POST or None)
    if form.is_valid() and change_or_ask_again(
        request, assessment, form, title=form.cleaned_data["title"]
    ):
        messages.success(request, f"Renamed to “{assessment.title}”.")
        return redirect("workspace")
    context = {"assessment": assessment, "form": form}
    return render_form(request, "assessments/rename.html", context)


@require_POST
@limited(STARTING)
def duplicate(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Make a copy of it that belongs to this browser."""
    assessment, browser = assessment_and_browser(request, pk, needs=Can.READ)
    copy = duplicate_assessment(assessment=assessment, browser=browser)
    messages.success(request, f"“{copy.title}” has the same answers, notes and weights.")
    return redirect("workspace")


@require_POST
def archive(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Move it out of the list of this browser."""
    assessment, browser = assessment_and_browser(request, pk)
    archive_assessment(assessment=assessment, browser=browser)
    undo = reverse("unarchive_assessment", args=[pk])
    done(request, f"“{assessment.title}” is archived.", undo=undo)
    return redirect("workspace")


@require_POST
def unarchive(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Move it back into the list of this browser."""
    assessment, browser = assessment_and_browser(request, pk)
    unarchive_assessment(assessment=assessment, browser=browser)
    messages.success(request, f"“{assessment.title}” is back in the list.")
    return redirect("workspace")


@never_cache
@page_with_form
def delete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what is lost, then delete it, for the owner."""
    assessment = assessment_or_404(request, pk, needs=Can.ADMINISTER)
    if request.method != "POST":
        context = {"assessment": assessment, "days": KEPT_AFTER_DELETION.days}
        return render(request, "assessments/delete.html", context)
    delete_assessment(assessment=assessment, actor=key_of(request))
    undo = reverse("restore_assessment", args=[pk])
    done(request, f"“{assessment.title}” is deleted. Its saved reports are kept.", undo=undo)
    return redirect("workspace")


@require_POST
def restore(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Undo the deletion, for the owner."""
    assessment = deleted_assessment_or_404(request, pk)
    restore_assessment(assessment=assessment, actor=key_of(request))
    messages.success(request, f"“{assessment.title}” is restored.")
    return redirect("workspace")


@require_POST
def purge(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Remove a deleted assessment for good, for the owner."""
    assessment: Assessment = deleted_assessment_or_404(request, pk)
    purge_assessment(assessment=assessment)
    messages.success(request, f"“{assessment.title}” is deleted for good.")
    return redirect(f"{reverse('workspace')}?show=deleted")
