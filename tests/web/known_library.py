"""A library of published indicators of nobody real, and a case that was compared with it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from tests.browse.conftest import NOW, RING, handle_of

from inconcert.case import Case
from inconcert.catalogue.add import add
from inconcert.verbs.link import link

Row = tuple[str, str, str, str]
"""Type, value, operation, comment."""

ROWS: tuple[Row, ...] = (
    *(("url", f"hxxps://ring[.]example/{n}", "Night Courier", f"seen 2026-02-{n + 1:02}") for n in range(12)),
    ("handle", f"@{handle_of(RING[0])}", "Night Courier", f"{handle_of(RING[0])} was renamed"),
    ("technique", "T0084.001", "Night Courier", ""),
    *(("url", f"https://elsewhere.site/{n}", "Day Herald", "") for n in range(5)),
    ("ip", "192.0.2.7", "Exit Watch", "2023-12"),
)


def library(folder: Path, rows: Sequence[Row] = ROWS, source: str = "Harbour Watch, quarterly") -> Path:
    """The library of these rows in a new folder."""
    file = folder.with_suffix(".csv")
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("type", "value", "operation", "comment"), *rows])
    add(folder, [file], licence="MIT", source=source, now=NOW)
    file.unlink()
    return folder


def compared(case: Case, folder: Path, rows: Sequence[Row] = ROWS) -> Case:
    """The case, after it was compared with the library of these rows."""
    link(case, library=[library(folder, rows)])
    return case
