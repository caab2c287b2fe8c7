"""The timeline of one item across official accounts, a group and independent media: who posted it, and the gaps
between."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import dataclass

from inconcert.indicators.content.first_uses import SHARED, Uses
from inconcert.indicators.facts import Facts
from inconcert.indicators.reading import Point, Reading, Witness, too_little

SHOWN = 5
"""Timelines of one group."""
MARKS = 6
"""Marks of one lane: its earliest."""
_MINUTE_US = 60_000_000
_HOUR_US = 60 * _MINUTE_US
_OVERT, _COVERT, _FREE = "overt", "covert", "independent"
_LANES = {_OVERT: "official accounts", _COVERT: "the group", _FREE: "independent media"}
_WHAT = {
    "text": "one text", "near_text": "near-identical texts", "url": "one link", "hashtag": "one hashtag",
    "media": "one picture",
    "near_media": "near-identical pictures", SHARED: "an official post that was passed on",
}  # fmt: skip

_LISTED_NAMES = """
SELECT account_id, min(coalesce(accounts.display_name, accounts.handle)) AS name FROM accounts
WHERE lower(handle) IN (SELECT lower(trim(replace(handle, '@', ''))) FROM lists WHERE role IN ('overt', 'independent'))
   OR account_id IN (SELECT account_id FROM lists WHERE role IN ('overt', 'independent'))
GROUP BY account_id ORDER BY account_id
"""


@dataclass(frozen=True, order=True)
class _Mark:
    time_us: int
    lane: str
    account: str
    post: str


def timelines(
    facts: Facts, uses: Uses, passed: Uses, side: dict[str, str], own: frozenset[str], group: str
) -> list[Reading]:
    """Readings `timeline`: the item with the smallest gap between official accounts and the group as one of the group,
    then up to SHOWN - 1 more as ones of their first posts; what both sides posted comes before what the group passed
    on.

    Value: hours from the first mark of the officials to the first of the group, below 0 where the group was first;
    exact to the microsecond of the source. Nothing is tested: the smallest of many gaps is always small.
    """
    shown = _closest(uses, side, own) + _closest(passed, side, own)
    if not shown:
        lacking = "0 items: it needs one that the group and a listed official account both posted"
        return [
            too_little("timeline", "group", group, n=0, unit="posts", scale="hours", group_id=group, lacking=lacking)
        ]
    names = {row["account_id"]: row["name"] for row in facts.engine.sql(_LISTED_NAMES).to_pylist()}
    readings: list[Reading] = []
    seen: set[str] = set()
    for kind, marks in shown:
        first = marks[0].post
        if first in seen:  # the same post in another form: a near-identical text beside the exact one
            continue
        seen.add(first)
        subject = ("group", group) if not readings else ("post", first)
        readings.append(_reading(kind, marks, subject, group, names))
        if len(readings) == SHOWN:
            break
    return readings


def _closest(uses: Uses, side: dict[str, str], own: frozenset[str]) -> list[tuple[str, list[_Mark]]]:
    """Kind and marks of items of both sides, the smallest gap first."""
    lane = [_COVERT if a in own else side.get(a) for a in uses.account]
    marks: dict[int, list[_Mark]] = {}
    for item, time_us, account, post, of in zip(uses.item, uses.time_us, uses.account, uses.post, lane, strict=True):
        if of is not None:
            marks.setdefault(int(item), []).append(_Mark(int(time_us), of, account, post))
    both = [(item, sorted(m)) for item, m in marks.items() if {_OVERT, _COVERT} <= {one.lane for one in m}]
    ranked = sorted(both, key=lambda one: (abs(_gap_us(one[1])), uses.audience[one[0]], one[1]))
    return [(uses.kind[item], m) for item, m in ranked[: 2 * SHOWN]]


def _gap_us(marks: list[_Mark]) -> int:
    """From the first official mark to the first of the group."""
    first = {lane: min(one.time_us for one in marks if one.lane == lane) for lane in (_OVERT, _COVERT)}
    return first[_COVERT] - first[_OVERT]


def _reading(
    kind: str, marks: list[_Mark], subject: tuple[str, str], group: str, names: dict[str, str | None]
) -> Reading:
    kept = [one for lane in (_OVERT, _COVERT, _FREE) for one in [m for m in marks if m.lane == lane][:MARKS]]
    kept.sort()
    who = [_who(one, names) for one in kept]
    gaps = [None, *(b.time_us - a.time_us for a, b in itertools.pairwise(kept))]
    words = [
        f"{name} at {_clock(one.time_us)}" if gap is None else f"{name} {duration(gap)} later"
        for name, one, gap in zip(who, kept, gaps, strict=True)
    ]
    gap_us = _gap_us(marks)
    what = _WHAT[kind]
    says = (
        f"In the timeline of {what} the first post of the group and the first of official accounts are "
        f"{duration(abs(gap_us))} apart, {'the group' if gap_us < 0 else 'the officials'} first: "
        f"{', then '.join(words[:MARKS])}."
    )
    return Reading(
        measure="timeline", subject=subject[0], subject_id=subject[1], group_id=group, n=len(kept), unit="posts",
        scale="hours",
        value=gap_us / _HOUR_US, says=says,
        points=tuple(
            Point(_LANES[one.lane], float(one.time_us), label=label)
            for one, label in zip(kept, _labels(kept, gaps, names), strict=True)
        ), witnesses=tuple(
            Witness(one.account, one.post, f"{_LANES[one.lane]}, {_clock(one.time_us)}") for one in kept[:20]
        ),
    )  # fmt: skip


def _labels(kept: list[_Mark], gaps: list[int | None], names: dict[str, str | None]) -> list[str]:
    """Who, where the lane does not say it, the time of day, and the gap; a day only where another one begins, the axis
    says the rest."""
    labels = []
    day = _moment(kept[0].time_us).date()
    for one, gap in zip(kept, gaps, strict=True):
        when = _moment(one.time_us)
        parts = [] if one.lane == _COVERT else [_who(one, names)]
        parts += [f"{when.day} {when:%B}"] if when.date() != day else []
        parts += [f"{when:%H:%M}", *([] if gap is None else [f"(+{duration(gap)})"])]
        labels.append(" ".join(parts))
        day = when.date()
    return labels


def _who(mark: _Mark, names: dict[str, str | None]) -> str:
    """Institutions by name; members are not named here, whatever a list says of them."""
    if mark.lane == _COVERT:
        return "account of the group"
    return " ".join((names.get(mark.account) or mark.account).split())[:60]


def _clock(time_us: int) -> str:
    return f"{_moment(time_us):%Y-%m-%d %H:%M} UTC"


def _moment(time_us: int) -> datetime.datetime:
    return datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=time_us)


def duration(gap_us: int) -> str:
    """A gap in words: `35 s`, `54 min`, `6 h 40 min`, `2 d 3 h`; what is finer than that is cut off, not rounded up."""
    if gap_us < _MINUTE_US:
        return f"{gap_us // 1_000_000} s"
    days, rest = divmod(gap_us, 24 * _HOUR_US)
    hours, rest = divmod(rest, _HOUR_US)
    minutes = rest // _MINUTE_US
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
