"""Answers files: what `decide` reads, and the commented file to fill in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from textwrap import wrap
from typing import Any, TypeVar

from decider.base.files import FileErrors
from decider.base.plain_text import clean_text
from decider.engine.questionnaire.errors import MAX_ERRORS, PathError, did_you_mean, first_errors
from decider.engine.questionnaire.schema import NOT_APPLICABLE, UNKNOWN, Question, Questionnaire

TITLE_LENGTH = 120
CONTEXT_LENGTH = 2000
NOTE_LENGTH = 4000

UNTITLED = "Untitled"
KEYS = ("questionnaire", "title", "context", "weights", "answers", "notes")
WIDTH = 96

ValueT = TypeVar("ValueT")


@dataclass(frozen=True)
class AnswersFile:
    """What an answers file says; see the engine's `Answers` and `Weights` for their shapes.

    `notes` maps keys of answered questions to texts. `weights` holds only those given.
    """

    title: str
    context: str
    answers: dict[str, str]
    notes: dict[str, str]
    weights: dict[str, int]


def parse_answers_file(questionnaire: Questionnaire, data: Any) -> AnswersFile:
    """The answers in this data; raises FileErrors with every error.

    Answers stand under `answers`, or beside the other keys where there is no such key. A question
    without a value is unanswered.
    """
    if not isinstance(data, Mapping):
        raise FileErrors([PathError("", "should be a mapping of question keys to choice keys")])
    return _AnswersReader(questionnaire, data).read()


class _AnswersReader:
    def __init__(self, questionnaire: Questionnaire, data: Mapping[str, Any]) -> None:
        self.questionnaire = questionnaire
        self.data = data
        self.errors: list[PathError] = []

    def read(self) -> AnswersFile:
        self._check_keys()
        questions = self.questionnaire.questions
        sections = [section.key for section in self.questionnaire.sections]
        title = self._value("title", self.data.get("title"), _text(TITLE_LENGTH))
        context = self._value("context", self.data.get("context"), _text(CONTEXT_LENGTH))
        prefix, given = self._answers()
        answers = self._entries(prefix, given, questions, self._answer)
        notes = self._entries("notes.", self._mapping("notes"), questions, _text(NOTE_LENGTH))
        weights = self._entries("weights.", self._mapping("weights"), sections, _weight)
        defaults = {section.key: section.weight for section in self.questionnaire.sections}
        if not any({**defaults, **weights}.values()):
            self._wrong("weights", "at least one section needs a weight above 0")
        for key in (key for key in notes if given.get(key) in (None, "")):
            self._wrong(f"notes.{key}", f'a note without an answer; answer it "{UNKNOWN}"')
        if self.errors:
            raise FileErrors(first_errors(self.errors))
        title = " ".join(title.split()) if title else ""
        return AnswersFile(title or UNTITLED, context or "", answers, notes, weights)

    def _check_keys(self) -> None:
        key = self.data.get("questionnaire", self.questionnaire.key)
        if key != self.questionnaire.key:
            self._wrong("questionnaire", f'should be "{self.questionnaire.key}"')
        known = [*KEYS, *self.questionnaire.questions]
        allowed = KEYS if "answers" in self.data else known
        for name in islice((name for name in self.data if name not in allowed), MAX_ERRORS + 1):
            self._wrong(name, f"unknown key.{did_you_mean(name, known)}")

    def _answers(self) -> tuple[str, Mapping[str, Any]]:
        """The prefix of the answers' paths, and the answers."""
        if "answers" in self.data:
            return "answers.", self._mapping("answers")
        known = self.questionnaire.questions
        return "", {key: value for key, value in self.data.items() if key in known}

    def _mapping(self, name: str) -> Mapping[str, Any]:
        value = self.data.get(name)
        if isinstance(value, Mapping):
            return value
        if value is not None:
            self._wrong(name, "should be a mapping with keys and values")
        return {}

    def _entries(
        self,
        prefix: str,
        entries: Mapping[str, Any],
        known: Collection[str],
        read: Callable[[Any, str], ValueT],
    ) -> dict[str, ValueT]:
        """The entries with a known key and a value."""
        values = {}
        for key, entry in islice(entries.items(), MAX_ERRORS + len(known)):
            if key not in known:
                self._wrong(f"{prefix}{key}", f"unknown key.{did_you_mean(key, known)}")
            elif (value := self._value(f"{prefix}{key}", entry, read, key)) is not None:
                values[key] = value
        return values

    def _value(
        self, path: str, entry: Any, read: Callable[[Any, str], ValueT], key: str = ""
    ) -> ValueT | None:
        """What `read` makes of an entry; None where it is empty or wrong."""
        if entry is None or entry == "":
            return None
        try:
            return read(entry, key)
        except ValueError as error:
            self._wrong(path, str(error))
            return None

    def _answer(self, entry: Any, key: str) -> str:
        choices = self.questionnaire.questions[key].choices
        offered = [*(choice.key for choice in choices), UNKNOWN, NOT_APPLICABLE]
        if isinstance(entry, list | dict):
            raise ValueError("should be the key of one choice")
        word = str(entry).lower() if isinstance(entry, bool) else str(entry).strip()
        if word not in offered:
            near = did_you_mean(word, offered)
            raise ValueError(f'no choice "{word}".{near} On offer: {", ".join(offered)}')
        return word

    def _wrong(self, path: str, message: str) -> None:
        self.errors.append(PathError(path, message))


def _text(limit: int) -> Callable[[Any, str], str]:
    def read(entry: Any, _key: str) -> str:
        if isinstance(entry, bool | list | dict):
            raise ValueError("should be text")
        text = clean_text(str(entry)).strip()
        if len(text) > limit:
            raise ValueError(f"has {len(text)} characters; at most {limit}")
        return text

    return read


def _weight(entry: Any, _key: str) -> int:
    if type(entry) is not int or not 0 <= entry <= 100:
        raise ValueError("should be a whole number from 0 to 100")
    return entry


def answers_template(questionnaire: Questionnaire) -> str:
    """An answers file with every section, question and choice in comments, and no answer."""
    return "\n".join(_template_lines(questionnaire)) + "\n"


def _template_lines(questionnaire: Questionnaire) -> Iterator[str]:
    yield from _comment(questionnaire.title)
    yield from _comment(questionnaire.summary)
    yield "#"
    yield "# After a question's key write the key of one of its choices, or"
    yield f"#   {UNKNOWN:8} if you don't know"
    yield f"#   {NOT_APPLICABLE:8} if the question does not apply."
    yield "# A question that is left empty is unanswered."
    yield f"questionnaire: {questionnaire.key}"
    yield "title:"
    yield "context:"
    yield ""
    yield "# How much the difference between the two ends of each section matters, from 0 to 100."
    yield "weights:"
    for section in questionnaire.sections:
        if section.worst and section.best:
            yield from _comment(f"From: {section.worst} To: {section.best}", "  # ")
        yield f"  {section.key}: {section.weight}"
    yield ""
    yield "answers:"
    for number, section in enumerate(questionnaire.sections, 1):
        yield ""
        yield from _comment(f"{number}. {section.title}", "  # ")
        yield from _comment(section.intro, "  # ")
        for question in section.questions:
            yield ""
            yield from _question_lines(question)
    yield ""
    yield "# A note belongs to an answered question."
    yield "notes:"
    yield f"  # {next(iter(questionnaire.questions))}: Why this answer"


def _question_lines(question: Question) -> Iterator[str]:
    yield from _comment(question.text, "  # ")
    yield from _comment(question.help, "  #   ")
    yield from _comment(f"Example: {question.example}", "  #   ")
    if question.shown_when:
        choices = " or ".join(sorted(question.shown_when.choices))
        yield from _comment(f"Only where {question.shown_when.question} is {choices}.", "  #   ")
    for choice in question.choices:
        detail = f" ({choice.help})" if choice.help else ""
        yield from _comment(f"{choice.key}: {choice.label}{detail}", "  #   - ", "  #     ")
    yield f"  {question.key}:"


def _comment(text: str, first: str = "# ", following: str = "") -> list[str]:
    return wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=following or first,
        break_on_hyphens=False,  # keys hold hyphens
    )
