"""The brief: what a result comes to, in the few lines that one screen or one page has room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Final

from decider.engine.analysis.wording import ENOUGH_ANSWERED
from decider.engine.questionnaire.schema import Alternative
from decider.engine.scoring.method import METHODS_BY_NAME
from decider.presentation.analysis import Flip, OpenQuestion, PresentedAnalysis
from decider.presentation.answers import Answer, Reason
from decider.presentation.numbers import percent
from decider.presentation.reasons import Lead
from decider.presentation.report import SCALE, Conditional, PresentedReport
from decider.presentation.sentences import forbidding, names, to_find_out, tolerance

FOR_SHOWN: Final = 3
AGAINST_SHOWN: Final = 2
TO_ANSWER_SHOWN: Final = 3
ORDINALS: Final = ("first", "second", "third", "last")
FINE: Final = 10
"""Weights are hardly set more exactly than this, in per cent of themselves."""


@dataclass(frozen=True, slots=True)
class BriefStep:
    """A step of the scale of words, and what it has meant: "56 of 83", or nothing if unknown."""

    words: str
    present: bool
    record: str


@dataclass(frozen=True, slots=True)
class BriefLine:
    """A sentence, and the answers that it is about, each of which is named in it by its number."""

    text: str
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """Every answer given that speaks for the first or against it, each once, the heaviest first.

    `for_it` adds points to the first, and no fewer than to the second; what matters most between
    the two is at its head. `for_second` takes from the lead over the second. `against_it` takes
    points from the first, but as many or more from the second.
    """

    for_it: tuple[Reason, ...]
    for_second: tuple[Reason, ...]
    against_it: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The summary of a result.

    `kicker` says what `headline` is. `provisos` are sentences: what to compare it with where
    nothing is clear, what would move ahead if something open turns out so, and what speaks
    decisively against it. `to_confirm` is what
    has to be made true of what is recommended.
    `steps` are those of the scale, the least sure first; there are none where the result is not on
    it. `certainty` is a sentence on how often the first stays first. `subject` is the alternative
    that `reasons_for` and `reasons_against` are about, None where there are none; no answer is
    among both, and `weighed` has all of them. `watch` is what to watch with it in any case. `turn`
    is the cheapest change that would put another first, `find_out` what to find out next. `missing`
    says what is missing before a result means anything, and `to_answer` which questions to answer
    first; where it is not empty, there is no ranking to show and nothing to save.
    """

    kicker: str
    headline: str
    provisos: tuple[str, ...] = ()
    to_confirm: tuple[str, ...] = ()
    steps: tuple[BriefStep, ...] = ()
    certainty: str = ""
    subject: Alternative | None = None
    weighed: Weighed | None = None
    reasons_for: tuple[BriefLine, ...] = ()
    reasons_against: tuple[BriefLine, ...] = ()
    watch: str = ""
    turn: BriefLine | None = None
    find_out: BriefLine | None = None
    missing: str = ""
    to_answer: tuple[Answer, ...] = ()


def present_brief(
    view: PresentedReport, analysis: PresentedAnalysis, to_confirm: Sequence[str] = ()
) -> Brief:
    """The brief of a result; `to_confirm` are the conditions of what is recommended, in words."""
    missing = missing_answers(view)
    if missing:
        return _too_early(view, analysis, missing)
    subject = _subject(view)
    lead = analysis.leads[0] if analysis.leads and len(view.ranking) > 1 else None
    weighed = _weighed(analysis, lead) if subject else None
    kicker, headline = _heading(view)
    return Brief(
        kicker=kicker,
        headline=headline,
        provisos=(*_comparisons(view), *_conditions(view), *_decisive(view, subject)),
        to_confirm=tuple(to_confirm),
        steps=_steps(view),
        certainty=_certainty(view, analysis, subject),
        subject=subject,
        weighed=weighed,
        reasons_for=tuple(map(_reason, weighed.for_it[:FOR_SHOWN])) if weighed else (),
        reasons_against=tuple(islice(_against(weighed, lead), AGAINST_SHOWN)) if weighed else (),
        watch=subject.watch[0] if subject and subject.watch else "",
        turn=_turn(view, analysis),
        find_out=_find_out(view, analysis),
    )


def missing_answers(view: PresentedReport) -> str:
    """What is missing before a result means anything, in a sentence; empty where enough is there.

    Where everything is ruled out already, more answers would change nothing.
    """
    level, counts = view.verdict.level, view.counts
    if level == "none":
        return ""
    if not counts.answered:
        if _none_applies(view):
            return "Nothing distinguishes the alternatives."
        return "No question has been answered with one of its choices yet."
    if level != "too-early" and view.answered_weight >= ENOUGH_ANSWERED:
        return ""
    covered = percent(view.answered_weight)
    share = "just under half" if covered == percent(float(ENOUGH_ANSWERED)) else covered
    return f"The answers so far cover {share} of the weight. A result needs at least half."


def _none_applies(view: PresentedReport) -> bool:
    return view.counts.asked == view.counts.not_applicable


def _too_early(view: PresentedReport, analysis: PresentedAnalysis, missing: str) -> Brief:
    return Brief(
        kicker="No recommendation",
        headline="No question applies" if _none_applies(view) else "Too early to say",
        missing=missing,
        to_answer=tuple(row.answer for row in analysis.open_questions[:TO_ANSWER_SHOWN]),
    )


def _subject(view: PresentedReport) -> Alternative | None:
    """The alternative that the reasons are about: the only first one."""
    leading = [row.alternative for row in view.ranking if row.rank == 1]
    return leading[0] if len(leading) == 1 else None


def _heading(view: PresentedReport) -> tuple[str, str]:
    """What is said above the headline, and the headline."""
    if view.recommendation:
        return "Recommended", view.recommendation.name
    level = view.verdict.level
    if level == "no-clear-winner":
        return "No clear winner \u00b7 most points", view.ranking[0].alternative.name
    if level == "tie":
        return "No clear recommendation", f"A tie between {names(view.leaders)}"
    if level == "depends":
        return "No clear recommendation", "It depends on what is still open"
    return "No recommendation", "No alternative is left: every one of them is ruled out"


def _comparisons(view: PresentedReport) -> Iterable[str]:
    """Where nothing is clear, the others that come first often enough to be looked at."""
    if view.verdict.level == "no-clear-winner":
        others = names(row for row in view.leaders if row != view.ranking[0].alternative)
        if others:
            yield f"Compare it with {others}."


def _conditions(view: PresentedReport) -> Iterable[str]:
    """What would move ahead of the first if something open turns out so, most points first."""
    best = Fraction(view.ranking[0].exact) if view.ranking else None
    for row in sorted(view.conditional, key=_exact, reverse=True):
        if best is None:
            yield f"If {row.condition}: {row.alternative.name}."
        elif _exact(row) > best:
            yield f"If {row.condition}, {row.alternative.name} would move ahead."


def _decisive(view: PresentedReport, subject: Alternative | None) -> Iterable[str]:
    """What speaks decisively against the first, which is called Leaning at most for that."""
    for row in view.ranking:
        if row.alternative == subject:
            for argument in row.decisive:
                place = f"Q{argument.answer.number}"
                yield f"{place} speaks decisively against it: {argument.reason}"


def _exact(row: Conditional) -> Fraction:
    return Fraction(row.exact)


def _steps(view: PresentedReport) -> tuple[BriefStep, ...]:
    if not view.verdict.on_scale:
        return ()
    method = METHODS_BY_NAME.get(view.method)
    rows = method.track_record if method else ()
    records = {level: f"{hits} of {readings}" for level, hits, readings in rows}
    return tuple(
        BriefStep(words, level == view.verdict.level, records.get(level, ""))
        for level, words in SCALE.items()
    )


def scale(steps: Sequence[BriefStep]) -> str:
    """Where the word for the result stands among the others, and what each has meant.

    Empty where there are no steps.
    """
    if not steps:
        return ""
    words = [step.words for step in reversed(steps)]
    (present,) = (step.words for step in steps if step.present)
    text = f"\u201c{present}\u201d is the {ORDINALS[words.index(present)]} of four steps: "
    text += f"{', '.join(words)}."
    *records, last = [step.record for step in reversed(steps)]
    if not last:
        return text
    often = f"{', '.join(records)} and {last}"
    return f"{text} In published cases they named the decision that was made {often} times."


def _certainty(
    view: PresentedReport, analysis: PresentedAnalysis, subject: Alternative | None
) -> str:
    """How often the first stays first; after the word for it where no scale shows that."""
    share = next((row.first for row in analysis.chances if row.alternative == subject), None)
    if share is None:
        return ""
    of_hundred = percent(share).removesuffix("%")
    word = "" if view.verdict.on_scale else f"{view.verdict.words}. "
    varied = "variations of weights, open answers and ratings"
    return f"{word}Stays first in {of_hundred} of 100 {varied}."


def _weighed(analysis: PresentedAnalysis, lead: Lead | None) -> Weighed:
    gains = _gains(lead)
    rows = [row for row in analysis.reasons[0].speak_for if gains.get(row.answer.key, 0) >= 0]
    rows.sort(key=lambda row: -row.points - gains.get(row.answer.key, 0))
    given = lead.counter_given if lead else ()
    counter = tuple(row for row in given if gains.get(row.answer.key, 0) < 0)
    taken = {row.answer.key for row in counter}
    against = (row for row in analysis.reasons[0].speak_against if row.answer.key not in taken)
    return Weighed(tuple(rows), counter, tuple(against))


def _against(weighed: Weighed, lead: Lead | None) -> Iterable[BriefLine]:
    if lead:
        yield from (_counter(row, lead) for row in weighed.for_second)
    yield from map(_reason, weighed.against_it)


def _gains(lead: Lead | None) -> dict[str, float]:
    """What each answer adds to the lead over the second, by its question."""
    sections = lead.sections if lead else ()
    return {part.answer.key: part.points for section in sections for part in section.questions}


def _reason(row: Reason) -> BriefLine:
    text = row.evidence.reason if row.evidence else row.answer.label
    return BriefLine(text, (row.answer,))


def _counter(row: Reason, lead: Lead) -> BriefLine:
    """Why an answer speaks for the second: what it says against the first, or else for that."""
    own = row.answer.evidence_on(lead.ahead.key)
    if own and own.value < 0:
        return BriefLine(own.reason, (row.answer,))
    other = row.answer.evidence_on(lead.behind.key)
    text = other.reason if other else row.answer.label
    return BriefLine(f"In favour of {lead.behind.name}: {text}", (row.answer,))


def _turn(view: PresentedReport, analysis: PresentedAnalysis) -> BriefLine | None:
    """The cheapest change that would put another first; None where nobody is first."""
    if not view.ranking:
        return None
    found = analysis.tolerance
    if found and found.percent < FINE:
        return BriefLine(tolerance(analysis))
    flip = analysis.smallest_flip
    if flip:
        return _flip(flip, view, len(analysis.flips))
    if found and found.percent < 100:
        return BriefLine(tolerance(analysis))
    return BriefLine(
        "No other answers, and no other weights alone, would put another alternative first."
    )


def _flip(flip: Flip, view: PresentedReport, single: int) -> BriefLine:
    answers = {answer.key: answer for answer in view.answers}
    changes = [
        (f"Q{change.number}" if change.number else f"\u201c{change.question}\u201d", change.after)
        for change in flip.changes
    ]
    then = f"would put {names(flip.leaders)} first" if flip.leaders else "would rule out everything"
    parts = " and ".join(f"\u201c{after}\u201d to {place}" for place, after in changes)
    text = f"Answering {parts} {then}."
    if single > 1:
        text += f" {single - 1} other {'answer' if single == 2 else 'answers'} would, too."
    found = (answers[change.key] for change in flip.changes if change.key in answers)
    return BriefLine(text, tuple(found))


def _find_out(view: PresentedReport, analysis: PresentedAnalysis) -> BriefLine | None:
    rows = to_find_out(analysis)
    if rows:
        return _open_question(rows[0])
    counts = view.counts
    still_open = counts.unknown + counts.unanswered
    if not still_open:
        return BriefLine("Every question is answered; nothing is left to find out.")
    if analysis.necessary:
        return BriefLine(_unchanging(still_open))
    return None


def _unchanging(still_open: int) -> str:
    if still_open == 1:
        return "The one open question can\u2019t change first place."
    return f"None of the {still_open} open questions can change first place."


def _open_question(row: OpenQuestion) -> BriefLine:
    parts = (f"Q{row.answer.number}: {row.answer.question}", forbidding(row))
    return BriefLine(" ".join(part for part in parts if part), (row.answer,))
