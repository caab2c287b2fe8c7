"""`inconcert indicators`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.bars import bars
from inconcert.cli.detect import run_lines
from inconcert.cli.options import alpha_option, case_argument, given, seed_option, verb
from inconcert.cli.terminal import show, unclickable

if TYPE_CHECKING:
    from inconcert.case import Run

LISTED = 30


@verb("indicators", "Measure how accounts and groups behave, beside a control.")
@case_argument
@click.option(
    "--only", multiple=True, metavar="NAME", help="Only this indicator; see 'inconcert detectors'. May be repeated."
)
@click.option(
    "--set", "sets", multiple=True, metavar="NAME", help="Measure this set too; see 'inconcert sets'. May be repeated."
)
@alpha_option
@seed_option
def command(
    case: Path, only: Sequence[str], sets: Sequence[str], alpha: float | None, seed: int | None, as_json: bool
) -> None:
    """Measure what kind of thing each group is: working hours, creation, handles, automation, engagement and more.

    Works on the groups of 'inconcert cluster', and on lists of the role suspected (see 'inconcert add'), and on sets
    that --set names, which carry no false-alarm rate: whoever made one chose what is in it. Every number has
    its sample, its interval and the same number of a matched control; where there is too little it says so. None of them
    is a verdict: each has innocent explanations.

    \b
    Example:
      inconcert indicators my-case --only working-hours --only handles
    """
    from inconcert.verbs.indicators import indicators
    from inconcert.verbs.init import open_case

    with bars() as progress:
        run = indicators(open_case(case), **given(only=only, sets=sets, alpha=alpha, seed=seed), progress=progress)
    show(run, _lines(run), as_json=as_json)


def _lines(run: Run) -> Iterator[str]:
    yield from run_lines(run)
    found = [row for row in run.table("indicators").to_pylist() if row["state"] == "found"]
    for row in found[:LISTED]:
        where = f"{row['group_id']}: " if row["group_id"] else ""
        yield f"{where}{row['indicator']}, {row['measure']} (q = {row['q_value']:.2g}): {unclickable(row['says'])}"
    if len(found) > LISTED:
        yield f"{len(found) - LISTED:,} more are in the table indicators: inconcert export CASE indicators.csv"
    yield from _groups(run)
    for row in run.table("standings").to_pylist():
        if row["level"] == "L3":
            yield f"{row['group_id']} reaches L3; the report names the families of evidence."
    yield "Next: inconcert report CASE sets the page anew."
    absent = run.table("indicators_not_run").to_pylist()
    if absent:
        yield "Not run, for want of: " + "; ".join(f"{row['indicator']} ({row['needs']})" for row in absent)


def _groups(run: Run) -> Iterator[str]:
    """One line a group and suspected list: how many measures say what."""
    states: dict[str, Counter[str]] = {}
    sizes: Counter[str] = Counter()
    for row in run.table("indicators").to_pylist():
        if row["subject"] == "group":
            states.setdefault(row["subject_id"], Counter())[row["state"]] += 1
    for row in run.table("control_balance").to_pylist():
        sizes[row["group_id"]] = row["accounts"]
    words = {
        "found": "found",
        "not found": "may be chance",
        "described": "described",
        "too little": "too little to say",
    }
    for group, counted in states.items():
        said = ", ".join(f"{counted[state]} {word}" for state, word in words.items() if counted[state])
        yield f"{unclickable(group)} ({sizes[group]:,} accounts): {said}"
