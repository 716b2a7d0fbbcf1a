"""The result as plain text."""

from decider.engine.report.document import build_document
from decider.reports.exports.text import WIDTH, render_text
from tests import heating
from tests.bicycle import bicycle


def text_of(**changes) -> str:
    parts = {"answers": {}, "notes": {}, "weights": {}, "title": "Shop", "context": "Ten miles"}
    return render_text(build_document(questionnaire=bicycle(), version=3, **{**parts, **changes}))


def section_of(text, heading) -> list[str]:
    """The lines under a heading."""
    return text.split(f"\n{heading}\n{'-' * len(heading)}\n")[1].split("\n\n")[0].splitlines()


ANSWERS = {"load": "crates", "children": "none", "hills": "steep", "socket": "no"}


def test_head_says_what_and_how_much_is_answered():
    assert text_of(answers={"load": "bag", "hills": "unknown"}).splitlines()[:3] == [
        "Shop",
        "Ten miles",
        "Which bicycle? Version 3",
    ]
    assert "1 of 3 questions answered, 1 unknown, 1 not answered:" in text_of(
        answers={"load": "bag", "hills": "unknown"}
    )


def test_ranking_and_what_is_ruled_out_with_the_reason():
    text = text_of(answers=ANSWERS)
    assert section_of(text, "Ranking") == [
        " 1. Cargo bicycle   59.2",
        "    speaks decisively against it: Heavy uphill. (Q3 How steep is the way? Steep)",
        " 2. City bicycle    20.8",
        "    speaks decisively against it: A trailer may do. (Q1 What do you carry on a usual",
        "      day? Crates or children)",
    ]
    assert section_of(text, "Ruled out") == [
        "Electric bicycle, which would have had 56.7",
        "    because: It can't be charged. (Q4 Is there a socket where it stands? There is no",
        "      socket)",
    ]


def test_reasons_for_and_against_the_leader_by_their_points():
    text = text_of(answers=ANSWERS)
    assert section_of(text, "For Cargo bicycle") == [
        "+22.5  Q1 What do you carry on a usual day? Crates or children. Made for this."
    ]
    assert section_of(text, "Against Cargo bicycle") == [
        "\N{MINUS SIGN}13.3  Q3 How steep is the way? Steep. Heavy uphill."
    ]


def test_answers_that_hardly_fit_together_are_pointed_out():
    assert section_of(text_of(answers=ANSWERS), "Answers that hardly fit together") == [
        "Crates up a steep hill without children are rare. Is the load right?"
    ]
    assert "hardly fit" not in text_of(answers={"load": "bag"})


def test_every_answer_and_note_by_section():
    text = text_of(answers={"load": "bag", "socket": "n/a"}, notes={"load": "Two"})
    assert section_of(text, "Answers") == [
        "What it is for (weight 60)",
        "  Q1 What do you carry on a usual day? A bag",
        "      Note: Two",
        "The way (weight 40)",
        "  Q2 How steep is the way? Not answered",
        "  Q3 Is there a socket where it stands? Does not apply",
    ]


def test_lines_fit_a_terminal():
    long = "many words " * 30
    text = text_of(title=long, context=long, answers=ANSWERS, notes={"load": long})
    assert max(map(len, text.splitlines())) <= WIDTH


def test_recommendation_on_a_condition_with_its_step_and_what_to_confirm():
    text = render_text(heating.report(**heating.CONDITIONAL))
    head = " ".join(text.split("\n\n")[1].split())
    assert head.startswith(
        "Leaning: Pellet boiler; if a pipe is laid in the street, District heating. First in "
    )
    assert "is the third of four steps: Strong, Favoured, Leaning, No clear winner." in head
    assert "they named the decision that was made 11 of 11, 21 of 21, 60 of 82 and" in head
    assert section_of(text, "To confirm for Pellet boiler") == [
        "No smoke: The boiler has a particle filter."
    ]
    assert section_of(text, "Alternatives on a condition") == [
        "District heating, if a pipe is laid in the street: 57.3",
        "    to settle: Q1 Is there a heating network in the street?",
    ]


def test_requirements_and_who_is_out_or_may_be():
    text = render_text(heating.report(**heating.OPEN))
    assert section_of(text, "Ranking") == [
        " 1. Heat pump       54.4  (48.8\u201360.0)",
        "    \u201cNothing to hear outside\u201d may have to be met and would not be:"
        " The fan is heard.",
        " 2. Pellet boiler   50.0",
    ]
    assert section_of(text, "Not candidates here") == [
        "District heating, which would have had 45.8",
        "    because: No pipe passes the house.",
    ]
    assert section_of(text, "Ruled out") == [
        "Wood stove, which would have had 39.6",
        "    \u201cNo smoke\u201d is not met: Logs smoke.",
    ]
    assert section_of(text, "What has to be met") == [
        "No smoke",
        "    Not met: Wood stove",
        "      Logs smoke. (type tests)",
        "    On a condition: Pellet boiler",
        "      To confirm: The boiler has a particle filter.",
        "      Filters hold the dust back. (type tests)",
        "    Met: Heat pump; District heating",
        "      Nothing is burnt. (how it works)",
        "Nothing to hear outside (open)",
        "    Open: Heat pump",
        "      The fan is heard.",
        "      \u201cA pump likes its water lukewarm.\u201d Eva Lind, Warm Houses, 2020",
        "    Met: Pellet boiler; District heating; Wood stove",
        "      Nothing runs outside. (how it works)",
    ]
    assert section_of(text, "What would overturn it") == [
        "Answering \u201cIt is strict\u201d to Q3 would put Pellet boiler first."
        " 1 other answer would, too."
    ]
    assert section_of(text, "Find out next") == [
        "Q3: What does the town say about noise? \u201cIt is strict\u201d would rule out Heat pump."
    ]
    assert section_of(text, "Points that each section still decides") == [
        "  5.6  The place (weight 60)",
        " 10.0  The house (weight 40)",
    ]
    assert section_of(text, "Answers that could rule out what comes first") == [
        "Q3 What does the town say about noise? \u201cIt is strict\u201d would rule out Heat pump."
    ]
    assert section_of(text, "What the first places have in common") == [
        "Where the heat comes from: A fire in the house 60%; From outside the house 40%.",
        "Who is paid: A fuel dealer 60%; The power company 40%.",
    ]
