"""Numbers, names and tactics of DISARM Red, looked up by T-number, also by numbers that its newest version retired.

The framework is by the DISARM Foundation under CC BY-SA 4.0 and lies in data files of its own, disarm.json and
disarm_retired.json, which say so. Its STIX identifiers change from release to release: only the T-number is a key.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from inconcert.errors import UnknownName

NUMBER = re.compile(r"T\d{4}(?:\.\d{3})?")
"""How a technique is written."""


@dataclass(frozen=True)
class Tactic:
    """A stage of an operation.   id: TA01 ...   place: 1-based, from planning to assessing."""

    id: str
    name: str
    place: int


@dataclass(frozen=True)
class Technique:
    """id: T-number.   version: of the framework: of a retired one the last that had it.   replaced_by: numbers of techniques
    of the newest version that took its place, as far as known; only of a retired one.   fallback: its number in version 1.4,
    which is all that MISP knows, or those that come nearest; none where none is known.   tactic: None of a retired one.
    """

    id: str
    name: str
    tactic: Tactic | None
    version: str
    replaced_by: tuple[str, ...] = ()
    fallback: tuple[str, ...] = ()

    @property
    def parent(self) -> str | None:
        """Number of the technique it is a part of."""
        return self.id.partition(".")[0] if "." in self.id else None


def technique(id: str) -> Technique:
    """The technique of that number, in either case of letters; UnknownName when neither version has it."""
    number = id.strip().upper()
    found = techniques().get(number) or retired().get(number)
    if found is None:
        raise UnknownName("technique of DISARM", id, [*techniques(), *retired()])
    return found


def current(id: str) -> tuple[Technique, ...]:
    """The technique of that number in the newest version, or those that took its place; none where nothing did. UnknownName as
    `technique`."""
    found = technique(id)
    return (found,) if found.tactic is not None else tuple(techniques()[one] for one in found.replaced_by)


@functools.cache
def tactics() -> tuple[Tactic, ...]:
    """In their order."""
    return tuple(Tactic(id, name, place) for place, (id, name) in enumerate(_data("disarm.json")["tactics"], start=1))


@functools.cache
def techniques() -> Mapping[str, Technique]:
    """All of the newest version, by number."""
    data, former = _data("disarm.json"), _data("disarm_retired.json")
    of = {tactic.id: tactic for tactic in tactics()}
    nearest: dict[str, list[str]] = {id: list(its) for id, its in former["nearest"].items()}
    for one in retired().values():
        for number in one.replaced_by:
            nearest.setdefault(number, []).append(one.id)
    fallback = {id: (id,) for id, _, _ in data["techniques"]} | {
        id: tuple(nearest.get(id, ())) for id in former["added"]
    }
    return {
        id: Technique(id, name, of[tactic], data["version"], (), fallback[id])
        for id, name, tactic in data["techniques"]
    }


@functools.cache
def retired() -> Mapping[str, Technique]:
    """Those of version 1.4 that are no more, by number."""
    data = _data("disarm_retired.json")
    return {id: Technique(id, name, None, data["version"], tuple(now), (id,)) for id, name, now in data["techniques"]}


def licence() -> str:
    """Who made the framework, which version this is, and on what terms."""
    data = _data("disarm.json")
    return f"{data['framework']} v{data['version']}: {data['attribution']}; {data['licence']}"


def _data(file: str) -> Any:
    return json.loads((resources.files("inconcert.catalogue") / file).read_text("utf-8"))
