"""The tables, by what they hold."""

from decider.models.assessment import Answer, Assessment, Editor
from decider.models.frozen import Frozen
from decider.models.installation import Installation
from decider.models.proof import IssuedFile, ReadIn, Signature, SignedPdf
from decider.models.questionnaire import (
    Alternative,
    CandidateRule,
    Choice,
    Compliance,
    Conflict,
    Disagreement,
    Evidence,
    Layer,
    Question,
    QuestionnaireVersion,
    Quotation,
    Requirement,
    Section,
    Source,
)
from decider.models.record import DecisionRecord, RecordEntry, Status
from decider.models.report import Reader, Report
from decider.models.share import ShareLink

__all__ = [
    "Alternative",
    "Answer",
    "Assessment",
    "CandidateRule",
    "Choice",
    "Compliance",
    "Conflict",
    "DecisionRecord",
    "Disagreement",
    "Editor",
    "Evidence",
    "Frozen",
    "Installation",
    "IssuedFile",
    "Layer",
    "Question",
    "QuestionnaireVersion",
    "Quotation",
    "ReadIn",
    "Reader",
    "RecordEntry",
    "Report",
    "Requirement",
    "Section",
    "ShareLink",
    "Signature",
    "SignedPdf",
    "Source",
    "Status",
]
