"""What the words have meant: the figures of the method are those of its documentation."""

from __future__ import annotations

import re
from pathlib import Path

from decider.engine.scoring.method import CURRENT, GRADES, MAVT_1

TEXT = (Path(__file__).parents[3] / "docs" / "method.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\w[\w ]+) \| (\d+) \| (\d+)", re.MULTILINE)


def test_track_record_is_the_documented_one() -> None:
    documented = {words: (int(hits), int(readings)) for words, readings, hits in ROW.findall(TEXT)}
    words = {level: name for _, level, name in GRADES} | {"no-clear-winner": "No clear winner"}
    stated = {words[level]: (hits, readings) for level, hits, readings in CURRENT.track_record}
    assert stated == {
        "Strong": (11, 11),
        "Favoured": (21, 21),
        "Leaning": (60, 82),
        "No clear winner": (22, 41),
    }
    assert stated.items() <= documented.items()


def test_method_whose_words_were_never_checked_claims_nothing() -> None:
    assert MAVT_1.track_record == ()
