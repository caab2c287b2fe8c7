"""What two texts are to one another: the same, a rewriting, sharers of passages, or different. Never: of the same author."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from inconcert.copies.comparable import comparable
from inconcert.normalise.text import text_hash
from inconcert.rewriting.align import Alignment, align
from inconcert.rewriting.rewrites import MOSTLY_KEPT, names_swapped
from inconcert.rewriting.shared_passages import Passage, is_passage, shared_passages

Verdict = Literal[
    "same text",
    "rewritten copy with names swapped",
    "rewritten copy",
    "shares passages",
    "different",
    "too short to say",
]

SIMILAR = 0.5
"""Jaccard similarity from which two texts share their words, whatever their order."""


@dataclass(frozen=True)
class Likeness:
    """Two texts beside one another.

    swapped: per change of the alignment, whether a name or number took the place of another.   too_short: one of them is
    shorter than texts that are compared at all (normalise.text); such are never called rewritten.
    jaccard_5, jaccard_3: of the sets of all runs of five, and of three, characters of their comparable forms, 0 to 1.
    """

    verdict: Verdict
    alignment: Alignment
    swapped: tuple[bool, ...]
    passages: tuple[Passage, ...]
    too_short: bool
    jaccard_5: float
    jaccard_3: float


def likeness(before: str, after: str) -> Likeness:
    """Compare two texts; never fails."""
    found = align(before, after)
    forms = comparable(before), comparable(after)
    jaccard_5, jaccard_3 = (jaccard(*(pieces(form, n) for form in forms)) for n in (5, 3))
    swapped = tuple(names_swapped(found))
    passages = tuple(shared_passages(found))
    too_short = text_hash(before) is None or text_hash(after) is None
    kept = len(found.before) > 0 and found.aligned >= MOSTLY_KEPT
    verdict: Verdict = "different"
    if before == after or (len(found.before) and found.aligned == 1) or (forms[0] and forms[0] == forms[1]):
        verdict = "same text"
    elif kept and too_short:
        verdict = "too short to say"
    elif kept:
        verdict = "rewritten copy with names swapped" if any(swapped) else "rewritten copy"
    elif any(is_passage(found.before, run.before.first, run.before.tokens) for run in passages) or (
        jaccard_5 >= SIMILAR and not too_short
    ):
        verdict = "shares passages"
    return Likeness(verdict, found, swapped, passages, too_short, jaccard_5, jaccard_3)


def pieces(form: str, n: int) -> frozenset[str]:
    """Every run of n characters; the whole form when it is shorter, nothing of nothing."""
    return frozenset(form[i : i + n] for i in range(max(len(form) - n + 1, 1))) - {""}


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of all pieces that both have, 0 to 1; 1 when neither has any."""
    either = len(one | other)
    return len(one & other) / either if either else 1.0
