"""A number known only to lie in a range, with the most plausible one in it: a chance, or a weight as a power of ten."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Span:
    """low <= point <= high (ValueError otherwise)."""

    low: float
    point: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.point <= self.high:  # NaN included
            raise ValueError(f"{self.low} .. {self.point} .. {self.high} is no range")

    @property
    def ends(self) -> tuple[float, float, float]:
        """low, point, high."""
        return self.low, self.point, self.high
