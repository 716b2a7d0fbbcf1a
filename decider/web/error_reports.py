"""Reports of errors to a server of Sentry. Without DECIDER_SENTRY_DSN, nothing is sent.

What Decider logs as an error is sent: where in the code it happened, and the id of the request,
under which the server's own log has more. Nothing that people wrote, and nothing of the request
itself: neither its address nor who sent it, nor the words of an exception, which can hold either.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from decider.web.logs import redacted, request_id

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

KEPT: Final = {"event_id", "timestamp", "platform", "level", "logger", "environment", "sdk"}
NOT_OURS: Final = ["django.security.DisallowedHost"]
"""What anybody can cause by a request, and nobody has to fix."""


def report_errors(dsn: str, *, environment: str) -> None:
    """Send errors to the project that `dsn` names, as those of `environment`."""
    import sentry_sdk
    from sentry_sdk.integrations.logging import LoggingIntegration, ignore_logger

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[LoggingIntegration(level=None, event_level=logging.ERROR)],
        before_send=scrubbed,
        include_local_variables=False,
        max_breadcrumbs=0,
        send_client_reports=False,
    )
    for name in NOT_OURS:
        ignore_logger(name)


def scrubbed(event: Event, _hint: Hint) -> Event:
    """What may leave the server of an event."""
    kept: dict[str, Any] = {name: value for name, value in event.items() if name in KEPT}
    kept["tags"] = {"request_id": request_id.get()}
    if words := event.get("logentry", {}).get("message"):
        kept["logentry"] = {"message": redacted(str(words))}  # without what stands in its gaps
    if raised := event.get("exception"):
        kept["exception"] = {"values": [_without_words(one) for one in raised["values"]]}
    return kept  # type: ignore[return-value]


def _without_words(raised: dict[str, Any]) -> dict[str, Any]:
    return {name: raised[name] for name in ("type", "module", "stacktrace") if name in raised}
