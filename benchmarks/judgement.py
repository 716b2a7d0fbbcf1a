"""How often Decider names what was published, and what its words have meant: `judgement`.

Two readers who did not know the decisions answered the questionnaire for each case of
tests/judgement from a description of it. Prints the hits of each reading, a table of the words
against the outcome, how far the readings agree, and the misses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.measure import line
from decider.base.files import read_yaml
from decider.engine.analysis.analyse import analyse
from decider.engine.questionnaire.parse import parse
from decider.engine.questionnaire.schema import UNKNOWN, Answers, Questionnaire
from decider.engine.scoring.method import CURRENT
from tests.fixtures.judgement import Case, cases, readings

FILE = Path(__file__).resolve().parent.parent / "fixtures" / "where-should-this-run.yaml"
GOALS = {"sure": (34 / 40, 38 / 40), "arguable": (0.0, 17 / 18)}
"""By certainty, the least share of cases published first, and acceptable first."""

CLAIMS = {"strong": 0.95, "favoured": 0.75, "leaning": 0.50}
"""How often a word says that what it names is right."""

AGREEMENT = 0.88
USUAL_PATH = 28


@dataclass(frozen=True, slots=True)
class Judged:
    """A case as one reading judges it: the first alternative (None: nobody, or a tie), the word.

    `asked` is how many questions it was asked.
    """

    case: Case
    first: str | None
    word: str
    asked: int

    @property
    def is_published(self) -> bool:
        """Whether it names what was published."""
        return self.first == self.case.published

    @property
    def is_acceptable(self) -> bool:
        """Whether it names what was published or could be defended as well."""
        return self.first in self.case.acceptable


def main() -> bool:
    """Print everything; False where a goal is missed."""
    questionnaire = parse(read_yaml(FILE.read_text(encoding="utf-8")))
    answered = readings()
    judged = {
        reader: [_judge(questionnaire, case, answers[case.key]) for case in cases()]
        for reader, answers in answered.items()
    }
    within = True
    for reader, found in judged.items():
        within &= _hits(reader, found)
    rows = [row for found in judged.values() for row in found]
    within &= _words(rows)
    within &= _track_record(rows)
    within &= _asked(rows)
    within &= _agreement(answered)
    _misses(judged)
    return within


def _judge(questionnaire: Questionnaire, case: Case, answers: Answers) -> Judged:
    analysis = analyse(questionnaire, answers, {})
    leaders = [analysis.outcome.model.alternatives[a] for a in analysis.outcome.leaders]
    asked = sum(map(analysis.outcome.is_visible, analysis.outcome.model.nodes))
    first = leaders[0] if len(leaders) == 1 else None
    return Judged(case, first, analysis.wording.level, asked)


def _hits(reader: str, rows: list[Judged]) -> bool:
    second = [row for row in rows if row.case.group == "second"]
    within = True
    for certainty, (published, acceptable) in GOALS.items():
        found = [row for row in second if row.case.certainty == certainty]
        within &= _share(
            f"{reader}, {certainty}, published first", found, "is_published", published
        )
        within &= _share(
            f"{reader}, {certainty}, acceptable first", found, "is_acceptable", acceptable
        )
    first = [row for row in rows if row.case.group == "first"]
    _share(f"{reader}, first group, published first", first, "is_published", 0)
    _share(f"{reader}, first group, acceptable first", first, "is_acceptable", 0)
    return within


def _share(name: str, rows: list[Judged], hit: str, goal: float) -> bool:
    hits = sum(getattr(row, hit) for row in rows)
    within = hits >= goal * len(rows) - 1e-9
    wanted = f"  goal {goal * len(rows):.0f}" if goal else ""
    print(f"{name:<45}{hits:>4} of {len(rows)}{wanted}{'' if within else '   MISSED'}", flush=True)
    return within


def _words(rows: list[Judged]) -> bool:
    """The table of words against outcome, over both readings."""
    by_word: dict[str, list[Judged]] = defaultdict(list)
    for row in rows:
        by_word[row.word].append(row)
    return all(
        [
            _share(f"“{word}”, published first", found, "is_published", CLAIMS.get(word, 0))
            for word, found in sorted(by_word.items())
        ]
        + [
            _share(f"“{word}”, acceptable first", found, "is_acceptable", 0)
            for word, found in sorted(by_word.items())
        ]
    )


def _track_record(rows: list[Judged]) -> bool:
    """Whether the method says of its words what is counted here."""
    counted = {
        level: (sum(row.is_published for row in rows if row.word == level), len(found))
        for level, *_ in CURRENT.track_record
        if (found := [row for row in rows if row.word == level])
    }
    stated = {level: (hits, readings) for level, hits, readings in CURRENT.track_record}
    missed = "" if counted == stated else "   MISSED"
    print(f"the method states the same of its words{missed}")
    return counted == stated


def _asked(rows: list[Judged]) -> bool:
    """How many questions a reading was asked."""
    asked = sorted(row.asked for row in rows)
    print(f"questions asked in a reading: {asked[0]} to {asked[-1]}")
    return line("questions asked in a usual reading (median)", median(asked), USUAL_PATH, "")


def _agreement(answered: Mapping[str, Mapping[str, Answers]]) -> bool:
    one, two = answered.values()
    pairs = [
        (one[key].get(question), two[key].get(question))
        for key in one
        for question in one[key].keys() | two[key].keys()
    ]
    unknown = [answer == UNKNOWN for pair in pairs for answer in pair if answer is not None]
    print(f"answers “I don’t know”: {sum(unknown) / len(unknown):.0%} of {len(unknown)}")
    differing = sum(a != b for a, b in pairs) / len(pairs)
    return line("share of answers in which the readings differ", differing, 1 - AGREEMENT, "")


def _misses(judged: Mapping[str, Iterable[Judged]]) -> None:
    for reader, rows in judged.items():
        for row in rows:
            if not row.is_published:
                kind = "acceptable" if row.is_acceptable else "missed"
                print(f"{reader}: {row.case.key}: {row.case.published}, not {row.first}: {kind}")
