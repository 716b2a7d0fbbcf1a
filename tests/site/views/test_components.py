"""The component page of development."""

import pytest
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from decider.site.views.components import components


def test_component_page_shows_a_question_in_each_of_its_states(version):
    html = components(RequestFactory().get("/components/")).content.decode()
    for heading in ("not answered", "answered", "with an error"):
        assert f"<h2>A question, {heading}</h2>" in html or f"<h2>A question {heading}</h2>" in html
    assert html.count("<fieldset") == 3
    assert html.count(" checked") == 1
    assert "Two answers to one question" in html


def test_component_page_has_no_address_outside_development():
    with pytest.raises(NoReverseMatch):
        reverse("components")
