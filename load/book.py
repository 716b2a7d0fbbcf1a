"""A book of all that people were told is saved, and whether it is."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.parse
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.measure import line
from load.databases import Database
from tests.stress.pages import PageForm, forms_and_links
from tests.stress.served import ROOT, Answer, Visitor

ANSWERS = "acknowledged answers that are lost"
HALF_DONE = "answers of which only a part is saved"
REPORTS = "acknowledged reports or numbers that are lost"
DECISIONS = "acknowledged decisions that are lost"
TWICE = "numbers that were issued twice"
AUDIT = "what ./dev manage audit finds wrong"
WORDLESS = "errors that don't say that what was saved is safe"
OTHER = "errors other than 503"
NAMES = (ANSWERS, HALF_DONE, REPORTS, DECISIONS, TWICE, AUDIT, WORDLESS, OTHER)

NUMBER = re.compile(r"DR-\d{4}-\d{4,}")


class Client(Visitor):
    """A browser that fills in the forms of its pages."""

    def send(self, form: PageForm, *, htmx: bool = False, **fields: str) -> Answer:
        """Send a form with these fields filled in; with HTMX what it leads to comes at once."""
        data = urllib.parse.urlencode({**form.fields, **fields}).encode()
        return self.open(form.action, data, {"HX-Request": "true"} if htmx else {})


def form_of(page: Answer, end: str) -> PageForm:
    """The form of a page that goes to an address with this end."""
    forms, _ = forms_and_links(page.address, page.text)
    return next(form for form in forms if form.action.endswith(end))


def question_of(page: Answer) -> PageForm | None:
    """The form of a question, if this is the page of one."""
    forms, _ = forms_and_links(page.address, page.text)
    return next((form for form in forms if "value" in form.offered), None)


@dataclass(frozen=True)
class Sent:
    """An answer that somebody sent to the address of a question."""

    client: Client
    address: str
    value: str
    note: str


@dataclass
class Book:
    """What was sent and acknowledged; `refused` has how often which status came instead, and
    `wordless` those of these pages that didn't say that what was saved before is safe."""

    sent: list[Sent] = field(default_factory=list)
    acknowledged: list[Sent] = field(default_factory=list)
    reports: dict[str, tuple[Client, str]] = field(default_factory=dict)
    decided: list[str] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)
    wordless: list[str] = field(default_factory=list)
    cut_off: int = 0

    @property
    def saved(self) -> int:
        """How many saves were acknowledged."""
        return len(self.acknowledged) + len(self.reports) + len(self.decided)

    def losses(self, database: Database) -> Counter[str]:
        """What is lost or wrong, as people and the audit find it on the server that runs now."""
        problems = _audit(database)
        print("\n".join([*self.wordless, *problems]), end="\n" if problems else "", flush=True)
        return Counter(
            {
                ANSWERS: sum(_kept(s) != (s.value, s.note) for s in self.acknowledged),
                HALF_DONE: self._half_done(),
                REPORTS: self._lost_reports(),
                DECISIONS: self._lost_decisions(),
                TWICE: len(self.reports) - len({number for _, number in self.reports.values()}),
                AUDIT: len(problems),
                WORDLESS: len(self.wordless),
                OTHER: self.refused.total() - self.refused[503],
            }
        )

    def _half_done(self) -> int:
        """Answers whose value and note are not of one save; each note begins with its value."""
        kept = [_kept(sent) for sent in self.sent if sent not in self.acknowledged]
        return sum(value != note.split(" ")[0] for value, note in kept)

    def _lost_reports(self) -> int:
        pages = [(client.get(path), n) for path, (client, n) in self.reports.items()]
        return sum(page.status != 200 or number not in page.text for page, number in pages)

    def _lost_decisions(self) -> int:
        pages = [self.reports[path][0].get(f"{path}record/") for path in self.decided]
        return sum("<h3>Accepted" not in page.text for page in pages)


def _kept(sent: Sent) -> tuple[str, str]:
    """Value and note of a question, as its page shows them; empty where it has no answer."""
    form = question_of(sent.client.get(sent.address))
    return (form.fields.get("value", ""), form.fields["note"].strip()) if form else ("", "")


def _audit(database: Database) -> list[str]:
    """What the audit of all reports and records finds wrong."""
    variables = {"DECIDER_DATA_DIR": str(database.folder), "DECIDER_DATABASE_URL": database.url}
    done = subprocess.run(
        [sys.executable, "manage.py", "audit"],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return [done.stdout + done.stderr] if done.returncode else []


def check_losses(losses: Counter[str], *, answers: int = 0) -> bool:
    """Print what is lost or wrong; True where that is nothing, but for so many answers at most."""
    limits = {ANSWERS: answers}
    checks = [line(name, losses[name], limits.get(name, 0), "") for name in NAMES]
    return all(checks)
