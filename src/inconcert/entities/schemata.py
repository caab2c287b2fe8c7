"""The followthemoney model as data: which kinds of entities there are, their properties, and which of them tie two others.

schemata.json is made by docs/make_ftm_schemata.py from the package itself, which is not needed afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True)
class Ends:
    """The two properties of a schema that ties entities, read source first.   label: "owns"."""

    source: str
    target: str
    label: str
    directed: bool


@dataclass(frozen=True)
class Schema:
    """One kind of entity.

    is_a: its own name and those of all it extends.   properties: name -> type ("name", "date", "country", ...), or "entity:X"
    for a reference to an entity that is an X; inherited ones among them.   ends: None for what ties nothing.
    """

    name: str
    abstract: bool
    is_a: frozenset[str]
    properties: Mapping[str, str]
    ends: Ends | None

    @property
    def is_thing(self) -> bool:
        """Whether it stands for itself, as a person or a contract does."""
        return "Thing" in self.is_a


@cache
def schemata() -> Mapping[str, Schema]:
    """Every schema by its name."""
    written = json.loads((files("inconcert.entities") / "schemata.json").read_text("utf-8"))["schemata"]
    found: dict[str, Schema] = {}

    def made(name: str) -> Schema:
        if name not in found:
            facts = written[name]
            parents = [made(parent) for parent in facts["extends"]]
            properties = {key: kind for parent in parents for key, kind in parent.properties.items()}
            ends = Ends(*facts["edge"]) if "edge" in facts else next((p.ends for p in parents if p.ends), None)
            found[name] = Schema(
                name,
                bool(facts.get("abstract")),
                frozenset({name}.union(*(parent.is_a for parent in parents))),
                MappingProxyType(properties | facts["properties"]),
                ends,
            )
        return found[name]

    for name in written:
        made(name)
    return MappingProxyType(found)


def model() -> str:
    """Name and version of the model the file was made from."""
    written = json.loads((files("inconcert.entities") / "schemata.json").read_text("utf-8"))
    return str(written["model"])
