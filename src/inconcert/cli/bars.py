"""Progress bars on stderr, when somebody watches."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from inconcert.progress import MARK, Progress, silent

_BETWEEN_S = 0.2
"""Time between two lines of progress for a program."""


def _lines() -> Progress:
    """A progress that writes lines of JSON on stderr, for the program that started this one (INCONCERT_PROGRESS=json)."""
    last: list[tuple[str, float]] = [("", 0.0)]

    def progress(stage: str, done: int, total: int | None = None, *, rows: int | None = None) -> None:
        former, at_s = last[0]
        now_s = time.monotonic()
        if stage != former or now_s - at_s >= _BETWEEN_S or done == total:
            last[0] = (stage, now_s)
            told = {"stage": stage, "done": int(done), "total": None if total is None else int(total), "rows": rows}
            print(f"{MARK}{json.dumps(told)}", file=sys.stderr, flush=True)

    return progress


@contextmanager
def bars() -> Iterator[Progress]:
    """A progress that draws the bar of the newest stage while the block runs; silent when stderr is not a terminal.

    With INCONCERT_PROGRESS=json it writes lines of JSON instead, see `progress.MARK`.
    """
    if os.environ.get("INCONCERT_PROGRESS") == "json":
        yield _lines()
        return
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    from inconcert.cli.terminal import visible

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[read]}"),
        TimeElapsedColumn(),
    )
    tasks: dict[str, TaskID] = {}
    with Bars(*columns, console=Console(stderr=True), transient=True) as drawn:

        def progress(stage: str, done: int, total: int | None = None, *, rows: int | None = None) -> None:
            if stage not in tasks:
                for former in tasks.values():
                    drawn.update(former, visible=False)
                tasks[stage] = drawn.add_task(escape(visible(stage)), total=total, read="")
            read = "" if rows is None else read_so_far(rows, done, total)
            drawn.update(tasks[stage], completed=done, total=total, read=read)

        yield progress


def read_so_far(rows: int, done: int, total: int | None) -> str:
    """Rows and bytes of a file: "1,200,000 rows, 48.1 of 310.0 MB"."""
    return f"{rows:,} rows, {done / 1e6:,.1f} {'' if total is None else f'of {total / 1e6:,.1f} '}MB"
