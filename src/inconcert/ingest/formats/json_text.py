"""JSON values, and text with one object a line cut into them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from inconcert.ingest.natives import Item
from inconcert.ingest.shape import unfold
from inconcert.ingest.stream.records import Unreadable, whole_lines


def from_lines(blocks: Iterator[bytes], under: frozenset[str] = frozenset()) -> Iterator[list[Item]]:
    """One object a line, many lines at a time; under: see `natives.Natives.items`."""
    for part in whole_lines(blocks):
        if isinstance(part, Unreadable):
            yield [Item(None, part.line.decode("utf-8", "replace"), part.reason)]
        else:
            yield [item for line in part for item in _read_line(line, under)]


def read_value(text: str) -> Any:
    """A JSON value; numbers stay the text they are written as. ValueError or RecursionError when it is none."""
    return DECODER.decode(text)


DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


def _read_line(line: bytes, under: frozenset[str]) -> list[Item]:
    doubt = None
    try:
        text = line.decode()
    except UnicodeDecodeError:
        text = line.decode("utf-8", "replace")
        doubt = "not UTF-8; the bytes at fault are shown as U+FFFD"
    try:
        return items_of(read_value(text), text, under, doubt)
    except (ValueError, RecursionError) as error:
        return [Item(None, text, f"not JSON ({told(error)})")]


def items_of(value: Any, text: str, under: frozenset[str], doubt: str | None = None) -> list[Item]:
    """The object, or those in its lists at the paths `under`; text: what was read of it."""
    if not isinstance(value, dict):
        return [Item(None, text, "not a JSON object")]
    found = list(unfold(value, under))
    if len(found) == 1 and found[0][0] is value:
        return [Item(value, text, doubt)]
    return [Item(one, json.dumps(one, ensure_ascii=False), doubt, head) for one, head in found]


def told(error: Exception) -> str:
    """What is wrong with JSON text, in words."""
    return str(error) if isinstance(error, ValueError) else "nested too deeply"
