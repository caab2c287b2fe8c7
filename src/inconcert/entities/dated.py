"""Whether what a tie states of its time meets a span that somebody asks for."""

from __future__ import annotations

import re

_ASKED = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_FIRST, _LAST = "0000-01-01", "9999-12-31"


def asked_date(text: str) -> str:
    """The date as it is compared; ValueError unless it is written as 2019, 2019-04 or 2019-04-24."""
    if not _ASKED.fullmatch(text):
        raise ValueError(f"'{text[:20]}' is no date such as 2019, 2019-04 or 2019-04-24")
    return text


def meets(start: str | None, end: str | None, since: str | None, until: str | None) -> bool:
    """Whether a tie of those ISO dates, whole or shortened, may lie within a span, either side of which may be open.

    A date that stands alone is when something was, not since when; an end alone says nothing of the beginning. What has no date
    meets no span.
    """
    if start is None and end is None:
        return False
    first = _earliest(start) if start is not None else _FIRST
    last = _latest(end if end is not None else start or "")
    return (until is None or first <= _latest(until)) and (since is None or last >= _earliest(since))


def _earliest(date: str) -> str:
    return (date[:10] + _FIRST[len(date[:10]) :]) if len(date) < 10 else date[:10]


def _latest(date: str) -> str:
    return (date[:10] + _LAST[len(date[:10]) :]) if len(date) < 10 else date[:10]
