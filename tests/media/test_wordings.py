"""One text a picture, as the search for copies wants it."""

from __future__ import annotations

import pyarrow as pa
import pytest

from inconcert import schema
from inconcert.media.wordings import NOT_SAID, picture_wordings


def row(sha256: str, text: str, top: float, left: float = 0.1, frame: int = 0, clue: str | None = None, **more) -> dict:
    place = {"left": left, "top": top, "right": left + 0.3, "bottom": top + 0.03, "confidence": 0.9}
    return {"sha256": sha256, "frame": frame, "text": text, "clue": clue, "import_id": "i", **place, **more}


def wordings(*rows: dict) -> dict[str, str]:
    table = picture_wordings(pa.Table.from_pylist(list(rows), schema.PICTURE_TEXTS.arrow))
    assert table.schema == pa.schema({"sha256": pa.string(), "text": pa.string()})
    assert table["sha256"].to_pylist() == sorted({row["sha256"] for row in table.to_pylist()})
    return dict(zip(table["sha256"].to_pylist(), table["text"].to_pylist(), strict=True))


def test_columns_are_read_one_after_the_other_whatever_the_order_of_rows():
    page = [row("b", "one", 0.1), row("b", "uno", 0.1, 0.6), row("b", "two", 0.14), row("b", "due", 0.14, 0.6)]
    assert wordings(*page[::-1], row("a", "other", 0.5)) == {"a": "other", "b": "one two uno due"}


def test_chinese_lines_meet_without_a_blank_and_latin_ones_with_one():
    assert wordings(row("a", "到处煽动", 0.1), row("a", "颜色革命", 0.14)) == {"a": "到处煽动颜色革命"}
    assert wordings(row("a", "到处煽动", 0.1), row("a", "in 2022", 0.14)) == {"a": "到处煽动 in 2022"}


@pytest.mark.parametrize("clue", NOT_SAID)
def test_words_of_screens_and_editors_are_left_out(clue: str):
    assert wordings(row("a", "said", 0.5), row("a", "12:34", 0.95, clue=clue), row("b", "x", 0.1, clue=clue)) == {
        "a": "said"
    }


@pytest.mark.parametrize("clue", ["browser tab", "window title", "trending panel"])
def test_other_clues_are_words_of_the_picture(clue: str):
    assert wordings(row("a", "Harbour Daily", 0.02, clue=clue)) == {"a": "Harbour Daily"}


def test_frames_follow_each_other_and_what_stays_on_the_screen_counts_once():
    frames = [
        row("a", "first", 0.8),
        row("a", "title", 0.1),
        row("a", "second", 0.8, frame=1),
        row("a", "title", 0.1, frame=1),
    ]
    assert wordings(*frames) == {"a": "title first second"}


def test_a_picture_read_by_two_imports_gives_its_words_once():
    page = [row("a", "one", 0.1), row("a", "two", 0.14)]
    assert wordings(*page, *({**line, "import_id": "j"} for line in page)) == {"a": "one two"}


def test_no_lines_no_rows():
    assert wordings() == {}
