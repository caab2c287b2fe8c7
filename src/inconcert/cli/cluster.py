"""`inconcert cluster`."""

from __future__ import annotations

from pathlib import Path

import click

from inconcert.cli.bars import bars
from inconcert.cli.detect import run_lines
from inconcert.cli.options import alpha_option, case_argument, given, seed_option, verb
from inconcert.cli.terminal import show


@verb("cluster", "Find groups, and confirm them on held-out objects.")
@case_argument
@alpha_option
@seed_option
@click.option(
    "--splits",
    type=click.IntRange(1),
    help="Random halves of the objects on which groups are found, the other halves confirming them. [default: 5]",
)
@click.option(
    "--permutations", type=click.IntRange(1), help="Permuted copies that a group is held against. [default: 999]"
)
@click.option(
    "--bootstraps",
    type=click.IntRange(1),
    help="Samples of objects on which each group is looked for again: the stability. [default: 50]",
)
@click.option(
    "--copies",
    type=click.IntRange(0),
    help="Permuted copies of all the data that go through the same procedure: the calibration. [default: 5, fewer in large cases]",
)
def command(
    case: Path,
    alpha: float | None,
    seed: int | None,
    splits: int | None,
    permutations: int | None,
    bootstraps: int | None,
    copies: int | None,
    as_json: bool,
) -> None:
    """Find groups in what 'detect' found, and confirm each on objects that were not used to find it.

    \b
    Example:
      inconcert cluster my-case --alpha 0.001
    """
    from inconcert.verbs.cluster import cluster
    from inconcert.verbs.init import open_case

    options = given(
        alpha=alpha, seed=seed, splits=splits, permutations=permutations, bootstraps=bootstraps, copies=copies
    )
    with bars() as progress:
        run = cluster(open_case(case), **options, progress=progress)
    show(run, run_lines(run), as_json=as_json)
