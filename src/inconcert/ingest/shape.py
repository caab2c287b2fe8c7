"""Native objects that are no rows: how a tool's nested records become flat ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Native = dict[str, Any]
"""One object as its source wrote it: JSON values, numbers as the text they are written as."""


class Unfit(Exception):
    """A native object that should be a record and cannot be one; the message says why, for the table of rejects."""


class Passed(Exception):
    """A native object that is understood and holds no record of ours; the message names its kind, in the plural: "likes"."""


@dataclass(frozen=True)
class Shape:
    """How a tool's native objects are recognised, and what records each holds.

    fits: whether an object is this tool's, asked of the first objects of a file with their head.
    records: (object, head) -> none, one or several records {field: value} with names of the importer's table; a value is a
    string, a number as text, true or false, a list of strings, or None. Unfit and Passed for objects without any.
    under: paths of lists that hold the objects, where a document wraps them: {"name": …, "messages": [ … ]}. The other members
    of the object around that list are the head; those after the list may be missing in it. See `unfold`.
    fields: the fields that records may have, in the order of the table's.
    private: whether an object is a message that was not written in public: it is set aside unless the user insists.
    told_by: what `fits` asks for, as people and docs name it: each a set of keys that an object of the tool has, with spaces
    between, dots in the paths of nested ones, | between keys of which any will do: "id created_at user.id_str".
    told: what the values must say besides; for formats that are no JSON, how such a file is known.
    """

    fits: Callable[[Native, Mapping[str, Any]], bool]
    records: Callable[[Native, Mapping[str, Any]], Iterable[Mapping[str, Any]]]
    fields: tuple[str, ...]
    under: tuple[str, ...] = ()
    private: Callable[[Native, Mapping[str, Any]], bool] | None = None
    told_by: tuple[str, ...] = ()
    told: str = ""


def unfold(native: Native, under: Iterable[str]) -> Iterator[tuple[Native, Mapping[str, Any]]]:
    """The objects in the lists at those paths within an object, each with the members beside its list.

    A path is names joined by dots; lists on the way are gone through: "chats.list.messages". The object itself, with an empty
    head, when it has none of these lists, or none with an object in it. By path, then as they come.
    """
    found = False
    for path in sorted(under):
        *way, name = path.split(".")
        around: list[Any] = [native]
        for step in way:
            around = [one for each in around for one in _as_list(each.get(step)) if isinstance(one, dict)]
        for one in around:
            listed = members(one, name)
            head = {key: value for key, value in one.items() if key != name} if listed else {}
            found = found or bool(listed)
            yield from ((item, head) for item in listed)
    if not found:
        yield native, {}


def has_keys(native: Native, names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Which of the keys, written as in `Shape.told_by`, an object has, and which it lacks; of a list on the way its first
    member counts."""
    found: list[str] = []
    lacking: list[str] = []
    for name in names:
        there = any(_holds(native, path.split(".")) for path in name.split("|"))
        (found if there else lacking).append(name)
    return found, lacking


def _holds(native: Any, path: list[str]) -> bool:
    if isinstance(native, dict) and ".".join(path) in native:  # a table's column, or a key with dots of its own
        return True
    for step in path:
        native = native[0] if isinstance(native, list) and native else native
        if not isinstance(native, dict) or step not in native:
            return False
        native = native[step]
    return True


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def as_text(value: Any) -> str | None:
    """A native value as the text of a cell: strings and numbers as written, lists and objects as JSON; None if absent."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple) and not value:
        return None
    return json.dumps(value, ensure_ascii=False)


def at(native: Any, *path: str | int) -> Any:
    """The value under those names and places of nested objects and lists; None when any of them is missing.

    `at(post, "legacy", "entities", "urls", 0, "expanded_url")`
    """
    for step in path:
        if isinstance(step, str):
            native = native.get(step) if isinstance(native, dict) else None
        else:
            native = native[step] if isinstance(native, list) and -len(native) <= step < len(native) else None
    return native


def members(native: Any, *path: str | int) -> list[Any]:
    """The objects in the list under those names: [] when there is none; what is no object is left out."""
    found = at(native, *path)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
