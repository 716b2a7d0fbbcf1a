"""PDFs of real reports against PDF/A-3a and PDF/UA-1, by veraPDF, poppler and qpdf."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from django.test import override_settings

from decider.reports.pdf.pades import with_signature
from decider.reports.pdf.worker.fonts import ASSETS
from tests.conformance.documents import printed_files
from tests.conformance.verapdf import PROFILES, Findings, validate
from tests.reports.pdf.certificates import KEY, PASSWORD, certificate, packed

NAMES = (
    *("example.pdf", "example-letter.pdf", "all-unknown.pdf", "everything-ruled-out.pdf"),
    *("long-notes.pdf", "texts-of-the-world.pdf", "endless-words.pdf", "signed.pdf", "rules.pdf"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """All PDFs; the example is there with a PAdES signature, and spoilt, too."""
    folder: Path = tmp_path_factory.mktemp("pdf")
    with override_settings(SIGNING_KEY_DIR=folder / "keys"):
        files = printed_files()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    sign(folder / "example.pdf", folder / "signed.pdf")
    spoil(folder / "example.pdf", folder / "spoilt.pdf")
    return folder


def sign(source: Path, target: Path) -> None:
    key = target.with_suffix(".p12")
    key.write_bytes(packed(KEY, certificate(days=30)))
    with override_settings(SIGNING_CERTIFICATE=key, SIGNING_PASSWORD=PASSWORD):
        target.write_bytes(with_signature(source.read_bytes()))


def spoil(source: Path, target: Path) -> None:
    with pikepdf.open(source) as pdf:
        pdf.Root.MarkInfo.Marked = False
        pdf.save(target)


@pytest.fixture(scope="module")
def findings(folder) -> Findings:
    """What veraPDF finds in all of them, in one run."""
    return validate(sorted(folder.glob("*.pdf")))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", NAMES)
def test_pdf_conforms(findings, name, profile) -> None:
    assert findings[name][profile] == []


def test_validator_tells_what_is_broken(findings) -> None:
    rules = {
        profile: [found.split(":")[0] for found in findings["spoilt.pdf"][profile]]
        for profile in PROFILES
    }
    assert rules == {"3a": ["6.7.2.2-1"], "ua1": ["6.2-1"]}


@pytest.mark.parametrize("name", NAMES)
def test_fonts_are_bundled_embedded_and_subset(folder, name) -> None:
    bundled = {re.sub(r"[^a-z]", "", path.stem.split("-")[0]) for path in ASSETS.rglob("*.ttf")}
    done = subprocess.run(["pdffonts", folder / name], capture_output=True, check=True, text=True)
    rows = [line.split() for line in done.stdout.splitlines()[2:]]
    assert rows
    for font, *_, embedded, subset, unicode, _number, _generation in rows:
        assert (embedded, subset, unicode) == ("yes", "yes", "yes")
        assert re.sub(r"[^a-z]", "", font.split("+")[1].split("-")[0].lower()) in bundled


@pytest.mark.parametrize("name", NAMES)
def test_no_character_lacks_its_glyph(folder, name) -> None:
    with pikepdf.open(folder / name) as pdf:
        for page in pdf.pages:
            assert 0 not in glyphs(page)


def glyphs(page: pikepdf.Page) -> set[int]:
    """The numbers of all glyphs on a page, which every font of ours writes in two bytes."""
    found: set[int] = set()
    for operands, operator in pikepdf.parse_content_stream(page, "Tj TJ"):
        parts = operands[0] if str(operator) == "TJ" else operands
        for text in (bytes(part) for part in parts if isinstance(part, pikepdf.String)):
            found.update(int.from_bytes(text[at : at + 2]) for at in range(0, len(text), 2))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_qpdf_has_nothing_to_complain_of(folder, name) -> None:
    with pikepdf.open(folder / name) as pdf:
        assert pdf.check_pdf_syntax() == []
