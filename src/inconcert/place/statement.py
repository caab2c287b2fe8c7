"""The one sentence on where a group is, in the words of a yardstick: as narrow a region as the evidence carries, and no narrower."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inconcert.place.candidates import STAGED
from inconcert.place.posterior import Posterior
from inconcert.place.regions import full_name, regions
from inconcert.place.span import Span
from inconcert.yardstick.yardstick import Yardstick

CARRIES = 0.55
"""Least chance, at the low end of its range, that is called a place: where "likely" begins in both yardsticks."""
PROVINCE, COUNTRY, CLOCK = "province", "country", "clock"


@dataclass(frozen=True)
class RegionChance:
    """code: of a region; of a clock UTC+8.   kind: PROVINCE, COUNTRY or CLOCK.   prior: chance before any evidence, at its point.
    word: of the yardstick."""

    code: str
    name: str
    kind: str
    chance: Span
    prior: float
    word: str


@dataclass(frozen=True)
class Statement:
    """says: the sentence.   plainly: the same without word and numbers.   of: what it names, None when no region is likely.   leading: the
    likeliest of the narrowest kind that is told."""

    says: str
    plainly: str
    of: RegionChance | None
    leading: RegionChance


def region_chances(found: Posterior, yardstick: Yardstick) -> tuple[RegionChance, ...]:
    """Provinces that items name, countries, clocks; each kind likeliest first."""
    bare = Posterior((), found.among, ())
    told = []
    for place, code in enumerate(found.among.codes):
        if "-" in code:
            told.append((PROVINCE, code, full_name(code), [place]))
    for code, places in found.among.countries().items():
        told.append((COUNTRY, code, regions()[code].name, places))
    for offset, places in found.among.bands().items():
        told.append((CLOCK, band(offset), f"countries by the clock of {band(offset)}", places))
    every = []
    for kind, code, name, places in told:
        chance, prior = found.chance(places), float(bare.points[places].sum()) * (1 - STAGED.point)
        every.append(RegionChance(code, name, kind, chance, prior, yardstick_word(chance, yardstick)))
    order = (PROVINCE, COUNTRY, CLOCK)
    return tuple(sorted(every, key=lambda one: (order.index(one.kind), -round(one.chance.point, 9), one.code)))


def yardstick_word(chance: Span, yardstick: Yardstick) -> str:
    """The words for a range."""
    return yardstick.words(chance.low, chance.high).text


def statement(group: str, chances: Sequence[RegionChance]) -> Statement:
    """chances: of `region_chances`."""
    first = {kind: next((one for one in chances if one.kind == kind), None) for kind in (PROVINCE, COUNTRY, CLOCK)}
    kinds = [one for one in first.values() if one is not None]
    carried = next((one for one in kinds if one.chance.low >= CARRIES), None)
    if carried is not None:
        says = f"The people who run {group} sit in {carried.name}: {carried.word} ({percent(carried.chance)})."
        return Statement(says, f"In {carried.name}.", carried, carried)
    best = kinds[-1]  # no country is named on so little
    says = (
        f"Where the people who run {group} sit is not known: the evidence fits {best.name} best, whose chance ({percent(best.chance)}) reads "
        f"{best.word}, and what carries a place begins at {CARRIES:.0%}."
    )
    return Statement(says, "Its place is not known.", None, best)


def band(offset: int) -> str:
    """UTC+8."""
    return f"UTC{'-' if offset < 0 else '+'}{abs(offset)}"


def percent(chance: Span) -> str:
    """12% to 40%; never 0% or 100%, which no evidence gives."""
    low, high = (_percent(end) for end in (chance.low, chance.high))
    return low if low == high else f"{low} to {high}"


def _percent(value: float) -> str:
    return "under 1%" if value < 0.01 else "over 99%" if value > 0.99 else f"{value:.0%}"
