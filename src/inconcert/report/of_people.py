"""What people decided, as the page prints it: every sentence beside its author, and none claiming more than the level carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inconcert.judgement.decided import AGAIN, MERGED, SPLIT, STANDS, Decided
from inconcert.judgement.judgements import Judgement
from inconcert.judgement.kinds import KINDS
from inconcert.judgement.notes import Note
from inconcert.report import claims
from inconcert.report.pseudonyms import OTHER, Pseudonyms

WEAKENS = ("set-aside", "remove")
"""Kinds whose reasons are printed as they were given: they take something from the findings and add nothing."""
NO_NUMBERS = "It was put together by a person: it has no q-value and no level of its own. The numbers beside it are those of the run."


@dataclass(frozen=True)
class Said:
    """One judgement.   label: J3.   did: "set aside".   day: UTC.   accounts: by their names on the page."""

    label: str
    kind: str
    did: str
    by: str
    day: str
    text: str
    accounts: tuple[str, ...]


@dataclass(frozen=True)
class Aside:
    """A group of the run that somebody set aside.   row: of `groups`.   said: the judgement that did it."""

    row: Mapping[str, Any]
    name: str | None
    said: Said


@dataclass(frozen=True)
class Made:
    """A group that people made.   how: "merged" or "split".   size: its accounts now.   aside: what set it aside, None mostly."""

    id: str
    how: str
    origin: tuple[str, ...]
    size: int
    name: str | None
    said: Said
    aside: Said | None


@dataclass(frozen=True)
class OfPeople:
    """names: group -> the name it was given.   of_group: group -> judgements on it, oldest first.   pairs: judgements on pairs of
    accounts the page knows.   again: (judgement, why) of those that no longer fit.   notes: (note, its text), where asked for.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    of_group: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    aside: tuple[Aside, ...] = ()
    made: tuple[Made, ...] = ()
    pairs: tuple[Said, ...] = ()
    again: tuple[tuple[Said, str], ...] = ()
    notes: tuple[tuple[Note, str], ...] = ()

    @property
    def there(self) -> bool:
        """Whether there is anything to print in a section of its own."""
        return bool(self.aside or self.made or self.pairs or self.again)


def of_people(
    decided: Decided, rows: Sequence[Mapping[str, Any]], names: Pseudonyms, notes: Sequence[Note]
) -> OfPeople:
    """What the page says.   rows: of `groups`, all of them.   names: pseudonyms of the page.   notes: those to print."""
    levels = {row["group_id"]: row["level"] for row in rows}

    def level(id: str) -> str:
        group = decided.groups.get(id)
        if id in levels or group is None:
            return str(levels.get(id, "L0"))
        return claims.lowest([level(part) for part in group.origin])

    def said(one: Judgement, id: str | None) -> Said:
        text = names.masked(one.text)
        if one.kind not in WEAKENS:
            text = claims.held_of_people(level(id) if id is not None else "L0", text)
        known = tuple(names.of(account) for account in one.accounts)
        return Said(one.label, one.kind, KINDS[one.kind].did, one.by, one.at[:10], text, known)

    def name(id: str) -> str | None:
        given = decided.groups[id].name
        return None if given is None else claims.held_of_people(level(id), names.masked(given))

    def noted(note: Note) -> str:
        if note.about_kind == "case":
            return claims.highest([levels[id] for id in levels if decided.aside(id) is None])
        return level(note.about) if note.about_kind == "group" else "L0"

    groups = decided.groups
    aside = [(row, decided.aside(row["group_id"])) for row in rows if row["group_id"] in groups]
    return OfPeople(
        names={id: called for id in groups if (called := name(id)) is not None},
        of_group={id: tuple(said(one, id) for one in group.judgements) for id, group in groups.items()},
        aside=tuple(
            Aside(row, name(row["group_id"]), said(by, row["group_id"])) for row, by in aside if by is not None
        ),
        made=tuple(
            Made(
                group.id, group.how, group.origin, len(group.members), name(group.id), said(group.made_by, group.id),
                said(by, group.id) if (by := decided.aside(group.id)) is not None else None,
            )
            for group in groups.values()
            if group.how in (MERGED, SPLIT) and group.made_by is not None
        ),
        pairs=tuple(
            one
            for outcome in decided.outcomes
            if outcome.state == STANDS and not outcome.judgement.groups and outcome.judgement.kind != "note"
            if OTHER not in (one := said(outcome.judgement, None)).accounts
        ),
        again=tuple((said(outcome.judgement, None), outcome.why) for outcome in decided.outcomes if outcome.state == AGAIN),
        notes=tuple((note, claims.held_of_people(noted(note), names.masked(note.text))) for note in notes),
    )  # fmt: skip
