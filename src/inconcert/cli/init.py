"""`inconcert init`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from inconcert.cli.options import FILE, verb
from inconcert.cli.terminal import show


@verb("init", "Begin a case.")
@click.argument("path", metavar="CASE", type=FILE)
@click.option("--title", help="Title of the case; default: the name of the folder.")
def command(path: Path, title: str | None, as_json: bool) -> None:
    """Begin a case: an empty folder that keeps originals, tables, runs and the ledger.

    A folder that is a case already stays as it is.

    \b
    Example:
      inconcert init my-case --title "Bot wave of May"
    """
    from inconcert.verbs.init import init, is_case

    already = is_case(path)
    case = init(path, title=title, now=datetime.now(UTC))
    lines = [f"{case.path} is a case already: nothing was changed" if already else f"made the case {case.path}"]
    show({"case": case.path, "already": already}, lines, as_json=as_json)
