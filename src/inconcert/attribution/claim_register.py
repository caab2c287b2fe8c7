"""The claims of an assessment with their graded words, and a warning where a word says more than the evidence under it carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inconcert.attribution.confidence import FAIR, GOOD, WEIGHTY
from inconcert.attribution.item import Item
from inconcert.attribution.ladder import SAYABLE
from inconcert.attribution.weighing import Outcome, Weighing

HIGHLY = 0.8
"""Chance from which words say highly likely."""


@dataclass(frozen=True)
class Claim:
    """One claim.

    claim: what is said.   word: of the yardstick.   by: "" for the program, else who says it.   evidence: keys of items that favour it with weight.
    grades: of these, "measured" for what the program measured.   alternatives: the other explanations.   warning: where word and grade
    disagree, "" where they do not.
    """

    claim: str
    word: str
    by: str
    evidence: tuple[str, ...]
    grades: tuple[str, ...]
    alternatives: tuple[str, ...]
    warning: str


def register(weighing: Weighing) -> tuple[Claim, ...]:
    """One claim of each explanation that may be told apart."""
    return tuple(claim_on(weighing, one, one.words.text, one.words.least) for one in weighing.outcomes)


def claim_on(weighing: Weighing, outcome: Outcome, word: str, least: float, by: str = "") -> Claim:
    """The claim that an explanation holds, in that word.   least: chance the word claims at least."""
    favouring = [item for item in weighing.items if _favours(item, outcome.ids, weighing.ids)]
    others = tuple(one.title for one in weighing.outcomes if one.ids != outcome.ids)
    grades = tuple(item.grade.text if item.grade else "measured" for item in favouring)
    keys = tuple(item.key for item in favouring)
    return Claim(outcome.title, word, by, keys, grades, others, _warning(word, least, favouring))


def _favours(item: Item, ids: Sequence[str], every: tuple[str, ...]) -> bool:
    weights = item.among(every)
    least = min(weight.point for weight in weights.values())
    return max(weights[one].point for one in ids) - least >= WEIGHTY


def _warning(word: str, least: float, items: Sequence[Item]) -> str:
    if least < SAYABLE:
        return ""
    if not items:
        return f"'{word}' rests on no item that favours it with weight."
    trust = [item.grade.trust if item.grade else 1.0 for item in items]
    if max(trust) < FAIR:
        return f"'{word}' rests on items graded no better than {_best(items)}."
    sound = {item.family for item, its in zip(items, trust, strict=True) if its >= GOOD}
    if least >= HIGHLY and len(sound) < 2:
        return f"'{word}' rests on {len(sound)} famil{'y' if len(sound) == 1 else 'ies'} of evidence graded B2 or better, or measured; two are needed."
    return ""


def _best(items: Sequence[Item]) -> str:
    best = max((item.grade for item in items if item.grade), key=lambda grade: grade.trust)
    return best.text
