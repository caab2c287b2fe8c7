"""The entities of a case as they may be shown: those of every file that counts, private persons not named unless approved."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as packaged

from inconcert.case import Case
from inconcert.entities.entity import Entity
from inconcert.entities.ftm_entities import read_ftm
from inconcert.entities.graph import Graph, graph
from inconcert.entities.privacy import Withheld, sealed
from inconcert.errors import CustodyError, InputError
from inconcert.judgement.brought import Brought, approved_persons, standing_files


@dataclass(frozen=True)
class HeldEntities:
    """entities: of all files, unmerged, in the order they were brought.   graph: what they make up.   files: where they come from.
    withheld: private persons who are not named."""

    entities: tuple[Entity, ...]
    graph: Graph
    files: tuple[Brought, ...]
    withheld: tuple[Withheld, ...]


EXAMPLE = "reference.json"
"""The bundled graph of a published investigation, as a file of this package and as it is entered."""


def example() -> bytes:
    """The bundled graph."""
    return (packaged("inconcert.entities") / EXAMPLE).read_bytes()


def is_example(file: Brought) -> bool:
    """Whether what was brought is the bundled graph, which shows how things work and is no evidence of a case."""
    return bool(file.value["original"] == _example_sha256())


@cache
def _example_sha256() -> str:
    return hashlib.sha256(example()).hexdigest()


def held_entities(case: Case, only: Sequence[Brought] | None = None) -> HeldEntities:
    """What the case holds.   only: of these files, all that count unless given.   InputError when nobody brought entities; CustodyError when a stored file was changed."""
    statements = case.statements()
    files = list(only) if only is not None else standing_files(statements)
    if not files:
        raise InputError(
            f"The case {case.path} holds no entities. Bring some: inconcert entities {case.path} --add FILE --by NAME"
        )
    entities = [entity for file in files for entity in _stored(case, file)]
    shown = sealed(entities, approved_persons(statements).keys())
    return HeldEntities(shown.entities, graph(shown.entities), tuple(files), shown.withheld)


def _stored(case: Case, file: Brought) -> tuple[Entity, ...]:
    path = case.original(file.value["stored"])
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != file.value["stored"]:
        raise CustodyError(f"{path} was changed since {file.label} was brought. Restore it from a copy of the case.")
    return read_ftm(data.decode("utf-8"), str(file.value["dataset"])).entities
