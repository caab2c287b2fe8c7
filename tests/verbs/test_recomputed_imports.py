"""A case of several imports is intact and its runs come out again, whichever of them described the accounts first."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inconcert.case import open_case
from inconcert.verbs.ingest import ingest
from inconcert.verbs.investigate import investigate
from inconcert.verbs.verify import verify

from .worlds import RING, write_posts

NOW = datetime(2026, 11, 21, tzinfo=UTC)
USERS = [f"user{n}" for n in range(60)]


def described(file: Path, handle: str, bio: str) -> Path:
    """One post of every account, with a profile of that pattern."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["post_id", "account_id", "created_at", "text", "handle", "bio"])
        for n, account in enumerate([*RING, *USERS]):
            words = f"{file.stem} words of number {n}"
            writer.writerow([f"{file.stem}{n}", account, "2026-05-03T04:05:06Z", words, handle.format(n), bio])
    return file


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_a_case_of_several_imports_is_intact_in_whatever_order_they_were_read(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    files = (
        write_posts(tmp_path / "posts.csv", ring=True),
        described(tmp_path / "early.csv", "maria_{}_lopez", "tea and gardens"),
        described(tmp_path / "late.csv", "user{}48151623", "patriot, follow back"),
    )
    summary = investigate([files[place] for place in order], case=tmp_path / "case", now=NOW)
    case = open_case(summary.case)
    # read since, and no part of those runs
    ingest(case, [described(tmp_path / "later.csv", "anna_{}", "none")], now=NOW)
    found = verify(case)
    assert found.intact, found.faults
    assert [(again.run.verb, again.differs, again.rewritten) for again in found.recomputed] == [
        (verb, (), ()) for verb in ("copies", "detect", "cluster", "describe", "indicators")
    ]
