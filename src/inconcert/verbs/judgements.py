"""`judgements`: what people decided about a case, what of it stands, and taking it back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from inconcert.case import Case
from inconcert.errors import InputError, UnknownName
from inconcert.judgement.brought import Brought, brought
from inconcert.judgement.choices import Choice, choices
from inconcert.judgement.decided import Decided, Outcome, decided
from inconcert.judgement.judgements import Judgement
from inconcert.judgement.judgements import judgements as read
from inconcert.judgement.located import PlaceEntry, located
from inconcert.judgement.notes import Note, notes
from inconcert.judgement.retraction import RETRACTED
from inconcert.judgement.sets import NamedSet, named_sets
from inconcert.judgement.weighed import Weighed, weighed
from inconcert.judgement.wording import REASON_AT_MOST, author, prose
from inconcert.ledger import Statement
from inconcert.report.decisions import decisions
from inconcert.verbs.waiting import PATIENCE_S, waiting

_LABEL = re.compile(r"(?P<what>[JSNRAEP]?)0*(?P<number>[1-9]\d{0,8})")
_READ: dict[str, Callable[[Sequence[Statement]], Sequence[Judgement | NamedSet | Note | Choice | Weighed | Brought | PlaceEntry]]] = {
    "J": read, "S": named_sets, "N": notes, "R": choices, "A": weighed, "E": brought, "P": located,
}  # fmt: skip
_WHAT = {
    "J": "judgement",
    "S": "set",
    "N": "note",
    "R": "choice for the report",
    "A": "entry into a weighing",
    "E": "entry about entities",
    "P": "entry about a place",
}


@dataclass(frozen=True)
class Retracted:
    """What was taken back, and by whom.   label: J7, S1, N4, R2 or A3."""

    label: str
    by: str
    because: str


def judgements(case: Case) -> tuple[Outcome, ...]:
    """Every judgement, oldest first, with what became of it; those taken back among them."""
    return decided_now(case).outcomes


def decided_now(case: Case) -> Decided:
    """The groups of the newest cluster run with every judgement applied; no group where there is no run yet."""
    clustered = case.run("cluster")
    return decisions(case, clustered) if clustered is not None else decided({}, read(case.statements()))


def retract(
    case: Case, label: str, *, by: str, because: str, kind: str = "J", patience_s: float = PATIENCE_S
) -> Retracted:
    """Take a judgement, set, note, choice for the report or entry into a weighing back; everything that rested on it is as before.

    label: J7, S1, N4, R2 or A3, or the number alone, which is one of `kind`.   because: why. UnknownName for what was never said,
    InputError for what was taken back before, CaseInUse.
    """
    match = _LABEL.fullmatch(label.strip().upper())
    if match is None:
        raise InputError(
            f"'{label}' is no number of a statement, such as {kind}7. 'inconcert judgements CASE' lists them."
        )
    what = match["what"] or kind
    number = int(match["number"])
    who, why = author(by), prose("The reason", because, REASON_AT_MOST)
    with waiting(case, patience_s):
        said = {one.number: one for one in _READ[what](case.statements())}
        if number not in said:
            raise UnknownName(_WHAT[what], f"{what}{number}", [f"{what}{n}" for n in said])
        one = said[number]
        if one.retracted is not None:
            raise InputError(f"{one.label} was retracted before, by {one.retracted.by} on {one.retracted.at[:10]}.")
        case.say(one.id, RETRACTED, {"because": why}, by=who, because=[one.id])
    return Retracted(one.label, who, why)


__all__ = ["Judgement", "Outcome", "Retracted", "decided_now", "judgements", "retract"]
