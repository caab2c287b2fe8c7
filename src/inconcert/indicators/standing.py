"""How far the evidence on a group carries once its indicators are counted: level L3 of the claim ladder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from inconcert.indicators.multiplicity import FOUND

KINDS_OF_EVIDENCE: dict[str, tuple[str, tuple[str, ...]]] = {
    "made": ("made or named in bulk", ("creation",)),
    "shown": ("pictures or names that are shared, contradict or imitate", ("avatars", "persona")),
    "run": ("machines, or one hand behind several accounts", ("automation",)),
    "turned": ("accounts that changed hands or purpose", ("repurposing",)),
}
"""Kind of evidence on authenticity -> what it is, and the families of indicators in it. Pictures and names are one kind: a movement's badge
and the name that goes with it, or a fan's borrowed face and name, come together."""
LEAST_RATIO = 3.0
"""Least likelihood ratio, at the lower end of its range, of evidence that counts."""
LEAST_KINDS = 2
LEAST_MEASURED = 0.5
"""Least share of the members on whom a reading rests: a handful with long timelines says nothing of forty."""
LEAST_SHOWING = 0.2
"""Least share of all members who show a sign, at the lower end of its interval: three friends who signed up together are no group."""
LEAST_CONTROL = 30
"""Fewest accounts in the control of a reading that counts."""
MOST_DECLARED = 0.5
"""Share of members on lists of official, independent, protected or ordinary accounts from which a group is an open one."""


@dataclass(frozen=True)
class Standing:
    """level: L0 to L3. families: the strongest evidence of each kind that counts, as {kind, family, indicator, measure, lr_low}."""

    level: str
    families: tuple[Mapping[str, Any], ...]
    why_not_higher: str


def standing(
    level: str, why_not_higher: str, readings: Iterable[Mapping[str, Any]], size: int, declared: float = 0.0
) -> Standing:
    """The standing of a group of `size` members that co-action brought to `level`. readings: rows of `indicators` on that group.
    declared: share of the members on lists of accounts that say openly who they are.

    L3 takes L2 and, of at least LEAST_KINDS of KINDS_OF_EVIDENCE, a reading that `counts`; of one kind the strongest, once. A
    group of declared accounts stays at L2 whatever they show.
    """
    best: dict[str, Mapping[str, Any]] = {}
    for row in readings:
        kind = next((k for k, (_, families) in KINDS_OF_EVIDENCE.items() if row["family"] in families), None)
        if kind is None or not counts(row, size):
            continue
        if kind not in best or row["lr_low"] > best[kind]["lr_low"]:
            best[kind] = {"kind": kind} | {name: row[name] for name in ("family", "indicator", "measure", "lr_low")}
    families = tuple(best[kind] for kind in KINDS_OF_EVIDENCE if kind in best)
    if level != "L2":
        return Standing(level, families, why_not_higher)
    if declared >= MOST_DECLARED:
        return Standing(
            level,
            families,
            f"cannot go higher: {declared:.0%} of its accounts are on lists of accounts that say openly who they are",
        )
    if len(families) >= LEAST_KINDS:
        return Standing(
            "L3",
            families,
            "needs a person: who is behind a group is weighed between named hypotheses and signed by an analyst, never computed",
        )
    return Standing(level, families, _lacking([KINDS_OF_EVIDENCE[one["kind"]][0] for one in families]))


def counts(row: Mapping[str, Any], size: int) -> bool:
    """Whether a reading counts as evidence on the authenticity of a group of that size: found, at least LEAST_RATIO times likelier than
    in ordinary accounts at the lower end of its range, measured on LEAST_MEASURED of the members and LEAST_CONTROL others, and
    shown by LEAST_SHOWING of all members at least, where the reading is a share."""
    if row["state"] != FOUND or (row["lr_low"] or 0) < LEAST_RATIO or (row["n_control"] or 0) < LEAST_CONTROL:
        return False
    if row["n"] < LEAST_MEASURED * size:
        return False
    is_share = row["scale"].startswith("share")
    return not is_share or (row["low"] or 0) * row["n"] >= LEAST_SHOWING * size


def _lacking(has: list[str]) -> str:
    kinds = "; ".join(what for what, _ in KINDS_OF_EVIDENCE.values())
    return (
        f"needs {LEAST_KINDS} of {len(KINDS_OF_EVIDENCE)} independent kinds of evidence on its accounts ({kinds}), each found in many of its "
        f"members and at least {LEAST_RATIO:g} times likelier than in ordinary accounts; it has "
        + (f"one: {has[0]}" if has else "none")
    )
