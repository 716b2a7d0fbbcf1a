"""The tables, by what they hold."""

from decider.models.assessment import Answer, Assessment, Editor
from decider.models.frozen import Frozen
from decider.models.questionnaire import (
    Alternative,
    Choice,
    Conflict,
    Disagreement,
    Evidence,
    Question,
    QuestionnaireVersion,
    Quotation,
    Section,
    Source,
)
from decider.models.record import DecisionRecord, RecordEntry, Status
from decider.models.report import Report
from decider.models.share import ShareLink

__all__ = [
    "Alternative",
    "Answer",
    "Assessment",
    "Choice",
    "Conflict",
    "DecisionRecord",
    "Disagreement",
    "Editor",
    "Evidence",
    "Frozen",
    "Question",
    "QuestionnaireVersion",
    "Quotation",
    "RecordEntry",
    "Report",
    "Section",
    "ShareLink",
    "Source",
    "Status",
]
