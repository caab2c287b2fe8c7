"""Lanes: for each account a strip of its posts over the days of a period, all on one scale of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from inconcert.report.words import count

WIDTH, HEIGHT = 900, 24
_MOST_BINS = 180

Days = Sequence[tuple[date, int]]


@dataclass(frozen=True)
class Lane:
    """The strip of one account.   posts: in it.   days: on which it posted."""

    picture: Markup
    posts: int
    days: int


def lane(days: Days, first: date, last: date, *, events: Sequence[date] = ()) -> Lane:
    """The strip from one day to another, tall where the account posts as much as on its own fullest day.

    days: (day, posts), those without a post left out.   events: days with a dashed line.
    """
    step = -(-((last - first).days + 1) // _MOST_BINS)
    bins = [0] * ((last - first).days // step + 1)
    for day, posts in days:
        if first <= day <= last:
            bins[(day - first).days // step] += posts
    most, wide = max(bins), WIDTH / len(bins)
    bars = "".join(
        f"M{(place + 0.5) * wide:.1f} {HEIGHT}v-{max(2.0, (HEIGHT - 2) * n / most):.1f}"
        for place, n in enumerate(bins)
        if n
    )
    lines = "".join(
        f"M{((at - first).days / step + 0.5) * wide:.1f} 0V{HEIGHT}" for at in events if first <= at <= last
    )
    total = sum(n for _, n in days)
    return Lane(
        Markup(
            '<svg class="lane" viewBox="0 0 {w} {h}" preserveAspectRatio="none" role="img" aria-label="{says}">'
            '<path class="line" d="M0 {h}H{w}"/><path class="event" d="{lines}"/><path class="bar" stroke-width="{bar:.1f}" d="{bars}"/></svg>'
        ).format(w=WIDTH, h=HEIGHT, says=_says(days, total), lines=lines, bar=max(1.0, wide * 0.86), bars=bars),
        total,
        len(days),
    )


def axis(first: date, last: date) -> tuple[date, ...]:
    """Days written below: the first, the middle one and the last; fewer where the period is short."""
    return tuple(sorted({first, first + timedelta(days=(last - first).days // 2), last}))


def _says(days: Days, total: int) -> str:
    if not days:
        return "No post with a time"
    at, most = max(days, key=lambda one: (one[1], -one[0].toordinal()))
    return f"{count(total, 'post')} on {count(len(days), 'day')}, most on {at.day} {at:%B %Y}: {most:,}"
