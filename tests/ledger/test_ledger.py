"""The ledger: whatever byte is changed, cut, added or moved, reading says so."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert import ledger
from inconcert.errors import CustodyError

NOW = datetime(2026, 11, 21, 20, 31, tzinfo=UTC)


def write(file: Path, *abouts: str) -> None:
    prev = ledger.BEGINNING
    for about in abouts:
        said = ledger.statement(prev, at=NOW, by="я", about=about, says="wrote", value={"n": 1})
        ledger.append(file, said)
        prev = said.id


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write(tmp_path / "ledger.jsonl", "a", "b", "c")
    return tmp_path / "ledger.jsonl"


def test_reads_what_was_appended_in_order(file: Path) -> None:
    assert [s.about for s in ledger.read(file)] == ["a", "b", "c"]
    assert ledger.torn_tail(file) == b""


def test_every_changed_byte_is_found(file: Path) -> None:
    content = file.read_bytes()
    for at in range(len(content)):
        file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        faults = [item for item in ledger.examine(file) if isinstance(item, str)]
        assert faults or ledger.torn_tail(file), f"byte {at} was changed unseen"


@pytest.mark.parametrize("order", [(1, 2), (0, 2), (1, 0, 2), (0, 1, 1, 2), (0, 0, 1, 2)])
def test_lines_removed_moved_or_repeated_are_found(file: Path, order: tuple[int, ...]) -> None:
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[i] for i in order))
    with pytest.raises(CustodyError, match=r"ledger\.jsonl line \d: does not follow"):
        ledger.read(file)


def test_a_forged_line_with_a_right_hash_of_its_own_breaks_the_chain(file: Path) -> None:
    first, _, third = file.read_bytes().splitlines(keepends=True)
    prev = json.loads(first)["id"]
    forged = ledger.statement(prev, at=NOW, by="x", about="b", says="wrote", value={"n": 2})
    file.write_bytes(first + ledger.canonical(asdict(forged)) + b"\n" + third)
    assert [isinstance(item, str) for item in ledger.examine(file)] == [False, False, True]


def test_a_line_cut_at_any_byte_is_left_out_and_can_be_cut_off(file: Path) -> None:
    content = file.read_bytes()
    whole = content[: content[:-1].rindex(b"\n") + 1]
    for end in range(len(whole) + 1, len(content)):
        file.write_bytes(content[:end])
        assert [s.about for s in ledger.read(file)] == ["a", "b"]
        assert ledger.torn_tail(file) == content[len(whole) : end]
        ledger.cut_torn_tail(file)
        assert file.read_bytes() == whole


def test_a_missing_ledger_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(CustodyError, match="missing"):
        ledger.read(tmp_path / "ledger.jsonl")


def test_times_are_written_in_utc() -> None:
    at = NOW.astimezone(timezone(timedelta(hours=9)))
    assert ledger.statement(ledger.BEGINNING, at=at, by="", about="", says="").at == "2026-11-21T20:31:00Z"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_canonical_json_is_one_ascii_line_and_keeps_the_value(value: object) -> None:
    line = ledger.canonical(value)
    assert line.isascii()
    assert all(byte >= 0x20 for byte in line)
    assert json.loads(line) == value
    assert ledger.canonical(json.loads(line)) == line


@given(st.text())
def test_any_text_survives_the_ledger(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("ledger") / "ledger.jsonl"
    ledger.append(file, ledger.statement(ledger.BEGINNING, at=NOW, by=text, about=text, says=text, value=[text]))
    assert [(s.by, s.about, s.says, s.value) for s in ledger.read(file)] == [(text, text, text, [text])]


@pytest.mark.parametrize("tail_bytes", [1, 100, 1 << 16])
def test_the_last_id_is_that_of_the_last_whole_line(
    file: Path, tail_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "_TAIL_BYTES", tail_bytes)
    assert ledger.last_id(file) == ledger.read(file)[-1].id
    with file.open("ab") as out:
        out.write(b'{"torn')
    assert ledger.last_id(file) == ledger.read(file)[-1].id
    file.write_bytes(file.read_bytes().replace(b'"about":"c"', b'"about":"d"'))
    with pytest.raises(CustodyError, match="last line was changed"):
        ledger.last_id(file)
    file.write_bytes(b"")
    assert ledger.last_id(file) == ledger.BEGINNING
    file.unlink()
    with pytest.raises(CustodyError, match="is missing"):
        ledger.last_id(file)
