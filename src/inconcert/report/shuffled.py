"""The same procedure on permuted copies of the data, where whatever is found is chance."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from inconcert.report import words


@dataclass(frozen=True)
class Calibration:
    """Findings in the data (observed) and in each permuted copy: (edges, accounts, groups) each."""

    observed: tuple[int, int, int]
    copies: tuple[tuple[int, int, int], ...]


def calibration(table: pa.Table) -> Calibration | None:
    """Table `calibration` read; None when it lacks the data themselves."""
    rows = {row["copy"]: (row["edges"], row["accounts"], row["groups"]) for row in table.to_pylist()}
    if 0 not in rows:
        return None
    return Calibration(rows[0], tuple(rows[copy] for copy in sorted(rows) if copy != 0))


def sentences(calibration: Calibration, alpha: float) -> list[str]:
    """What permuted copies gave, in sentences."""
    n = len(calibration.copies)
    most = [max(copy[i] for copy in calibration.copies) for i in (0, 2)]
    mean = [sum(copy[i] for copy in calibration.copies) / n for i in (0, 2)]
    data = f"{words.count(calibration.observed[0], 'pair')} and {words.count(calibration.observed[2], 'group')}"
    data += (
        " (pairs counted before the further test, of synchrony on what the two have in common, that level L1 asks for)"
    )
    bar = f"q of at most {words.number(alpha)}"
    copies = f"In {words.count(n, 'copy', 'copies')} of these very data"
    shuffled = "in which the names of accounts were shuffled, so that whatever is found there is chance"
    if not any(most):
        bound = 1 - 0.05 ** (1 / n)
        return [
            f"{copies}, {shuffled}, the same procedure found nothing at all: no pair and no group with a {bar} in any "
            f"copy. In the data themselves it found {data}.",
            f"Nothing in {words.count(n, 'copy', 'copies')} means, with 95% confidence, that fewer than "
            f"{words.percent(bound)} of such copies would show anything.",
        ]
    return [
        f"{copies}, {shuffled}, the same procedure found {words.number(mean[0])} pairs and {words.number(mean[1])} "
        f"groups with a {bar} on average (at most {most[0]:,} and {most[1]:,}). In the data themselves it found "
        f"{data}.",
    ]
