"""What becomes of the words when any one item, or any one family of evidence, is taken away."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.attribution.families import FAMILIES
from inconcert.attribution.weighing import Outcome, Weighing


@dataclass(frozen=True)
class Removal:
    """What would be said without something.

    what: "item" or "family".   key: of the item, or name of the family.   title: in words.   outcomes: of every explanation.   leading: the likeliest then.
    word_changes: whether the words for what leads now would differ.   lead_changes: whether another one would lead.
    """

    what: str
    key: str
    title: str
    outcomes: tuple[Outcome, ...]
    leading: Outcome
    word_changes: bool
    lead_changes: bool

    def of(self, ids: tuple[str, ...]) -> Outcome:
        """What becomes of these hypotheses; KeyError when they are not told apart here."""
        return {one.ids: one for one in self.outcomes}[ids]


def removals(weighing: Weighing) -> tuple[Removal, ...]:
    """One of every item, in their order, then one of every family of more than one item."""
    found = [_without(weighing, "item", item.key, item.text, (item.key,)) for item in weighing.items]
    for weight in weighing.families:
        keys = tuple(item.key for item in weighing.items if item.family == weight.family)
        if len(keys) > 1:
            title = f"all {len(keys)} items on {FAMILIES[weight.family].title}"
            found.append(_without(weighing, "family", weight.family, title, keys))
    return tuple(found)


def _without(weighing: Weighing, what: str, key: str, title: str, keys: tuple[str, ...]) -> Removal:
    left = weighing.without(keys)
    now = weighing.leading
    then = next(one for one in left.outcomes if one.ids == now.ids)
    return Removal(
        what, key, title, left.outcomes, left.leading, then.words.text != now.words.text, left.leading.ids != now.ids
    )
