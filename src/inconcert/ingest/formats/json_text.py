"""JSON values, and what their source wrote for them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from inconcert.ingest.natives import Item
from inconcert.ingest.shape import Native
from inconcert.ingest.stream.encoding import bytes_of, marked

DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_SEAM, _SEAM_WORD, _SEAM_BYTES = object(), b"NaN", b",NaN,"
_SEAMED = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=lambda name: _SEAM if name == "NaN" else name)
DOUBT = "not UTF-8; the bytes at fault are shown as U+FFFD"


def read_value(text: str) -> Any:
    """A JSON value; numbers stay the text they are written as. ValueError or RecursionError when it is none."""
    return DECODER.decode(text)


def read_objects(lines: Sequence[bytes]) -> list[Native] | None:
    """The JSON objects in UTF-8 of which each line is one, as `read_value` reads them; None when any line is something else."""
    together = _SEAM_BYTES.join(lines)
    if together.count(_SEAM_WORD) >= len(lines):  # a line has it too
        return None
    try:
        text = f"[{together.decode()}]"
        values, end = _SEAMED.raw_decode(text)
    except (ValueError, RecursionError):
        return None
    objects: list[Native] = values[::2]
    seams = values[1::2]
    # No line has the word of the seam: as many seams on the outside as lines have, and every line was whole by itself.
    whole = len(objects) == len(lines) == len(seams) + 1 and end == len(text)
    if whole and all(seam is _SEAM for seam in seams) and all(type(one) is dict for one in objects):
        return objects
    return None


def item(
    value: Any,
    written: str,
    encoding: str,
    *,
    faulty: bool,
    reason: str | None = None,
    head: Mapping[str, Any] | None = None,
) -> Item:
    """One item out of the text that `encoding.text_of` gives for it.   faulty: whether bytes in it may be at fault."""
    exact = encoding == "utf-8" and not faulty
    return Item(
        value, marked(written) if faulty else written, reason, head, None if exact else bytes_of(written, encoding)
    )


def told(error: Exception) -> str:
    """What is wrong with JSON text, in words."""
    return str(error) if isinstance(error, ValueError) else "nested too deeply"
