"""Indicators in STIX 2 bundles: equalities in patterns, observed accounts and addresses, and techniques that an operation uses.

What belongs to which operation is read from the relationships: the nearest campaign, else intrusion set, else threat actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from inconcert.catalogue.disarm import NUMBER
from inconcert.catalogue.record import (
    CHARACTERS_AT_MOST,
    COMMENT_AT_MOST,
    NAME_AT_MOST,
    RECORDS_AT_MOST,
    TEXT_AT_MOST,
    Record,
    SetAside,
    cut,
    set_aside,
)
from inconcert.ingest.natives import Item
from inconcert.ingest.shape import at, members

UNDER = frozenset({"objects"})
"""Where a bundle keeps its objects."""
OPERATIONS = ("campaign", "intrusion-set", "threat-actor")
"""Types of objects that are operations, the narrowest first."""
AGAIN = "an object of this id came before in the file"
NO_EQUALITY = "a pattern without an equality of a kind that is read"
REVOKED = "revoked by its publisher"

# a word begins where no other does, and a string that nothing closes runs to the end: no character is read twice
_COMPARED = re.compile(
    r"(?<![a-z0-9\-])([a-z][a-z0-9\-]{0,60}):([\w.'\-\[\]]{1,200})\s{0,20}=\s{0,20}'((?:[^'\\]|\\.)*+)('|\\?\Z)"
    r"|'(?:[^'\\]|\\.)*+(?:'|\\?\Z)",
    re.DOTALL,
)
_KINDS: dict[tuple[str, str], str] = {
    ("domain-name", "value"): "domain", ("url", "value"): "url", ("ipv4-addr", "value"): "ip", ("ipv6-addr", "value"): "ip",
    ("email-addr", "value"): "email", ("user-account", "account_login"): "handle", ("user-account", "user_id"): "account",
    ("user-account", "display_name"): "displayname", ("email-addr", "display_name"): "displayname",
}  # fmt: skip
"""(type of object, property) -> the word for its kind; digests of files besides."""
_HOPS = 3
_BETWEEN = frozenset({"relationship", "report", "grouping", "observed-data", "sighting"})


class _Links:
    """Which objects a bundle ties to which, and the operations among them."""

    def __init__(self) -> None:
        self.names: dict[str, tuple[int, str]] = {}
        self._near: dict[str, list[str]] = {}
        self._ties = 0

    def tie(self, one: object, other: object) -> None:
        if isinstance(one, str) and isinstance(other, str) and self._ties < 2 * RECORDS_AT_MOST:
            self._ties += 1
            self._near.setdefault(one[:100], []).append(other[:100])
            self._near.setdefault(other[:100], []).append(one[:100])

    def operations(self) -> dict[str, str]:
        """Id -> the name of the nearest operation, within _HOPS; of those equally near the narrowest, then the first by name.

        Asked from the operations outward, all at once: a report ties every object of a bundle to every other.
        """
        nearest = dict(self.names)
        rim: Mapping[str, tuple[int, str]] = self.names
        for _ in range(_HOPS):
            step: dict[str, tuple[int, str]] = {}
            for one, its in rim.items():
                for near in self._near.get(one, ()):
                    if near not in nearest:
                        step[near] = min(its, step.get(near, its))
            nearest |= step
            rim = step
        return {id: name for id, (_, name) in nearest.items()}


def of_stix(items: Iterable[Item]) -> Iterator[Record | SetAside]:
    """The values of a bundle, in its order; objects that hold none are set aside by type."""
    links, ids = _Links(), set[str]()
    held: list[tuple[int, str, list[tuple[str, str]], str | None, str | None]] = []
    count = characters = 0
    for row, item in enumerate(items, start=1):
        one = item.record
        if one is None:
            yield set_aside(row, item.text, item.reason or "not a STIX object")
            continue
        id, type = _string(one.get("id"))[:100], _string(one.get("type"))[:100]
        if id in ids:
            yield set_aside(row, id, AGAIN)
            continue
        ids.add(id)
        if type in OPERATIONS and (name := cut(_string(one.get("name")), NAME_AT_MOST)):
            links.names[id] = (OPERATIONS.index(type), name)
        _tie(links, one, id, type)
        values = [(kind, value[: TEXT_AT_MOST + 1]) for kind, value in islice(_values(one, type), RECORDS_AT_MOST + 1)]
        count, characters = count + len(values), characters + sum(len(value) for _, value in values)
        if one.get("revoked") is True and values:
            yield set_aside(row, values[0][1], REVOKED)
        elif values:
            comment = cut(_string(one.get("description")) or _string(one.get("name")), COMMENT_AT_MOST)
            platform = _string(one.get("account_type")) or _platform(one)
            held.append((row, id, values, platform[:100] or None, comment))
        elif type == "indicator":
            yield set_aside(row, _string(one.get("pattern")), NO_EQUALITY)
        else:
            yield set_aside(row, _string(one.get("name")) or id, f"STIX object of type {type[:40]}")
        if max(row, count) > RECORDS_AT_MOST or characters > CHARACTERS_AT_MOST:
            break  # whoever asked refuses so many
    operations = links.operations()
    for row, id, values, where, comment in held:
        operation = operations.get(id)
        for kind, value in values:
            if kind == "technique" and operation is None:
                yield set_aside(row, value, "a technique that no operation of the bundle uses")
            else:
                yield Record(
                    row,
                    value,
                    kind,
                    where if kind in ("handle", "account", "displayname") else None,
                    operation,
                    comment,
                )


def _tie(links: _Links, one: Mapping[str, Any], id: str, type: str) -> None:
    if type == "relationship":
        links.tie(one.get("source_ref"), one.get("target_ref"))
    elif type in _BETWEEN:
        refs = [*_listed(one.get("object_refs")), *_listed(one.get("observed_data_refs")), one.get("sighting_of_ref")]
        for other in refs[:RECORDS_AT_MOST]:
            links.tie(id, other)


def _values(one: Mapping[str, Any], type: str) -> Iterator[tuple[str, str]]:
    """(word for the kind, value) of what an object holds."""
    if type == "indicator":
        for match in _COMPARED.finditer(_string(one.get("pattern"))):
            if match[4] == "'" and (kind := _kind(match[1], match[2])):
                yield kind, re.sub(r"\\(.)", r"\1", match[3])
    elif type == "attack-pattern":
        for reference in members(one, "external_references"):
            number = _string(reference.get("external_id"))
            if (
                NUMBER.fullmatch(number)
                and "disarm" in f"{reference.get('source_name')} {reference.get('url')}".casefold()
            ):
                yield "technique", number
    elif type == "file":
        hashes = one.get("hashes")
        yield from (
            ("hash", value) for value in (hashes.values() if isinstance(hashes, dict) else ()) if isinstance(value, str)
        )
    else:
        for (known, name), kind in _KINDS.items():
            if known == type and isinstance(value := one.get(name), str) and value:
                yield kind, value


def _kind(type: str, path: str) -> str | None:
    return "hash" if type == "file" and path.startswith("hashes.") else _KINDS.get((type, path))


def _platform(one: Mapping[str, Any]) -> str:
    """The account type that a pattern asks for."""
    found = re.search(r"user-account:account_type\s*=\s*'([\w.\-]{1,40})'", _string(one.get("pattern"))[:20_000])
    return found[1] if found else _string(at(one, "account_type"))


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
