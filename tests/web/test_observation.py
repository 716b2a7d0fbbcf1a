"""What is noted of each request: its id, a line, and counts."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from prometheus_client import REGISTRY

from decider.web.observation import observe
from decider.web.tickets import TICKET, Ticket


def count(**labels: str) -> float:
    return REGISTRY.get_sample_value("decider_requests_total", labels) or 0


@pytest.mark.parametrize(
    ("proxies", "given", "is_kept"),
    [(1, "0a1b-2c3d", True), (0, "0a1b-2c3d", False), (1, "x", False), (1, "a" * 65, False)],
)
def test_id_is_the_one_of_a_proxy_of_ours_or_a_new_one(settings, proxies, given, is_kept):
    settings.TRUSTED_PROXIES = proxies
    answer = Client().get("/healthz", headers={"X-Request-ID": given})
    assert (answer.headers["X-Request-ID"] == given) is is_kept
    assert is_kept or len(answer.headers["X-Request-ID"]) == 32


def test_line_names_the_route_and_no_address(settings, caplog, db):
    settings.PRODUCTION = True
    caplog.set_level("INFO", "decider.requests")
    Client().get("/shared/a-secret?name=Ada")
    (record,) = [r for r in caplog.records if r.name == "decider.requests"]
    fields = record.fields
    assert fields.pop("ms") >= 0
    assert fields == {"method": "GET", "route": "open_share_link", "status": "404"}


def test_request_is_counted_by_route_method_and_status(settings, db):
    settings.METRICS_TOKEN = "token"
    labels = {"route": "healthz", "method": "GET", "status": "200"}
    before = count(**labels)
    Client().get("/healthz")
    Client().generic("BREW", "/no-such-page")
    assert count(**labels) == before + 1
    assert count(route="none", method="other", status="404") == 1


def test_answer_that_is_asked_for_again_is_not_counted(settings, caplog):
    settings.PRODUCTION = True
    caplog.set_level("INFO", "decider.requests")
    request = RequestFactory().get("/", **{TICKET: Ticket(wanted=True)})
    observe(lambda _: HttpResponse(status=503))(request)
    assert caplog.records == []
