"""What people enter about entities: files of them, and who asked for and who approved that a private person is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inconcert.judgement.retraction import Retraction, retractions
from inconcert.judgement.wording import signature
from inconcert.ledger import Statement

BROUGHT, ASKED, APPROVED = "brought entities", "asked to name a person", "approved naming a person"
ENTERED = (BROUGHT, ASKED, APPROVED)
PERSON = "person:"
"""Before the opaque id of the person, in what such a statement is about."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Brought:
    """One such statement.

    number: 2 for E2.   id: of its statement.   at: UTC, RFC 3339.   says: of ENTERED.   about: the stored file, or the opaque id of the
    person.   value: its fields.   because: ids of the statements it rests on.   retracted: None while it was not taken back.
    """

    number: int
    id: str
    at: str
    by: str
    says: str
    about: str
    value: Mapping[str, Any]
    because: tuple[str, ...]
    retracted: Retraction | None

    @property
    def label(self) -> str:
        """E2."""
        return f"E{self.number}"


def brought(statements: Sequence[Statement]) -> list[Brought]:
    """All of good form, oldest first, those taken back among them."""
    taken_back = retractions(statements)
    return [
        Brought(
            number, said.id, said.at, said.by, said.says, said.about.removeprefix(PERSON), said.value, said.because,
            taken_back.get(said.id),
        )
        for number, said in enumerate((s for s in statements if s.says in ENTERED), start=1)
        if _fault(said) is None
    ]  # fmt: skip


def standing_files(statements: Sequence[Statement]) -> list[Brought]:
    """Files that count: not taken back, and of one original only the version brought last."""
    newest = {
        one.value["original"]: one for one in brought(statements) if one.says == BROUGHT and one.retracted is None
    }
    return sorted(newest.values(), key=lambda one: one.number)


def approved_persons(statements: Sequence[Statement]) -> dict[str, tuple[Brought, Brought]]:
    """Opaque id of a person -> who asked to name him and who, under another name, approved it; both stand."""
    said = brought(statements)
    asked = {one.id: one for one in said if one.says == ASKED and one.retracted is None}
    found = {}
    for one in said:
        if one.says == APPROVED and one.retracted is None:
            its = next((asked[id] for id in one.because if id in asked), None)
            if its is not None and its.about == one.about and not same_author(its.by, one.by):
                found[one.about] = (its, one)
    return found


def same_author(one: str, other: str) -> bool:
    """Whether two signatures are one name, however it is written."""
    return signature(one) == signature(other)


def brought_faults(statements: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Those of bad form, and what is wrong with each."""
    asked: dict[str, Statement] = {}
    for said in statements:
        if said.says in ENTERED:
            fault = _fault(said)
            if fault is None and said.says == APPROVED:
                its = next((asked[id] for id in said.because if id in asked), None)
                if its is None or its.about != said.about:
                    fault = "an approval of nothing that somebody asked for before"
                elif same_author(its.by, said.by):
                    fault = "an approval by the person who asked for it"
            if fault is not None:
                yield said, fault
        if said.says == ASKED:
            asked[said.id] = said


def _fault(said: Statement) -> str | None:
    if not isinstance(said.value, dict):
        return "an entry about entities that says nothing"
    if said.says == BROUGHT:
        texts = ("file", "kind", "dataset", "title")
        if not all(isinstance(said.value.get(name), str) for name in texts):
            return "a file of entities without name, kind, dataset or title"
        if not all(_SHA256.fullmatch(str(said.value.get(name))) for name in ("stored", "original")):
            return "a file of entities without its hashes"
    elif not isinstance(said.value.get("because"), str) or not said.about.startswith(PERSON):
        return "a statement on naming a person without the person or a reason"
    return None
