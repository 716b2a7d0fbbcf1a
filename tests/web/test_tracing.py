"""What a collector of OpenTelemetry gets to know of requests."""

from __future__ import annotations

import pytest
from django.test import Client
from opentelemetry.instrumentation.django import DjangoInstrumentor
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from decider.web.tracing import trace_requests
from tests.web.receiver import receiver

TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture
def sent(settings):
    """A function that gives the bodies and spans sent so far."""
    settings.MIDDLEWARE = list(settings.MIDDLEWARE)
    with receiver() as server:
        provider = trace_requests(f"http://127.0.0.1:{server.port}")

        def spans():
            provider.force_flush()
            requests = [ExportTraceServiceRequest.FromString(body) for body in server.bodies]
            found = [
                span
                for request in requests
                for resource in request.resource_spans
                for scope in resource.scope_spans
                for span in scope.spans
            ]
            return b"".join(server.bodies), found

        yield spans
        DjangoInstrumentor().uninstrument()
        provider.shutdown()


def test_request_is_a_span_with_its_route_and_no_secret(sent, db):
    headers = {"User-Agent": "Mozilla", "traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}
    assert Client().get("/shared/a-secret?name=Ada", headers=headers).status_code == 404
    body, (span,) = sent()
    assert span.name == "GET shared/<path:token>"
    attributes = {pair.key: pair.value for pair in span.attributes}
    assert set(attributes) == {"http.method", "http.route", "http.status_code"}
    assert attributes["http.status_code"].int_value == 404
    assert span.trace_id.hex() == TRACE
    assert [
        secret for secret in (b"a-secret", b"Ada", b"Mozilla", b"127.0") if secret in body
    ] == []


def test_failure_is_told_without_its_words(sent, monkeypatch):
    def fail():
        raise ValueError("Ada wrote a-secret")

    monkeypatch.setattr("decider.site.views.state.readiness", fail)
    assert Client(raise_request_exception=False).get("/readyz").status_code == 500
    body, (span,) = sent()
    assert (span.status.code, span.status.message) == (2, "")
    assert b"a-secret" not in body
