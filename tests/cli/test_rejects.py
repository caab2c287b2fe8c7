"""`inconcert rejects` on the command line: what is set aside, written out and read again, and nothing in it acts."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Run

POSTS = b"""id,user,alt,created_at,text
p1,a,,2024-05-01T10:00:00Z,we all s\xc3\xa4y the v\xc3\xa9ry s\xc3\xa4me thing tod\xc3\xa4y
p2,b,,2024-05-01T10:00:01Z,we all say the very same thing today
p3,c,,2024-05-01T10:00:02Z,we all say the very same thing today
p4,,d,2024-05-01T10:00:03Z,we all \x1b[31msay \xe2\x80\xaethe \xff very same
p5,e
"""


def test_they_are_shown_and_read_again(run: Run, tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_bytes(POSTS)
    run("init", "case")
    assert run("ingest", "case", "posts.csv", "--map", "account_id=user").returncode == 0
    done = run("rejects", "case")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "2 records are set aside"
    assert "  1 records set aside, 20.00% of the file" in lines
    assert "    p4,,d,2024-05-01T10:00:03Z,we all ⟨U+001B⟩[31msay ⟨U+202E⟩the ⟨FF⟩ very same" in lines
    assert sum(line.startswith("  what to do: ") for line in lines) == 3
    assert run("rejects", "case", "--reason", "fields where").stdout.count("what to do") == 1

    told = json.loads(run("rejects", "case", "--json", "--limit", "1").stdout)
    assert (told["rows"], told["reasons"]) == (2, 3)
    assert {len(group["examples"]) for group in told["groups"]} == {1}

    assert run("rejects", "case", "--export", "bad.csv").stdout.startswith(
        "bad.csv: 2 records, with the header of the file"
    )
    assert (tmp_path / "bad.csv").read_bytes() == b"".join(POSTS.splitlines(keepends=True)[n] for n in (0, 4, 5))

    again = run("rejects", "case", "--retry", "--map", "account_id=alt").stdout.splitlines()
    assert again[0].startswith("posts.csv: 1 of 2 records that were set aside are kept now (import ")
    assert "1 records are set aside still" in again
    assert "Nothing was done: they would be read as before." in run("rejects", "case", "--retry").stdout
    assert run("verify", "case").returncode == 0


def test_what_cannot_be_done_is_one_line(run: Run) -> None:
    run("init", "case")
    for arguments, words in (
        (["--retry"], "No record of the case is set aside."),
        (["nonsense"], "No import or file is called 'nonsense'."),
        (["--map", "text=x"], "is asked with --retry alone"),
    ):
        done = run("rejects", "case", *arguments)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert words in done.stderr
