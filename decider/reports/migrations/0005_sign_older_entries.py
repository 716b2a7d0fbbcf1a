"""Sign what earlier versions kept without signature: entries of records, and PDFs."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.utils import timezone

from decider.reports.proof.entries import signed_fields, statement_of
from decider.reports.proof.issued import issued_statement, kept_statement
from decider.reports.proof.signing import sign


def sign_entries(apps: Any, _schema_editor: object) -> None:
    """Each record gets its chain; what is signed says that this was later."""
    now = timezone.now()
    records = apps.get_model("reports", "DecisionRecord").objects.order_by("serial")
    hashes = records.values_list("report__content_hash", flat=True)
    for record in records.iterator(chunk_size=100):
        previous = hashes.get(pk=record.pk)
        unsigned = record.entries.select_related("record", "supersedes").filter(chained=None)
        for number, entry in enumerate(unsigned.order_by("number"), start=1):
            fields = signed_fields(statement_of(entry, now), number=number, previous=previous)
            entry.chained = record.chain.create(**fields)
            entry.save(update_fields=["chained"])
            previous = entry.chained.digest


def sign_files(apps: Any, _schema_editor: object) -> None:
    for name, statement in (("IssuedFile", issued_statement), ("SignedPdf", kept_statement)):
        for row in apps.get_model("reports", name).objects.iterator(chunk_size=10):
            row.signed_by, row.signature = sign(statement(row))
            row.save(update_fields=["signed_by", "signature"])


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0004_signed_chain_of_entries"),
    ]

    operations = [
        migrations.RunPython(sign_entries, migrations.RunPython.noop),
        migrations.RunPython(sign_files, migrations.RunPython.noop),
    ]
