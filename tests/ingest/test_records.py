"""Cutting text into records: against the csv module of the standard library, and where records have no end."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.errors import InputError
from inconcert.ingest.stream import record_ends, records, supply
from inconcert.ingest.stream.byte_stream import Damaged
from inconcert.ingest.stream.record_ends import WAITS, Cutter, compiled, first_widths, scan
from inconcert.ingest.stream.records import Records, Unreadable, each_record, whole_lines, whole_records

TEXT = st.text(alphabet='ab,"\n\r;日😀 ', max_size=40)


def _blocks(content: bytes, size: int) -> Iterator[bytes]:
    return (content[i : i + size] for i in range(0, len(content), size))


def _rows(text: str) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(text, newline="")) if row]


@settings(deadline=None)  # the first call compiles
@given(TEXT, st.integers(1, 9))
def test_records_hold_what_the_csv_module_reads(text: str, size: int) -> None:
    content = text.encode()
    *_, rest, _ = scan(np.frombuffer(content + b"\n", np.uint8), ord(","), np.zeros(0, np.int64), np.zeros(0, np.int64))
    parts = list(whole_records(_blocks(content, size), ",", "posts.csv"))
    if rest != WAITS:
        assert any(isinstance(part, Unreadable) for part in parts)
    else:
        whole = b"".join(part.content for part in parts if isinstance(part, Records)).decode()
        assert _rows(whole) == _rows(text)
        assert sum(part.count for part in parts if isinstance(part, Records)) == len(_rows(text))


@settings(deadline=None)  # the first call compiles
@given(TEXT)
def test_widths_are_those_of_the_csv_module(text: str) -> None:
    widths = np.zeros(5, np.int64)
    content = np.frombuffer(text.encode() + b"\n", np.uint8)
    _, count, rest, _ = scan(content, ord(","), widths, np.zeros(0, np.int64))
    if rest == WAITS:
        assert widths[: min(count, 5)].tolist() == [len(row) for row in _rows(text)][:5]


@settings(deadline=None)  # the first call compiles
@given(TEXT, st.sampled_from(",;"))
def test_many_bytes_at_a_time_give_what_one_by_one_gives(text: str, separator: str) -> None:
    content = np.frombuffer(text.encode(), np.uint8)
    none, ends = np.zeros(0, np.int64), np.zeros(len(content), np.int64)
    length, count, *rest = scan(text.encode(), ord(separator), none, ends)
    assert Cutter(separator).cut(content) == (length, count, *rest)
    assert Cutter(separator).ends(content, count).tolist() == ends[:count].tolist()
    assert compiled()(content, ord(separator), none, none) == (length, count, *rest)


def test_quotes_out_of_place_are_compiled_once_they_are_many() -> None:
    cutter, line = Cutter(","), b'a "b" c,"d\ne"\n'
    for lines in (1, 100_000, 1):
        assert cutter.cut(np.frombuffer(line * lines, np.uint8)) == (len(line) * lines, lines, WAITS, len(line) * lines)


def test_what_is_read_byte_by_byte_before_compiling_is_bounded_for_all_files_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Regression: each of the fifty long lines in an archive was read slowly, several times."""
    slow: list[int] = []

    def counted(content: bytes, *others: Any) -> tuple[int, int, int, int]:
        slow.append(len(content))
        return scan(content, *others)

    fast = compiled()
    monkeypatch.setattr(record_ends, "scan", counted)
    monkeypatch.setattr(record_ends, "compiled", lambda: fast)
    monkeypatch.setattr(record_ends, "_scanned", record_ends.Scanner())
    odd, plain = b'a "b" ' * 50_000, b"a,b " * 50_000
    for text, widths in ((odd, []), (plain, []), (odd + b"\n", [1]), (plain + b"\n", [50_001])):
        for _ in range(20):
            assert first_widths(text, ",", 1).tolist() == widths
            Cutter(",").cut(np.frombuffer(text, np.uint8))
    assert 0 < sum(slow) <= 1 << 20


@settings(deadline=None)  # the first call compiles
@given(TEXT, st.integers(1, 4))
def test_widths_many_bytes_at_a_time_are_those_of_one_by_one(text: str, count: int) -> None:
    widths = np.zeros(count, np.int64)
    _, found, _, _ = scan(text.encode(), ord(","), widths, np.zeros(0, np.int64))
    assert first_widths(text.encode(), ",", count).tolist() == widths[: min(found, count)].tolist()


def test_a_large_file_is_cut_alike_by_the_compiled_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_ends, "_COMPILED_ANYWAY_FROM_BYTES", 100)
    content, cutter = np.frombuffer(b'1,"a\nb"\r\n\n2,c\n3,"', np.uint8), Cutter(",")
    assert len({cutter.cut(content) for _ in range(10)}) == 1


@settings(deadline=None)  # the first call compiles
@given(st.integers(0, 300), st.integers(1, 1000), st.integers(1, 250))
def test_first_widths_are_those_of_the_whole_text(records: int, width: int, count: int) -> None:
    text = b'"x, ""y""",' * (width - 1) + b"z\n"
    widths = first_widths(text * records, ",", count)
    assert widths.tolist() == [width] * min(records, count)


def test_each_record_is_given_without_its_line_end() -> None:
    (part,) = [
        one for one in whole_records(iter([b'a,"b\n"\r\n\r\nc,d\n\n']), ",", "posts.csv") if isinstance(one, Records)
    ]
    assert list(each_record(part, ",")) == [b'a,"b\n"', b"c,d"]


def test_an_unclosed_quote_costs_one_line() -> None:
    parts = list(whole_records(iter([b'a,b\n1,"open\n2,x\n3,y\n']), ",", "posts.csv"))
    assert parts == [
        Records(b"a,b\n", 1),
        Unreadable(b'1,"open', "a quote opens here and does not close within 16 MiB or before the file ends"),
        Records(b"2,x\n3,y\n\n", 2),
    ]


def test_a_quote_that_closes_in_a_later_record_costs_one_line() -> None:
    content = b'a,b,c\n1,"open,x\n2,"good one",y\n3,"over\ntwo lines",z\n4,"a ""b""\nc",z\n5,"a" b,z\n'
    parts = list(whole_records(iter([content]), ",", "posts.csv"))
    assert [part.line for part in parts if isinstance(part, Unreadable)] == [b'1,"open,x']
    assert sum(part.count for part in parts if isinstance(part, Records)) == 5


def test_a_record_longer_than_the_bound_is_set_aside_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supply, "BLOCK_BYTES", 64)
    monkeypatch.setattr(supply, "RECORD_BYTES_MAX", 64)
    content = b"a,b\n" + b"x" * 1000 + b",1\n2,y\n"
    parts = list(whole_records(_blocks(content, 50), ",", "posts.csv"))
    assert [part.count for part in parts if isinstance(part, Records)] == [1, 1]
    (long,) = [part for part in parts if isinstance(part, Unreadable)]
    assert long.line.startswith(b"xxx")
    assert "without a line end" in long.reason


def test_a_file_of_unclosed_quotes_is_refused_before_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "IN_VAIN_MAX", 20 << 20)
    content = b"a,b\n" + b'a","x\n' * 100_000  # every line opens a quote, whatever the line before did
    with pytest.raises(InputError, match="too many records whose quotes never close"):
        list(whole_records(iter([content]), ",", "posts.csv"))


def _breaking_off(content: bytes) -> Iterator[bytes]:
    yield content
    raise Damaged("the gzip data end early; the file is incomplete")


def test_records_before_a_damage_are_kept_and_the_damage_is_told() -> None:
    parts = list(whole_records(_breaking_off(b"a,b\n1,2\n3,4"), ",", "posts.csv"))
    assert parts == [Records(b"a,b\n1,2\n", 2), Unreadable(b"3,4", "the gzip data end early; the file is incomplete")]
    lines = list(whole_lines(_breaking_off(b"{}\n\n[]\r\n{")))
    assert lines == [[b"{}", b"[]"], Unreadable(b"{", "the gzip data end early; the file is incomplete")]
