"""A saved report as files for other programs, all from what was saved."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from decider.reports.exports.answers import render_answers_csv, render_answers_yaml
from decider.reports.exports.file_names import file_name, madr_file_name, state_of
from decider.reports.exports.madr import render_madr
from decider.reports.exports.schemas import SCHEMAS
from decider.reports.metadata import ReportMetadata
from decider.reports.models import Report
from decider.reports.proof.entries import RECORD_FORMAT, record_file
from decider.reports.services.chain import sign_unsigned
from decider.reports.services.reports import EXPORT_FORMAT, export_of
from decider.reports.views.place import Place


class Export(NamedTuple):
    """A kind of file: what the link to it says, and how it is made."""

    label: str
    make: Callable[[Report, ReportMetadata], HttpResponse]


def madr(report: Report, metadata: ReportMetadata) -> HttpResponse:
    """The decision record in MADR Markdown."""
    text = render_madr(report.document, metadata=metadata)
    return download(text, "text/markdown", madr_file_name(report.title, metadata.reference))


def answers(report: Report, metadata: ReportMetadata) -> HttpResponse:
    """The answers file that `decide` reads."""
    text = render_answers_yaml(report.document)
    return download(text, "application/yaml", file_name(report.document, metadata, ".yaml"))


def table(report: Report, metadata: ReportMetadata) -> HttpResponse:
    """Every asked question with its answer, as comma-separated values.

    Begins with a byte order mark: spreadsheets take the file for UTF-8 only then.
    """
    text = "\ufeff" + render_answers_csv(report.document)
    return download(text, "text/csv", file_name(report.document, metadata, ".csv"))


def signed(report: Report, metadata: ReportMetadata) -> HttpResponse:
    """The whole report with its signature: the very file that is attached to its PDF."""
    name = file_name(report.document, metadata, ".json")
    response = download(export_of(report), "application/json", name)
    response.headers["Link"] = f'<{reverse("schema", args=[EXPORT_FORMAT])}>; rel="describedby"'
    return response


def record(report: Report, metadata: ReportMetadata) -> HttpResponse:
    """Report and decision record with all their signatures, and what was said about the report."""
    name = file_name(report.document, metadata, f"-record{state_of(metadata)}.json")
    content = record_file(
        sign_unsigned(report.record),
        report=json.loads(export_of(report)),
        discussion=metadata.discussion,
    )
    response = download(content, "application/json", name)
    response.headers["Link"] = f'<{reverse("schema", args=[RECORD_FORMAT])}>; rel="describedby"'
    return response


EXPORTS = {
    "json": Export("Whole report, signed (JSON)", signed),
    "record": Export("Report and decision record, signed (JSON)", record),
    "madr": Export("Decision record (Markdown, MADR)", madr),
    "answers": Export("Answers file (YAML)", answers),
    "csv": Export("Answers as a table (CSV)", table),
}


def download(text: str, kind: str, name: str) -> HttpResponse:
    """A text file to save."""
    return HttpResponse(text, f"{kind}; charset=utf-8", headers=disposition(name))


def disposition(name: str) -> dict[str, str]:
    """The header of a file to save under this name."""
    return {"Content-Disposition": str(content_disposition_header(True, name))}


@never_cache
def export(_request: HttpRequest, place: Place, kind: str) -> HttpResponse:
    """The file of this kind for whoever reads the report here."""
    if kind not in EXPORTS:
        raise Http404(f"There is no export {kind}.")
    return EXPORTS[kind].make(place.report, place.metadata)


@login_not_required
@cache_control(public=True, max_age=3600)
@require_safe
def schema(request: HttpRequest, file_format: str) -> HttpResponse:  # noqa: ARG001
    """The JSON Schema of a format, at an address that stays: formats never change."""
    if file_format not in SCHEMAS:
        raise Http404(f"There is no format {file_format}.")
    return JsonResponse(
        SCHEMAS[file_format],
        content_type="application/schema+json",
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
