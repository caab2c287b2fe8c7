"""What people enter into the weighing of who is behind a group: hypotheses, priors, evidence, dissent, and the signature under it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inconcert.judgement import membership
from inconcert.judgement.membership import Membership
from inconcert.judgement.retraction import Retraction, retractions
from inconcert.ledger import Statement

WEIGHED = "weighed"
MOST_WEIGHT = 6.0
"""Largest weight, as a power of ten, that anybody may give an item."""
MOST_PRIOR = 1e6
"""Largest weight before any evidence; the smallest is one over it."""


@dataclass(frozen=True)
class Weighed:
    """One thing somebody entered.

    number: 3 for A3; numbers are never given anew.   id: of its statement.   at: UTC, RFC 3339.   what: of WHAT.   group: as it was; None
    for what is about the whole case.   value: its fields.   retracted: None while it was not taken back.
    """

    number: int
    id: str
    at: str
    by: str
    what: str
    group: Membership | None
    value: Mapping[str, Any]
    retracted: Retraction | None

    @property
    def label(self) -> str:
        """A3."""
        return f"A{self.number}"


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_range(value: object, least: float = -MOST_WEIGHT, most: float = MOST_WEIGHT) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    if not all(isinstance(end, float | int) and not isinstance(end, bool) for end in value):
        return False
    return bool(least <= value[0] <= value[1] <= most)  # NaN included


def _is_prior(value: object) -> bool:
    return _is_range(value, 1 / MOST_PRIOR, MOST_PRIOR)


def _is_weights(value: object) -> bool:
    return isinstance(value, dict) and all(_is_range(its) for its in value.values())


def _texts(*names: str) -> dict[str, Callable[[object], bool]]:
    return dict.fromkeys(names, _is_text)


WHAT: dict[str, dict[str, Callable[[object], bool]]] = {
    "hypothesis": _texts("title", "like"),
    "rename": _texts("about", "title"),
    "split": {"about": _is_text, "titles": _is_texts},
    "aside": _texts("about", "text"),
    "prior": {"about": _is_text, "text": _is_text, "weight": _is_prior},
    "evidence": {
        **_texts("text", "kind", "source", "grade", "category", "access", "family", "found_by"),
        "weights": _is_weights,
    },
    "yardstick": _texts("name"),
    "dissent": _texts("about", "word", "text"),
    "sign-off": _texts("about", "word", "confidence", "text", "sha256"),
}
"""What can be entered -> its fields, and what each must be."""

OF_THE_CASE = ("yardstick",)
"""What is about no group."""


def weighed(statements: Sequence[Statement]) -> list[Weighed]:
    """All of good form, oldest first, those taken back among them."""
    taken_back = retractions(statements)
    known: dict[str, frozenset[str]] = {}
    found = []
    for number, said in enumerate((s for s in statements if s.says == WEIGHED), start=1):
        try:
            found.append(_read(said, number, known, taken_back.get(said.id)))
        except ValueError:
            continue  # `forms` tells it to whoever verifies the case
    return found


def weighed_value(
    what: str, group: Membership | None, fields: Mapping[str, Any], statements: Sequence[Statement]
) -> dict[str, Any]:
    """What the statement holds.   statements: those before it, which may list the members of the group."""
    known = {membership.fingerprint(g.accounts): g.accounts for one in weighed(statements) if (g := one.group)}
    return {"what": what, "group": membership.written(group, known) if group else None, **fields}


def weighed_faults(statements: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Those of bad form, and what is wrong with each."""
    known: dict[str, frozenset[str]] = {}
    for said in statements:
        if said.says == WEIGHED:
            try:
                _read(said, 0, known, None)
            except ValueError as error:
                yield said, str(error)


def _read(said: Statement, number: int, known: dict[str, frozenset[str]], retracted: Retraction | None) -> Weighed:
    value = said.value
    if not isinstance(value, dict) or not isinstance(value.get("what"), str) or value["what"] not in WHAT:
        raise ValueError("an entry into a weighing of no known kind")
    what = value["what"]
    for name, fits in WHAT[what].items():
        if not fits(value.get(name)):
            raise ValueError(f"an entry '{what}' into a weighing whose {name} is missing or of bad form")
    group = membership.read(value["group"], known) if value.get("group") is not None else None
    if (group is None) != (what in OF_THE_CASE):
        raise ValueError(f"an entry '{what}' into a weighing about the wrong thing")
    fields = {name: value[name] for name in WHAT[what]}
    return Weighed(number, said.id, said.at, said.by, what, group, fields, retracted)
