"""What may be chosen when something is entered into a weighing: kinds, grades, families, words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inconcert.attribution.ach_matrix import RATINGS
from inconcert.attribution.elicited import SHOWN, elicited
from inconcert.attribution.families import ACCESS, CATEGORIES, FAMILIES, Family
from inconcert.attribution.grading import CREDIBILITY, RELIABILITY
from inconcert.yardstick.yardsticks import YARDSTICKS


@dataclass(frozen=True)
class Choices:
    """kinds: name -> title, of those that people may enter without weights.   reliability, credibility: letter or digit of a grade -> its words.
    families: name -> title and cap.   categories, access: see attribution.families.   yardsticks: name -> title.   words: of the yardstick, from the
    least likely; bands: each with the chances it stands for.   ratings: of the matrix -> their words."""

    kinds: Mapping[str, str]
    reliability: Mapping[str, str]
    credibility: Mapping[str, str]
    families: Mapping[str, Family]
    categories: tuple[str, ...]
    access: tuple[str, ...]
    yardsticks: Mapping[str, str]
    words: tuple[str, ...]
    bands: tuple[tuple[str, float, float], ...]
    ratings: Mapping[str, str]


def attribution_choices(yardstick: str) -> Choices:
    """yardstick: title of that of the case."""
    kept = next(one for one in YARDSTICKS.values() if one.title == yardstick)
    return Choices(
        kinds={kind.name: kind.title for kind in elicited().values() if kind.unit != SHOWN and "/" not in kind.name},
        reliability={letter: words for letter, (words, _) in RELIABILITY.items()},
        credibility={digit: words for digit, (words, _) in CREDIBILITY.items()},
        families=FAMILIES, categories=CATEGORIES, access=ACCESS,
        yardsticks={name: one.title for name, one in YARDSTICKS.items()},
        words=tuple(band.term for band in kept.bands),
        bands=tuple((band.term, band.low, band.high) for band in kept.bands), ratings=RATINGS,
    )  # fmt: skip
