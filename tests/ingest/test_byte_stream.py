"""Unpacking, and what is refused before and while unpacking."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest
import zstandard

from inconcert.errors import InputError
from inconcert.ingest.stream import byte_stream
from inconcert.ingest.stream.byte_stream import Damaged, check_file, open_bytes

TEXT = b"account_id,text\n" + b"".join(b"%d,some text %d\n" % (i, i * 7919 % 1000) for i in range(20_000))


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, TEXT)
    return buffer.getvalue()


def _unpack(path: Path) -> bytes:
    return b"".join(open_bytes(path, path.name).blocks())


@pytest.mark.parametrize(
    "packed",
    [
        TEXT,
        gzip.compress(TEXT),
        gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:]),
        zstandard.compress(TEXT),
        zstandard.compress(TEXT[:1000]) + zstandard.compress(TEXT[1000:]),
        _zip("posts.csv"),
        _zip("__MACOSX/._posts.csv", "posts.csv"),
    ],
)
def test_every_packing_gives_the_same_bytes_again_and_again(tmp_path: Path, packed: bytes) -> None:
    path = tmp_path / "posts"
    path.write_bytes(packed)
    stream = open_bytes(path, "posts")
    assert b"".join(stream.blocks()) == TEXT
    assert b"".join(stream.blocks()) == TEXT
    assert 0 < stream.done <= stream.size == len(packed)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_truncated_file_gives_its_beginning_and_says_so(tmp_path: Path, pack: object) -> None:
    path = tmp_path / "posts"
    path.write_bytes(pack(TEXT)[:-200])  # type: ignore[operator]
    got: list[bytes] = []
    with pytest.raises(Damaged, match="end early"):
        got.extend(open_bytes(path, "posts").blocks())
    assert TEXT.startswith(b"".join(got))
    assert len(b"".join(got)) > len(TEXT) // 10


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_damage_within_is_told(tmp_path: Path, pack: object) -> None:
    packed = bytearray(pack(TEXT))  # type: ignore[operator]
    middle = len(packed) // 2
    packed[middle : middle + 50] = b"\xff" * 50
    path = tmp_path / "posts"
    path.write_bytes(packed)
    with pytest.raises(Damaged, match="damaged"):
        _unpack(path)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_bomb_is_refused_within_the_bound(tmp_path: Path, pack: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(byte_stream, "EXPANSION_FREE_BYTES", 1 << 20)
    path = tmp_path / "posts.csv.gz"
    path.write_bytes(pack(bytes(64 << 20)))  # type: ignore[operator]
    got: list[bytes] = []
    with pytest.raises(InputError, match="unpacks to more than 100 times its size"):
        got.extend(open_bytes(path, "posts.csv.gz").blocks())
    assert sum(map(len, got)) <= 2 << 20


def test_an_archive_of_several_files_names_them(tmp_path: Path) -> None:
    path = tmp_path / "posts.zip"
    path.write_bytes(_zip("a.csv", "b.csv"))
    with pytest.raises(InputError, match=r"holds 2 files \(a\.csv, b\.csv"):
        _unpack(path)
    path.write_bytes(_zip("[Content_Types].xml", "xl/workbook.xml"))
    with pytest.raises(InputError, match="Office workbook"):
        _unpack(path)


@pytest.mark.parametrize(
    ("head", "what"),
    [(b"\x89PNG\r\n\x1a\n", "PNG image"), (b"%PDF-1.7", "PDF"), (b"BZh9", "bzip2"), (b"ARROW1\0\0", "Arrow")],
)
def test_files_that_are_no_tables_are_named(tmp_path: Path, head: bytes, what: str) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(head + bytes(100))
    with pytest.raises(InputError, match=what):
        open_bytes(path, "posts.csv")


def test_what_is_no_file_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"No file .*nowhere\.csv"):
        check_file(tmp_path / "nowhere.csv")
    (tmp_path / "link.csv").symlink_to("gone.csv")
    with pytest.raises(InputError, match=r"No file .*link\.csv \(a link to gone\.csv\)"):
        check_file(tmp_path / "link.csv")
    with pytest.raises(InputError, match="is a folder"):
        check_file(tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(InputError, match="not an ordinary file"):
        check_file(tmp_path / "pipe.csv")
    with pytest.raises(InputError, match="not an ordinary file"):
        check_file(Path("/dev/zero"))
    with pytest.raises(InputError, match="cannot be read"):
        check_file(tmp_path / "a\0b")
    (tmp_path / "empty.csv").touch()
    with pytest.raises(InputError, match="is empty"):
        check_file(tmp_path / "empty.csv")


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_bytes(TEXT)
    (tmp_path / "link.csv").symlink_to("posts.csv")
    check_file(tmp_path / "link.csv")
    assert _unpack(tmp_path / "link.csv") == TEXT


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(TEXT)
    path.chmod(0)
    tmp_path.chmod(0o755)
    if os.geteuid() != 0:
        with pytest.raises(InputError, match="Permission denied"):
            check_file(path)
        return
    for folder in (tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    os.seteuid(65534)  # root may read everything, so the test steps down for a moment
    try:
        with pytest.raises(InputError, match="Permission denied"):
            check_file(path)
    finally:
        os.seteuid(0)
