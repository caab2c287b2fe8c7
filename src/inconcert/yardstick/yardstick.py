"""A scale of words for how likely something is, and the words for an interval of chances."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """One word of a scale.   term: as the scale prints it.   others: words it allows in its place.   low, high: chances, 0 to 1."""

    term: str
    low: float
    high: float
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Yardstick:
    """name: by which it is chosen.   title: with its publisher.   bands: from the least likely to the most, not overlapping.

    Between two bands there may be a gap, whose chances belong to no word.
    """

    name: str
    title: str
    bands: tuple[Band, ...]

    def words(self, low: float, high: float) -> Words:
        """The words for the chances from low to high; ValueError unless 0 <= low <= high <= 1.

        An end that falls into a gap takes the word outside the interval, so that nothing is said more exactly than it is known; an
        end on the border of two words takes the one inside. Chances beyond the outermost words take these.
        """
        if not 0 <= low <= high <= 1:
            raise ValueError(f"{low} to {high} is no interval of chances")
        reached = [i for i, band in enumerate(self.bands) if band.low <= low]
        bounding = [i for i, band in enumerate(self.bands) if band.high >= high]
        first = reached[-1] if reached else 0
        last = bounding[0] if bounding else len(self.bands) - 1
        terms = [self.bands[i].term for i in sorted((first, last))]
        text = terms[0] if first == last else f"between {terms[0]} and {terms[1]}"
        return Words(text, self.bands[min(first, last)].low)


@dataclass(frozen=True)
class Words:
    """What a yardstick says of an interval.   text: "likely", or "between unlikely and likely".   least: chance that these words claim at least."""

    text: str
    least: float
