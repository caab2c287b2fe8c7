"""Everything that is weighed about one group, and what follows: how likely each explanation is, in numbers and in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from inconcert.attribution.family_weight import FamilyWeight, family_weights
from inconcert.attribution.hypotheses import ORDINARY, Hypothesis
from inconcert.attribution.item import Item
from inconcert.attribution.posterior import chance, total_weights
from inconcert.attribution.ranges import Range
from inconcert.yardstick.yardstick import Words, Yardstick

UNTOLD = "one of the other explanations, which are not told apart below level L3"


@dataclass(frozen=True)
class Outcome:
    """One explanation and its chance.   ids: one hypothesis, or several that may not be told apart.   words: of the yardstick."""

    ids: tuple[str, ...]
    title: str
    chance: Range
    words: Words


@dataclass(frozen=True)
class Weighing:
    """hypotheses: all, those set aside among them.   items: those that count.   yardstick: of the case.   apart: whether hypotheses that
    accuse somebody may be told apart, which takes level L3."""

    hypotheses: tuple[Hypothesis, ...]
    items: tuple[Item, ...]
    yardstick: Yardstick
    apart: bool

    @property
    def rivals(self) -> tuple[Hypothesis, ...]:
        """Those that are weighed."""
        return tuple(one for one in self.hypotheses if one.aside is None)

    @property
    def ids(self) -> tuple[str, ...]:
        """Of the rivals."""
        return tuple(one.id for one in self.rivals)

    @property
    def tellable(self) -> tuple[str, ...]:
        """Ids of the rivals that may be told apart: all from L3 on, below it those that accuse nobody."""
        return tuple(one.id for one in self.rivals if self.apart or one.form in ORDINARY)

    @cached_property
    def families(self) -> tuple[FamilyWeight, ...]:
        """What each family of evidence weighs."""
        return family_weights(self.items, self.ids)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every explanation that may be told apart, in the order of the hypotheses."""
        total = total_weights({one.id: one.prior for one in self.rivals}, self.families)
        found = []
        for ids, title in self._told():
            its = chance(ids, total)
            found.append(Outcome(ids, title, its, self.yardstick.words(its.low, its.high)))
        return tuple(found)

    @property
    def leading(self) -> Outcome:
        """The likeliest, by its point; of several the first."""
        return max(self.outcomes, key=lambda one: one.chance.point)

    def without(self, keys: Collection[str]) -> Weighing:
        """The same without these items."""
        return replace(self, items=tuple(item for item in self.items if item.key not in keys))

    def with_item(self, item: Item) -> Weighing:
        """The same with one item more."""
        return replace(self, items=(*self.items, item))

    def _told(self) -> Sequence[tuple[tuple[str, ...], str]]:
        told = [((one.id,), one.title) for one in self.rivals if one.id in self.tellable]
        untold = tuple(id for id in self.ids if id not in self.tellable)
        return [*told, *([(untold, UNTOLD)] if untold else [])]
