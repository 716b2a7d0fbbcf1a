"""The report document: everything that a page, a PDF or an export prints.

It says what was put in, and in its `result` what came out. It holds no time and no chance: the same
input gives the same document everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Final, Literal, NotRequired, TypedDict, TypeVar, Unpack

from msgspec import UNSET, Meta, UnsetType

from decider.engine.analysis.analyse import Analysis, analyse
from decider.engine.analysis.wording import RECOMMENDING
from decider.engine.questionnaire.schema import Answers, Questionnaire, Weights
from decider.engine.report import changes, contradictions, points, reasons, robustness, rules
from decider.engine.report.changes import Flips, OpenQuestion, PathToWin
from decider.engine.report.contradictions import FoundConflict, TouchedDisagreement
from decider.engine.report.fields import Answer, Change, Key, Keys, Part, Share, Weight
from decider.engine.report.points import Counts, PointsResult
from decider.engine.report.published import PublishedQuestionnaire
from decider.engine.report.reasons import Difference, Reasons
from decider.engine.report.robustness import Interval, Robustness, WeightTolerance
from decider.engine.report.round import Round
from decider.engine.report.rules import Candidate, Condition, Conditional, RequirementState
from decider.engine.scoring.method import CURRENT, METHODS_BY_NAME, Method
from decider.engine.scoring.score import Outcome, compile_model, evaluate

FORMAT: Final = "decider-report/1"

LEVELS: Final = [
    *("depends", "none", "tie", "too-early", "no-clear-winner", "leaning", "favoured", "strong"),
]
Figure = TypeVar("Figure")


class Wording(Part, frozen=True):
    """How sure the result may sound."""

    level: Annotated[str, Meta(extra_json_schema={"enum": LEVELS})]
    words: str
    sentence: str
    necessary: Annotated[
        bool, Meta(description="Answers are missing, and none of them can change the winner.")
    ]
    conditional: (
        Annotated[
            Keys,
            Meta(
                description="From mavt-2 on: alternatives with more points that are one on a"
                " condition only."
            ),
        ]
        | UnsetType
    ) = UNSET


class Result(PointsResult, frozen=True):
    """What came out."""

    counts: Counts
    answered_weight: Annotated[
        Share,
        Meta(description="The share of the weight of the questions that apply which has a choice."),
    ]
    coverage: Annotated[
        dict[Key, Share],
        Meta(
            description="By alternative, the share of that weight for which somebody researched"
            " what the choice says."
        ),
    ]
    wording: Wording
    recommendation: Annotated[Key | None, Meta(description="The recommended alternative, if any.")]
    leaders: Annotated[
        Keys,
        Meta(
            description="The alternatives with the most points: several in a tie, none where"
            " nothing is left; for no-clear-winner the shortlist."
        ),
    ]
    settled: Annotated[
        bool,
        Meta(
            description="Whether no unanswered question can change who has the most points; what"
            ' is answered "I don\'t know" may still.'
        ),
    ]
    reasons: Annotated[dict[Key, Reasons], Meta(description="By alternative.")]
    differences: tuple[Difference, ...]
    flips: Flips
    to_win: tuple[PathToWin, ...]
    information: Annotated[
        tuple[OpenQuestion, ...],
        Meta(description="The open questions, the most worth knowing first."),
    ]
    robustness: Robustness
    weight_tolerance: Annotated[
        WeightTolerance | None,
        Meta(description="Null without a single winner and a rival."),
    ]
    stability: Annotated[
        tuple[Interval, ...],
        Meta(description="By section; empty without a single winner and a rival."),
    ]
    disagreements: tuple[TouchedDisagreement, ...]
    conflicts: tuple[FoundConflict, ...]
    conditional: (
        Annotated[
            tuple[Conditional, ...],
            Meta(description="From mavt-2 on; those with the most points first."),
        ]
        | UnsetType
    ) = UNSET
    candidates: (
        Annotated[tuple[Candidate, ...], Meta(description="From mavt-2 on.")] | UnsetType
    ) = UNSET
    requirements: (
        Annotated[tuple[RequirementState, ...], Meta(description="From mavt-2 on.")] | UnsetType
    ) = UNSET
    layers: (
        Annotated[
            dict[Key, dict[Key, Share]],
            Meta(
                description="From mavt-2 on: by layer and value, the share of draws in which an"
                " alternative with this value is first."
            ),
        ]
        | UnsetType
    ) = UNSET
    swings: (
        Annotated[
            dict[Key, Change],
            Meta(
                description="From mavt-2 on: by section, the points between the best and the worst"
                " ranked alternative in it."
            ),
        ]
        | UnsetType
    ) = UNSET
    conditions: (
        Annotated[tuple[Condition, ...], Meta(description="From mavt-2 on.")] | UnsetType
    ) = UNSET


class Given(Part, frozen=True):
    """What a report document is about, beside the questionnaire."""

    format: Annotated[
        Literal["decider-report/1"],
        Meta(description="The format of this file.", extra_json_schema={"const": FORMAT}),
    ]
    method: Annotated[str, Meta(min_length=1, description="The version of the scoring method.")]
    title: Annotated[str, Meta(description="What was assessed.")]
    context: Annotated[str, Meta(description="What readers should know about it.")]
    answers: Annotated[
        dict[Key, Answer], Meta(description="All given answers by question, hidden ones too.")
    ]
    notes: Annotated[dict[Key, str], Meta(description="Notes by question.")]
    weights: Annotated[dict[Key, Weight], Meta(description="The swing weight of every section.")]


class PointsDocument(Given, frozen=True):
    """A report document without the long analysis, which a comparison has no need of."""

    questionnaire: PublishedQuestionnaire
    result: PointsResult


class Document(PointsDocument, frozen=True):
    """A frozen report: what was asked and answered, and what came out.

    Things name each other by the keys of the questionnaire. The file is canonical JSON: sorted
    keys, no white space, UTF-8; its SHA-256 is the content hash of the report.
    """

    result: Result
    round: (
        Annotated[
            Round, Meta(description="What several people answered on their own, if they did.")
        ]
        | UnsetType
    ) = UNSET


DocumentT = TypeVar("DocumentT", bound=PointsDocument)


def _result(
    method: Method, questionnaire: Questionnaire, answers: Answers, weights: Weights
) -> Result:
    return _result_of(analyse(questionnaire, answers, weights, method))


def _result_of(analysis: Analysis) -> Result:
    def with_rules(figure: Figure) -> Figure | UnsetType:
        return figure if method.knows_rules else UNSET

    method, outcome, wording = analysis.method, analysis.outcome, analysis.wording
    leaders = points.names(outcome, wording.leaders)
    recommends = wording.level in RECOMMENDING
    parts = _shown_parts(outcome)
    scored = _points_of(outcome, parts, method)
    shown = reasons.shown_answers(outcome)
    return Result(
        visible=scored.visible,
        ranking=scored.ranking,
        ruled_out=scored.ruled_out,
        contributions=scored.contributions,
        counts=points.counts(outcome),
        answered_weight=points.shown_share(analysis.answered),
        coverage=points.coverage(outcome),
        wording=Wording(
            level=wording.level,
            words=wording.words,
            sentence=wording.sentence,
            necessary=analysis.necessary,
            conditional=with_rules(points.names(outcome, wording.conditional)),
        ),
        recommendation=leaders[0] if recommends else None,
        leaders=leaders,
        settled=analysis.settled,
        reasons={key: reasons.reasons_of(c, shown) for key, c in scored.contributions.items()},
        differences=tuple(reasons.difference(outcome, d, parts) for d in analysis.differences),
        flips=changes.flips_of(analysis),
        to_win=tuple(changes.path_to_win(outcome, path) for path in analysis.paths_to_win),
        information=tuple(
            changes.open_question(outcome, found, rules=method.knows_rules)
            for found in analysis.information
        ),
        robustness=robustness.robustness_of(analysis),
        weight_tolerance=robustness.weight_tolerance(analysis),
        stability=robustness.intervals(analysis),
        disagreements=tuple(contradictions.disagreements(outcome)),
        conflicts=tuple(contradictions.conflicts(outcome)),
        conditional=with_rules(_conditional(outcome, method)),
        candidates=with_rules(tuple(rules.candidates(outcome))),
        requirements=with_rules(tuple(rules.requirements(outcome))),
        layers=with_rules(rules.layers(analysis)),
        swings=with_rules(rules.swings(outcome, analysis.swings)),
        conditions=with_rules(rules.conditions(outcome, wording.leaders[0]) if recommends else ()),
    )


METHODS: Mapping[str, Callable[[Questionnaire, Answers, Weights], Result]] = {
    name: partial(_result, method) for name, method in METHODS_BY_NAME.items()
}
"""Every method that a result was ever computed by. A new one is added; none changes or goes."""


def score(questionnaire: Questionnaire, answers: Answers, weights: Weights) -> Outcome:
    """The exact points, which all methods share."""
    return evaluate(compile_model(questionnaire), answers, weights)


def _points(
    method: Method, questionnaire: Questionnaire, answers: Answers, weights: Weights
) -> PointsResult:
    """The parts of a result that say who has how many points and why."""
    outcome = score(questionnaire, answers, weights)
    return _points_of(outcome, _shown_parts(outcome), method)


def _shown_parts(outcome: Outcome) -> list[points.Tenths]:
    return [points.shown_parts(outcome, a) for a in range(len(outcome.totals))]


def _points_of(outcome: Outcome, parts: list[points.Tenths], method: Method) -> PointsResult:
    ranked = points.ranking(outcome)
    if method.lists_arguments:
        ranked = rules.with_arguments(outcome, ranked)
    out = rules.ruled_out(outcome) if method.knows_rules else points.ruled_out(outcome)
    return points.points_result(outcome, parts, ranked, out)


def _conditional(outcome: Outcome, method: Method) -> tuple[Conditional, ...]:
    rows = rules.conditional(outcome)
    return rules.with_arguments(outcome, rows) if method.lists_arguments else rows


POINTS: Mapping[str, Callable[[Questionnaire, Answers, Weights], PointsResult]] = {
    name: partial(_points, method) for name, method in METHODS_BY_NAME.items()
}
"""The points alone by each of METHODS, in a fraction of the time."""

SCORING: Mapping[str, Callable[[Questionnaire, Answers, Weights], Outcome]] = dict.fromkeys(
    METHODS_BY_NAME, score
)
"""The exact points behind the results of each of METHODS."""


class Inputs(TypedDict):
    """What a document is made of: an assessment as it stands, and how it is computed."""

    questionnaire: Questionnaire
    version: int
    title: str
    context: str
    answers: Answers
    notes: Mapping[str, str]
    weights: Weights
    method: NotRequired[str]


def build_document(**inputs: Unpack[Inputs]) -> Document:
    """The report document of an assessment as it stands.

    Raises ValueError for an answer or a weight that the questionnaire does not allow, and KeyError
    for an unknown method.
    """
    return _build(Document, METHODS, inputs)


def build_points(**inputs: Unpack[Inputs]) -> PointsDocument:
    """The same with the points alone; raises the same errors but for answers and weights."""
    return _build(PointsDocument, POINTS, inputs)


def _build(
    kind: Callable[..., DocumentT],
    methods: Mapping[str, Callable[[Questionnaire, Answers, Weights], PointsResult]],
    inputs: Inputs,
) -> DocumentT:
    questionnaire, method = inputs["questionnaire"], inputs.get("method", CURRENT.name)
    given, weights = inputs["answers"], inputs["weights"]
    return kind(
        format=FORMAT,
        method=method,
        title=inputs["title"],
        context=inputs["context"],
        questionnaire=PublishedQuestionnaire(questionnaire, inputs["version"]),
        answers=dict(given),
        notes=dict(inputs["notes"]),
        weights={row.key: weights.get(row.key, row.weight) for row in questionnaire.sections},
        result=methods[method](questionnaire, given, weights),
    )
