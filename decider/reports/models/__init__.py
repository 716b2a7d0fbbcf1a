"""The tables of saved reports."""

from decider.reports.models.chain import ChainEntry
from decider.reports.models.comment import Comment, Flag
from decider.reports.models.proof import ImportedReport, IssuedFile, Signature, SignedPdf
from decider.reports.models.record import (
    DecisionRecord,
    RecordEntry,
    ReviewNotice,
    Severity,
    Status,
)
from decider.reports.models.report import Reader, Report
from decider.reports.models.share import ShareLink
from decider.reports.models.sign_off import Position, SignOff
from decider.reports.models.tombstone import Tombstone

__all__ = [
    "ChainEntry",
    "Comment",
    "DecisionRecord",
    "Flag",
    "ImportedReport",
    "IssuedFile",
    "Position",
    "Reader",
    "RecordEntry",
    "Report",
    "ReviewNotice",
    "Severity",
    "ShareLink",
    "SignOff",
    "Signature",
    "SignedPdf",
    "Status",
    "Tombstone",
]
