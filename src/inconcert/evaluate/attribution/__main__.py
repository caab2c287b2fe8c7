"""`python -m inconcert.evaluate.attribution FOLDER`: measure which groups reach L3 and what is said of them, and write the page."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from inconcert.evaluate.attribution.page import page
from inconcert.evaluate.attribution.trial import trial
from inconcert.evaluate.kept import Kept, made_with

PART = "attribution"
ROOMS = ("evaluate/attribution", "attribution", "indicators", "network", "detect", "copies", "normalise", "synthetic")
SEEDS = {"demo": 10, "honest": 3, "drive": 4, "quiet": 2}
"""Seeds of each world, from 1 on."""


@click.command("python -m inconcert.evaluate.attribution", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--render", is_flag=True, help="Measure nothing; set the page anew from the kept rows, whatever code made them."
)
def main(folder: Path, render: bool) -> None:
    """Investigate generated worlds, and write attribution-measured.md into FOLDER.

    Rows are kept in FOLDER/evaluation, as by 'python -m inconcert.evaluate'. It takes about twenty minutes of one core.
    """
    kept = Kept(folder / "evaluation", PART, made_with(repr(SEEDS), ROOMS), stale=render)
    if not render:
        for world, seeds in SEEDS.items():
            for seed in range(1, seeds + 1):
                kept.row(f"{world} {seed}", partial(trial, world, seed))
    title, blank, *rest = page(kept.rows)
    made = [
        "```sh",
        "python -m inconcert.evaluate.attribution docs",
        "```",
        "",
        f"made this page, in {kept.cpu_s / 60:.0f} minutes of processor time, with the code {kept.code}.",
        "",
    ]
    (folder / "attribution-measured.md").write_text("\n".join([title, blank, *made, *rest]), encoding="utf-8")
    print(f"wrote {folder / 'attribution-measured.md'}", file=sys.stderr)


if __name__ == "__main__":
    main()
