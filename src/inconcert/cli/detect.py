"""`inconcert detect`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inconcert.cli.bars import bars
from inconcert.cli.options import (
    alpha_option,
    case_argument,
    control_option,
    engine_option,
    given,
    lengths_s,
    seed_option,
    verb,
)
from inconcert.cli.terminal import show

if TYPE_CHECKING:
    from inconcert.case import Run


@verb("detect", "Find pairs and accounts that act together beyond chance.")
@case_argument
@click.option("--kind", "kinds", multiple=True, help="Compare this kind of action only (see 'inconcert detectors'). May be "
              "repeated. [default: every kind the data hold]")  # fmt: skip
@click.option("--window", "windows_s", callback=lengths_s, multiple=True, help="Compare at this time scale only, such as 10s, "
              "10min or 6h. May be repeated. [default: 10s, 1min, 10min, 1h, 6h, each that the times allow]")  # fmt: skip
@alpha_option
@control_option
@engine_option
@seed_option
@click.option("--fdr", type=click.Choice(["bh", "by"]), help="Benjamini-Hochberg, or Benjamini-Yekutieli, which holds under "
              "any dependence and finds less. [default: bh]")  # fmt: skip
def command(
    case: Path,
    kinds: Sequence[str],
    windows_s: Sequence[float],
    alpha: float | None,
    control: Sequence[Path],
    engine: str | None,
    seed: int | None,
    fdr: str | None,
    as_json: bool,
) -> None:
    """Find pairs and accounts that act together more often, and closer in time, than chance allows.

    A run with the same data and parameters is not computed twice.

    \b
    Example:
      inconcert detect my-case --kind url --kind text --window 60s --control crowd.csv
    """
    from inconcert.verbs.detect import detect
    from inconcert.verbs.init import open_case

    options = given(
        kinds=kinds, windows_s=windows_s, alpha=alpha, control=control, engine=engine, seed=seed, fdr=fdr
    )  # fmt: skip
    with bars() as progress:
        run = detect(open_case(case), **options, progress=progress)
    show(run, run_lines(run), as_json=as_json)


def run_lines(run: Run) -> Iterator[str]:
    """What a run counted."""
    state = "was done before: nothing to compute" if run.already else f"took {run.duration_s:.1f} s"
    yield f"{run.verb} run {run.id} {state}"
    for name, count in run.info["counts"].items():
        yield f"  {name.replace('_', ' ')}: {count:,}"
    yield from (f"  note: {note}" for note in run.info.get("notes", ()))
