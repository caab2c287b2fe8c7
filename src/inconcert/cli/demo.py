"""`inconcert demo`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.bars import bars
from inconcert.cli.options import FILE, given, seed_option, verb
from inconcert.cli.terminal import show, typed

if TYPE_CHECKING:
    from inconcert.verbs.demo import DemoResult


@verb("demo", "Investigate a generated world whose truth is known.")
@click.argument("folder", type=FILE, default="inconcert-demo")
@seed_option
def command(folder: Path, seed: int | None, as_json: bool) -> None:
    """Investigate a generated world whose truth is known, and hold what was found against the truth.

    Writes into FOLDER, by default inconcert-demo.

    \b
    Example:
      inconcert demo
    """
    from inconcert.verbs.demo import demo

    with bars() as progress:
        done = demo(folder, **given(seed=seed), now=datetime.now(UTC), progress=progress)
    show(done, _lines(done), as_json=as_json)


def _lines(done: DemoResult) -> Iterator[str]:
    yield f"{done.n_posts:,} posts of a generated world: {done.posts} (the truth: {done.truth})"
    yield ""
    width = max(len(unit.unit) for unit in done.units)
    yield f"{'truth':{width}}  accounts  beyond chance  in a group  share found (95 % interval)"
    for unit in done.units:
        interval = f"{unit.recall:.1%} ({unit.recall_low:.1%} to {unit.recall_high:.1%})"
        yield f"{unit.unit:{width}}  {unit.accounts:8,}  {unit.raised:13,}  {unit.in_group:10,}  {interval}"
    yield ""
    for group in done.groups:
        units = ", ".join(f"{count:,} of {unit}" for unit, count in group.units.items())
        yield f"{group.group_id} ({group.level}): {group.size:,} accounts, q = {group.q_value:.2g}: {units}"
    yield f"ordinary accounts raised by mistake: {done.crowd_raised:,}"
    yield ""
    yield f"case:   {done.case}"
    yield f"look:   {typed('serve', done.case)}"
    yield f"report: {done.report}"
