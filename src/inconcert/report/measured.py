"""What the run `indicators` says, as far as the report prints it: of each group, of its members, and of everything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from inconcert.indicators.multiplicity import LIST_GROUP as LIST_GROUP
from inconcert.indicators.reading import Point
from inconcert.report.post_references import Reference

FOUND, NOT_FOUND, DESCRIBED, TOO_LITTLE = "found", "not found", "described", "too little"


@dataclass(frozen=True)
class Seen:
    """One thing a reading rests on: an account, the post of it where the case holds that, and what it shows."""

    account_id: str
    post: Reference | None
    why: str


@dataclass(frozen=True)
class Measured:
    """One reading: its row of `indicators`, what its figure draws, what it rests on.   number: "I12", its place in the run."""

    number: str
    row: Mapping[str, Any]
    points: tuple[Point, ...]
    witnesses: tuple[Seen, ...]


@dataclass(frozen=True)
class Tally:
    """How often one measure of one kind of subject was tested, found, only described, and refused."""

    indicator: str
    measure: str
    subject: str
    n: int
    found: int
    described: int
    too_little: int


@dataclass(frozen=True)
class OfGroup:
    """One group, or one list the user gave.

    readings: of the group itself.   members: the clearest ones found on its members.   tallies: of all on its members.
    balance: rows of `control_balance`.   controls: accounts of its control by their source.
    families: evidence that counts towards L3, as the run lists it.
    """

    group_id: str
    readings: tuple[Measured, ...]
    members: tuple[Measured, ...]
    tallies: tuple[Tally, ...]
    balance: tuple[Mapping[str, Any], ...]
    controls: Mapping[str, int]
    families: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Indicators:
    """groups: by id, those of the report and lists of the user.   found, quiet: readings on what belongs to none of them, those
    found first.   tallies: of these.   not_run: (indicator, what it needs).   named: account -> handles and names it is known by.
    """

    groups: Mapping[str, OfGroup]
    found: tuple[Measured, ...]
    quiet: tuple[Measured, ...]
    tallies: tuple[Tally, ...]
    not_run: tuple[tuple[str, str], ...]
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def lists(self) -> tuple[OfGroup, ...]:
        """Lists of the user that were measured as if they were groups."""
        return tuple(of for id, of in self.groups.items() if id.startswith(LIST_GROUP))

    @property
    def all(self) -> tuple[Measured, ...]:
        """Every reading printed, in the order of the page."""
        inside = [one for of in self.groups.values() for one in (*of.readings, *of.members)]
        return (*inside, *self.found, *self.quiet)

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every post given."""
        return tuple(seen.post for one in self.all for seen in one.witnesses if seen.post is not None)

    @property
    def accounts(self) -> list[str]:
        """Accounts that stand anywhere in what is printed."""
        return list(self.named)
