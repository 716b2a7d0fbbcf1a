"""Decision records: their forms, their histories, and what supersedes what."""

import re
from datetime import date, timedelta
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from decider.assessments.editors import name_browser
from decider.assessments.services import start_assessment
from decider.questionnaires.versions import load_questionnaire
from decider.reports.forms.records import STALE
from decider.reports.models import Report
from decider.reports.services.reports import freeze_report
from decider.reports.services.sharing import share_report
from tests import heating
from tests.conftest import answer_first


@pytest.fixture
def second(assessment, report, browser_key):
    answer_first(assessment, "new")
    return freeze_report(assessment=assessment, browser=browser_key)


def entry(**changes):
    return {
        "status": "accepted",
        "alternative": "vm",
        "reason": "The team knows them.",
        "by": "Ada",
        "why": "Board of 3 March",
        "revision": 1,
        **changes,
    }


def test_record_numbers_run_on_through_the_years(report, second, assessment, browser_key):
    year = timezone.localdate().year
    assert [str(r.record) for r in (report, second)] == [f"DR-{year}-0001", f"DR-{year}-0002"]
    with mock.patch.object(timezone, "localdate", return_value=date(2999, 1, 1)):
        third = freeze_report(assessment=assessment, browser=browser_key)
    assert str(third.record) == "DR-2999-0003"


def test_entry_is_added_and_nothing_before_it_changes(editor, report):
    url = reverse("record", args=[report.pk])
    assert editor.post(url, entry()).status_code == 302
    history = Report.objects.get(pk=report.pk).record.history
    assert [(e.number, e.status, e.by) for e in history] == [
        (1, "proposed", ""),
        (2, "accepted", "Ada"),
    ]


def test_form_begins_with_the_name_that_its_browser_goes_by(editor, report, browser_key):
    name_browser(browser=browser_key, name="Ada")
    form = editor.get(reverse("record", args=[report.pk])).context["form"]
    assert form["by"].value() == "Ada"


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"reason": ""}, "reason", "Nothing was recommended: say why it was chosen."),
        ({"alternative": ""}, "alternative", "A decision needs a chosen alternative."),
        ({"by": ""}, "by", "Say who makes this entry."),
        ({"review_on": "31.3."}, "review_on", "Enter a date like 2027-03-31."),
        ({"review_on": "2001-01-01"}, "review_on", "That day is in the past. Choose a later one."),
        (
            {"alternative": "mainframe"},
            "alternative",
            "Choose one of the alternatives of the report.",
        ),
        (
            {"status": "superseded"},
            "status",
            "A record that is proposed can become only what is offered here.",
        ),
        (
            {"risk-1-severity": "high"},
            "risk-1-text",
            "Describe the risk, or clear its row.",
        ),
        (
            {"risk-0-text": "x", "risk-0-severity": "deadly"},
            "risk-0-severity",
            "Select a valid choice. deadly is not one of the available choices.",
        ),
    ],
)
def test_incomplete_entry_is_told_at_its_field(editor, report, changes, field, message):
    response = editor.post(reverse("record", args=[report.pk]), entry(**changes))
    assert response.status_code == 422
    assert response.context["form"].errors[field][0] == message
    assert len(report.record.history) == 1


def test_day_of_a_confirmation_that_is_none_is_told_at_its_field(editor, house):
    url = reverse("record", args=[house.pk])
    option, (row,) = next(pair for pair in editor.get(url).context["form"].ranked if pair[1])
    chosen = option.alternative.key
    response = editor.post(url, entry(alternative=chosen, **{row.by.html_name: "31.3."}))
    assert response.status_code == 422
    assert response.context["form"].errors[row.by.html_name] == ["Enter a date like 2027-03-31."]


def test_stale_entry_is_kept_in_the_form_and_not_added(editor, report):
    url = reverse("record", args=[report.pk])
    editor.post(url, entry(why="first"))
    response = editor.post(url, entry(why="second"))
    assert response.status_code == 422
    assert response.context["form"]["why"].value() == "second"
    assert response.context["form"]["revision"].value() == "2"
    assert [e.why for e in Report.objects.get().record.history] == ["", "first"]


def test_later_record_supersedes_an_earlier_one_and_both_say_so(editor, report, second):
    url = reverse("record", args=[second.pk])
    editor.post(url, entry(supersedes=report.record.pk, status="proposed"))
    assert Report.objects.get(pk=report.pk).record.state.status == "proposed"
    offered = editor.get(url).context["form"]
    assert offered["supersedes"].value() == report.record.pk
    editor.post(url, entry(supersedes=report.record.pk, revision=2))
    old, new = (Report.objects.get(pk=r.pk).record for r in (report, second))
    assert (old.state.status, old.superseded_by, new.state.supersedes) == ("superseded", new, old)
    page = editor.get(report.get_absolute_url()).content.decode()
    assert f'<a href="{second.get_absolute_url()}">{new}</a>' in page


def test_superseded_record_stays_superseded(editor, report, second):
    editor.post(reverse("record", args=[second.pk]), entry(supersedes=report.record.pk))
    url = reverse("record", args=[report.pk])
    assert editor.post(url, entry(status="accepted", revision=2)).status_code == 422
    assert editor.post(url, entry(status="superseded", revision=2)).status_code == 302


def test_form_offers_what_can_follow_and_refuses_the_rest(editor, report):
    url = reverse("record", args=[report.pk])
    editor.post(url, entry())
    form = editor.get(url).context["form"]
    assert [value for value, _ in form.fields["status"].choices] == ["accepted", "deprecated"]
    response = editor.post(url, entry(status="rejected", revision=2))
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "status": ["A record that is accepted can become only what is offered here."]
    }


def test_second_successor_is_refused_at_its_field(editor, report, second, assessment, browser_key):
    third = freeze_report(assessment=assessment, browser=browser_key)
    older = entry(supersedes=report.record.pk)
    editor.post(reverse("record", args=[third.pk]), {**older, "status": "proposed"})
    editor.post(reverse("record", args=[second.pk]), older)
    response = editor.post(reverse("record", args=[third.pk]), {**older, "revision": 2})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["supersedes"]
    assert Report.objects.get(pk=third.pk).record.state.status == "proposed"


@pytest.mark.parametrize(("revision", "status"), [(77, "accepted"), (1, "rejected")])
def test_entry_on_another_than_the_newest_is_stale(editor, report, revision, status):
    url = reverse("record", args=[report.pk])
    editor.post(url, entry())
    response = editor.post(url, entry(revision=revision, status=status))
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [STALE]
    assert response.context["form"]["revision"].value() == "2"


def test_choice_without_a_recommendation_needs_its_reason(editor, report):
    response = editor.post(reverse("record", args=[report.pk]), entry(reason=""))
    assert response.context["form"].errors == {
        "reason": ["Nothing was recommended: say why it was chosen."]
    }


def test_why_is_needed_once_something_is_recorded(editor, report):
    url = reverse("record", args=[report.pk])
    assert editor.post(url, entry(why="")).status_code == 302
    response = editor.post(url, entry(why="", revision=2))
    assert response.context["form"].errors == {"why": ["Say why, in a few words."]}


@pytest.fixture
def house(db, browser_key):
    """The report on a house that pellets heat on a condition."""
    version, _ = load_questionnaire(text=heating.TEXT)
    made = start_assessment(version=version, title="House", context="", browser=browser_key)
    for key, value in heating.CONDITIONAL.items():
        made.answers.create(question_key=key, value=value)
    return freeze_report(assessment=made, browser=browser_key)


def test_label_and_hint_of_the_reason_are_true_for_each_choice(editor, report, house):
    for shown, hint in (
        (report, "Needed with any choice, because nothing was recommended."),
        (house, "Needed if you choose something other than the recommendation."),
    ):
        page = editor.get(reverse("record", args=[shown.pk])).content.decode()
        assert ">Reason for the choice</label>" in page
        assert hint in page


def test_alternatives_stand_as_they_are_ranked_and_the_recommended_is_marked(editor, house):
    response = editor.get(reverse("record", args=[house.pk]))
    form, result = response.context["form"], house.document.result
    ranked = [row.alternative for row in result.ranking]
    assert [option.alternative.key for option, _ in form.ranked] == ranked
    alternatives = house.document.questionnaire.content.alternatives
    assert len(form.ranked) + len(form.unranked) == len(alternatives)
    marked = re.findall(r"<span>([^<]*) <span class=\"tag good\">recommended", text_of(response))
    names = {row.key: row.name for row in alternatives}
    assert marked == [names[result.recommendation]]


def text_of(response):
    return response.content.decode()


def test_conditions_of_the_choice_are_recorded_with_who_confirms_them(editor, house):
    url = reverse("record", args=[house.pk])
    form = editor.get(url).context["form"]
    ((option, (row,)),) = [pair for pair in form.ranked if pair[1]]
    key = option.alternative.key
    sent = entry(alternative=key)
    sent |= {row.who.html_name: "Chimney sweep", row.by.html_name: "2999-03-31"}
    assert editor.post(url, sent).status_code == 302
    state = Report.objects.get(pk=house.pk).record.state
    confirmation = {"who": "Chimney sweep", "by": "2999-03-31"}
    condition = {"requirement": row.condition.title, "condition": row.condition.text}
    assert state.confirmations == [{**condition, **confirmation}]
    ((_, (again,)),) = [pair for pair in editor.get(url).context["form"].ranked if pair[1]]
    assert (again.who.value(), again.by.value()) == ("Chimney sweep", "2999-03-31")
    other = next(row.alternative.key for row, rows in form.ranked if not rows)
    editor.post(url, sent | {"alternative": other, "revision": 2})
    assert Report.objects.get(pk=house.pk).record.state.confirmations == []


def test_risks_and_costs_are_recorded_and_offered_again(editor, report):
    url = reverse("record", args=[report.pk])
    risk = {"risk-3-text": "Two  platforms", "risk-3-severity": "high", "risk-3-owner": "Bo"}
    editor.post(url, entry(costs="EUR 20,000", **risk))
    state = Report.objects.get(pk=report.pk).record.state
    assert state.risks == [{"text": "Two platforms", "severity": "high", "owner": "Bo"}]
    response = editor.get(url)
    rows = response.context["form"].risks
    assert [row.text.value() for row in rows[:2]] == ["Two platforms", None]
    assert [row.is_empty for row in rows[:2]] == [False, True]
    assert "<li>Two platforms Severity: high. Owner: Bo.</li>" in text_of(response)
    assert "EUR 20,000" in text_of(response)


def test_history_says_what_an_entry_chose_and_what_it_changed(editor, report):
    url = reverse("record", args=[report.pk])
    assert "<dt>Choice</dt><dd>Not made</dd>" in text_of(editor.get(url))
    editor.post(url, entry())
    editor.post(url, entry(revision=2, deciders="Board", costs="None"))
    response = editor.get(url)
    changed = [event.changed for event in response.context["recorded"].history]
    assert changed == [(), ("choice", "reason", "conditions to confirm"), ("deciders", "costs")]
    page = text_of(response)
    assert "Chosen: Virtual machines. Reason: The team knows them." in page
    assert "Changed: deciders, costs." in page


def test_record_that_is_due_says_so(editor, report):
    editor.post(reverse("record", args=[report.pk]), entry(review_on=timezone.localdate()))
    assert "due for review" in editor.get(report.get_absolute_url()).content.decode()
    listed = editor.get(reverse("reports", args=[report.assessment_id])).content.decode()
    assert "due for review" in listed
    later = date(2999, 1, 1)
    editor.post(reverse("record", args=[report.pk]), entry(review_on=later, revision=2))
    assert "due for review" not in editor.get(report.get_absolute_url()).content.decode()


def test_decision_stands_before_the_result_and_in_the_contents(editor, report):
    editor.post(reverse("record", args=[report.pk]), entry(deciders="Ada, Bo"))
    _, token = share_report(report=report, label="", lifetime=timedelta(days=1))
    for url in (report.get_absolute_url(), reverse("open_share_link", args=[token])):
        page = editor.get(url, follow=True).content.decode()
        assert '<a href="#decision">Decision</a>' in page
        decision, result = page.index('id="decision"'), page.index('id="recommendation"')
        assert decision < result
        words = " ".join(re.sub("<[^>]*>", "", page[decision:result]).split())
        for said in (
            "Virtual machines",
            f"Accepted on {timezone.localdate():%-d %B %Y}. Deciders: Ada, Bo.",
            "There was no clear recommendation. Reason: The team knows them.",
        ):
            assert said in words


def test_superseded_report_names_its_successor_at_the_top(editor, report, second):
    editor.post(reverse("record", args=[second.pk]), entry(supersedes=report.record.pk))
    page = editor.get(report.get_absolute_url()).content.decode()
    link = f'Superseded by <a href="{second.get_absolute_url()}">{second.record}</a>'
    assert page.index(link) < page.index("<h1")


@pytest.mark.parametrize("status", ["proposed", "rejected"])
def test_what_is_not_accepted_does_not_read_as_a_decision(editor, report, second, status):
    fields = entry(status=status, supersedes=report.record.pk)
    editor.post(reverse("record", args=[second.pk]), fields)
    page = editor.get(second.get_absolute_url()).content.decode()
    heading = "Proposal" if status == "proposed" else "Rejected proposal"
    assert f'<h2 class="kicker" id="h-decision">{heading}</h2>' in page
    assert "<dt>Proposed</dt>" in page
    assert "<dt>Supersedes</dt>" not in page
    assert ("<dt>Would supersede</dt>" in page) is (status == "proposed")
