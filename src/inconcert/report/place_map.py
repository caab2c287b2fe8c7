"""The map of a group: countries shaded by how many of its accounts show them, in classes; never a point for anybody.

Outlines are bundled (place/outlines.json, Natural Earth, public domain): nothing is fetched. A country too small to be drawn is a square of
one size. Numbers below FEWEST are not told, here as everywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from inconcert.place.counted import FEWER, FEWEST, OR_MORE
from inconcert.place.regions import full_name, regions
from inconcert.report.chart_look import BLUE, INK, MUTED
from inconcert.report.drawing import Drawing
from inconcert.report.hostile_text import one_line

CLASSES: tuple[tuple[int, str], ...] = ((50, "#0b3468"), (20, "#2f6fb0"), (10, "#7faad6"), (FEWEST, "#c4daf0"))
"""Fewest accounts of a class and its fill, from dark to light, which a grey print keeps."""
LAND, BORDER, SEA = "#dfe4ea", "#ffffff", "#ffffff"
LISTED = 10
_ROW, _LEGEND = 22, 64
_LETTER, _LINE = 8.2, 18.0
_STEPS = (0, 1, -1, 2, -2, 3, -3, 4, -4)
SHORT_NOTE = (
    "What labels and check-ins show, which can mislead; the place of no single person. Outlines: Natural Earth."
)
NOTE = (
    "A platform's label says where a connection left the network, and a check-in what somebody chose: neither is a place of work. An account that shows two regions "
    f"counts in both. Numbers below {FEWEST} are not told. Outlines: Natural Earth, as places are controlled, which is no opinion on borders."
)
NOWHERE = "No account shows a region by a platform's label or a check-in, so that none is shaded."


def place_map(group: str, accounts: Mapping[str, str]) -> Drawing:
    """accounts: region -> "fewer than 5" or a number, as the table `places` has it; provinces are listed and shade nothing of their own."""
    known = {code: told for code, told in accounts.items() if code in regions()}
    world = _world()
    wide, tall = world["width"], world["height"]
    rows = sorted(known.items(), key=lambda one: (-_number(one[1]), one[0]))
    lines = -(-min(len(rows), LISTED) // 2)
    height = tall + _LEGEND + lines * _ROW + 34
    label = f"Regions that accounts of {one_line(group, 40)} show, by number of accounts" + ("" if rows else ": none")
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="place-map" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}" '
        'font-family="sans-serif"><title>{}</title><defs><pattern id="place-few" width="5" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="5" height="5" fill="#fff"/><path d="M0 0V5" stroke="{}" stroke-width="2.4"/></pattern></defs>'
        '<rect width="{}" height="{}" fill="{}"/>'
    ).format(wide, height, wide, height, label, label, BLUE, wide, height, SEA)
    drawn = sorted(world["countries"].items(), key=lambda one: (one[0] in known, not isinstance(one[1], str), one[0]))
    parts = [head, *(_country(code, outline, known.get(code)) for code, outline in drawn)]
    parts += _badges([one for one in rows if not regions()[one[0]].parent], wide)
    parts += [_legend(tall), *_list(rows, tall + _LEGEND, wide)]
    parts.append(
        Markup('<text x="14" y="{}" font-size="12.5" fill="{}">{}</text></svg>').format(height - 10, MUTED, SHORT_NOTE)
    )
    return Drawing(Markup("").join(parts), (), (NOTE,) if rows else (NOWHERE, NOTE))


def _country(code: str, drawn: Any, told: str | None) -> Markup:
    name = full_name(code) if code in regions() else ""
    says = Markup("<title>{}: {} accounts</title>").format(name, told) if told else Markup("")
    if isinstance(drawn, str):
        fill, line = (_fill(told), INK) if told else (LAND, BORDER)
        return Markup('<path d="{}" fill="{}" stroke="{}" stroke-width="{}">{}</path>').format(
            drawn, fill, line, "1" if told else "0.6", says
        )
    if not told:
        return Markup("")
    x, y = drawn
    return Markup('<rect x="{}" y="{}" width="10" height="10" fill="{}" stroke="{}">{}</rect>').format(
        x - 5, y - 5, _fill(told), INK, says
    )


def _badges(rows: list[tuple[str, str]], wide: float) -> list[Markup]:
    """The number beside each country, in a halo that keeps it readable on any shade; moved where it would cover another."""
    taken: list[tuple[float, float, float]] = []
    found = []
    for code, told in rows:
        middle = _middle(_world()["countries"].get(code))
        if middle is None:
            continue
        text = f"{regions()[code].name}: {'<' + str(FEWEST) if told == FEWER else told}"
        room = len(text) * _LETTER
        small = not isinstance(_world()["countries"][code], str)
        left = min(max(middle[0] + (9 if small else -room / 2), 4), wide - room - 4)
        y = next((at for step in _STEPS if _free(left, at := middle[1] + 5 + step * _LINE, room, taken)), middle[1] + 5)
        taken.append((left, y, room))
        found.append(
            Markup(
                '<text x="{}" y="{}" font-size="15" font-weight="600" fill="{}" stroke="#fff" stroke-width="4" '
                'paint-order="stroke" stroke-linejoin="round">{}</text>'
            ).format(round(left, 1), round(y, 1), INK, text)
        )
    return found


def _free(left: float, y: float, room: float, taken: list[tuple[float, float, float]]) -> bool:
    return not any(
        abs(y - other) < _LINE and left < start + width and start < left + room for start, other, width in taken
    )


def _legend(top: float) -> Markup:
    steps = [("url(#place-few)", FEWER)]
    ends = [None, *(low for low, _ in CLASSES)]
    classes = [
        (fill, f"{low} to {above - 1}" if above else f"{low} and more")
        for (low, fill), above in zip(CLASSES, ends, strict=False)
    ]
    steps += classes[::-1]
    parts = [
        Markup('<text x="14" y="{}" font-size="15" fill="{}">Accounts that show the region</text>').format(
            top + 20, INK
        )
    ]
    for place, (fill, text) in enumerate(steps):
        x = 14 + place * 140
        parts.append(
            Markup(
                '<rect x="{}" y="{}" width="26" height="15" fill="{}" stroke="{}"/><text x="{}" y="{}" font-size="14" fill="{}">{}</text>'
            ).format(x, top + 32, fill, INK, x + 34, top + 44.5, INK, text)
        )
    return Markup("").join(parts)


def _list(rows: list[tuple[str, str]], top: float, wide: float) -> list[Markup]:
    found = []
    for place, (code, told) in enumerate(rows[:LISTED]):
        x, y = 14 + (place % 2) * wide / 2, top + (place // 2) * _ROW + 18
        found.append(
            Markup(
                '<text x="{}" y="{}" font-size="14" fill="{}">{}: <tspan font-weight="600">{}</tspan></text>'
            ).format(x, y, INK, full_name(code), told)
        )
    if len(rows) > LISTED:
        found.append(
            Markup('<text x="{}" y="{}" font-size="14" text-anchor="end" fill="{}">{} more regions</text>').format(
                wide - 14, top + 18, MUTED, f"{len(rows) - LISTED:,}"
            )
        )
    return found


def _fill(told: str) -> str:
    if told == FEWER:
        return "url(#place-few)"
    return next(fill for low, fill in CLASSES if _number(told) >= low)


def _number(told: str) -> int:
    return 0 if told == FEWER else int(told.removesuffix(OR_MORE).replace(",", ""))


def _middle(drawn: Any) -> tuple[float, float] | None:
    """The middle of the largest part of a country."""
    if drawn is None:
        return None
    if not isinstance(drawn, str):
        return drawn[0], drawn[1]
    boxes = []
    for part in drawn.split("M")[1:]:
        numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+", part)]
        xs, ys = [numbers[0]], [numbers[1]]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            xs.append(xs[-1] + dx)
            ys.append(ys[-1] + dy)
        boxes.append(((max(xs) - min(xs)) * (max(ys) - min(ys)), (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2))
    _, x, y = max(boxes)
    return x, y


@cache
def _world() -> Mapping[str, Any]:
    text = files("inconcert.place").joinpath("outlines.json").read_text("utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found
