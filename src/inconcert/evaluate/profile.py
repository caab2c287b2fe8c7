"""`python -m inconcert.evaluate.profile FILE`: the synchrony of an ordinary crowd, as rows of `network/profiles.csv`.

A profile holds no post and no account: numbers of objects, actions and pairs by popularity and time scale. That is all the
reference needs of a crowd, so that crowds whose posts nobody may pass on can still be compared with.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click
import numpy as np

from inconcert.errors import InconcertError
from inconcert.evaluate.sample import Export, read_file, sample
from inconcert.network.synchrony import BINS, Synchrony, popularity_bin

COLUMNS = (
    "crowd", "platform", "kind", "resolution_s", "tau_s", "popularity_min", "popularity_max", "objects", "actions",
    "actions_with_partner", "account_hit_rate", "pairs", "pairs_in_window", "pair_hit_rate",
)  # fmt: skip
MINUTE_S = 60

Row = dict[str, str | int | float]


@click.command("python -m inconcert.evaluate.profile", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--crowd", help="Name of the crowd in the rows. [default: the name of the file]")
@click.option("--platform", default="unknown", show_default=True, help="Platform the posts are from.")
def main(file: Path, crowd: str | None, platform: str) -> None:
    """Print the profile of the posts in FILE as CSV, at the precision of their times and at a minute.

    Of a crowd in which nobody is suspected of anything: an operation among its posts would make every later operation look
    ordinary.
    """
    try:
        write(profile(read_file(file), crowd or file.stem, platform), sys.stdout)
    except InconcertError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


def write(rows: Iterator[Row], out: TextIO) -> None:
    """As CSV, a header first."""
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def profile(export: Export, crowd: str, platform: str) -> Iterator[Row]:
    """One row a kind, precision of times, time scale and bin of popularity that has objects. InputError when no two accounts
    acted on one object."""
    for resolution_s in sorted({export.resolution_s, MINUTE_S}):
        measured = sample(export.at(resolution_s))
        name = crowd if resolution_s < MINUTE_S else f"{crowd} (minute)"
        for kind, material in measured.materials.items():
            head: Row = {"crowd": name, "platform": platform, "kind": kind, "resolution_s": resolution_s}
            yield from _of_kind(head, material.measured)


def _of_kind(head: Row, measured: Synchrony) -> Iterator[Row]:
    popularity = measured.popularity.astype(np.int64)
    bins = popularity_bin(measured.popularity)
    possible = popularity * (popularity - 1) // 2
    for w, window_us in enumerate(measured.windows_us):
        for b, (low, high) in enumerate(BINS):
            of = bins == b
            if not of.any():
                continue
            actions, hits = int(popularity[of].sum()), int(measured.hits[of, w].sum())
            pairs, near = int(possible[of].sum()), int(measured.pairs[of, w].sum())
            yield {
                **head,
                "tau_s": window_us // 1_000_000,
                "popularity_min": low,
                "popularity_max": high or int(popularity.max()),
                "objects": int(of.sum()),
                "actions": actions,
                "actions_with_partner": hits,
                "account_hit_rate": round(hits / actions, 5),
                "pairs": pairs,
                "pairs_in_window": near,
                "pair_hit_rate": round(near / pairs, 5),
            }


if __name__ == "__main__":
    main()
