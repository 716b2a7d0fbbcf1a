"""Answers in a file to a result on the terminal, a PDF or a saved report."""

from __future__ import annotations

import json
import uuid
from argparse import ArgumentParser
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, get_args

from django.conf import settings
from django.core.management import CommandError
from django.urls import reverse
from django.utils import timezone

from decider.assessments.services import edit_token, start_from_answers
from decider.base.addresses import absolute
from decider.base.command_line import DatabaseCommand, bad_input, read_argument
from decider.base.digests import sha256
from decider.base.files import FileErrors, read_content
from decider.engine.questionnaire.errors import PathErrors
from decider.engine.report.changes import PairFlips, pairs_of
from decider.engine.report.codec import canonical_json, plain
from decider.engine.report.document import Document
from decider.questionnaires.answer_files import AnswersFile, answers_template, parse_answers_file
from decider.questionnaires.example import document_from
from decider.questionnaires.models import QuestionnaireVersion
from decider.questionnaires.versions import (
    default_path,
    latest_version,
    load_questionnaire,
    questionnaire_of,
)
from decider.reports.exports.text import render_pairs, render_text
from decider.reports.metadata import ReportMetadata, metadata_of
from decider.reports.models import Report
from decider.reports.pdf.cache import cached_pdf
from decider.reports.pdf.first_page import Paper
from decider.reports.pdf.order import Order, order_of
from decider.reports.pdf.render import render_pdf
from decider.reports.pdf.worker.job import Interrupted, TooMuch
from decider.reports.proof.issued import remember_issued
from decider.reports.services.reports import (
    TooEarly,
    freeze_report,
    refuse_too_early,
)


@dataclass(frozen=True)
class Result:
    """A report document; with the report and its private edit link where it was saved."""

    document: Document
    report: Report | None = None
    edit_link: str = ""

    @property
    def address(self) -> str:
        return absolute(self.report.get_absolute_url()) if self.report else ""

    @property
    def metadata(self) -> ReportMetadata:
        if self.report:
            return metadata_of(self.report, address=self.address)
        digest = sha256(canonical_json(self.document))
        return ReportMetadata("Not saved", timezone.now(), digest, "not saved on a server")


class Command(DatabaseCommand):
    help = (
        "Rank the alternatives for the answers in a file, and say why. The file maps question keys"
        " to choice keys, unknown or n/a; --template prints one to fill in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="an answers file; - reads standard input")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")
        parser.add_argument(
            "--pairs", action="store_true", help="list pairs of answers that change the result too"
        )
        parser.add_argument("--pdf", type=Path, metavar="FILE", help="write the PDF to this file")
        parser.add_argument(
            "--paper",
            type=str.title,
            choices=get_args(Paper),
            default="A4",
            help="the size of the pages of the PDF: A4 or Letter",
        )
        parser.add_argument("--save", action="store_true", help="save an assessment and a report")
        parser.add_argument("--template", action="store_true", help="print an answers file")
        parser.add_argument("--questionnaire", metavar="KEY", help="other than the default one")

    def handle(self, *, file: str | None, template: bool, **options: Any) -> None:
        if template:
            version = self._version(options["questionnaire"])
            questionnaire = questionnaire_of(version_id=version.pk)
            self.stdout.write(answers_template(questionnaire), ending="")
            return
        if file is None:
            raise bad_input("Name an answers file, - for standard input, or --template.")
        version, answers = self._read(file, options["questionnaire"])
        check_writable(options["pdf"])
        result = Result(document_from(version, answers))
        if options["save"]:
            check_enough(result)
            result = save(version, answers)
        questionnaire = questionnaire_of(version_id=version.pk)
        pairs = None
        if options["pairs"]:
            pairs = pairs_of(questionnaire, result.document.answers, result.document.weights)
        text = as_json(result, pairs) if options["as_json"] else as_text(result)
        self.stdout.write(text, ending="")
        if pairs and not options["as_json"]:
            self.stdout.write(render_pairs(questionnaire, pairs), ending="")
        if hidden := hidden_answers(result.document):
            self.stderr.write(f"Not counted, since other answers hide them: {', '.join(hidden)}.")
        if path := options["pdf"]:
            write_pdf(path, result, options["paper"])
            self.stderr.write(f"The PDF is in {path}.")

    def _read(self, file: str, key: str | None) -> tuple[QuestionnaireVersion, AnswersFile]:
        try:
            content = read_content(read_argument(file))
        except FileErrors as errors:
            raise bad_input(f"{file} can't be read.", errors) from None
        named = content.data.get("questionnaire") if isinstance(content.data, dict) else None
        version = self._version(key or (named if isinstance(named, str) else None))
        questionnaire = questionnaire_of(version_id=version.pk)
        try:
            return version, content.read_as(partial(parse_answers_file, questionnaire))
        except FileErrors as errors:
            raise bad_input(f"{file} doesn't fit {version}.", errors) from None

    def _version(self, key: str | None) -> QuestionnaireVersion:
        """The newest version; the default questionnaire is loaded where it isn't there yet."""
        try:
            return latest_version(key=key)
        except QuestionnaireVersion.DoesNotExist:
            if key not in (None, settings.DECIDER_QUESTIONNAIRE):
                raise bad_input(not_loaded(key)) from None
        return self._load_default()

    def _load_default(self) -> QuestionnaireVersion:
        path = default_path()
        try:
            version, _ = load_questionnaire(text=read_argument(str(path)))
        except PathErrors as errors:
            raise bad_input(f"{path} can't be loaded.", errors) from None
        self.stderr.write(f"{version} was not loaded yet; it is now.")
        return version


def not_loaded(key: str | None) -> str:
    """That there is no such questionnaire, which there are, and how to load one."""
    loaded = QuestionnaireVersion.objects.published().order_by("key").values_list("key", flat=True)
    there = f" Loaded: {', '.join(loaded.distinct())}." if loaded else ""
    return (
        f'No questionnaire "{key}" is loaded.{there} ./dev manage load_questionnaire FILE loads one'
    )


def hidden_answers(document: Document) -> list[str]:
    """The keys of answered questions that aren't asked, since other answers close their branch."""
    return [key for key in document.answers if key not in document.result.visible]


def check_enough(result: Result) -> None:
    """Fail before anything is saved, where too little is answered."""
    try:
        refuse_too_early(result.document)
    except TooEarly as error:
        raise bad_input(f"It is too early to save a report. {error}") from None


def check_writable(path: Path | None) -> None:
    """Fail before anything is saved, where the PDF could not be written."""
    if path and (path.is_dir() or not path.absolute().parent.is_dir()):
        raise bad_input(f"{path} can't be written: it is, or isn't in, a folder.")


def write_pdf(path: Path, result: Result, paper: Paper) -> None:
    """Write the PDF of a result that is printed, and perhaps saved, already."""
    try:
        path.write_bytes(pdf_of(result, paper))
    except TooMuch:
        raise CommandError("The PDF would take more time or memory than it may.") from None
    except Interrupted:
        raise CommandError("Printing was interrupted or took too long. Try again.") from None
    except OSError as error:
        raise CommandError(f"{path} can't be written: {error.strerror}.") from None


def pdf_of(result: Result, paper: Paper) -> bytes:
    """The PDF; that of a saved report proves itself."""
    if result.report is None:
        return render_pdf(Order(result.document, result.metadata, paper))
    content = cached_pdf(order_of(result.report, result.metadata, paper))
    remember_issued(report=result.report, content=content)
    return content


def save(version: QuestionnaireVersion, answers: AnswersFile) -> Result:
    """The result as a report; the first browser that opens its edit link is its beginner's."""
    assessment = start_from_answers(version=version, answers=answers, browser=None)
    report = freeze_report(assessment=assessment, browser=uuid.uuid4())
    link = reverse("open_edit_link", args=[edit_token(assessment)])
    return Result(report.document, report, absolute(link))


def as_text(result: Result) -> str:
    """The result to read."""
    text = render_text(result.document)
    if result.report:
        text += f"\nSaved as {result.metadata.reference}: {result.address}\n"
        text += f"Whoever opens this private link may read and edit it: {result.edit_link}\n"
    return text


def as_json(result: Result, pairs: PairFlips | None) -> str:
    """The result part of the report document, with what it is the result of."""
    document = result.document
    questionnaire = document.questionnaire
    rows = {
        "title": document.title,
        "method": document.method,
        "questionnaire": {"key": questionnaire.content.key, "version": questionnaire.version},
        "weights": document.weights,
        **plain(document.result),
    }
    if pairs:
        rows["pair_flips"] = plain(pairs)
    if result.report:
        rows["report"] = {
            "id": str(result.report.pk),
            "reference": result.metadata.reference,
            "content_hash": result.report.content_hash,
            "address": result.address,
            "edit_link": result.edit_link,
        }
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
