"""A command that an error tells is one that can be typed, wherever the case lies."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inconcert.case import Case, open_case
from inconcert.errors import InconcertError
from inconcert.verbs.cluster import cluster
from inconcert.verbs.copies import copies
from inconcert.verbs.detect import detect
from inconcert.verbs.init import init


@pytest.mark.parametrize("verb", [cluster, copies, detect])
def test_the_folder_of_a_case_is_quoted(tmp_path: Path, verb: Callable[[Case], object]) -> None:
    case = init(tmp_path / "it's my case", title="A case", now=datetime(2026, 5, 1, tzinfo=UTC))
    with pytest.raises(InconcertError) as told:
        verb(case)
    assert str(case.path) in shlex.split(str(told.value).partition("inconcert ")[2])


def test_a_folder_that_is_no_case_is_quoted(tmp_path: Path) -> None:
    folder = tmp_path / "no case; here"
    folder.mkdir()
    with pytest.raises(InconcertError) as told:
        open_case(folder)
    assert shlex.split(str(told.value).partition("inconcert ")[2]) == ["init", str(folder)]
