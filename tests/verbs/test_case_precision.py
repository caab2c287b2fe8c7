"""How fine the times of a case are: by all its files, however the posts are cut into files."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inconcert.case import Case
from inconcert.verbs.case_precision import case_precision
from inconcert.verbs.ingest import ingest
from inconcert.verbs.init import init

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def lines(n: int, seconds: bool, mark: str) -> list[str]:
    """Rows of posts at times to the second or the minute."""
    chance = random.Random(mark)
    return [
        f"{mark}{k},acc{k % 9},2024-05-{chance.randint(1, 28):02}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:"
        f"{chance.randint(1, 59) if seconds else 0:02}Z,words of post {k} of {mark} and nobody else"
        for k in range(n)
    ]


def case_of(folder: Path, *files: list[str]) -> Case:
    case = init(folder / "case", now=NOW)
    paths = []
    for number, rows in enumerate(files):
        paths.append(folder / f"{number}.csv")
        paths[-1].write_text("post_id,account_id,created_at,text\n" + "".join(f"{row}\n" for row in rows))
    ingest(case, paths, now=NOW)
    return case


@pytest.mark.parametrize(
    ("files", "precision"),
    [
        ([(60, True), (1, False)], "s"),
        ([(60, True), (3, False)], "s"),
        ([(60, True), (4, False)], "min"),
        ([(60, True), (30, False)], "min"),
        ([(60, True), *[(2, False)] * 3], "min"),
        ([(60, True), *[(3, True)] * 4, (1, False)], "s"),
        ([(1, False)], "min"),
        ([(1, False), (2, True)], "min"),
        ([(1, False), (3, True)], "s"),
        ([(1, False), (3, True), *[(9, True)] * 3], "s"),
    ],
)
def test_few_times_on_full_minutes(tmp_path: Path, files: list[tuple[int, bool]], precision: str):
    case = case_of(tmp_path, *(lines(n, fine, f"f{number}-") for number, (n, fine) in enumerate(files)))
    assert case_precision(case) == precision


@pytest.mark.parametrize("pieces", [1, 2, 8, 40])
def test_pieces_of_a_file_are_as_fine_as_the_file(tmp_path: Path, pieces: int):
    rows = lines(34, True, "a") + lines(6, False, "b")
    random.Random(pieces).shuffle(rows)
    assert case_precision(case_of(tmp_path, *(rows[k::pieces] for k in range(pieces)))) == "s"
