"""A withdrawn import counts no more, later ones are as if it had never been there, and all of that can be taken back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inconcert.case import Case, create_case, open_case
from inconcert.errors import InputError, UnknownName
from inconcert.verbs.changes import changes
from inconcert.verbs.detect import detect
from inconcert.verbs.ingest import ingest
from inconcert.verbs.rejects import rejects
from inconcert.verbs.search import search
from inconcert.verbs.verify import verify
from inconcert.verbs.withdraw import withdraw

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SRC = Path(__file__).resolve().parents[2] / "src"
HEADER = "id,author,created_at,text,platform\n"


def post(number: int, text: str = "", author: str = "") -> str:
    words = text or f"The ferry number {number} is late again today"
    return f"{number},{author or f'u{number % 5}'},2026-05-01T10:{number % 60:02d}:07Z,{words},x\n"


def write(folder: Path, name: str, rows: str) -> Path:
    file = folder / name
    file.write_text(HEADER + rows, "utf-8")
    return file


def holds(case: Case) -> dict[str, list[tuple[Any, ...]]]:
    """What counts in a case, without the ids of imports."""
    found = {}
    for name in ("posts", "post_observations", "actions", "accounts"):
        rows = [row for part in case.parts(name) for row in pq.read_table(part).to_pylist()]
        found[name] = sorted(tuple((k, str(v)) for k, v in row.items() if k != "import_id") for row in rows)
    return found


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", now=NOW)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """The first has posts of the second and third, one of them in other words and one by another author."""
    first = "".join(post(n) for n in range(10)) + post(10, "first wording of the same post") + post(11, author="else")
    second = "".join(post(n) for n in range(5, 11)) + post(11) + post(20)
    third = "".join(post(n) for n in (8, 20, 30))
    return [write(tmp_path, f"{n}.csv", rows) for n, rows in enumerate((first, second, third))]


def read(case: Case, files: list[Path]) -> list[str]:
    return [result.import_id for result in ingest(case, files, now=NOW)]


def test_later_imports_are_as_if_it_had_never_been_there_and_undo_takes_that_back(
    case: Case, files: list[Path], tmp_path: Path
) -> None:
    first, *later = read(case, files)
    with_it, ids = holds(case), case.imports()
    never = create_case(tmp_path / "never", now=NOW)
    read(never, files[1:])

    done = withdraw(case, first, reason="the wrong week", now=NOW)
    assert (done.file, done.already, set(done.read_again)) == ("0.csv", False, {"1.csv", "2.csv"})
    assert holds(case) == holds(never) != with_it
    assert first not in case.imports()
    assert not set(later) & set(case.imports())
    assert case.withdrawals().withdrawn == {first: "the wrong week"}
    intact = verify(case)
    assert intact.intact
    assert any(f"data/{first} was withdrawn" in note for note in intact.notes)
    assert withdraw(case, "0.csv", reason="again", now=NOW).already

    assert not withdraw(case, "0.csv", undo=True, now=NOW).already
    assert (holds(case), case.imports()) == (with_it, ids)
    assert verify(case, recompute=False).intact
    assert withdraw(case, first, undo=True, now=NOW).already


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=5))
def test_whatever_is_withdrawn_and_put_back_in_any_order_what_stands_is_what_the_rest_would_give(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    files = [
        write(folder, f"{n}.csv", "".join(post(m, author=f"a{n}" if m == 7 else "") for m in range(3 * n, 3 * n + 9)))
        for n in range(4)
    ]
    case, out = create_case(folder / "case", now=NOW), set()
    ids = read(case, files)
    for which, undo in steps:
        if undo and which not in out:
            continue
        withdraw(case, ids[which], reason=None if undo else "test", undo=undo, now=NOW)
        out = out - {which} if undo else out | {which}
    rest = create_case(folder / "rest", now=NOW)
    if left := [file for n, file in enumerate(files) if n not in out]:
        read(rest, left)
    assert holds(case) == holds(rest)
    assert verify(case, recompute=False).intact


def test_a_file_read_while_another_is_withdrawn_is_joined_with_it_when_it_comes_back(
    case: Case, files: list[Path], tmp_path: Path
) -> None:
    (first,) = read(case, files[:1])
    withdraw(case, first, reason="test", now=NOW)
    with pytest.raises(InputError, match=r"0\.csv was withdrawn from the case as import .* \(test\).*--undo"):
        read(case, files[:1])
    (second,) = read(case, files[1:2])
    assert read(case, files[1:2]) == [second]
    withdraw(case, first, undo=True, now=NOW)
    in_order = create_case(tmp_path / "in_order", now=NOW)
    read(in_order, files[:2])
    assert holds(case) == holds(in_order)
    (standing,) = (result for result in ingest(case, files[1:2], now=NOW))
    assert standing.already
    assert standing.import_id in case.imports()
    assert standing.import_id != second


def test_after_a_withdrawal_the_file_can_be_read_in_another_way(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "dates.csv"
    file.write_text(
        HEADER + "".join(f"{n},u{n},{n}/4/2026 10:00:05,words that are long enough {n},x\n" for n in range(1, 9))
    )
    (read_first,) = ingest(case, [file], now=NOW)
    assert (
        sum(time is None for part in case.parts("posts") for time in pq.read_table(part)["created_at"].to_pylist()) == 7
    )
    with pytest.raises(InputError, match=f"withdraw that import first: inconcert withdraw .* {read_first.import_id}"):
        ingest(case, [file], day_first=True, now=NOW)
    withdraw(case, "dates.csv", reason="order of dates", now=NOW)
    (again,) = ingest(case, [file], day_first=True, now=NOW)
    assert any("7 dates such as 3/4/2024 could have the day or the month first" in note for note in again.notes)
    times = sorted(
        str(time)[:10] for part in case.parts("posts") for time in pq.read_table(part)["created_at"].to_pylist()
    )
    assert times == [f"2026-04-0{n}" for n in range(1, 9)]


def test_retries_leave_with_what_they_retry_and_are_made_again_of_later_imports(case: Case, tmp_path: Path) -> None:
    first = write(tmp_path, "first.csv", "".join(post(n) for n in range(6)))
    second = tmp_path / "second.csv"
    second.write_text("id,author,user,created_at,text,platform\n"
                      + "".join(f"{n},u{n % 5},,2026-05-01T10:{n:02d}:07Z,The ferry number {n} is late again today,x\n" for n in (3, 4, 5, 40, 41, 42))
                      + "50,,u0,2026-05-01T10:50:07Z,The ferry number 50 is late again today,x\n")  # fmt: skip
    read(case, [first, second])
    (retried,) = rejects(case, "second.csv", retry=True, mapping={"handle": "user"}, now=NOW).retries
    assert retried.rows_kept == 1
    with_both = holds(case)
    withdraw(case, "first.csv", reason="test", now=NOW)
    posts = [row for part in case.parts("posts") for row in pq.read_table(part)["post_id"].to_pylist()]
    assert sorted(posts, key=int) == ["3", "4", "5", "40", "41", "42", "50"]
    second_id = next(
        id
        for id in case.imports()
        if "second.csv" in str(pq.read_table(case.path / "data" / id / "imports.parquet")["file"])
    )
    withdraw(case, "second.csv", reason="test", now=NOW)
    assert second_id not in case.imports()
    assert case.imports() == {}
    for name in ("first.csv", "second.csv"):
        withdraw(case, name, undo=True, now=NOW)
    assert holds(case) == with_both
    assert verify(case, recompute=False).intact


def test_runs_and_the_report_made_with_it_are_marked_and_used_no_more(case: Case, files: list[Path]) -> None:
    first, *_ = read(case, files)
    run = detect(case)
    with case.writing("report", "", {"runs": [run.id], "zone": "UTC"}) as draft:
        (draft / "index.html").write_bytes(b"<html>\n<body>\n<p>found</p>")
    done = withdraw(case, first, reason="test", now=NOW)
    assert (done.runs, done.report) == (2, True)  # copies, detect
    assert case.run("detect") is None
    page = case.path / "report" / "index.html"
    assert b"Outdated." in page.read_bytes()
    assert any(f"runs/{run.id} was made with import {first}" in note for note in verify(case).notes)
    other = detect(case)
    assert first not in other.info["inputs"]
    withdraw(case, first, undo=True, now=NOW)
    assert page.read_bytes() == b"<html>\n<body>\n<p>found</p>"
    standing = case.run("detect")
    assert standing is not None
    assert standing.id == run.id


def test_what_was_withdrawn_is_not_found_and_not_compared(case: Case, files: list[Path]) -> None:
    first, *_ = read(case, files)
    assert changes(case).counts
    withdraw(case, first, reason="test", now=NOW)
    assert not changes(case).counts
    assert search(case, ["wording"]).hits == ()


def test_errors_say_what_to_do(case: Case, files: list[Path], tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="No import or file is called 'x'"):
        withdraw(case, "x", reason="test", now=NOW)
    (first, *_) = read(case, files)
    with pytest.raises(InputError, match="--reason TEXT"):
        withdraw(case, first, reason=" ", now=NOW)
    with pytest.raises(InputError, match="Nothing is withdrawn"):
        withdraw(case, "0.csv", undo=True, now=NOW)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    read(case, [write(tmp_path / name, "same.csv", post(n)) for n, name in enumerate(("a", "b"), start=60)])
    with pytest.raises(InputError, match=r"2 imports are called 'same\.csv'.*same\.csv \(in a\)"):
        withdraw(case, "same.csv", reason="test", now=NOW)


KILLED = """
import os, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from inconcert.case import open_case
from inconcert.verbs import read_again, withdraw
at, count = int(sys.argv[3]), 0
inner = read_again.import_file
def import_file(*given):
    global count
    count += 1
    done = inner(*given)
    if count == at:
        os.kill(os.getpid(), signal.SIGKILL)
    return done
read_again.import_file = import_file
withdraw.withdraw(open_case(Path(sys.argv[1])), sys.argv[2], reason="test", now=datetime(2026, 11, 22, tzinfo=UTC))
"""


@pytest.mark.parametrize("at", [1, 2])
def test_killed_in_the_middle_nothing_has_changed_and_the_same_call_goes_on(
    case: Case, files: list[Path], tmp_path: Path, at: int
) -> None:
    first, *_ = read(case, files)
    before, ids = holds(case), case.imports()
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(case.path), first, str(at)], env={**os.environ, "PYTHONPATH": str(SRC)}
    )
    assert killed.returncode == -signal.SIGKILL
    opened = open_case(case.path)
    with opened.lock():
        assert (holds(opened), opened.imports()) == (before, ids)
    assert verify(opened, recompute=False).intact
    withdraw(opened, first, reason="test", now=NOW)
    never = create_case(tmp_path / "never", now=NOW)
    read(never, files[1:])
    assert holds(opened) == holds(never)
    assert verify(opened, recompute=False).intact
