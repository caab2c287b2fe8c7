"""Grades of sources and information (NATO, the Admiralty system), and what a poor grade does to a weight.

Two axes: how reliable the source is (A-F), and how credible this information is (1-6). The share of its weight that an item keeps is
that of the poorer of the two; the shares are a judgement of this project, not part of the system.
"""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.attribution.ranges import Range
from inconcert.errors import InputError

RELIABILITY: dict[str, tuple[str, float]] = {
    "A": ("completely reliable", 1.0),
    "B": ("usually reliable", 0.9),
    "C": ("fairly reliable", 0.7),
    "D": ("not usually reliable", 0.4),
    "E": ("unreliable", 0.1),
    "F": ("reliability cannot be judged", 0.5),
}
CREDIBILITY: dict[str, tuple[str, float]] = {
    "1": ("confirmed by other sources", 1.0),
    "2": ("probably true", 0.9),
    "3": ("possibly true", 0.7),
    "4": ("doubtful", 0.4),
    "5": ("improbable", 0.1),
    "6": ("truth cannot be judged", 0.5),
}


@dataclass(frozen=True)
class Grade:
    """reliability: of RELIABILITY.   credibility: of CREDIBILITY."""

    reliability: str
    credibility: str

    @property
    def trust(self) -> float:
        """Share of its weight that an item of this grade keeps, 0 to 1."""
        return min(RELIABILITY[self.reliability][1], CREDIBILITY[self.credibility][1])

    @property
    def text(self) -> str:
        """B2."""
        return f"{self.reliability}{self.credibility}"

    @property
    def words(self) -> str:
        """Both axes in words."""
        return f"{RELIABILITY[self.reliability][0]}, {CREDIBILITY[self.credibility][0]}"


def grade(text: str) -> Grade:
    """The grade written as B2; InputError for anything else."""
    written = text.strip().upper()
    if len(written) != 2 or written[0] not in RELIABILITY or written[1] not in CREDIBILITY:
        raise InputError(
            f"'{text}' is no grade. Write the source's reliability, A to F, and the credibility, 1 to 6, as B2."
        )
    return Grade(written[0], written[1])


def discounted(weight: Range, trust: float) -> Range:
    """A weight, as a power of ten, of which only a share is to be trusted.

    The point and the end nearer to no weight keep `trust` of themselves, an end farther off keeps half as much of what is lost: the
    weight shrinks towards none, and its range widens beside what is left.
    """
    outer = (1 + trust) / 2
    low = weight.low * (trust if weight.low > 0 else outer)
    high = weight.high * (trust if weight.high < 0 else outer)
    return Range(low, weight.point * trust, high)
