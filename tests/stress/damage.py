"""Files that people might send, damaged: their bytes, and the data in them."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import strategies as st

from tests.stress.visitors import HOSTILE

BYTES = [
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"---\n", b"&a ", b"*a", b"!!python/object "),
    *(b"[" * 5000, b'{"a":' * 2000, b"- " * 5000, b"9" * 5000, b"1e999", b"NaN", b"\\ud800"),
    *(b"<<: ", b"? ", b"%PDF-1.7\n", b"endobj", b"stream\n", b"<</Length 99999999999>>"),
    *(b"/Kids [1 0 R 2 0 R 3 0 R]", b"/Names [(a) 1 0 R]", b"/EmbeddedFiles 1 0 R", b" 0 R"),
]
"""What means something in YAML, JSON or PDF, or much of it."""

VALUES = st.one_of(
    st.sampled_from([*HOSTILE, "mavt-1", "mavt-9", "decider-record/1", "accepted"]),
    st.sampled_from([None, True, False, 0, -1, 3, 10**30, 0.5, 1e300, [], {}, [[]], {"": ""}]),
    st.text(max_size=20),
    st.integers(-10, 200),
)


@st.composite
def damaged_bytes(draw: st.DrawFn, files: list[bytes]) -> bytes:
    """One of these files, changed at one to four places."""
    content = draw(st.sampled_from(files))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(content)))
        removed = draw(st.sampled_from([0, 1, 8, 200, len(content)]))
        added = draw(st.one_of(st.sampled_from(BYTES), st.binary(max_size=30)))
        content = content[:place] + added + content[place + removed :]
    return content


@st.composite
def damaged_data(draw: st.DrawFn, roots: list[Any]) -> bytes:
    """One of these values as JSON, which YAML is too, after one to four changes in it."""
    root = copy.deepcopy(draw(st.sampled_from(roots)))
    for number in range(draw(st.integers(1, 4))):
        holder, key = draw(st.sampled_from(places(root)))
        match draw(st.integers(0, 3)):
            case 0:
                holder[key] = copy.deepcopy(draw(VALUES))  # later changes may be inside of it
            case 1:
                del holder[key]
            case 2:
                other, name = draw(st.sampled_from(places(root)))
                holder[key] = copy.deepcopy(other[name])
            case _:
                # Only once: three hundred times three hundred would fill the memory of the test.
                times = [1, 2] if number else [1, 2, 300]
                holder[key] = [holder[key]] * draw(st.sampled_from(times))
        if not places(root):
            break
    return json.dumps(root).encode()


def places(root: Any) -> list[tuple[Any, Any]]:
    """Everything inside, by what holds it and the key or number there."""
    found, holders = [], [root]
    while holders:
        holder = holders.pop()
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        found += [(holder, key) for key in keys]
        holders += [holder[key] for key in keys if isinstance(holder[key], dict | list)]
    return found
