"""Originals and what was made of them, by SHA-256."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from inconcert.case import durable
from inconcert.errors import CustodyError, InputError
from inconcert.progress import Progress, silent

_BLOCK = 1 << 20


def original_path(folder: Path, sha256: str) -> Path:
    """Where the original with that hash lies."""
    return folder / "raw" / "sha256" / sha256[:2] / sha256


def sha256_of(file: Path, progress: Progress = silent, *, stage: str = "") -> str:
    """Hash of a file's bytes, hex."""
    return _digest(file, len, progress, stage or f"hashing {file.name}")


def fingerprint(file: Path) -> dict[str, object]:
    """{"sha256", "bytes"} of a file, as the ledger records them."""
    return {"sha256": sha256_of(file), "bytes": file.stat().st_size}


def seal(folder: Path) -> dict[str, dict[str, object]]:
    """Make every file under a folder durable; {relative name: {"sha256", "bytes"}}, sorted by name."""
    sealed: dict[str, dict[str, object]] = {}
    for path in sorted(folder.rglob("*")):
        durable.sync(path)
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            sealed[name] = fingerprint(path)
    durable.sync(folder)
    return sealed


def copy_original(folder: Path, file: Path, scratch: Path, progress: Progress) -> str:
    """Copy a file into `raw/` unless the same bytes are there; its hash.

    InputError when it is not a regular file; CustodyError when a stored original of that hash has another size.
    """
    size = _regular_size(file)
    stage = f"storing {file.name}"
    # Reading is cheaper than writing: with an original of that size in the case the bytes are hashed before any copy.
    if _holds_size(folder, size):
        sha256 = sha256_of(file, progress, stage=stage)
        if original_path(folder, sha256).exists():
            return _unchanged(folder, sha256, size)
    return copy_new(folder, file, scratch, progress)


def copy_new(folder: Path, file: Path, scratch: Path, progress: Progress = silent) -> str:
    """Copy a file into `raw/` without looking first whether the same bytes are there; its hash. Errors as copy_original."""
    _regular_size(file)
    stage = f"storing {file.name}"
    draft = scratch / "original"
    with draft.open("wb") as target:
        sha256 = _digest(file, target.write, progress, stage)
    if original_path(folder, sha256).exists():
        stored = draft.stat().st_size
        draft.unlink()
        return _unchanged(folder, sha256, stored)
    draft.chmod(0o444)
    durable.move(draft, original_path(folder, sha256))
    return sha256


def _digest(file: Path, pass_on: Callable[[bytes], object], progress: Progress, stage: str) -> str:
    digest, done, total = hashlib.sha256(), 0, file.stat().st_size
    with file.open("rb") as source:
        while block := source.read(_BLOCK):
            digest.update(block)
            pass_on(block)
            done += len(block)
            progress(stage, done, total)
    return digest.hexdigest()


def _regular_size(file: Path) -> int:
    try:
        status = file.stat()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from error
    if stat.S_ISDIR(status.st_mode):
        raise InputError(f"{file} is a folder. Name the files in it, for instance {file}/*.csv.")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{file} is not an ordinary file (a pipe, socket or device). Save it to a file first.")
    if not os.access(file, os.R_OK):
        raise InputError(f"{file} cannot be read: permission denied.")
    return status.st_size


def _holds_size(folder: Path, size: int) -> bool:
    return any(path.stat().st_size == size for path in (folder / "raw" / "sha256").glob("*/*"))


def _unchanged(folder: Path, sha256: str, size: int) -> str:
    stored = original_path(folder, sha256)
    if stored.stat().st_size != size:
        raise CustodyError(
            f"{stored} no longer matches its hash. Restore it from a copy; 'inconcert verify' says more."
        )
    return sha256
