"""What the documentation says to type, typed."""

from __future__ import annotations

import re
import subprocess

from django.conf import settings

from decider.reports.services.reports import export_of, freeze_report


def test_hash_of_the_report_in_an_export_is_had_as_documented(assessment, browser_key, tmp_path):
    text = (settings.BASE_DIR / "docs" / "exports.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^  (sed .*sha256sum)$", text, re.MULTILINE)
    report = freeze_report(assessment=assessment, browser=browser_key)
    (tmp_path / "report.json").write_text(export_of(report), encoding="utf-8")
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode().split()[0] == report.content_hash
