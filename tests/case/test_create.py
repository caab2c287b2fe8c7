"""A case begins whole or not at all, and is opened only when this version understands it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.case import case_facts, create_case, open_case
from inconcert.errors import CaseError, InputError


def test_a_new_case_states_title_time_and_format(tmp_path: Path, now: datetime) -> None:
    case = create_case(tmp_path / "deep" / "case", title=None, now=now)
    facts = case_facts(case.path)
    assert (facts["title"], facts["created"], facts["format"]) == ("case", now, 1)
    assert open_case(case.path) == case
    assert [s.about for s in case.statements()] == ["case.toml"]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["case"]


@given(title=st.text())
def test_any_title_is_kept(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    now = datetime.fromisoformat("2026-11-21T20:31:00Z")
    case = create_case(tmp_path_factory.mktemp("x") / "case", title=title, now=now)
    assert case_facts(case.path)["title"] == title


def test_an_empty_folder_may_become_a_case_a_full_one_not(tmp_path: Path, now: datetime) -> None:
    (tmp_path / "empty").mkdir()
    create_case(tmp_path / "empty", now=now)
    with pytest.raises(InputError, match="is a case already"):
        create_case(tmp_path / "empty", now=now)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("x")
    with pytest.raises(InputError, match=r"holds mine\.txt"):
        create_case(tmp_path / "full", now=now)
    with pytest.raises(InputError, match="is a file"):
        create_case(tmp_path / "full" / "mine.txt", now=now)


def test_what_a_killed_creation_left_is_swept(tmp_path: Path, now: datetime) -> None:
    left = tmp_path / ".case.new-1"
    left.mkdir()
    (left / "case.toml").write_text("half")
    create_case(tmp_path / "case", now=now)
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


@pytest.mark.parametrize("name", ["absent", "plain", "file.csv"])
def test_what_is_no_case_is_refused_with_the_remedy(tmp_path: Path, name: str) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "file.csv").write_text("a,b\n")
    with pytest.raises(InputError, match="inconcert init"):
        open_case(tmp_path / name)


def test_a_newer_case_is_refused(tmp_path: Path, now: datetime) -> None:
    case = create_case(tmp_path / "case", now=now)
    about = case.path / "case.toml"
    about.write_text(about.read_text().replace("format = 1", "format = 2"))
    with pytest.raises(CaseError, match=r"format 2.*Upgrade"):
        open_case(case.path)


@pytest.mark.parametrize("text", ["format = ", "title = 'x'", 'format = "1"', "\x00"])
def test_a_damaged_case_file_is_a_case_error(tmp_path: Path, now: datetime, text: str) -> None:
    case = create_case(tmp_path / "case", now=now)
    (case.path / "case.toml").write_text(text)
    with pytest.raises(CaseError, match="Restore"):
        open_case(case.path)
