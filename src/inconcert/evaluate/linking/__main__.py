"""`python -m inconcert.evaluate.linking FOLDER`: measure linking, and write its page and picture."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

import click

from inconcert.errors import InconcertError, InputError
from inconcert.evaluate.kept import Kept, made_with
from inconcert.evaluate.linking.calibration import bins
from inconcert.evaluate.linking.halves import CONTROLS, crowd_of, half_trial, sets
from inconcert.evaluate.linking.page import PICTURE, page
from inconcert.evaluate.linking.pairs import pairs
from inconcert.evaluate.linking.picture import reliability

ROOMS = ("evaluate/linking", "linking", "normalise", "synthetic")
SPLITS, CROWDS, WORLDS = 50, 5, 30
"""Splits of every set; crowds of each size they are put into in turn; worlds of pairs."""


@click.command("python -m inconcert.evaluate.linking", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--data", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of the research data."
)
@click.option("--reduced", is_flag=True, help="A few splits and worlds, to see that it works.")
@click.option(
    "--render", is_flag=True, help="Measure nothing; set the page anew from the kept rows, whatever code made them."
)
def main(folder: Path, data: Path | None, reduced: bool, render: bool) -> None:
    """Measure linking, and write linking-measured.md and its picture into FOLDER.

    Rows are kept in FOLDER/evaluation (with --reduced in FOLDER/evaluation-reduced), as by 'python -m inconcert.evaluate'. --data is
    INCONCERT_DATA unless given. It takes about ten minutes of one core.
    """
    try:
        _run(folder, data or Path(os.environ.get("INCONCERT_DATA", "")), reduced, render)
    except InconcertError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


def _run(folder: Path, data: Path, reduced: bool, render: bool) -> None:
    splits, crowds, worlds = (2, 1, 2) if reduced else (SPLITS, CROWDS, WORLDS)
    rows = folder / ("evaluation-reduced" if reduced else "evaluation")
    code = made_with(repr((splits, crowds, worlds)), ROOMS)
    halves, paired = (Kept(rows, part, code, stale=render) for part in ("link_halves", "link_pairs"))
    if not render:
        if not (data / "meta_threat_research").is_dir():
            raise InputError(
                f"There is no meta_threat_research in '{data}'. Name the folder of research data with --data or in INCONCERT_DATA."
            )
        for accounts in list(CONTROLS)[: 1 if reduced else None]:
            _measure_halves(halves, data, accounts, splits, crowds)
        for seed in range(1, worlds + 1):
            paired.row(f"world {seed}", partial(pairs, seed))
    _write(folder, halves, paired, reduced)


def _measure_halves(kept: Kept, data: Path, accounts: int, splits: int, crowds: int) -> None:
    published = sets(data)
    for crowd in range(1, crowds + 1):
        seeds = [seed for seed in range(crowd, splits + 1, crowds) if _key(accounts, seed) not in kept.rows]
        if not seeds:
            continue
        people = crowd_of(crowd, accounts)
        for seed in seeds:
            kept.row(_key(accounts, seed), partial(half_trial, published, people, seed))


def _key(accounts: int, seed: int) -> str:
    return f"{accounts} accounts, split {seed}"


def _write(folder: Path, halves: Kept, paired: Kept, reduced: bool) -> None:
    told = [pair for row in paired.rows.values() for pair in row["pairs"]]
    by_size = {
        accounts: {key: row for key, row in halves.rows.items() if key.startswith(f"{accounts} ")}
        for accounts in CONTROLS
    }
    title, blank, *rest = page({accounts: rows for accounts, rows in by_size.items() if rows}, paired.rows)
    made = [
        "```sh",
        f"python -m inconcert.evaluate.linking docs{' --reduced' if reduced else ''}",
        "```",
        "",
        f"made this page with the code {halves.code}; it needs the folder of research data in INCONCERT_DATA or `--data`."
        + (" **A reduced run**." if reduced else ""),
        "",
    ]
    (folder / "linking-measured.md").write_text("\n".join([title, blank, *made, *rest]), encoding="utf-8")
    (folder / PICTURE).write_text(
        reliability(bins([pair[0] for pair in told], [pair[3] for pair in told])), encoding="utf-8"
    )
    print(f"wrote {folder / 'linking-measured.md'}", file=sys.stderr)


if __name__ == "__main__":
    main()
