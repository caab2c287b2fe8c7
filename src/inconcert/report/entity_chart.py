"""The figure of a neighbourhood: who is tied to whom, and how sure each tie is, told by the style of its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from inconcert.entities.graph import Graph
from inconcert.entities.neighbourhood import Neighbourhood
from inconcert.entities.strength import ASSESSED, CONFIRMED, POSSIBLE, REPORTED
from inconcert.entities.values import shown
from inconcert.report.chart_look import GREY, INK, MUTED
from inconcert.report.drawing import Drawing, Key
from inconcert.report.entity_cards import (
    APART,
    LINE_HEIGHT,
    LINE_SIZE,
    NAME_HEIGHT,
    NAME_SIZE,
    PAD,
    Card,
    Line,
    cards,
    fitted,
    text_width,
)

MARGIN, TITLE, LEGEND = 14.0, 46.0, 46.0
TITLE_SIZE = 15.0
_STYLE: Mapping[str, str] = {
    CONFIRMED: 'stroke-width="2"',
    REPORTED: 'stroke-width="1.6" stroke-dasharray="7 4"',
    ASSESSED: 'stroke-width="2.2" stroke-dasharray="0.1 4.4" stroke-linecap="round"',
    POSSIBLE: 'stroke-width="0.7"',
}
"""Strength -> how its line is drawn: solid, dashed, dotted, thin. No colour says anything."""

_KEYS = (
    Key("solid line", "confirmed: in a primary record, or to be seen"),
    Key("dashed line", "reported: said by others, or by those concerned"),
    Key("dotted line", "assessed: a judgement, or inferred from names"),
    Key("thin line", "possible: put forward with reserve"),
)


Link = Callable[[str], str]
"""Id of an entity or tie -> the address its place in a figure leads to."""


def entity_chart(
    graph: Graph, near: Neighbourhood, entity_link: Link | None = None, tie_link: Link | None = None
) -> Drawing:
    """The figure: whoever it is about on the left, then what is one step away, then two; each card tells its ties inwards.

    near.left_out is said in the notes, and in the figure itself.   entity_link, tie_link: where cards and ties lead; nowhere without.
    """
    placed = cards(graph, near)
    wide = max(card.x + card.width for card in placed.values()) + 2 * MARGIN + _room_beside(placed)
    tall = max(card.y + card.height for card in placed.values()) + 2 * MARGIN + TITLE + LEGEND
    name = shown(graph.name(near.middle), 120)
    notes = _notes(near)
    label = f"What lies around {name}: {len(near.steps) - 1} entities and {len(near.ties)} ties, by strength"
    role = "img" if tie_link is None else "group"  # what can be followed is no single picture
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="entities" viewBox="0 0 {:.0f} {:.0f}" width="{:.0f}" height="{:.0f}" role="{}" '
        'aria-label="{}" font-family="sans-serif"><title>{}</title><rect width="100%" height="100%" fill="#fff"/>'
    ).format(wide, tall, wide, tall, role, label, label)
    parts = [
        head,
        _title(graph, near, wide),
        Markup('<g transform="translate({:g} {:g})">').format(MARGIN, MARGIN + TITLE),
    ]
    for card in placed.values():
        parts += [
            _leading(_curve(line, card, placed, tie_link is not None), tie_link, line.tie.id, beside=True)
            for line in card.lines
        ]
    parts += [_card(card, None if card.id == near.middle else entity_link, tie_link) for card in placed.values()]
    parts += [Markup("</g>"), _legend(wide, tall), Markup("</svg>")]
    return Drawing(Markup("").join(parts), _KEYS, notes)


def _notes(near: Neighbourhood) -> tuple[str, ...]:
    if not near.left_out:
        return ()
    return (f"{near.left_out:,} more {'lies' if near.left_out == 1 else 'lie'} within these steps and are not drawn.",)


def _room_beside(placed: Mapping[str, Card]) -> float:
    """Room to the right of the last column for ties within it."""
    last = max(card.column for card in placed.values())
    return (
        64.0 if any(not line.inwards for card in placed.values() if card.column == last for line in card.lines) else 0.0
    )


def _curve(line: Line, card: Card, placed: Mapping[str, Card], pressed: bool) -> Markup:
    """The line of a tie.   pressed: with room around it that a pointer can hit."""
    other = placed[line.tie.other(card.id)]
    away = line.tie.source != card.id  # read towards this card
    if line.inwards:
        x1, y1, x2, y2 = other.x + other.width, line.from_y, card.x, line.y
        bend = (x2 - x1) / 2
        path = f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    else:
        x1 = x2 = card.x + card.width
        y1, y2 = line.from_y, line.y
        out = x1 + 16 + min(62.0, abs(y2 - y1) / 9)
        path = f"M{x1:.1f} {y1:.1f}C{out:.1f} {y1:.1f} {out:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    drawn = Markup(f'<path d="{path}" fill="none" stroke="{INK}" {_STYLE[line.tie.strength]}/>')
    if pressed:
        drawn += Markup(f'<path d="{path}" fill="none" stroke="transparent" stroke-width="{APART:g}"/>')
    return drawn + (
        _head(x2, y2, -1 if not line.inwards else 1) if away else _head(x1, y1, 1 if not line.inwards else -1, True)
    )


def _leading(drawn: Markup, link: Link | None, id: str, *, beside: bool = False) -> Markup:
    """What was drawn, as a link.   beside: the same link stands in words as well, so that only a pointer needs this one."""
    if link is None:
        return drawn
    if not beside:
        return Markup('<a href="{}">').format(link(id)) + drawn + Markup("</a>")
    return (
        Markup('<a href="{}" class="line" tabindex="-1" aria-hidden="true">').format(link(id)) + drawn + Markup("</a>")
    )


def _head(x: float, y: float, way: int, at_other: bool = False) -> Markup:
    """The head of an arrow that points right (1) or left (-1), its tip at x."""
    if at_other and way == 1:
        way = -1
    return Markup(f'<path d="M{x:.1f} {y:.1f}l{-6 * way} -3.4v6.8Z" fill="{INK}"/>')


def _card(card: Card, entity_link: Link | None, tie_link: Link | None) -> Markup:
    middle = card.column == 0
    box = Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="3" fill="{}" stroke="{}" stroke-width="{}"/>'
    )
    parts = [
        box.format(
            card.x,
            card.y,
            card.width,
            card.height,
            "#f2f4f7" if middle else "#fff",
            INK if middle else GREY,
            1.6 if middle else 1,
        )
    ]
    y = card.y + card.top + PAD + NAME_HEIGHT - 4
    for place, name in enumerate(card.names):
        after = card.original if card.beside and place == len(card.names) - 1 else None
        parts.append(_words(card.x + PAD, y + NAME_HEIGHT * place, NAME_SIZE, INK, name, bold=True, after=after))
    if card.original is not None and not card.beside:
        parts.append(_words(card.x + PAD, y + NAME_HEIGHT * len(card.names), NAME_SIZE, INK, card.original))
    named = _leading(Markup("").join(parts), entity_link, card.id)
    told = [
        _leading(
            Markup("").join(
                _words(card.x + PAD, line.y + 3.6 + LINE_HEIGHT * place, LINE_SIZE, MUTED, words)
                for place, words in enumerate(line.texts)
            ),
            tie_link,
            line.tie.id,
        )
        for line in card.lines
    ]
    return named + Markup("").join(told)


def _title(graph: Graph, near: Neighbourhood, wide: float) -> Markup:
    """What is shown, and how much of it."""
    steps = max(near.steps.values())
    told = f"{len(near.steps) - 1} entities within {steps} step{'s' * (steps != 1)}, {len(near.ties)} ties between them"
    heading = fitted(
        f"What lies around {shown(graph.label(near.middle), 160)}", TITLE_SIZE, (wide - 2 * MARGIN) / 1.06, 1
    )[0]
    return _words(MARGIN, MARGIN + 15, TITLE_SIZE, INK, heading, bold=True) + _words(
        MARGIN, MARGIN + 33, NAME_SIZE, MUTED, " ".join((f"{told}.", *_notes(near)))
    )


def _legend(wide: float, tall: float) -> Markup:
    """The four styles, in as many rows as the width needs."""
    x, y = MARGIN, tall - LEGEND + 8
    parts = []
    for strength in (CONFIRMED, REPORTED, ASSESSED, POSSIBLE):
        if x > MARGIN and x + 40 + text_width(strength, LINE_SIZE) > wide - MARGIN:
            x, y = MARGIN, y + 15
        parts.append(Markup(f'<path d="M{x:.1f} {y:.1f}h30" stroke="{INK}" fill="none" {_STYLE[strength]}/>'))
        parts.append(_words(x + 36, y + 3.6, LINE_SIZE, INK, strength))
        x += 36 + text_width(strength, LINE_SIZE) + 22
    words = "Each tie is read along its arrow."
    if x + text_width(words, LINE_SIZE) > wide - MARGIN:
        x, y = MARGIN, y + 17
    parts.append(_words(x, y + 3.6, LINE_SIZE, INK, words))
    return Markup("").join(parts)


def _words(
    x: float, y: float, size: float, colour: str, text: str, *, bold: bool = False, after: str | None = None
) -> Markup:
    """A line of words.   after: more of them, not bold."""
    weight = ' font-weight="bold"' if bold else ""
    more = Markup('<tspan dx="6" font-weight="normal">{}</tspan>').format(after) if after is not None else Markup("")
    return (
        Markup(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}"{weight}>')
        + text
        + more
        + Markup("</text>")
    )
