"""What the documents say of this repository."""

from __future__ import annotations

import re

from django.conf import settings

from decider.web.logs import LINK_FOLDERS

TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_each_promise_names_tests_that_there_are():
    text = (settings.BASE_DIR / "docs" / "security.md").read_text(encoding="utf-8")
    promises = [line for line in text.splitlines() if line.startswith("| ")][2:]
    assert len(promises) > 20
    for promise in promises:
        named = TEST.findall(promise)
        assert named, promise
        for path, name in named:
            source = (settings.BASE_DIR / path).read_text(encoding="utf-8")
            assert f"def {name}(" in source, f"{path}::{name}"


def test_proxy_logs_no_address_that_is_a_secret():
    config = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert f"location ~* ^/({LINK_FOLDERS})/ {{\n        access_log off;" in config
