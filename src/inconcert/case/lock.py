"""One writer at a time: an advisory lock on `.lock`, released by the system when its process dies, however it dies."""

from __future__ import annotations

import fcntl
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inconcert.errors import CaseError, CaseInUse

NAME = ".lock"

_depth: dict[tuple[Path, int], int] = {}
"""Locks this process holds, by folder and thread: a verb that holds the lock may call another that takes it."""


@contextmanager
def hold(folder: Path) -> Iterator[bool]:
    """Hold the lock of a folder; yields True when it was not held before. CaseInUse names the process that has it."""
    key = (folder.resolve(), threading.get_ident())
    if key in _depth:
        _depth[key] += 1
        try:
            yield False
        finally:
            _depth[key] -= 1
        return
    file = _open(folder)
    try:
        _acquire(file, folder)
        _depth[key] = 1
        try:
            yield True
        finally:
            del _depth[key]
    finally:
        os.close(file)


def _open(folder: Path) -> int:
    try:
        # a case from a stranger may have a link there, and what it leads to would be overwritten
        file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise CaseError(
            f"The case {folder} cannot be written: {error.strerror}. Work on a copy you may write."
        ) from error
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise CaseError(f"{folder / NAME} is no ordinary file, and cannot be locked. Remove it.")
    return file


def _acquire(file: int, folder: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(file, 32, 0).decode("ascii", "replace").strip()
        who = f"process {holder}" if holder else "another process"
        raise CaseInUse(f"The case {folder} is in use by {who}. Wait until it ends, or end it.") from None
    os.ftruncate(file, 0)
    os.pwrite(file, f"{os.getpid()}\n".encode("ascii"), 0)


def holder(folder: Path) -> int | None:
    """The process that holds the lock of a folder, 0 when it cannot be told; None when nobody does, or nothing may be locked there.

    It is asked by taking the lock together with others who ask, for a moment: nobody who only asks is ever named.
    """
    try:
        file = os.open(folder / NAME, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)  # a pipe there would be waited for
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        written = os.pread(file, 32, 0).decode("ascii", "replace").strip()
        return int(written) if written.isdecimal() else 0
    finally:
        os.close(file)
    return None
