"""What proves a report, and where an assessment was imported from."""

from __future__ import annotations

from django.db import models
from django.db.models import Value
from django.utils import timezone

from decider.assessments.models import Assessment
from decider.base.frozen import FrozenModel
from decider.reports.models.report import Report


class Signature(FrozenModel):
    """The signature of a report's export, made when the report was saved.

    `key` is the id of the signing key, `value` the signature in base64.
    """

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="signature")
    key = models.CharField(max_length=16)
    value = models.CharField(max_length=88, unique=True)

    class Meta(FrozenModel.Meta):
        db_table = "decider_signature"

    def __str__(self) -> str:
        return f"{self.report_id} by {self.key}"


class IssuedFile(FrozenModel):
    """A PDF that was printed of a report, known again by the SHA-256 of its bytes.

    `signature` in base64 is that of `proof.issued.issued_statement` by the key with the id
    `signed_by`; both are empty for a file that a version gave out which signed none.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="issued_files")
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(default=timezone.now, editable=False)
    signed_by = models.CharField(max_length=16, db_default="", blank=True)
    signature = models.CharField(max_length=88, db_default="", blank=True)

    class Meta(FrozenModel.Meta):
        db_table = "decider_issuedfile"

    def __str__(self) -> str:
        return f"{self.report_id}: {self.digest}"


class SignedPdf(FrozenModel):
    """A PDF with a PAdES signature, whose bytes can't be made again.

    `key` is that of its `pdf.order.Order`. `signature` in base64 is that of
    `proof.issued.kept_statement` by the key with the id `signed_by`; both are empty for a PDF that
    a version kept which signed none.
    """

    key = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    signed_by = models.CharField(max_length=16, db_default="", blank=True)
    signature = models.CharField(max_length=88, db_default="", blank=True)

    class Meta(FrozenModel.Meta):
        db_table = "decider_signedpdf"

    def __str__(self) -> str:
        return self.key


class ImportedReport(models.Model):
    """Which report an assessment was imported from, and what did not fit.

    `record` and `version` (of the questionnaire) are as the file said, `genuine` whether its
    signature was one of this server. `remarks` are rows of `proof.importing.Remark`. `history` are
    the entries of the decision record in the file as they were signed, `proof.checking.SentEntry`,
    and `history_proof` is what they are worth, a value of `proof.checking.Proof`; empty without.
    """

    assessment = models.OneToOneField(
        Assessment, on_delete=models.CASCADE, related_name="imported_from"
    )
    record = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(null=True)
    genuine = models.BooleanField()
    remarks = models.JSONField(default=list)
    history = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    history_proof = models.CharField(max_length=20, db_default="", blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        db_table = "decider_readin"

    def __str__(self) -> str:
        return f"{self.assessment_id} from {self.record or 'a report'}"
