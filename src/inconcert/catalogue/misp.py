"""Indicators in MISP events: attributes, attributes of objects, and the techniques an event is tagged with."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from inconcert.catalogue import disarm
from inconcert.catalogue.record import COMMENT_AT_MOST, NAME_AT_MOST, Record, SetAside, cut, set_aside
from inconcert.catalogue.stated import stated
from inconcert.ingest.natives import Item
from inconcert.ingest.shape import at, members

UNDER = frozenset({"response"})
"""Where a document keeps its events."""
DELETED = "deleted by its publisher"

_ACCOUNT = {
    "id": "account",
    "name": "handle",
    "accountid": "account",
    "accountname": "handle",
    "username": "handle",
    "link": "url",
}
_ACCOUNT |= {"displayname": "displayname", "url": "url", "accounturl": "url", "profile": "url"}
_POST = {"post": "text", "text": "text", "username": "handle", "link": "url", "url": "url", "hashtag": "hashtag"}
_TAG = re.compile(r"misp-galaxy:disarm-techniques=\"(.{1,200})\"\Z")
_NO_SIGN = frozenset(
    {"datetime", "boolean", "counter", "float", "comment", "size-in-bytes", "attachment", "other", "text"}
)
"""Types of attributes that say something of an indicator and are none."""


def of_misp(items: Iterable[Item]) -> Iterator[Record | SetAside]:
    """The attributes of every event, numbered over the file."""
    row = 0
    for item in items:
        event = at(item.record, "Event") if item.record is not None else None
        if not isinstance(event, dict):
            row += 1
            yield set_aside(row, item.text, item.reason or "not a MISP event")
            continue
        operation = cut(_string(event.get("info")), NAME_AT_MOST)
        for attribute, object_name in _attributes(event):
            row += 1
            yield from _of_attribute(row, attribute, object_name, operation)
        for number in _techniques(event):
            row += 1
            yield Record(row, number, "technique", operation=operation)


def _attributes(event: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    for attribute in members(event, "Attribute"):
        yield attribute, None
    for one in members(event, "Object"):
        for attribute in members(one, "Attribute"):
            yield attribute, _string(one.get("name"))


def _of_attribute(
    row: int, attribute: Mapping[str, Any], object_name: str | None, operation: str | None
) -> Iterator[Record | SetAside]:
    value, type = _string(attribute.get("value")) or "", _string(attribute.get("type")) or ""
    if attribute.get("deleted") in (True, "true", "1"):
        yield set_aside(row, value, DELETED)
        return
    relation = re.sub(r"\W+", "", _string(attribute.get("object_relation")) or "").casefold()
    name = (object_name or "").casefold()
    words = (
        _ACCOUNT
        if name.endswith(("-account", "-channel", "-page", "-group"))
        else _POST
        if name.endswith(("-post", "microblog"))
        else {}
    )
    meant = words.get(relation)
    comment = cut(_string(attribute.get("comment")), COMMENT_AT_MOST)
    platform = name.rpartition("-")[0] if words and name not in ("user-account", "microblog") and "-" in name else None
    if meant is None and type in _NO_SIGN:
        yield set_aside(row, value, f"MISP attribute of type {type}" + (f" in an object {name[:40]}" if name else ""))
        return
    types, values = (meant or type).split("|"), [value] if meant else value.split("|")
    for word, part in zip(types, values if len(values) == len(types) else [value], strict=False):
        if meant is not None or stated(word) is not None:
            yield Record(row, part, word, platform, operation, comment)
        else:
            yield Record(row, part, None, platform, operation, comment)


def _techniques(event: Mapping[str, Any]) -> Iterator[str]:
    """Numbers of the DISARM techniques that an event has as galaxy clusters or tags, each once."""
    found: dict[str, None] = {}
    for tag in members(event, "Tag"):
        if match := _TAG.match(_string(tag.get("name")) or ""):
            found |= dict.fromkeys(_by_name().get(match[1].casefold(), ()))
    for galaxy in members(event, "Galaxy"):
        for cluster in members(galaxy, "GalaxyCluster"):
            number = at(cluster, "meta", "external_id", 0) or at(cluster, "meta", "external_id")
            if isinstance(number, str) and disarm.NUMBER.fullmatch(number):
                found[number] = None
    yield from found


@functools.cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    known = [*disarm.techniques().values(), *disarm.retired().values()]
    return {one.name.casefold(): (one.id,) for one in reversed(known)}


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None
