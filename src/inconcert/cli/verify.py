"""`inconcert verify`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.bars import bars
from inconcert.cli.options import FILE, verb
from inconcert.cli.terminal import plain, show

if TYPE_CHECKING:
    from inconcert.verbs.verify import Verification


@verb("verify", "Check that a case is what it was.")
@click.argument("case", type=FILE, default=".")
@click.option("--recompute/--no-recompute", default=True, show_default=True,
              help="Also compute the newest run of each verb again and compare it byte for byte.")  # fmt: skip
@click.pass_context
def command(context: click.Context, case: Path, recompute: bool, as_json: bool) -> None:
    """Check that a case is what it was: every original, every table, the chain of the ledger, and the results.

    Names every file that was changed, is missing or was added, and every broken link of the chain; the case is only read.
    Exit code 1 when anything failed. Without CASE: the working directory.

    \b
    Example:
      inconcert verify my-case
    """
    from inconcert.verbs.init import open_case
    from inconcert.verbs.verify import verify

    with bars() as progress:
        done = verify(open_case(case), recompute=recompute, progress=progress)
    show({"intact": done.intact, **plain(done)} if as_json else done, _lines(done), as_json=as_json)
    context.exit(0 if done.intact else 1)


def _lines(done: Verification) -> Iterator[str]:
    yield (
        f"{done.case}: {done.originals:,} originals, {done.files:,} other files, {done.bytes:,} bytes, "
        f"{done.statements:,} ledger statements"
    )
    for again in done.recomputed:
        run = again.run
        if again.differs:
            yield f"{run.verb} run {run.id}: NOT reproduced"
        elif again.rewritten:
            yield f"{run.verb} run {run.id}: reproduced in every value, by other versions of packages"
        else:
            yield f"{run.verb} run {run.id}: reproduced byte for byte"
    yield from (f"note: {note}" for note in done.notes)
    yield from (f"FAULT {fault.path}: {fault.what}" for fault in done.faults)
    yield f"ledger head: {done.head}"
    yield "intact" if done.intact else f"NOT intact: {len(done.faults):,} faults"
