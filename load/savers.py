"""People who save without a pause, through whatever happens to their server."""

from __future__ import annotations

import threading
import time
from http.client import HTTPException
from itertools import count
from urllib.parse import urlsplit

from load.book import NUMBER, Book, Client, Sent, form_of, question_of
from tests.stress.served import Answer, Served, wait_until

ANSWERERS = 3
REPORTERS = 2
PAUSE_SECONDS = 0.02
RETRY_SECONDS = 0.3
ANSWER_SECONDS = 60
"""How long somebody waits for a page."""
SAFE = "What you saved before is safe"
BACK_SECONDS = 90
"""How long it may take until people can save again."""


class Refused(Exception):
    """The server said that it can't do that now; what it said is in the book."""


class Saver:
    """Somebody who saves again and again, and writes down what they were told."""

    def __init__(self, server: Served, book: Book) -> None:
        self.server = server
        self.book = book

    def save(self) -> None:
        """Save once; raises Refused, or OSError or HTTPException where the server is gone."""
        raise NotImplementedError

    def browser(self) -> Client:
        """A new one."""
        return Client(self.server, ANSWER_SECONDS)

    def told(self, answer: Answer) -> Answer:
        """An answer that is none of an error."""
        if answer.status == 200:
            return answer
        self.book.refused[answer.status] += 1
        if SAFE not in answer.text:
            self.book.wordless.append(f"{answer.status} at {urlsplit(answer.address).path}")
        raise Refused


class Answerer(Saver):
    """Answers all questions of one assessment after the other, each with a note of its own."""

    numbers = count(1)

    def __init__(self, server: Served, book: Book) -> None:
        super().__init__(server, book)
        self.client = self.browser()
        self.assessment = ""
        self.page: Answer | None = None

    def save(self) -> None:
        """Save an answer."""
        page, self.page = self.page or self.open(), None
        form = question_of(page)
        if form is None:
            self.assessment = ""
            return
        offered = form.offered["value"]
        number = next(self.numbers)
        value = offered[number % len(offered)]
        sent = Sent(self.client, form.action, value, f"{value} {number}")
        self.book.sent.append(sent)
        self.page = self.told(self.client.send(form, htmx=True, value=value, note=sent.note))
        self.book.acknowledged.append(sent)

    def open(self) -> Answer:
        """The next open question of the assessment, or the first one of a new one."""
        if self.assessment:
            return self.told(self.client.get(self.assessment))
        start = form_of(self.told(self.client.get("/")), "/start/")
        page = self.told(self.client.send(start, title="Billing", context=""))
        self.assessment = "/".join([*urlsplit(page.address).path.split("/")[:3], ""])
        return page


class Reporter(Saver):
    """Saves a report of the example and records a decision, with another browser each time."""

    def save(self) -> None:
        """Save a report and a decision."""
        client = self.browser()
        home = self.told(client.get("/"))
        result = self.told(client.send(form_of(home, "/example/")))
        report = self.told(client.send(form_of(result, "/save-report/")))
        path = urlsplit(report.address).path
        self.book.reports[path] = client, NUMBER.findall(report.text)[0]
        form = form_of(self.told(client.get(f"{path}record/")), "/record/")
        chosen = form.offered["alternative"][1]
        entry = {"status": "accepted", "by": "Ada", "why": "Board", "reason": "Known"}
        self.told(client.send(form, alternative=chosen, **entry))
        self.book.decided.append(path)


class Savers:
    """A thread for each of them."""

    def __init__(self, server: Served) -> None:
        self.book = Book()
        people = [Answerer(server, self.book) for _ in range(ANSWERERS)]
        people += [Reporter(server, self.book) for _ in range(REPORTERS)]
        self._ended = threading.Event()
        self._errors: list[BaseException] = []
        self._threads = [
            threading.Thread(target=self._run, args=[saver], daemon=True) for saver in people
        ]
        for thread in self._threads:
            thread.start()

    def end(self) -> Book:
        """Let them save no more; raises what nothing that happens to a server explains."""
        self._ended.set()
        for thread in self._threads:
            thread.join()
        if self._errors:
            raise self._errors[0]
        return self.book

    def wait_for_more(self) -> float:
        """Wait until an answer and a decision are saved once more; how many seconds that took."""
        started, before = time.monotonic(), self._saved()
        wait_until(
            lambda: (
                all(now > then for now, then in zip(self._saved(), before, strict=True))
                or bool(self._errors)
            ),
            BACK_SECONDS,
        )
        return time.monotonic() - started

    def _saved(self) -> tuple[int, int]:
        return len(self.book.acknowledged), len(self.book.decided)

    def _run(self, saver: Saver) -> None:
        try:
            while not self._ended.is_set():
                time.sleep(PAUSE_SECONDS if self._is_saved_by(saver) else RETRY_SECONDS)
        except BaseException as error:
            self._errors.append(error)

    def _is_saved_by(self, saver: Saver) -> bool:
        try:
            saver.save()
        except Refused:
            return False
        except (OSError, HTTPException) as error:
            # Who finds no server has sent nothing.
            is_down = isinstance(getattr(error, "reason", None), ConnectionRefusedError)
            self.book.cut_off += not is_down
            return False
        return True
