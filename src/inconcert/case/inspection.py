"""A case against its ledger: what was changed, is missing, or was added. Only reads, so read-only media will do."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inconcert import ledger
from inconcert.case import custody, lock, scratch, torn
from inconcert.case.folder import CREATED, STORED, Case
from inconcert.ledger import Statement
from inconcert.progress import Progress

PARTS = ("raw", "data", "runs", "report")
"""Folders in which every file must be known to the ledger; elsewhere in a case an analyst may keep notes."""
VIEWS = ".view"
"""Folder of what was derived from a case to show it; it may be deleted, and is not checked."""


@dataclass(frozen=True)
class Fault:
    """One thing that is not as the ledger says: its path within the case, and what is wrong with it."""

    path: str
    what: str


def statements_and_faults(case: Case) -> tuple[list[Statement], list[Fault]]:
    """The lines of the ledger that hold, and a fault for each that does not."""
    name = case.ledger.name
    if not case.ledger.is_file():
        return [], [Fault(name, "is missing")]
    statements, faults = [], []
    for number, item in enumerate(ledger.examine(case.ledger), start=1):
        if isinstance(item, str):
            faults.append(Fault(name, f"line {number} {item}"))
        else:
            statements.append(item)
    if ledger.torn_tail(case.ledger):
        what = "has a torn last line; if a process was killed, the next command that writes sets the line aside"
        faults.append(Fault(name, what))
    if not any(s.says == CREATED for s in statements):
        faults.append(Fault(name, "does not say that the case was created: its beginning was cut off"))
    return statements, faults


def expected_files(statements: Sequence[Statement]) -> dict[str, Mapping[str, Any]]:
    """{path within the case: {"sha256", "bytes"}} of every file that should be there."""
    files: dict[str, Mapping[str, Any]] = {}
    for said in statements:
        if said.says in (CREATED, STORED, torn.SET_ASIDE):
            files[said.about] = said.value
        elif said.says == scratch.WROTE:
            former = [path for path in files if path.startswith(f"{said.about}/")]
            for path in former:
                del files[path]
            files |= {f"{said.about}/{name}": its for name, its in said.value["files"].items()}
    return dict(sorted(files.items()))


def pending_parts(case: Case, statements: Sequence[Statement]) -> list[str]:
    """Parts that were announced and lie ready in the scratch folder of a process that was killed."""
    newest = {s.about: s.value["files"] for s in statements if s.says == scratch.WROTE}
    return [about for about, files in newest.items() if scratch.is_pending(case.path, about, files)]


def file_faults(case: Case, expected: Mapping[str, Mapping[str, Any]], progress: Progress) -> Iterator[Fault]:
    """A fault for every expected file that is missing or whose bytes have another hash."""
    total, done = sum(its["bytes"] for its in expected.values()), 0
    for name, its in expected.items():
        path = case.path / name
        try:
            size = path.stat().st_size
            if size != its["bytes"]:
                yield Fault(name, f"was changed: it has {size:,} bytes, it had {its['bytes']:,}")
            elif custody.sha256_of(path) != its["sha256"]:
                yield Fault(name, "was changed: its hash is not the recorded one")
        except FileNotFoundError:
            remedy = "; run the verb again to make it anew" if name.startswith("runs/") else ""
            yield Fault(name, f"is missing{remedy}")
        except OSError as error:
            yield Fault(name, f"cannot be read: {error.strerror}")
        done += its["bytes"]
        progress("hashing files", done, total)


def strangers(case: Case, expected: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, bool]]:
    """Files the ledger does not know, each with whether that is a fault (it is inside PARTS).

    An original that a killed process stored but could not enter yet is named by its own hash and is no fault.
    """
    known = {*expected, case.ledger.name, lock.NAME}
    for folder, folders, files in os.walk(case.path):
        inside = Path(folder).relative_to(case.path)
        folders[:] = sorted(name for name in folders if (inside / name).as_posix() not in (scratch.NAME, VIEWS))
        links = [name for name in folders if (case.path / inside / name).is_symlink()]
        for name in sorted([*files, *links]):
            path = (inside / name).as_posix()
            if path not in known:
                yield path, path.split("/")[0] in PARTS and not _is_original(case, path)


def _is_original(case: Case, path: str) -> bool:
    file = case.path / path
    return (
        custody.original_path(case.path, file.name) == file and file.is_file() and custody.sha256_of(file) == file.name
    )
