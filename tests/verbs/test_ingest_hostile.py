"""Files that are broken, absurd or meant to harm: a clear error or counted rejects, nothing printed, no case damaged."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from inconcert.case import Case, create_case
from inconcert.errors import InputError
from inconcert.ingest.stream import byte_stream
from inconcert.verbs.ingest import ImportResult, ingest
from inconcert.verbs.verify import verify

NOW = datetime(2026, 11, 21, tzinfo=UTC)
HEAD = b"id,author,created_at,text\n"
LONG = b"these words are long enough to be compared"
GOOD = b"".join(b"%d,a%d,2020-01-01T10:00:%02dZ,%s\n" % (n, n % 3, n, LONG) for n in range(10))


@pytest.fixture
def empty(tmp_path: Path) -> Case:
    return create_case(tmp_path / "empty", now=NOW)


@pytest.fixture
def take(tmp_path: Path, empty: Case, capfd: pytest.CaptureFixture[str]) -> Callable[..., ImportResult]:
    """Ingest bytes written to a file; nothing may be printed on the way."""

    def _take(content: bytes, name: str = "posts.csv") -> ImportResult:
        (tmp_path / name).write_bytes(content)
        (result,) = ingest(empty, [tmp_path / name], now=NOW)
        assert capfd.readouterr() == ("", "")
        assert result.rows_read == result.rows_kept + result.rows_rejected + result.rows_duplicate
        assert verify(empty, recompute=False).intact
        return result

    return _take


def _posts(case: Case, column: str) -> list[object]:
    return [value for part in case.parts("posts") for value in pq.read_table(part)[column].to_pylist()]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"posts\.csv is empty \(0 bytes\)"),
        (HEAD, "names columns but holds no records"),
        (HEAD + b"\n\r\n\r", "names columns but holds no records"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "is a PNG image"),
        (bytes(range(256)) * 50, "holds binary data"),
        (bytes(5000), "holds binary data"),
        (HEAD + b"1;a;2020-01-01;x\n2\ta\t2020-01-01\tx\n", "2 of 2 records cannot be used.*has 1 fields"),
        (HEAD + b"".join(b"%d,,2020-01-01,x\n" % n for n in range(5)), "5 of 5 records cannot be used.*no account"),
        (gzip.compress(b"x" * 2000, mtime=0)[:11], "cannot be read: the gzip data"),
        (b"{" * 5000, "no JSON objects"),
        (b"PAR1" + b"\xff" * 500, "Parquet file that cannot be opened"),
        (b"PK\x03\x04" + b"\xff" * 500, "is damaged: the list of its files cannot be read"),
    ],
)
def test_what_holds_no_posts_is_refused_with_the_reason(
    take: Callable[..., ImportResult], empty: Case, content: bytes, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        take(content)
    assert empty.imports() == {}
    assert verify(empty, recompute=False).intact


def test_what_is_no_file_is_refused_without_being_opened(tmp_path: Path, empty: Case) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "broken.csv").symlink_to("nowhere.csv")
    for path, message in (
        (tmp_path, "none of its 3 files"),
        (tmp_path / "pipe.csv", "not an ordinary file"),
        (Path("/dev/zero"), "not an ordinary file"),
        (tmp_path / "missing.csv", "No file"),
        (tmp_path / "broken.csv", r"No file .*a link to nowhere\.csv"),
    ):
        with pytest.raises(InputError, match=message):
            ingest(empty, [path], now=NOW)


def test_a_link_is_read_under_its_own_name(tmp_path: Path, empty: Case) -> None:
    (tmp_path / "posts.csv").write_bytes(HEAD + GOOD)
    (tmp_path / "link.csv").symlink_to("posts.csv")
    (result,) = ingest(empty, [tmp_path / "link.csv"], now=NOW)
    assert (result.file, result.rows_kept) == ("link.csv", 10)


def test_ten_megabytes_in_one_field_cost_one_record(take: Callable[..., ImportResult]) -> None:
    result = take(
        HEAD + GOOD + b"77,a1,2020-01-01T10:00:00Z,%s\n" % (b"x" * 10_000_000) + b"78,a1,2020-01-01T10:00:00Z,y\n"
    )
    assert (result.rows_kept, result.rows_rejected) == (11, 1)
    assert "row 11, text 'xxx" in result.reject_examples[0]
    assert "10,000,000 bytes in one field" in result.reject_examples[0]


def test_twenty_megabytes_without_an_end_cost_one_record(take: Callable[..., ImportResult]) -> None:
    result = take(
        HEAD + GOOD + b'77,a1,2020-01-01T10:00:00Z,"' + b"x" * 20_000_000 + b"\n78,a1,2020-01-01T10:00:00Z,y\n"
    )
    assert (result.rows_kept, result.rows_rejected) == (11, 1)
    assert "does not close" in result.reject_examples[0]


def test_zero_bytes_are_shown_and_told(take: Callable[..., ImportResult], empty: Case) -> None:
    result = take(HEAD + GOOD + b"77,a\0b,2020-01-01T10:00:00Z,c\0d\n")
    assert (result.rows_kept, result.rows_rejected) == (11, 0)
    assert _posts(empty, "account_id")[-1] == "a\ufffdb"
    assert any("zero bytes" in note for note in result.notes)


def test_letters_of_another_encoding_are_told(take: Callable[..., ImportResult], empty: Case) -> None:
    utf8 = "80,a,2020-01-01T10:00:00Z,今天的会议\n".encode()
    result = take(HEAD + GOOD + utf8 + b"81,a,2020-01-01T10:00:01Z,caf\xe9\n")
    assert (result.encoding, result.rows_kept) == ("utf-8", 12)
    assert _posts(empty, "text")[-2:] == ["今天的会议", "café"]
    assert any("not UTF-8; read as Windows-1252" in note for note in result.notes)


@pytest.mark.parametrize("year", ["0000", "0001", "9999", "99999", "-1"])
def test_absurd_years_are_no_times(take: Callable[..., ImportResult], empty: Case, year: str) -> None:
    result = take(HEAD + GOOD + f"77,a,{year}-01-01T00:00:00Z,x\n".encode())
    assert (result.rows_kept, result.rows_rejected, result.precision) == (11, 0, "s")
    assert _posts(empty, "created_at")[-1] is None
    assert any(f"row 11, created_at '{year}-01-01T00:00:00Z'" in note for note in result.notes)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_bomb_is_refused(
    take: Callable[..., ImportResult], pack: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(byte_stream, "EXPANSION_FREE_BYTES", 8 << 20)
    line = b"1,a,2020-01-01T10:00:00Z,%s\n" % (b"x" * 100_000)
    with pytest.raises(InputError, match="unpacks to more than 100 times its size"):
        take(pack(HEAD + line * 300), "posts.csv.gz")


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_truncated_file_gives_what_is_there_and_says_so(
    take: Callable[..., ImportResult], pack: Callable[[bytes], bytes]
) -> None:
    many = b"".join(b"%d,a%d,2020-01-01T10:00:00Z,%d %s\n" % (n, n % 7, n * 7919 % 5000, LONG) for n in range(5000))
    result = take(pack(HEAD + many)[:-500], "posts.csv.gz")
    assert 2500 < result.rows_kept < 5000
    assert result.rows_rejected == 1
    assert "end early; the file is incomplete" in result.reject_examples[0]


def test_nested_parquet(tmp_path: Path, empty: Case) -> None:
    table = pa.table(
        {
            "id": [2**60 + 1, 2**60 + 2],
            "author": [{"id": 2**61 + 1}, {"id": 2**61 + 2}],
            "text": ["x", "y"],
            "urls": [["https://example.org/a", "https://example.org/b"], []],
            "hashtags": [[{"tag": "One"}], None],
        }
    )
    pq.write_table(table, tmp_path / "posts.parquet")
    (result,) = ingest(empty, [tmp_path / "posts.parquet"], now=NOW)
    assert _posts(empty, "account_id") == ["2305843009213693953", "2305843009213693954"]
    (part,) = empty.parts("actions")
    found = sorted(
        (row["kind"], row["object_id"]) for row in pq.read_table(part).to_pylist() if row["kind"] != "domain"
    )
    assert found == [("hashtag", "one"), ("url", "https://example.org/a"), ("url", "https://example.org/b")]
    assert result.encoding is None


def test_broken_lines_of_json_are_counted(take: Callable[..., ImportResult]) -> None:
    good = [b'{"id": %d, "author": "a%d", "text": "%s"}' % (n, n, LONG) for n in range(5)]
    result = take(b"\n".join([*good, b'{"id": 7, "aut', b"null", *good[:1]]), "posts.jsonl")
    assert (result.rows_read, result.rows_kept, result.rows_rejected, result.rows_duplicate) == (8, 5, 2, 1)
