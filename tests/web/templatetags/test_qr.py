"""QR codes of links."""

import re

from decider.web.templatetags.qr import qr_code

ADDRESS = "https://decider.example.org/shared/0_0dufZ3hTJHndyQbd5uqVex1JEa2y"


def modules(picture):
    """How many dark modules each row of the SVG begins with, and its size in modules."""
    size = int(re.search(r'viewBox="0 0 (\d+) ', picture)[1]) // 4
    return size, re.search(r' d="M4 4\.5h(\d+)', picture)[1]


def test_code_is_an_svg_without_style_or_script():
    picture = qr_code(ADDRESS)
    assert picture.startswith('<span class="qr" role="img" aria-label="QR code of the link"><svg')
    assert "style" not in picture
    assert "<script" not in picture


def test_code_grows_with_the_address_and_has_a_quiet_zone_and_finder_pattern():
    assert modules(qr_code(ADDRESS)) == (45, "7")
    assert modules(qr_code(ADDRESS * 3)) == (65, "7")


def test_codes_of_two_addresses_differ():
    assert qr_code(ADDRESS) != qr_code(f"{ADDRESS}a")
