"""Nested JSON objects as flat records: "author": {"id": "7"} becomes the column author.id."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

DEPTH_MAX = 12
"""Deeper objects stay JSON text."""


def paths(record: Mapping[str, Any], prefix: str = "", depth: int = 1) -> Iterator[str]:
    """Names of the columns of a record, in its order.

    A list is one column, but a list of objects of type and id, as the X API writes references to posts, gives one for each
    type: referenced_tweets.retweeted.id.
    """
    for key, value in record.items():
        name = prefix + key
        if not isinstance(value, dict | list):
            yield name
        elif isinstance(value, dict) and value and depth < DEPTH_MAX:
            yield from paths(value, f"{name}.", depth + 1)
        elif types := _by_type(value):
            yield from (f"{name}.{kind}.id" for kind in types)
        else:
            yield name


def value_at(record: Mapping[str, Any], name: str) -> str | None:
    """The value of the column `name` as text: strings and numbers as written, lists and objects as JSON; None if absent."""
    found = _find(record, name)
    if found is None or isinstance(found, str):
        return found
    if isinstance(found, bool):
        return "true" if found else "false"
    return json.dumps(found, ensure_ascii=False)


def _find(record: Mapping[str, Any], name: str) -> Any:
    if name in record:
        return record[name]
    place = name.find(".")
    while place >= 0:
        inner = record.get(name[:place])
        rest = name[place + 1 :]
        if isinstance(inner, dict):
            return _find(inner, rest)
        if isinstance(inner, list) and rest.endswith(".id"):
            return _by_type(inner).get(rest.removesuffix(".id"))
        place = name.find(".", place + 1)
    return None


def _by_type(value: object) -> dict[str, Any]:
    """{type: id} of a list of objects that have these two and nothing else, the first of each type; else empty."""
    if not isinstance(value, list) or not value:
        return {}
    if not all(
        isinstance(item, dict) and item.keys() == {"type", "id"} and isinstance(item["type"], str) for item in value
    ):
        return {}
    return {item["type"]: item["id"] for item in reversed(value)}
