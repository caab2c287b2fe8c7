"""How far the evidence on a group carries once its indicators are counted: level L3 of the claim ladder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from inconcert.indicators.indicator import AUTHENTICITY, FAMILIES
from inconcert.indicators.multiplicity import FOUND

LEAST_RATIO = 3.0
"""Least likelihood ratio, at the lower end of its range, of evidence that counts."""
LEAST_FAMILIES = 2


@dataclass(frozen=True)
class Standing:
    """level: L0 to L3. families: the strongest evidence of each family that counts, as {family, indicator, measure, lr_low}."""

    level: str
    families: tuple[Mapping[str, Any], ...]
    why_not_higher: str


def standing(level: str, why_not_higher: str, readings: Iterable[Mapping[str, Any]]) -> Standing:
    """The standing of a group that co-action brought to `level`. readings: rows of `indicators` whose subject is that group.

    L3 takes L2 and, in at least LEAST_FAMILIES families of AUTHENTICITY, a reading that was found with a likelihood ratio of
    at least LEAST_RATIO against the ordinary explanation, at the lower end of its range. Of one family the strongest counts, once.
    """
    best: dict[str, Mapping[str, Any]] = {}
    for row in readings:
        if row["state"] != FOUND or row["family"] not in AUTHENTICITY or (row["lr_low"] or 0) < LEAST_RATIO:
            continue
        known = best.get(row["family"])
        if known is None or row["lr_low"] > known["lr_low"]:
            best[row["family"]] = {name: row[name] for name in ("family", "indicator", "measure", "lr_low")}
    families = tuple(best[family] for family in AUTHENTICITY if family in best)
    if level != "L2":
        return Standing(level, families, why_not_higher)
    if len(families) >= LEAST_FAMILIES:
        return Standing(
            "L3",
            families,
            "needs a person: who is behind a group is weighed between named hypotheses and signed by an analyst, never computed",
        )
    has = f"it has {FAMILIES[families[0]['family']]}" if families else "it has none"
    return Standing(
        level,
        families,
        f"needs evidence of at least {LEAST_FAMILIES} independent families on authenticity ({', '.join(AUTHENTICITY)}), each at least "
        f"{LEAST_RATIO:g} times likelier than in ordinary accounts; {has}",
    )
