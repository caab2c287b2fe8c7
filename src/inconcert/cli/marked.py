"""A text written by strangers with the places marked that matter: in bold, or between » and « where nothing is bold."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from inconcert.cli.terminal import unclickable, visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

LINES = 3
"""Lines of a text that are shown."""


def marked_lines(text: str, spans: Sequence[Sequence[int]], console: Console, width: int) -> list[Text]:
    """The text around the first span, (first character, end), on at most LINES lines of `width` cells; nothing hides in it."""
    from rich.text import Text

    marked = [False] * len(text)
    for first, end in spans:
        marked[max(first, 0) : end] = [True] * (min(end, len(text)) - max(first, 0))
    bold = console.color_system is not None and not console.no_color
    room = LINES * width
    at = marked.index(True) if any(marked) else 0
    low = max(0, at - room // 4)
    high = min(len(text), low + room)
    shown = Text("…" if low else "")
    safe = unclickable(text).replace("\n", "↵")  # hxxp is as long as http, so that the places still fit
    for inside, places in itertools.groupby(range(low, high), key=marked.__getitem__):
        part = "".join(visible(safe[i]) for i in places)
        shown.append(f"»{part}«" if inside and not bold else part, "bold" if inside and bold else None)
    shown.append("…" if high < len(text) else "")
    lines = list(shown.wrap(console, width))
    for line in lines:
        line.rstrip()
    if len(lines) > LINES:
        lines = lines[:LINES]
        lines[-1].truncate(width - 2)
        lines[-1].append(" …")
    return lines
