"""`inconcert withdraw`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.bars import bars
from inconcert.cli.options import case_argument, verb
from inconcert.cli.terminal import show, typed, unclickable

if TYPE_CHECKING:
    from inconcert.verbs.withdraw import Withdrawn


@verb("withdraw", "Take a file out of the case, or put it back.")
@case_argument
@click.argument("named", metavar="IMPORT or FILE")
@click.option("--reason", metavar="TEXT", help="Why, for whoever reads the case later. Needed, but for --undo.")
@click.option("--undo", is_flag=True, help="Put it back.")
def command(case: Path, named: str, reason: str | None, undo: bool, as_json: bool) -> None:
    """Take what was read from a file out of everything that is computed from now on: a file that was wrong, of the wrong
    account, or read with the wrong options.

    Nothing is deleted: the original stays, and the ledger says what was withdrawn, when and why. Files read after it are read
    again from their originals, as if it had never been there. Results made with it are marked as such. --undo takes all
    of that back.

    \b
    Example:
      inconcert withdraw my-case posts.csv --reason "the wrong week"
    """
    from inconcert.verbs.init import open_case
    from inconcert.verbs.withdraw import withdraw

    with bars() as progress:
        done = withdraw(open_case(case), named, reason=reason, undo=undo, now=datetime.now(UTC), progress=progress)
    show(done, _lines(case, done), as_json=as_json)


def _lines(case: Path, done: Withdrawn) -> Iterator[str]:
    what = f"{unclickable(done.file)} (import {done.import_id})"
    if done.already:
        yield f"{what} {'is no longer withdrawn' if done.undone else 'was withdrawn before'}; nothing was done"
    elif done.undone:
        yield f"{what} counts again"
    else:
        yield f"{what} no longer counts; its original stays in the case"
    if done.retries:
        yield f"  with it {'came back' if done.undone else 'went'} {len(done.retries):,} later readings of what it had set aside"
    again = {file: id for file, id in done.read_again.items() if id is not None}
    if again:
        yield f"  {len(again):,} imports after it were joined with it, and now stand as read {'with' if done.undone else 'without'} it:"
        yield from (f"    {unclickable(file)} (import {id})" for file, id in again.items())
    for file in (file for file, id in done.read_again.items() if id is None):
        yield f"  {unclickable(file)} no longer counts, as it rested on what changed; if it is a folder of pictures, give it again with --media"
    if done.runs:
        yield f"  {done.runs:,} runs were made with what does not count now; no verb uses them any more"
    if done.report:
        yield "  the report was made with it, and says so now at its top"
    if not done.undone:
        yield f"to put it back: {typed('withdraw', case, done.import_id, '--undo')}"
    yield f"next: {typed('investigate', '--case', case)}"
