"""A library: a folder of what was published on known operations, with where it is from and on what terms.

library.jsonl          a chained ledger: who added which files of which source, when, under which licence
originals/<sha256>     the files as they were published, never changed
.lock, .scratch/       who writes, and what is not finished yet

The indicators are read from the originals each time: nothing that was derived can go stale.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from inconcert import ledger
from inconcert.case import durable, lock, scratch, torn
from inconcert.case.folder import PROGRAM
from inconcert.catalogue.edition import LISTED, Edition, edition
from inconcert.errors import CustodyError, InputError

LEDGER = "library.jsonl"
ORIGINALS = "originals"
BYTES_AT_MOST = 256 << 20
"""Of one file: what is published is a thousandth of it."""
_BLOCK = 1 << 20


def is_library(folder: Path) -> bool:
    """Whether a library lies in that folder."""
    return (folder / LEDGER).is_file()


def editions(folder: Path) -> list[Edition]:
    """Every edition of a library, oldest first; InputError when there is none in the folder, CustodyError or CaseError when its
    ledger was changed."""
    if not is_library(folder):
        raise InputError(
            f"{folder} is no library: it has no {LEDGER}. Make one with: inconcert catalogue add FILE --library {folder}"
        )
    return [one for said in ledger.read(folder / LEDGER) if (one := edition(said)) is not None]


def original(folder: Path, sha256: str) -> Path:
    """The stored file with that hash; CustodyError when it is missing or was changed.   sha256: of `Edition.files`."""
    path = folder / ORIGINALS / sha256
    # a library from a stranger may have a link there, to a file without end or one of the reader's own
    if path.is_symlink() or not path.is_file() or path.stat().st_size > BYTES_AT_MOST:
        raise CustodyError(
            f"{path} is missing or no ordinary file. Restore it from a copy, or add the published file again."
        )
    if _digest(path) != sha256:
        raise CustodyError(
            f"{path} was changed: its SHA-256 is another. Restore it from a copy, or add the published file again."
        )
    return path


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the only process that writes to a library, which is made when the folder is absent or empty.

    InputError when the folder holds something else or cannot be made; CaseInUse while another process writes. What a killed process
    left is removed or set aside first, as in a case.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = {path.name for path in folder.iterdir()}
    except OSError as error:
        raise InputError(f"The library {folder} cannot be made: {error.strerror}.") from error
    if LEDGER not in held and held - {lock.NAME, scratch.NAME, ORIGINALS}:
        raise InputError(
            f"{folder} is no library and not empty (it holds {min(held)}). Name a folder that is new or empty."
        )
    for name in (ORIGINALS, scratch.NAME, LEDGER):
        if (folder / name).is_symlink():
            raise InputError(f"{folder / name} is a link to another place. Nothing is written through it: remove it.")
    with lock.hold(folder) as outermost:
        if outermost:
            shutil.rmtree(folder / scratch.NAME, ignore_errors=True)
            (folder / scratch.NAME).mkdir()
            (folder / ORIGINALS).mkdir(exist_ok=True)
            (folder / LEDGER).touch()
            torn.set_aside(folder, folder / LEDGER)
        yield


def store(folder: Path, file: Path) -> str:
    """Copy a published file into the library unless it is there; its SHA-256. The caller is `writing`.

    InputError when it is no ordinary file, cannot be read or is larger than BYTES_AT_MOST.
    """
    try:
        if not file.is_file():
            raise InputError(f"{file} is not a file. Name a published list of indicators.")
        if file.stat().st_size > BYTES_AT_MOST:
            raise InputError(f"{file} has more than {BYTES_AT_MOST >> 20} MiB. Take it apart.")
        draft = folder / scratch.NAME / "original"
        with file.open("rb") as source, draft.open("wb") as target:
            digest = hashlib.sha256()
            while block := source.read(_BLOCK):
                digest.update(block)
                target.write(block)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from error
    sha256 = digest.hexdigest()
    path = folder / ORIGINALS / sha256
    if path.is_file() and not path.is_symlink() and _digest(path) == sha256:
        draft.unlink()
    else:
        draft.chmod(0o444)
        durable.move(draft, path)
    return sha256


def enter(folder: Path, added: Edition, now: datetime) -> None:
    """Say in the ledger that an edition was added. The caller is `writing` and has stored its files."""
    file = folder / LEDGER
    prev = ledger.last_id(file)
    ledger.append(
        file, ledger.statement(prev, at=now, by=PROGRAM, about=f"source:{added.source}", says=LISTED, value=added.value)
    )


def newest(known: Sequence[Edition], series: tuple[str, str | None]) -> Edition | None:
    """The edition of a series that stands."""
    return next((one for one in reversed(known) if one.series == series), None)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(handle, "rb") as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
