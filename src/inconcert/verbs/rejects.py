"""What was set aside when files were read, why, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from inconcert.case import Case
from inconcert.errors import InputError
from inconcert.normalise.local_time import refuse_unknown_zone
from inconcert.progress import Progress, silent
from inconcert.verbs.find_imports import find_imports
from inconcert.verbs.native_bytes import import_rows
from inconcert.verbs.reject_export import Exported, export_rejects
from inconcert.verbs.reject_groups import Imports, RejectGroup, reject_groups, reject_reasons, rows_set_aside
from inconcert.verbs.retry import Retried
from inconcert.verbs.retry import retry as read_again

REASONS_SHOWN = 20


@dataclass(frozen=True)
class Rejects:
    """What lies set aside in a case.

    rows: records set aside that no retry has read since.   groups: by file, column and reason; the commonest unless all were
    asked for.   reasons: how many groups there are in all.   retried: {import id: the retry that read what it set aside}.
    exported: the file that was written.   retries: what was read again now; then groups are what is left.
    """

    rows: int
    groups: tuple[RejectGroup, ...]
    reasons: int
    retried: Mapping[str, str]
    exported: Exported | None = None
    retries: tuple[Retried, ...] = ()


def rejects(
    case: Case,
    named: str | None = None,
    *,
    reason: str | None = None,
    limit: int = 3,
    all: bool = False,
    export: Path | None = None,
    retry: bool = False,
    mapping: Mapping[str, str] | None = None,
    format: str | None = None,
    platform: str | None = None,
    zone: str | None = None,
    day_first: bool | None = None,
    force: bool = False,
    now: datetime,
    progress: Progress = silent,
) -> Rejects:
    """The records and values that were set aside, by file, column and reason, with what the source wrote for the first ones.

    named: of one import alone, by its id, or of all whose file has that name.   reason: only reasons that hold these words,
    whatever their case.
    limit: most records shown of each reason.   all: every reason, not only the commonest.
    export: a file to which the records set aside are written as their source wrote them; for one import.   force: replace it.
    retry: read the records set aside again, with mapping, format, platform, zone and day_first as `ingest` takes them; what can
    be read now becomes a new import, what still cannot stays set aside. Records that were kept are not read again.
    UnknownName for an import, a file, a format, a column or a zone; InputError when no reason holds those words, and when options
    contradict each other.
    """
    changes = any((mapping, format, platform, zone)) or day_first is not None
    if changes and not retry:
        raise InputError(
            "What records are to be read as is asked with --retry alone: --map, --format, --platform, --zone, --day-first."
        )
    if retry and (reason is not None or export is not None):
        raise InputError("--retry reads every record set aside again; --reason and --export go without it.")
    if zone is not None:
        refuse_unknown_zone(zone)
    case = replace(case, clock=lambda: now)
    imports = import_rows(case)
    ids = None if named is None else find_imports(imports, named)
    retries: tuple[Retried, ...] = ()
    if retry:
        with case.lock():
            retries = read_again(
                case, imports, _to_retry(imports, ids), mapping=mapping or {}, format=format, platform=platform,
                zone=zone, day_first=day_first, progress=progress,
            )  # fmt: skip
        imports = import_rows(case)
    retried = {row["retries"]: id for id, row in imports.items() if row.get("retries")}
    chain = _chain(imports, ids)
    asked = {id: id not in retried for id in chain}
    groups, reasons = reject_groups(case, imports, asked, reason, limit=limit, most=None if all else REASONS_SHOWN)
    if reason is not None and not groups:
        known = reject_reasons(case, asked)
        told = "; ".join(known[:REASONS_SHOWN]) + ("; ..." if len(known) > REASONS_SHOWN else "")
        raise InputError(
            f"No reason holds the words '{reason}'. " + (f"Reasons here: {told}." if known else "Nothing is set aside.")
        )
    exported = None
    if export is not None:
        one = _the_one(imports, _to_retry(imports, ids))
        exported = export_rejects(case, imports[one], rows_set_aside(case, one, reason), Path(export), force=force)
    left = sum(imports[id]["rows_rejected"] for id, is_left in asked.items() if is_left)
    return Rejects(
        left, tuple(groups), reasons, {id: by for id, by in retried.items() if id in asked}, exported, retries
    )


def _chain(imports: Imports, ids: Sequence[str] | None) -> list[str]:
    """All imports, or some and those that retry them."""
    if ids is None:
        return list(imports)
    chain = list(ids)
    for retried in chain:
        chain += [id for id, row in imports.items() if row.get("retries") == retried and id not in chain]
    return chain


def _to_retry(imports: Imports, ids: Sequence[str] | None) -> list[str]:
    """The imports, of all or of those, that set records aside which no retry has read since."""
    retried = {row.get("retries") for row in imports.values()}
    left = [id for id in _chain(imports, ids) if id not in retried and imports[id]["rows_rejected"]]
    if not left:
        where = f"{imports[ids[0]]['file']} (import {ids[0]})" if ids else "the case"
        raise InputError(f"No record of {where} is set aside.")
    return left


def _the_one(imports: Imports, ids: Sequence[str]) -> str:
    if len(ids) == 1:
        return ids[0]
    named = ", ".join(f"{id} ({imports[id]['file']})" for id in ids[:5])
    raise InputError(f"{len(ids):,} imports set records aside; one file holds those of one. Name it: {named}.")
