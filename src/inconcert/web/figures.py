"""Pictures that pages draw from counts: columns over days, as SVG in the colours of the page, light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from inconcert.report.words import count

WIDTH, HEIGHT = 960, 196
_TOP, _BOTTOM = 32, 34
"""Room for words of the largest size that workbench.css gives to a narrow picture."""
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
    most = max(bins)
    wide = WIDTH / len(bins)
    floor, height = HEIGHT - _BOTTOM, HEIGHT - _BOTTOM - _TOP
    parts = [Markup('<svg class="days" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(WIDTH, HEIGHT, label)]
    parts.append(
        Markup('<path class="line" d="M0 {:.1f}H{w}M0 {:.1f}H{w}"/>').format(_TOP, floor - height / 2, w=WIDTH)
    )
    parts.append(_text(0, _TOP - 7, f"{count(most, 'post')} {'a day' if step == 1 else f'in {step} days'}"))
    for place, posts in enumerate(bins):
        if posts:
            tall = max(1.0, height * posts / most)
            bar = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}</title></rect>')
            says = _says(first + timedelta(days=place * step), step, posts)
            parts.append(bar.format(place * wide, floor - tall, max(0.7, wide * 0.86), tall, says))
    for place, at in enumerate(_marks(first, last)):
        x = (at - first).days / step * wide
        spare = place % 2 or x > 0.78 * WIDTH
        parts.append(_text(x, HEIGHT - 7, f"{at.day} {at:%b %Y}", "spare" if spare else "day"))
    for at, what in events:
        if first <= at <= last:
            x = (at - first).days / step * wide
            mark = Markup('<path class="event" d="M{:.1f} {}V{}"><title>{}: {}</title></path>')
            parts.append(mark.format(x, _TOP, floor, at.isoformat(), what))
    return Markup("").join([*parts, Markup("</svg>")])


def _marks(first: date, last: date) -> list[date]:
    """Days that are written below: at most eight, equally far apart."""
    span = (last - first).days + 1
    apart = next((days for days in _MARKS_DAYS if span / days <= 8), span)
    return [first + timedelta(days=n * apart) for n in range(-(-span // apart)) if (n * apart) / span < 0.93]


def _says(first: date, days: int, posts: int) -> str:
    until = f" to {(first + timedelta(days=days - 1)).isoformat()}" if days > 1 else ""
    return f"{first.isoformat()}{until}: {count(posts, 'post')}"


def _text(x: float, y: float, text: str, role: str = "most") -> Markup:
    """role: "spare" is a day for which a narrow picture has no room."""
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}">{}</text>').format(role, x, y, text)
