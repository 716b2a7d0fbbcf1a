"""A round of independent answers as pages and PDFs show it."""

from __future__ import annotations

from msgspec import structs

from decider.engine.report.round import RoundInputs, Sheet, build_round
from decider.presentation.result import result_context
from decider.presentation.round import PresentedRound, agreed_answers, round_in
from tests.presentation.builders import document

ADA = Sheet(
    "Ada",
    {"how-many": "few", "guests": "never", "minutes": "long", "rain": "dry"},
    {"minutes": "An hour."},
    {},
)
BO = Sheet("Bo", {"how-many": "few", "guests": "never", "minutes": "short", "rain": "wet"}, {}, {})
MANY = Sheet("Di", {"how-many": "many", "minutes": "short", "rain": "wet"}, {}, {})
CY = Sheet("Cy", {"how-many": "few", "guests": "unknown", "minutes": "none"}, {}, {})


def with_round(*sheets: Sheet, **more):
    """A document that keeps a round of these people."""
    made = document()
    inputs = RoundInputs(sheets, **more)
    return structs.replace(made, round=build_round(made.questionnaire.content, inputs))


def presented(*sheets: Sheet, **more) -> PresentedRound:
    found = round_in(with_round(*sheets, **more))
    assert found is not None
    return found


def test_questions_are_apart_by_whether_all_gave_the_same_answer() -> None:
    found = presented(ADA, BO)
    assert [row.key for row in found.agreed] == ["how-many", "guests"]
    assert {row.key for row in found.differing} == {"minutes", "rain"}
    assert found.gist == "2 people, 2 of 4 questions differ"
    assert agreed_answers(with_round(ADA, BO).round) == {"how-many": "few", "guests": "never"}


def test_doubt_and_a_missing_answer_are_no_agreement() -> None:
    differing = {row.key: row for row in presented(ADA, CY).differing}
    assert [saying.label for saying in differing["guests"].sayings] == [
        "Nobody from outside comes",
        "I don’t know",
    ]
    assert [saying.label for saying in differing["rain"].sayings][1] == "No answer"
    assert differing["rain"].agreement == "1 of 2 answered"
    assert presented(ADA, BO, ADA).differing[0].agreement == "2 of 3 say the same"


def test_what_can_change_the_winner_comes_first() -> None:
    found = presented(ADA, BO, MANY)
    matters = [row.matters for row in found.differing]
    assert matters == sorted(matters, reverse=True)
    assert found.deciding == sum(matters) > 0
    first = found.differing[0]
    leaders = {tuple(a.key for a in row.leaders) for row in first.consequences}
    assert len(leaders) > 1


def test_question_says_who_said_what_why_and_what_was_settled() -> None:
    found = presented(ADA, BO, settled={"minutes": ("long", "We have it.")}, unfinished=["Di"])
    row = next(row for row in found.differing if row.key == "minutes")
    assert [(saying.name, saying.note) for saying in row.sayings] == [
        ("Ada", "An hour."),
        ("Bo", ""),
    ]
    assert row.agreement == "no two say the same"
    assert row.settled is not None
    assert (row.settled.label, row.settled.note) == (row.sayings[0].label, "We have it.")
    assert found.unfinished == ("Di",)


def test_whoever_answered_alone_is_compared_with_nobody() -> None:
    found = presented(ADA)
    assert (found.only, found.gist) == (found.people[0], "1 person")
    assert presented(ADA, BO).only is None


def test_result_has_a_chapter_on_the_round_where_there_is_one() -> None:
    chapters = result_context(with_round(ADA, BO))["chapters"]
    assert [chapter.gist for chapter in chapters if chapter.key == "round"] == [
        "2 people, 2 of 4 questions differ"
    ]
    assert "round" not in [chapter.key for chapter in result_context(document())["chapters"]]
