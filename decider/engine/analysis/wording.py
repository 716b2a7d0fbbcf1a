"""How sure a result may sound: honest words for a first place.

The words follow the lower end of the confidence interval of the share of draws in which the leader
is first, with weights, unknown answers and ratings all in doubt. They are claims about plausible
inputs, never about the truth. The thresholds and how they were checked are in docs/method.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from decider.engine.analysis.acceptability import Acceptability, wilson_lower
from decider.engine.scoring.completions import EVERY_OPEN
from decider.engine.scoring.method import GRADES, Method
from decider.engine.scoring.score import Outcome

ENOUGH_ANSWERED = Fraction(1, 2)
"""Under this share of answered weight it is too early to say anything."""

SHORTLISTED = 0.10
DECISIVE = -2
"""The rating that speaks decisively against an alternative."""

RECOMMENDING = frozenset(level for _, level, _ in GRADES)
"""The levels that recommend an alternative."""


@dataclass(frozen=True, slots=True)
class Wording:
    """`level` is for programs, `words` for a heading, `sentence` for a reader.

    `leaders` are those with the most points, or the shortlist where there is no clear winner.
    `conditional` are the alternatives with more points than the leaders which are only alternatives
    if something open turns out so; those with the most points first.
    """

    level: str
    words: str
    sentence: str
    leaders: tuple[int, ...]
    conditional: tuple[int, ...] = ()


@dataclass(frozen=True)
class Claim:
    """What a wording is about.

    `answered` is the share of weight that is really answered; `necessary` says that some answers
    are missing and none of them can change the winner, `flips` that some answer given could.
    """

    outcome: Outcome
    chances: Acceptability
    answered: Fraction
    necessary: bool
    flips: bool


def wording_of(claim: Claim, method: Method) -> Wording:
    """The wording of a result."""
    wording = _wording(claim, method)
    ahead = conditional_ahead(claim.outcome)
    parts = [wording.sentence]
    if ahead and claim.outcome.given and wording.level not in {"depends", *RECOMMENDING}:
        parts.append(f"Ahead on a condition: {_provided(claim.outcome, ahead)}.")
    if claim.necessary:
        parts.append(_unchanged(claim, method))
    return replace(wording, sentence=" ".join(parts), conditional=ahead)


def _unchanged(claim: Claim, method: Method) -> str:
    sentence = "No open answer can change what comes first"
    names_answers = method.names_answers and claim.flips
    return f"{sentence}; answers given can." if names_answers else f"{sentence}."


def conditional_ahead(outcome: Outcome) -> tuple[int, ...]:
    """The conditional alternatives with more points than the leaders; all where nobody leads."""
    best = [outcome.totals[a] for a in outcome.leaders[:1]]
    ahead = (a for a in outcome.conditional if all(outcome.totals[a] > total for total in best))
    return tuple(sorted(ahead, key=lambda a: -outcome.totals[a]))


def _wording(claim: Claim, method: Method) -> Wording:
    outcome = claim.outcome
    leaders = outcome.leaders
    if not leaders:
        return _nobody(claim)
    names = _names(outcome, leaders)
    early = _early(outcome, claim.answered)
    if len(leaders) > 1:
        words = "An exact tie"
        if not outcome.given and not EVERY_OPEN.intersection(outcome.states):
            return Wording("tie", words, f"{words}: no question applies.", leaders)
        so_far = f" It is early: {early}." if early else ""
        return Wording("tie", words, f"{words}: {names}.{so_far}", leaders)
    if early:
        words = "Too early to say"
        so_far = f" Most points so far: {names}." if outcome.given else ""
        return Wording("too-early", words, f"{words}: {early}.{so_far}", leaders)
    return _graded(claim, method)


def _nobody(claim: Claim) -> Wording:
    """The wording where no alternative can be ranked."""
    outcome = claim.outcome
    if not outcome.conditional:
        words = "No alternative is left"
        return Wording("none", words, f"{words}: every one of them is ruled out.", ())
    early = _early(outcome, claim.answered)
    so_far = f" It is early: {early}." if early else ""
    sentence = f"Depends: {_if(outcome, conditional_ahead(outcome))}.{so_far}"
    return Wording("depends", "Depends", sentence, ())


def _early(outcome: Outcome, answered: Fraction) -> str:
    """What makes it too early to say anything; empty where enough is answered."""
    if not outcome.given:
        return "no answer is known yet"
    return f"answers cover {percent(answered)} of the weight" if answered < ENOUGH_ANSWERED else ""


def _graded(claim: Claim, method: Method) -> Wording:
    """The wording for a single leader on enough answers."""
    outcome, chances = claim.outcome, claim.chances
    shares = dict(zip(chances.alternatives, chances.first, strict=True))
    lower = {a: wilson_lower(share, chances.size) for a, share in shares.items()}
    winner = outcome.leaders[0]
    name, share = _names(outcome, [winner]), percent(shares[winner])
    capped = method.caps_decisive and decisive_against(outcome, winner)
    for threshold, level, words in method.grades[-1:] if capped else method.grades:
        if lower[winner] >= threshold:
            condition = _condition(outcome)
            sentence = f"{words}: {name}{condition}. First in {share} of {method.varied}."
            return Wording(level, words, sentence, (winner,))
    others = (a for a in shares if a != winner and lower[a] >= SHORTLISTED)
    shortlist = (winner, *sorted(others, key=lambda a: -shares[a]))
    only = f"but first in only {share} of {method.varied}"
    sentence = f"No clear winner. Most points: {name}, {only}."
    if len(shortlist) > 1:
        sentence += f" Compare {_names(outcome, shortlist)}."
    return Wording("no-clear-winner", "No clear winner", sentence, shortlist)


def decisive_against(outcome: Outcome, alternative: int) -> tuple[int, ...]:
    """The questions whose answer given speaks decisively against an alternative."""
    return tuple(
        node.position
        for node, choice in outcome.given
        if node.ratings[choice][alternative] <= DECISIVE
    )


def _condition(outcome: Outcome) -> str:
    ahead = conditional_ahead(outcome)
    return f"; {_if(outcome, ahead)}" if ahead else ""


def _if(outcome: Outcome, alternatives: Iterable[int]) -> str:
    """Each alternative after the condition on which it is one."""
    found = _with_conditions(outcome, alternatives)
    return "; ".join(f"if {condition}, {name}" for name, condition in found)


def _provided(outcome: Outcome, alternatives: Iterable[int]) -> str:
    """Each alternative before that condition."""
    found = _with_conditions(outcome, alternatives)
    return "; ".join(f"{name}, if {condition}" for name, condition in found)


def _with_conditions(outcome: Outcome, alternatives: Iterable[int]) -> Iterator[tuple[str, str]]:
    for a in alternatives:
        alternative = outcome.model.questionnaire.alternatives[a]
        if alternative.candidate:
            yield alternative.name, alternative.candidate.condition


def percent(share: Fraction) -> str:
    """A share in whole percent, rounded neither to nothing nor to everything."""
    if 0 < share < Fraction(1, 100):
        return "less than 1%"
    if Fraction(99, 100) < share < 1:
        return "more than 99%"
    return f"{round(100 * share)}%"


def _names(outcome: Outcome, alternatives: Iterable[int]) -> str:
    rows = outcome.model.questionnaire.alternatives
    return listed([rows[a].name for a in alternatives])


def listed(names: Sequence[str]) -> str:
    """Names as in a sentence; several in quotation marks, since a name may hold "and"."""
    if len(names) < 2:
        return "".join(names)
    *most, last = [f"\u201c{name}\u201d" for name in names]
    return f"{', '.join(most)} and {last}"
