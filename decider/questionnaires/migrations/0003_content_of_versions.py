"""A version is one text of JSON, in place of rows in a table for each kind of its parts."""

import json
from collections import defaultdict
from typing import Any

from django.db import migrations, models

Row = dict[str, Any]

ALTERNATIVE = (
    *("key", "name", "summary", "fits", "watch", "first_steps", "technologies", "road", "layers"),
)
COMPLIANCE = ("status", "condition", "reason", "quotations", "basis")
QUESTION = (
    *("key", "text", "help", "example", "weight", "factors", "quotations", "shown_when", "kind"),
    "layer",
)
EVIDENCE = ("value", "low", "high", "veto", "reason", "quotations", "basis")
PARTS = (
    *("Evidence", "Choice", "Question", "Section", "Compliance", "Requirement", "CandidateRule"),
    *("Quotation", "Source", "Alternative", "Layer", "Disagreement", "Conflict"),
)


class Rows:
    """The rows of a version, in their order."""

    def __init__(self, apps: Any, version: Any) -> None:
        self.apps, self.version = apps, version

    def of(self, model: str, *columns: str) -> list[Row]:
        rows = self.apps.get_model("questionnaires", model)._base_manager
        return list(rows.filter(version=self.version).order_by("position").values(*columns))

    def by(self, parent: str, model: str, *columns: str) -> defaultdict[int, list[Row]]:
        groups: defaultdict[int, list[Row]] = defaultdict(list)
        for row in self.of(model, parent, *columns):
            groups[row.pop(parent)].append(row)
        return groups


def write_contents(apps: Any, schema_editor: Any) -> None:
    content = apps.get_model("questionnaires", "QuestionnaireContent")
    for version in apps.get_model("questionnaires", "QuestionnaireVersion")._base_manager.all():
        text = json.dumps(content_of(version, Rows(apps, version)), ensure_ascii=False)
        content._base_manager.create(version=version, text=text)
    # PostgreSQL changes no table for which it still has something to check.
    schema_editor.connection.check_constraints()


def content_of(version: Any, rows: Rows) -> Row:
    quotations = rows.of("Quotation", "source__key", "key", "text", "factor", "speaker")
    return {
        "key": version.key,
        "title": version.title,
        "summary": version.summary,
        "language": version.language,
        "anchors": version.anchors,
        "weight_origin": version.weight_origin,
        "sources": rows.of("Source", "key", "title", "author", "publisher", "date", "url"),
        "quotations": [{"source": row.pop("source__key"), **row} for row in quotations],
        "alternatives": alternatives_of(rows),
        "layers": rows.of("Layer", "key", "title", "values"),
        "requirements": requirements_of(rows),
        "sections": sections_of(rows),
        "disagreements": rows.of("Disagreement", "key", "topic", "a", "b", "resolution"),
        "conflicts": rows.of("Conflict", "key", "when", "message"),
    }


def alternatives_of(rows: Rows) -> list[Row]:
    rules = rows.by("alternative_id", "CandidateRule", "when", "condition", "otherwise")
    alternatives = rows.of("Alternative", "id", *ALTERNATIVE)
    for row in alternatives:
        for rule in rules[row.pop("id")]:
            row["candidate"] = {"if": rule.pop("condition"), **rule}
        if not row["road"]:
            del row["road"]
    return alternatives


def requirements_of(rows: Rows) -> list[Row]:
    compliance = rows.by("requirement_id", "Compliance", "alternative__key", *COMPLIANCE)
    requirements = rows.of("Requirement", "id", "key", "title", "when")
    for row in requirements:
        for entry in compliance[row.pop("id")]:
            entries = row.setdefault(entry.pop("status"), {})
            entries[entry.pop("alternative__key")] = entry
    return requirements


def sections_of(rows: Rows) -> list[Row]:
    evidence = rows.by("choice_id", "Evidence", "alternative__key", *EVIDENCE)
    choices = rows.by("question_id", "Choice", "id", "key", "label", "help", "prior")
    questions = rows.by("section_id", "Question", "id", *QUESTION)
    for choice in (row for group in choices.values() for row in group):
        ratings = evidence[choice.pop("id")]
        choice["evidence"] = {row.pop("alternative__key"): row for row in ratings}
    for question in (row for group in questions.values() for row in group):
        question["choices"] = choices[question.pop("id")]
    sections = rows.of("Section", "id", "key", "title", "intro", "weight", "worst", "best")
    return [{"questions": questions[row.pop("id")], **row} for row in sections]


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0002_quotation_speaker"),
    ]

    operations = [
        migrations.CreateModel(
            name="QuestionnaireContent",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="questionnaires.questionnaireversion",
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={
                "db_table": "decider_questionnairecontent",
                "abstract": False,
            },
        ),
        migrations.RunPython(write_contents),
        *(migrations.DeleteModel(name) for name in PARTS),
        *(
            migrations.RemoveField("questionnaireversion", name)
            for name in ("summary", "language", "anchors", "weight_origin", "published_at")
        ),
    ]
