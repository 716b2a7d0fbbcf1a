"""Reading a report back into a new assessment, on this server or another."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction

from decider.assessments.services import start_from_answers
from decider.base.files import FileErrors
from decider.base.plain_text import clean_text
from decider.engine.questionnaire.errors import PathError
from decider.engine.questionnaire.plain import to_dict
from decider.engine.questionnaire.schema import NOT_APPLICABLE, UNKNOWN, Questionnaire
from decider.questionnaires.answer_files import (
    CONTEXT_LENGTH,
    NOTE_LENGTH,
    TITLE_LENGTH,
    UNTITLED,
    AnswersFile,
)
from decider.questionnaires.models import QuestionnaireVersion
from decider.questionnaires.versions import latest_version, questionnaire_of
from decider.reports.models import ImportedReport
from decider.reports.proof.alterations import RECORD_PART
from decider.reports.proof.checking import Proof, check_file
from decider.reports.proof.imported_history import kept_entries
from decider.reports.proof.labels import Labels
from decider.reports.proof.report_files import ReportFile
from decider.reports.proof.signing import public_keys

MOST = 500
"""How many entries of a kind are looked at; no questionnaire has as many."""

SHOWN_LENGTH = NOTE_LENGTH
NOT_ASKED = "this version of the questionnaire does not ask it"
NOT_OFFERED = "this answer is not on offer in this version of the questionnaire"
NO_SECTION = "this version of the questionnaire has no such section"
NO_WEIGHTS = "at least one section needs a weight above 0"
NO_WEIGHT = "it is not a whole number from 0 to 100"
ROUND_STAYS = "who said what stays in the report; only what was settled carries over, as answers"
NO_REPORT = (
    "This is a decision record without its report. Choose the PDF, or the JSON of both together."
)
REWORDED = "it carried over, but question or answer read differently now: look at it again"


@dataclass(frozen=True)
class Remark:
    """Something that did not carry over, or only so far; `reason` says which and why."""

    part: str
    name: str
    value: str
    reason: str


@dataclass
class CarriedOver:
    """What a report says in terms of another version of its questionnaire."""

    answers: AnswersFile
    remarks: list[Remark] = field(default_factory=list)


@transaction.atomic
def import_file(*, file: ReportFile, browser: uuid.UUID) -> ImportedReport:
    """A new assessment with what a report holds, on the newest version of its questionnaire.

    The entries of its decision record are kept with it. Raises FileErrors where that questionnaire
    isn't loaded here, or the file holds no report.
    """
    if not file.data:
        raise FileErrors([PathError("", NO_REPORT)])
    version = _version_for(file.document)
    carried = carry_over(file.document, questionnaire_of(version_id=version.pk))
    assessment = start_from_answers(version=version, answers=carried.answers, browser=browser)
    record, number = file.data.get("record"), file.document["questionnaire"].get("version")
    check = check_file(file, public_keys())
    entries, faults = kept_entries(check)
    carried.remarks += [Remark(RECORD_PART, "", "", fault.rstrip(".")) for fault in faults]
    return ImportedReport.objects.create(
        assessment=assessment,
        record=clean_text(record[:40]) if isinstance(record, str) else "",
        version=number if type(number) is int and 0 < number < 2**31 else None,
        genuine=check.report is Proof.GENUINE,
        remarks=[asdict(remark) for remark in carried.remarks],
        history=entries,
        history_proof=check.record.proof.value if check.record and entries else "",
    )


def _version_for(document: Mapping[str, Any]) -> QuestionnaireVersion:
    questionnaire = document.get("questionnaire")
    key = questionnaire.get("key") if isinstance(questionnaire, dict) else None
    if not isinstance(key, str):
        raise FileErrors([PathError("", "This file doesn't say which questionnaire it answers.")])
    try:
        return latest_version(key=clean_text(key))
    except QuestionnaireVersion.DoesNotExist:
        message = f"This server doesn't have the questionnaire “{key[:100]}” that the file answers."
        raise FileErrors([PathError("", message)]) from None


def carry_over(document: Mapping[str, Any], questionnaire: Questionnaire) -> CarriedOver:
    """What of a report fits a questionnaire. Nothing in the report is taken on trust."""
    return _Importer(document, questionnaire).carry()


class _Importer:
    def __init__(self, document: Mapping[str, Any], questionnaire: Questionnaire) -> None:
        self.document = document
        self.questionnaire = questionnaire
        self.labels = Labels(document)
        self.here = Labels({"questionnaire": to_dict(questionnaire)})
        self.remarks: list[Remark] = []

    def carry(self) -> CarriedOver:
        title = self._text("Title", "", self.document.get("title"), TITLE_LENGTH)
        context = self._text("Context", "", self.document.get("context"), CONTEXT_LENGTH)
        weights = self._useful(dict(self._weights()))
        answers, notes = dict(self._answers()), dict(self._notes())
        # An answer holds its note: where only the note carries over, the answer is open.
        answers = {**dict.fromkeys(notes, UNKNOWN), **answers}
        if "round" in self.document:
            self._remark("Independent answers", "", "", ROUND_STAYS)
        read = AnswersFile(
            " ".join(title.split()) if title else UNTITLED, context or "", answers, notes, weights
        )
        return CarriedOver(read, self.remarks)

    def _answers(self) -> Iterator[tuple[str, str]]:
        for key, value in self._entries("answers"):
            question = self.questionnaire.questions.get(key)
            name, shown = self.labels.question(key), self._label(key, value)
            if question is None:
                self._remark("Answer", name, shown, NOT_ASKED)
            elif value not in (*(c.key for c in question.choices), UNKNOWN, NOT_APPLICABLE):
                self._remark("Answer", name, shown, NOT_OFFERED)
            else:
                if self._is_reworded(key, value):
                    self._remark("Answer", name, shown, REWORDED)
                yield key, value

    def _notes(self) -> Iterator[tuple[str, str]]:
        for key, value in self._entries("notes"):
            name = self.labels.question(key)
            if key not in self.questionnaire.questions:
                self._remark("Note", name, value, NOT_ASKED)
            elif note := self._text("Note", name, value, NOTE_LENGTH):
                yield key, note

    def _weights(self) -> Iterator[tuple[str, int]]:
        """Those that somebody set; the others are defaults, and those of this version count."""
        own = {section.key: section.weight for section in self.questionnaire.sections}
        for key, value in self._entries("weights"):
            name = self.labels.section(key)
            if key not in own:
                self._remark("Weight", name, value, NO_SECTION)
            elif type(value) is not int or not 0 <= value <= 100:
                self._remark("Weight", name, value, NO_WEIGHT)
            elif value != self.labels.weights.get(key):
                yield key, value
            elif value != own[key]:
                self._remark("Weight", name, value, f"nobody set it, and it is {own[key]} now")

    def _useful(self, weights: dict[str, int]) -> dict[str, int]:
        """The weights, unless nothing would count with them."""
        own = {section.key: section.weight for section in self.questionnaire.sections}
        if any({**own, **weights}.values()):
            return weights
        self._remark("Weights", "", weights, NO_WEIGHTS)
        return {}

    def _entries(self, part: str) -> Iterator[tuple[str, Any]]:
        """The entries of a mapping; of one that is longer than any questionnaire the first."""
        entries = self.document.get(part)
        if not isinstance(entries, dict):
            self._remark(part.capitalize(), "", entries, "they are missing, or not readable")
            return
        yield from islice(entries.items(), MOST)
        if len(entries) > MOST:
            self._remark(part.capitalize(), "", "", f"only the first {MOST} were looked at")

    def _text(self, part: str, name: str, value: Any, limit: int) -> str | None:
        """A text that is none too long; None for anything else."""
        if not isinstance(value, str):
            self._remark(part, name, value, "it is not a text")
        elif len(text := clean_text(value).strip()) > limit:
            self._remark(part, name, value, f"it is longer than {limit} characters")
        else:
            return text
        return None

    def _label(self, key: str, value: Any) -> Any:
        return self.labels.answer(key, value) if isinstance(value, str) else value

    def _is_reworded(self, key: str, value: str) -> bool:
        """Whether the question or the choice reads differently here."""
        before, now = self.labels, self.here
        return (before.question(key), before.answer(key, value)) != (
            now.question(key),
            now.answer(key, value),
        )

    def _remark(self, part: str, name: str, value: Any, reason: str) -> None:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        self.remarks.append(Remark(part, clean_text(name), clean_text(text[:SHOWN_LENGTH]), reason))
