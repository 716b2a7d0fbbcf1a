"""A trial: the result under other answers and weights than the saved ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.forms import BoundField
from django.http import QueryDict
from django.urls import reverse

from decider.assessments.comparisons import difference_of, document_with
from decider.assessments.forms.trial import TrialForm
from decider.assessments.models import Assessment
from decider.assessments.services import (
    answers_of,
    document_of,
    points_of,
    questionnaire_for,
    state_token,
)
from decider.engine.report.document import Document
from decider.presentation.analysis import Change
from decider.presentation.comparison import PresentedComparison, present_comparison


@dataclass(frozen=True, slots=True)
class TriedChange:
    """Something tried, in words, and the address of the trial without it."""

    label: str
    before: str
    after: str
    url_without: str


@dataclass(frozen=True)
class Trial:
    """What is tried, by name of field, and the result document that it gives.

    Where nothing is tried, or the form has errors, the document is that of the saved state and
    there is no `comparison` with it.
    """

    assessment: Assessment
    form: TrialForm
    tried: Mapping[str, str]
    document: Document
    comparison: PresentedComparison | None

    @property
    def url(self) -> str:
        """The address of the result with what is tried, and nothing else."""
        return self._url(self.tried)

    @property
    def url_of_saved(self) -> str:
        """The address of the result as it is saved."""
        return self._url({})

    @property
    def query(self) -> str:
        """What is tried, as the query of an address; empty where that is nothing."""
        return _query(self.tried)

    @property
    def state_token(self) -> str:
        """What changes with every save; see `apply_tried`."""
        return state_token(self.assessment)

    @property
    def changes(self) -> list[TriedChange]:
        """All that is tried."""
        return [self._change(name, value) for name, value in self.tried.items()]

    def url_with(self, changes: Iterable[Change]) -> str:
        """The address of the trial with these answers tried as well."""
        return self._url({**self.tried, **{f"q-{change.key}": change.value for change in changes}})

    def answer_field(self, question_key: str) -> BoundField:
        """The field that tries another answer to a question."""
        return self.form[f"q-{question_key}"]

    def weight_field(self, section_key: str) -> BoundField:
        """The field that tries another weight of a section."""
        return self.form[f"w-{section_key}"]

    def _url(self, tried: Mapping[str, str]) -> str:
        return reverse("result", args=[self.assessment.pk]) + _query(tried)

    def _change(self, name: str, value: str) -> TriedChange:
        words = dict(getattr(self.form.fields[name], "choices", ()))
        saved = self.form.saved[name]
        rest = {other: tried for other, tried in self.tried.items() if other != name}
        return TriedChange(
            label=str(self.form.fields[name].label),
            before=words.get(saved, saved) or "not answered",
            after=words.get(value, value),
            url_without=self._url(rest),
        )


def _query(tried: Mapping[str, str]) -> str:
    return f"?{urlencode(tried)}" if tried else ""


def trial_form(assessment: Assessment, asked: QueryDict) -> TrialForm:
    """The form of what an address or a form asks to try, with the saved state where it doesn't."""
    answers = {key: answer.value for key, answer in answers_of(assessment).items()}
    return TrialForm(questionnaire_for(assessment), answers, assessment.weights, asked)


def try_out(assessment: Assessment, form: TrialForm) -> Trial:
    """The result under the answers and weights of a form."""
    if not form.is_valid() or not form.tried(form.questionnaire.questions):
        return Trial(assessment, form, {}, document_of(assessment=assessment), None)
    saved = points_of(assessment=assessment)
    document = document_with(saved, form.answers, form.weights)
    tried = form.tried(document.result.visible)
    comparison = present_comparison(saved, document, difference_of(saved, document))
    return Trial(assessment, form, tried, document, comparison if tried else None)
