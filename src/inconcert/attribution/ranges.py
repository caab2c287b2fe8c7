"""A number that is known only to lie in a range, with the most plausible one in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Range:
    """low <= point <= high (ValueError otherwise)."""

    low: float
    point: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.point <= self.high:  # NaN included
            raise ValueError(f"{self.low} .. {self.point} .. {self.high} is no range")

    def shifted(self, by: float) -> Range:
        """The range with `by` added."""
        return Range(self.low + by, self.point + by, self.high + by)

    def held(self, most: float) -> Range:
        """The range brought between -most and most. Where its point lies beyond, what the range reaches towards 0 is kept beside the point
        as it is held: a weight that may not count in full is no better known than before."""
        point = min(max(self.point, -most), most)
        beyond = self.point - point
        low, high = self.low - max(beyond, 0.0), self.high - min(beyond, 0.0)
        return Range(min(max(low, -most), point), point, max(min(high, most), point))  # not beyond it for rounding

    def less(self, other: Range) -> Range:
        """This minus the other, where the two vary independently."""
        return Range(self.low - other.high, self.point - other.point, self.high - other.low)

    def widened(self, others: Iterable[Range]) -> Range:
        """The smallest range that holds this one and the others; the point stays."""
        every = [self, *others]
        return Range(min(one.low for one in every), self.point, max(one.high for one in every))


NONE = Range(0.0, 0.0, 0.0)
"""No weight at all, as a power of ten."""
