"""The chart of where a group may be: the chance of each region with its range, beside what was likely before any evidence."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from inconcert.place.statement import CLOCK, COUNTRY, PROVINCE, RegionChance, percent
from inconcert.report.chart_look import BLUE, INK, MUTED, PALE_BLUE, RULE
from inconcert.report.drawing import Drawing, Key
from inconcert.report.hostile_text import one_line

WIDE, LEFT, SPAN = 960, 300, 360
"""Pixels: of the picture, of the names, of the axis from 0% to 100%."""
ROW, HEAD, TOP = 30, 30, 34
_HEADS = {
    PROVINCE: "Provinces",
    COUNTRY: "Countries",
    CLOCK: "Clocks",
    "anywhere": "Other readings",
    "staged": "Other readings",
}
_KEYS = (
    Key("filled bar", "range of the chance"),
    Key("diamond", "most plausible chance"),
    Key("tick", "before any evidence"),
)
NOTES = (
    "Chances of one kind add up to 1 with the other readings; a country's holds those of its provinces, a clock's those of its countries.",
)


def place_chart(group: str, chances: Sequence[RegionChance]) -> Drawing:
    """One row a region, under a heading for each kind; chances: those to be drawn, in order."""
    label = f"Where the people who run {one_line(group, 40)} may sit: chances with their ranges"
    parts = []
    y, head = float(TOP), ""
    for one in chances:
        if _HEADS[one.kind] != head:
            head = _HEADS[one.kind]
            y += HEAD
            parts.append(
                Markup('<text x="14" y="{}" font-size="14" font-weight="600" fill="{}">{}</text>').format(
                    y - 8, INK, head
                )
            )
        parts.append(_row(one, y))
        y += ROW
    height = y + 40
    opening = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="place-chart" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}" '
        'font-family="sans-serif"><title>{}</title><rect width="{}" height="{}" fill="#fff"/>'
    ).format(WIDE, height, WIDE, height, label, label, WIDE, height)
    return Drawing(opening + _axis(y + 14) + Markup("").join(parts) + _legend(y + 30), _KEYS, NOTES)


def _row(one: RegionChance, y: float) -> Markup:
    low, point, high, prior = (LEFT + SPAN * value for value in (*one.chance.ends, one.prior))
    middle = y + ROW / 2
    name = one_line(one.name[:1].upper() + one.name[1:], 44)
    return Markup(
        '<text x="{left}" y="{text}" font-size="14" text-anchor="end" fill="{ink}">{name}</text>'
        '<rect x="{low}" y="{top}" width="{width}" height="12" fill="{pale}" stroke="{blue}"/>'
        '<path d="M{prior} {up}V{down}" stroke="{blue}" stroke-width="2.2"/>'
        '<path d="M{point} {a}l6 7l-6 7l-6 -7z" fill="{ink}" stroke="#fff" stroke-width="1"/>'
        '<text x="{right}" y="{told}" font-size="13" fill="{ink}">{range}</text>'
        '<text x="{right}" y="{below}" font-size="11.5" fill="{muted}">{word}</text>'
    ).format(
        left=LEFT - 12, text=middle + 5, told=middle - 1, below=middle + 12, ink=INK, name=name, low=round(low, 1), top=middle - 6, width=round(max(high - low, 1.5), 1),
        pale=PALE_BLUE, blue=BLUE, prior=round(prior, 1), up=middle - 10, down=middle + 10, point=round(point, 1), a=middle - 7,
        right=LEFT + SPAN + 14, range=percent(one.chance), muted=MUTED, word=one.word,
    )  # fmt: skip


def _legend(y: float) -> Markup:
    """What the signs mean, for a picture that stands alone."""
    return Markup(
        '<text x="14" y="{}" font-size="12.5" fill="{}">Bar: range of the chance. Diamond: most plausible. Upright stroke: before any evidence. '
        "Chances of one heading add up with the other readings.</text></svg>"
    ).format(y, MUTED)


def _axis(bottom: float) -> Markup:
    lines = []
    for share in (0, 25, 50, 75, 100):
        x = LEFT + SPAN * share / 100
        lines.append(
            Markup(
                '<path d="M{} {}V{}" stroke="{}"/><text x="{}" y="22" font-size="12.5" text-anchor="middle" fill="{}">{}%</text>'
            ).format(x, TOP - 4, bottom - 8, RULE, x, MUTED, share)
        )
    return Markup("").join(lines)
