"""The bytes of a file, or of something packed in it, from the beginning as often as they are wanted.

Unpacking is bounded: past 256 MiB a file may unpack to at most 100 times its own size, all that is packed within it together.
Exports of posts pack 3 to 30 times; archives made to exhaust a machine pack a thousand times and more.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, runtime_checkable

from inconcert.errors import InputError

EXPANSION_MAX = 100
"""Unpacked bytes for each packed byte, beyond EXPANSION_FREE_BYTES."""
EXPANSION_FREE_BYTES = 256 << 20

_OUTPUT_BYTES = 4 << 20


class Damaged(Exception):
    """The bytes end or break off here; what came before is good. The message says why."""


@runtime_checkable
class ByteStream(Protocol):
    """Blocks of unpacked bytes, and how far reading has come."""

    @property
    def size(self) -> int:
        """Bytes to be read, as they are packed."""

    @property
    def done(self) -> int:
        """How many of them were read."""

    def blocks(self) -> Iterator[bytes]:
        """The unpacked bytes, in blocks of at most a few MiB, from the beginning at each call; Damaged where they break off."""

    def path(self) -> Path:
        """A file of these bytes, for formats that are not read from the beginning to the end; InputError when there is no
        place to unpack it to.
        """


class Plain:
    """A file as it is."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.size, self.done = path.stat().st_size, 0

    def blocks(self) -> Iterator[bytes]:
        """The bytes of the file."""
        with self._path.open("rb") as file:
            while block := file.read(_OUTPUT_BYTES):
                self.done = file.tell()
                yield block

    def path(self) -> Path:
        """The file."""
        return self._path


def beginning(stream: ByteStream, length: int) -> bytes:
    """The first bytes, at most `length`; Damaged when there is none because the bytes break off at once."""
    head = b""
    blocks = stream.blocks()
    try:
        for block in blocks:
            head += block[: length - len(head)]
            if len(head) >= length:
                break
    except Damaged:
        if not head:
            raise
    return head


def check_file(path: Path) -> None:
    """InputError when the path is not an ordinary file with at least one byte that may be read.

    A pipe or device is recognised without opening it, so it cannot block.
    """
    try:
        state = path.stat()
    except FileNotFoundError:
        where = f"{path} (a link to {path.readlink()})" if path.is_symlink() else str(path)
        raise InputError(f"No file {where}.") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{str(path)!r} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    if stat.S_ISDIR(state.st_mode):
        raise InputError(f"{path} is a folder. Name the files in it, for instance {path}/*.csv.")
    if not stat.S_ISREG(state.st_mode):
        raise InputError(f"{path} is not an ordinary file (a pipe, socket or device). Save it to a file first.")
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    if empty:
        raise InputError(f"{path} is empty (0 bytes).")
