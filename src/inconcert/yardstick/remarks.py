"""The language check: sentences that claim more than the evidence carries, or in words whose strength nobody can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from inconcert.yardstick.assertions import LADDER, PROVEN, Assertion, assertions
from inconcert.yardstick.certainty import RATED, Term, confidences, terms
from inconcert.yardstick.denial import denied
from inconcert.yardstick.exceeding import Carried, Told, exceeding
from inconcert.yardstick.lookalikes import latin
from inconcert.yardstick.sentences import Sentence, sentences
from inconcert.yardstick.yardstick import Yardstick


@dataclass(frozen=True)
class Remark:
    """One thing wrong with one sentence.

    line: 1-based.   sentence: as written.   kind: "exceeds", "no yardstick", "other yardstick", "two terms" or "confidence".
    words: those it is about.   why: in one sentence, with the remedy.
    """

    line: int
    sentence: str
    kind: str
    words: str
    why: str


def remarks(draft: str, scale: Yardstick, carried: Sequence[Carried] = ()) -> list[Remark]:
    """Everything to be said about a draft, in its order. carried: the groups of the case; none when only the words are checked."""
    by_name = {name.lower(): one for one in carried for name in one.names}
    return [found for one in sentences(draft) for found in _of(one, scale, carried, by_name)]


def _of(
    one: Sentence, scale: Yardstick, carried: Sequence[Carried], by_name: Mapping[str, Carried]
) -> Iterator[Remark]:
    own = latin(one.own)
    said = terms(own, scale)
    asserted = list(assertions(one.own))
    for kind, words, why in (
        *_likelihood(own, said, scale),
        *_proofs(said, asserted, scale),
        *_confidence(own, said),
        *exceeding(one.own, asserted, said, carried, by_name),
    ):
        yield Remark(one.line, one.text, kind, words, why)


def _likelihood(own: str, said: Sequence[Term], scale: Yardstick) -> Iterator[Told]:
    for term in said:
        if term.sure and denied(own[: term.start], "", own[term.start + len(term.words) :]):
            continue  # "proves nothing" claims nothing
        if (why := _off(term, scale)) is not None:
            yield "no yardstick" if term.band is None else "other yardstick", term.words, why
    likely = [term for term in said if term.band is not None]
    if len(likely) > 1 and not re.search(r"\bbetween\b", own, re.IGNORECASE):
        words = ", ".join(term.words for term in likely)
        yield "two terms", words, "One judgement takes one term: make a sentence of each judgement."


def _proofs(said: Sequence[Term], asserted: Sequence[Assertion], scale: Yardstick) -> Iterator[Told]:
    """Words of proof that the report leaves out, and `_likelihood` has not marked."""
    marked = " ".join(term.words.lower() for term in said if term.sure)
    for words in dict.fromkeys(one.words for one in asserted if one.what == PROVEN):
        if words not in marked:
            yield "no yardstick", words, _off(Term(words, 0, None, (), True), scale) or ""


def _confidence(own: str, said: Sequence[Term]) -> Iterator[Told]:
    likely = [term for term in said if term.band is not None]
    for words in confidences(own):
        if words.split()[0].lower() not in RATED:
            yield "confidence", words, "Confidence is high, moderate or low, and says what it rests on."
        if likely:
            why = "How likely it is and how well it is founded are two things: give each a sentence of its own."
            yield "confidence", f"{likely[0].words}, {words}", why


def _off(term: Term, scale: Yardstick) -> str | None:
    if scale.name in term.scales:
        return None
    if term.band is not None:
        near = scale.words(term.band.low, term.band.high).text
        return f"'{term.words}' is no term of the {scale.title}; for {term.band.low:.0%} to {term.band.high:.0%} it says {near}."
    if term.sure:
        return f"'{term.words}' claims certainty in no scale. Say what was found, with its chance of being wrong, or take a term of the {scale.title}."
    return f"'{term.words}' is in no yardstick: readers take it for anything. Take a term of the {scale.title}, or say that it is not known."


__all__ = ["LADDER", "Carried", "Remark", "remarks"]
