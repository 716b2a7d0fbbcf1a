"""The PDF of a saved report: given out where it is printed, and waited for where it isn't yet."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django_htmx.http import HttpResponseClientRefresh

from decider.assessments.signals import result_opened
from decider.base.access import Role
from decider.people.limits import PRINTING, holder_of
from decider.reports.exports.file_names import file_name, state_of
from decider.reports.limits import busy
from decider.reports.models import Report
from decider.reports.pdf.cache import cached_pdf, found_pdf
from decider.reports.pdf.first_page import Paper
from decider.reports.pdf.order import Order, order_of
from decider.reports.pdf.printer import printer
from decider.reports.pdf.worker.job import Interrupted, TooMuch, WorkerFailed
from decider.reports.proof.issued import remember_issued
from decider.reports.views.exports import disposition
from decider.reports.views.place import Place
from decider.web.requests import HtmxRequest
from decider.web.tickets import ticket_of


def report_pdf(request: HtmxRequest, place: Place, paper: Paper = "A4") -> HttpResponse:
    """The PDF of the report here as a download, with a QR code of its address if `code` is asked
    for; 304 for a reader who has it.

    While it is being printed, a page that asks for it again by HTMX.
    """
    saved = place.report
    order = order_of(
        saved, place.metadata, paper, with_code="code" in request.GET, secret=place.secret
    )
    etag = quote_etag(order.key)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged:
        return unchanged
    try:
        content = found_pdf(order) or _printed(request, order)
    except (TooMuch, Interrupted, WorkerFailed) as error:
        return _failed(request, saved, order, error)
    if request.htmx:
        return _progress(request, is_ready=content is not None)
    if content is None:
        return _waiting(request, saved)
    remember_issued(report=saved, content=content)
    kind = f"{'' if paper == 'A4' else '-letter'}{'-code' if order.with_code else ''}"
    ending = f"{state_of(order.metadata)}{kind}.pdf"
    name = file_name(saved.document, order.metadata, ending)
    headers = {**disposition(name), "ETag": etag, "Cache-Control": "private, no-cache"}
    return HttpResponse(content, "application/pdf", headers=headers)


@receiver(result_opened)
def expect_report(request: HttpRequest, **_more: Any) -> None:
    """Get ready to print: who reads a result may soon save a report of it."""
    if ticket_of(request):
        printer.get_ready()


def print_ahead(request: HttpRequest, saved: Report) -> None:
    """Begin to print the PDF of a report that was saved or whose record changed, as those who edit
    the assessment get it."""
    if ticket_of(request):
        printer.ask(order_of(saved, Place(saved, Role.EDITOR.may).metadata), holder_of(request))


def _printed(request: HttpRequest, order: Order) -> bytes | None:
    """The PDF, printed in the queue; None as long as it isn't done."""
    ticket = ticket_of(request)
    if not printer.has(order):
        PRINTING.spend(request)
    if ticket is None:
        return cached_pdf(order)
    printing = printer.ask(order, holder_of(request))
    if printing and printing.done():
        return printing.result()
    if printing and not ticket.waited:
        ticket.printing = printing
    return None


def _waiting(request: HttpRequest, saved: Report) -> HttpResponse:
    """A page that waits for the PDF, and fetches it when it is done."""
    page = render(request, "reports/waiting.html", {"report": saved}, status=202)
    page.headers["Cache-Control"] = "no-store"
    page.headers["Retry-After"] = "2"
    return page


def _progress(request: HttpRequest, *, is_ready: bool) -> HttpResponse:
    """What the page that waits is told: nothing, until the PDF is there."""
    if is_ready:
        return render(request, "reports/_printed.html")
    return HttpResponse(status=204)


def _failed(request: HtmxRequest, saved: Report, order: Order, error: Exception) -> HttpResponse:
    """Why there is no PDF; a page that waits for it is loaded again, and then says so."""
    if request.htmx:
        return HttpResponseClientRefresh()
    printer.forget(order.key)
    if isinstance(error, TooMuch):
        return render(request, "reports/too_much.html", {"report": saved}, status=422)
    if isinstance(error, Interrupted):
        return busy(request, "reports/interrupted.html", report=saved)
    raise error
