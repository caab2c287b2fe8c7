"""What a sentence claims beyond the evidence on the group it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from inconcert.normalise.text import fold
from inconcert.yardstick.assertions import LADDER, LEVELS, NOBODY_REAL, Assertion
from inconcert.yardstick.certainty import Term
from inconcert.yardstick.denial import asked
from inconcert.yardstick.lookalikes import latin

Told = tuple[str, str, str]
"""Kind of remark, the words it is about, and why."""


@dataclass(frozen=True)
class Carried:
    """How far the evidence on one group carries.

    names: by which a draft may call it, as "G1".   level: L0 to L4, L4 only while a sign-off stands. For L4 only: low: least chance that the
    assessment gives who is signed for.   word: what the assessment calls that.   signed: words one of which a sentence must hold to speak of
    who was signed for, none when that is not looked at.   named: whether these are a name, and no kind such as "contractor".
    others: names of the other explanations.
    """

    names: tuple[str, ...]
    level: str
    low: float | None = None
    word: str | None = None
    signed: tuple[str, ...] = ()
    named: bool = True
    others: tuple[str, ...] = ()


def exceeding(
    own: str, asserted: Sequence[Assertion], said: Sequence[Term], carried: Sequence[Carried], by_name: Mapping[str, Carried]
) -> Iterator[Told]:  # fmt: skip
    """Each remark of the kind "exceeds" on a sentence.

    own: the sentence without the words of others.   asserted: what it asserts.   said: its words of likelihood.   by_name: the groups
    by name in small letters. Without groups only what nothing carries is told.
    """
    never = next((one for one in asserted if one.what == NOBODY_REAL), None)
    if never is not None:
        why = f"No measurement carries '{never.words}': say what the accounts did, and what was measured on them."
        yield "exceeds", never.words, why
    claimed = {one.what for one in asserted if one.needs is not None and not _only_asked(own, one.what)}
    if not carried or not claimed:
        return
    what = next(one for one in reversed(LEVELS) if one in claimed)
    plain = own.lower()
    spoken = [group for name, group in by_name.items() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain)]
    about = spoken or [max(carried, key=lambda group: LADDER.index(group.level))]
    weakest = min(about, key=lambda group: LADDER.index(group.level))
    who = weakest.names[0] if spoken else "The strongest group of the case"
    if LADDER.index(weakest.level) < LADDER.index(LEVELS[what]):
        yield (
            "exceeds",
            what,
            f"{who} stands at {weakest.level}; '{what}' takes {LEVELS[what]}. {_REMEDY[what]}",
        )
    elif what == "attributed" and weakest.low is not None:
        yield from _beyond_signature(own, said, weakest, weakest.names[0])


def _only_asked(own: str, what: str) -> bool:
    return asked(own, open=what in ("attributed", "an operation"))


def _beyond_signature(own: str, said: Sequence[Term], signed: Carried, who: str) -> Iterator[Told]:
    """Another name than the one signed for, or a stronger word."""
    other = _other(own, signed)
    if other is not None:
        means = f"“{signed.signed[0]}”" if signed.named else f"a {signed.signed[0]} without a name"
        yield "exceeds", other, f"The assessment signed for {who} speaks of {means} and of nobody else."
    likely = [term for term in said if term.band is not None]
    if likely:
        claimed = min(term.band.low for term in likely if term.band is not None)
        too_sure, words = claimed > (signed.low or 0.0) + 1e-9, likely[0].words
    else:
        too_sure, words = not said or any(term.sure for term in said), "stated as a fact"
    if too_sure:
        yield "exceeds", words, f"The assessment signed for {who} says {signed.word}, no more."


def _other(own: str, signed: Carried) -> str | None:
    """Whom the sentence speaks of instead; None when it speaks of who was signed for, or that is not looked at."""
    if not signed.signed:
        return None
    plain = fold(latin(own))
    rival = next((name for name in signed.others if _holds(plain, name)), None)
    if rival is not None:
        return rival
    if not any(_holds(plain, name) for name in signed.signed):
        return "another hand"
    if signed.named:
        return None
    called = re.sub("|".join(re.escape(name) for name in signed.names), " ", own, flags=re.IGNORECASE)
    name = re.search(rf"(?<=[a-z,] )(?!{_NO_NAMES})[A-Z]\w+", called)
    return name[0] if name else None


def _holds(plain: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fold(latin(name)))}(?!\w)", plain) is not None


_NO_NAMES = (
    r"(?:I|We|It|G\d+|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b"
)
_REMEDY = {
    "synchronised": "Say what was posted, and leave chance out of it.",
    "coordinated": "Say 'synchronised beyond chance' where the report does, or leave it out.",
    "inauthentic": "Say 'coordinated', and that acting in concert is no deceit in itself.",
    "located": "Nothing is located below L3: leave it out.",
    "an operation": "What accounts are for is not measured: say what they did.",
    "attributed": "Nobody is named before an analyst has signed an assessment: inconcert attribute. Say which explanations are weighed.",
}
