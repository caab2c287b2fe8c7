"""Posts by hour and weekday as an SVG that a small script repaints when the reader picks another zone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from inconcert.report import words

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STEPS = 6
"""Shades above white; the script of the page uses the same rule."""

ENTRIES_AT_MOST = 12_000
"""Bins kept in the page for one group; a group with more is drawn in one zone only, to keep the page small."""

_CELL, _GAP, _LEFT, _TOP, _RIGHT = 23, 2, 40, 20, 48


def shade(posts: int, most: int) -> int:
    """0 for none, else 1 to STEPS in proportion to the fullest hour."""
    return 0 if posts == 0 else -(-posts * STEPS // most)


def heatmap(hours: NDArray[np.int64], label: str) -> Markup:
    """An SVG of 7 x 24 cells with weekday totals; each cell with posts says its hour and count when pointed at."""
    most = int(hours.max())
    width, height = _LEFT + 24 * _CELL + _RIGHT, _TOP + 7 * _CELL + 4
    parts = [Markup('<svg class="heat" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(width, height, label)]
    for hour in range(0, 24, 3):
        parts.append(_text(_LEFT + hour * _CELL, _TOP - 7, f"{hour:02}", "start"))
    for day, name in enumerate(DAYS):
        y = _TOP + day * _CELL
        parts.append(_text(_LEFT - 8, y + 15, name[:3], "end"))
        for hour in range(24):
            n = int(hours[day, hour])
            says = Markup("<title>{}</title>").format(hint(day, hour, n)) if n else Markup("")
            cell = Markup('<rect class="s{}" x="{}" y="{}" width="{}" height="{}">{}</rect>')
            size = _CELL - _GAP
            parts.append(cell.format(shade(n, most), _LEFT + hour * _CELL, y, size, size, says))
        total = Markup('<text class="total" x="{}" y="{}" text-anchor="end">{}</text>')
        parts.append(total.format(width - 2, y + 15, f"{int(hours[day].sum()):,}"))
    return Markup("").join([*parts, Markup("</svg>")])


def hint(day: int, hour: int, posts: int) -> str:
    """What a cell says."""
    return f"{DAYS[day]} {hour:02}:00 to {(hour + 1) % 24:02}:00: {words.count(posts, 'post')}"


def busiest(hours: NDArray[np.int64], zone: str) -> str:
    """The busiest hour and the three busiest together, in a sentence."""
    day, hour = divmod(int(hours.argmax()), 24)
    total, by_hour = int(hours.sum()), hours.sum(axis=0)
    best = max(range(24), key=lambda h: (by_hour[h] + by_hour[(h + 1) % 24] + by_hour[(h + 2) % 24], -h))
    three = int(by_hour[best] + by_hour[(best + 1) % 24] + by_hour[(best + 2) % 24])
    return (
        f"In {zone} time the fullest hour is {DAYS[day]} {hour:02}:00 to {(hour + 1) % 24:02}:00 "
        f"({words.count(int(hours[day, hour]), 'post')}); {words.percent(three / total)} of all posts fall between "
        f"{best:02}:00 and {(best + 3) % 24:02}:00."
    )


def packed(week: Sequence[tuple[int, int, int]], bins: int) -> list[int] | None:
    """(stretch, bin, posts) for the page: steps from place to place (stretch x bins + bin) and posts, alternating;
    None when there are more than ENTRIES_AT_MOST."""
    if len(week) > ENTRIES_AT_MOST:
        return None
    flat, last = [], 0
    for stretch, week_bin, posts in week:
        place = stretch * bins + week_bin
        flat += [place - last, posts]
        last = place
    return flat


def _text(x: int, y: int, text: str, anchor: str) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, text)
