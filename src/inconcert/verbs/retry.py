"""Records that an import set aside are read again, in another way or by a newer importer; those it kept are not."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from inconcert.case import Case
from inconcert.case.folder import PROGRAM
from inconcert.case.scratch import WROTE
from inconcert.errors import InputError
from inconcert.ingest.importers import IMPORTERS
from inconcert.ingest.reading import Reading
from inconcert.progress import Progress
from inconcert.verbs.import_given import GIVEN
from inconcert.verbs.import_result import import_id
from inconcert.verbs.met_before import parts_before
from inconcert.verbs.native_bytes import original
from inconcert.verbs.read_again import opened_again, read_set_aside

UNCHANGED = (
    "Nothing was done: they would be read as before. Say what is to change, for instance --map FIELD=COLUMN, --format NAME, "
    "--platform NAME, --zone ZONE or --day-first; a newer version of Inconcert is a change too."
)
NOT_ALONE = "They were read by 'add' or lie in a folder of pictures, whose records are not read again: mend the file and read it again."


@dataclass(frozen=True)
class Retried:
    """What became of the records that one import set aside.

    retries: that import.   import_id: the new one, None when nothing was added.   rows_read: records that were read again
    = rows_kept + rows_duplicate + rows_rejected; 0 when nothing was done.   notes: what the user should know.
    """

    file: str
    retries: str
    import_id: str | None
    rows_read: int
    rows_kept: int
    rows_duplicate: int
    rows_rejected: int
    notes: tuple[str, ...]
    reject_examples: tuple[str, ...]


def retry(
    case: Case,
    imports: Mapping[str, Mapping[str, Any]],
    ids: Sequence[str],
    *,
    mapping: Mapping[str, str],
    format: str | None,
    platform: str | None,
    zone: str | None,
    day_first: bool | None,
    progress: Progress,
) -> tuple[Retried, ...]:
    """Read again what those imports set aside; what can be read now becomes a new import each.

    imports: rows of `imports` by id.   The options go before those with which the imports were read; see `ingest`.
    InputError, before anything is written, when the options do not fit a file; UnknownName likewise.
    """

    understood = partial(
        opened_again, mapping=mapping, format=format, platform=platform, zone=zone, day_first=day_first
    )
    chosen = [imports[id] for id in ids]
    for imported in chosen:
        if imported["importer"] in IMPORTERS:
            with original(case, imported) as stream:
                _refuse_cut_otherwise(imported, understood(imported, stream))
    done = []
    for imported in chosen:
        if imported["importer"] not in IMPORTERS:
            done.append(_nothing(imported, NOT_ALONE))
            continue
        with original(case, imported) as stream:
            done.append(_retry_one(case, imported, understood(imported, stream), progress))
    return tuple(done)


def _retry_one(case: Case, imported: Mapping[str, Any], reading: Reading, progress: Progress) -> Retried:
    before, role, sha256 = imported["import_id"], imported["role"], imported["sha256"]
    same = import_id(sha256, reading, role, imported.get("retries")) == before
    if same and _program(case, before) == PROGRAM:
        return _nothing(imported, UNCHANGED)
    id = import_id(sha256, reading, role, before)
    facts = {
        "file": reading.file,
        "original": sha256,
        "importer": reading.importer.name,
        "role": role,
        "retries": before,
    }
    try:
        with case.writing("data", id, facts) as folder:
            earlier = {} if role == GIVEN else parts_before(case, role)
            tally = read_set_aside(case, reading, imported, id, folder, earlier, progress)
    except InputError as error:  # what cannot be read still lies where it did
        return _nothing(imported, str(error))
    return Retried(
        file=reading.file,
        retries=before,
        import_id=id,
        rows_read=tally.rows_read,
        rows_kept=tally.rows_kept,
        rows_duplicate=tally.rows_duplicate,
        rows_rejected=tally.rows_rejected,
        notes=tally.notes,
        reject_examples=tally.examples,
    )


def _nothing(imported: Mapping[str, Any], why: str) -> Retried:
    return Retried(imported["file"], imported["import_id"], None, 0, 0, 0, 0, (why,), ())


def _refuse_cut_otherwise(imported: Mapping[str, Any], reading: Reading) -> None:
    """InputError when the native objects would be others than those in which the records set aside lie."""
    now = None if reading.unfolded is None else sorted(reading.unfolded)
    then = json.loads(imported["unfolded"]) if imported.get("unfolded") else None
    if now != then or reading.importer.table != IMPORTERS[imported["importer"]].table:
        raise InputError(
            f"Read as {reading.importer.name}, {imported['file']} has other records than those that were set aside when it was "
            f"read as {imported['importer']}. For that, withdraw "
            f"the import (inconcert withdraw CASE {imported['import_id']} --reason TEXT) and ingest the file again."
        )


def _program(case: Case, import_id: str) -> str | None:
    """The program and version that wrote an import."""
    about = f"data/{import_id}"
    return next((said.by for said in case.statements() if said.about == about and said.says == WROTE), None)
