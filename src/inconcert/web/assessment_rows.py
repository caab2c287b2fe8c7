"""Rows that the page of an assessment draws: ranges of chances, and the waterfall with every item of every family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inconcert.verbs.attribute import Assessment, Item

WIDE = 1_000
"""Units of a picture from left to right."""


@dataclass(frozen=True)
class Bar:
    """Places from 0 to WIDE.   start, end: of the bar.   low, high: of its range.   even: where neither of the two is favoured."""

    start: int
    end: int
    low: int
    high: int
    even: int


@dataclass(frozen=True)
class ItemRow:
    """One item within its family.   factor: in favour of the first of the two.   role: what becomes of it there."""

    key: str
    factor: str
    role: str
    bar: Bar


@dataclass(frozen=True)
class FamilyRow:
    """One step.   factor: "× 18".   span: its range.   cap: the most the family may weigh, "" for what is no family.   whole: before or after everything."""

    label: str
    factor: str
    span: str
    cap: str
    capped: bool
    whole: bool
    bar: Bar
    items: tuple[ItemRow, ...]


def waterfall(a: Assessment, caps: Mapping[str, float]) -> tuple[FamilyRow, ...]:
    """The steps of the waterfall, and in each family its items.   caps: family -> its most, as a power of ten."""
    if a.pair is None:
        return ()
    one, other = a.pair
    ids = tuple(h.id for h in a.hypotheses if h.aside is None)
    items: dict[str, list[Item]] = {}
    for item in a.items:
        items.setdefault(item.family, []).append(item)
    its = {item.key: item.among(ids)[one].less(item.among(ids)[other]) for item in a.items}
    ends = [0.0]
    for step in a.waterfall:
        ends += [step.start, step.end, step.start + step.weight.low, step.start + step.weight.high]
    for weight in its.values():
        ends += [weight.low, weight.high]
    least, most = min(ends) - 0.05, max(ends) + 0.05

    def bar(start: float, end: float, low: float, high: float) -> Bar:
        return Bar(*(round((value - least) / (most - least) * WIDE) for value in (start, end, low, high, 0.0)))

    rows = []
    families = [None, *a.families, None]
    for step, family in zip(a.waterfall, families, strict=True):
        whole = family is None
        mine = items.get(family.family, []) if family is not None else []
        leading, widening = step.leading, step.widening
        rows.append(
            FamilyRow(
                step.label[:1].upper() + step.label[1:],
                odds(step.weight.point) if whole else times(step.weight.point),
                " to ".join((odds if whole else times)(end) for end in (step.weight.low, step.weight.high)),
                "" if family is None else f"× {10 ** caps[family.family]:,.0f}",
                step.capped,
                whole,
                bar(step.start, step.end, step.start + step.weight.low, step.start + step.weight.high),
                tuple(
                    ItemRow(item.key, times(its[item.key].point), _role(item.key, leading, widening),
                            bar(0.0, its[item.key].point, its[item.key].low, its[item.key].high))
                    for item in mine
                ),
            )
        )  # fmt: skip
    return tuple(rows)


def times(log: float) -> str:
    """A ratio as a factor: × 18, or ÷ 2.5 for one below 1."""
    return f"× {_number(log)}" if log >= -0.005 else f"÷ {_number(-log)}"


def odds(log: float) -> str:
    """A ratio as odds: 12 : 1."""
    return "even" if abs(log) < 0.005 else f"{_number(log)} : 1" if log > 0 else f"1 : {_number(-log)}"


def _number(log: float) -> str:
    value = 10**log
    return f"{value:,.0f}" if value >= 20 else f"{value:.1f}".removesuffix(".0")


def _role(key: str, leading: Sequence[str], widening: Sequence[str]) -> str:
    if key in leading:
        return "gives the weight of its family"
    if key in widening:
        return "widens the range of its family"
    return (
        "adds nothing to what its family says already"
        if leading
        else "tells less than a factor of two, and counts not at all"
    )


def share(chance: float) -> str:
    """A chance in words of numbers, never 0% or 100%."""
    return "less than 1%" if chance < 0.01 else "more than 99%" if chance > 0.99 else f"{chance:.0%}"


def span(low: float, high: float) -> str:
    """A range of chances."""
    ends = share(low), share(high)
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)
