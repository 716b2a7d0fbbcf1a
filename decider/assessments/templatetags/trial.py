"""Trying other answers and weights, in templates of a result."""

from __future__ import annotations

from django import template

from decider.assessments.trial import Trial

register = template.Library()

register.filter("answer_field", Trial.answer_field)
register.filter("weight_field", Trial.weight_field)
register.filter("url_with", Trial.url_with)
