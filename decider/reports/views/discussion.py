"""The comments on a report, also for readers by a share link that lets them comment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from decider.assessments.editors import name_browser
from decider.base.access import Can
from decider.presentation.report import present_report
from decider.reports.forms.comments import CommentForm, EditForm, ThreadForm
from decider.reports.models import Comment
from decider.reports.services import comments as services
from decider.reports.services.comments import StaleComment, TooMany
from decider.reports.services.notices import notify_of_comment
from decider.reports.views.place import Place
from decider.reports.views.threads import groups_of, questions_of
from decider.reports.views.writers import (
    account_name,
    author_of,
    name_to_ask,
    shown_name,
    too_many,
    writer,
)
from decider.web.cookies import remember_browser
from decider.web.forms import render_form
from decider.web.limits import TooOften
from decider.web.requests import HtmxRequest, page_with_form

FULL = "This report has as many comments as it can hold. Remove some before you add others."
STALE = (
    "You changed this comment elsewhere in the meantime. Save again to keep what is written here."
)
REMOVED = (
    "This comment was removed in the meantime. What you wrote is still here: copy it, and add it as"
    " a new comment."
)


@never_cache
@page_with_form
def comments(request: HtmxRequest, place: Place) -> HttpResponse:
    """All comments, with the forms that add one."""
    if request.method != "POST":
        return page(request, place)
    thread = None
    if request.POST.get("thread"):
        thread = thread_or_404(place, request.POST["thread"])
    form = form_for(request, place, request.POST, thread)
    if not form.is_valid():
        return page(request, place, form)
    chosen = form.cleaned_data
    author = author_of(request, place, chosen)
    try:
        comment = services.add_comment(
            report=place.report,
            author=author,
            text=chosen["text"],
            question=chosen.get("question", ""),
            thread=thread,
            look_again=chosen.get("look_again", False),
        )
    except TooOften as refused:
        form.add_error(None, too_many(refused))
        return page(request, place, form)
    except TooMany:
        form.add_error(None, FULL)
        return page(request, place, form)
    notify_of_comment(comment)
    own_name = account_name(request)
    if not own_name:
        name_browser(browser=author.key, name=author.name)
    response = done(request, place, fragment_of(comment), "Your comment has been added.")
    if not own_name:
        remember_browser(request, response, author.key)
    return response


def form_for(
    request: HttpRequest, place: Place, data: Any = None, thread: Comment | None = None
) -> CommentForm:
    """The form of a new thread, or of a reply to one."""
    name = name_to_ask(request)
    if thread:
        return CommentForm(place.report, name, data, thread)
    return ThreadForm(place.report, name, questions_of(present_report(place.report.document)), data)


def thread_or_404(place: Place, pk: str) -> Comment:
    """A thread on this report."""
    if not pk.isdecimal():
        raise Http404
    return get_object_or_404(place.report.comments, pk=pk, thread=None)


def comment_or_404(place: Place, pk: int) -> Comment:
    """A comment on this report, though it may have been removed."""
    return get_object_or_404(place.report.comments, pk=pk)


def own_or_404(request: HttpRequest, place: Place, pk: int) -> Comment:
    """A comment on this report that whoever asks wrote; raises PermissionDenied for others'."""
    comment = comment_or_404(place, pk)
    if comment.author != writer(request):
        raise PermissionDenied
    return comment


@never_cache
@page_with_form
def edit(request: HtmxRequest, place: Place, comment_pk: int) -> HttpResponse:
    """Change the text of one's own comment."""
    comment = own_or_404(request, place, comment_pk)
    if comment.removed_at and request.method != "POST":
        messages.error(request, "This comment has been removed.")
        return redirect(f"{place.url('comments')}#{fragment_of(comment)}")
    form = EditForm(comment, request.POST or None)
    if form.is_valid():
        try:
            services.edit_comment(comment=comment, **form.cleaned_data)
            return done(request, place, fragment_of(comment), "Your comment has been changed.")
        except StaleComment as stale:
            comment = stale.current
            form.ask_again(comment.revision)
            form.add_error(None, STALE)
        except Comment.DoesNotExist:
            comment.refresh_from_db()
            form.add_error(None, REMOVED)
    context = {"place": place, "report": place.report, "form": form, "comment": comment}
    context |= {"action": place.url("edit_comment", comment_pk=comment.pk)}
    context |= {"back": f"{place.url('comments')}#{fragment_of(comment)}"}
    return render_form(request, "reports/edit_comment.html", context)


@require_POST
def remove(request: HtmxRequest, place: Place, comment_pk: int) -> HttpResponse:
    """Take a comment away: one's own, or for whoever administers the assessment anybody's."""
    comment = comment_or_404(place, comment_pk)
    is_own = comment.author == writer(request)
    if not is_own and Can.ADMINISTER not in place.can:
        raise PermissionDenied
    said = "Your comment has been removed." if is_own else "The comment has been removed."
    try:
        services.remove_comment(comment=comment, by="" if is_own else shown_name(request))
    except Comment.DoesNotExist:
        said = "The comment had been removed already."
    return done(request, place, fragment_of(comment), said)


@require_POST
def resolve(request: HtmxRequest, place: Place, comment_pk: int) -> HttpResponse:
    """Resolve a thread, or open it again."""
    thread = thread_or_404(place, str(comment_pk))
    resolved = "reopen" not in request.POST
    services.set_resolved(thread=thread, by=shown_name(request), resolved=resolved)
    said = "Resolved." if resolved else "Open again."
    return done(request, place, fragment_of(thread), said)


@require_POST
def flag(request: HtmxRequest, place: Place, question_key: str) -> HttpResponse:
    """Mark a question to be looked at again, or take the mark away."""
    if question_key not in dict(questions_of(present_report(place.report.document))):
        raise Http404
    if "clear" in request.POST:
        services.clear_flag(report=place.report, question=question_key)
        said = "The mark is cleared."
    else:
        by = shown_name(request)
        services.set_flag(report=place.report, question=question_key, by=by)
        said = "The question is marked for another look."
    return done(request, place, f"on-{question_key}", said)


def done(request: HtmxRequest, place: Place, fragment: str, said: str) -> HttpResponse:
    """Say what was done, and lead back to where the page has this fragment."""
    if request.htmx and request.htmx.target == "discussion":
        return page(request, place, changed=fragment, said=said)
    messages.success(request, said)
    return redirect(f"{place.url('comments')}#{fragment}")


def fragment_of(comment: Comment) -> str:
    """Where the page has a comment."""
    return f"comment-{comment.pk}"


def page(
    request: HttpRequest, place: Place, form: CommentForm | None = None, **more: Any
) -> HttpResponse:
    """The page of all comments; `form` is one with errors."""
    view = present_report(place.report.document)
    new = form if isinstance(form, ThreadForm) else form_for(request, place)
    new.initial["question"] = request.GET.get("about", "")
    reply = None if form is new else form
    context = {
        "place": place,
        "report": place.report,
        "view": view,
        "form": form or new,
        "new_form": new,
        "groups": groups_of(place.report, view, writer(request), replies_to(request, place, reply)),
        "people": [] if place.link else services.mentionable(place.report),
        "may_comment": Can.COMMENT in place.can,
        "may_remove": Can.ADMINISTER in place.can,
        "action": place.url("comments"),
        "report_url": place.url("report"),
        **more,
    }
    return render(request, "reports/comments.html", context, status=422 if form else 200)


def replies_to(
    request: HttpRequest, place: Place, faulty: CommentForm | None
) -> Callable[[Comment], CommentForm]:
    """What makes the form of a reply to a thread; `faulty` is one with errors."""
    name = name_to_ask(request)

    def form_of(thread: Comment) -> CommentForm:
        if faulty and faulty.initial["thread"] == thread.pk:
            return faulty
        return CommentForm(place.report, name, None, thread)

    return form_of


def discussion_of(place: Place) -> dict[str, Any]:
    """What the page of a report shows of its comments; nothing to whoever may not read them."""
    if Can.READ_COMMENTS not in place.can:
        return {}
    counts = services.comment_counts(place.report)
    flagged = set(place.report.flags.values_list("question_key", flat=True))
    return {
        "comments_url": place.url("comments"),
        "may_comment": Can.COMMENT in place.can,
        "sign_off_url": place.url("sign_off") if Can.COMMENT in place.can else "",
        "comment_counts": counts,
        "comments": sum(counts.values()),
        "open_threads": services.open_threads(place.report),
        "flagged": flagged,
    }
