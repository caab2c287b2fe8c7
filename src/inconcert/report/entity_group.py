"""What stands on record around one group at L3: the figure of what lies around its accounts, every tie in a sentence, and paths to bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inconcert.entities.entity import Entity, Statement
from inconcert.entities.graph import Graph, graph
from inconcert.entities.neighbourhood import neighbourhood
from inconcert.entities.paths import Path, paths
from inconcert.entities.proof import proofs
from inconcert.entities.shown_entities import ShownTie, shown_tie
from inconcert.entities.strength import ASSESSED, weakness
from inconcert.report import claims
from inconcert.report.drawing import Drawing
from inconcert.report.entity_chart import entity_chart
from inconcert.report.entity_words import TOLD
from inconcert.report.hostile_text import defanged, one_line

LEAST_LEVEL = "L3"
STEPS, DRAWN, PATH_STEPS, PATHS, GOALS = 2, 16, 3, 6, 40
"""Steps of the figure from the group on, and entities in it; steps of a path and how many are printed; bodies to which paths are looked for, the nearest first."""
LEFT_OUT = "has to do with"
"""Instead of words that say more of the group's accounts than L3 carries."""


@dataclass(frozen=True)
class Told:
    """One tie in a sentence no stronger than its source.   references: numbers of what it rests on."""

    tie: ShownTie
    sentence: str
    references: tuple[int, ...]


@dataclass(frozen=True)
class Way:
    """One path.   nodes: from an account of the group to a body.   weakest: its weakest links; every: whether that is every one of them."""

    nodes: tuple[str, ...]
    strength: str
    weakest: tuple[Told, ...]
    every: bool
    links: tuple[Told, ...]


@dataclass(frozen=True)
class GroupRecord:
    """What stands on record around one group.   accounts: of it, among the entities.   more: paths that are not printed."""

    group_id: str
    accounts: int
    figure: Drawing
    ties: tuple[Told, ...]
    ways: tuple[Way, ...]
    more: int


def group_record(whole: Graph, group: str, accounts: Sequence[str], cited: dict[str, int]) -> GroupRecord:
    """What is printed of a group.   whole: the graph as it may be shown.   accounts: entities that are accounts of the group.   cited: source -> its
    number; those met for the first time are added."""
    held = graph(_held_to_level(entity, set(accounts)) for entity in whole.entities.values())
    drawn = graph([*held.entities.values(), *_tied(group, accounts)])
    near = neighbourhood(drawn, _node(group), STEPS, DRAWN)
    ties = [tie for tie in near.ties if _node(group) not in (tie.source, tie.target)]
    ways = _ways(held, accounts)
    return GroupRecord(
        group,
        len(accounts),
        entity_chart(drawn, near),
        tuple(_told(held, shown_tie(held, tie), cited) for tie in ties),
        tuple(_way(held, way, cited) for way in ways[:PATHS]),
        max(0, len(ways) - PATHS),
    )


def _ways(whole: Graph, accounts: Sequence[str]) -> list[Path]:
    """The best path from the group to each body near it, best first; those that show no dealings are left out."""
    goals: dict[str, int] = {}
    for account in accounts:
        for id, step in neighbourhood(whole, account, PATH_STEPS).steps.items():
            goals[id] = min(step, goals.get(id, step))
    bodies = [
        id
        for id in sorted(goals, key=lambda id: (goals[id], id))
        if id not in accounts
        and "LegalEntity" in whole.entities[id].kind.is_a
        and whole.entities[id].schema != "Person"
    ]
    best = [
        next((way for way in paths(whole, accounts, body, PATH_STEPS, 500).paths if not way.incidental), None)
        for body in bodies[:GOALS]
    ]
    return sorted(
        (way for way in best if way is not None), key=lambda way: (weakness(way.strength), len(way.steps), way.nodes)
    )


def _way(whole: Graph, way: Path, cited: dict[str, int]) -> Way:
    links = tuple(_told(whole, shown_tie(whole, step.tie), cited) for step in way.steps)
    weakest = tuple(one for one in links if one.tie.strength == way.strength)
    nodes = tuple(one_line(whole.label(id), 120) for id in way.nodes)
    return Way(nodes, way.strength, weakest, len(weakest) == len(links), links)


def _told(whole: Graph, tie: ShownTie, cited: dict[str, int]) -> Told:
    lines = proofs(whole.entities[tie.id], whole.entities) or ("no source is stated",)
    references = tuple(cited.setdefault(one_line(line, 300), len(cited) + 1) for line in lines)
    facts = ", ".join(part for part in (tie.amount, tie.when) if part)
    said = f"{tie.source_name} · {tie.relation} · {tie.target_name}" + (f" ({facts})" if facts else "")
    return Told(tie, defanged(TOLD[tie.strength].format(one_line(said, 400))), references)


def _held_to_level(entity: Entity, accounts: set[str]) -> Entity:
    """The entity; of a tie of the group's accounts, without words that claim more of them than the level carries."""
    its = entity.kind.ends
    if its is None or entity.kind.is_thing or not accounts & {*entity.values(its.source), *entity.values(its.target)}:
        return entity

    def held(said: Statement) -> Statement:
        spoken = said.prop in ("role", "relationship", "description", "summary")
        if not spoken or not claims.exceeds(LEAST_LEVEL, said.value):
            return said
        return Statement(
            entity.id, entity.schema, said.prop, LEFT_OUT, said.dataset, strength=said.strength, sources=said.sources
        )

    return Entity(entity.id, entity.schema, tuple(held(said) for said in entity.statements))


def _tied(group: str, accounts: Sequence[str]) -> list[Entity]:
    """The group as a thing of the figure, tied to its accounts as far as the program can tell."""
    made = [Entity(_node(group), "Thing", (Statement(_node(group), "Thing", "name", f"{group} ({LEAST_LEVEL})"),))]
    for number, account in enumerate(accounts):
        id = f"{_node(group)} {number}"
        said = (("subject", _node(group)), ("object", account), ("role", "found to hold the account"))
        made.append(
            Entity(
                id,
                "UnknownLink",
                tuple(Statement(id, "UnknownLink", prop, value, strength=ASSESSED) for prop, value in said),
            )
        )
    return made


def _node(group: str) -> str:
    return f"group {group}"
