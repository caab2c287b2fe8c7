"""The files within a file: an archive has many, down to archives in archives; a file that is no archive is its own only one."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from inconcert.errors import InputError
from inconcert.ingest.stream import tar_archive, zip_archive
from inconcert.ingest.stream.byte_stream import ByteStream, Damaged, Plain, beginning, check_file
from inconcert.ingest.stream.member_name import UniqueNames, shown
from inconcert.ingest.stream.no_data import HEAD_BYTES, no_data
from inconcert.ingest.stream.packings import packing_of
from inconcert.ingest.stream.room import Room
from inconcert.ingest.stream.unpacked import Passing, Stretch, Unpacked

DEPTH_MAX = 4
"""Archives and packings within each other that are opened; a tar and what it is packed with are one."""
MEMBERS_MAX = 100_000
"""Files looked at in one archive, those of archives in it included."""

UNREADABLE = "files that cannot be read"
_OFFICE = "[Content_Types].xml"


@dataclass(frozen=True)
class Member:
    """A file that may hold posts.   path: in the archive, through archives in it, as shown; "" for a file that is none.

    stream: its bytes, to be read before the next file is asked for.
    """

    path: str
    stream: ByteStream


@dataclass(frozen=True)
class Unread:
    """A file in an archive that is passed over.   kind: what it is, in the plural.   reason: a sentence, for what should have
    been read and cannot.
    """

    path: str
    kind: str
    reason: str | None = None


def members(
    path: Path, name: str, scratch: Path | None, only: str | None = None
) -> Generator[Member | Unread, None, None]:
    """The files in a file, in the order of their bytes; what cannot be read does not keep others from being read.

    name: what messages call the file.   scratch: a folder, made when needed, in which files are unpacked that cannot be read
    where they are, each until the next is asked for; None where nothing may be written.
    only: `Member.path` of a file of which the others are passed by.
    InputError when the path is no file that can be read.
    """
    check_file(path)
    room = Room(path.stat().st_size, name, scratch)
    try:
        with room.emptied():
            yield from _Walk(name, room, only).through(Plain(path), "", 1)
    finally:
        room.leave()


def path_inside(file: str) -> str:
    """`Member.path` out of what a file in an archive is called, "export.zip/2024/posts.csv"; "" for a file that is in none."""
    return file.partition("/")[2]


def sole_member(path: Path, name: str) -> ByteStream:
    """The bytes of a file, or of the only file in an archive; nothing is written.

    InputError for an archive of another number of files, and when something in it cannot be read.
    """
    inside = list(members(path, name, None))
    found = [one for one in inside if isinstance(one, Member)]
    unread = [one for one in inside if isinstance(one, Unread)]
    if len(found) > 1:
        names = ", ".join(one.path for one in found[:3])
        raise InputError(f"{name} holds {len(found)} files ({names} ...). Unpack it and name the files.")
    if not found or any(one.reason is not None for one in unread):
        raise InputError(none_readable(name, unread))
    return found[0].stream


def none_readable(name: str, unread: list[Unread]) -> str:
    """The message for a file in which nothing can be read."""
    reasons = list(dict.fromkeys(one.reason for one in unread if one.reason is not None))
    if len(reasons) == 1:
        return reasons[0]
    held = f"none of its {len(unread):,} files is a table of posts" if unread else "it holds no files"
    return f"{name} cannot be read: {held}. {' '.join(reasons[:3])}".strip()


class _Walk:
    def __init__(self, name: str, room: Room, only: str | None) -> None:
        self._name, self._room, self._only = name, room, only
        self._count, self._told_full = 0, False

    def through(self, stream: ByteStream, inside: str, depth: int) -> Iterator[Member | Unread]:
        """The files in a stream of bytes, itself if it is no archive."""
        name = self._called(inside)
        try:
            head = beginning(stream, tar_archive.BLOCK)
        except (Damaged, InputError) as fault:
            yield _unreadable(inside, name, fault)
            return
        unpack = packing_of(head)
        is_zip = head.startswith((b"PK\x03\x04", b"PK\x05\x06"))
        if depth > DEPTH_MAX and (unpack or is_zip or tar_archive.is_tar(head)):
            yield Unread(inside, UNREADABLE, f"{name} is packed more than {DEPTH_MAX} times over. Unpack it first.")
        elif is_zip:
            yield from self._zip(stream, inside, depth)
        elif tar_archive.is_tar(head):
            yield from self._tar(stream, inside, depth)
        elif unpack is not None:
            unpacked = Unpacked(stream, unpack, name, self._room)
            try:
                is_tar = tar_archive.is_tar(beginning(unpacked, tar_archive.BLOCK))
            except (Damaged, InputError):
                is_tar = False  # told when it is looked at again
            yield from self.through(unpacked, inside, depth if is_tar else depth + 1)
        else:
            yield Member(inside, stream)

    def _zip(self, stream: ByteStream, inside: str, depth: int) -> Iterator[Member | Unread]:
        name = self._called(inside)
        with self._room.emptied():
            try:
                path, listed, damage = self._listed(stream, name)
            except InputError as refusal:
                yield _unreadable(inside, name, refusal)
                return
            if any(entry.name == _OFFICE for entry in listed):
                reason = f"{name} is an Office workbook. Save its sheet as CSV, with the id columns as text."
                yield Unread(inside, UNREADABLE, reason)
                return
            names = UniqueNames()
            for entry in listed:
                place = self._place(inside, names, entry.name)
                if self._is_full or not self._wants(place):
                    continue
                if entry.folder or entry.link:
                    yield Unread(place, "folders" if entry.folder else "links")
                    continue
                try:
                    content = zip_archive.content(path, entry, self._called(place), self._room)
                except InputError as refusal:
                    yield _unreadable(place, self._called(place), refusal)
                    continue
                yield from self._member(content, place, depth)
            yield from self._end(inside, damage)

    def _listed(self, stream: ByteStream, name: str) -> tuple[Path, list[zip_archive.ZipEntry], str | None]:
        """A file of the archive, the files in it, and what is damaged."""
        if isinstance(stream, Plain):
            path, damage = stream.path(), None
        else:
            path, damage = self._room.copy(stream.blocks(), name)
        try:
            return path, zip_archive.listed(path, name), damage
        except Damaged as no_list:
            return path, list(islice(zip_archive.found(path), MEMBERS_MAX + 1)), damage or str(no_list)

    def _tar(self, stream: ByteStream, inside: str, depth: int) -> Iterator[Member | Unread]:
        name = self._called(inside)
        if not isinstance(stream, Plain) and not self._room.writable:
            yield Unread(inside, UNREADABLE, f"{name} is a packed tar archive. Unpack it and name the files.")
            return
        names = UniqueNames()
        damage: str | None = None
        try:
            for entry in tar_archive.entries(stream.blocks()):
                place = self._place(inside, names, entry.name)
                if self._is_full:
                    break
                if not self._wants(place):
                    continue
                if entry.kind is not None:
                    yield Unread(place, entry.kind)
                    continue
                called = self._called(place)
                with self._room.emptied():
                    content: ByteStream
                    if isinstance(stream, Plain):
                        content = Stretch(stream.path(), entry.start, entry.size, called, self._room)
                    else:
                        content = Passing(entry.blocks, entry.size, called, self._room)
                    yield from self._member(content, place, depth)
        except Damaged as broken:
            damage = str(broken)
        except InputError as refusal:
            yield _unreadable(inside, name, refusal)
            return
        yield from self._end(inside, damage)

    def _member(self, content: ByteStream, place: str, depth: int) -> Iterator[Member | Unread]:
        with self._room.emptied():
            try:
                head = beginning(content, HEAD_BYTES)
            except (Damaged, InputError) as fault:
                yield _unreadable(place, self._called(place), fault)
                return
            kind = no_data(place, head)
            if kind is not None:
                yield Unread(place, kind)
            else:
                yield from self.through(content, place, depth + 1)

    def _end(self, inside: str, damage: str | None) -> Iterator[Unread]:
        """What is to be said at the end of an archive."""
        name = self._called(inside)
        if self._is_full and not self._told_full:
            self._told_full = True
            reason = f"{name} holds more than {MEMBERS_MAX:,} files; those after them were not read. Unpack it first."
            yield Unread(inside, UNREADABLE, reason)
        if damage is not None:
            yield Unread(inside, UNREADABLE, f"{name} is damaged: {damage}. Only what is whole in it can be read.")

    @property
    def _is_full(self) -> bool:
        return self._count > MEMBERS_MAX

    def _place(self, inside: str, names: UniqueNames, name: str) -> str:
        """The path of the next file in an archive, counted."""
        self._count += 1
        own = names.unique(shown(name))
        return f"{inside}/{own}" if inside else own

    def _wants(self, place: str) -> bool:
        return self._only is None or self._only == place or self._only.startswith(f"{place}/")

    def _called(self, inside: str) -> str:
        return f"{self._name}/{inside}" if inside else self._name


def _unreadable(place: str, name: str, fault: Exception) -> Unread:
    reason = f"{name} cannot be read: {fault}. Fetch it again." if isinstance(fault, Damaged) else str(fault)
    return Unread(place, UNREADABLE, reason)
