"""Tables and numbers in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isnan

from inconcert.evaluate.metrics import Share, wilson


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Lines of a table; the first column is text, the others are set to the right. A blank line follows."""
    lines = [_line(header), "|---|" + "---:|" * (len(header) - 1)]
    return [*lines, *(_line([f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row]) for row in rows), ""]


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def percent(share: float, digits: int = 1) -> str:
    """`12.3 %`; a dash for none."""
    return "–" if isnan(share) else f"{100 * share:.{digits}f} %"


def interval(hits: int, trials: int, digits: int = 1) -> str:
    """`12.3 % (10.1 to 14.9)`: share and 95 % Wilson interval."""
    return shown(wilson(hits, trials), digits)


def shown(share: Share, digits: int = 1) -> str:
    """A share with its interval."""
    if not share.trials:
        return "–"
    return f"{percent(share.value, digits)} ({100 * share.low:.{digits}f} to {100 * share.high:.{digits}f})"
