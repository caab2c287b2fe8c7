"""What an item says of one region, read with more and with less trust."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Weight:
    """log10 of how much likelier an item is for people who sit in a region than for people anywhere: as it counts if it misleads often (`weak`), as is
    most plausible, and if it misleads seldom (`strong`). How far an item is to be trusted is one question for all regions, hence read alike for all.
    """

    weak: float
    point: float
    strong: float

    @property
    def readings(self) -> tuple[float, float, float]:
        """weak, point, strong."""
        return self.weak, self.point, self.strong

    @property
    def low(self) -> float:
        """The least of the three."""
        return min(self.readings)

    @property
    def high(self) -> float:
        """The largest of the three."""
        return max(self.readings)


NOTHING = Weight(0.0, 0.0, 0.0)
"""As likely there as anywhere."""
