"""Rows are measured once, survive a kill, and are not mixed with rows of other code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inconcert.evaluate import kept as kept_module
from inconcert.evaluate.kept import Kept, Row, made_with


def refuse() -> Row:
    raise AssertionError("measured again")


def test_a_row_is_measured_once(tmp_path: Path) -> None:
    Kept(tmp_path, "worlds", "c1").row("a", lambda: {"edges": 1})
    again = Kept(tmp_path, "worlds", "c1")
    again.row("a", refuse)
    assert again.rows == {"a": {"edges": 1}}


def test_a_line_that_a_kill_cut_short_is_measured_again(tmp_path: Path) -> None:
    first = Kept(tmp_path, "worlds", "c1")
    first.row("a", lambda: {"edges": 1})
    first.row("b", lambda: {"edges": 2})
    file = tmp_path / "worlds.jsonl"
    whole = file.read_bytes()
    for cut in range(len(whole) - 20, len(whole)):
        file.write_bytes(whole[:cut])
        resumed = Kept(tmp_path, "worlds", "c1")
        resumed.row("b", lambda: {"edges": 2})
        assert Kept(tmp_path, "worlds", "c1").rows == {"a": {"edges": 1}, "b": {"edges": 2}}


def test_rows_of_other_code_are_dropped_unless_asked_for(tmp_path: Path) -> None:
    Kept(tmp_path, "worlds", "c1").row("a", lambda: {"edges": 1})
    stale = Kept(tmp_path, "worlds", "c2", stale=True)
    assert (stale.rows, stale.code) == ({"a": {"edges": 1}}, "c1")
    assert Kept(tmp_path, "worlds", "c2").rows == {}
    assert json.loads((tmp_path / "worlds.jsonl").read_text())["code"] == "c2"


def test_looking_at_rows_writes_nothing(tmp_path: Path) -> None:
    Kept(tmp_path / "absent", "worlds", "c1", stale=True)
    assert not (tmp_path / "absent").exists()


def test_the_code_changes_with_any_source_and_with_the_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in kept_module.ROOMS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "some.py").write_text("a = 1\n")
    monkeypatch.setattr("inconcert.__path__", [str(tmp_path)])
    before = made_with("plan")
    assert made_with("another plan") != before
    (tmp_path / "network" / "some.py").write_text("a = 2\n")
    changed = made_with("plan")
    assert changed != before
    (tmp_path / "evaluate" / "markdown.py").write_text("shown only\n")
    assert made_with("plan") == changed
