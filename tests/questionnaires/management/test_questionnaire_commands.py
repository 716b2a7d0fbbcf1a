"""The commands load_questionnaire, lint_questionnaire and quotations."""

import io
import json
from unittest import mock

import pytest
from django.core.management import CommandError, call_command

from decider.engine.analysis import lint
from decider.questionnaires.models import QuestionnaireVersion
from decider.questionnaires.versions import default_path, latest_version, parse_file
from tests import heating
from tests.bicycle import PATH, TEXT

pytestmark = pytest.mark.usefixtures("nothing_loaded")

ERRORS = """\
  sections[0].questions[0].choices[0].evidence.city.value: should be a whole number from -2 to 2, \
not 3 (line 71)
  sections[0].questions[1].shown_when.question: there is no question "lood". Did you mean "load"? \
(line 88)"""


def test_load_tells_what_it_did(run):
    assert [run("load_questionnaire", str(PATH)) for _ in range(2)] == [
        "which-bicycle, version 1: loaded.\n",
        "which-bicycle, version 1: was loaded before.\n",
    ]


def test_load_warns_of_what_a_new_version_leaves_behind(settings, tmp_path):
    settings.QUESTIONNAIRE_DIR = tmp_path
    (tmp_path / "which-bicycle.example.yaml").write_text("answers: {load: crates}")
    load(TEXT)
    assert load(TEXT.replace("crates", "boxes").replace("- key: socket\n", "- key: power\n")) == (
        "Warning: answers, weights and decisions under these keys of the version before don't"
        " carry over: choice crates of load, question socket.\n"
        "Warning: the example on the home page no longer fits.\n"
        '  answers.load: no choice "crates".'
        " On offer: nothing, bag, boxes, unknown, n/a\n"
    )


def load(text):
    """What loading this questionnaire warns of."""
    said = io.StringIO()
    with mock.patch("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode()))):
        call_command("load_questionnaire", "-", stdout=io.StringIO(), stderr=said)
    return said.getvalue()


def test_load_without_a_file_loads_the_default_questionnaire_quietly(run, settings):
    assert run("load_questionnaire", verbosity=0) == ""
    assert latest_version().key == settings.DECIDER_QUESTIONNAIRE


def test_load_reads_standard_input(run, stdin):
    stdin(TEXT)
    assert run("load_questionnaire", "-") == "which-bicycle, version 1: loaded.\n"


def test_load_refuses_a_file_as_a_whole_with_every_error_on_a_line(refused, broken_file):
    assert refused("load_questionnaire", str(broken_file)) == (
        f"{broken_file}: nothing was loaded.\n{ERRORS}"
    )
    assert not QuestionnaireVersion.objects.exists()


@pytest.mark.parametrize("command", ["load_questionnaire", "lint_questionnaire", "quotations"])
def test_file_that_is_not_there_is_named(refused, command, tmp_path):
    path = tmp_path / "none.yaml"
    assert refused(command, str(path)).endswith(f"{path}: No such file or directory")


def test_quotations_of_a_file(run):
    assert json.loads(run("quotations", str(PATH)))[0] == {
        "key": "load-wins",
        "source": "lanes-2019",
        "text": "Whoever carries crates every week should stop looking at light frames.",
        "factor": "load",
        "speaker": "",
    }


def test_quotations_without_a_file_are_those_of_the_default_questionnaire(run):
    quotations = parse_file(text=default_path().read_bytes()).quotations
    rows = json.loads(run("quotations"))
    assert [(row["source"], row["text"]) for row in rows] == [
        (q.source, q.text) for q in quotations
    ]


def test_quotations_refuses_a_broken_file(refused, broken_file):
    assert refused("quotations", str(broken_file)).endswith(ERRORS)


def test_lint_prints_each_finding_with_code_and_line_and_fails():
    out = io.StringIO()
    with pytest.raises(CommandError, match="7 findings") as raised:
        call_command("lint_questionnaire", str(PATH), stdout=out)
    assert raised.value.returncode == 1
    assert out.getvalue().splitlines()[-1] == (
        "sections[1].questions[1]: names no decision factor [no-factor] (line 124)"
    )


def test_lint_has_only_notes_on_the_default_questionnaire(run):
    *notes, last = run("lint_questionnaire").splitlines()
    codes = {note.split("] (")[-2].split("[")[-1] for note in notes}
    assert codes == {"decisive-against-not-required"}
    assert last == f"{default_path()}: only notes, {len(notes)} of them."


def test_lint_refuses_a_broken_file(refused, broken_file):
    assert refused("lint_questionnaire", str(broken_file)).endswith(ERRORS)


def test_lint_that_only_finds_notes_succeeds(run, monkeypatch):
    monkeypatch.setattr(lint, "ENOUGH_FOR", 0)
    monkeypatch.setattr(lint, "ENOUGH_AGAINST", 0)
    printed = run("lint_questionnaire", str(heating.PATH))
    assert printed.count("[decisive-against-not-required]") == 2
    assert printed.endswith("how-to-heat.yaml: only notes, 2 of them.\n")
