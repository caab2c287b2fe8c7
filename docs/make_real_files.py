"""Write docs/real-files.md: what becomes of the published files that the project reads by path, one import each.

python docs/make_real_files.py

The files lie in the folder that INCONCERT_DATA names (../shared/data of the repository unless it does); numbers alone leave it.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

from inconcert.verbs.ingest import ingest
from inconcert.verbs.init import init

PAGE = Path(__file__).resolve().parent / "real-files.md"
DATA = Path(os.environ.get("INCONCERT_DATA", PAGE.parents[2] / "shared" / "data"))
FILES: dict[str, tuple[str, ...]] = {
    "information-operations archive, tweets": ("twitter_io_archive/tweets_csv_hashed_sample.csv",),
    "information-operations archive, users": ("twitter_io_archive/users_csv_hashed.csv",),
    "Reddit, comments of accounts named in 2018": ("reddit_ira944/comments.csv",),
    "Meta, Spamouflage": ("meta_threat_research/Q2_2023_Spamouflage_China_based_CIB_updated.csv",),
    "Meta, Doppelganger": ("meta_threat_research/Q2_2023_Doppelganger_Russia_based_CIB_network_updated.csv",),
    "Meta, China and Russia": (
        "meta_threat_research/2022_09_removing_coordinated_inauthentic_behavior_from_china_and_russia.csv",
    ),
    "Meta, kill chain": ("meta_threat_research/Online_Operations_Killchain-TTPs.csv",),
    "Weibo hot search, by hour and day": ("weibo_hot_search/*/*.json",),
    "CooRTweet, Russian": ("coortweet/russian_coord_tweets.parquet",),
    "CooRTweet, German elections": ("coortweet/german_elections.parquet",),
    "crowd of a web conference": ("organic_crowds/elgl19.parquet",),
    "crowd of an ecology congress": ("organic_crowds/esa2019.parquet",),
    "crowd of a boxing match": ("organic_crowds/mayweather2017.parquet",),
    "crowd of school at home": ("organic_crowds/aprendeencasa2020.parquet",),
    "labelled case": ("case_a/posts.parquet",),
}
"""What they are -> patterns of their paths."""
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_LARGEST = 400
"""Files at most that are read as one row of the table."""


def row(data: Path, name: str) -> str:
    """The line of the table for one of FILES, each file read into a new case."""
    paths = [path for pattern in FILES[name] for path in sorted(data.glob(pattern))][:_LARGEST]
    with tempfile.TemporaryDirectory() as folder:
        case = init(Path(folder) / "case", now=_NOW)
        read = ingest(case, paths, now=_NOW)
        filled = list(_filled([part for part in case.parts("fill_rates") if part.is_file()]))
    counts = [sum(getattr(one, f"rows_{what}") for one in read) for what in ("read", "kept", "duplicate", "rejected")]
    taken_for = ", ".join(f"`{importer}`" for importer in sorted({one.importer for one in read}))
    told = ", ".join(f"{field} {share}" for field, share in filled)
    cells = [name, f"{len(paths):,}", taken_for, *(f"{count:,}" for count in counts), told or "all 1"]
    return f"| {' | '.join(cells)} |"


def _filled(parts: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Fields that not every record has, and the share that has them, in the order of the table's fields."""
    filled: Counter[str] = Counter()
    records: Counter[str] = Counter()
    for part in parts:
        for one in pq.ParquetFile(part).read().to_pylist():
            filled[one["field"]] += one["filled"]
            records[one["field"]] += one["records"]
    for field, count in filled.items():
        if count < records[field]:
            yield field, f"{count / records[field]:.3f}".lstrip("0")


def page(data: Path) -> str:
    """The text of docs/real-files.md."""
    head = (
        "# What becomes of published files\n\n"
        "Made by `python docs/make_real_files.py`; tests hold every line. The files are published data sets that the project reads by "
        "path and does not ship. *Repeats* are records that say again what another said; *set aside* are those that could not be "
        "read, with their reason in the table `rejects`. *Filled* is the share of the kept records that have a field, for fields "
        "that not all have.\n\n"
        "| files | number | taken for | read | kept | repeats | set aside | filled |\n|---|---:|---|---:|---:|---:|---:|---|\n"
    )
    return head + "".join(f"{row(data, name)}\n" for name in FILES)


if __name__ == "__main__":
    PAGE.write_text(page(DATA), encoding="utf-8")
    print(PAGE.name)
