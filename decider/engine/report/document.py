"""The report document: everything that a page, a PDF or an export prints, as plain JSON data.

`format`, `method`, `title`, `context`, `questionnaire` (with its `version`), `answers` (all given
ones, hidden ones too), `notes` and `weights` (of every section) say what was put in. `result` says
what came out; it names questions, choices, sections and alternatives by their keys, and holds no
time and no chance: the same input gives the same document everywhere.

Points run from 0 to 100 with one decimal; parts add up exactly to what is shown beside them.
Shares run from 0 to 1. "Leaders" are lists, since there may be a tie, or nobody left.

`visible`
    The questions asked, in order. Only these appear below, unless said otherwise: what a question
    behind an open one may add is counted for the open one.
`counts`
    `asked`, `answered` (with a choice), `unknown`, `not_applicable`, `unanswered`.
`answered_weight`
    The share of the weight of the questions that apply which has a choice.
`coverage`
    By alternative, the share of that weight for which somebody researched what the choice says.
`wording`
    `level` (none, tie, too-early, no-clear-winner, leaning, favoured, strong), `words`,
    `sentence`, `necessary` (answers are missing, and none of them can change the winner).
`recommendation`
    The alternative, or null at the first four levels.
`leaders`
    The alternatives with the most points; for no-clear-winner the shortlist.
`settled`
    Whether no unanswered question can change who has the most points; what is answered "I don't
    know" may still.
`ranking`
    Rows of the eligible alternatives: `alternative`, `rank` (1, 1, 3), `points`, `exact` (a
    fraction), `low` and `high` (what open answers leave possible), `provisional` (vetoes that open
    answers may add: `question`, `choice`, `reason`).
`ruled_out`
    Rows of the others, fewest vetoes first: `alternative`, `points`, `exact`, `vetoes`.
`contributions`
    By alternative: `base` and `sections`, each with `section`, `points` and `questions`, each with
    `question` and `points`. The base and all parts add up to the points.
`reasons`
    By alternative: `for` and `against`, the same parts with their `choice` (null: unanswered), the
    heaviest first.
`differences`
    Why the first leader is ahead of each other alternative: `ahead`, `behind`, `points`, `low` and
    `high` (the lead that open answers leave possible), `sections` as above, `decisive` (the fewest
    questions that outweigh all of `counter`; empty where nothing speaks against the lead, null
    where there is no lead), `counter` (the questions that speak against it).
`flips`
    `single`: every other answer that alone changes who leads: `question`, `from` (null:
    unanswered), `to`, `leaders`. `smallest`: the smallest set of `changes` (each `question`,
    `from`, `to`; a question may be one that another change makes visible) with its `leaders`, or
    null where none was found.
`to_win`
    For each alternative that doesn't win alone: `alternative`, `at_least` (how many answers would
    have to be different, proven), `changes` (answers with which it wins alone; the fewest where
    there are `at_least` of them) or null, which says: more than `at_least` - 1.
`information`
    The open questions, the most worth knowing first: `question`, `value` (points expected to be
    gained), `swing` (points by which it moves the leader against the closest rival), `answers`
    (each `choice`, `chance`, `leaders`).
`robustness`
    `draws`, their number. By eligible alternative: `first` (share of draws in which it is first),
    `at_least` (lower end of the 95% interval of that), `ranks` (share by rank), `ahead` (by other
    alternative, share ahead of it), `central_weights` (by section, the mean weights that make it
    first; null where it never is), `regret` (most points by which it is behind in a draw).
    `alone`: the first leader's share of first places with only `weights`, `answers` or `ratings`
    in doubt (empty without leaders). `wrong_steps`: the fewest ratings (`count`) that would have
    to be one step wrong for `rival` to draw level, or null.
`weight_tolerance`
    The winner stands while no section weight is off by more than `percent` of itself; `exact` is
    where `rivals` draw level. Null without a single winner and a rival.
`stability`
    By section: `section`, `weight`, and the weights from `low` to `high` (within 0..100) with
    which the winner stands; `below` and `above` draw level at the ends and lead beyond them, unless
    the scale ends there (empty: nobody does).
    Empty without a single winner and a rival.
`disagreements`
    Those of the sources that choices given touch: `key`, `side` (a, b, both, neither), `questions`.
`conflicts`
    Choices that can hardly be true together: `key`, `questions`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from decider.engine.analysis.analyse import Analysis, analyse
from decider.engine.analysis.wording import RECOMMENDING
from decider.engine.questionnaire.plain import to_dict
from decider.engine.questionnaire.schema import Answers, Questionnaire, Weights
from decider.engine.report import contradictions, findings, race, scores
from decider.engine.report.scores import Json
from decider.engine.scoring.method import MAVT_1, MAVT_2
from decider.engine.scoring.score import Outcome, compile_model, evaluate

FORMAT = "decider-report/1"


def mavt_1(questionnaire: Questionnaire, answers: Answers, weights: Weights) -> Json:
    """The result by the method "mavt-1"."""
    return _result(analyse(questionnaire, answers, weights, MAVT_1))


def mavt_2(questionnaire: Questionnaire, answers: Answers, weights: Weights) -> Json:
    """The result by the method "mavt-2": that of "mavt-1" with the parts that `race` describes."""
    analysis = analyse(questionnaire, answers, weights, MAVT_2)
    outcome, result = analysis.outcome, _result(analysis)
    result["wording"]["conditional"] = findings.names(outcome, analysis.wording.conditional)
    for row, found in zip(result["information"], analysis.information, strict=True):
        keys = outcome.model.nodes[found.question].choice_keys
        row["forbids"] = [keys[choice] for choice in found.forbids]
    chosen = analysis.wording.leaders[0] if result["recommendation"] else None
    conditions = [] if chosen is None else race.conditions(outcome, chosen)
    return {**result, **race.race(analysis), "conditions": conditions}


def _result(analysis: Analysis) -> Json:
    outcome = analysis.outcome
    parts = _shown_parts(outcome)
    points = _points(outcome, parts)
    shown = findings.shown_answers(outcome)
    return {
        **points,
        "counts": scores.counts(outcome),
        "answered_weight": scores.shown_share(analysis.answered),
        "coverage": scores.coverage(outcome),
        **_verdict(analysis),
        "reasons": {k: findings.reasons(c, shown) for k, c in points["contributions"].items()},
        "differences": [
            findings.difference(outcome, found, parts) for found in analysis.differences
        ],
        "flips": findings.flips(analysis),
        "to_win": findings.to_win(analysis),
        "information": [findings.information(outcome, found) for found in analysis.information],
        "robustness": findings.robustness(analysis),
        "weight_tolerance": findings.weight_tolerance(analysis),
        "stability": findings.stability(analysis),
        "disagreements": contradictions.disagreements(outcome),
        "conflicts": contradictions.conflicts(outcome),
    }


METHODS: Mapping[str, Callable[[Questionnaire, Answers, Weights], Json]] = {
    MAVT_1.name: mavt_1,
    MAVT_2.name: mavt_2,
}
"""Every method that a result was ever computed by. A new one is added; none changes or goes."""


def score(questionnaire: Questionnaire, answers: Answers, weights: Weights) -> Outcome:
    """The exact points, which all methods share."""
    return evaluate(compile_model(questionnaire), answers, weights)


def points_mavt_1(questionnaire: Questionnaire, answers: Answers, weights: Weights) -> Json:
    """The parts of the result of `mavt_1` that say who has how many points and why."""
    outcome = score(questionnaire, answers, weights)
    return _points(outcome, _shown_parts(outcome))


def points_mavt_2(questionnaire: Questionnaire, answers: Answers, weights: Weights) -> Json:
    """The same of the result of `mavt_2`."""
    outcome = score(questionnaire, answers, weights)
    return {**_points(outcome, _shown_parts(outcome)), "ruled_out": race.ruled_out(outcome)}


def _shown_parts(outcome: Outcome) -> list[dict[int, int]]:
    return [scores.shown_parts(outcome, a) for a in range(len(outcome.totals))]


def _points(outcome: Outcome, parts: list[dict[int, int]]) -> Json:
    return {
        "visible": [node.key for node in scores.visible(outcome)],
        "ranking": scores.ranking(outcome),
        "ruled_out": scores.ruled_out(outcome),
        "contributions": {
            key: scores.contributions(outcome, shown)
            for key, shown in zip(outcome.model.alternatives, parts, strict=True)
        },
    }


POINTS: Mapping[str, Callable[[Questionnaire, Answers, Weights], Json]] = {
    MAVT_1.name: points_mavt_1,
    MAVT_2.name: points_mavt_2,
}
"""The points alone by each of METHODS, in a fraction of the time."""

SCORING: Mapping[str, Callable[[Questionnaire, Answers, Weights], Outcome]] = {
    MAVT_1.name: score,
    MAVT_2.name: score,
}
"""The exact points behind the results of each of METHODS."""


def build_document(
    *,
    questionnaire: Questionnaire,
    version: int,
    title: str,
    context: str,
    answers: Answers,
    notes: Mapping[str, str],
    weights: Weights,
    method: str = MAVT_2.name,
    only_points: bool = False,
) -> Json:
    """The report document of an assessment as it stands.

    With `only_points`, its result has only `visible`, `ranking`, `ruled_out` and `contributions`:
    what a comparison needs, without the long analysis.

    Raises ValueError for an answer or a weight that the questionnaire does not allow, and KeyError
    for an unknown method.
    """
    methods = POINTS if only_points else METHODS
    own = {section.key: section.weight for section in questionnaire.sections}
    return {
        "format": FORMAT,
        "method": method,
        "title": title,
        "context": context,
        "questionnaire": {"version": version, **to_dict(questionnaire)},
        "answers": dict(answers),
        "notes": dict(notes),
        "weights": {key: weights.get(key, weight) for key, weight in own.items()},
        "result": methods[method](questionnaire, answers, weights),
    }


def _verdict(analysis: Analysis) -> Json:
    wording = analysis.wording
    leaders = findings.names(analysis.outcome, wording.leaders)
    return {
        "wording": {
            "level": wording.level,
            "words": wording.words,
            "sentence": wording.sentence,
            "necessary": analysis.necessary,
        },
        "recommendation": leaders[0] if wording.level in RECOMMENDING else None,
        "leaders": leaders,
        "settled": analysis.settled,
    }
