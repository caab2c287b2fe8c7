"""Named sets: accounts and posts that somebody put together, by hand or by a search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inconcert.judgement.retraction import Retraction, retractions
from inconcert.ledger import Statement

KEPT_SET = "kept as a set"
MEMBERS_AT_MOST = 20_000
"""Accounts of one set, and posts; the ledger is read whole by every command that writes."""
NO_RATE = (
    "A hand-picked set carries no false-alarm rate: whoever chose it decided what is in it, and nothing was tested."
)


@dataclass(frozen=True)
class NamedSet:
    """One set.

    number: 2 for S2.   id: of its statement.   at: UTC, RFC 3339.   accounts: ids, sorted.   posts: (import id, row), sorted.
    origin: how it was put together: {"search": words}, {"file": name, "sha256": hash}, {"group": id}, {"accounts": how many}.
    """

    number: int
    id: str
    at: str
    by: str
    name: str
    accounts: tuple[str, ...]
    posts: tuple[tuple[str, int], ...]
    origin: Mapping[str, Any]
    because: str
    sources: tuple[str, ...]
    retracted: Retraction | None

    @property
    def label(self) -> str:
        """S2."""
        return f"S{self.number}"


def named_sets(statements: Sequence[Statement]) -> list[NamedSet]:
    """All of good form, oldest first, those taken back among them."""
    taken_back = retractions(statements)
    said = [s for s in statements if s.says == KEPT_SET]
    return [_read(s, n, taken_back.get(s.id)) for n, s in enumerate(said, start=1) if set_fault(s) is None]


def standing_set(statements: Sequence[Statement], name: str) -> NamedSet | None:
    """The set of that name, or of that label (S2), that was not taken back; None when there is none."""
    standing = [one for one in named_sets(statements) if one.retracted is None]
    named = next((one for one in standing if one.name == name), None)
    return named or next((one for one in standing if one.label == name), None)


def set_faults(statements: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Sets of bad form, and what is wrong with each."""
    for said in statements:
        if said.says == KEPT_SET and (fault := set_fault(said)) is not None:
            yield said, fault


def set_fault(said: Statement) -> str | None:
    """What is wrong with the form of a set; None when nothing is."""
    value = said.value
    if not isinstance(value, dict) or not all(isinstance(value.get(name), str) for name in ("name", "because")):
        return "a set without a name"
    if not isinstance(value.get("origin"), dict):
        return "a set that does not say how it was put together"
    for name in ("accounts", "sources"):
        if not isinstance(value.get(name), list) or not all(isinstance(one, str) for one in value[name]):
            return f"a set whose {name} are no list of texts"
    posts = value.get("posts")
    if not isinstance(posts, list) or not all(_is_post(one) for one in posts):
        return "a set whose posts are no list of imports and rows"
    return None


def is_row(value: object) -> bool:
    """Whether it is the number of a record, from 1."""
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_post(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and is_row(value[1])


def _read(said: Statement, number: int, retracted: Retraction | None) -> NamedSet:
    value = said.value
    return NamedSet(
        number, said.id, said.at, said.by, value["name"], tuple(value["accounts"]),
        tuple((import_id, row) for import_id, row in value["posts"]), value["origin"], value["because"],
        tuple(value["sources"]), retracted,
    )  # fmt: skip
