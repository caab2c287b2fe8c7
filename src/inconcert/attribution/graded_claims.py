"""Claims of a register with the evidence listed for each: the word that this carries, and a warning where the claim says more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inconcert.attribution.claims_file import StatedClaim
from inconcert.attribution.evidence_strength import (
    CERTAIN,
    EVEN,
    HIGHLY,
    HINT,
    LIKELY,
    NOTHING,
    TIERS,
    Strength,
    Tier,
    carried,
    graded,
)
from inconcert.yardstick.certainty import Term, terms
from inconcert.yardstick.yardstick import Yardstick

CLASSES: dict[str, Tier] = {
    "stated_fact": CERTAIN, "confirmed_by_third_party": HIGHLY, "strong": HIGHLY, "moderate": LIKELY, "likely": LIKELY, "suspected": EVEN,
    "possible": HINT, "hypothetical": NOTHING, "disputed": NOTHING, "unverified": NOTHING, "very_unlikely": HIGHLY,
}  # fmt: skip
"""Class of confidence -> how much a claim of it says. A claim whose contrary is called very unlikely is called highly likely itself."""

_UNLIKELY = 0.45
"""Highest chance of the words that call something unlikely."""
_BETWEEN = re.compile(r"\s*between\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|\w+n['’]t)\b", re.IGNORECASE)


@dataclass(frozen=True)
class GradedClaim:
    """One claim.

    says: how much it claims.   carries: how much the evidence does.   word: of the yardstick, the lesser of both.   at_most: the word the
    evidence carries.   unknown: evidence whose strength nobody knows, which carries nothing.   warning: where word and grade disagree,
    "" where they do not.
    """

    stated: StatedClaim
    says: Tier
    carries: Tier
    word: str
    at_most: str
    unknown: tuple[str, ...]
    warning: str


def graded_claims(
    stated: Sequence[StatedClaim], known: Mapping[str, Strength], scale: Yardstick
) -> tuple[GradedClaim, ...]:
    """Every claim, in its order.   known: evidence -> its strength; a grade that stands in the register goes before it."""
    return tuple(_graded(one, known, scale) for one in stated)


def _graded(one: StatedClaim, known: Mapping[str, Strength], scale: Yardstick) -> GradedClaim:
    found, unknown = [], []
    for place, key in enumerate(one.evidence):
        written = one.grades[place] if place < len(one.grades) else ""
        strength = (graded(key, written) if written else None) or known.get(key)
        if strength is None:
            unknown.append(key)
        else:
            found.append(strength)
    says, carries = said(one, scale), carried(found)
    lesser = min(says, carries, key=TIERS.index)
    at_most = scale.words(carries.low, carries.high).text
    warning = _disagreeing(one, says, scale)
    if TIERS.index(says) > TIERS.index(carries):
        rests = f"{len(found)} piece{'' if len(found) == 1 else 's'} of evidence carr{'ies' if len(found) == 1 else 'y'} no more than “{at_most}”"
        warning = f"It is put as {_put(one)}; {rests}." + (f" {warning}" if warning else "")
    return GradedClaim(one, says, carries, _word(one, lesser, scale, warning), at_most, tuple(unknown), warning)


def said(one: StatedClaim, scale: Yardstick) -> Tier:
    """How much a claim says: by its class, or else by its words, of "between this and that" the lesser; one without either is stated as a fact."""
    if one.confidence_class in CLASSES:
        return CLASSES[one.confidence_class]
    if _DENIED.search(one.words):
        return NOTHING
    found = [_of_term(term) for term in terms(one.words, scale)]
    if not found:
        return CERTAIN
    return min(found, key=TIERS.index) if _BETWEEN.match(one.words) else max(found, key=TIERS.index)


def _of_term(term: Term) -> Tier:
    """How much a word of likelihood says; what is called unlikely is not claimed."""
    if term.band is None:
        return CERTAIN if term.sure else HINT
    if term.band.high <= _UNLIKELY:
        return NOTHING
    return [tier for tier in TIERS if tier.low <= term.band.low + 1e-9][-1]


def _word(one: StatedClaim, lesser: Tier, scale: Yardstick, warning: str) -> str:
    """The stated words where they are of the yardstick and not too strong, or else those for the lesser."""
    found = terms(one.words, scale)
    if not warning and found and all(scale.name in term.scales for term in found) and _bare(one.words, found):
        return one.words
    return scale.words(lesser.low, lesser.high).text


def _bare(words: str, found: Sequence[Term]) -> bool:
    """Whether there is nothing else in the words than these terms."""
    left = list(words)
    for term in found:
        left[term.start : term.start + len(term.words)] = " " * len(term.words)
    return set("".join(left).split()) <= {"between", "and", "a", "roughly"}


def _disagreeing(one: StatedClaim, says: Tier, scale: Yardstick) -> str:
    """A warning where words of a yardstick say more than the class beside them; "" where they do not."""
    likely = [term for term in terms(one.words, scale) if term.band is not None]
    if one.confidence_class not in CLASSES or not likely:
        return ""
    most = max(likely, key=lambda term: TIERS.index(_of_term(term)))
    if TIERS.index(_of_term(most)) <= TIERS.index(says):
        return ""
    return f"“{most.words}” says more than its class, {one.confidence_class.replace('_', ' ')}."


def _put(one: StatedClaim) -> str:
    named = one.confidence_class.replace("_", " ") if one.confidence_class in CLASSES else ""
    words = f"“{one.words}”" if one.words else ""
    return f"{named} ({words})" if named and words else named or words or "a fact"
