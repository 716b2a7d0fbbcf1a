"""A questionnaire about something else goes all the way: nothing here knows the first one."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from decider.assessments.models import Assessment
from decider.assessments.services import answers_of, walk_through
from decider.questionnaires.versions import default_path, load_questionnaire, parse_file
from decider.reports.models import Report
from tests.bicycle import TEXT

ANSWERS = {"load": "crates", "children": "one", "hills": "flat", "socket": "unknown"}


def page(client, url) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return unescape(response.content.decode())


@pytest.mark.django_db
def test_from_the_first_page_to_a_saved_report(settings):
    settings.DECIDER_QUESTIONNAIRE = "which-bicycle"
    load_questionnaire(text=TEXT)
    client = Client()
    assert "Which bicycle?" in page(client, reverse("home"))

    client.post(reverse("start"), {"title": "My way to work", "context": "Six miles"})
    assessment = Assessment.objects.get()
    while asked := walk_through(assessment, answers_of(assessment)).current:
        url = reverse("question", args=[assessment.pk, asked.key])
        assert asked.text in page(client, url)
        client.post(url, {"value": ANSWERS[asked.key], "note": "", "revision": 0})
    assert {key: answer.value for key, answer in answers_of(assessment).items()} == ANSWERS

    assert "Crates or children" in page(client, reverse("check", args=[assessment.pk]))
    assert "What it is for" in page(client, reverse("weights", args=[assessment.pk]))
    assert "Cargo bicycle" in page(client, reverse("result", args=[assessment.pk]))

    client.post(reverse("save_report", args=[assessment.pk]))
    report = Report.objects.get()
    assert report.document.result.leaders == ("cargo",)
    assert "Made for this." in page(client, report.get_absolute_url())
    pdf = client.get(reverse("report_pdf", args=[report.pk]))
    assert pdf.content.startswith(b"%PDF-")


def test_no_key_of_the_default_questionnaire_stands_in_the_code():
    questionnaire = parse_file(text=default_path().read_bytes())
    keys = {alternative.key for alternative in questionnaire.alternatives}
    keys |= {key for key in questionnaire.questions if "-" in key}
    keys |= {section.key for section in questionnaire.sections if "-" in section.key}
    named = re.compile(rf"""["'>]({"|".join(map(re.escape, keys))})["'<]""")
    found = {
        (path.name, match)
        for folder in ("decider", "templates", "static/web/js")
        for path in (settings.BASE_DIR / folder).rglob("*.*")
        if path.suffix in (".py", ".html", ".js", ".json")
        for match in named.findall(path.read_text(encoding="utf-8"))
    }
    assert found == set()
