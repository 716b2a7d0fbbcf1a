"""A version never changes."""

import pytest
from django.db import IntegrityError, transaction

from decider.base.frozen import Frozen
from decider.engine.questionnaire.plain import FORMAT_2
from decider.engine.questionnaire.validation import SCHEMAS
from decider.questionnaires.models import (
    KEY_LENGTH,
    LINE_LENGTH,
    QuestionnaireContent,
    QuestionnaireVersion,
)
from decider.questionnaires.versions import load_questionnaire, questionnaire_of
from tests.heating import TEXT, heating


@pytest.fixture
def version(nothing_loaded) -> QuestionnaireVersion:
    return load_questionnaire(text=TEXT)[0]


@pytest.mark.parametrize("kind", [QuestionnaireVersion, QuestionnaireContent])
@pytest.mark.parametrize(
    "change",
    [
        lambda _, row: row.save(),
        lambda _, row: row.delete(),
        lambda kind, _: kind.objects.all().delete(),
        lambda kind, _: kind.objects.update(pk=7),
        lambda kind, row: kind.objects.bulk_update([row], [fields(row)[-1].name]),
    ],
    ids=["save", "delete", "delete-all", "update", "bulk-update"],
)
def test_version_and_its_content_can_not_be_changed(version, kind, change):
    with pytest.raises(Frozen), transaction.atomic():
        change(kind, kind.objects.get())
    questionnaire_of.cache_clear()
    assert questionnaire_of(version_id=version.pk) == heating()


@pytest.mark.parametrize("kind", [QuestionnaireVersion, QuestionnaireContent])
def test_row_with_the_id_of_another_never_replaces_it(version, kind):
    row = kind.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        kind(**{field.attname: getattr(row, field.attname) for field in fields(row)}).save()


def fields(row):
    return row._meta.concrete_fields


def test_names(version):
    assert str(version) == "How should the house be heated?, version 1"
    assert str(version.content) == "Content of How should the house be heated?, version 1"


def test_columns_hold_what_the_file_format_allows():
    assert SCHEMAS[FORMAT_2]["$defs"]["key"]["maxLength"] == KEY_LENGTH
    assert SCHEMAS[FORMAT_2]["$defs"]["line"]["maxLength"] == LINE_LENGTH
