"""The command decide."""

import io
import json
import re

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from decider.assessments.models import Answer, Assessment
from decider.engine.report.codec import canonical_json
from decider.engine.report.document import build_document
from decider.questionnaires.answer_files import answers_template
from decider.questionnaires.models import QuestionnaireVersion
from decider.questionnaires.versions import load_questionnaire, parse_file
from decider.reports.exports.text import render_text
from decider.reports.management.commands import decide
from decider.reports.models import Report
from decider.reports.pdf.worker.job import Interrupted, TooMuch
from tests.bicycle import TEXT, bicycle
from tests.pdf_text import folded, pdf_text

pytestmark = pytest.mark.django_db

ANSWERS = """\
questionnaire: which-bicycle
title: Shop
context: Ten kilometres
weights: {use: 70}
answers: {load: crates, children: none, hills: steep, socket: no}
notes: {hills: "The last part, mostly"}
"""


@pytest.fixture(autouse=True)
def loaded(settings) -> QuestionnaireVersion:
    settings.DECIDER_QUESTIONNAIRE = "which-bicycle"
    return load_questionnaire(text=TEXT)[0]


@pytest.fixture
def answers_file(tmp_path):
    path = tmp_path / "answers.yaml"
    path.write_text(ANSWERS, encoding="utf-8")
    return path


def document():
    return build_document(
        questionnaire=bicycle(),
        version=1,
        title="Shop",
        context="Ten kilometres",
        answers={"load": "crates", "children": "none", "hills": "steep", "socket": "no"},
        notes={"hills": "The last part, mostly"},
        weights={"use": 70},
    )


def test_result_is_printed_as_text_and_nothing_is_saved(run, answers_file):
    assert run("decide", str(answers_file)) == render_text(document())
    assert not Assessment.objects.exists()


def test_answers_come_from_standard_input(run, stdin):
    stdin(ANSWERS)
    assert run("decide", "-") == render_text(document())


def test_json_holds_the_whole_result(run, answers_file):
    printed = json.loads(run("decide", str(answers_file), "--json"))
    assert printed == {
        "title": "Shop",
        "method": "mavt-3",
        "questionnaire": {"key": "which-bicycle", "version": 1},
        "weights": {"use": 70, "ground": 40},
        **json.loads(canonical_json(document().result)),
    }
    assert [(row["alternative"], row["rank"]) for row in printed["ranking"]] == [
        ("cargo", 1),
        ("city", 2),
    ]
    assert printed["ruled_out"][0]["vetoes"] == [
        {"question": "socket", "choice": "no", "reason": "It can't be charged."}
    ]


def test_save_makes_a_report_that_the_private_link_opens(run, answers_file, stranger):
    printed = run("decide", str(answers_file), "--save")
    report = Report.objects.get()
    assert report.document == document()
    assert printed.startswith(render_text(document()))
    assert reverse("report", args=[report.pk]) in printed
    assert Answer.objects.get(question_key="hills").note == "The last part, mostly"
    link = re.search(r"/edit/\S+", printed)[0]
    assert stranger.get(reverse("report", args=[report.pk])).status_code == 404
    stranger.post(stranger.get(link).url)
    assert "Shop" in stranger.get(reverse("report", args=[report.pk])).content.decode()


def test_json_of_a_saved_report_names_it(run, answers_file):
    printed = json.loads(run("decide", str(answers_file), "--json", "--save"))
    report = Report.objects.get()
    assert (printed["report"]["id"], printed["report"]["content_hash"]) == (
        str(report.pk),
        report.content_hash,
    )


def test_pdf_is_written(run, answers_file, tmp_path):
    path = tmp_path / "out.pdf"
    run("decide", str(answers_file), "--pdf", str(path))
    text = pdf_text(path)
    assert folded("Not saved") in text
    assert folded("Crates or children") in text
    assert not Report.objects.exists()


def test_what_is_not_in_the_result_is_told_beside_it(answers_file, tmp_path):
    path, said = tmp_path / "out.pdf", io.StringIO()
    text = answers_file.read_text().replace("crates", "nothing").replace("none", "one")
    answers_file.write_text(text)
    out = io.StringIO()
    call_command("decide", str(answers_file), "--json", "--pdf", str(path), stdout=out, stderr=said)
    assert said.getvalue() == (
        f"Not counted, since other answers hide them: children.\nThe PDF is in {path}.\n"
    )
    assert "children" not in json.loads(out.getvalue())["visible"]


@pytest.mark.parametrize("paper", ["letter", "Letter"])
def test_pdf_is_printed_on_the_paper_that_is_named(run, answers_file, tmp_path, paper):
    path = tmp_path / "out.pdf"
    run("decide", str(answers_file), "--pdf", str(path), "--paper", paper)
    with pikepdf.open(path) as pdf:
        assert [round(float(side)) for side in pdf.pages[0].MediaBox] == [0, 0, 612, 792]


def test_pdf_of_a_saved_report_names_it(run, answers_file, tmp_path):
    path = tmp_path / "out.pdf"
    run("decide", str(answers_file), "--save", "--pdf", str(path))
    report = Report.objects.get()
    assert folded(f"{report.record}") in pdf_text(path)
    assert folded(report.get_absolute_url()) in pdf_text(path)


def test_nothing_is_saved_where_the_pdf_can_not_be_written(refused, answers_file, tmp_path):
    assert "can't be written" in refused(
        "decide", str(answers_file), "--save", "--pdf", str(tmp_path)
    )
    assert not Report.objects.exists()


def test_template_is_printed_and_can_be_decided(run, stdin):
    template = run("decide", "--template")
    assert template == answers_template(bicycle())
    stdin(template)
    assert "Too early to say" in run("decide", "-")


def test_wrong_keys_are_refused_with_path_and_nearest_key(refused, answers_file):
    wrong = ANSWERS.replace("{load: crates", "{lode: bag").replace("hills: steep", "hills: step")
    answers_file.write_text(wrong)
    assert refused("decide", str(answers_file)) == (
        f"{answers_file} doesn't fit Which bicycle?, version 1.\n"
        '  answers.lode: unknown key. Did you mean "load"? (line 5)\n'
        '  answers.hills: no choice "step". Did you mean "steep"?'
        " On offer: flat, steep, unknown, n/a (line 5)"
    )


def test_file_that_can_not_be_read_is_refused(refused, tmp_path):
    path = tmp_path / "binary"
    path.write_bytes(b"\xff\xfe\x00")
    assert refused("decide", str(path)) == f"{path} can't be read.\n  not UTF-8 text (line 1)"


def test_no_file_is_refused(refused):
    assert refused("decide") == "Name an answers file, - for standard input, or --template."


def test_questionnaire_that_is_not_loaded_is_refused_with_those_that_are(refused):
    assert refused("decide", "--template", "--questionnaire", "which-boat") == (
        'No questionnaire "which-boat" is loaded. Loaded: where-should-this-run, which-bicycle.'
        " ./dev manage load_questionnaire FILE loads one"
    )


def test_default_questionnaire_is_loaded_where_it_is_not_yet(run, settings):
    settings.DECIDER_QUESTIONNAIRE = "where-should-this-run"
    path = settings.QUESTIONNAIRE_DIR / "where-should-this-run.yaml"
    assert run("decide", "--template") == answers_template(parse_file(text=path.read_bytes()))
    assert QuestionnaireVersion.objects.filter(key="where-should-this-run").count() == 1


BAG = {"load": "bag", "children": "none", "hills": "steep", "socket": "socket"}
BAG_FILE = f"questionnaire: which-bicycle\ntitle: Shop\nanswers: {json.dumps(BAG)}\n"


def first_places(answers):
    changed = build_document(
        questionnaire=bicycle(),
        version=1,
        title="Shop",
        context="",
        answers={**BAG, **answers},
        notes={},
        weights={},
    )
    return [row.alternative for row in changed.result.ranking if row.rank == 1]


def test_pairs_change_what_comes_first_only_together(run, stdin):
    stdin(BAG_FILE)
    found = json.loads(run("decide", "-", "--json", "--pairs"))["pair_flips"]
    assert found["complete"]
    assert found["pairs"]
    for pair in found["pairs"]:
        both = {change["question"]: change["to"] for change in pair["changes"]}
        assert first_places(both) == pair["leaders"] != first_places({})
        assert all(first_places({key: to}) == first_places({}) for key, to in both.items())


@pytest.mark.parametrize(
    ("content", "reported"), [(BAG_FILE, "First: "), (ANSWERS, "There are none.")]
)
def test_pairs_are_listed_in_words(run, stdin, content, reported):
    stdin(content)
    text = run("decide", "-", "--pairs")
    assert reported in text[text.index("Pairs of other answers that change what comes first") :]


def test_save_is_refused_where_too_little_is_answered(refused, answers_file):
    answers_file.write_text(ANSWERS[: ANSWERS.index("answers:")] + "answers: {}\n")
    assert refused("decide", str(answers_file), "--save") == (
        "It is too early to save a report. No question has been answered with one of its choices"
        " yet."
    )
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (TooMuch, "The PDF would take more time or memory than it may."),
        (Interrupted, "Printing was interrupted or took too long. Try again."),
    ],
)
def test_pdf_that_could_not_be_printed_is_told_in_a_sentence(
    monkeypatch, tmp_path, answers_file, problem, said
):
    def fail(*_: object) -> bytes:
        raise problem

    monkeypatch.setattr(decide, "pdf_of", fail)
    with pytest.raises(CommandError, match=f"^{re.escape(said)}$"):
        call_command("decide", str(answers_file), "--pdf", str(tmp_path / "a.pdf"))
    assert not (tmp_path / "a.pdf").exists()
