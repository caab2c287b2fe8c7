"""Nothing that is printed hides or acts, and every result is JSON."""

from __future__ import annotations

import json
import shlex
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from inconcert.cli.terminal import plain, typed, unclickable, visible


@given(st.text())
def test_no_printed_character_acts_and_the_others_stay(text: str) -> None:
    shown = visible(text)
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in shown)
    assert "\n" not in shown
    if text.isprintable():
        assert shown == text


def test_hidden_characters_appear_as_their_code() -> None:
    assert visible("a\x1b[31m\u202e\u200b\nб") == "a⟨U+001B⟩[31m⟨U+202E⟩⟨U+200B⟩⟨U+000A⟩б"


def test_links_cannot_be_clicked() -> None:
    assert unclickable("see HTTPS://a.example/x http://b") == "see hxxpS://a.example/x hxxp://b"


@dataclass(frozen=True)
class Inner:
    at: datetime
    path: Path


@dataclass(frozen=True)
class Outer:
    inner: tuple[Inner, ...]
    table: pa.Table
    number: np.int64
    clock: object = field(repr=False)


def test_any_result_becomes_json() -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    table = pa.table({"t": pa.array([at], pa.timestamp("us", tz="UTC")), "x": [None]})
    result = plain(Outer((Inner(at, Path("a") / "b"),), table, np.int64(3), clock=print))
    assert json.loads(json.dumps(result)) == {
        "inner": [{"at": "2026-11-21T00:00:00+00:00", "path": "a/b"}],
        "table": [{"t": "2026-11-21T00:00:00+00:00", "x": None}],
        "number": 3,
    }


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs",)))))
def test_a_command_line_is_taken_apart_as_it_was_meant(words: list[str]) -> None:
    assert shlex.split(typed(*words)) == ["inconcert", *words]
