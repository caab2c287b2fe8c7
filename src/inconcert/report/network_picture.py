"""The picture of a group: its accounts where the cluster run placed them, joined where they acted together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from markupsafe import Markup

from inconcert.report.pairs import Line

WIDTH, HEIGHT, LOW, MARGIN = 640, 400, 240, 26
NUMBERED_AT_MOST = 40
"""Accounts up to which each dot carries its number."""

LOW_UP_TO = 8
"""Accounts up to which the picture is LOW high; a triangle needs no more."""

CROWDED_FROM = 150
"""Accounts from which dots are small."""

SHARED = (1, 2, 5)
"""Shared objects from which a line is thicker: one path a thickness keeps the page small."""


def network_picture(
    members: Sequence[Mapping[str, Any]], lines: Sequence[Line], names: Mapping[str, str], label: str
) -> Markup:
    """Dots for members, larger with more partners; blue lines for pairs that are significant alone, grey for others.

    members: rows of table `members`.   names: account id -> pseudonym.
    """
    height = LOW if len(members) <= LOW_UP_TO else HEIGHT
    place = _places(members, height)
    head = Markup('<svg class="network" viewBox="0 0 {} {}" role="img" aria-label="{}">')
    parts = [head.format(WIDTH, height, label)]
    parts += [_lines([line for line in lines if line.tested == tested], place, tested) for tested in (False, True)]
    partners = max((member["n_partners"] for member in members), default=1) or 1
    numbered = len(members) <= NUMBERED_AT_MOST
    least = 8.5 if numbered else 3.0 if len(members) <= CROWDED_FROM else 1.6
    for member in members:
        x, y = place[member["account_id"]]
        name = names[member["account_id"]]
        radius = least + (4.5 if numbered else 2.5) * (member["n_partners"] / partners) ** 0.5
        dot = Markup('<circle cx="{:.0f}" cy="{:.0f}" r="{:.1f}">{}</circle>')
        title = Markup("<title>{}</title>").format(name) if numbered else Markup("")
        parts.append(dot.format(x, y, radius, title))
        if numbered:
            text = Markup('<text x="{:.0f}" y="{:.0f}" text-anchor="middle">{}</text>')
            parts.append(text.format(x, y + 3.5, name.rpartition("-")[2]))
    return Markup("").join([*parts, Markup("</svg>")])


def _places(members: Sequence[Mapping[str, Any]], height: int) -> dict[str, tuple[float, float]]:
    """Positions scaled into the picture, one scale for both axes, centred."""
    at = np.array([[member["x"], member["y"]] for member in members], dtype=float).reshape(-1, 2)
    low, high = at.min(axis=0), at.max(axis=0)
    room = np.array([WIDTH - 2 * MARGIN, height - 2 * MARGIN], dtype=float)
    extent = np.where(high > low, high - low, 1.0)
    if extent[1] > extent[0]:  # lay a tall network on its side: the page is wider than high
        at, low, high, extent = at[:, ::-1], low[::-1], high[::-1], extent[::-1]
    scale = (room / extent).min()
    centred = (at - (low + high) / 2) * scale + np.array([WIDTH / 2, height / 2])
    return {m["account_id"]: (float(x), float(y)) for m, (x, y) in zip(members, centred, strict=True)}


def _lines(lines: Sequence[Line], place: Mapping[str, tuple[float, float]], tested: bool) -> Markup:
    """Paths of the lines, one for each thickness."""
    parts = []
    for least, most in zip(SHARED, (*SHARED[1:], None), strict=True):
        steps = [
            "M{:.0f} {:.0f}L{:.0f} {:.0f}".format(*place[line.source], *place[line.target])
            for line in lines
            if line.shared >= least and (most is None or line.shared < most)
        ]
        if steps:
            path = Markup('<path class="{}" stroke-width="{}" d="{}"/>')
            parts.append(path.format("pair" if tested else "touch", 0.6 * (1 + SHARED.index(least)), "".join(steps)))
    return Markup("").join(parts)
