"""`investigate` does every step once, goes on where it was killed, and says what it found or that it found nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inconcert.case import Case, open_case
from inconcert.cli.investigate import summary_lines
from inconcert.errors import InputError
from inconcert.verbs.investigate import Summary, default_case, investigate
from inconcert.verbs.verify import verify

from .worlds import RING, write_posts

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SRC = Path(__file__).resolve().parents[2] / "src"
CALL = "from inconcert.cli import main; main()"
KILLS = 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("investigate")


@pytest.fixture(scope="module")
def posts(folder: Path) -> Path:
    return write_posts(folder / "posts.csv", ring=True)


@pytest.fixture(scope="module")
def summary(folder: Path, posts: Path) -> Summary:
    return investigate([posts], case=folder / "whole", now=NOW)


def tables(case: Case) -> dict[str, bytes]:
    """Bytes of every table of every run, and of what was read."""
    files = [*case.path.glob("runs/*/*"), *case.path.glob("data/*/*")]
    return {path.relative_to(case.path).as_posix(): path.read_bytes() for path in files}


def test_the_ring_is_found_and_reported(summary: Summary) -> None:
    assert summary.found
    assert summary.report.is_file()
    members = open_case(summary.case).run("cluster").table("members").to_pylist()  # type: ignore[union-attr]
    strongest = {row["account_id"] for row in members if row["group_id"] == summary.groups[0].group_id}
    assert strongest == set(RING)
    text = "\n".join(summary_lines(summary))
    assert f"{summary.groups[0].group_id}: {summary.groups[0].words} ({summary.groups[0].level})" in text
    assert text.endswith(f"report: {summary.report}")
    assert not any(account in text for account in RING)


def test_the_same_again_computes_nothing_and_says_the_same(summary: Summary, posts: Path) -> None:
    case = open_case(summary.case)
    before, said = tables(case), len(case.statements())
    again = investigate([posts], case=summary.case, now=NOW)
    assert tables(case) == before
    assert len(case.statements()) == said
    assert again.detect.already
    assert again.cluster.already
    assert [one.already for one in again.imports] == [True]
    assert again.groups == summary.groups


def test_a_case_so_made_is_intact_and_its_runs_come_out_again(summary: Summary) -> None:
    found = verify(open_case(summary.case))
    assert found.intact, found.faults
    assert [again.run.verb for again in found.recomputed] == ["copies", "detect", "cluster", "describe", "indicators"]


def test_a_crowd_alone_is_nothing_beyond_chance(folder: Path) -> None:
    calm = investigate([write_posts(folder / "calm.csv", ring=False)], case=folder / "calm", now=NOW)
    assert not calm.found
    assert any(line.startswith("Nothing was found beyond chance") for line in summary_lines(calm))


def test_another_file_is_added_to_the_case_and_said(folder: Path, posts: Path) -> None:
    case = folder / "grown"
    investigate([write_posts(folder / "first.csv", ring=False)], case=case, now=NOW)
    grown = investigate([posts], case=case, now=NOW)
    assert len(open_case(case).imports("case")) == 2
    assert len(grown.other_imports) == 1
    assert not grown.detect.already
    assert any("1 other import, analysed together" in line for line in summary_lines(grown))


@pytest.mark.parametrize(
    ("file", "case"),
    [("posts.csv", "posts-case"), ("a/b/posts.csv.gz", "posts-case"), ("x.jsonl.zst", "x-case"), ("plain", "plain-case"),
     ("v1.2.csv", "v1.2-case")],
)  # fmt: skip
def test_the_case_is_named_after_the_first_file(file: str, case: str) -> None:
    assert default_case(Path(file)) == Path(case)


def test_an_absent_file_is_refused_before_a_case_is_made(tmp_path: Path, posts: Path) -> None:
    for files, control in (([], []), ([posts, tmp_path / "absent.csv"], []), ([posts], [tmp_path / "absent.csv"])):
        with pytest.raises(InputError):
            investigate(files, case=tmp_path / "case", control=control, now=NOW)
    assert not (tmp_path / "case").exists()


def test_killed_at_random_moments_it_leaves_a_whole_case_and_finishes_like_one_never_killed(
    folder: Path, posts: Path, summary: Summary
) -> None:
    def start(case: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", CALL, "investigate", str(posts), "--case", str(case), "--json"]
        environment = {**os.environ, "PYTHONPATH": str(SRC)}
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)

    begun = time.monotonic()
    assert start(folder / "timed").wait() == 0
    whole_s = time.monotonic() - begun
    moments, kills, rounds = random.Random(3), 0, 0
    while kills < KILLS:
        rounds += 1
        path = folder / f"killed{rounds}"
        while True:
            process, begun = start(path), time.monotonic()
            try:
                out, err = process.communicate(timeout=moments.uniform(0, whole_s) if kills < KILLS else None)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                out, err = process.communicate()
            if process.returncode == 0:
                # a run measured on a busy machine would put most moments after the end
                whole_s = min(whole_s, max(time.monotonic() - begun, 1.0))
                break
            assert process.returncode == -signal.SIGKILL, err
            kills += 1
            if path.exists():
                with open_case(path).lock():
                    pass
                found = verify(open_case(path), recompute=False)
                assert found.intact, found.faults
        assert json.loads(out)["found"]
        assert tables(open_case(path)) == tables(open_case(summary.case))
        assert verify(open_case(path), recompute=False).intact
    assert [left for left in folder.iterdir() if ".new-" in left.name] == []
