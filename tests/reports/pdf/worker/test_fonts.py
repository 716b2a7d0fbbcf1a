"""The bundled fonts."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from decider.reports.pdf.worker.fonts import ASSETS, covered

FONTS = sorted((ASSETS / "fonts").glob("*.ttf"))


def test_list_of_code_points_is_what_the_fonts_cover() -> None:
    points = set()
    for path in FONTS:
        with TTFont(path, lazy=True) as font:
            points.update(font.getBestCmap())
    assert covered() == points


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_font_may_be_embedded(path) -> None:
    with TTFont(path, lazy=True) as font:
        assert not font["OS/2"].fsType & 0b0010, "restricted embedding"


def test_stylesheet_names_every_font_and_no_other() -> None:
    css = (ASSETS / "report.css").read_text(encoding="utf-8")
    named = {part.split(")")[0] for part in css.split("url(")[1:]}
    assert named == {f"fonts/{path.name}" for path in FONTS}
