"""Take an import out of everything that is computed from now on, or put it back; nothing is removed from the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.case.withdrawals import RESTORED, STANDS_FOR, WITHDREW
from inconcert.errors import InputError
from inconcert.ingest.importers import IMPORTERS
from inconcert.progress import Progress, silent
from inconcert.verbs.find_imports import find_imports
from inconcert.verbs.media_of_posts import shows_posts_of
from inconcert.verbs.met_before import OF_THE_ROLE
from inconcert.verbs.native_bytes import original
from inconcert.verbs.read_again import opened_again, read_set_aside, read_whole
from inconcert.verbs.reject_groups import rows_set_aside
from inconcert.verbs.report_notice import mark_report
from inconcert.verbs.standing import Root, roots, stand_in_id, stood_for, with_retries

MEDIA = "media"
"""Importer of folders of pictures, which are matched with posts and not joined with them."""


@dataclass(frozen=True)
class Withdrawn:
    """What a withdrawal changed.

    import_id, file: what was withdrawn, or put back (undone).   reason: as given.   already: it was so before; nothing was done.
    retries: imports that came and went with it, as they read what it set aside.
    read_again: {file: import that now stands for it}, None for a folder of pictures that has to be read again.
    runs: how many runs were made with what does not count any more.   report: whether the report says so of itself.
    """

    import_id: str
    file: str
    undone: bool
    reason: str
    already: bool
    retries: tuple[str, ...]
    read_again: Mapping[str, str | None]
    runs: int
    report: bool


def withdraw(
    case: Case, named: str, *, reason: str | None = None, undo: bool = False, now: datetime, progress: Progress = silent
) -> Withdrawn:
    """Withdraw an import: no later run reads it, and imports made after it are read again as if it had never been there.

    Its original, its tables and its entries in the ledger stay. The change is one line of the ledger, written last: killed
    before it, nothing has changed, and the same call goes on from what was read again.
    named: an import, by its id or the name of its file.   reason: why, for whoever reads the case later.
    undo: put a withdrawn import back.
    UnknownName when there is no such import; InputError without a reason, when several imports have that name, or when a later
    import can no longer be read.
    """
    if not undo and not (reason or "").strip():
        raise InputError("Say why, for whoever reads this case later: --reason TEXT")
    case = replace(case, clock=lambda: now)
    with case.lock():
        statements, state = case.statements(), case.withdrawals()
        known, of = roots(case, statements), stood_for(statements)
        one = _the_root(known, of, named, [*state.withdrawn] if undo else None)
        already = (one.id in state.withdrawn) is not undo
        withdrawn = {id: why for id, why in state.withdrawn.items() if id != one.id}
        if not undo:
            withdrawn[one.id] = state.withdrawn[one.id] if already else str(reason).strip()
        gone = with_retries(withdrawn, known, of)
        stands_for = dict(state.stands_for)
        if not already:
            stands_for = _Standing(case, known, of, gone, progress).all()
            value = {"reason": reason, "withdrawn": withdrawn, "gone": gone, "stands_for": stands_for}
            case.say(f"data/{one.id}", RESTORED if undo else WITHDREW, value)
        marked = mark_report(case)
        runs = case.runs()
        return Withdrawn(
            import_id=one.id,
            file=one.row["file"],
            undone=undo,
            reason=withdrawn.get(one.id, reason or ""),
            already=already,
            retries=tuple(sorted(({*gone} ^ {*state.gone}) - {one.id})),
            read_again={
                root.row["file"]: stands_for.get(root.id, root.id)
                for root in known
                if root.id not in gone and stands_for.get(root.id, root.id) != state.stands_for.get(root.id, root.id)
            },
            runs=len(case.outdated_runs(runs)),
            report=marked,
        )


def _the_root(known: Sequence[Root], of: Mapping[str, str], named: str, among: Sequence[str] | None) -> Root:
    """The import as it was first read; of those withdrawn when among names them."""
    by_id = {root.id: root for root in known}
    if (id := of.get(named, named)) in by_id:
        return by_id[id]
    if among is not None and not among:
        raise InputError("Nothing is withdrawn from this case.")
    eligible = {id: root.row for id, root in by_id.items() if among is None or id in among}
    found = [id for id in find_imports(eligible, named) if not eligible[id].get("retries")]
    if len(found) != 1:
        told = ", ".join(f"{id} ({eligible[id]['file']})" for id in found[:5])
        raise InputError(f"{len(found):,} imports are called '{named}'. Name one by its id: {told}.")
    return by_id[found[0]]


class _Standing:
    """Which import stands for each root while `gone` does not count; those that do not exist yet are made."""

    def __init__(
        self, case: Case, known: Sequence[Root], of: Mapping[str, str], gone: Sequence[str], progress: Progress
    ) -> None:
        self._case, self._known, self._of, self._gone, self._progress = case, known, of, frozenset(gone), progress
        self._stands: dict[str, str | None] = {}
        self._media_left_out = False

    def all(self) -> dict[str, str | None]:
        """{root: import in its place, None where nothing of it is left}, of those for which another stands."""
        joins = {root.id for root in self._known if root.joined and root.row["importer"] != MEDIA}
        before: set[str] = set()
        for root in self._known:
            without = root.without & joins
            if root.id in self._gone:
                before |= {root.id} & joins
                self._media_left_out |= root.row["importer"] == MEDIA
            elif not root.joined:
                self._stands[root.id] = root.id
            elif root.row["importer"] == MEDIA:
                self._stands[root.id] = self._of_media(root, without, before)
            else:
                self._stands[root.id] = root.id if without == before else self._read_again(root, before)
        return {id: stands for id, stands in self._stands.items() if stands != id}

    def _of_media(self, root: Root, without: frozenset[str], before: set[str]) -> str | None:
        new = before - without
        stays = without <= before and not self._media_left_out
        if stays and not (new and shows_posts_of(self._case, root.id, new)):
            return root.id
        self._media_left_out = True  # later folders rest on what earlier ones described
        return None

    def _read_again(self, root: Root, before: set[str]) -> str | None:
        id = stand_in_id(root, before)
        if (self._case.path / "data" / id).is_dir():
            return id
        row = dict(root.row)
        retried = row.get("retries")
        if row["importer"] not in IMPORTERS:
            raise InputError(
                f"{row['file']} (import {root.id}) was read by '{row['importer']}', which this version lacks."
            )
        if retried is not None:
            stands = self._stands[self._of.get(retried, retried)]
            if stands is None or not rows_set_aside(self._case, stands, None):
                return None
            row = {**_row(self._case, stands), "options": row["options"]}
        facts = {
            "file": row["file"], "original": row["sha256"], "importer": row["importer"], "role": row["role"],
            STANDS_FOR: root.id, "without": sorted(before),
        }  # fmt: skip
        with original(self._case, row) as stream:
            reading = opened_again(row, stream)
            try:
                with self._case.writing("data", id, facts) as folder:
                    if retried is None:
                        read_whole(reading, row, id, folder, self._earlier(root), self._progress)
                    else:
                        read_set_aside(self._case, reading, row, id, folder, self._earlier(root), self._progress)
            except InputError as refusal:
                if retried is not None:  # nothing that is still set aside can be used: it lies where it did
                    return None
                raise InputError(
                    f"Nothing was changed: {row['file']} (import {root.id}) was read later and must be read again for this, "
                    f"which fails: {refusal}"
                ) from refusal
        return id

    def _earlier(self, root: Root) -> dict[str, list[Path]]:
        """What it joins, by table; see `met_before.parts_before`."""
        before = self._known[: self._known.index(root)]
        standing = [(one.row["role"], id) for one in before if one.joined and (id := self._stands.get(one.id))]
        own = [id for role, id in standing if role == root.row["role"]]
        parts = {name: self._files(name, own) for name in OF_THE_ROLE}
        return parts | {"accounts": self._files("accounts", [id for _, id in standing])}

    def _files(self, name: str, ids: Sequence[str]) -> list[Path]:
        files = (self._case.path / "data" / id / f"{name}.parquet" for id in sorted(ids))
        return [file for file in files if file.is_file()]


def _row(case: Case, import_id: str) -> dict[str, Any]:
    row: dict[str, Any] = pq.read_table(case.path / "data" / import_id / "imports.parquet").to_pylist()[0]
    return row
