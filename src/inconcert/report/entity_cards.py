"""Where things stand in the figure of a neighbourhood: columns by distance, a card for each, a line on it for each tie inwards."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from inconcert.entities.graph import Graph, Tie
from inconcert.entities.neighbourhood import Neighbourhood
from inconcert.entities.strength import CONFIRMED, weakness
from inconcert.entities.values import shown

FIRST_WIDTH, WIDTH, GAP, SPACE, PAD = 168, 296, 92, 9, 8
NAME_HEIGHT, LINE_HEIGHT = 15, 13.5
NAME_SIZE, LINE_SIZE = 12.0, 10.5
APART = 9.0
"""Least room between two lines where they leave a card, px, while the card is high enough."""

_BOLD, _LATIN, _WIDE = 0.57, 0.51, 1.02
"""Width of a letter, in parts of its size: of a name, of other words, and of wide ones as in Chinese."""


@dataclass(frozen=True)
class Line:
    """One tie as a card tells it.   texts: one or two lines of words.   y: middle of the first.   inwards: False for a tie to a card of the
    same column, drawn on its other side.   from_y: where it leaves the other card."""

    tie: Tie
    texts: tuple[str, ...]
    y: float
    inwards: bool
    from_y: float = 0.0


@dataclass(frozen=True)
class Card:
    """One thing.   names: lines of its name.   original: its name in another script, on a line of its own or after the name; or None.
    x, y: upper left corner.   top: how far below that its text begins."""

    id: str
    column: int
    names: tuple[str, ...]
    original: str | None
    lines: tuple[Line, ...]
    x: float
    y: float
    width: float
    height: float
    top: float = 0.0

    @property
    def beside(self) -> bool:
        """Whether the name in another script stands after the name."""
        return self.original is not None and _fits_beside(self.names, self.original, self.width)


def cards(graph: Graph, near: Neighbourhood) -> dict[str, Card]:
    """Id -> its card. Each column is ordered by what its cards hang on, then by how strong the tie is, so that few lines cross."""
    columns: list[list[str]] = [[] for _ in range(max(near.steps.values()) + 1)]
    for id, step in near.steps.items():
        columns[step].append(id)
    rank = {near.middle: 0.0}
    for column in columns[1:]:
        column.sort(key=lambda id: (_hangs_on(near, id, rank), _best(near, id), graph.label(id), id))
        rank |= {id: place / max(1, len(column)) for place, id in enumerate(column)}
    order = {id: place for column in columns for place, id in enumerate(column)}
    made = {id: _drafted(graph, near, id, order) for column in columns for id in column}
    tall = max(sum(made[id].height + SPACE for id in column) - SPACE for column in columns)
    leaving = sum(near.middle in (tie.source, tie.target) for tie in near.ties)
    made[near.middle] = _taller(made[near.middle], min(tall, APART * leaving))
    placed: dict[str, Card] = {}
    for column in columns:
        spare = tall - sum(made[id].height for id in column)
        between = min(spare / max(1, len(column) - 1), 3 * SPACE) if len(column) > 1 else 0.0
        y = (tall - sum(made[id].height for id in column) - between * (len(column) - 1)) / 2
        for id in column:
            placed[id] = _moved(made[id], y)
            y += made[id].height + between
    return _spread(placed)


def text_width(text: str, size: float) -> float:
    """About how wide a text is, px."""
    latin = _LATIN if size < NAME_SIZE else _BOLD
    return size * sum(_WIDE if unicodedata.east_asian_width(c) in "WF" else latin for c in text)


def fitted(text: str, size: float, width: float, most_lines: int) -> list[str]:
    """The text in lines of at most that width, cut between words where there are any; what does not fit ends in "…"."""
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most_lines:
        if text_width(rest, size) <= width:
            return [*lines, rest]
        end = len(rest)
        while end > 1 and text_width(rest[:end] + ("…" if len(lines) == most_lines - 1 else ""), size) > width:
            end -= 1
        blank = rest.rfind(" ", 0, end + 1)
        end = blank if blank > end // 2 else end
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    if rest:
        lines[-1] = lines[-1].rstrip(" ,") + "…"
    return lines


def _drafted(graph: Graph, near: Neighbourhood, id: str, order: Mapping[str, int]) -> Card:
    column = near.steps[id]
    width = FIRST_WIDTH if column == 0 else WIDTH
    inside = width - 2 * PAD
    other = graph.original(id)
    names = tuple(fitted(shown(graph.name(id), 160), NAME_SIZE, inside, 4 if column == 0 else 2))
    original = fitted(shown(other, 80), NAME_SIZE, inside, 1)[0] if other else None
    beside = original is not None and _fits_beside(names, original, width)
    y: float = PAD + NAME_HEIGHT * (len(names) + (original is not None and not beside)) + 2
    lines = []
    for tie in _told_here(near, id, order):
        inwards = near.steps[tie.other(id)] < column
        name = None if inwards and column == 1 else shown(graph.name(tie.other(id)), 60)
        texts = tuple(fitted(tie_words(tie, id, name), LINE_SIZE, inside, 2))
        lines.append(Line(tie, texts, y + LINE_HEIGHT / 2, inwards))
        y += LINE_HEIGHT * len(texts)
    x = 0.0 if column == 0 else FIRST_WIDTH + GAP + (column - 1) * (WIDTH + GAP)
    return Card(id, column, names, original, tuple(lines), x, 0.0, width, y + PAD - 2)


def _fits_beside(names: Sequence[str], original: str, width: float) -> bool:
    return text_width(f"{names[-1]}  {original}", NAME_SIZE) * 1.04 <= width - 2 * PAD


def tie_words(tie: Tie, id: str, other: str | None) -> str:
    """A tie in few words; with an arrow the way it is read where the other end is named."""
    parts = [tie.relation]
    parts += [tie.amount] if tie.amount else []
    dates = tie.start
    if tie.end and tie.end != tie.start:
        dates = f"{tie.start} to {tie.end}" if tie.start else f"until {tie.end}"
    parts += [dates] if dates else []
    parts += [tie.strength] if tie.strength != CONFIRMED else []
    words = shown(", ".join(parts), 120)
    return words if other is None else f"{words} {'→' if id == tie.source else '←'} {other}"


def _told_here(near: Neighbourhood, id: str, order: Mapping[str, int]) -> list[Tie]:
    """The ties a card tells: those inwards, and those to cards above it in its own column."""
    its = [
        tie
        for tie in near.ties
        if id in (tie.source, tie.target)
        and (near.steps[tie.other(id)], order[tie.other(id)]) < (near.steps[id], order[id])
    ]
    return sorted(
        its, key=lambda tie: (-near.steps[tie.other(id)] + near.steps[id] == 0, weakness(tie.strength), tie.id)
    )


def _hangs_on(near: Neighbourhood, id: str, rank: Mapping[str, float]) -> float:
    inner: Sequence[float] = [
        rank[tie.other(id)]
        for tie in near.ties
        if id in (tie.source, tie.target) and near.steps[tie.other(id)] == near.steps[id] - 1
    ]
    return sum(inner) / len(inner) if inner else 1.0


def _best(near: Neighbourhood, id: str) -> tuple[bool, int]:
    return min((tie.incidental, weakness(tie.strength)) for tie in near.ties if id in (tie.source, tie.target))


def _moved(card: Card, y: float) -> Card:
    return replace(card, y=y, lines=tuple(replace(line, y=line.y + y) for line in card.lines))


def _taller(card: Card, height: float) -> Card:
    """The card at least that high, its text in the middle of it."""
    more = max(0.0, height - card.height)
    return replace(card, height=card.height + more, top=more / 2)


def _spread(placed: Mapping[str, Card]) -> dict[str, Card]:
    """The cards with their lines leaving the others one below the other, those that go up first."""
    leaving: dict[str, list[tuple[float, str, int]]] = {}
    for id, card in placed.items():
        for place, line in enumerate(card.lines):
            leaving.setdefault(line.tie.other(id), []).append((line.y, id, place))
    begins: dict[tuple[str, int], float] = {}
    for other, its in leaving.items():
        card = placed[other]
        apart = min(APART, (card.height - 12) / max(1, len(its) - 1))
        first = card.y + card.height / 2 - apart * (len(its) - 1) / 2
        begins |= {(id, place): first + apart * number for number, (_, id, place) in enumerate(sorted(its))}
    return {
        id: replace(card, lines=tuple(replace(line, from_y=begins[id, place]) for place, line in enumerate(card.lines)))
        for id, card in placed.items()
    }
