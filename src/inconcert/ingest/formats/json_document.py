"""JSON documents read object by object: an array, objects one after the other, or lists within one large object.

An element that is no JSON is stepped over by matching its braces; where that fails, reading stops there, and this is told.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.formats.json_text import DECODER, items_of, told
from inconcert.ingest.natives import Item
from inconcert.ingest.stream.byte_stream import Damaged
from inconcert.ingest.stream.supply import RECORD_BYTES_MAX

_CHUNK_CHARACTERS = 8 << 20
_BETWEEN = re.compile(r"[\s,\[\]]*")
_SPACE = re.compile(r"[\s,]*")
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}]', re.DOTALL)


def from_document(blocks: Iterator[bytes], under: frozenset[str] = frozenset()) -> Iterator[list[Item]]:
    """All objects, many at a time; those in lists at the paths `under` of an outermost object one by one, with their head."""
    text = _Text(blocks)
    items: list[Item] = []
    size = 0
    for item in _outermost(text, under):
        items.append(item)
        size += len(item.text)
        if size >= _CHUNK_CHARACTERS:
            yield items
            items, size = [], 0
    if text.damage is not None:
        items.append(Item(None, "", text.damage))
    yield items


class _Stop(Exception):
    """What follows cannot be told apart."""


def _outermost(text: _Text, under: frozenset[str]) -> Iterator[Item]:
    in_array = text.peek(_SPACE) == "["
    try:
        while text.peek(_BETWEEN):
            if under and not in_array and text.text[text.place] == "{":
                yield from _within(text, under, "")
                continue
            value, source, fault = _next_value(text)
            if fault is not None:
                yield fault
            else:
                yield from items_of(value, source, under)
    except _Stop:
        return


def _within(text: _Text, under: frozenset[str], path: str) -> Iterator[Item]:
    """The objects in the lists of the object at the place; the object itself if it is outermost and has none of them."""
    start, found = text.place, False
    head: dict[str, Any] = {}
    text.place += 1
    while (mark := text.peek(_SPACE)) and mark != "}":
        key, _, fault = _next_value(text)
        if fault is not None or not isinstance(key, str) or text.peek(_SPACE) != ":":
            yield fault or Item(None, text.rest(start), "not JSON (a name and a colon were expected)")
            raise _Stop
        text.place += 1
        mark, inner = text.peek(_SPACE), f"{path}.{key}" if path else key
        if mark == "[" and inner in under:
            found = True
            yield from _elements(text, dict(head))
        elif mark in ("[", "{") and any(one.startswith(f"{inner}.") for one in under):
            found = True
            yield from _on_the_way(text, under, inner)
        else:
            value, _, fault = _next_value(text)
            if fault is not None:
                yield fault
                raise _Stop
            head[key] = value
    text.place += 1
    if not found and not path and head:
        yield Item(head, json.dumps(head, ensure_ascii=False))


def _on_the_way(text: _Text, under: frozenset[str], path: str) -> Iterator[Item]:
    if text.peek(_SPACE) == "{":
        yield from _within(text, under, path)
        return
    text.place += 1
    while (mark := text.peek(_SPACE)) and mark != "]":
        if mark == "{":
            yield from _within(text, under, path)
        else:
            _, source, fault = _next_value(text)
            yield fault or Item(None, source, "not a JSON object")
    text.place += 1


def _elements(text: _Text, head: Mapping[str, Any]) -> Iterator[Item]:
    text.place += 1
    while (mark := text.peek(_SPACE)) and mark != "]":
        value, source, fault = _next_value(text)
        if fault is not None:
            yield fault
        elif isinstance(value, dict):
            yield Item(value, source, None, head)
        else:
            yield Item(None, source, "not a JSON object")
    text.place += 1


class _Text:
    """Decoded text that is read from blocks as needed; what was used is forgotten."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self.text, self.place = "", 0
        self.damage: str | None = None
        self.ended = self.broken = False
        self._blocks = blocks
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def peek(self, between: re.Pattern[str]) -> str:
        """The next character past what is between values, which is skipped; "" at the end."""
        while True:
            match = between.match(self.text, self.place)
            self.place = match.end() if match else self.place
            if self.place < len(self.text):
                return self.text[self.place]
            if not self.more():
                return ""

    def rest(self, start: int) -> str:
        """The beginning of what is still held, from that place on if it is."""
        return self.text[min(start, self.place) :][:1000]

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


def _next_value(text: _Text) -> tuple[Any, str, Item | None]:
    """The value at the place with its text, or the fault there, moving past it; _Stop where reading cannot go on.

    The fault of a place where reading stops is given at the next call as _Stop, so that it is told first.
    """
    while True:
        start = text.place
        try:
            value, text.place = DECODER.raw_decode(text.text, start)
        except (ValueError, RecursionError) as error:
            if text.broken:
                raise _Stop from error
            if text.more():
                continue
            fault = f"not JSON ({told(error)})"
            start, end = text.place, _end_of_object(text.text, text.place)
            if end is None:
                fault += "; what follows cannot be told apart and was not read"
                text.broken = True
            shown = text.text[start : end or start + 1000]
            text.place = end or text.place
            return None, "", Item(None, shown, fault)
        return value, text.text[start : text.place], None


def _end_of_object(text: str, place: int) -> int | None:
    """Where the object at the place ends by its braces, if a comma or the end of the array follows; else None."""
    depth = 0
    for token in _TOKEN.finditer(text, place):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0:
            after = text[token.end() : token.end() + 100].lstrip()
            return token.end() if after[:1] in (",", "]", "") else None
    return None
