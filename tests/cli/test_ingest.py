"""What `ingest` and `withdraw` print: what was read before first, every note once, totals, and what could not be read last."""

from __future__ import annotations

from pathlib import Path

from .conftest import Run

HEADER = "id,author,created_at,text\n"


def posts(first: int, last: int) -> str:
    return HEADER + "".join(
        f"{n},u{n % 3},2026-05-01T10:00:{n:02d}Z,The ferry number {n} is late again today\n" for n in range(first, last)
    )


def test_what_was_read_before_comes_first_notes_once_and_failures_last(run: Run, tmp_path: Path) -> None:
    for name, text in (
        ("a.csv", posts(0, 9)),
        ("b.csv", posts(5, 12)),
        ("c.csv", posts(20, 25)),
        ("bad.csv", "foo,bar\n1,2\n"),
    ):
        (tmp_path / name).write_text(text)
    run("init", "case")
    assert run("ingest", "case", "a.csv").returncode == 0
    done = run("ingest", "case", "b.csv", "bad.csv", "a.csv", "c.csv")
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert lines[0].startswith("a.csv: read before (import ")
    assert lines[1].startswith("b.csv: 3 of 7 records kept (import ")
    assert any(line.startswith("  4 records left out: their posts were met before") for line in lines)
    assert sum("Which platform its posts are from" in line for line in lines) == 1
    assert "in all: 2 new files, 12 records: 8 kept, 0 set aside, 4 repeated" in lines
    assert "the case now holds 17 posts and 3 accounts" in lines
    assert "inconcert: not read: bad.csv: bad.csv has no column" in done.stderr
    assert "--map account_id=COLUMN" in done.stderr

    gone = run("withdraw", "case", "a.csv", "--reason", "the wrong week").stdout
    assert gone.startswith("a.csv (import ")
    assert "to put it back: inconcert withdraw case " in gone
    assert "the case now holds 12 posts" in run("ingest", "case", "c.csv").stdout
    assert run("withdraw", "case", "a.csv", "--undo").returncode == 0
    assert "the case now holds 17 posts" in run("ingest", "case", "c.csv").stdout


def test_a_file_of_objects_lists_no_columns(run: Run, tmp_path: Path) -> None:
    sample = Path(__file__).parents[1] / "contract" / "importers" / "telegram_desktop.json"
    (tmp_path / "result.json").write_bytes(sample.read_bytes())
    run("init", "case")
    done = run("ingest", "case", "result.json")
    assert "read as telegram_desktop" in done.stdout
    assert "columns:" not in done.stdout
