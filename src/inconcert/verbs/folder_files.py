"""What lies in a folder that a user names: the files to be read, the pictures and videos, and what is left alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inconcert.case import is_case
from inconcert.errors import InputError
from inconcert.ingest.stream.members import UNREADABLE, Unread
from inconcert.ingest.stream.no_data import HEAD_BYTES, PICTURES, VIDEOS, no_data

FILES_MAX = 100_000
DEPTH_MAX = 32
"""Folders within folders that are looked into."""


@dataclass(frozen=True)
class FolderFiles:
    """files: that may hold posts, sorted by their path.   pictures: names in the folder of pictures and videos, sorted.

    left: what is not looked at, with what it is.
    """

    files: tuple[Path, ...]
    pictures: tuple[str, ...]
    left: tuple[Unread, ...]


def folder_files(folder: Path) -> FolderFiles:
    """Go through a folder and the folders in it; of every file no more than the beginning is read.

    Hidden files, links, and folders that are cases are left alone. InputError when it holds more than FILES_MAX files.
    """
    files, pictures, left = [], [], []
    for count, (path, name, kind) in enumerate(_walk(folder), start=1):
        if count > FILES_MAX:
            raise InputError(
                f"{folder} holds more than {FILES_MAX:,} files. Name the files, or a folder that holds only exports."
            )
        try:
            kind = kind or no_data(name, _head(path))
        except OSError as error:
            left.append(Unread(name, UNREADABLE, f"{name} cannot be read: {error.strerror}."))
            continue
        if kind in (PICTURES, VIDEOS):
            pictures.append(name)
        elif kind is not None:
            left.append(Unread(name, kind))
        else:
            files.append(path)
    return FolderFiles(tuple(files), tuple(pictures), tuple(left))


def _walk(folder: Path) -> Iterator[tuple[Path, str, str | None]]:
    """(path, name in the folder, what it is if it is left alone) of everything but folders that are gone through."""
    for place, folders, files in os.walk(folder):
        inside = Path(place)
        deep = len(inside.relative_to(folder).parts) >= DEPTH_MAX
        through = []
        for name in sorted(folders):
            kind = "folders within too many folders" if deep else _left_folder(inside / name)
            if kind is None:
                through.append(name)
            else:
                yield inside / name, _shown(inside / name, folder), kind
        folders[:] = through
        for name in sorted(files):
            yield inside / name, _shown(inside / name, folder), _left_file(inside / name)


def _left_folder(path: Path) -> str | None:
    if path.is_symlink():
        return "links"
    if path.name.startswith("."):
        return "hidden folders"
    return "cases of Inconcert" if is_case(path) else None


def _left_file(path: Path) -> str | None:
    if path.is_symlink():
        return "links"
    if path.name.startswith("."):
        return "hidden files"
    return None if stat.S_ISREG(path.lstat().st_mode) else "pipes, sockets and devices"


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _shown(path: Path, folder: Path) -> str:
    """Its name in the folder as text; bytes of a name that are no UTF-8 become U+FFFD."""
    return path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
