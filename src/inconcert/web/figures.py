"""Pictures that pages draw from counts: columns over days, as SVG in the colours of the page, light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

WIDTH, HEIGHT = 960, 170
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 6, 14, 24
_MOST_BARS = 400
_MARKS_DAYS = (1, 2, 5, 7, 14, 30, 61, 91, 182, 365, 730, 1826)


def columns(days: Sequence[tuple[date, int]], label: str, *, events: Sequence[tuple[date, str]] = ()) -> Markup:
    """Posts per day, or per several days where there are too many of them; empty without a day.

    events: dashed lines, each with what happened.   label: what a screen reader says of the picture.
    """
    if not days:
        return Markup("")
    first, last = days[0][0], days[-1][0]
    step = -(-((last - first).days + 1) // _MOST_BARS)
    bins = [0] * (((last - first).days) // step + 1)
    for day, posts in days:
        bins[(day - first).days // step] += posts
    most, wide = max(bins), (WIDTH - _LEFT - _RIGHT) / len(bins)
    floor, height = HEIGHT - _BOTTOM, HEIGHT - _BOTTOM - _TOP
    parts = [Markup('<svg class="days" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(WIDTH, HEIGHT, label)]
    for share in (0.5, 1.0):
        y = floor - height * share
        parts.append(Markup('<path class="line" d="M{} {:.1f}H{}"/>').format(_LEFT, y, WIDTH - _RIGHT))
        parts.append(_text(_LEFT - 6, y + 4, f"{most * share:,.0f}", "end"))
    for place, posts in enumerate(bins):
        if posts:
            tall = max(1.0, height * posts / most)
            bar = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}</title></rect>')
            says = _says(first + timedelta(days=place * step), step, posts)
            parts.append(bar.format(_LEFT + place * wide, floor - tall, max(0.7, wide * 0.86), tall, says))
    for at in _marks(first, last):
        parts.append(_text(_LEFT + (at - first).days / step * wide, HEIGHT - 7, f"{at.day} {at:%b %Y}", "start"))
    for at, what in events:
        if first <= at <= last:
            x = _LEFT + (at - first).days / step * wide
            mark = Markup('<path class="event" d="M{:.1f} {}V{}"><title>{}: {}</title></path>')
            parts.append(mark.format(x, _TOP - 8, floor, at.isoformat(), what))
    return Markup("").join([*parts, Markup("</svg>")])


def _marks(first: date, last: date) -> list[date]:
    """Days that are written below: at most eight, equally far apart."""
    span = (last - first).days + 1
    apart = next((days for days in _MARKS_DAYS if span / days <= 8), span)
    return [first + timedelta(days=n * apart) for n in range(-(-span // apart)) if (n * apart) / span < 0.93]


def _says(first: date, days: int, posts: int) -> str:
    until = f" to {(first + timedelta(days=days - 1)).isoformat()}" if days > 1 else ""
    return f"{first.isoformat()}{until}: {posts:,} post{'s' * (posts != 1)}"


def _text(x: float, y: float, text: str, anchor: str) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(x, y, anchor, text)
