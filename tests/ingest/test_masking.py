"""Of a credential its first four characters and its length are shown, wherever it stands and however it was cut."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.ingest.masking import mask, masked, masked_cells, masked_record, masked_whole

SECRET = "s3cr3tS3CR3Ts3cr3tS3CR3T"
MASK = "s3cr… (24 characters)"
GITHUB = "ghp_" + "a1B2" * 9


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (json.dumps({"id": 1, "access_token": SECRET}), json.dumps({"id": 1, "access_token": MASK}, ensure_ascii=False)),
        (f'{{"access_token": "{SECRET[:12]}', '{"access_token": "s3cr… (12 characters)'),
        ('{"password": "ab\\"cd"}', '{"password": "… (6 characters)"}'),
        (f"POST / HTTP/1.1\r\nAuthorization: Bearer {SECRET}\r\n\r\n", "POST / HTTP/1.1\r\nAuthorization: Bear… (31 characters)\r\n\r\n"),
        (f"X_BEARER_TOKEN='{SECRET}'\n", f"X_BEARER_TOKEN='{MASK}'\n"),
        (f"see {GITHUB}, please", "see ghp_… (40 characters), please"),
        ("-----BEGIN PRIVATE KEY-----\nMIIEpAIB\n-----END", "-----BEGIN PRIVATE KEY-----\nMII… (10 characters)-----END"),
        ("my token is fine and ASIA grows", "my token is fine and ASIA grows"),
    ],
)  # fmt: skip
def test_what_is_shown_of_a_credential(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert masked(shown) == shown


def test_records_of_tables_are_masked_in_their_columns() -> None:
    columns = ("id", "access_token", "text")
    assert masked_record(f'1,{SECRET},"a, b"', columns) == f'1,{MASK},"a, b"'
    assert masked_record(f"1;{SECRET};words and 1234567890", columns) == f"1;{MASK};words and 1234567890"
    assert masked_record("id,access_token,text", columns) == "id,access_token,text"
    assert masked_record("id,author,long-words-here", ("id", "author", "text")) == "id,author,long-words-here"


@pytest.mark.parametrize(
    "record", [f'1,{SECRET},"a, b', f"1,{SECRET}", f"1,{SECRET},a,b", f"{SECRET[:20]}", f'"{SECRET},']
)
def test_of_records_whose_cells_cannot_be_told_apart_no_long_word_is_shown(record: str) -> None:
    shown = masked_record(record, ("id", "access_token", "text"))
    assert SECRET[:8] not in shown


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_mask_shows_four_characters_at_most(value: str) -> None:
    shown = mask(value)
    assert shown == value or shown == f"{value[:4] if len(value) >= 8 else ''}… ({len(value)} characters)"
    assert mask(shown) == shown


def test_columns_are_masked_and_absent_cells_stay_so() -> None:
    cells = pa.array([None, "plain", f"{GITHUB} here"])
    assert masked_cells(cells).to_pylist() == [None, "plain", "ghp_… (40 characters) here"]
    plain = pa.array(["a", None])
    assert masked_cells(plain) is plain
    assert masked_whole(pa.array([None, SECRET])).to_pylist() == [None, MASK]
