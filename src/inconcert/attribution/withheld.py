"""What is said below level L3, where explanations that accuse somebody are not weighed: the innocent ones among themselves, and no more.

A small chance of every innocent explanation would be a large one that somebody is behind the group. So below L3 those that accuse are left out
before anything is counted, and what is said of the others holds only if nobody is behind it. Nothing of this follows from how well an item
fits an explanation that accuses, but for the side to which it points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from inconcert.attribution.elicited import elicited, weights_of
from inconcert.attribution.entered import by_hand
from inconcert.attribution.family_weight import TELLING
from inconcert.attribution.finding import Finding
from inconcert.attribution.hypotheses import FORMS, ORDINARY, Hypothesis
from inconcert.attribution.item import Item
from inconcert.attribution.weighing import Weighing
from inconcert.judgement.weighed import Weighed

SOMEBODY, NOBODY, NEITHER = "somebody behind it", "nobody behind it", "neither side"
"""Where an item points."""


@dataclass(frozen=True)
class Withheld:
    """A hypothesis of which nothing is said.   says: the words of its form; a title that somebody gave it may name one."""

    id: str
    says: str


def withheld(hypotheses: Sequence[Hypothesis]) -> tuple[Withheld, ...]:
    """Those that accuse somebody and are not set aside."""
    return tuple(
        Withheld(one.id, FORMS[one.form]) for one in hypotheses if one.form not in ORDINARY and one.aside is None
    )


def innocent(weighing: Weighing, findings: Sequence[Finding], entries: Sequence[Weighed]) -> Weighing:
    """The same with the explanations alone that accuse nobody, as if there were no others; with fewer than two of them nothing is compared.

    findings, entries: from which the items were made. They are made again: a poor grade widens a weight by how far it lies from the least
    favourable explanation, which may be one that accuses.
    """
    its = tuple(one for one in weighing.hypotheses if one.form in ORDINARY)
    return replace(weighing, hypotheses=its, items=tuple(bare(item, its, findings, entries) for item in weighing.items))


def bare(item: Item, hypotheses: Sequence[Hypothesis], findings: Sequence[Finding], entries: Sequence[Weighed]) -> Item:
    """The item as these hypotheses alone would make it, without the steps of a state's responsibility."""
    entry = next((one for one in entries if one.label == item.key and one.what == "evidence"), None)
    if entry is not None:
        return replace(by_hand(item.key, entry.value, hypotheses), steps=None)
    measured = next((one.measured for one in findings if one.key == item.key), None)
    return replace(item, weights=weights_of(elicited()[item.kind], {}, hypotheses, measured), steps=None)


def points_to(item: Item, rivals: Sequence[Hypothesis]) -> str:
    """SOMEBODY, NOBODY or NEITHER: whether what it fits best accuses, with a factor of two or more between the best of both sides."""
    weights = item.among(tuple(one.id for one in rivals))
    accusing = [weights[one.id].point for one in rivals if one.form not in ORDINARY]
    ordinary = [weights[one.id].point for one in rivals if one.form in ORDINARY]
    if not accusing or not ordinary:
        return NEITHER
    more = max(accusing) - max(ordinary)
    return NEITHER if abs(more) < TELLING else SOMEBODY if more > 0 else NOBODY
