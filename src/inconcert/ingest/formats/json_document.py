"""JSON documents read object by object: an array, objects one after the other, or lists within one large object.

An element that is no JSON is stepped over by matching its braces; where that fails, reading stops there, and this is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inconcert.ingest.formats.json_pages import unfolded
from inconcert.ingest.formats.json_walk import walk
from inconcert.ingest.formats.json_window import Stop, Window, decoded
from inconcert.ingest.natives import Item

_CHUNK_CHARACTERS = 8 << 20
_BETWEEN = re.compile(r"[\s,\[\]]*")
_SPACE = re.compile(r"[\s,]*")


def from_document(
    blocks: Iterator[bytes], under: frozenset[str] = frozenset(), encoding: str = "utf-8"
) -> Iterator[list[Item]]:
    """All objects, many at a time; those in lists at the paths `under` of an outermost object one by one, with their head.

    blocks: of `as_utf8`, kept.   encoding: of the file.
    """
    text = Window(decoded(blocks, encoding), encoding)
    items: list[Item] = []
    size = 0
    for item in _outermost(text, under, encoding):
        items.append(item)
        size += len(item.text)
        if size >= _CHUNK_CHARACTERS:
            yield items
            items, size = [], 0
    if text.damage is not None:
        items.append(Item(None, "", text.damage))
    yield items


def _outermost(text: Window, under: frozenset[str], encoding: str) -> Iterator[Item]:
    in_array = text.peek(_SPACE) == "["
    try:
        while text.peek(_BETWEEN):
            if under and not in_array and text.text[text.place] == "{":
                yield from (item for _, item in walk(text, under))
            else:
                item = text.next_item()
                yield from unfolded(item, text.written, encoding, under)
    except Stop:
        return
