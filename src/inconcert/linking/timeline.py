"""The operations whose material a group showed, by date: what its accounts did before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from inconcert.linking.matches import EXACT, NEAR_COPY
from inconcert.linking.verdict import OF_ANYBODY


@dataclass(frozen=True)
class Showing:
    """One thing published for an operation, as a group showed it.   first_day, last_day: ISO dates (UTC) of the first and last post with it.
    public_on: ISO date of its publication, or from which the library has it.   before: whether the group showed it before it was
    published; None where its source gives no date, and where both fall on one day, or into one month or year of which no day is given."""

    group: str
    operation: str
    kind: str
    value: str
    how: str
    carriers: int
    first_day: str
    last_day: str
    public_on: str
    before: bool | None

    @property
    def days(self) -> str:
        """The first and the last day, or the only one."""
        return self.first_day if self.first_day == self.last_day else f"{self.first_day} to {self.last_day}"


def timeline(items: Iterable[Mapping[str, Any]], group: str, operations: frozenset[str]) -> tuple[Showing, ...]:
    """The things of these operations that a group showed in dated posts, one for each piece of evidence, by first post.

    items: rows of `link_items`. What a group showed before it was published was not copied from the publication.
    """
    found = [
        (
            row["first_us"],
            Showing(
                group, row["operation"], row["kind"], row["value"], row["how"], row["carriers"], day_of(row["first_us"]),
                day_of(row["last_us"]), row["public_on"],
                _before(day_of(row["first_us"]), row["public_on"]) if row["public_stated"] else None,
            ),
        )
        for row in items
        if row["group_id"] == group and row["counts"] and row["first_us"] is not None and row["operation"] in operations
    ]  # fmt: skip
    found.sort(key=lambda pair: (pair[0], pair[1].operation, pair[1].kind, pair[1].value))
    return tuple(showing for _, showing in found)


def only_after(items: Iterable[Mapping[str, Any]]) -> bool:
    """Whether all that counts of these rows of `link_items`, hashtags and tactics aside, was shown only after a source had published it as it is.

    Then whoever read of the operation can have shown it: those who report on it, those who warn of it, and those whom it struck."""
    telling = [row for row in items if row["counts"] and row["family"] not in OF_ANYBODY]
    return bool(telling) and all(_of_readers(row) for row in telling)


def _of_readers(row: Mapping[str, Any]) -> bool:
    if row["first_us"] is None or not row["public_stated"] or row["how"] not in (EXACT, NEAR_COPY):
        return False
    return _before(day_of(row["first_us"]), row["public_on"]) is False


def _before(day: str, public_on: str) -> bool | None:
    """None within the day, month or year that the source names: which of the two came first is not known."""
    within = day[: len(public_on)]
    return None if within == public_on else within < public_on


def day_of(time_us: int) -> str:
    """ISO date (UTC) of microseconds since 1970."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time_us)).date().isoformat()
