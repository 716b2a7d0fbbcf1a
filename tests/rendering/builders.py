"""Report documents for the tests of everything that renders them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from decider.engine.document import build_document
from decider.engine.parse import parse
from decider.rendering.stamp import Stamp

Document = dict[str, Any]

QUESTIONNAIRE: Document = {
    "format": "decider-questionnaire/1",
    "key": "where-to-eat",
    "title": "Where should the team eat?",
    "summary": "A small questionnaire about lunch.",
    "language": "en",
    "anchors": {
        "-2": "speaks decisively against it",
        "-1": "speaks against it",
        "0": "makes no difference",
        "1": "speaks for it",
        "2": "speaks decisively for it",
    },
    "sources": [
        {
            "key": "lunch-2019",
            "title": "Lunch, considered",
            "author": "Ada Ladle",
            "publisher": "The Weekly Plate",
            "date": "2019-05-02",
        },
        {"key": "picnics", "title": "Against kitchens", "author": "Bo Basket"},
    ],
    "quotations": [
        {
            "key": "warm",
            "source": "lunch-2019",
            "factor": "warmth",
            "text": "A warm meal is worth the walk, whatever the clock says.",
        },
        {
            "key": "bench",
            "source": "picnics",
            "factor": "warmth",
            "text": "Nobody ever regretted a sandwich on a bench in the sun.",
        },
        {
            "key": "queue",
            "source": "lunch-2019",
            "factor": "queues",
            "text": "The queue eats half of the break.",
        },
    ],
    "alternatives": [
        {
            "key": "canteen",
            "name": "The canteen",
            "summary": "A warm meal in the house.",
            "fits": "A large team with little time.",
            "watch": ["The queue at noon."],
            "first_steps": ["Ask for a table."],
            "technologies": [{"name": "Trays", "maturity": "mature", "note": "Stackable."}],
        },
        {
            "key": "picnic",
            "name": "A picnic in the park across the river",
            "summary": "Sandwiches outside.",
            "fits": "A small team in summer.",
            "watch": ["Rain."],
            "first_steps": ["Buy a blanket."],
            "road": {
                "now": ["Eat on the steps."],
                "later": ["Walk to the park."],
                "exit_conditions": ["Three dry days in a row."],
            },
        },
        {
            "key": "restaurant",
            "name": "A restaurant",
            "summary": "Somebody else cooks.",
            "fits": "A team with guests.",
            "watch": ["The bill."],
            "first_steps": ["Reserve."],
        },
    ],
    "sections": [
        {
            "key": "people",
            "title": "People",
            "intro": "Who eats.",
            "weight": 60,
            "worst": "alone",
            "best": "together",
            "questions": [
                {
                    "key": "how-many",
                    "text": "How many people eat together?",
                    "help": "Count the usual day.",
                    "example": "Six, and one guest.",
                    "weight": 3,
                    "factors": ["queues"],
                    "quotations": ["queue"],
                    "choices": [
                        {
                            "key": "few",
                            "label": "Up to four",
                            "evidence": {
                                "canteen": {"value": 0, "reason": "A small group fits anywhere."},
                                "picnic": {
                                    "value": 2,
                                    "low": 1,
                                    "high": 2,
                                    "reason": "One blanket is enough.",
                                    "quotations": ["bench"],
                                },
                                "restaurant": {"value": 1, "reason": "A table is easily found."},
                            },
                        },
                        {
                            "key": "many",
                            "label": "More than four",
                            "evidence": {
                                "canteen": {
                                    "value": 2,
                                    "reason": "Long tables are there already.",
                                    "quotations": ["warm"],
                                },
                                "picnic": {
                                    "value": -2,
                                    "veto": True,
                                    "reason": "The park allows four to a bench.",
                                },
                                "restaurant": {
                                    "value": -1,
                                    "reason": "Large tables are booked out.",
                                    "basis": "practice: a year of bookings",
                                },
                            },
                        },
                    ],
                },
                {
                    "key": "guests",
                    "text": "Do guests come along?",
                    "help": "Anybody from outside the house.",
                    "example": "A supplier on Tuesdays.",
                    "shown_when": {"question": "how-many", "choices": ["few"]},
                    "choices": [
                        {
                            "key": "often",
                            "label": "Guests come every week",
                            "evidence": {
                                "canteen": {"value": -1, "reason": "Guests need a pass."},
                                "restaurant": {"value": 2, "reason": "Guests expect it."},
                            },
                        },
                        {
                            "key": "never",
                            "label": "Nobody from outside comes",
                            "evidence": {
                                "restaurant": {"value": -1, "reason": "No one to impress."}
                            },
                        },
                    ],
                },
            ],
        },
        {
            "key": "time",
            "title": "Time and weather",
            "intro": "How long the break is, and what falls from the sky.",
            "weight": 40,
            "questions": [
                {
                    "key": "minutes",
                    "text": "How long is the break?",
                    "help": "From desk to desk.",
                    "example": "Forty minutes.",
                    "weight": 2,
                    "choices": [
                        {
                            "key": "short",
                            "label": "Under half an hour",
                            "evidence": {
                                "canteen": {
                                    "value": 1,
                                    "reason": "No walk, though a queue.",
                                    "quotations": ["queue"],
                                },
                                "picnic": {"value": -1, "reason": "The park is ten minutes off."},
                                "restaurant": {
                                    "value": -2,
                                    "veto": True,
                                    "reason": "No restaurant serves within half an hour.",
                                },
                            },
                        },
                        {
                            "key": "long",
                            "label": "An hour or more",
                            "evidence": {
                                "canteen": {"value": -1, "reason": "The hall closes early."},
                                "picnic": {"value": 1, "reason": "Time for the walk."},
                                "restaurant": {"value": 1, "reason": "Time for two courses."},
                            },
                        },
                    ],
                },
                {
                    "key": "rain",
                    "text": "What is the weather like on a usual day?",
                    "help": "The last month will do.",
                    "example": "Drizzle.",
                    "quotations": ["warm", "bench"],
                    "choices": [
                        {
                            "key": "dry",
                            "label": "Mostly dry",
                            "evidence": {
                                "picnic": {
                                    "value": 2,
                                    "reason": "Sun is free.",
                                    "quotations": ["bench"],
                                }
                            },
                        },
                        {
                            "key": "wet",
                            "label": "Mostly wet",
                            "evidence": {
                                "canteen": {
                                    "value": 1,
                                    "reason": "It has a roof.",
                                    "quotations": ["warm"],
                                },
                                "picnic": {"value": -2, "reason": "Wet bread."},
                            },
                        },
                    ],
                },
            ],
        },
    ],
    "disagreements": [
        {
            "key": "warmth",
            "topic": "Is a warm meal worth the way?",
            "a": {
                "claim": "A warm meal is worth any walk.",
                "quotations": ["warm"],
                "when": {"rain": ["wet"]},
            },
            "b": {
                "claim": "Cold food outside is better.",
                "quotations": ["bench"],
                "when": {"rain": ["dry"]},
            },
            "resolution": "The weather decides.",
        }
    ],
    "conflicts": [
        {
            "key": "many-and-short",
            "when": {"how-many": ["many"], "minutes": ["short"]},
            "message": "A large group hardly gets through the queue in half an hour.",
        }
    ],
}

USUAL = {"how-many": "few", "guests": "never", "minutes": "long", "rain": "unknown"}
RULED_OUT = {"how-many": "many", "minutes": "short", "rain": "wet"}

STAMP = Stamp(
    reference="Report 2",
    saved_at=datetime(2026, 3, 7, 14, 5, 9, tzinfo=UTC),
    content_hash="9f2c41d7a0be" + "0" * 52,
    address="https://decider.example.org/reports/6f1f8d2e-0000-4000-8000-000000000001/",
)


def document(
    answers: dict[str, str] | None = None,
    *,
    title: str = "Lunch of the platform team",
    context: str = "Six people, one kitchen, no budget.",
    notes: dict[str, str] | None = None,
    weights: dict[str, int] | None = None,
    **changes: str,
) -> Document:
    """A report document of the small questionnaire; `changes` replace parts of the latter."""
    return build_document(
        questionnaire=parse({**QUESTIONNAIRE, **changes}),
        version=3,
        title=title,
        context=context,
        answers=USUAL if answers is None else answers,
        notes=notes or {},
        weights=weights or {},
    )
