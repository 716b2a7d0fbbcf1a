"""Log lines as JSON, without secrets and addresses of people.

The main process of the server uses this too, before Django is set up.
"""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that this thread answers, or answered last."""

SERVER_ERROR = HTTPStatus.INTERNAL_SERVER_ERROR

LINK_FOLDERS = "shared|edit|invited|asked|no-emails"
"""What addresses begin with whose rest is the secret of a link; a regular expression."""

REDACTED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(/(?:{LINK_FOLDERS})/)[^\s'\"<>]+", re.IGNORECASE), r"\1***"),
    (re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+"), "***@***"),
    # PostgreSQL adds the values of the row that it refused.
    (re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE), r"\1: ***"),
    (re.compile(r"(://[^:/\s]*):[^@/\s]+@"), r"\1:***@"),
)


def redacted(text: str) -> str:
    """Text without secret addresses, e-mail addresses, passwords of servers and rows."""
    for pattern, replacement in REDACTED:
        text = pattern.sub(replacement, text)
    return text


class WithoutTraceback(logging.Filter):
    """Leaves the traceback out where a request was refused: that is no fault of the code."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through; Django's on requests have the status of the answer."""
        if getattr(record, "status_code", SERVER_ERROR) < SERVER_ERROR:
            record.exc_info = record.exc_text = None
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request, and what a record adds."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(record.getMessage()),
            "request_id": request_id.get(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["exception"] = redacted(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
