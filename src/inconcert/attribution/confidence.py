"""How far an assessment can be relied on: high, moderate or low, computed from four things and never from how likely its result is.

"High" needs independent evidence of two of the categories technical, behavioural and contextual (Pamment, Heap, Smith and Dikhtiarenko
2026, StratCom COE), and here independent means of two sources: what one witness tells of money and of servers is one account of both. All
that the program measured is of one source, the posts and accounts that somebody collected: a gap or a choice in that collection is in every
indicator. So nothing is "high" from one export alone. The other bounds are a judgement of this project.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from inconcert.attribution.families import CATEGORIES
from inconcert.attribution.finding import HERE
from inconcert.attribution.item import Item
from inconcert.attribution.sensitivity import Removal
from inconcert.attribution.weighing import Weighing

LEVELS = ("low", "moderate", "high")
WEIGHTY = math.log10(3)
"""Least weight, as a power of ten, with which a family speaks for an explanation: three times likelier than under the least favoured."""
WIDE, NARROW = 0.4, 0.2
"""Width of the range from which it is wide, and up to which it is narrow."""
GOOD, FAIR = 0.9, 0.7
"""Least trust in a grade of A to B with 1 to 2, and of A to C with 1 to 3."""


@dataclass(frozen=True)
class Confidence:
    """level: of LEVELS, the lowest of its reasons.   reasons: (level, a sentence), one of each thing looked at."""

    level: str
    reasons: tuple[tuple[str, str], ...]


def speaking(weighing: Weighing) -> tuple[Item, ...]:
    """Leading items of the families that speak for the likeliest explanation with weight."""
    now = weighing.leading.ids
    keys: set[str] = set()
    for family in weighing.families:
        least = min(weight.point for weight in family.weights.values())
        if max(family.weights[one].point for one in now) - least >= WEIGHTY:
            keys |= set(family.leading)
    return tuple(item for item in weighing.items if item.key in keys)


def confidence(weighing: Weighing, removed: Sequence[Removal]) -> Confidence:
    """The confidence in what is said of the likeliest explanation.   removed: see `removals`."""
    telling = speaking(weighing)
    reasons = (_categories(telling), _width(weighing), _sensitivity(removed), _grades(telling))
    return Confidence(min((level for level, _ in reasons), key=LEVELS.index), reasons)


def _categories(telling: Sequence[Item]) -> tuple[str, str]:
    found = [category for category in CATEGORIES if any(item.category == category for item in telling)]
    pairs = [(a, b) for a, b in combinations(telling, 2) if a.category != b.category and a.family != b.family]
    if any(_of_two_sources(a, b) for a, b in pairs):
        return "high", f"Evidence with weight is {_listed(found)}, from different sources."
    if pairs:
        return (
            "moderate",
            f"Evidence with weight is {_listed(found)}, and all from one source; a second is needed for more.",
        )
    if found:
        lacks = "category" if len(found) == 1 else "family"
        return "moderate", f"All evidence with weight is {_listed(found)}; a second {lacks} is needed for more."
    return "low", "No evidence speaks for it with weight."


def _listed(found: Sequence[str]) -> str:
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)


def _of_two_sources(a: Item, b: Item) -> bool:
    """Whether neither the source is the same, nor somebody else who found both; one of them may have been measured."""
    if _measured(a) or _measured(b):
        return not (_measured(a) and _measured(b))
    return _plain(a.source) != _plain(b.source) and (_plain(a.found_by) != _plain(b.found_by) or a.found_by == HERE)


def _measured(item: Item) -> bool:
    """What the program measured, and what people entered again from a run of it."""
    return item.grade is None or _plain(item.source).startswith("run ")


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _width(weighing: Weighing) -> tuple[str, str]:
    its = weighing.leading.chance
    width = its.high - its.low
    level = "high" if width <= NARROW else "moderate" if width <= WIDE else "low"
    word = {"high": "narrow", "moderate": "of middling width", "low": "wide"}[level]
    return level, f"Its range is {word}: {100 * width:.0f} percentage points."


def _sensitivity(removed: Sequence[Removal]) -> tuple[str, str]:
    leads = [one for one in removed if one.lead_changes]
    words = [one for one in removed if one.word_changes]
    if leads:
        return "low", f"Another explanation leads without {_named(leads)}."
    if words:
        return "moderate", f"The words change without {_named(words)}."
    return "high", "No single item or family changes the words."


def _named(removed: Sequence[Removal]) -> str:
    more = f" and in {len(removed) - 1} other such cases" if len(removed) > 1 else ""
    return f"the {removed[0].what} {removed[0].key}{more}"


def _grades(telling: Sequence[Item]) -> tuple[str, str]:
    graded = [item for item in telling if item.grade is not None]
    worst = min(graded, key=lambda item: item.grade.trust if item.grade else 1.0, default=None)
    if worst is None or worst.grade is None:
        return ("high", "What carries it was measured in this case.") if telling else ("low", "Nothing carries it.")
    level = "high" if worst.grade.trust >= GOOD else "moderate" if worst.grade.trust >= FAIR else "low"
    return level, f"The poorest grade among what carries it is {worst.grade.text} ({worst.grade.words}): {worst.key}."
