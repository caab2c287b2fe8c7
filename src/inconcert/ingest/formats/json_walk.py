"""The objects in lists within one JSON object, each with what was written for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.formats.json_window import NotJson, Stop, Window
from inconcert.ingest.formats.repeated_names import REPEATED
from inconcert.ingest.natives import Item
from inconcert.ingest.stream.supply import RECORD_BYTES_MAX

_SPACE = re.compile(r"[\s,]*")
_CUT_SHORT = "the document ends within an object"


def walk(text: Window, under: frozenset[str], path: str = "") -> Iterator[tuple[str, Item]]:
    """The objects in the lists at the paths `under` of the object at the place, each with its path and the members before
    its list as head; the object itself, at "", if it has none of these lists.   path: of the object.

    Stop where reading cannot go on.
    """
    within = bool(path)  # such a list, or on the way to one
    head: dict[str, Any] = {}
    size = 0
    repeated = False
    text.peek(_SPACE)
    if not within:
        text.hold()
    text.place += 1
    while (mark := text.peek(_SPACE)) and mark != "}":
        try:
            name = _name(text)
            mark, inner = text.peek(_SPACE), f"{path}.{name}" if path else name
            on_the_way = mark in ("[", "{") and any(one.startswith(f"{inner}.") for one in under)
            if not on_the_way and not (mark == "[" and inner in under):
                value = text.value()
                size += text.length
                repeated = repeated or name in head
                if size <= RECORD_BYTES_MAX:
                    head[name] = value
                continue
        except NotJson as error:
            yield path, text.set_aside(str(error))
            if not within:
                return
            continue
        if not within:
            text.release()
            within = True
        for where, one in _on_the_way(text, under, inner) if on_the_way else _elements(text, inner, dict(head)):
            told = repeated and one.record is not None and one.reason is None
            yield where, one._replace(reason=REPEATED) if told else one
            repeated = repeated and not told
    if not mark:
        yield path, text.set_aside(_CUT_SHORT)
        raise Stop
    text.place += 1
    if not within:
        yield path, text.item(head)


def _name(text: Window) -> str:
    """The name of the member at the place, moving past it and its colon."""
    key = text.value()
    if not isinstance(key, str) or text.peek(_SPACE) != ":":
        raise NotJson("not JSON (a name and a colon were expected)")
    text.place += 1
    return key


def _on_the_way(text: Window, under: frozenset[str], path: str) -> Iterator[tuple[str, Item]]:
    if text.peek(_SPACE) == "{":
        yield from walk(text, under, path)
        return
    text.place += 1
    while (mark := text.peek(_SPACE)) and mark != "]":
        if mark == "{":
            yield from walk(text, under, path)
        else:
            yield path, text.next_item()
    text.place += 1


def _elements(text: Window, path: str, head: Mapping[str, Any]) -> Iterator[tuple[str, Item]]:
    text.place += 1
    while (mark := text.peek(_SPACE)) and mark != "]":
        yield path, text.next_item(head)
    text.place += 1
