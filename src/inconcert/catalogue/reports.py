"""The bundled register of disclosed operations: one row a report, with what it said of size, means and who was behind it."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources

SOURCE = "ASPI, Gaming public opinion, Policy Brief 71/2023, appendix 2"
"""Where the facts of operations.csv and the names of observables.csv are from; restated in the words of this project."""

LEVELS: dict[str, str] = {
    "none": "declines to say who, or names nobody",
    "linked": "tied to a state or to an earlier network, without saying who runs it",
    "network_named": "said to be part of a named network",
    "state_attributed": "called state-backed",
    "company_named": "a company or outlet is named",
}
"""What a report says of who is behind an operation, from the least to the most it names. The report says so, not this program."""

COUNTS: dict[str, str] = {
    "accounts_disclosed": "accounts",
    "channels_disclosed": "channels",
    "pages": "pages",
    "groups": "groups",
    "amplifier_accounts": "amplifying accounts",
    "instagram_accounts": "Instagram accounts",
    "websites": "websites",
}
"""Column of operations.csv -> what is counted."""


@dataclass(frozen=True)
class Report:
    """One disclosed operation, as one publication describes it.

    id: slug that begins with the month.   date: year and month, ISO.   row: 1-based row of operations.csv.
    sources: publishers.   label: name of the operation or report, or None.   counts: {what of COUNTS: how many}.
    languages, targets: as tags.   techniques: ids of observables.csv.   attribution: the report's own, in short.
    level: of LEVELS.   note: doubts, or None.
    """

    id: str
    date: str
    row: int
    sources: tuple[str, ...]
    label: str | None
    platforms: tuple[str, ...]
    counts: Mapping[str, int] = field(hash=False)
    languages: tuple[str, ...]
    targets: tuple[str, ...]
    techniques: tuple[str, ...]
    attribution: str
    level: str
    categories: tuple[str, ...]
    note: str | None

    @property
    def year(self) -> int:
        """Of the report."""
        return int(self.date[:4])


@functools.cache
def reports() -> tuple[Report, ...]:
    """Every bundled report, by date as the source lists them."""
    return tuple(_report(place, row) for place, row in enumerate(rows("operations.csv"), start=1))


def rows(file: str) -> Iterator[dict[str, str]]:
    """The rows of a table that comes with this room."""
    text = (resources.files("inconcert.catalogue") / file).read_text("utf-8")
    yield from csv.DictReader(text.splitlines())


def listed(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list."""
    return tuple(part for part in cell.split(";") if part)


def _report(place: int, row: dict[str, str]) -> Report:
    return Report(
        id=row["report_id"],
        date=row["date"],
        row=place,
        sources=listed(row["source_org"]),
        label=row["report_label"] or None,
        platforms=listed(row["platforms"]),
        counts={what: int(row[column]) for column, what in COUNTS.items() if row[column]},
        languages=listed(row["languages"]),
        targets=listed(row["targets_or_narratives"]),
        techniques=listed(row["techniques"]),
        attribution=row["attribution"],
        level=row["attribution_level"],
        categories=listed(row["category"]),
        note=row["note"] or None,
    )
