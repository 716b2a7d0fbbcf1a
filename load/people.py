"""What people do, for Locust: they read pages, fill in their forms and think in between.

They stand behind a proxy that ends HTTPS: each request says so, and which address it came from.
"""

from __future__ import annotations

import os
from http.cookiejar import DefaultCookiePolicy
from itertools import count
from random import Random
from time import perf_counter
from typing import Any

from gevent import sleep
from locust import FastHttpUser, between, task
from locust.exception import StopUser
from locust.runners import STATE_SPAWNING

from load.crowd import ARRIVING, GOT_PDF
from tests.stress.pages import PageForm, forms_and_links

numbers = count(1)

WITHOUT_JAVASCRIPT = 5
"""Every so many-th architect has none."""
PATIENCE_SECONDS = 120
"""How long somebody waits for a PDF."""


class Person(FastHttpUser):
    """Somebody with a browser and an address of their own."""

    abstract = True
    network_timeout = connection_timeout = 60

    def on_start(self) -> None:
        """Open the browser."""
        self.number = next(numbers)
        self.random = Random(self.number)
        # They are secure, and the way from here to the server is the proxy's, without HTTPS.
        self.client.cookiejar.set_policy(DefaultCookiePolicy(secure_protocols=["http", "https"]))
        self.headers = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": f"10.0.{self.number // 250}.{self.number % 250}",
            "Origin": os.environ["DECIDER_ADDRESS"],
        }

    def read(self, path: str, name: str) -> Any:
        """Open a page."""
        return self.answered(self.client.get(path, name=self.named(name), headers=self.headers))

    def send(self, form: PageForm, name: str, *, htmx: bool = False, **fields: str) -> Any:
        """Send a form as it stands, with these fields filled in; redirects are followed."""
        headers = {**self.headers, "HX-Request": "true"} if htmx else self.headers
        answer = self.client.post(
            form.action, data={**form.fields, **fields}, name=self.named(name), headers=headers
        )
        return self.answered(answer)

    def named(self, name: str) -> str:
        """The name under which a request counts: those made before all have come apart."""
        return f"{ARRIVING}{name}" if self.environment.runner.state == STATE_SPAWNING else name

    @staticmethod
    def answered(response: Any) -> Any:
        """The answer; Locust has noted what went wrong, and this person goes home then."""
        if response.status_code not in (200, 202):
            raise StopUser
        return response

    def form(self, page: Any, end: str) -> PageForm:
        """The form of a page that goes to an address with this end."""
        forms, _ = forms_and_links(page.url, page.text)
        return next(form for form in forms if form.action.endswith(end))


class Architect(Person):
    """Answers one question after the other, looks at the result, and begins again."""

    fixed_count = int(os.environ.get("ARCHITECTS", "1"))
    wait_time = between(2, 4)

    def on_start(self) -> None:
        """Begin an assessment."""
        super().on_start()
        self.has_javascript = self.number % WITHOUT_JAVASCRIPT != 0
        self.begin()

    def begin(self) -> None:
        """Start a new assessment, which leads to its first question."""
        form = self.form(self.read("/", "home page"), "/start/")
        self.page = self.send(form, "begin", title=f"Application {self.number}", context="")

    @task
    def answer(self) -> None:
        """Save an answer, which leads to the next question or to the end."""
        forms, _ = forms_and_links(self.page.url, self.page.text)
        question = next((form for form in forms if "value" in form.offered), None)
        if question is None:
            self.finish()
            return
        value = self.random.choice(question.offered["value"])
        name = "answer" if self.has_javascript else "answer, without JavaScript"
        self.page = self.send(question, name, htmx=self.has_javascript, value=value)
        if end := self.page.headers.get("HX-Redirect"):
            self.page = self.read(end, "check answers")

    def finish(self) -> None:
        """Look at the result, then begin again."""
        assessment = self.page.url.split("/check/")[0].removeprefix(self.host)
        self.read(f"{assessment}/result/", "result")
        self.begin()


class ReportMaker(Person):
    """Saves a report and waits for its PDF, again and again, with another browser each time."""

    fixed_count = int(os.environ.get("REPORT_MAKERS", "0"))
    wait_time = between(2, 4)

    def think(self) -> None:
        """Wait like between two tasks, but go on with this one even when time is up."""
        sleep(self.wait_time())

    @task
    def save_and_print(self) -> None:
        """From the home page to the PDF; once begun it is done to its end."""
        self.client.cookiejar.clear()
        result = self.send(self.form(self.read("/", "home page"), "/example/"), "copy the example")
        self.think()
        report = self.send(self.form(result, "/save-report/"), "save a report")
        self.think()
        self.download(report.url.removeprefix(self.host).split("#")[0])

    def download(self, report: str) -> None:
        """Ask for the PDF as the page that waits for it does, until it is there."""
        started, error = perf_counter(), None
        while not self.read(f"{report}pdf/", "ask for the PDF").content.startswith(b"%PDF"):
            if perf_counter() - started > PATIENCE_SECONDS:
                error = TimeoutError(f"no PDF within {PATIENCE_SECONDS} s")
                break
            sleep(1)
        self.environment.events.request.fire(
            request_type="PDF",
            name=GOT_PDF,
            response_time=(perf_counter() - started) * 1000,
            response_length=0,
            exception=error,
        )
