"""Bytes that are on disk when the call returns, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Wait until a file's bytes, or a folder's list of names, are on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write(file: Path, content: bytes, *, scratch: Path) -> None:
    """Write a file at once: first under another name in `scratch` (same file system), then renamed into place."""
    draft = scratch / file.name
    draft.write_bytes(content)
    move(draft, file)


def move(source: Path, target: Path) -> None:
    """Rename a file or sealed folder into place and make the new name durable."""
    if source.is_file():
        sync(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)
    sync(target.parent)
