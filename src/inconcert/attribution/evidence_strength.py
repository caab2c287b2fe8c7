"""How strong a word the evidence listed for a claim can carry: of what was observed, how well, and of how many independent kinds.

The words are carried by grades alone, without weighing, so they end below "almost certain". The rule is a judgement of this project; the
strengths of named observables are those with which ASPI, *Gaming public opinion* (Policy Brief 71/2023), treats them.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from inconcert.attribution.confidence import FAIR, GOOD
from inconcert.attribution.grading import grade
from inconcert.errors import InputError

MEASURED = "measured"
"""Grade of what the program measured."""


@dataclass(frozen=True)
class Strength:
    """How well one piece of evidence is founded.   strength: "strong", "moderate", "weak" or "recorded_only".   group: pieces of one group
    do not count as independent."""

    strength: str
    group: str


@dataclass(frozen=True)
class Tier:
    """How much may be said.   name: of it.   low, high: chances, 0 to 1, whose words of a yardstick it stands for."""

    name: str
    low: float
    high: float


NOTHING = Tier("nothing", 0.0, 0.50)
HINT = Tier("hint", 0.25, 0.50)
EVEN = Tier("even", 0.40, 0.50)
LIKELY = Tier("likely", 0.55, 0.75)
HIGHLY = Tier("highly likely", 0.80, 0.90)
CERTAIN = Tier("as good as certain", 0.95, 1.0)
TIERS = (NOTHING, HINT, EVEN, LIKELY, HIGHLY, CERTAIN)
"""From the least to the most."""


@functools.cache
def observables() -> dict[str, Strength]:
    """The strength of every observable of the reference, by its id."""
    text = (resources.files("inconcert.attribution") / "observable_strengths.csv").read_text("utf-8")
    return {row["id"]: Strength(row["strength"], row["group"]) for row in csv.DictReader(text.splitlines())}


def graded(key: str, written: str) -> Strength | None:
    """The strength of an item of a case from its grade, as "measured" or "B2"; None for anything else. Its group is the part of its key
    before a slash."""
    group = key.partition("/")[0]
    if written.strip().lower() == MEASURED:
        return Strength("strong", group)
    try:
        trust = grade(written).trust
    except InputError:
        return None
    return Strength("strong" if trust >= GOOD else "moderate" if trust >= FAIR else "weak", group)


def carried(evidence: Sequence[Strength]) -> Tier:
    """How much the evidence carries at most.

    HIGHLY takes strong evidence of two groups; LIKELY strong evidence, or moderate evidence of two groups; EVEN moderate evidence; HINT
    weak evidence. Evidence that was only recorded carries NOTHING, as does none.
    """
    strong = {one.group for one in evidence if one.strength == "strong"}
    moderate = {one.group for one in evidence if one.strength == "moderate"} | strong
    if len(strong) > 1:
        return HIGHLY
    if strong or len(moderate) > 1:
        return LIKELY
    if moderate:
        return EVEN
    return HINT if any(one.strength == "weak" for one in evidence) else NOTHING
