"""Requirements, conditions and candidates on the pages of an assessment and of its reports."""

from datetime import timedelta
from html import unescape

import pytest
import yaml
from django.urls import reverse
from django.utils.html import strip_tags

from decider.assessments.models import Answer
from decider.assessments.services import start_assessment
from decider.questionnaires.versions import load_questionnaire
from decider.reports.services.reports import freeze_report
from decider.reports.services.sharing import share_report
from tests import heating
from tests.conftest import reader_of
from tests.presentation.test_requirements import OPEN, PELLETS, STOVE, district_only


@pytest.fixture
def house(db, browser_key):
    version, _ = load_questionnaire(text=heating.TEXT)
    return start_assessment(version=version, title="Our house", context="", browser=browser_key)


def answered(house, answers):
    Answer.objects.bulk_create(
        Answer(assessment=house, question_key=key, value=value) for key, value in answers.items()
    )
    return house


def page_of(client, name, house):
    """The page as HTML and as words."""
    response = client.get(reverse(name, args=[house.pk]))
    assert response.status_code == 200
    return shown(response)


def shown(response):
    page = unescape(response.content.decode())
    return page, " ".join(strip_tags(page).split())


def test_result_says_the_recommendation_with_its_condition_and_marks_its_step(editor, house):
    page, words = page_of(editor, "result", answered(house, PELLETS))
    assert "Recommended: Pellet boiler If a pipe is laid in the street, District heating" in words
    assert '<li aria-current="step">Leaning<span class="visually-hidden"> (this result)' in page
    assert "60 of 82 right" in words
    assert page.count('aria-current="step"') == 1
    assert "District heating if a pipe is laid in the street" in words


def test_result_lists_what_to_confirm(editor, house):
    _, words = page_of(editor, "result", answered(house, PELLETS))
    confirm = "On condition that this is confirmed. No smoke: The boiler has a particle filter."
    assert confirm in words
    assert "To confirm for “Pellet boiler” No smoke: The boiler has a particle filter." in words


def test_requirements_by_alternative_stand_in_a_table_that_can_be_scrolled_by_key(editor, house):
    page, words = page_of(editor, "result", answered(house, PELLETS))
    region = (
        '<div class="scroll" tabindex="0" role="region" aria-label="Requirements by alternative">'
    )
    table = page.partition(region)[2].partition("</table>")[0]
    assert " ".join(strip_tags(table).split()) == (
        "Whether each alternative meets each requirement"
        " RequirementPellet boilerDistrict heatingHeat pumpWood stove"
        " No smokeOn a conditionMetMetNot metNothing to hear outsideMetMetNot metMet"
    )
    assert "May wood be burnt here? It may not" in words
    assert "Not met: Wood stove Logs smoke. (type tests)" in words
    assert "Met: “District heating” and “Heat pump” Nothing is burnt. (how it works)" in words


def test_result_says_who_is_ruled_out_by_what(editor, house):
    _, words = page_of(editor, "result", answered(house, PELLETS))
    assert "Does not meet Nothing to hear outside: The fan is heard." in words


def test_result_says_who_is_no_candidate_and_why(editor, house):
    _, words = page_of(editor, "result", answered(house, STOVE))
    assert "Not a candidate here: No pipe passes the house." in words
    assert "District heating, not a candidate" in words


def test_conditional_alternative_leads_to_the_question_that_settles_it(editor, house):
    page, words = page_of(editor, "result", answered(house, PELLETS))
    assert "District heating 57.3 points Only if a pipe is laid in the street." in words
    settle = page.partition("To find out:")[2].partition("</p>")[0]
    assert reverse("question", args=[house.pk, "street"]) in settle


def test_result_says_what_the_first_places_have_in_common(editor, house):
    _, words = page_of(editor, "result", answered(house, STOVE))
    assert "Where the heat comes from: A fire in the house 75%" in words
    assert "The power company: 25%" in words


def test_result_and_weights_say_what_each_section_still_decides(editor, house):
    answered(house, STOVE)
    _, words = page_of(editor, "result", house)
    assert "The place603.8The house4010.0" in words
    origin = "Where the default weights come from: Judged from what owners named first"
    assert origin in words
    page, words = page_of(editor, "weights", house)
    assert origin in words
    swing = "At most 3.8 points between the best and the worst alternative that remain."
    assert f'id="id_weight-place_helptext">{swing}</p>' in page
    assert 'aria-describedby="id_weight-place_helptext"' in page


@pytest.mark.parametrize("answers", [{}, PELLETS])
def test_weights_say_nothing_of_points_where_nothing_can_be_set_apart(editor, house, answers):
    _, words = page_of(editor, "weights", answered(house, answers))
    assert "At most" not in words


def test_open_question_that_could_rule_out_the_leader_says_with_which_answer(editor, house):
    _, words = page_of(editor, "result", answered(house, OPEN))
    assert "Could rule out Heat pump, if the answer is “It is strict”." in words


def test_check_page_lists_what_the_answers_require(editor, house):
    _, words = page_of(editor, "check", answered(house, OPEN))
    assert (
        "No smoke: How close is the next house? Closer than ten metres;"
        " May wood be burnt here? Within limits"
    ) in words
    assert "(may be required): What does the town say about noise? Not answered" in words


def test_trial_tells_conditional_from_ruled_out(editor, house):
    answered(house, PELLETS)
    url = reverse("result", args=[house.pk])
    _, words = shown(editor.get(url, {"w-place": "70"}))
    assert "District heating on a condition" in words
    assert "Heat pump ruled out" in words
    _, words = shown(editor.get(url, {"q-street": "pipe"}, follow=True))
    assert "1. District heating" in words
    assert "no longer ruled out" not in words


@pytest.mark.parametrize("shared", [False, True])
def test_saved_and_shared_reports_show_the_same(editor, house, browser_key, shared):
    report = freeze_report(assessment=answered(house, PELLETS), browser=browser_key)
    if shared:
        _, token = share_report(report=report, label="", lifetime=timedelta(days=1))
        response = reader_of(token).get(reverse("open_share_link", args=[token]), follow=True)
    else:
        response = editor.get(report.get_absolute_url())
    page, words = shown(response)
    assert "To confirm for “Pellet boiler” No smoke: The boiler has a particle filter." in words
    assert 'aria-label="Requirements by alternative"' in page
    settle = page.partition("To find out:")[2].partition("</p>")[0]
    assert 'href="#answer-street"' in settle


def test_where_everything_depends_the_page_says_so_and_what_to_find_out(editor, db, browser_key):
    text = yaml.safe_dump(district_only())
    version, _ = load_questionnaire(text=text)
    house = start_assessment(version=version, title="Our house", context="", browser=browser_key)
    page, words = page_of(editor, "result", answered(house, PELLETS))
    assert "It depends on what is still open If a pipe is laid in the street: District" in words
    assert 'class="scale"' not in page
    assert "To confirm for" not in words
    for shown_part in ("requirements", "conditional", "ruled-out", "find-out"):
        assert f'id="{shown_part}"' in page
        assert f'href="#{shown_part}"' in page
    for gone in ("against", "change", "certainty", "weights"):
        assert f'id="{gone}"' not in page
        assert f'href="#{gone}"' not in page
