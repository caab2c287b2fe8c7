"""What evidence would settle it: kinds that nobody has looked for yet, by how far each would move what is said now."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.attribution.elicited import SHOWN, Kind, elicited, weights_of
from inconcert.attribution.item import Item
from inconcert.attribution.weighing import Outcome, Weighing


@dataclass(frozen=True)
class Settling:
    """One kind of evidence that is not in yet.

    kind, title: of elicited.csv.   favours: ids of the hypotheses it would speak for most.   then: the likeliest explanation of now, once it
    were found.   moves: by how much the ends of that range would move, summed, in 0 to 2.   leading: what would lead then.
    """

    kind: str
    title: str
    favours: tuple[str, ...]
    then: Outcome
    moves: float
    leading: Outcome


def settling(weighing: Weighing, most: int = 10) -> tuple[Settling, ...]:
    """The `most` kinds that would move most, as if each were found beyond doubt; kinds that only a measurement can give are left out."""
    there = {item.kind for item in weighing.items}
    found = [
        _of(weighing, kind)
        for kind in elicited().values()
        if kind.unit != SHOWN and kind.name not in there and "/" not in kind.name
    ]
    return tuple(sorted(found, key=lambda one: (-one.moves, one.kind))[:most])


def _of(weighing: Weighing, kind: Kind) -> Settling:
    item = Item(
        key=f"if {kind.name}", text=kind.title, kind=kind.name, family=kind.family, category=kind.category, access=kind.access,
        grade=None, source="", found_by="", weights=weights_of(kind, {}, weighing.rivals),
    )  # fmt: skip
    after = weighing.with_item(item)
    now = weighing.leading
    then = next(one for one in after.outcomes if one.ids == now.ids)
    moves = abs(then.chance.low - now.chance.low) + abs(then.chance.high - now.chance.high)
    most = max(weight.point for weight in item.weights.values())
    favours = tuple(one for one in weighing.ids if item.weights[one].point > most - 1e-9)
    return Settling(kind.name, kind.title, favours, then, moves, after.leading)
