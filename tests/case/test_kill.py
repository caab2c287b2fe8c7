"""A process that dies at any step of any write leaves a case that the next lock makes whole."""

from __future__ import annotations

import hashlib
import itertools
import os
import pathlib
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inconcert import ledger
from inconcert.case import Case, create_case, open_case
from inconcert.errors import CaseError

NOW = datetime(2026, 11, 21, tzinfo=UTC)
STEPS = [(os, "fsync"), (pathlib.Path, "rename"), (pathlib.Path, "mkdir"), (pathlib.Path, "unlink"), (shutil, "rmtree")]


def die_at(step: int, work: Callable[[], object]) -> bool:
    """Do the work in a child that dies just before its step-th system call of note; whether it died."""
    child = os.fork()
    if child == 0:
        budget = itertools.count(step, -1)
        for owner, name in STEPS:
            setattr(owner, name, dying(getattr(owner, name), budget))
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def dying(real: Callable[..., object], budget: Iterator[int]) -> Callable[..., object]:
    """The call, or death when the budget of calls is spent."""

    def call(*args: object, **kwargs: object) -> object:
        if next(budget) <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)

    return call


def assert_whole(case: Case) -> None:
    """Exactly what the ledger says lies in the case, byte for byte, and no scratch."""
    with case.lock():
        pass
    assert list((case.path / ".scratch").iterdir()) == []
    said = {}
    for statement in case.statements():
        if statement.says == "wrote":
            for name in list(said):
                if name.startswith(statement.about + "/"):
                    del said[name]
            said |= {f"{statement.about}/{name}": f["sha256"] for name, f in statement.value["files"].items()}
        elif statement.says in ("stored", "created", "set aside"):
            said[statement.about] = statement.value["sha256"]
    found = {
        path.relative_to(case.path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in case.path.rglob("*")
        if path.is_file() and path.name not in (".lock", "ledger.jsonl")
    }
    unsaid = set(found) - set(said)
    assert {name: found[name] for name in found if name not in unsaid} == said
    assert all(name.startswith("raw/") and name.endswith(found[name]) for name in unsaid)


@pytest.mark.parametrize("kind", ["data", "report", "original"])
def test_dying_before_any_system_call_leaves_a_case_that_recovers(tmp_path: Path, kind: str) -> None:
    def work(path: Path, text: str) -> None:
        case = open_case(path)
        if kind == "original":
            (tmp_path / "posts.csv").write_text(text * 100)
            case.store_original(tmp_path / "posts.csv")
            return
        with case.writing(kind, "" if kind == "report" else f"i-{text}") as folder:
            (folder / "sub").mkdir()
            (folder / "sub" / "x").write_text(text)
            (folder / "y").write_text(text * 2)

    for step in range(200):
        path = tmp_path / f"case{step}"
        case = create_case(path, now=NOW)
        work(path, "old")
        died = die_at(step, lambda path=path: work(path, "new"))
        assert_whole(case)
        work(path, "newer")
        assert_whole(case)
        if not died:
            break
    assert 3 < step < 199


def test_dying_while_a_case_is_made_leaves_none_or_a_whole_one(tmp_path: Path) -> None:
    for step in range(200):
        path = tmp_path / str(step) / "case"
        died = die_at(step, lambda path=path: create_case(path, now=NOW))
        if not path.exists():
            create_case(path, now=NOW)
        assert_whole(open_case(path))
        assert [p.name for p in path.parent.iterdir()] == ["case"]
        if not died:
            break
    assert 3 < step < 199


def test_a_torn_line_is_set_aside_counted_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    case = create_case(tmp_path / "case", now=NOW)
    case.say("x", "notes", "kept")
    for torn in (b'{"about":"y', b'{"about":"z"'):
        with case.ledger.open("ab") as out:
            out.write(torn)
        case.say("x", "notes", "after")
    aside = [s for s in case.statements() if s.says == "set aside"]
    assert [(case.path / s.about).read_bytes() for s in aside] == [b'{"about":"y', b'{"about":"z"']
    assert [s.value for s in case.statements() if s.says == "notes"] == ["kept", "after", "after"]
    assert sum("1 line set aside" in record.message for record in caplog.records) == 2
    assert_whole(case)


def test_dying_while_a_torn_line_is_set_aside_loses_nothing(tmp_path: Path) -> None:
    for step in range(200):
        case = create_case(tmp_path / f"case{step}", now=NOW)
        with case.ledger.open("ab") as out:
            out.write(b'{"half')
        died = die_at(step, lambda case=case: case.say("x", "notes"))
        assert_whole(case)
        aside = [s.about for s in case.statements() if s.says == "set aside"]
        assert [(case.path / name).read_bytes() for name in aside] == [b'{"half']
        if not died:
            break
    assert 3 < step < 199


def test_a_ledger_cut_within_its_last_statement_makes_the_part_unsaid_not_the_case_unreadable(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case", now=NOW)
    case.say("x", "notes")
    content = case.ledger.read_bytes()
    case.ledger.write_bytes(content[:-20])
    assert [s.about for s in case.statements()] == ["case.toml"]
    assert ledger.torn_tail(case.ledger) != b""


HOLDER = """
import sys
from pathlib import Path
from inconcert.case import open_case
with open_case(Path(sys.argv[1])).lock():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_told_who_holds_the_case_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case", now=NOW)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(case.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(CaseError, match=f"in use by process {holder.pid}"), case.lock():
        pass
    holder.kill()
    holder.communicate()
    with case.lock(), case.lock():
        case.say("x", "notes")
    assert case.statements()[-1].about == "x"
