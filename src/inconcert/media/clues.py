"""Lines on a picture by which operators give themselves away: what a screen shows around what was meant to be shown.

Words and place decide. The list is for the analyst to look at and claims nothing: everybody's screen has a clock.
Places are those of one whole screen; of a screen inside a collage only what words alone tell is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from inconcert.media.clue_words import (
    BEGINS_WITH_TIME,
    CLOCK,
    MAKER,
    MENUS,
    PATH,
    SIGNAL,
    SITE,
    SURE_CLOCK,
    TAB,
    TASKBAR,
    TITLE,
    TRENDING,
    is_address,
    words,
)
from inconcert.media.lines import Line, beside, overlap, rows

Finder = Callable[[Sequence[Line]], Iterator[tuple[Line, str]]]

TOP, BOTTOM = 0.07, 0.92
"""Shares of the height above and below which the bars of a whole screen stand."""
BROWSER = 0.25
"""Share of the height that tabs and address bar of a browser may take."""
PANEL_SPAN = 0.25
"""Share of the width that a panel takes at least, from the left of its heading on."""
PANEL_GAP = 3.0
"""Heights of the heading without a line after which the panel is over."""
PANEL_LINES = 40


def clues(lines: Sequence[Line]) -> list[str | None]:
    """What each line may be, or None: clock, status bar, taskbar, address bar, browser tab, window title, trending panel,
    watermark. `lines`: all of one picture, see media/lines; where two fit, the first of this order is said."""
    found: dict[int, str] = {}
    for find in _FINDERS:
        for line, clue in find(lines):
            found.setdefault(id(line), clue)
    return [found.get(id(line)) for line in lines]


def _top_bars(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """The bar of a phone, or of a Mac, above the picture."""
    for row in rows([line for line in lines if _middle(line) < TOP]):
        times = [line for line in row if CLOCK.fullmatch(words(line))]
        signals = [line for line in row if SIGNAL.search(words(line))]
        menus = {menu.casefold() for line in row for menu in MENUS.findall(words(line))}
        if len(menus) >= 3:
            bar = "taskbar"
        elif (times and signals) or any(BEGINS_WITH_TIME.match(words(line)) for line in signals):
            bar = "status bar"
        else:
            bar, row = "clock", times
        yield from ((line, "clock" if line in times else bar) for line in row)


def _taskbar(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """The taskbar below the picture, with its clock at the right."""
    low = [line for line in lines if _middle(line) > BOTTOM]
    times = [line for line in low if line["right"] > 0.7 and CLOCK.fullmatch(words(line))]
    hints = [line for line in low if TASKBAR.search(words(line))]
    if not hints and not any(SURE_CLOCK.search(words(line)) for line in times):
        return
    yield from ((line, "clock") for line in times)
    marks = times + hints
    band = {"top": min(line["top"] for line in marks), "bottom": max(line["bottom"] for line in marks)}
    yield from ((line, "taskbar") for line in low if overlap(line, band, "top", "bottom") > 0.5)


def _addresses(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """The address bar of a browser, and paths on the operator's own disk wherever they stand."""
    for line in lines:
        if PATH.search(words(line)) or (line["bottom"] < BROWSER and is_address(words(line))):
            yield line, "address bar"


def _tabs(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Short lines in a row above the address bar; where none was read, three or more at the top that look like titles."""
    bars = [line for line in lines if line["bottom"] < BROWSER and is_address(words(line))]
    bar = min(bars, key=_middle, default=None)
    for row in rows([line for line in lines if line["bottom"] < BROWSER]):
        short = [line for line in row if line["right"] - line["left"] < 0.4]
        if bar is None:
            tabs = len(short) >= 3 and _middle(short[0]) < TOP and any(TAB.search(words(line)) for line in short)
        else:
            gap = bar["top"] - max(line["bottom"] for line in row)
            above = max(map(_middle, row)) < bar["top"] and not any(beside(bar, line) for line in row)
            tabs = above and gap < 4 * (bar["bottom"] - bar["top"])
        yield from ((line, "browser tab") for line in short if tabs)


def _titles(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    yield from ((line, "window title") for line in lines if TITLE.fullmatch(words(line)))


def _panels(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """A list of trending topics: its heading and the lines under it, until a gap."""
    for heading in lines:
        if not TRENDING.fullmatch(words(heading).strip(" #·•>›|")):
            continue
        yield heading, "trending panel"
        edge = heading["left"] - 0.03
        column = {"left": edge, "right": max(heading["left"] + PANEL_SPAN, heading["right"])}
        under = [line for line in lines if _middle(line) > heading["bottom"] and line["left"] >= edge]
        end = heading["bottom"]
        for line in sorted((line for line in under if overlap(line, column) > 0.5), key=_middle)[:PANEL_LINES]:
            if line["top"] - end > PANEL_GAP * (heading["bottom"] - heading["top"]):
                break
            yield line, "trending panel"
            end = max(end, line["bottom"])


def _watermarks(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """The mark of an editor or a picture agency anywhere, of a site or its user only in a corner."""
    for line in lines:
        side = line["left"] < 0.12 or line["right"] > 0.88
        corner = side and (line["top"] < 0.25 or line["bottom"] > 0.75)
        if MAKER.fullmatch(words(line)) or (corner and SITE.fullmatch(words(line))):
            yield line, "watermark"


def _middle(line: Line) -> float:
    return float(line["top"] + line["bottom"]) / 2


_FINDERS: tuple[Finder, ...] = (_top_bars, _taskbar, _addresses, _tabs, _titles, _panels, _watermarks)
