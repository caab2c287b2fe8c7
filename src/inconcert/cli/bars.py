"""Progress bars on stderr, when somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from inconcert.progress import Progress, silent


@contextmanager
def bars() -> Iterator[Progress]:
    """A progress that draws the bar of the newest stage while the block runs; silent when stderr is not a terminal."""
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
