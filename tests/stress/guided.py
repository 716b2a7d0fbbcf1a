"""Damaged files that lead into code which none has reached before, by atheris.

`./dev fuzz questionnaire`, `./dev fuzz answers` or `./dev fuzz pdf`, then how many seconds (60) and
options of libFuzzer. A file that raises, takes longer than two seconds, or more than 300 MB,
is written to var/fuzz/ and ends the run with an error.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import atheris
import pikepdf

with atheris.instrument_imports(include=["decider"]):
    from tests.stress.readers import READERS

from tests import bicycle, heating

ROOT = Path(__file__).resolve().parents[2]


def pdf_with_report() -> bytes:
    """A PDF of one empty page with two files attached."""
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["report.json"] = pdf.attachments["other.txt"] = b"{}"
        pdf.save(content)
    return content.getvalue()


SEEDS = {
    "questionnaire": [bicycle.TEXT.encode(), heating.TEXT.encode()],
    "answers": [b"questionnaire: which-bicycle\nanswers: {load: bag}\nnotes: {load: b}\n"],
    "pdf": [pdf_with_report()],
}
MEGABYTES = 300
"""With Python and the libraries, which take a third of that."""


def main(name: str, seconds: str = "60", *options: str) -> None:
    """Damage files of this kind for so many seconds."""
    folder = ROOT / "var" / "fuzz" / name
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (folder / f"seed-{number}").write_bytes(seed)
    limits = ["-timeout=2", f"-rss_limit_mb={MEGABYTES}", f"-max_total_time={seconds}"]
    found = f"-artifact_prefix={folder.parent}/{name}-"
    atheris.Setup([sys.argv[0], str(folder), *limits, found, *options], READERS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
