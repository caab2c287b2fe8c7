"""Folders that appear in a case whole, or not at all.

A part is written into `.scratch/`, sealed (hashed, on disk), announced in the ledger, and renamed into place. The ledger is
thus also the log that recovery follows: a part that was announced and lies in `.scratch/` with exactly the announced bytes
is put in place at the next lock; everything else in `.scratch/` is what a killed process left, and is removed.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from inconcert.case import durable
from inconcert.case.custody import seal
from inconcert.ledger import Statement

NAME = ".scratch"
WROTE = "wrote"
REPLACED = "report"
"""The one part that a new version replaces; imports and runs are never overwritten."""

log = logging.getLogger(__name__)


def draft_path(folder: Path, about: str) -> Path:
    """Where the part `about` (its path within the case) is written before it is put in place."""
    return folder / NAME / about.replace("/", "-")


def begin(folder: Path, about: str) -> Path:
    """An empty folder to write the part into."""
    draft = draft_path(folder, about)
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir(parents=True)
    return draft


def put_in_place(folder: Path, about: str) -> None:
    """Rename a sealed and announced draft into the case; the report makes room first."""
    target = folder / about
    if about == REPLACED and target.exists():
        former = folder / NAME / "former-report"
        shutil.rmtree(former, ignore_errors=True)
        target.rename(former)
        durable.move(draft_path(folder, about), target)
        shutil.rmtree(former)
    else:
        durable.move(draft_path(folder, about), target)


def recover(folder: Path, statements: Sequence[Statement]) -> None:
    """Finish what was announced, remove what was not."""
    announced = {s.about: s.value["files"] for s in statements if s.says == WROTE}
    for about, files in announced.items():
        if is_pending(folder, about, files):
            put_in_place(folder, about)
            log.warning("%s was finished after an interruption", about)
    for left in sorted((folder / NAME).glob("*")):
        log.info("removing %s, left by an interrupted process", left.name)
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


def is_pending(folder: Path, about: str, files: Mapping[str, Any]) -> bool:
    """Whether the part was announced with these bytes but not yet put in place."""
    draft = draft_path(folder, about)
    free = about == REPLACED or not (folder / about).exists()
    return free and draft.is_dir() and seal(draft) == files
