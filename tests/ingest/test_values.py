"""Values are made readable without guessing, and every change is told."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.ingest.values import VALUE_BYTES_MAX, readable


def _read(*values: bytes | str | None, field: str = "text", marked: bool = False) -> tuple[list[str | None], list[str]]:
    kind = pa.binary() if any(isinstance(value, bytes) for value in values) else pa.string()
    found, doubts = readable(pa.array(values, kind), field, marked=marked)
    return found.to_pylist(), [f"{doubt.position}: {doubt.reason}" for doubt in doubts]


@given(st.lists(st.none() | st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_text_passes_as_it_is_and_empty_is_null(values: list[str | None]) -> None:
    expected = [value or None for value in values]
    assert _read(*(None if value is None else value.encode() for value in values), b"")[0] == [*expected, None]


def test_bytes_that_are_not_utf8_stay_different() -> None:
    values = [bytes([byte]) for byte in range(128, 256)]
    texts, doubts = _read(b"plain", *values)
    assert len(set(texts)) == 129
    assert texts[1 + 0xE9 - 128] == "é"
    assert len(doubts) == 128
    assert doubts[0] == "1: not UTF-8; read as Windows-1252"


def test_half_a_surrogate_pair_is_shown() -> None:
    assert _read("a\ud83d".encode("utf-8", "surrogatepass")) == (["a\ufffd"], ["0: half of a surrogate pair"])


def test_zero_bytes_are_shown() -> None:
    assert _read("a\0b", "c") == (["a\ufffdb", "c"], ["0: holds zero bytes, shown as U+FFFD"])
    assert _read(b"a\0b", field="post_id")[0] == ["a\ufffdb"]


def test_marks_of_lost_bytes_are_told_where_the_encoding_lost_them() -> None:
    assert _read("a\ufffd", "b", marked=True)[1] == ["0: holds bytes that are not text, shown as U+FFFD"]
    assert _read("a\ufffd", "b")[1] == []


def test_a_value_of_a_megabyte_passes_and_a_longer_one_takes_its_row_away() -> None:
    found, doubts = readable(pa.array([b"x" * VALUE_BYTES_MAX, b"x" * (VALUE_BYTES_MAX + 1)]), "text", marked=False)
    assert found.is_valid().to_pylist() == [True, False]
    assert [(doubt.position, doubt.fatal) for doubt in doubts] == [(1, True)]
    assert "1,000,001 bytes in one field" in doubts[0].reason


@pytest.mark.parametrize(
    ("written", "id"),
    [
        ("1198490071219032064", "1198490071219032064"),
        ("0012", "0012"),
        ('"1198490071219032064"', "1198490071219032064"),
        ('="0012"', "0012"),
        ("12.0", "12"),
        ("129235.00", "129235"),
        ("1e+05", "100000"),
        ("85e12345e6789012", "85e12345e6789012"),
        ("7e12345678901234", "7e12345678901234"),
        ("at://did:plc:x/app.bsky.feed.post/3k.z", "at://did:plc:x/app.bsky.feed.post/3k.z"),
        ("r69kGNjt+ZNH4=", "r69kGNjt+ZNH4="),
        ("-1001234", "-1001234"),
        ("NA", None),
        ("1.198473762313818e+18", None),
        ("1.19847E+18", None),
        ("1.23457E+11", None),
        ("1198473762313818112.0", None),
        ("1E+18", None),
    ],
)
def test_ids_are_exact_or_absent(written: str, id: str | None) -> None:
    (found,), doubts = _read(written, field="post_id")
    assert found == id
    assert len(doubts) == (id is None and written != "NA")
    assert _read(written)[0] == [written]
