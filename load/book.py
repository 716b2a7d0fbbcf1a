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
from tests.stress.served import ROOT, SECRET_KEY, Answer, Visitor

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

    def check(self, database: Database, *, steps: bool = True) -> bool:
        """Print what is lost or half done, as people find it on the server that runs now;
        True where nothing is. Without `steps`, answers may be lost, but not half done."""
        lost = [sent for sent in self.acknowledged if _kept(sent) != (sent.value, sent.note)]
        answers, reports = len(self.acknowledged), len(self.reports)
        checks = [
            line(f"answers lost, of {answers}", len(lost), 0 if steps else answers, ""),
            line(f"answers half done, of {len(self.sent)}", self._half_done(), 0, ""),
            line(f"reports or numbers lost, of {reports}", self._lost_reports(), 0, ""),
            line(f"decisions lost, of {len(self.decided)}", self._lost_decisions(), 0, ""),
            line("numbers issued twice", reports - len(set(self._numbers())), 0, ""),
            line("problems that ./dev manage audit finds", _audit(database), 0, ""),
            line("pages of errors without words", len(self.wordless), 0, ""),
            line("errors other than 503", self._wrongly_refused(), 0, ""),
        ]
        print("".join(f"{what}\n" for what in self.wordless), end="", flush=True)
        return all(checks)

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

    def _numbers(self) -> list[str]:
        return [number for _, number in self.reports.values()]

    def _wrongly_refused(self) -> int:
        return sum(times for status, times in self.refused.items() if status != 503)


def _kept(sent: Sent) -> tuple[str, str]:
    """Value and note of a question, as its page shows them; empty where it has no answer."""
    form = question_of(sent.client.get(sent.address))
    return (form.fields.get("value", ""), form.fields["note"].strip()) if form else ("", "")


def _audit(database: Database) -> int:
    """How many problems the audit of all reports and records finds."""
    done = subprocess.run(
        [sys.executable, "manage.py", "audit"],
        cwd=ROOT,
        env={
            "DECIDER_DATA_DIR": str(database.folder),
            "DECIDER_DATABASE_URL": database.url,
            "DECIDER_SECRET_KEY": SECRET_KEY,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return 0
    print(done.stdout, done.stderr, flush=True)
    return done.returncode
