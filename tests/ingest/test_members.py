"""Archives: every file in them is read or told, whatever the archive is packed in, and whoever made it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.errors import InputError
from inconcert.ingest.stream import byte_stream, members, room, zip_archive
from inconcert.ingest.stream.byte_stream import Damaged
from inconcert.ingest.stream.member_name import NAME_CHARACTERS_MAX, decoded, shown
from inconcert.ingest.stream.members import Member, Unread
from inconcert.ingest.stream.members import members as members_of

CSV = b"id,author,text\n" + b"".join(b"%d,a%d,text %d\n" % (i, i % 9, i * 7919) for i in range(3000))
FILES = {"a.csv": CSV, "2024/b.csv": CSV[:5000], "2024/ü/微博.csv": CSV[:900]}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
Pack = Callable[[bytes], bytes]


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(files: Mapping[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for name, content in files.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))
    return buffer.getvalue()


ARCHIVES: dict[str, Callable[[Mapping[str, bytes]], bytes]] = {
    "zip": zipped,
    "stored zip": lambda files: zipped(files, zipfile.ZIP_STORED),
    "bzip2 zip": lambda files: zipped(files, zipfile.ZIP_BZIP2),
    "tar": tarred,
    "gnu tar": lambda files: tarred(files, tarfile.GNU_FORMAT),
    "tar.gz": lambda files: gzip.compress(tarred(files)),
    "tar.zst": lambda files: zstandard.compress(tarred(files)),
    "tar.bz2": lambda files: bz2.compress(tarred(files)),
    "tar.xz": lambda files: lzma.compress(tarred(files)),
}


class Opened:
    """Everything in an archive.   files: bytes by path.   told: what was passed over, (path, kind).   reasons: why."""

    def __init__(self, folder: Path, content: bytes, only: str | None = None) -> None:
        path = folder / "export"
        path.write_bytes(content)
        scratch = folder / "scratch"
        self.files: dict[str, bytes] = {}
        self.told: list[tuple[str, str]] = []
        self.reasons: list[str] = []
        self.damaged: set[str] = set()
        for one in members_of(path, "export", scratch, only):
            if isinstance(one, Unread):
                self.told.append((one.path, one.kind))
                self.reasons += [] if one.reason is None else [one.reason]
            else:
                self.files[one.path] = self._read(one)
        assert [entry.name for entry in folder.iterdir()] == ["export"]

    def _read(self, member: Member) -> bytes:
        got: list[bytes] = []
        try:
            got.extend(member.stream.blocks())
        except Damaged:
            self.damaged.add(member.path)
        except InputError as refusal:
            self.told.append((member.path, "refused"))
            self.reasons.append(str(refusal))
            return b""
        if member.path not in self.damaged:
            assert b"".join(member.stream.blocks()) == b"".join(got)  # as often as it is wanted
            assert member.stream.path().read_bytes() == b"".join(got)
        return b"".join(got)


@pytest.mark.parametrize("archive", ARCHIVES)
def test_every_file_of_every_archive_is_read(tmp_path: Path, archive: str) -> None:
    opened = Opened(tmp_path, ARCHIVES[archive](FILES))
    assert opened.files == FILES
    assert opened.told == []
    assert list(opened.files) == list(FILES)


@pytest.mark.parametrize("inner", ARCHIVES)
@pytest.mark.parametrize("outer", ["zip", "stored zip", "tar", "tar.gz"])
def test_archives_in_archives(tmp_path: Path, outer: str, inner: str) -> None:
    content = ARCHIVES[outer]({"one": ARCHIVES[inner](FILES), "two.csv.gz": gzip.compress(CSV), "three.csv": CSV})
    expected = {**{f"one/{name}": its for name, its in FILES.items()}, "two.csv.gz": CSV, "three.csv": CSV}
    assert Opened(tmp_path, content).files == expected
    only = Opened(tmp_path, content, only="one/2024/b.csv")
    assert only.files == {"one/2024/b.csv": FILES["2024/b.csv"]}
    assert Opened(tmp_path, content, only="two.csv.gz").files == {"two.csv.gz": CSV}


@given(
    files=st.dictionaries(
        st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=150),
        st.binary(min_size=1, max_size=3000),
        min_size=1,
        max_size=5,
    ),
    kind=st.sampled_from(sorted(ARCHIVES)),
)
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes], kind: str) -> None:
    opened = Opened(tmp_path_factory.mktemp("x"), ARCHIVES[kind](files))
    assert {*opened.files, *(path for path, _ in opened.told)} == {*map(shown, files)}
    assert all(files.get(name, its) == its for name, its in opened.files.items())


def test_a_file_that_is_no_archive_is_its_own_only_one(tmp_path: Path) -> None:
    assert Opened(tmp_path, CSV).files == {"": CSV}
    assert Opened(tmp_path, gzip.compress(CSV)).files == {"": CSV}


@pytest.mark.parametrize("archive", ["zip", "tar", "tar.gz"])
def test_what_holds_no_posts_is_told(tmp_path: Path, archive: str) -> None:
    odd = {
        "media/1.jpg": PNG, "clip.mp4": b"\0\0\0\x18ftypmp42" + bytes(50), "README.txt": b"hello", "posts.csv": CSV,
        "__MACOSX/._posts.csv": b"\0\5\x16\7", "empty.csv": b"", "assets/style.css": b"a {}",
    }  # fmt: skip
    opened = Opened(tmp_path, ARCHIVES[archive](odd))
    assert opened.files == {"posts.csv": CSV}
    assert sorted(opened.told) == [
        ("README.txt", "read-me's"),
        ("__MACOSX/._posts.csv", "files of a file system"),
        ("assets/style.css", "parts of web pages"),
        ("clip.mp4", "videos"),
        ("empty.csv", "empty files"),
        ("media/1.jpg", "pictures"),
    ]
    assert opened.reasons == []


def test_links_devices_and_folders_are_told_and_names_lead_nowhere(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind, target in (
            ("folder", tarfile.DIRTYPE, ""),
            ("link", tarfile.SYMTYPE, "/etc/passwd"),
            ("hard", tarfile.LNKTYPE, "../../etc/passwd"),
            ("dev", tarfile.CHRTYPE, ""),
            ("pipe", tarfile.FIFOTYPE, ""),
        ):
            about = tarfile.TarInfo(name)
            about.type, about.linkname = kind, target
            archive.addfile(about)
        for name in ("../../up.csv", "/abs.csv", "C:\\win\\x.csv", "a\x1b[31m\u202e.csv"):
            about = tarfile.TarInfo(name)
            about.size = len(CSV)
            archive.addfile(about, io.BytesIO(CSV))
    opened = Opened(tmp_path, gzip.compress(buffer.getvalue()))
    assert list(opened.files) == ["up.csv", "abs.csv", "C:/win/x.csv", "a[31m.csv"]
    assert [kind for _, kind in opened.told] == ["folders", "links", "links", "devices", "devices"]
    link = zipfile.ZipInfo("l")
    link.external_attr = 0o120777 << 16
    zip_buffer = io.BytesIO()
    with zipfile.ZipFile(zip_buffer, "w") as written:
        written.writestr(link, "/etc/passwd")
        written.writestr("../x.csv", CSV)
        written.writestr("folder/", "")
    opened = Opened(tmp_path, zip_buffer.getvalue())
    assert (opened.files, opened.told) == ({"x.csv": CSV}, [("l", "links"), ("folder", "folders")])


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_two_files_of_one_name_are_both_read(tmp_path: Path, pack: Pack) -> None:
    zip_buffer, tar_buffer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zip_buffer, "w") as archive:
        for content in (CSV, CSV[:200], CSV[:300]):
            archive.writestr("x.csv", content)
    with tarfile.open(fileobj=tar_buffer, mode="w") as tar:
        for content in (CSV, CSV[:200], CSV[:300]):
            about = tarfile.TarInfo("./x.csv")
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
    for made in (zip_buffer, tar_buffer):
        content = pack(made.getvalue())
        assert Opened(tmp_path, content).files == {"x.csv": CSV, "x.csv (2)": CSV[:200], "x.csv (3)": CSV[:300]}
        assert Opened(tmp_path, content, only="x.csv (2)").files == {"x.csv (2)": CSV[:200]}


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("数据/微博.csv".encode("gbk"), "数据/微博.csv"),
        ("數據.csv".encode("gb18030"), "數據.csv"),
        ("数据.csv".encode(), "数据.csv"),
        ("café/Übersicht.csv".encode("cp437"), "café/Übersicht.csv"),
        (b"\xff\xfe.csv", "\xa0■.csv"),
    ],
)
def test_names_in_old_encodings(tmp_path: Path, raw: bytes, text: str) -> None:
    assert decoded(raw) == text
    placeholder = "x" * len(raw)
    content = zipped({placeholder: CSV}).replace(placeholder.encode(), raw)
    assert list(Opened(tmp_path, content).files) == [shown(text)]


@given(st.text(max_size=1000))
def test_shown_names_are_harmless(name: str) -> None:
    path = shown(name)
    assert path
    assert len(path) <= NAME_CHARACTERS_MAX + 1
    assert path.isprintable() or any(c.isspace() for c in path)
    assert not {"..", ".", ""} & {*path.split("/")}
    assert "\\" not in path


def _encrypt(content: bytes) -> bytes:
    """Mark the first file of a zip as encrypted, in its header and in the list."""
    marked = bytearray(content)
    marked[6] |= 1
    marked[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(marked)


def test_an_encrypted_file_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    opened = Opened(tmp_path, _encrypt(zipped({"secret.csv": CSV, "open.csv": CSV})))
    assert opened.files == {"open.csv": CSV}
    assert opened.reasons == ["export/secret.csv is encrypted. Unpack it with its password first."]


def test_a_packing_that_is_not_known_is_told(tmp_path: Path) -> None:
    content = zipped({"a.csv": CSV, "b.csv": CSV}, zipfile.ZIP_LZMA)
    opened = Opened(tmp_path, content)
    assert opened.files == {}
    assert opened.reasons[0] == "export/a.csv is packed in a manner that is not read (method 14). Unpack it first."


def test_sizes_after_the_data_and_zip64(tmp_path: Path) -> None:
    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

    for force in (False, True):
        buffer = Unseekable()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in FILES.items():
                with archive.open(name, "w", force_zip64=force) as file:
                    file.write(content)
        whole = buffer.getvalue()
        assert Opened(tmp_path, whole).files == FILES
        cut = whole[: whole.index(b"PK\x01\x02")]  # without its list
        opened = Opened(tmp_path, cut)
        assert opened.files == FILES
        assert "export is damaged: the list of its files cannot be read" in opened.reasons[0]


@pytest.mark.parametrize("archive", ["zip", "bzip2 zip", "tar", "tar.gz", "tar.xz"])
def test_of_a_truncated_archive_is_read_what_is_whole(tmp_path: Path, archive: str) -> None:
    noise = random.Random(1).randbytes(300_000).hex().encode()
    files = {"one.csv": CSV, "two.csv": b"id,text\n" + noise, "three.csv": CSV}
    whole = ARCHIVES[archive](files)
    opened = Opened(tmp_path, whole[: len(whole) * 2 // 3])
    assert opened.files["one.csv"] == CSV
    assert opened.damaged == {"two.csv"} or "two.csv" in str(opened.reasons)
    assert files["two.csv"].startswith(opened.files.get("two.csv", b""))
    assert "three.csv" not in opened.files
    assert any(reason.startswith("export is damaged") for reason in opened.reasons)


@pytest.mark.parametrize("archive", ARCHIVES)
def test_no_damage_crashes_or_changes_what_it_leaves(tmp_path: Path, archive: str) -> None:
    whole, rng = ARCHIVES[archive](FILES), random.Random(archive)
    for _ in range(60):
        hurt = bytearray(whole)
        for _ in range(rng.randrange(1, 4)):
            hurt[rng.randrange(len(hurt))] = rng.randrange(256)
        if rng.random() < 0.3:
            del hurt[rng.randrange(1, len(hurt)) :]
        opened = Opened(tmp_path, bytes(hurt))
        if "tar" not in archive:  # a tar without packing has no check of its data
            for name, content in opened.files.items():
                assert name in opened.damaged or name not in FILES or content == FILES[name]
        else:
            assert opened.files or opened.told


def test_data_that_are_not_those_of_the_list_are_damaged(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.csv": CSV}, zipfile.ZIP_STORED))
    content[100] ^= 1
    opened = Opened(tmp_path, bytes(content))
    assert opened.damaged == {"a.csv"}


def _deep(pack: Callable[[bytes], bytes], times: int) -> bytes:
    content = CSV
    for _ in range(times):
        content = pack(content)
    return content


@pytest.mark.parametrize(
    "pack",
    [gzip.compress, lambda inner: zipped({"r.zip": inner}), lambda inner: gzip.compress(tarred({"r": inner}))],
)
def test_archives_are_opened_to_a_depth(tmp_path: Path, pack: Pack) -> None:
    opened = Opened(tmp_path, _deep(pack, members.DEPTH_MAX))
    assert (list(opened.files.values()), opened.reasons) == ([CSV], [])
    opened = Opened(tmp_path, _deep(pack, members.DEPTH_MAX + 1))
    assert opened.files == {}
    assert len(opened.reasons) == 1
    assert "is packed more than 4 times over" in opened.reasons[0]


def test_a_bomb_is_bounded_over_all_files_and_levels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(byte_stream, "EXPANSION_FREE_BYTES", 4 << 20)
    monkeypatch.setattr(byte_stream, "EXPANSION_MAX", 2)
    part = gzip.compress(bytes(1 << 20))
    for content in (
        zipped({f"{n}.csv": bytes(1 << 20) for n in range(20)}),
        gzip.compress(tarred({f"{n}.csv": b"x" * (1 << 20) for n in range(20)})),
        zipped({f"{n}.csv.gz": part for n in range(20)}),
        zipped({f"{n}.zip": zipped({"x.csv": bytes(1 << 20)}) for n in range(20)}),
    ):
        opened = Opened(tmp_path, content)
        assert sum(map(len, opened.files.values())) <= 5 << 20
        assert any("unpacks to more than 2 times its size" in reason for reason in opened.reasons)


def test_files_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    whole = zipped({"a.csv": CSV, "b.csv": CSV})
    start = whole.index(b"PK\x01\x02")
    second = whole.index(b"PK\x01\x02", start + 4)
    shared = bytearray(whole)
    shared[second + 42 : second + 46] = struct.pack("<L", 0)  # the second file begins where the first does
    opened = Opened(tmp_path, bytes(shared))
    assert len(opened.files) <= 1
    assert any("shares its bytes with another file" in reason for reason in opened.reasons)


def test_the_number_of_files_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "MEMBERS_MAX", 10)
    many = {f"{n}.csv": CSV[:100] for n in range(8)}
    for pack in (zipped, tarred):
        opened = Opened(tmp_path, zipped({"in": pack(many), "on": pack(many)}))
        assert len(opened.files) == 8  # the two archives count as well
        assert [reason for reason in opened.reasons if "holds more than 10 files" in reason] == opened.reasons


def test_a_list_of_files_that_is_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_archive, "LIST_BYTES_MAX", 1000)
    opened = Opened(tmp_path, zipped({f"{n}.csv": CSV[:100] for n in range(100)}))
    assert opened.files == {}
    assert "lists more files than can be read at once" in opened.reasons[0]


def test_hostile_tar_headers(tmp_path: Path) -> None:
    def header(name: bytes, kind: bytes, size: bytes) -> bytes:
        raw = bytearray(512)
        raw[: len(name)] = name
        raw[124 : 124 + len(size)] = size
        raw[156:157] = kind
        raw[148:156] = b" " * 8
        raw[148:156] = b"%06o\0 " % sum(raw)
        return bytes(raw)

    good = tarred({"good.csv": CSV})
    for first in (
        header(b"x", b"x", b"77777777777\0"),  # 8 GiB of properties
        header(b"x", b"L", b"77777777777\0"),
        header(b"x", b"x", b"%011o\0" % 512) + b"9" * 512,
        header(b"x", b"x", b"%011o\0" % 512) + b"0 path=y\n".ljust(512, b"\0"),
        header(b"x", b"x", b"%011o\0" % 512) + b"21 size=-99999999999\n".ljust(512, b"\0"),
        header(b"x", b"0", b"-0000000001\0"),
        header(b"x", b"0", b"\xff" * 12),
        header(b"x", b"0", b"\x80" + b"\xff" * 11),
        header(b"x", b"Z", b"00000000000\0"),
    ):
        opened = Opened(tmp_path, first + good)
        assert opened.files.keys() <= {"good.csv", "x", "x/good.csv"}
        assert CSV in opened.files.values() or opened.reasons


def test_files_with_holes_are_told(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        about = tarfile.TarInfo("sparse.csv")
        about.size = len(CSV)
        about.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0"}
        archive.addfile(about, io.BytesIO(CSV))
        plain = tarfile.TarInfo("plain.csv")
        plain.size = len(CSV)
        archive.addfile(plain, io.BytesIO(CSV))
    opened = Opened(tmp_path, buffer.getvalue())
    assert (opened.files, opened.told) == ({"plain.csv": CSV}, [("sparse.csv", "files stored with holes")])


def test_office_files_are_refused_with_the_remedy(tmp_path: Path) -> None:
    workbook = zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    opened = Opened(tmp_path, zipped({"book.xlsx": workbook, "posts.csv": CSV}))
    assert opened.files == {"posts.csv": CSV}
    assert opened.reasons == [
        "export/book.xlsx is an Office workbook. Save its sheet as CSV, with the id columns as text."
    ]


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "DISK_LEFT_BYTES", 1 << 62)
    opened = Opened(tmp_path, zipped({"in.zip": zipped({"a.csv": CSV})}))
    assert opened.files == {}
    assert "There is no room to unpack export/in.zip" in opened.reasons[0]


def test_where_nothing_may_be_written_archives_that_need_it_are_told(tmp_path: Path) -> None:
    path = tmp_path / "export"
    path.write_bytes(zipped({"a.csv": CSV, "in.zip": zipped({"b.csv": CSV}), "c.tar.gz": gzip.compress(tarred(FILES))}))
    found = list(members_of(path, "export", None))
    assert [one.path for one in found if isinstance(one, Member)] == ["a.csv"]
    assert [one.path for one in found if isinstance(one, Unread)] == ["in.zip", "c.tar.gz"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["export"]


def test_lists_that_lie_about_places_and_names(tmp_path: Path) -> None:
    before = bytearray(zipped({"a.csv": CSV}))
    place = before.index(b"PK\x05\x06") + 16
    before[place : place + 4] = struct.pack(
        "<L", struct.unpack_from("<L", before, place)[0] + 1000
    )  # it begins at -1000
    assert Opened(tmp_path, bytes(before)).reasons == [
        "export/a.csv is not where the archive says. Fetch the archive again."
    ]
    nameless = bytearray(zipped({"x": CSV}))
    nameless[nameless.index(b"PK\x01\x02") + 46] = 0
    assert Opened(tmp_path, bytes(nameless)).files == {"(no name)": CSV}
