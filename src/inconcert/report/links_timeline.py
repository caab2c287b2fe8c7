"""The picture of earlier campaigns: what a group showed of known operations, over time, beside the day it was published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from inconcert.linking.first_published import days_between, span_of
from inconcert.linking.timeline import Showing
from inconcert.report import words
from inconcert.report.chart_look import BLUE, INK, MUTED, ORANGE, PALE_BLUE, RULE
from inconcert.report.drawing import Drawing, Key
from inconcert.report.hostile_text import one_line

WIDTH, ROWS_AT_MOST, LABEL_AT_MOST, OPERATION_AT_MOST = 640, 20, 52, 24
_ROW, _BAR, _HEAD, _FOOT, _SIDE = 42, 10, 6, 36, 8
"""Heights in pixels: of a row, of its bar, and of the room above and below them; and the room at either side."""
_MARKS_DAYS = (1, 2, 7, 14, 30, 61, 91, 182, 365, 730, 1826, 3652)


def links_timeline(shown: Sequence[Showing], names: Mapping[Showing, str], label: str) -> Drawing | None:
    """One row a thing: a bar from the first to the last post of the group with it, and a mark where it was published.

    shown: by first post, as `linking.timeline.timeline` has them.   names: what the page calls each.   label: what a screen reader says.
    None without any. A publication whose day nobody states is not drawn: since when the library has it tells nothing of the group.
    """
    drawn = shown[:ROWS_AT_MOST]
    if not drawn:
        return None
    days = [date.fromisoformat(day) for one in drawn for day in (one.first_day, one.last_day)]
    days += [day for one in drawn if (day := _published(one)) is not None]
    first, last = min(days), max(days)
    scale = (WIDTH - 2 * _SIDE) / max(1, (last - first).days)
    tall = _HEAD + _ROW * len(drawn) + _FOOT

    def x(day: date) -> float:
        return _SIDE + (day - first).days * scale

    parts = [
        Markup('<svg class="campaigns" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(WIDTH, tall, label)
    ]
    parts += [_mark(x(day), day, tall, bool(place % 2)) for place, day in enumerate(_marks(first, last))]
    several = len({one.operation for one in drawn}) > 1
    parts += [_row(one, names[one], _HEAD + _ROW * place, x, several) for place, one in enumerate(drawn)]
    keys = [Key("span", "from the first to the last post of the group with it")]
    if any(one.before is not None for one in drawn):
        keys.append(Key("diamond", "published, as its source says"))
    notes = [f"{len(drawn)} of {len(shown):,} are drawn, the earliest."] if len(drawn) < len(shown) else []
    if undated := sum(_published(one) is None for one in drawn):
        notes.append(f"Of {undated} of {len(drawn)} nobody states when they were published.")
    return Drawing(Markup("").join([*parts, Markup("</svg>")]), tuple(keys), tuple(notes))


def distance(one: Showing) -> str:
    """How far the first post lies from the publication, in words."""
    published = span_of(one.public_on)
    if one.before is None or published is None:
        return f"in the library since {one.public_on}; when it was published is not stated"
    fewest, most = days_between(published, date.fromisoformat(one.first_day))
    if most < 0:
        return f"{_days(-most, -fewest)} before it was published ({one.public_on})"
    if fewest > 0:
        return f"{_days(fewest, most)} after it was published ({one.public_on})"
    return f"{'on the day' if fewest == most else 'in the time'} it was published ({one.public_on})"


def _days(fewest: int, most: int) -> str:
    return words.count(most, "day") if fewest == most else f"{fewest:,} to {words.count(most, 'day')}"


def _published(one: Showing) -> date | None:
    """The day of publication, where it is stated; the first one of a month or year."""
    span = span_of(one.public_on) if one.before is not None else None
    return span[0] if span is not None else None


def _row(one: Showing, name: str, top: float, x: Callable[[date], float], several: bool) -> Markup:
    """several: whether the picture has more operations than one, so that each row says whose it is."""
    begins, ends = (date.fromisoformat(day) for day in (one.first_day, one.last_day))
    left = x(begins)
    published = _published(one)
    says = f"{one_line(name, LABEL_AT_MOST)}, of {one_line(one.operation, LABEL_AT_MOST)}: {one.days}; {distance(one)}"
    return Markup(
        '<g><title>{}</title><text x="{}" y="{:.1f}" fill="{}" font-size="14">{}</text>'
        '{}<rect class="span" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{}" fill="{}" stroke="{}"/>{}</g>'
    ).format(
        says, _SIDE, top + 20, INK, one_line(name, LABEL_AT_MOST),
        _whose(one, top + 20) if several else "", left, top + 26, max(3.0, x(ends) - left), _BAR, PALE_BLUE, BLUE,
        _sign(x(published), top + 26 + _BAR / 2) if published is not None else "",
    )  # fmt: skip


def _whose(one: Showing, y: float) -> Markup:
    return Markup('<text class="whose" x="{}" y="{:.1f}" fill="{}" font-size="13" text-anchor="end">{}</text>').format(
        WIDTH - _SIDE, y, MUTED, one_line(one.operation, OPERATION_AT_MOST)
    )


def _sign(x: float, y: float) -> Markup:
    """A diamond where it was published."""
    return Markup('<path class="stated" d="M{:.1f} {:.1f}l7 -7l7 7l-7 7Z" fill="{}"/>').format(x - 7, y, ORANGE)


def _marks(first: date, last: date) -> list[date]:
    """Days that are written below: at most five, equally far apart."""
    span = (last - first).days
    apart = next((days for days in _MARKS_DAYS if span / days <= 5), max(1, span))
    return [first + timedelta(days=n * apart) for n in range(span // apart + 1) if span == 0 or n * apart / span < 0.88]


def _mark(x: float, day: date, tall: float, spare: bool) -> Markup:
    """spare: whether a narrow picture has no room for its words."""
    return Markup(
        '<path class="line" d="M{x:.1f} {top}V{floor}" stroke="{rule}" fill="none"/>'
        '<text class="{role}" x="{x:.1f}" y="{low}" fill="{muted}" font-size="13">{text}</text>'
    ).format(
        x=x, top=_HEAD, floor=tall - _FOOT, rule=RULE, role="spare" if spare else "day", low=tall - 10, muted=MUTED,
        text=f"{day.day} {day:%b %Y}",
    )  # fmt: skip
