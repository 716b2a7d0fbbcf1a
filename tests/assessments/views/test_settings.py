"""The settings of an assessment: renaming it, and its deletion."""

from django.urls import reverse

from decider.assessments.models import Assessment
from decider.assessments.services import change_assessment
from decider.reports.models import Report
from decider.reports.services.reports import freeze_report


def test_stale_title_shows_both(editor, assessment):
    change_assessment(assessment=assessment, revision=0, title="Theirs")
    url = reverse("assessment_settings", args=[assessment.pk])
    response = editor.post(url, {"title": "Mine", "context": "", "revision": 0})
    text = response.content.decode()
    assert response.status_code == 422
    assert "Theirs" in text
    assert 'value="Mine"' in text
    assert Assessment.objects.get().title == "Theirs"


def test_renaming_says_so(editor, assessment):
    url = reverse("assessment_settings", args=[assessment.pk])
    response = editor.post(url, {"title": "Renamed", "context": "", "revision": 0}, follow=True)
    assert "Saved." in response.content.decode()
    assert Assessment.objects.get().title == "Renamed"


def test_deletion_keeps_the_reports_for_whoever_saved_them(editor, assessment, browser_key):
    report = freeze_report(assessment=assessment, browser=browser_key)
    response = editor.post(reverse("delete_assessment", args=[assessment.pk]))
    assert response.url == reverse("workspace")
    assert not Assessment.objects.exists()
    assert Report.objects.get() == report
    assert "<h1>Billing</h1>" in editor.get(report.get_absolute_url()).content.decode()
