"""Signs of different places: they stay visible beside one another, with what would make both true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inconcert.place.item import Item
from inconcert.place.kinds import STAGED
from inconcert.place.regions import apart, full_name

SEVERAL = "work at several places"


@dataclass(frozen=True)
class Conflict:
    """Two items that name regions nobody can be in both of.   reasons: what would make both be seen."""

    one: str
    other: str
    says: str
    reasons: tuple[str, ...]


def conflicts(items: Sequence[Item]) -> tuple[Conflict, ...]:
    """Every such pair, by key, in an order of their own."""
    named = sorted((item for item in items if item.region), key=lambda item: item.key)
    return tuple(
        Conflict(a.key, b.key, f"{_told(a)} against {_told(b)}", _reasons(a, b))
        for place, a in enumerate(named)
        for b in named[place + 1 :]
        if apart(a.region, b.region)
    )


def beside(region: str, others: Iterable[str]) -> tuple[str, ...]:
    """Those of other regions in which nobody can be who is in this one, sorted."""
    return tuple(sorted({other for other in others if apart(region, other)}))


def _told(item: Item) -> str:
    return f"{full_name(item.region)} ({item.its_kind.title})"


def _reasons(a: Item, b: Item) -> tuple[str, ...]:
    ways = (SEVERAL, *sorted({a.its_kind.way, b.its_kind.way}), STAGED)
    return tuple(dict.fromkeys(ways))
