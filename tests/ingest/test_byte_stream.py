"""Unpacking, its bounds, and what is refused before anything is read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from inconcert.errors import InputError
from inconcert.ingest.formats.open_sheet import open_sheet
from inconcert.ingest.stream import byte_stream
from inconcert.ingest.stream.byte_stream import Damaged, check_file
from inconcert.ingest.stream.members import sole_member
from inconcert.ingest.stream.packings import PIECE_BYTES, packing_of, unpack_deflate

TEXT = b"account_id,text\n" + b"".join(b"%d,some text %d\n" % (i, i * 7919 % 1000) for i in range(20_000))
PACKS: list[Callable[[bytes], bytes]] = [gzip.compress, zstandard.compress, bz2.compress, lzma.compress]


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, TEXT)
    return buffer.getvalue()


def _unpack(path: Path) -> bytes:
    return b"".join(sole_member(path, path.name).blocks())


@pytest.mark.parametrize(
    "packed",
    [
        TEXT,
        *(pack(TEXT) for pack in PACKS),
        *(pack(TEXT[:1000]) + pack(TEXT[1000:]) for pack in PACKS),
        gzip.compress(TEXT) + bytes(1000),
        lzma.compress(TEXT) + bytes(512),
        gzip.compress(bz2.compress(TEXT)),
        _zip("posts.csv"),
        _zip("__MACOSX/._posts.csv", "posts.csv"),
        zstandard.compress(gzip.compress(TEXT)),
    ],
)
def test_every_packing_gives_the_same_bytes_again_and_again(tmp_path: Path, packed: bytes) -> None:
    path = tmp_path / "posts"
    path.write_bytes(packed)
    stream = sole_member(path, "posts")
    assert b"".join(stream.blocks()) == TEXT
    assert b"".join(stream.blocks()) == TEXT
    assert 0 < stream.done <= stream.size <= len(packed)


@given(parts=st.lists(st.binary(max_size=3 * PIECE_BYTES), min_size=1, max_size=4), pack=st.sampled_from(PACKS))
def test_any_bytes_in_any_number_of_streams_come_back(parts: list[bytes], pack: Callable[[bytes], bytes]) -> None:
    packed = b"".join(map(pack, parts))
    unpack = packing_of(packed[:16])
    assert unpack is not None
    pieces = (packed[place : place + PIECE_BYTES] for place in range(0, len(packed), PIECE_BYTES))
    assert b"".join(unpack(pieces)) == b"".join(parts)


@given(st.binary(max_size=3 * PIECE_BYTES), st.binary(max_size=10))
def test_bare_deflate_comes_back_and_what_follows_is_left(content: bytes, after: bytes) -> None:
    maker = zlib.compressobj(wbits=-15)
    packed = maker.compress(content) + maker.flush() + after
    pieces = (packed[place : place + PIECE_BYTES] for place in range(0, len(packed), PIECE_BYTES))
    assert b"".join(unpack_deflate(pieces)) == content


@pytest.mark.parametrize("pack", PACKS)
def test_no_block_is_large_whatever_it_unpacks_from(pack: Callable[[bytes], bytes]) -> None:
    packed = pack(bytes(40 << 20))
    unpack = packing_of(packed[:16])
    assert unpack is not None
    sizes = [len(block) for block in unpack(iter([packed]))]
    assert sum(sizes) == 40 << 20
    if pack is not zstandard.compress:
        assert max(sizes) <= 4 << 20


@pytest.mark.parametrize("pack", PACKS)
def test_a_truncated_file_gives_its_beginning_and_says_so(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "posts"
    path.write_bytes(pack(3 * TEXT)[:-20])
    got: list[bytes] = []
    with pytest.raises(Damaged, match="end early"):
        got.extend(sole_member(path, "posts").blocks())
    assert (3 * TEXT).startswith(b"".join(got))
    assert len(b"".join(got)) > len(TEXT) // 10


@pytest.mark.parametrize("pack", PACKS)
def test_damage_within_is_told(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    packed = bytearray(pack(TEXT) + pack(TEXT))
    middle = len(packed) * 3 // 4
    packed[middle : middle + 50] = b"\xff" * 50
    path = tmp_path / "posts"
    path.write_bytes(packed)
    with pytest.raises(Damaged, match="damaged"):
        _unpack(path)


@pytest.mark.parametrize("pack", PACKS)
def test_a_bomb_is_refused_within_the_bound(
    tmp_path: Path, pack: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(byte_stream, "EXPANSION_FREE_BYTES", 1 << 20)
    path = tmp_path / "posts.csv.gz"
    path.write_bytes(pack(bytes(64 << 20)))
    got: list[bytes] = []
    with pytest.raises(InputError, match="unpacks to more than 100 times its size"):
        got.extend(sole_member(path, "posts.csv.gz").blocks())
    assert sum(map(len, got)) <= 2 << 20


def test_xz_that_needs_more_memory_than_there_may_be_is_refused(tmp_path: Path) -> None:
    packed = bytearray(lzma.compress(TEXT))
    end = 12 + 4 * (packed[12] + 1) - 4
    packed[packed.index(b"\x21\x01", 12) + 2] = 39  # a dictionary of 3 GiB
    packed[end : end + 4] = zlib.crc32(packed[12:end]).to_bytes(4, "little")
    path = tmp_path / "posts.csv.xz"
    path.write_bytes(packed)
    with pytest.raises(InputError, match="Memory usage limit exceeded"):
        _unpack(path)


def test_an_archive_of_several_files_names_them(tmp_path: Path) -> None:
    path = tmp_path / "posts.zip"
    path.write_bytes(_zip("a.csv", "b.csv"))
    with pytest.raises(InputError, match=r"holds 2 files \(a\.csv, b\.csv"):
        _unpack(path)
    path.write_bytes(_zip("a.csv")[:-30])
    with pytest.raises(InputError, match=r"posts\.zip is damaged"):
        _unpack(path)
    path.write_bytes(_zip("[Content_Types].xml", "xl/workbook.xml"))
    with pytest.raises(InputError, match="Office workbook"):
        _unpack(path)


@pytest.mark.parametrize(
    ("head", "what"),
    [(b"\x89PNG\r\n\x1a\n", "PNG image"), (b"7z\xbc\xaf\x27\x1c", "7z archive"), (b"ARROW1\0\0", "Arrow")],
)
def test_files_that_are_no_tables_are_named(tmp_path: Path, head: bytes, what: str) -> None:
    path = tmp_path / "posts.csv"
    path.write_bytes(head + bytes(100))
    with pytest.raises(InputError, match=what):
        open_sheet(path, "posts.csv")


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
