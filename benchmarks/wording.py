"""How often the words for a first place are right, by simulation: `./dev bench wording`.

A simulated case has true answers, weights and ratings. What the method gets to see are the
questionnaire's own weights and ratings, and the answers with some of them unknown. A claim is right
where the alternative that the method puts first is truly first. Claims are grouped by their words.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from decider.engine.analysis.acceptability import wilson_lower
from decider.engine.analysis.analyse import answered_weight
from decider.engine.analysis.draws import MISSING_RANGE, STEP_CHANCE
from decider.engine.analysis.robustness import simulate
from decider.engine.analysis.wording import ENOUGH_ANSWERED
from decider.engine.questionnaire.parse import parse
from decider.engine.questionnaire.schema import UNKNOWN, Answers, Question, Questionnaire
from decider.engine.scoring.flow import walk
from decider.engine.scoring.method import GRADES
from decider.engine.scoring.score import Outcome, compile_model, evaluate

ROOT = Path(__file__).resolve().parent.parent
CASES = 4000
SEED = 20_170


@dataclass(frozen=True)
class World:
    """How wrong weights (relative, each way) and ratings (chance of a step each way) truly are."""

    name: str
    weights: float
    steps: float


WORLDS = (
    World("as assumed", 0.5, STEP_CHANCE / 256),
    World("twice the errors", 0.9, 2 * STEP_CHANCE / 256),
)


@dataclass(frozen=True)
class Claim:
    """The words of a claim, the share that it claims, and whether it is right in each world."""

    level: str
    share: float
    right: tuple[bool, ...]


def main() -> bool:
    """Print a table for each population and world.

    False where a word claims too much, or where docs/method.md states other figures.
    """
    path = ROOT / "fixtures" / "where-should-this-run.yaml"
    asked = parse(yaml.safe_load(path.read_bytes()))
    within, found = True, []
    for population in (random_cases, published_cases):
        chance = random.Random(SEED)
        claims = [_claim(asked, chance, *case) for case in population(asked, chance)]
        print(population.__doc__)
        for number, world in enumerate(WORLDS):
            print(f"  Errors {world.name}:")
            figures = _figures([(c.level, c.share, c.right[number]) for c in claims if c])
            for level, row in figures.items():
                print(
                    f"    {level:<16}{row.cases:>6} cases  claimed {row.claimed}  right {row.right}"
                )
            if number == 0:
                found.append([(row.claimed, row.right) for row in figures.values()])
                # Where errors are larger than assumed nothing is promised.
                within &= all(row.keeps_its_promise for row in figures.values())
    stated = found == _stated()
    print("docs/method.md states these figures" if stated else "docs/method.md states others")
    return within and stated


def random_cases(asked: Questionnaire, chance: random.Random) -> Iterator[tuple[Answers, Answers]]:
    """Answers by chance, up to a half of them unknown."""
    for _ in range(CASES):
        truth = _complete(asked, {}, chance)
        hidden = chance.random() / 2
        yield truth, {k: UNKNOWN if chance.random() < hidden else v for k, v in truth.items()}


def published_cases(
    asked: Questionnaire, chance: random.Random
) -> Iterator[tuple[Answers, Answers]]:
    """Published decisions, completed by chance, up to three in ten known answers unknown."""
    files = sorted((ROOT / "tests" / "calibration").glob("*.yaml"))
    known = [yaml.safe_load(path.read_bytes())["answers"] for path in files]
    for _ in range(CASES):
        given = {k: v for k, v in chance.choice(known).items() if v != UNKNOWN}
        truth = _complete(asked, given, chance)
        # The published ones leave half of the questions open; most are answered here.
        hidden = 0.3 * chance.random()
        yield truth, {k: UNKNOWN if chance.random() < hidden else v for k, v in truth.items()}


def _complete(asked: Questionnaire, given: Answers, chance: random.Random) -> Answers:
    answers = dict(given)
    while question := walk(asked, answers).current:
        answers[question.key] = _draw(question, chance)
    return dict(walk(asked, answers).counted)


def _draw(question: Question, chance: random.Random) -> str:
    choices = question.choices
    return chance.choices([c.key for c in choices], [c.prior for c in choices])[0]


def _claim(
    asked: Questionnaire, chance: random.Random, truth: Answers, seen: Answers
) -> Claim | None:
    """What the method says of a case; None where it claims nothing."""
    outcome = evaluate(compile_model(asked), seen, {})
    if len(outcome.leaders) != 1 or answered_weight(outcome) < ENOUGH_ANSWERED:
        return None
    chances = simulate(outcome)
    share = chances.first[outcome.eligible.index(outcome.leaders[0])]
    lower = wilson_lower(share, chances.size)
    level = next((level for low, level, _ in GRADES if lower >= low), "no-clear-winner")
    true = evaluate(outcome.model, truth, {})
    right = tuple(_true_winner(true, world, chance) == outcome.leaders[0] for world in WORLDS)
    return Claim(level, float(share), right)


def _true_winner(outcome: Outcome, world: World, chance: random.Random) -> int | None:
    """Who is first with weights and ratings in error, in plain floating point."""
    factors = [
        weight * chance.uniform(1 - world.weights, 1 + world.weights) for weight in outcome.weights
    ]
    points = dict.fromkeys(outcome.eligible, 0.0)
    for node, state in zip(outcome.model.nodes, outcome.states, strict=True):
        if state < 0:
            continue
        evidence = outcome.model.questionnaire.questions[node.key].choices[state].evidence
        part = factors[node.section] * node.weight / outcome.model.heaviest[node.section]
        for a in points:
            entry = evidence.get(outcome.model.alternatives[a])
            low, high = (entry.low, entry.high) if entry else MISSING_RANGE
            step = chance.choices([-1, 0, 1], [world.steps, 1 - 2 * world.steps, world.steps])[0]
            points[a] += part * max(-2, min(2, chance.randint(low, high) + step))
    return max(points, key=points.__getitem__, default=None)


@dataclass(frozen=True)
class Figures:
    """What the claims with one word come to: means with three decimals."""

    cases: int
    claimed: str
    right: str
    keeps_its_promise: bool


def _figures(claims: list[tuple[str, float, bool]]) -> dict[str, Figures]:
    groups = defaultdict(list)
    for level, share, right in claims:
        groups[level].append((share, right))
    floors = {level: low for low, level, _ in GRADES} | {"no-clear-winner": 0}
    found = {}
    for level, floor in floors.items():
        rows = groups[level]
        claimed = sum(share for share, _ in rows) / len(rows)
        right = sum(r for _, r in rows) / len(rows)
        # Two standard errors of leeway for the number of cases.
        leeway = 2 * (right * (1 - right) / len(rows)) ** 0.5
        keeps = right + leeway >= floor
        found[level] = Figures(len(rows), f"{claimed:.3f}", f"{right:.3f}", keeps)
    return found


def _stated() -> list[list[tuple[str, str]]]:
    """The figures in the table of docs/method.md, by population and word."""
    page = (ROOT / "docs" / "method.md").read_text("utf-8")
    words = "Strong|Favoured|Leaning|No clear winner"
    rows = re.findall(rf"^\| (?:{words}) \| ([\d.| ]+) \|$", page, re.MULTILINE)
    cells = [row.split(" | ") for row in rows]
    return [[(row[0], row[1]) for row in cells], [(row[2], row[3]) for row in cells]]
