"""What reports say they saw: the words used for techniques in the register, their innocent explanations, and DISARM's number."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from inconcert.catalogue.reports import listed, rows


@dataclass(frozen=True)
class Observable:
    """One thing that reports name.   id: as in `Report.techniques`.   confounders: what else it may be.

    disarm: numbers of techniques it shows; none where it is a sign and no technique, or a publisher's verdict.
    """

    id: str
    name: str
    confounders: tuple[str, ...]
    disarm: tuple[str, ...]


@functools.cache
def observables() -> dict[str, Observable]:
    """Those that the bundled reports use, by id."""
    return {
        row["id"]: Observable(
            row["id"], row["name"], tuple(part.strip() for part in row["confounders"].split(";")), listed(row["disarm"])
        )
        for row in rows("observables.csv")
    }
