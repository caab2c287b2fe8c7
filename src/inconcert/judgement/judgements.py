"""Judgements as people made them: one statement of the ledger each, numbered in the order they were made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inconcert.judgement import membership
from inconcert.judgement.kinds import KINDS, fits
from inconcert.judgement.membership import Membership
from inconcert.judgement.retraction import Retraction, retractions
from inconcert.ledger import Statement

JUDGED = "judged"


@dataclass(frozen=True)
class Judgement:
    """What one person decided.

    number: 3 for J3; numbers are never given anew.   id: of its statement.   at: UTC, RFC 3339.   kind: of KINDS.
    text: the new name, or the reason.   groups: those it is about, as they were.   accounts: those it is about.
    sources: where that is to be seen.   suffix: what a split adds to the name of the group; "" for the others.
    retracted: None while it was not taken back.
    """

    number: int
    id: str
    at: str
    by: str
    kind: str
    text: str
    groups: tuple[Membership, ...]
    accounts: tuple[str, ...]
    sources: tuple[str, ...]
    suffix: str
    retracted: Retraction | None

    @property
    def label(self) -> str:
        """J3."""
        return f"J{self.number}"


def judgements(statements: Sequence[Statement]) -> list[Judgement]:
    """All of good form, oldest first, those taken back among them."""
    taken_back = retractions(statements)
    known: dict[str, frozenset[str]] = {}
    found = []
    for number, said in enumerate((s for s in statements if s.says == JUDGED), start=1):
        try:
            found.append(_read(said, number, known, taken_back.get(said.id)))
        except ValueError:
            continue  # `forms` tells it to whoever verifies the case
    return found


def listed_members(statements: Sequence[Statement]) -> dict[str, frozenset[str]]:
    """Fingerprint -> accounts of every membership that a judgement lists."""
    return {membership.fingerprint(g.accounts): g.accounts for j in judgements(statements) for g in j.groups}


def judged_value(
    kind: str,
    text: str,
    groups: Sequence[Membership],
    accounts: Sequence[str],
    sources: Sequence[str],
    suffix: str,
    known: Mapping[str, frozenset[str]],
) -> dict[str, Any]:
    """What the statement of a judgement holds; known: see `listed_members`."""
    return {
        "judgement": kind,
        "text": text,
        "groups": [membership.written(one, known) for one in groups],
        "accounts": list(accounts),
        "sources": list(sources),
        "suffix": suffix,
    }


def judgement_faults(statements: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Judgements of bad form, and what is wrong with each."""
    known: dict[str, frozenset[str]] = {}
    for said in statements:
        if said.says == JUDGED:
            try:
                _read(said, 0, known, None)
            except ValueError as error:
                yield said, str(error)


def _read(said: Statement, number: int, known: dict[str, frozenset[str]], retracted: Retraction | None) -> Judgement:
    value = said.value
    if not isinstance(value, dict) or value.get("judgement") not in KINDS:
        raise ValueError("a judgement of no known kind")
    kind = KINDS[value["judgement"]]
    lists = {name: value.get(name) for name in ("accounts", "sources")}
    for name, listed in lists.items():
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise ValueError(f"a judgement whose {name} are no list of texts")
    if not isinstance(value.get("text"), str) or not isinstance(value.get("suffix"), str):
        raise ValueError("a judgement without a text")
    if not isinstance(value.get("groups"), list):
        raise ValueError("a judgement whose groups are no list")
    groups = tuple(membership.read(one, known) for one in value["groups"])
    if not fits(len(groups), kind.groups) or not fits(len(value["accounts"]), kind.accounts):
        raise ValueError(f"a judgement '{value['judgement']}' about the wrong number of groups or accounts")
    return Judgement(
        number, said.id, said.at, said.by, value["judgement"], value["text"], groups, tuple(value["accounts"]),
        tuple(value["sources"]), value["suffix"], retracted,
    )  # fmt: skip
