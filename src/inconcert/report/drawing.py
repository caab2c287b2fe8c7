"""A finished picture with what its signs mean, drawn so that it can be told apart without colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from inconcert.report.chart_look import BLUE, INK, MUTED, ORANGE, PALE_BLUE, PALE_ORANGE, TEAL

GLYPHS: Final[dict[str, Markup]] = {
    name: Markup('<svg class="glyph" viewBox="0 0 24 12" aria-hidden="true">' + drawn + "</svg>")
    for name, drawn in {
        "filled bar": f'<rect x="5" y="1" width="14" height="11" fill="{PALE_BLUE}" stroke="{BLUE}"/>',
        "solid bar": f'<rect x="5" y="1" width="14" height="11" fill="{BLUE}" stroke="{BLUE}"/>',
        "open bar": f'<rect x="5" y="1" width="14" height="10" fill="#fff" stroke="{INK}"/>',
        "grey bar": f'<rect x="5" y="1" width="14" height="10" fill="#8b95a3" stroke="{INK}"/>',
        "orange bar": f'<rect x="5" y="1" width="14" height="10" fill="{PALE_ORANGE}" stroke="{ORANGE}" stroke-width="2"/>',
        "solid line": f'<path d="M1 6H23" stroke="{INK}" stroke-width="1.8" fill="none"/>',
        "blue line": f'<path d="M1 6H23" stroke="{BLUE}" stroke-width="2.6" fill="none"/>',
        "dashed line": f'<path d="M1 6H23" stroke="{INK}" stroke-width="1.8" stroke-dasharray="5 3" fill="none"/>',
        "dotted line": f'<path d="M1 6H23" stroke="{ORANGE}" stroke-width="2.4" stroke-dasharray="1.5 3" fill="none"/>',
        "long dashes": f'<path d="M1 6H23" stroke="{TEAL}" stroke-width="2" stroke-dasharray="9 4" fill="none"/>',
        "thin line": f'<path d="M1 6H23" stroke="{MUTED}" stroke-width="1.2" fill="none"/>',
        "bracket": f'<path d="M2 9V3H22V9" stroke="{ORANGE}" stroke-width="2.4" fill="none"/>',
        "diamond": f'<path d="M12 0.5L17.5 6L12 11.5L6.5 6Z" fill="{ORANGE}"/>',
        "ring": f'<circle cx="12" cy="6" r="4" fill="#fff" stroke="{MUTED}" stroke-width="1.6"/>',
        "dot": f'<circle cx="12" cy="6" r="3" fill="{MUTED}"/>',
        "tick": f'<path d="M12 0.5V11.5" stroke="{BLUE}" stroke-width="1.8"/>',
        "span": f'<rect x="2" y="3" width="20" height="6" fill="{PALE_BLUE}" stroke="{BLUE}"/>',
    }.items()
}
"""Name -> the sign as a small picture, for the words under a chart."""


@dataclass(frozen=True)
class Key:
    """One sign of a chart and what it stands for. mark: one of GLYPHS."""

    mark: str
    means: str

    @property
    def glyph(self) -> Markup:
        """The sign."""
        return GLYPHS[self.mark]


@dataclass(frozen=True)
class Drawing:
    """A chart, the signs in it, and what must be said besides, as `40 of 812 rows are drawn.`"""

    svg: Markup
    keys: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()
