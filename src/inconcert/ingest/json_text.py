"""JSON text cut into its records: one object a line, or an array of objects; faults are stepped over where possible."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from inconcert.ingest.byte_stream import Damaged
from inconcert.ingest.records import Unreadable, whole_lines
from inconcert.ingest.supply import RECORD_BYTES_MAX

Record = dict[str, Any]

_CHUNK_CHARACTERS = 8 << 20
_BETWEEN = re.compile(r"[\s,\[\]]*")
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}]', re.DOTALL)


@dataclass(frozen=True)
class Item:
    """A record, or the text of one that cannot be read and why; with a record, the reason is a doubt about it."""

    record: Record | None
    text: str = ""
    reason: str | None = None


def from_lines(blocks: Iterator[bytes]) -> Iterator[list[Item]]:
    """One object a line, many lines at a time."""
    for part in whole_lines(blocks):
        if isinstance(part, Unreadable):
            yield [Item(None, part.line.decode("utf-8", "replace"), part.reason)]
        else:
            yield [item for line in part for item in _read_line(line)]


def from_document(blocks: Iterator[bytes]) -> Iterator[list[Item]]:
    """Objects in an array, or one after the other, many at a time.

    An element that is no JSON is stepped over by matching its braces; where that fails, reading stops there.
    """
    text = _Text(blocks)
    items: list[Item] = []
    size = 0
    while text.seek():
        start = text.place
        item, more = _next_value(text)
        items += item
        size += max(0, text.place - start)
        if not more:
            break
        if size >= _CHUNK_CHARACTERS:
            yield items
            items, size = [], 0
    if text.damage is not None:
        items.append(Item(None, "", text.damage))
    yield items


def read_value(text: str) -> Any:
    """A JSON value; numbers stay the text they are written as. ValueError or RecursionError when it is none."""
    return _DECODER.decode(text)


_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


def _read_line(line: bytes) -> list[Item]:
    doubt = None
    try:
        text = line.decode()
    except UnicodeDecodeError:
        text = line.decode("utf-8", "replace")
        doubt = "not UTF-8; the bytes at fault are shown as U+FFFD"
    try:
        return _records(read_value(text), text, doubt)
    except (ValueError, RecursionError) as error:
        return [Item(None, text, f"not JSON ({_told(error)})")]


def _records(value: Any, text: str, doubt: str | None = None) -> list[Item]:
    """The object itself, or the objects of a page under "data", each with its author from the page's "includes"."""
    if not isinstance(value, dict):
        return [Item(None, text, "not a JSON object")]
    page = value.get("data")
    if not isinstance(page, list) or not all(isinstance(item, dict) for item in page):
        return [Item(value, text, doubt)]
    users = _included_users(value.get("includes"))
    records = [{"author": users[r["author_id"]], **r} if r.get("author_id") in users else r for r in page]
    return [Item(record, "", doubt) for record in records]


def _included_users(includes: Any) -> dict[str, Record]:
    users = includes.get("users") if isinstance(includes, dict) else None
    if not isinstance(users, list):
        return {}
    return {user["id"]: user for user in users if isinstance(user, dict) and isinstance(user.get("id"), str)}


class _Text:
    """Decoded text that is read from blocks as needed; what was used is forgotten."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self.text, self.place = "", 0
        self.damage: str | None = None
        self.ended = False
        self._blocks = blocks
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def seek(self) -> bool:
        """Go to the next value, past commas and the brackets around the whole; False when there is none."""
        while True:
            self.place = _next_place(self.text, self.place)
            if self.place < len(self.text):
                return True
            if not self.more():
                return False

    def more(self) -> bool:
        """Have more text; False at the end, or with a whole record's worth waiting already."""
        waiting = len(self.text) - self.place
        if self.ended or waiting >= RECORD_BYTES_MAX:
            return False
        try:
            block = next(self._blocks, None)
        except Damaged as damage:
            block, self.damage = None, str(damage)
        self.ended = block is None
        self.text = self.text[self.place :] + self._decoder.decode(block or b"", final=self.ended)
        self.place = 0
        return True


def _next_place(text: str, place: int) -> int:
    match = _BETWEEN.match(text, place)
    return match.end() if match else place


def _next_value(text: _Text) -> tuple[list[Item], bool]:
    """The items of the value at the place, moving past it, and whether reading can go on."""
    while True:
        try:
            value, text.place = _DECODER.raw_decode(text.text, text.place)
        except (ValueError, RecursionError) as error:
            if text.more():
                continue
            fault = f"not JSON ({_told(error)})"
            start, end = text.place, _end_of_object(text.text, text.place)
            text.place = end or len(text.text)
            if end is None:
                fault += "; what follows cannot be told apart and was not read"
            return [Item(None, text.text[start : start + 1000], fault)], end is not None
        return _records(value, ""), True


def _end_of_object(text: str, place: int) -> int | None:
    """Where the object at the place ends by its braces, if a comma or the end of the array follows; else None."""
    depth = 0
    for token in _TOKEN.finditer(text, place):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0:
            after = text[token.end() : token.end() + 100].lstrip()
            return token.end() if after[:1] in (",", "]", "") else None
    return None


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, ValueError) else "nested too deeply"
