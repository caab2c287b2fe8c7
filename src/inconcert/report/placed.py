"""What a report is handed of where groups are: of each at L3 that was located, and nothing of what fewer than five accounts show."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.case import Run
from inconcert.report.drawing import Drawing


@dataclass(frozen=True)
class PlacedSign:
    """One sign.   favours: a region; factors: by how much, from its weak to its strong reading.   otherwise, laid: a way in which it misleads, and its chance.
    as_entered: the innocent way as somebody entered it, "" of what was measured.   against: signs that contradict it."""

    says: str
    kind: str
    counts: str
    favours: str
    factors: str
    otherwise: tuple[str, str]
    laid: tuple[str, str]
    as_entered: str
    against: tuple[str, ...]


@dataclass(frozen=True)
class Placed:
    """One group.   stands: False when somebody entered, retracted or measured something since.   few: signs left out, since too few accounts show them.
    others: (reading, its chance, its word) that are no region.   aside: labels that name no region known."""

    group_id: str
    run: Run
    stands: bool
    statement: str
    yardstick: str
    signs: tuple[PlacedSign, ...]
    few: int
    others: tuple[tuple[str, str, str], ...]
    aside: int
    chart: Drawing
    map: Drawing
