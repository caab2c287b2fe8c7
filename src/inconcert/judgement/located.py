"""What people enter about where a group is: clues, pictures of places matched by eye, and what a second person says of either."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inconcert.judgement import membership
from inconcert.judgement.brought import same_author
from inconcert.judgement.membership import Membership
from inconcert.judgement.retraction import Retraction, retractions
from inconcert.ledger import Statement

LOCATED = "located"
CLUE, PHOTO, REVIEW = "clue", "photo", "review"
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class PlaceEntry:
    """One thing somebody entered.

    number: 3 for P3; numbers are never given anew.   id: of its statement.   at: UTC, RFC 3339.   what: CLUE, PHOTO or REVIEW.   group: as it
    was.   value: its fields.   of: id of the statement that a review is on, "" otherwise.   retracted: None while it was not taken back.
    """

    number: int
    id: str
    at: str
    by: str
    what: str
    group: Membership
    value: Mapping[str, Any]
    of: str
    retracted: Retraction | None

    @property
    def label(self) -> str:
        """P3."""
        return f"P{self.number}"


FIELDS: dict[str, tuple[str, ...]] = {
    CLUE: ("text", "kind", "region", "source", "grade", "otherwise"),
    PHOTO: ("text", "region", "source", "grade", "otherwise", "picture", "view"),
    REVIEW: ("text",),
}
"""What was entered -> its texts."""


def located(statements: Sequence[Statement]) -> list[PlaceEntry]:
    """All of good form, oldest first, those taken back among them."""
    taken_back = retractions(statements)
    known: dict[str, frozenset[str]] = {}
    found: list[PlaceEntry] = []
    for number, said in enumerate((s for s in statements if s.says == LOCATED), start=1):
        try:
            found.append(_read(said, number, known, found, taken_back.get(said.id)))
        except ValueError:
            continue  # `forms` tells it to whoever verifies the case
    return found


def located_value(
    what: str, group: Membership, fields: Mapping[str, Any], statements: Sequence[Statement]
) -> dict[str, Any]:
    """What the statement holds.   statements: those before it, which may list the members of the group."""
    known = {membership.fingerprint(one.group.accounts): one.group.accounts for one in located(statements)}
    return {"what": what, "group": membership.written(group, known), **fields}


def located_faults(statements: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Those of bad form, and what is wrong with each."""
    known: dict[str, frozenset[str]] = {}
    found: list[PlaceEntry] = []
    for said in statements:
        if said.says == LOCATED:
            try:
                found.append(_read(said, 0, known, found, None))
            except ValueError as error:
                yield said, str(error)


def _read(
    said: Statement, number: int, known: dict[str, frozenset[str]], before: Sequence[PlaceEntry], retracted: Retraction | None
) -> PlaceEntry:  # fmt: skip
    value = said.value
    if not isinstance(value, dict) or not isinstance(value.get("what"), str) or value["what"] not in FIELDS:
        raise ValueError("an entry about a place of no known kind")
    what, names = value["what"], list(FIELDS[value["what"]])
    for name in names:
        if not isinstance(value.get(name), str):
            raise ValueError(f"an entry '{what}' about a place whose {name} is missing or no text")
    group = membership.read(value.get("group"), known)
    of = ""
    if what == PHOTO:
        _photo(value)
        names.append("features")
    if what == REVIEW:
        its = next((one for one in before if one.id in said.because and one.what != REVIEW), None)
        if its is None or not isinstance(value.get("agrees"), bool):
            raise ValueError("a review of no entry about a place, or one that neither agrees nor disagrees")
        if same_author(its.by, said.by):
            raise ValueError("a review by the person who entered what is reviewed")
        of = its.id
        names.append("agrees")
    return PlaceEntry(
        number, said.id, said.at, said.by, what, group, {name: value[name] for name in names}, of, retracted
    )


def _photo(value: Mapping[str, Any]) -> None:
    features = value.get("features")
    if not isinstance(features, list) or not features or not all(isinstance(one, str) for one in features):
        raise ValueError("a picture of a place without features that match")
    if not all(_SHA256.fullmatch(value[name]) for name in ("picture", "view")):
        raise ValueError("a picture of a place without the hashes of the picture and of its reference view")
