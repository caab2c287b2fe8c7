"""`entities --paths`: every way from an entity, or from the accounts of a group, to another, with its weakest link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from inconcert.case import Case
from inconcert.entities import names
from inconcert.entities.graph import Graph
from inconcert.entities.held_entities import held_entities
from inconcert.entities.hidden_accounts import Hidden
from inconcert.entities.paths import MOST_STEPS, paths
from inconcert.entities.paths import NOT_A_FINDING as NOT_A_FINDING
from inconcert.entities.paths import Path as Way
from inconcert.entities.shown_entities import ShownEntity, ShownTie, shown_entity, shown_tie, shown_ties
from inconcert.errors import InputError, UnknownName
from inconcert.report.entity_accounts import entity_accounts
from inconcert.report.posts import attached
from inconcert.verbs.explained_group import explained_group

LEAST_LEVEL = "L3"


@dataclass(frozen=True)
class ShownStep:
    """tie: the strongest between the two.   beside: how many more there are."""

    tie: ShownTie
    beside: int


@dataclass(frozen=True)
class ShownPath:
    """nodes: names from the first to the last.   strength: of the weakest link.   weakest: those links.   incidental: a step shows no dealings."""

    nodes: tuple[str, ...]
    steps: tuple[ShownStep, ...]
    strength: str
    weakest: tuple[ShownTie, ...]
    incidental: bool


@dataclass(frozen=True)
class EntityPaths:
    """starts: where the paths begin; for a group the accounts of it that are entities.   paths: ranked.   complete: False when there were too
    many to find all.   most_steps: longest that was looked for.   group: its id and level, None for an entity."""

    starts: tuple[ShownEntity, ...]
    goal: ShownEntity
    paths: tuple[ShownPath, ...]
    complete: bool
    most_steps: int
    group: tuple[str, str] | None


def entity_paths(case: Case, start: str, goal: str, *, steps: int = 4) -> EntityPaths:
    """All simple paths of at most so many steps, ranked.   start: an entity, or a group of the newest cluster run (G1).

    UnknownName for a name no entity has; InputError for too many steps, the same entity twice, a group below L3, or a group none of
    whose accounts is an entity.
    """
    graph = held_entities(case).graph
    return paths_in(case, graph, Hidden(graph, {}, ()), start, goal, steps)


def paths_in(case: Case, whole: Graph, hidden: Hidden, start: str, goal: str, steps: int) -> EntityPaths:
    """The same, told of the graph that may be shown.   whole: the graph as it is, in which accounts have their handles."""
    if not 1 <= steps <= MOST_STEPS:
        raise InputError(f"{steps} steps cannot be gone; 1 to {MOST_STEPS} can.")
    graph = hidden.graph
    end = names.called(graph, goal)
    group = None
    try:
        starts: Sequence[str] = [names.called(graph, start)]
    except UnknownName:
        found = _group(case, whole, start)
        if found is None:
            raise
        starts, group = [hidden.ids.get(id, id) for id in found[0]], found[1]
    if end in starts:
        raise InputError(f"'{start}' and '{goal}' are the same entity. Name two.")
    ways = paths(graph, starts, end, steps)
    return EntityPaths(
        tuple(shown_entity(graph, id) for id in starts),
        shown_entity(graph, end),
        tuple(_shown(graph, way) for way in ways.paths),
        ways.complete,
        steps,
        group,
    )


def _shown(graph: Graph, way: Way) -> ShownPath:
    return ShownPath(
        tuple(graph.label(id) for id in way.nodes),
        tuple(ShownStep(shown_tie(graph, step.tie), len(step.beside)) for step in way.steps),
        way.strength,
        shown_ties(graph, way.weakest),
        way.incidental,
    )


def _group(case: Case, graph: Graph, name: str) -> tuple[list[str], tuple[str, str]] | None:
    """The accounts of a group that are entities, and (group, level); None when there is no such group."""
    group = explained_group(case, name) if case.run("cluster") is not None else None
    if group is None or group.how == "set":
        return None
    if group.row is None:
        raise InputError(f"{name} was put together by people and has no level of its own. Name a group of the run.")
    level = str(group.row["level"])
    if level != LEAST_LEVEL:
        raise InputError(
            f"{name} stands at level {level}: below {LEAST_LEVEL} nobody is tied to its accounts. "
            f"'inconcert explain {case.path} {name}' says what would be needed."
        )
    ids = [member.account_id for member in group.members]
    with attached(case, {"asked": pa.table({"account_id": pa.array(ids, pa.string())})}, ()) as con:
        found = entity_accounts(con, graph)
    if not found:
        raise InputError(
            f"None of the {len(ids):,} accounts of {name} is among the entities. An account is one when an entity of schema UserAccount "
            "has its handle or id as username, and its platform as service."
        )
    return found, (name, level)
