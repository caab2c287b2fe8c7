"""Which files lie in a folder, or beside an export under the names that it gives."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from inconcert.errors import InputError

MOST_FILES = 2_000_000
DEEPEST = 32
"""Folders within folders that are looked into."""

FOLDERS = (".", "media", "images")
"""Where files that an export names are looked for, from its own folder."""

_WEB = re.compile(r"https?://", re.IGNORECASE)


def walk(folder: Path, leave_out: Path) -> Iterator[str]:
    """Names of the files under a folder, relative and sorted; links are named too but not followed.

    leave_out: a folder that is not looked into, the case's own. InputError when it is no folder, or holds too many files.
    """
    if not folder.is_dir():
        raise InputError(
            f"{folder} is no folder. Name the folder with the pictures and videos of the posts: --media FOLDER"
        )
    own, count = leave_out.resolve(), 0
    for place, folders, files in os.walk(folder):
        inside = Path(place)
        deep = len(inside.relative_to(folder).parts) >= DEEPEST
        links = [name for name in folders if (inside / name).is_symlink()]
        folders[:] = sorted({*folders} - {*links} - {name for name in folders if (inside / name).resolve() == own})
        if deep:
            folders.clear()
        for name in sorted([*files, *links]):
            count += 1
            if count > MOST_FILES:
                raise InputError(
                    f"{folder} holds more than {MOST_FILES:,} files. Name a folder that holds only pictures."
                )
            # a name that is no UTF-8 cannot be in a table; as it is shown, it names no file
            yield (inside / name).relative_to(folder).as_posix().encode("utf-8", "replace").decode("utf-8")


def beside(export: Path, values: Iterable[str]) -> Path | None:
    """The folder in which a file lies under one of these values of an export's media, read as relative names; None if none."""
    names = [name for value in values if (name := relative_name(value))]
    for folder in FOLDERS:
        base = export.parent / folder
        if any(lies_in(base, name) for name in names):
            return base
    return None


def lies_in(folder: Path, name: str) -> bool:
    """Whether a file of that name lies in the folder; a linked folder on the way would lead anywhere on this machine."""
    file = folder / name
    return file.is_file() and file.resolve().parent.is_relative_to(folder.resolve())


def relative_name(value: str) -> str | None:
    """The name of a file that a value may be; None for an address on the web and for what leads out of the folder."""
    if _WEB.match(value):
        host, _, path = _WEB.sub("", value).partition("/")
        if path:
            return None
        value = host  # clip.mov was taken for a site of the domain .mov
    path_in = PurePosixPath(value.replace("\\", "/"))
    odd = path_in.is_absolute() or ".." in path_in.parts or "\0" in value or not path_in.parts
    return None if odd else path_in.as_posix()
