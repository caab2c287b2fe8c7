"""`entities`: people, companies and bodies of a case, what ties them together, and how sure each tie is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from inconcert.case import Case
from inconcert.entities import names
from inconcert.entities.affiliations import Affiliation, affiliations
from inconcert.entities.ftm_entities import write_ftm
from inconcert.entities.ftm_statements import write_statements
from inconcert.entities.neighbourhood import Neighbourhood, neighbourhood
from inconcert.entities.privacy import Withheld
from inconcert.entities.proof import proofs
from inconcert.entities.strength import STRENGTHS
from inconcert.errors import InputError
from inconcert.judgement.brought import Brought
from inconcert.report.entity_chart import entity_chart
from inconcert.verbs.export import written_at_once
from inconcert.verbs.held_entities import held_entities
from inconcert.verbs.shown_entities import ShownEntity, ShownTie, shown_entity, shown_ties, when

MOST_STEPS = 6
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no document in XML may hold, and with which no browser draws it."""
DRAWN_AT_MOST = 24


@dataclass(frozen=True)
class Entities:
    """What a case holds.   schemata: schema -> how many things.   strengths: strength -> how many ties.   dangling: ties one end of which no
    file holds.   withheld: private persons who are not named."""

    files: tuple[Brought, ...]
    things: int
    ties: int
    schemata: Mapping[str, int]
    strengths: Mapping[str, int]
    dangling: int
    withheld: tuple[Withheld, ...]


@dataclass(frozen=True)
class Around:
    """The neighbourhood of one entity.   entities: the nearest first.   left_out: how many more lie within those steps.   file: the figure."""

    middle: ShownEntity
    entities: tuple[ShownEntity, ...]
    ties: tuple[ShownTie, ...]
    left_out: int
    file: Path | None


@dataclass(frozen=True)
class Post:
    """One role, listed once however many sources say so."""

    person: str
    role: str
    body: str
    when: str
    strength: str
    ties: tuple[str, ...]
    proof: tuple[str, ...]


@dataclass(frozen=True)
class ExportedEntities:
    """file: written.   entities, statements: in it.   withheld: private persons in it who are not named."""

    file: Path
    entities: int
    statements: int
    withheld: int


def entities(case: Case) -> Entities:
    """What the case holds. InputError when nobody brought entities."""
    held = held_entities(case)
    kinds = [held.graph.entities[id].schema for id in held.graph.nodes]
    return Entities(
        held.files,
        len(held.graph.nodes),
        len(held.graph.ties),
        {name: kinds.count(name) for name in sorted(set(kinds), key=lambda name: (-kinds.count(name), name))},
        {strength: sum(tie.strength == strength for tie in held.graph.ties) for strength in STRENGTHS},
        len(held.graph.dangling),
        held.withheld,
    )


def search_entities(case: Case, words: str) -> tuple[ShownEntity, ...]:
    """Things that hold every word in a name, keyword or note; those named so come first."""
    graph = held_entities(case).graph
    return tuple(shown_entity(graph, id) for id in names.search(graph, words))


def around(case: Case, name: str, *, steps: int = 1, draw: Path | None = None, force: bool = False) -> Around:
    """What lies within so many steps of an entity.   draw: file for the figure (SVG), in which the nearest DRAWN_AT_MOST stand.

    UnknownName for a name no entity has; InputError for one that several have, too many steps, or a file that is there already.
    """
    if not 1 <= steps <= MOST_STEPS:
        raise InputError(f"{steps} steps cannot be gone; 1 to {MOST_STEPS} can.")
    graph = held_entities(case).graph
    middle = names.called(graph, name)
    near = neighbourhood(graph, middle, steps)
    if draw is not None:
        drawn: Neighbourhood = neighbourhood(graph, middle, steps, DRAWN_AT_MOST)
        picture = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", str(entity_chart(graph, drawn).svg))
        _write(case, draw, f"{picture}\n", force)
    listed = tuple(shown_entity(graph, id, step) for id, step in near.steps.items())
    return Around(listed[0], listed[1:], shown_ties(graph, near.ties), near.left_out, draw)


def posts(case: Case, name: str) -> tuple[Post, ...]:
    """Every role of a person, or in a body, each once; errors as `around`."""
    graph = held_entities(case).graph

    def shown(one: Affiliation) -> Post:
        lines = dict.fromkeys(line for id in one.ties for line in proofs(graph.entities[id], graph.entities))
        return Post(
            graph.label(one.person),
            one.role,
            graph.label(one.body),
            when(one.start, one.end),
            one.strength,
            one.ties,
            tuple(lines),
        )

    return tuple(shown(one) for one in affiliations(graph, names.called(graph, name)))


def export_entities(case: Case, file: Path, *, force: bool = False) -> ExportedEntities:
    """Write the entities for tools of followthemoney: `.csv` as statements, `.statements.jsonl` likewise as JSON, else as entities.

    Private persons are not named in it, as nowhere else. InputError when the file is there already.
    """
    held = held_entities(case)
    merged = tuple(held.graph.entities.values())
    name = file.name.lower()
    if name.endswith(".csv"):
        lines = list(write_statements(merged, as_csv=True))
    elif name.endswith((".statements.jsonl", ".statements.json")):
        lines = list(write_statements(merged, as_csv=False))
    elif name.endswith((".jsonl", ".json", ".ndjson")):
        lines = list(write_ftm(merged))
    else:
        raise InputError(f"{file} ends neither in .ftm.jsonl (entities) nor in .csv or .statements.jsonl (statements).")
    _write(case, file, "".join(f"{line}\n" for line in lines), force)
    return ExportedEntities(file, len(merged), sum(len(one.statements) for one in merged), len(held.withheld))


def _write(case: Case, file: Path, text: str, force: bool) -> None:
    try:
        with written_at_once(case, file, force=force) as draft:
            draft.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror}.") from error
