"""PDFs in memory for tests: made without a process of their own, and read again."""

from __future__ import annotations

import atexit
import io
import logging
import warnings
from functools import cache

import pikepdf

from decider.base.access import Role
from decider.reports.metadata import ReportMetadata
from decider.reports.models import Report
from decider.reports.pdf.first_page import Paper
from decider.reports.pdf.order import Order, order_of
from decider.reports.pdf.render import pdf_job
from decider.reports.pdf.worker.job import Job
from decider.reports.pdf.worker.typeset import Typesetter
from decider.reports.views.place import Place
from tests.presentation.builders import METADATA, Document


class Complaint(logging.Handler):
    """Turns every warning of the typesetter into a failure."""

    def emit(self, record: logging.LogRecord) -> None:
        raise AssertionError(record.getMessage())


logging.getLogger("weasyprint").addHandler(Complaint(logging.WARNING))


@cache
def typesetter() -> Typesetter:
    """The typesetter of the test's thread."""
    return Typesetter()


# Its fonts have to go before the libraries that hold them, or Python crashes as it ends.
atexit.register(typesetter.cache_clear)


def printed(
    document: Document,
    *,
    metadata: ReportMetadata = METADATA,
    paper: Paper = "A4",
    record: str = "",
) -> bytes:
    """The PDF of a document, with the JSON of its decision record if it has one."""
    return print_job(pdf_job(Order(document, metadata, paper=paper, record=record)))


def order_for(report: Report) -> Order:
    """The order for the PDF that those who edit the assessment get."""
    return order_of(report, Place(report, Role.EDITOR.may).metadata)


def print_job(job: Job) -> bytes:
    """The PDF of a job, any warning an error."""
    with warnings.catch_warnings():
        # WeasyPrint leaves its colour profile to be closed by the garbage collector.
        warnings.filterwarnings("ignore", category=ResourceWarning)
        return typesetter().print(job)


def opened(content: bytes) -> pikepdf.Pdf:
    """The PDF's objects."""
    return pikepdf.open(io.BytesIO(content))
