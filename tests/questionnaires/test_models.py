"""A published version never changes."""

import pytest
from django.db import IntegrityError, transaction

from decider.base.frozen import Frozen
from decider.engine.questionnaire.plain import FORMAT_2
from decider.engine.questionnaire.validation import SCHEMAS
from decider.questionnaires.models import (
    KEY_LENGTH,
    LINE_LENGTH,
    QuestionnaireVersion,
    Source,
    VersionRow,
)
from decider.questionnaires.versions import forget_versions, load_questionnaire, questionnaire_of
from tests.heating import TEXT, heating

KINDS = VersionRow.__subclasses__() + [
    kind for parent in VersionRow.__subclasses__() for kind in parent.__subclasses__()
]
ROWS = [kind for kind in KINDS if not kind._meta.abstract]


@pytest.fixture
def version(nothing_loaded) -> QuestionnaireVersion:
    return load_questionnaire(text=TEXT)[0]


@pytest.fixture
def draft(db) -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.create(
        key="draft", number=1, title="t", summary="s", language="en", anchors={}, digest="d"
    )


def source(version, **columns) -> Source:
    return Source(version=version, position=0, key="s", title="t", author="a", **columns)


def test_every_kind_of_row_is_tried():
    assert {kind.__name__ for kind in ROWS} == {
        "Alternative", "CandidateRule", "Choice", "Compliance", "Conflict", "Disagreement",
        "Evidence", "Layer", "Question", "Quotation", "Requirement", "Section", "Source",
    }  # fmt: skip


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize(
    "change",
    [
        lambda _, row: row.save(),
        lambda _, row: row.delete(),
        lambda kind, _: kind.objects.all().delete(),
        lambda kind, _: kind.objects.update(position=7),
        lambda kind, row: kind.objects.bulk_update([row], ["position"]),
        lambda kind, row: kind.objects.bulk_create([row]),
        lambda kind, row: kind(**{f.attname: getattr(row, f.attname) for f in fields(row)}).save(),
    ],
    ids=["save", "delete", "delete-all", "update", "bulk-update", "bulk-create", "save-as-new"],
)
def test_row_of_a_published_version_can_not_be_changed(version, kind, change):
    with pytest.raises(Frozen), transaction.atomic():
        change(kind, kind.objects.filter(version=version)[0])
    forget_versions()
    assert questionnaire_of(version_id=version.pk) == heating()


def fields(row):
    return row._meta.concrete_fields


@pytest.mark.parametrize(
    "change",
    [
        lambda version: version.save(),
        lambda version: version.publish(),
        lambda version: version.delete(),
        lambda _: QuestionnaireVersion.objects.all().delete(),
        lambda _: QuestionnaireVersion.objects.update(published_at=None),
        lambda version: Source.objects.create(version=version, position=9, key="x"),
    ],
    ids=["save", "publish", "delete", "delete-all", "update", "add-row"],
)
def test_published_version_can_not_be_changed(version, change):
    with pytest.raises(Frozen), transaction.atomic():
        change(version)
    assert QuestionnaireVersion.objects.get(pk=version.pk).published_at == version.published_at


def test_rows_can_be_added_until_a_version_is_published(draft):
    Source.objects.bulk_create([source(draft)])
    draft.publish()
    with pytest.raises(Frozen, match="published: nothing can be added"):
        Source.objects.bulk_create([source(draft)])
    assert Source.objects.filter(version=draft).count() == 1


def test_row_with_the_id_of_another_never_replaces_it(version, draft):
    taken = Source.objects.filter(version=version)[0]
    with pytest.raises(IntegrityError):
        source(draft, pk=taken.pk).save()


def test_draft_is_not_among_the_published(draft, version):
    assert list(QuestionnaireVersion.objects.published()) == [version]


def test_names(version):
    rows = [kind.objects.filter(version=version)[0] for kind in ROWS]
    assert str(version) == "How should the house be heated?, version 1"
    assert sorted(map(str, rows)) == sorted(
        ["warm-2020", "flow-cold", "pump", "a pipe is laid in the street", "heat", "clean-air",
         "met: Nothing is burnt.", "place", "street", "pipe", "+2: It is there.", "warm-enough",
         "fire-without-wood"]
    )  # fmt: skip


def test_columns_hold_what_the_file_format_allows():
    assert SCHEMAS[FORMAT_2]["$defs"]["key"]["maxLength"] == KEY_LENGTH
    assert SCHEMAS[FORMAT_2]["$defs"]["factor"]["maxLength"] == KEY_LENGTH
    assert SCHEMAS[FORMAT_2]["$defs"]["line"]["maxLength"] == LINE_LENGTH
    assert SCHEMAS[FORMAT_2]["properties"]["language"]["maxLength"] == 20
