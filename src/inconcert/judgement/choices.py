"""What somebody chose for the report: groups described, sections and pictures shown, and words beside them.

A choice hides no finding: a group that is not described stays in the table of groups, and the page says who chose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from inconcert.judgement import membership
from inconcert.judgement.membership import Membership
from inconcert.judgement.retraction import Retraction, retractions
from inconcert.ledger import Statement

CHOSEN = "chosen for the report"


@dataclass(frozen=True)
class ChosenPart:
    """What was chosen for one group or part of the page.

    part: id of a part, such as "found" or "copies"; "" for a group, which is `group`, as it was then.   shown: described in full.
    without: names of pictures left out.   text: Markdown printed beside it, "" for none.
    """

    part: str
    group: Membership | None
    shown: bool = True
    without: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Choice:
    """One choice; it replaces those before it.   number: 2 for R2.   id: of its statement.   at: UTC, RFC 3339.   zone: IANA name.
    notes: whether case notes are printed.   parts: those that differ from a report of everything.
    """

    number: int
    id: str
    at: str
    by: str
    zone: str
    notes: bool
    parts: tuple[ChosenPart, ...]
    retracted: Retraction | None

    @property
    def label(self) -> str:
        """R2."""
        return f"R{self.number}"


def choices(statements: Sequence[Statement]) -> list[Choice]:
    """All of good form, oldest first, those taken back among them."""
    taken_back = retractions(statements)
    known: dict[str, frozenset[str]] = {}
    found = []
    for number, said in enumerate((s for s in statements if s.says == CHOSEN), start=1):
        try:
            found.append(_read(said, number, known, taken_back.get(said.id)))
        except ValueError:
            continue  # `forms` tells it to whoever verifies the case
    return found


def standing_choice(statements: Sequence[Statement]) -> Choice | None:
    """The newest that was not taken back; None when the report shows everything."""
    return next((one for one in reversed(choices(statements)) if one.retracted is None), None)


def choice_value(
    zone: str, notes: bool, parts: Sequence[ChosenPart], statements: Sequence[Statement]
) -> dict[str, Any]:
    """What the statement of a choice holds.   statements: those before it, which may list the members of its groups."""
    groups = [part.group for one in choices(statements) for part in one.parts if part.group is not None]
    known = {membership.fingerprint(group.accounts): group.accounts for group in groups}
    return {
        "zone": zone,
        "notes": notes,
        "parts": [
            {
                "part": one.part,
                "group": membership.written(one.group, known) if one.group is not None else None,
                "shown": one.shown,
                "without": list(one.without),
                "text": one.text,
            }
            for one in parts
        ],
    }


def choice_faults(statements: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Choices of bad form, and what is wrong with each."""
    known: dict[str, frozenset[str]] = {}
    for said in statements:
        if said.says == CHOSEN:
            try:
                _read(said, 0, known, None)
            except ValueError as error:
                yield said, str(error)


def _read(said: Statement, number: int, known: dict[str, frozenset[str]], retracted: Retraction | None) -> Choice:
    value = said.value
    if (
        not isinstance(value, dict)
        or not isinstance(value.get("zone"), str)
        or not isinstance(value.get("notes"), bool)
    ):
        raise ValueError("a choice for the report without a time zone")
    if not isinstance(value.get("parts"), list):
        raise ValueError("a choice for the report whose parts are no list")
    parts = tuple(_part(one, known) for one in value["parts"])
    return Choice(number, said.id, said.at, said.by, value["zone"], value["notes"], parts, retracted)


def _part(value: Any, known: dict[str, frozenset[str]]) -> ChosenPart:
    if not isinstance(value, dict) or not all(isinstance(value.get(name), str) for name in ("part", "text")):
        raise ValueError("a choice for the report with a part that has no name")
    without = value.get("without")
    if not isinstance(without, list) or not all(isinstance(one, str) for one in without):
        raise ValueError("a choice for the report whose pictures are no list of texts")
    if not isinstance(value.get("shown"), bool):
        raise ValueError("a choice for the report that does not say whether a part is shown")
    group = membership.read(value["group"], known) if value.get("group") is not None else None
    if (group is None) != bool(value["part"]):
        raise ValueError("a choice for the report with a part that is neither a group nor a part of the page")
    return ChosenPart(value["part"], group, value["shown"], tuple(without), value["text"])
