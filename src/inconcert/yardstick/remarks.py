"""The language check: sentences that claim more than the evidence carries, or in words whose strength nobody can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from inconcert.yardstick.assertions import LEVELS, NEVER, assertion, denied
from inconcert.yardstick.certainty import RATED, Term, confidences, terms
from inconcert.yardstick.sentences import Sentence, sentences
from inconcert.yardstick.yardstick import Yardstick

LADDER = ("L0", "L1", "L2", "L3", "L4")


@dataclass(frozen=True)
class Carried:
    """How far the evidence on one group carries.

    names: by which a draft may call it, as "G1".   level: L0 to L4, L4 only while a sign-off stands.   low: for L4, least chance
    that the assessment gives who is named in it.   word: what the assessment calls that.
    """

    names: tuple[str, ...]
    level: str
    low: float | None = None
    word: str | None = None


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
    said = terms(one.own, scale)
    for term in said:
        if term.sure and denied(one.own):
            continue  # "proves nothing" claims nothing
        if (why := _off(term, scale)) is not None:
            yield Remark(
                one.line, one.text, "no yardstick" if term.band is None else "other yardstick", term.words, why
            )
    likely = [term for term in said if term.band is not None]
    if len(likely) > 1 and not re.search(r"\bbetween\b", one.own, re.IGNORECASE):
        words = ", ".join(term.words for term in likely)
        yield Remark(
            one.line, one.text, "two terms", words, "One judgement takes one term: make a sentence of each judgement."
        )
    for words in confidences(one.own):
        if words.split()[0].lower() not in RATED:
            yield Remark(
                one.line,
                one.text,
                "confidence",
                words,
                "Confidence is high, moderate or low, and says what it rests on.",
            )
        if likely:
            why = "How likely it is and how well it is founded are two things: give each a sentence of its own."
            yield Remark(one.line, one.text, "confidence", f"{likely[0].words}, {words}", why)
    if (never := NEVER.search(one.own)) is not None and not denied(one.own):
        why = f"No measurement carries '{never[0]}': say what the accounts did, and what was measured on them."
        yield Remark(one.line, one.text, "exceeds", never[0], why)
    if carried and (found := _exceeding(one, said, carried, by_name)) is not None:
        yield found


def _off(term: Term, scale: Yardstick) -> str | None:
    if scale.name in term.scales:
        return None
    if term.band is not None:
        near = scale.words(term.band.low, term.band.high).text
        return f"'{term.words}' is no term of the {scale.title}; for {term.band.low:.0%} to {term.band.high:.0%} it says {near}."
    if term.sure:
        return f"'{term.words}' claims certainty in no scale. Say what was found, with its chance of being wrong, or take a term of the {scale.title}."
    return f"'{term.words}' is in no yardstick: readers take it for anything. Take a term of the {scale.title}, or say that it is not known."


def _exceeding(
    one: Sentence, said: Sequence[Term], carried: Sequence[Carried], by_name: Mapping[str, Carried]
) -> Remark | None:
    what = assertion(one.own)
    if what is None:
        return None
    named = [group for name, group in by_name.items() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", one.own.lower())]
    about = named or [max(carried, key=lambda group: LADDER.index(group.level))]
    weakest = min(about, key=lambda group: LADDER.index(group.level))
    needs, who = LEVELS[what], weakest.names[0] if named else "The strongest group of the case"
    if LADDER.index(weakest.level) < LADDER.index(needs):
        why = f"{who} stands at {weakest.level}; '{what}' takes {needs}. {_REMEDY[what]}"
        return Remark(one.line, one.text, "exceeds", what, why)
    if what != "attributed" or weakest.low is None:
        return None
    likely = [term for term in said if term.band is not None]
    if likely:
        claimed = min(term.band.low for term in likely if term.band is not None)
        too_sure = claimed > weakest.low + 1e-9
        words = likely[0].words
    else:
        too_sure, words = not said or any(term.sure for term in said), "stated as a fact"
    if not too_sure:
        return None
    return Remark(
        one.line, one.text, "exceeds", words, f"The assessment signed for {who} says {weakest.word}, no more."
    )


_REMEDY = {
    "coordinated": "Say 'synchronised beyond chance' where the report does, or leave it out.",
    "inauthentic": "Say 'coordinated', and that acting in concert is no deceit in itself.",
    "located": "Nothing is located below L3: leave it out.",
    "attributed": "Nobody is named before an analyst has signed an assessment: inconcert attribute. Say which explanations are weighed.",
}
