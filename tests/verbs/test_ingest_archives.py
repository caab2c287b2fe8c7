"""`ingest` of archives: every file in them becomes an import of its own, as if it had been unpacked by hand."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from inconcert.case import Case, create_case
from inconcert.errors import InputError
from inconcert.ingest.stream import byte_stream
from inconcert.verbs.ingest import ImportResult, ingest
from inconcert.verbs.native_bytes import import_rows, native_bytes
from inconcert.verbs.verify import verify

NOW = datetime(2026, 11, 21, tzinfo=UTC)
HEAD = b"id,author,created_at,text\n"
LONG = b"these words are long enough to be compared"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def posts(first: int, count: int) -> bytes:
    rows = (b"%d,a%d,2020-01-01T10:%02d:00Z,%s\n" % (n, n % 3, n % 60, LONG) for n in range(first, first + count))
    return HEAD + b"".join(rows)


def parquet() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(
        pa.table({"id": ["900"], "author": ["p"], "created_at": ["2020-01-02T00:00:00Z"], "text": ["x"]}), buffer
    )
    return buffer.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))
    return buffer.getvalue()


PACKS: dict[str, Callable[[Mapping[str, bytes]], bytes]] = {
    "zip": zipped,
    "tar.gz": lambda files: gzip.compress(tarred(files)),
    "zip in tar.gz": lambda files: gzip.compress(tarred({"inner.zip": zipped(files)})),
    "tar.gz in zip": lambda files: zipped({"inner.tar.gz": gzip.compress(tarred(files))}),
}
FILES = {
    "2024/one.csv": posts(0, 10),
    "two.csv.gz": gzip.compress(posts(10, 5)),
    "three.jsonl": b'{"id": "800", "author": "j", "text": "%s"}\n' % LONG,
    "four.parquet": parquet(),
}


@pytest.fixture
def empty(tmp_path: Path) -> Case:
    return create_case(tmp_path / "empty", now=NOW)


@pytest.fixture
def take(tmp_path: Path, empty: Case) -> Callable[..., list[ImportResult]]:
    """Ingest bytes written to a file; nothing is written but the case."""

    def _take(content: bytes, name: str = "export", **options: Any) -> list[ImportResult]:
        (tmp_path / name).write_bytes(content)
        before = sorted(path.name for path in tmp_path.iterdir())
        try:
            return ingest(empty, [tmp_path / name], now=NOW, **options)
        finally:
            assert sorted(path.name for path in tmp_path.iterdir()) == before
            assert list((empty.path / ".scratch").iterdir()) == []
            assert verify(empty, recompute=False).intact

    return _take


def rows(case: Case, table: str, *columns: str) -> list[tuple[Any, ...]]:
    parts = [pq.read_table(part, columns=list(columns)) for part in case.parts(table)]
    return sorted(tuple(row.values()) for row in pa.concat_tables(parts).to_pylist())


@pytest.mark.parametrize("pack", PACKS)
def test_an_archive_gives_what_its_files_give(
    take: Callable[..., list[ImportResult]], empty: Case, tmp_path: Path, pack: str
) -> None:
    content = PACKS[pack](FILES)
    results = take(content)
    inside = {"zip in tar.gz": "inner.zip/", "tar.gz in zip": "inner.tar.gz/"}.get(pack, "")
    assert [result.file for result in results] == [f"export/{inside}{name}" for name in FILES]
    assert [result.rows_kept for result in results] == [10, 5, 1, 1]
    assert not any("not read" in note for result in results for note in result.notes)
    (sha256,) = {row["sha256"] for row in import_rows(empty).values()}
    assert empty.original(sha256).read_bytes() == content
    unpacked = create_case(tmp_path / "unpacked", now=NOW)
    for name, its in FILES.items():
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(its)
        ingest(unpacked, [path], now=NOW)
    for table, columns in {
        "posts": ("post_id", "account_id", "text", "row_ref"),
        "actions": ("account_id", "kind", "object_id", "post_id"),
        "accounts": ("account_id", "handle", "row_ref"),
    }.items():
        assert rows(empty, table, *columns) == rows(unpacked, table, *columns)


@pytest.mark.parametrize("pack", ["zip", "zip in tar.gz"])
def test_the_same_archive_is_read_once(take: Callable[..., list[ImportResult]], empty: Case, pack: str) -> None:
    content = PACKS[pack](FILES)
    first = take(content)
    again = take(content, "renamed")
    assert [result.import_id for result in again] == [result.import_id for result in first]
    assert all(result.already for result in again)
    assert len(empty.imports()) == len({result.import_id for result in first}) == len(FILES)


@pytest.mark.parametrize("pack", PACKS)
def test_records_are_found_again_in_the_archive(
    take: Callable[..., list[ImportResult]], empty: Case, pack: str
) -> None:
    take(PACKS[pack]({"first.csv": posts(0, 3), "odd.csv": posts(10, 30) + b"99,,2020-01-01,nobody wrote this\n"}))
    odd = next(row for row in import_rows(empty).values() if row["file"].endswith("odd.csv"))
    assert odd["rows_rejected"] == 1
    assert list(native_bytes(empty, odd, [0, 1, 31])) == [
        (0, HEAD.strip()),
        (1, posts(10, 1).removeprefix(HEAD).strip()),
        (31, b"99,,2020-01-01,nobody wrote this"),
    ]


def test_what_cannot_be_read_is_told_and_the_rest_is_read(take: Callable[..., list[ImportResult]]) -> None:
    odd = {
        "readme.txt": b"hello",
        "pictures/1.png": PNG,
        "pictures/2.png": PNG,
        "posts.csv": posts(0, 10),
        "binary.dat": bytes(range(256)) * 20,
        "prices.csv": b"day,price\n1,2\n" * 5,
        "broken.csv": HEAD + b",,,\n" * 10,
        "book.xlsx": zipped({"[Content_Types].xml": b"<x/>"}),
    }
    (result,) = take(zipped(odd), "export.zip")
    assert (result.file, result.rows_kept) == ("export.zip/posts.csv", 10)
    said = "\n".join(result.notes)
    assert "export.zip also holds what was not read: 2 pictures (pictures/1.png, pictures/2.png); 1 read-me's" in said
    assert "unpack it and name the folder: --media FOLDER" in said
    assert "export.zip/binary.dat holds binary data" in said
    assert "export.zip/prices.csv has no column that names the author" in said
    assert "export.zip/broken.csv: 10 of 10 records cannot be used" in said
    assert "export.zip/book.xlsx is an Office workbook" in said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), r"^export is an Office workbook"),
        (zipped({}), "export cannot be read: it holds no files"),
        (zipped({"a.png": PNG, "b.png": PNG}), "export cannot be read: none of its 2 files is a table of posts"),
        (zipped({"x.csv": b"day,price\n1,2\n"}), r"^export/x\.csv has no column that names the author"),
        (zipped({"x.csv": HEAD + b",,,\n" * 10}), r"^export/x\.csv: 10 of 10 records cannot be used"),
        (
            gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(HEAD))))),
            "packed more than 4 times over",
        ),
        (gzip.compress(tarred({"a": HEAD}), mtime=0)[:5], "export cannot be read: the gzip data end early"),
    ],
)
def test_an_archive_in_which_nothing_can_be_read_is_refused(
    take: Callable[..., list[ImportResult]], empty: Case, content: bytes, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        take(content)
    assert empty.imports() == {}


def test_nothing_is_written_of_an_archive_without_posts(tmp_path: Path, empty: Case) -> None:
    (tmp_path / "bad.zip").write_bytes(zipped({"a.png": PNG}))
    before = sorted(path for path in empty.path.rglob("*") if path.is_file() and path.name != ".lock")
    with pytest.raises(InputError, match=r"bad\.zip cannot be read"):
        ingest(empty, [tmp_path / "bad.zip"], now=NOW)
    assert sorted(path for path in empty.path.rglob("*") if path.is_file() and path.name != ".lock") == before


def test_a_bomb_beside_posts_is_told(take: Callable[..., list[ImportResult]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(byte_stream, "EXPANSION_FREE_BYTES", 8 << 20)
    bomb = HEAD + b"1,a,2020-01-01T10:00:00Z,%s\n" % (b"x" * 100_000) * 300
    (result,) = take(zipped({"posts.csv": posts(0, 10), "bomb.csv": bomb}))
    assert result.file == "export/posts.csv"
    assert any("export/bomb.csv unpacks to more than 100 times its size" in note for note in result.notes)


@pytest.mark.parametrize("pack", ["zip", "tar.gz"])
def test_of_a_truncated_archive_the_whole_files_are_read(take: Callable[..., list[ImportResult]], pack: str) -> None:
    noise = b"".join(b"%d,n%d,2020-01-01T10:00:00Z,%d %s\n" % (n, n % 9, n**7, LONG) for n in range(1000, 9000))
    content = PACKS[pack]({"one.csv": posts(0, 10), "two.csv": HEAD + noise, "three.csv": posts(20, 10)})
    results = take(content[: len(content) * 2 // 3])
    assert [result.file for result in results] == ["export/one.csv", "export/two.csv"]
    assert results[0].rows_kept == 10
    assert 0 < results[1].rows_kept < 8000
    assert results[1].rows_rejected == 1
    assert any("export is damaged" in note for note in results[1].notes)


def test_the_author_in_the_name_of_a_file_is_read_in_archives_too(
    take: Callable[..., list[ImportResult]], empty: Case
) -> None:
    sample = (Path(__file__).parents[1] / "contract" / "importers" / "weibo_crawler.1700000001.csv").read_bytes()
    (result,) = take(zipped({"users/1234567890.csv": sample}))
    assert result.importer == "weibo_crawler"
    assert {row[0] for row in rows(empty, "posts", "account_id")} == {"1234567890"}
