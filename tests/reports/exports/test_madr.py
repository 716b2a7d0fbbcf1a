"""A report as MADR 4.0."""

from __future__ import annotations

from dataclasses import replace

import yaml

from decider.reports.exports.madr import render_madr
from decider.reports.exports.text import render_text
from decider.reports.metadata import Confirmation, Decision, OtherRecord, Risk
from tests import heating
from tests.presentation.builders import (
    METADATA,
    NOTHING_LEFT,
    QUESTIONNAIRE,
    RULED_OUT,
    changed,
    document,
)

DECIDED = replace(
    METADATA,
    reference="DR-2026-0007",
    decision=Decision(
        status="accepted",
        day="2026-03-12",
        alternative="restaurant",
        reason="The guests insist.",
        deciders="Ada, Bo: both",
        consulted="# Cook",
        informed="All",
        consequences="A larger bill.",
        confirmation="Ask the guests.",
        review_on="2027-01-31",
        supersedes=OtherRecord("DR-2025-0003", "Lunch, as it was"),
    ),
)


def lines(metadata=METADATA, **options) -> list[str]:
    return render_madr(document(**options), metadata=metadata).splitlines()


def front_matter(text: list[str]) -> dict:
    assert text[0] == "---"
    return yaml.safe_load("\n".join(text[1 : text.index("---", 1)]))


def section(text: list[str], heading: str) -> list[str]:
    start = text.index(heading) + 1
    end = next((i for i in range(start, len(text)) if text[i].startswith("#")), len(text))
    return [line for line in text[start:end] if line]


def test_headings_are_those_of_madr_in_its_order() -> None:
    text = lines(DECIDED)
    assert [line for line in text if line.startswith("#") and not line.startswith("### ")] == [
        "# Lunch of the platform team",
        "## Context and Problem Statement",
        "## Decision Drivers",
        "## Considered Options",
        "## Decision Outcome",
        "## Pros and Cons of the Options",
        "## More Information",
    ]


def test_front_matter_holds_status_day_and_people() -> None:
    assert front_matter(lines(DECIDED)) == {
        "status": "accepted",
        "date": yaml.safe_load("2026-03-12"),
        "decision-makers": "Ada, Bo: both",
        "consulted": "# Cook",
        "informed": "All",
    }


def test_status_and_date_stand_on_lines_of_their_own_and_again_under_the_title() -> None:
    text = lines(DECIDED)
    assert text[1:3] == ["status: accepted", "date: 2026-03-12"]
    title = text.index("# Lunch of the platform team")
    assert text[title + 2 : title + 5] == [
        "* Status: accepted",
        "* Deciders: Ada, Bo: both",
        "* Date: 2026-03-12",
    ]


def test_front_matter_does_not_end_in_a_heading_for_plain_readers() -> None:
    text = lines()
    assert text[text.index("---", 1) - 1] == ""


def test_report_without_a_decision_is_proposed_on_the_day_it_was_saved() -> None:
    text = lines()
    assert front_matter(text)["status"] == "proposed"
    assert section(text, "## Decision Outcome")[0] == "No option is chosen yet."


def test_superseded_record_names_what_took_its_place() -> None:
    gone = replace(
        DECIDED.decision, status="superseded", superseded_by=OtherRecord("DR-2026-0009", "Dinner")
    )
    text = lines(replace(DECIDED, decision=gone))
    assert front_matter(text)["status"] == "superseded by DR-2026-0009"
    assert "* Status: superseded by [0009-dinner](0009-dinner.md)" in text


def test_outcome_names_the_choice_its_reason_and_the_recommendation() -> None:
    text = lines(DECIDED)
    outcome = section(text, "## Decision Outcome")
    assert outcome[0] == 'Chosen option: "A restaurant", because of this: The guests insist.'
    assert outcome[1].startswith("What the answers recommend: Leaning: A picnic in the park")
    assert section(text, "### Consequences") == ["A larger bill."]
    assert section(text, "### Confirmation") == ["Ask the guests."]


def test_options_have_their_strongest_arguments() -> None:
    assert section(lines(), "### A restaurant") == [
        "Somebody else cooks. 64.2 points of 100, rank 2.",
        "* Good, because of \u201cUp to four\u201d: A table is easily found. (+11.3 points)",
        "* Good, because of \u201cAn hour or more\u201d: Time for two courses. (+6.7 points)",
        "* Bad, because of \u201cNobody from outside comes\u201d: No one to impress."
        " (\u22123.8 points)",
    ]


def test_option_that_is_ruled_out_says_why() -> None:
    picnic = section(
        lines(answers={**RULED_OUT, "minutes": "long"}), "### A picnic in the park across the river"
    )
    assert picnic[0].endswith("Ruled out; it would have 27.5 points of 100.")
    assert picnic[1] == "* Bad, because it is ruled out: The park allows four to a bench."


def test_where_all_are_ruled_out_the_record_is_whole() -> None:
    assert "No alternative is left" in "\n".join(lines(answers=NOTHING_LEFT))


def test_more_information_leads_back_to_the_report() -> None:
    assert section(lines(DECIDED), "## More Information") == [
        f"* DR-2026-0007, saved on 2026-03-07: <{METADATA.address}>",
        f"* Content hash of the report (SHA-256): {METADATA.content_hash}",
        "* Method: mavt-3",
        "* Review date: 2027-01-31",
        "* Supersedes [0003-lunch-as-it-was](0003-lunch-as-it-was.md)",
    ]


def test_answers_stand_with_their_notes() -> None:
    text = lines(notes={"minutes": "Fifty,\nwith the *walk*."})
    assert section(text, "### Answers")[2] == (
        "* Q3 How long is the break? **An hour or more** Note: Fifty, with the \\*walk\\*."
    )


def test_text_of_people_can_not_become_structure() -> None:
    hostile = "---\n# Title\n\n## Status\n\nAccepted\n\n* item\n\n<script>x</script>"
    text = lines(context=hostile, title=hostile, notes={"minutes": hostile})
    assert sum(line.startswith("# ") for line in text) == 1
    assert "## Status" not in text
    assert not any("<script" in line.replace("\\<script", "") for line in text)


def test_answers_that_recommend_nothing_are_not_said_to() -> None:
    text = lines(answers={})
    assert "What the answers say: Too early to say: no answer is known yet." in text
    assert not [line for line in text if line.startswith(("* Good", "* Bad"))]


def test_record_counts_what_is_unknown_and_what_does_not_apply() -> None:
    answers = {"how-many": "few", "minutes": "n/a", "rain": "unknown"}
    (counted,) = [line for line in lines(answers=answers) if "of this questionnaire asked" in line]
    assert counted.endswith(": 1 answered, 1 unknown, 1 not applicable.")


def test_a_source_with_an_address_is_a_link() -> None:
    sources = [{**row, "url": "https://example.org/a"} for row in QUESTIONNAIRE["sources"]]
    changes = {"format": "decider-questionnaire/2", "sources": sources}
    cited = section(lines(**changes), "### Sources")
    assert all(line.endswith("](https://example.org/a)") for line in cited)


def rules(answers, metadata=METADATA) -> list[str]:
    return render_madr(heating.report(**answers), metadata=metadata).splitlines()


def test_requirements_stand_in_a_table_under_the_drivers() -> None:
    assert section(rules(heating.OPEN), "### Requirements") == [
        "| Requirement | Heat pump | Pellet boiler | District heating | Wood stove |",
        "| --- | --- | --- | --- | --- |",
        "| No smoke | Met | On a condition | Met | Not met |",
        "| Nothing to hear outside (open) | Open | Met | Met | Met |",
        "* \u201cNo smoke\u201d, not met: Wood stove. Logs smoke. (type tests)",
        "* \u201cNo smoke\u201d, on a condition: Pellet boiler. To confirm: The boiler has a"
        " particle filter. Filters hold the dust back. (type tests)",
        "* \u201cNo smoke\u201d, met: Heat pump; District heating. Nothing is burnt."
        " (how it works)",
        "* \u201cNothing to hear outside\u201d, open: Heat pump. The fan is heard. \u201cA pump"
        " likes its water lukewarm.\u201d ([Eva Lind, Warm Houses, 2020](https://example.org/warm))",
        "* \u201cNothing to hear outside\u201d, met: Pellet boiler; District heating; Wood stove."
        " Nothing runs outside. (how it works)",
    ]


def test_whom_a_source_quotes_is_named_before_it() -> None:
    spoken = {"questionnaire.quotations.0.speaker": "A *dealer*"}
    report = changed(heating.report(**heating.OPEN), spoken)
    text = render_madr(report, metadata=METADATA)
    assert "\u201d (A \\*dealer\\*, quoted in [Eva Lind, Warm Houses, 2020](https://" in text
    assert "A dealer, quoted in Eva" in render_text(
        changed(report, {"questionnaire.quotations.0.speaker": "A dealer"})
    )


def test_record_says_how_far_the_result_holds() -> None:
    text = rules(heating.OPEN)
    assert section(text, "## Decision Drivers") == [
        "* The place (weight 60; decides up to 5.6 points)",
        "* The house (weight 40; decides up to 10.0 points)",
    ]
    assert section(text, "## Decision Outcome")[1].endswith(
        "In published cases they named the decision that was made 11 of 11, 21 of 21, 60 of 82 and"
        " 22 of 41 times."
    )
    assert section(text, "### How Far It Holds") == [
        "* What would overturn it: Answering \u201cIt is strict\u201d to Q3 would put Pellet boiler"
        " first. 1 other answer would, too.",
        "* Find out next: Q3: What does the town say about noise? \u201cIt is strict\u201d would"
        " rule out Heat pump.",
        "* How often each kind comes first. Where the heat comes from: A fire in the house 60%;"
        " From outside the house 40%.",
        "* How often each kind comes first. Who is paid: A fuel dealer 60%; The power company 40%.",
    ]


def test_title_of_a_requirement_can_not_end_its_cell() -> None:
    titled = {"questionnaire.requirements.0.title": "No | smoke"}
    report = changed(heating.report(**heating.OPEN), titled)
    text = render_madr(report, metadata=METADATA)
    assert "| No \\| smoke | Met | On a condition | Met | Not met |" in text.splitlines()


def test_options_say_what_is_no_candidate_or_one_on_a_condition() -> None:
    assert section(rules(heating.OPEN), "## Considered Options") == [
        "* Heat pump",
        "* Pellet boiler",
        "* District heating: not a candidate here. No pipe passes the house.",
        "* Wood stove",
    ]
    options = section(rules(heating.CONDITIONAL), "## Considered Options")
    assert options[2] == "* District heating, if a pipe is laid in the street"


def test_conditions_of_what_is_recommended_are_consequences_to_confirm() -> None:
    text = rules(heating.CONDITIONAL)
    assert section(text, "## Decision Outcome")[1].startswith(
        "What the answers recommend: Leaning: Pellet boiler;"
        " if a pipe is laid in the street, District heating. First in "
    )
    assert section(text, "### Consequences") == [
        "* To confirm for \u201cNo smoke\u201d: The boiler has a particle filter."
    ]


def test_conditions_are_those_of_what_was_chosen_after_what_was_recorded() -> None:
    for chosen, conditions in (
        ("pellets", ["* To confirm for \u201cNo smoke\u201d: The boiler has a particle filter."]),
        ("pump", []),
    ):
        decision = replace(DECIDED.decision, alternative=chosen)
        text = rules(heating.CONDITIONAL, replace(DECIDED, decision=decision))
        assert section(text, "### Consequences") == ["A larger bill.", *conditions]


def test_arguments_say_what_is_not_met_open_or_met_on_a_condition() -> None:
    text = rules(heating.OPEN)
    assert section(text, "### Heat pump")[1] == (
        "* Neutral, because \u201cNothing to hear outside\u201d may have to be met and would not"
        " be: The fan is heard."
    )
    assert section(text, "### Pellet boiler")[1] == (
        "* Neutral, because \u201cNo smoke\u201d is met on a condition: The boiler has a particle"
        " filter."
    )
    assert section(text, "### District heating")[:2] == [
        "Hot water from the street. Not a candidate here; it would have 45.8 points of 100.",
        "* Bad, because it is not a candidate here: No pipe passes the house.",
    ]
    assert section(text, "### Wood stove")[1] == (
        "* Bad, because \u201cNo smoke\u201d is not met: Logs smoke."
    )
    assert section(rules(heating.CONDITIONAL), "### District heating")[0] == (
        "Hot water from the street. An option only if a pipe is laid in the street; it has 57.3"
        " points of 100. To find out: Is there a heating network in the street?"
    )


def test_decisive_argument_says_so_and_stands_before_the_others() -> None:
    rows = section(rules(heating.CONDITIONAL), "### Heat pump")
    first, second = [row for row in rows if row.startswith("* Bad")]
    assert first == (
        "* Bad, because of \u201cBadly\u201d: It would have to run hot."
        " (\N{MINUS SIGN}6.7 points, decisive)"
    )
    assert second.endswith("3.7 points)")


def test_risks_costs_and_who_confirms_a_condition_are_consequences() -> None:
    text, condition = "The boiler has a particle filter.", "No smoke"
    decision = Decision(
        "accepted",
        "2026-03-12",
        alternative="pellets",
        risks=(Risk("Pellets become *dear*.", "high", "Bo"), Risk("None is left.")),
        costs="EUR 20,000",
        confirmations=(Confirmation(condition, text, "The sweep", "2027-03-31"),),
    )
    said = rules(heating.CONDITIONAL, replace(DECIDED, decision=decision))
    assert section(said, "### Consequences") == [
        "Costs: EUR 20,000",
        "* Risk: Pellets become \\*dear\\*. (severity: high, owner: Bo)",
        "* Risk: None is left.",
        f"* To confirm for \u201c{condition}\u201d: {text} (The sweep, by 2027-03-31)",
    ]
