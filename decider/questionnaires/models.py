"""A questionnaire version and its rows, in the order of the file. Once published, none changes.

Rows have a foreign key to the row that they belong to. What else they name, such as quotations and
conditions, they name by key: its order counts, and a version is only ever read whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from decider.base.frozen import Frozen, FrozenModel, FrozenQuerySet
from decider.engine.questionnaire.rules import STATUSES
from decider.engine.questionnaire.schema import ESTIMATE, KINDS

KEY_LENGTH = 60
LINE_LENGTH = 200


class QuestionnaireVersionQuerySet(FrozenQuerySet["QuestionnaireVersion"]):
    def published(self) -> QuestionnaireVersionQuerySet:
        """The versions that are closed for ever; only they are asked."""
        return self.filter(published_at__isnull=False)


class QuestionnaireVersion(FrozenModel):
    """One state of a questionnaire file.

    `number` counts the versions of a key from 1. `digest` is the SHA-256 of the content in
    hexadecimal. `anchors` words the evidence scale, with the keys "-2" to "2". The version is
    filled while `published_at` is empty.
    """

    key = models.CharField(max_length=KEY_LENGTH)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=LINE_LENGTH)
    summary = models.TextField()
    language = models.CharField(max_length=20)
    anchors = models.JSONField()
    weight_origin = models.TextField(blank=True, default="")
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar = QuestionnaireVersionQuerySet.as_manager()

    class Meta(FrozenModel.Meta):
        db_table = "decider_questionnaireversion"
        ordering = ["key", "number"]
        constraints = [models.UniqueConstraint(fields=["key", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    def publish(self) -> None:
        """Close the version for ever; raises Frozen where that is done already."""
        now = timezone.now()
        # A plain query set: this one change is what makes all others impossible.
        rows = models.QuerySet[QuestionnaireVersion](QuestionnaireVersion)
        if not rows.filter(pk=self.pk, published_at=None).update(published_at=now):
            raise Frozen(f"{self} is published already.")
        self.published_at = now


RowT = TypeVar("RowT", bound="VersionRow")


def refuse_published(version_ids: Iterable[int]) -> None:
    """Raises Frozen where one of these versions is published."""
    if version := QuestionnaireVersion.objects.published().filter(pk__in=version_ids).first():
        raise Frozen(f"{version} is published: nothing can be added to it.")


class VersionRowQuerySet(FrozenQuerySet[RowT]):
    """Rows are added to versions that aren't published yet."""

    def bulk_create(self, objs: Iterable[RowT], *args: Any, **kwargs: Any) -> list[RowT]:
        """Insert; raises Frozen for rows of a published version."""
        rows = list(objs)
        refuse_published({row.version_id for row in rows})
        return super().bulk_create(rows, *args, **kwargs)


class VersionRow(FrozenModel):
    """A part of one version. `position` counts from 0 among the version's rows of its kind."""

    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()

    objects: ClassVar = VersionRowQuerySet.as_manager()

    class Meta(FrozenModel.Meta):
        abstract = True
        ordering = ["version", "position"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; raises Frozen for a saved row and for a published version."""
        refuse_published({self.version_id})
        super().save(*args, **kwargs)


class KeyedRow(VersionRow):
    """A row that has a key of its own within its version."""

    key = models.CharField(max_length=KEY_LENGTH)

    class Meta(VersionRow.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="%(class)s_key_once")
        ]

    def __str__(self) -> str:
        return self.key


class Source(KeyedRow):
    """An article."""

    title = models.CharField(max_length=LINE_LENGTH)
    author = models.CharField(max_length=LINE_LENGTH)
    publisher = models.CharField(max_length=LINE_LENGTH, blank=True)
    date = models.CharField(max_length=LINE_LENGTH, blank=True)
    url = models.CharField(max_length=LINE_LENGTH, blank=True)

    class Meta(KeyedRow.Meta):
        db_table = "decider_source"


class Quotation(KeyedRow):
    """An exact passage of a source."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="quotations")
    text = models.TextField()
    factor = models.CharField(max_length=KEY_LENGTH)
    speaker = models.CharField(max_length=LINE_LENGTH, blank=True)

    class Meta(KeyedRow.Meta):
        db_table = "decider_quotation"


class Alternative(KeyedRow):
    """A place to run.

    `technologies` holds objects with name, maturity and note; `road` one with the lists now,
    later and exit_conditions; `layers` the key of a value by the key of its layer.
    """

    name = models.CharField(max_length=LINE_LENGTH)
    summary = models.TextField()
    fits = models.TextField()
    watch = models.JSONField(default=list, blank=True)
    first_steps = models.JSONField(default=list, blank=True)
    technologies = models.JSONField(default=list, blank=True)
    road = models.JSONField(null=True, blank=True)
    layers = models.JSONField(default=dict, blank=True)

    class Meta(KeyedRow.Meta):
        db_table = "decider_alternative"


class CandidateRule(VersionRow):
    """When something is an alternative at all.

    `when` holds combinations, each a mapping of question keys to choice keys.
    """

    alternative = models.OneToOneField(
        Alternative, on_delete=models.PROTECT, related_name="candidate"
    )
    when = models.JSONField()
    condition = models.CharField(max_length=LINE_LENGTH)
    otherwise = models.TextField()

    class Meta(VersionRow.Meta):
        db_table = "decider_candidaterule"

    def __str__(self) -> str:
        return self.condition


class Layer(KeyedRow):
    """What alternatives have in common; `values` holds objects with key and name."""

    title = models.CharField(max_length=LINE_LENGTH)
    values = models.JSONField()

    class Meta(KeyedRow.Meta):
        db_table = "decider_layer"


class Requirement(KeyedRow):
    """What has to be met, whatever the points; `when` holds combinations as in `CandidateRule`."""

    title = models.CharField(max_length=LINE_LENGTH)
    when = models.JSONField()

    class Meta(KeyedRow.Meta):
        db_table = "decider_requirement"


class Compliance(VersionRow):
    """Whether an alternative meets a requirement, or on which condition."""

    requirement = models.ForeignKey(
        Requirement, on_delete=models.PROTECT, related_name="compliance"
    )
    alternative = models.ForeignKey(
        Alternative, on_delete=models.PROTECT, related_name="compliance"
    )
    status = models.CharField(max_length=12)
    condition = models.TextField(blank=True)
    reason = models.TextField()
    quotations = models.JSONField(default=list, blank=True)
    basis = models.TextField(blank=True)

    class Meta(VersionRow.Meta):
        db_table = "decider_compliance"
        constraints = [
            models.UniqueConstraint(fields=["requirement", "alternative"], name="compliance_once"),
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="compliance_status"),
        ]

    def __str__(self) -> str:
        return f"{self.status}: {self.reason}"


class Section(KeyedRow):
    """A criterion. `weight` is its default swing weight."""

    title = models.CharField(max_length=LINE_LENGTH)
    intro = models.TextField()
    weight = models.PositiveSmallIntegerField()
    worst = models.TextField(blank=True)
    best = models.TextField(blank=True)

    class Meta(KeyedRow.Meta):
        db_table = "decider_section"
        constraints = [
            *KeyedRow.Meta.constraints,
            models.CheckConstraint(condition=Q(weight__lte=100), name="section_weight"),
        ]


class Question(KeyedRow):
    """Something asked.

    `shown_when` holds an earlier question's key and some of its choices, `layer` the key of the
    layer that it speaks of.
    """

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()
    help = models.TextField()
    example = models.TextField()
    weight = models.PositiveSmallIntegerField()
    factors = models.JSONField(default=list, blank=True)
    quotations = models.JSONField(default=list, blank=True)
    shown_when = models.JSONField(null=True, blank=True)
    kind = models.CharField(max_length=10, default=ESTIMATE)
    layer = models.CharField(max_length=KEY_LENGTH, blank=True, default="")

    class Meta(KeyedRow.Meta):
        db_table = "decider_question"
        constraints = [
            *KeyedRow.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="question_kind"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=9), name="question_weight"
            ),
        ]


class Choice(VersionRow):
    """An answer on offer; its key is its own within the question."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="choices")
    key = models.CharField(max_length=KEY_LENGTH)
    label = models.TextField()
    help = models.TextField(blank=True)
    prior = models.PositiveSmallIntegerField()

    class Meta(VersionRow.Meta):
        db_table = "decider_choice"
        constraints = [
            models.UniqueConstraint(fields=["question", "key"], name="choice_key_once"),
            models.CheckConstraint(condition=Q(prior__gte=1, prior__lte=100), name="choice_prior"),
        ]

    def __str__(self) -> str:
        return self.key


class Evidence(VersionRow):
    """What a choice says about an alternative, from -2 to +2 within `low` and `high`."""

    choice = models.ForeignKey(Choice, on_delete=models.PROTECT, related_name="evidence")
    alternative = models.ForeignKey(Alternative, on_delete=models.PROTECT, related_name="evidence")
    value = models.SmallIntegerField()
    low = models.SmallIntegerField()
    high = models.SmallIntegerField()
    veto = models.BooleanField(default=False)
    reason = models.TextField()
    quotations = models.JSONField(default=list, blank=True)
    basis = models.TextField(blank=True)

    class Meta(VersionRow.Meta):
        db_table = "decider_evidence"
        constraints = [
            models.UniqueConstraint(fields=["choice", "alternative"], name="evidence_once"),
            models.CheckConstraint(
                condition=Q(low__gte=-2, high__lte=2, low__lte=F("value"), value__lte=F("high")),
                name="evidence_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value:+d}: {self.reason}"


class Disagreement(KeyedRow):
    """A point on which sources contradict each other.

    `a` and `b` hold claim, quotations and when (question key to choice keys).
    """

    topic = models.TextField()
    a = models.JSONField()
    b = models.JSONField()
    resolution = models.TextField()

    class Meta(KeyedRow.Meta):
        db_table = "decider_disagreement"


class Conflict(KeyedRow):
    """Answers that can hardly be true together; `when` maps question keys to choice keys."""

    when = models.JSONField()
    message = models.TextField()

    class Meta(KeyedRow.Meta):
        db_table = "decider_conflict"
