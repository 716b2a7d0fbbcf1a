"""Traces of requests for OpenTelemetry. Without DECIDER_TRACES_ENDPOINT, there are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.django import DjangoInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult
from opentelemetry.trace import Status

KEPT: Final = {
    "http.route",
    *("http.method", "http.status_code"),
    *("http.request.method", "http.response.status_code"),  # their newer names
}
BEHIND_HIDING: Final = 2
"""The place of its middleware: behind those that note requests and hide secret addresses."""


def trace_requests(endpoint: str) -> TracerProvider:
    """Send a span for each request to `endpoint`, which takes OTLP over HTTP.

    Standard variables such as OTEL_TRACES_SAMPLER and OTEL_EXPORTER_OTLP_HEADERS count as well.
    To be called before Django loads its middleware. Returns what makes the spans.
    """
    provider = TracerProvider(resource=Resource.create({"service.name": "decider"}))
    exporter = ScrubbingExporter(endpoint=f"{endpoint}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(exporter))
    DjangoInstrumentor().instrument(tracer_provider=provider, middleware_position=BEHIND_HIDING)
    return provider


class ScrubbingExporter(OTLPSpanExporter):
    """Sends of each span its route, method, status and times, and nothing else of the request."""

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send what may leave the server of these spans."""
        return super().export([scrubbed(span) for span in spans])


def scrubbed(span: ReadableSpan) -> ReadableSpan:
    """A span without address, client, headers, and words of exceptions."""
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes={k: v for k, v in (span.attributes or {}).items() if k in KEPT},
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )
