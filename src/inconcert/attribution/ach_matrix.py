"""The matrix of competing hypotheses (Heuer 1999): items against hypotheses, how diagnostic each item is, and what speaks against each.

Ratings are derived from the weights, not chosen: a cell is compared with the middle between the most and the least favoured hypothesis
of its item. Factors of 3 and 1.4 from there part the ratings, so that an item ten times likelier under one hypothesis than under another
is CC of the one and II of the other, and one of less than a factor of two is neutral. The score counts inconsistency alone, and is no chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inconcert.attribution.item import Item
from inconcert.attribution.weighing import Weighing

STRONG, WEAK = 0.5, 0.15
"""Distance from the middle, as a power of ten, from which a rating is doubled, and from which it is not neutral."""
SCORE = {"CC": 0, "C": 0, "N": 0, "I": 1, "II": 2}
RATINGS = {
    "CC": "very consistent",
    "C": "consistent",
    "N": "neutral",
    "I": "inconsistent",
    "II": "very inconsistent",
}


@dataclass(frozen=True)
class Row:
    """One item.   ratings: hypothesis -> of RATINGS.   diagnosticity: spread of its weights, as a power of ten."""

    key: str
    text: str
    ratings: Mapping[str, str]
    diagnosticity: float


@dataclass(frozen=True)
class Matrix:
    """rows: the most diagnostic first.   inconsistency: hypothesis -> 1 for every I, 2 for every II; the lowest is contradicted least. Hypotheses that may not be
    told apart have none."""

    hypotheses: tuple[str, ...]
    rows: tuple[Row, ...]
    inconsistency: Mapping[str, int]


def matrix(weighing: Weighing) -> Matrix:
    """The matrix of all items that count and all hypotheses that are weighed."""
    ids = weighing.ids
    rows = sorted((_row(item, ids) for item in weighing.items), key=lambda row: (-row.diagnosticity, row.key))
    return Matrix(ids, tuple(rows), {one: sum(SCORE[row.ratings[one]] for row in rows) for one in weighing.tellable})


def _row(item: Item, ids: tuple[str, ...]) -> Row:
    ratings = {one: _rating(weight.point) for one, weight in item.among(ids).items()}
    return Row(item.key, item.text, ratings, item.spread(ids))


def _rating(distance: float) -> str:
    if abs(distance) < WEAK:
        return "N"
    letter = "C" if distance > 0 else "I"
    return letter * 2 if abs(distance) >= STRONG else letter
