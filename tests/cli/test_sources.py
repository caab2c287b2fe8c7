"""`sources` and the options of `ingest` on the command line, and the bar that shows how far a file is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from inconcert.cli import bars
from inconcert.cli.ingest import command as ingest
from inconcert.cli.sources import command as sources
from inconcert.ingest.importers import IMPORTERS

from .conftest import Run

POSTS = "id,author,created_at,text\n1,a,2024-06-01 10:00:05,some words\n2,b,2024-06-01 10:00:06,some words\n"


def test_every_source_is_listed_and_one_is_told_whole() -> None:
    listed = CliRunner().invoke(sources, [], catch_exceptions=False).output
    assert [
        line.split(":")[0]
        for line in listed.splitlines()
        if line[:1] not in (" ", "") and not line.startswith("All about")
    ] == list(IMPORTERS)
    whole = CliRunner().invoke(sources, ["weibo_search"], catch_exceptions=False).output
    for words in (
        "weibo_search: ",
        "platform  weibo",
        "ip_region",
        "compares",
        "share",
        "event-onset (with",
        "Asia/Shanghai",
        "layout",
    ):
        assert words in whole
    told = json.loads(CliRunner().invoke(sources, ["weibo_search", "--json"], catch_exceptions=False).output)
    assert told["zone"] == "Asia/Shanghai"
    assert "share" in told["kinds"]
    assert len(json.loads(CliRunner().invoke(sources, ["--json"], catch_exceptions=False).output)) == len(IMPORTERS)


def test_an_unknown_source_is_one_line(run: Run) -> None:
    done = run("sources", "weibo_serch")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "inconcert: No format is called 'weibo_serch'. Did you mean 'weibo_search'?\n"


def test_the_former_name_of_an_option_is_understood_and_not_shown(run: Run, tmp_path: Path) -> None:
    shown = CliRunner().invoke(ingest, ["--help"], catch_exceptions=False).output
    assert "--format NAME" in shown
    assert "--source" not in shown
    (tmp_path / "posts.csv").write_text(POSTS)
    run("init", "c")
    done = run("ingest", "c", "posts.csv", "--source", "tabel")
    assert "No format is called 'tabel'" in done.stderr
    done = run("ingest", "c", "posts.csv", "--source", "table", "--zone", "Asia/Shanghai")
    assert "read as table, utf-8, times to the second: named by --format" in done.stdout
    assert (
        "note: The times of 2 of 2 posts are written without a time zone and were read as Asia/Shanghai, as you said."
        in done.stdout
    )
    told = json.loads(run("ingest", "c", "posts.csv", "--format", "table", "--zone", "Asia/Shanghai", "--json").stdout)
    assert (told[0]["already"], told[0]["why"], told[0]["passed"]) == (True, "named by --format", {})


def test_a_private_file_is_one_line_without_its_secret(run: Run, tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text(POSTS.replace("text\n", "auth_token\n").replace("some words", "s3cr3ts3cr3t"))
    run("init", "c")
    done = run("ingest", "c", "posts.csv")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "live credentials: a column 'auth_token'" in done.stderr
    assert "--insist-private" in done.stderr
    assert "s3cr3t" not in done.stderr
    assert not (tmp_path / "c" / "raw").exists()


def test_the_bar_tells_rows_and_bytes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    with bars.bars() as progress:
        progress("storing posts.csv", 10, 20)
        progress("reading posts.csv", 48_100_000, 310_000_000, rows=1_200_000)
    told = capsys.readouterr().err
    assert "1,200,000 rows, 48.1 of 310.0 MB" in told
    assert bars.read_so_far(5, 1_000_000, None) == "5 rows, 1.0 MB"
