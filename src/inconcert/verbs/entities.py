"""`entities`: people, companies and bodies of a case, what ties them together, and how sure each tie is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from inconcert.case import Case
from inconcert.entities import names
from inconcert.entities.affiliations import Affiliation, affiliations
from inconcert.entities.asked import EVERYTHING, Asked, sought
from inconcert.entities.asked import asked_for as asked_for
from inconcert.entities.ftm_entities import write_ftm
from inconcert.entities.ftm_statements import write_statements
from inconcert.entities.graph import Graph
from inconcert.entities.graphml import write_graphml
from inconcert.entities.held_entities import held_entities
from inconcert.entities.neighbourhood import Neighbourhood, neighbourhood
from inconcert.entities.privacy import Withheld as Withheld
from inconcert.entities.proof import proofs
from inconcert.entities.shown_entities import ShownEntity as ShownEntity
from inconcert.entities.shown_entities import ShownTie as ShownTie
from inconcert.entities.shown_entities import shown_entity, shown_ties, when
from inconcert.entities.strength import STRENGTHS
from inconcert.errors import InputError
from inconcert.judgement.brought import Brought
from inconcert.report.entity_chart import entity_chart
from inconcert.verbs.export import written_at_once

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
    return held_in(held.files, held.graph, held.withheld)


def held_in(files: Sequence[Brought], graph: Graph, withheld: Sequence[Withheld]) -> Entities:
    """What there is of each kind."""
    kinds = Counter(graph.entities[id].schema for id in graph.nodes)
    strengths = Counter(tie.strength for tie in graph.ties)
    return Entities(
        tuple(files),
        len(graph.nodes),
        len(graph.ties),
        dict(sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))),
        {strength: strengths[strength] for strength in STRENGTHS},
        len(graph.dangling),
        tuple(withheld),
    )


def search_entities(case: Case, words: str, asked: Asked = EVERYTHING) -> tuple[ShownEntity, ...]:
    """Things that hold every word in a name, keyword or note, and are what was asked for; those named so come first.

    words: "" for all.   UnknownName or InputError for what nobody can be asked for, see `asked_for`.
    """
    graph = held_entities(case).graph
    return tuple(shown_entity(graph, id) for id in sought(graph, words, asked))


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
    return tuple(post_of(graph, one) for one in affiliations(graph, names.called(graph, name)))


def post_of(graph: Graph, one: Affiliation) -> Post:
    """A role by names, with what each tie that says so rests on."""
    lines = dict.fromkeys(line for id in one.ties for line in proofs(graph.entities[id], graph.entities))
    dates = when(one.start, one.end)
    return Post(graph.label(one.person), one.role, graph.label(one.body), dates, one.strength, one.ties, tuple(lines))


def export_entities(case: Case, file: Path, *, force: bool = False) -> ExportedEntities:
    """Write the entities for tools of followthemoney: `.csv` as statements, `.statements.jsonl` likewise as JSON, else as entities; `.graphml`
    for tools of graphs.

    Private persons are not named in it, as nowhere else. InputError when the file is there already.
    """
    held = held_entities(case)
    merged = tuple(held.graph.entities.values())
    _write(case, file, exported_text(held.graph, file.name), force)
    return ExportedEntities(file, len(merged), sum(len(one.statements) for one in merged), len(held.withheld))


def exported_text(graph: Graph, name: str) -> str:
    """The entities as a file of that name holds them. InputError for an ending that says no format."""
    merged, ending = tuple(graph.entities.values()), name.lower()
    if ending.endswith(".csv"):
        lines = write_statements(merged, as_csv=True)
    elif ending.endswith((".statements.jsonl", ".statements.json")):
        lines = write_statements(merged, as_csv=False)
    elif ending.endswith(".graphml"):
        lines = write_graphml(graph)
    elif ending.endswith((".jsonl", ".json", ".ndjson")):
        lines = write_ftm(merged)
    else:
        raise InputError(
            f"{name} ends neither in .ftm.jsonl (entities), nor in .csv or .statements.jsonl (statements), nor in .graphml."
        )
    return "".join(f"{line}\n" for line in lines)


def _write(case: Case, file: Path, text: str, force: bool) -> None:
    try:
        with written_at_once(case, file, force=force) as draft:
            draft.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror}.") from error
