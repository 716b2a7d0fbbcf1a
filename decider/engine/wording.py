"""How sure a result may sound: honest words for a first place.

The words follow the lower end of the confidence interval of the share of draws in which the leader
is first, with weights, unknown answers and ratings all in doubt. They are claims about plausible
inputs, never about the truth. The thresholds and how they were checked are in docs/method.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from decider.engine.acceptability import Acceptability, wilson_lower
from decider.engine.completions import EVERY_OPEN
from decider.engine.scoring import Outcome

ENOUGH_ANSWERED = Fraction(1, 2)
"""Under this share of answered weight it is too early to say anything."""

SHORTLISTED = 0.10
GRADES = ((0.95, "strong", "Strong"), (0.75, "favoured", "Favoured"), (0.50, "leaning", "Leaning"))
"""From this lower bound on, the level and its words."""

RECOMMENDING = frozenset(level for _, level, _ in GRADES)
"""The levels that recommend an alternative."""

DOUBTS = "plausible weightings, answers and rating errors"


@dataclass(frozen=True, slots=True)
class Wording:
    """`level` is for programs, `words` for a heading, `sentence` for a reader.

    `leaders` are those with the most points, or the shortlist where there is no clear winner.
    """

    level: str
    words: str
    sentence: str
    leaders: tuple[int, ...]


def word(
    outcome: Outcome, chances: Acceptability, answered: Fraction, *, necessary: bool
) -> Wording:
    """The wording of a result.

    `answered` is the share of weight that is really answered; `necessary` says that some answers
    are missing and none of them can change the winner.
    """
    wording = _wording(outcome, chances, answered)
    if not necessary:
        return wording
    sentence = f"{wording.sentence} No open answer can change what comes first."
    return Wording(wording.level, wording.words, sentence, wording.leaders)


def _wording(outcome: Outcome, chances: Acceptability, answered: Fraction) -> Wording:
    leaders = outcome.leaders
    if not leaders:
        words = "No alternative is left"
        return Wording("none", words, f"{words}: every one of them is ruled out.", leaders)
    names = _names(outcome, leaders)
    early = _early(outcome, answered)
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
    return _graded(outcome, chances)


def _early(outcome: Outcome, answered: Fraction) -> str:
    """What makes it too early to say anything; empty where enough is answered."""
    if not outcome.given:
        return "no answer is known yet"
    return f"answers cover {percent(answered)} of the weight" if answered < ENOUGH_ANSWERED else ""


def _graded(outcome: Outcome, chances: Acceptability) -> Wording:
    """The wording for a single leader on enough answers."""
    shares = dict(zip(chances.alternatives, chances.first, strict=True))
    lower = {a: wilson_lower(share, chances.size) for a, share in shares.items()}
    winner = outcome.leaders[0]
    name, share = _names(outcome, [winner]), percent(shares[winner])
    for threshold, level, words in GRADES:
        if lower[winner] >= threshold:
            sentence = f"{words}: {name}. First in {share} of {DOUBTS}."
            return Wording(level, words, sentence, (winner,))
    others = (a for a in shares if a != winner and lower[a] >= SHORTLISTED)
    shortlist = (winner, *sorted(others, key=lambda a: -shares[a]))
    sentence = f"No clear winner. Most points: {name}, but first in only {share} of {DOUBTS}."
    if len(shortlist) > 1:
        sentence += f" Compare {_names(outcome, shortlist)}."
    return Wording("no-clear-winner", "No clear winner", sentence, shortlist)


def percent(share: Fraction) -> str:
    """A share in whole percent, rounded neither to nothing nor to everything."""
    if 0 < share < Fraction(1, 100):
        return "less than 1%"
    if Fraction(99, 100) < share < 1:
        return "more than 99%"
    return f"{round(100 * share)}%"


def _names(outcome: Outcome, alternatives: Iterable[int]) -> str:
    """Names in a sentence; several in quotation marks, since a name may hold "and"."""
    rows = outcome.model.questionnaire.alternatives
    found = [rows[a].name for a in alternatives]
    if len(found) == 1:
        return found[0]
    *most, last = [f"\u201c{name}\u201d" for name in found]
    return f"{', '.join(most)} and {last}"
