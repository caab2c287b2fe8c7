"""The bytes that a source wrote for a record, out of the originals of a case."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from inconcert.case import Case, scratch
from inconcert.errors import CaseError
from inconcert.ingest.formats.open_sheet import open_sheet
from inconcert.ingest.masking import masked_record
from inconcert.ingest.natives import PRIVATE, Natives, native_texts
from inconcert.ingest.piece import Sheet
from inconcert.ingest.stream.byte_stream import ByteStream
from inconcert.ingest.stream.members import Member, members, path_inside
from inconcert.verbs.native_numbers import places_of

HEADER = 0
"""Number under which the header of separated text is found."""


def import_rows(case: Case) -> dict[str, dict[str, Any]]:
    """{import id: its row of `imports`} of all imports of the case, sorted by id."""
    ids = sorted({id for role in ("case", "control", "given") for id in case.imports(role)})
    return {id: pq.read_table(case.path / "data" / id / "imports.parquet").to_pylist()[0] for id in ids}


def native_bytes(case: Case, imported: Mapping[str, Any], row_refs: Collection[int]) -> Iterator[tuple[int, bytes]]:
    """(record number, bytes) of those records of an import, in the order of the file; several may lie in the same bytes.

    imported: its row of `imports`.   row_refs: HEADER among them gives the header of separated text.
    The original is read once, and no further than to the last of them. CaseError when it is not there.
    Credentials that the user insisted on reading are masked: what is shown or written out is no original. Private messages
    that were set aside are left out.
    """
    rows = sorted({*row_refs} - {HEADER} - _private(case, imported["import_id"]))
    by_native: defaultdict[int, list[int]] = defaultdict(list)
    for row, native in zip(rows, places_of(case, imported["import_id"], rows).native_ref.tolist(), strict=True):
        by_native[native].append(row)
    if HEADER in row_refs:
        by_native[HEADER].append(HEADER)
    last = max(by_native, default=-1)
    with original(case, imported) as stream:
        opened = open_sheet(stream, imported["file"])
        for number, text in _texts(opened, imported.get("unfolded")):
            if by_native.get(number) and imported.get("insisted"):
                text = _harmless(text, imported["encoding"] or "utf-8", opened)
            yield from ((row, text) for row in by_native.get(number, ()))
            if number >= last:
                return


@contextmanager
def original(case: Case, imported: Mapping[str, Any]) -> Iterator[ByteStream]:
    """The bytes that an import was read from: an original, or a file in one that is an archive.

    CaseError when the case does not hold them.
    """
    path = case.original(imported["sha256"])
    inside = path_inside(imported["file"])
    with ExitStack() as stack:
        if inside:
            stack.enter_context(case.lock())
        found = stack.enter_context(
            closing(members(path, imported["file"].partition("/")[0], _folder(case), inside or None))
        )
        for one in found:
            if isinstance(one, Member) and one.path == inside:
                yield one.stream
                return
    raise CaseError(f"{imported['file']} was not found in the original {imported['sha256']}. Ingest the file again.")


def _private(case: Case, import_id: str) -> set[int]:
    """Numbers of the records that were set aside as private messages."""
    file = case.path / "data" / import_id / "rejects.parquet"
    if not file.is_file():
        return set()
    return {*pq.read_table(file, columns=["row_ref"], filters=[("reason", "=", PRIVATE)])["row_ref"].to_pylist()}


def _harmless(record: bytes, encoding: str, opened: Sheet | Natives) -> bytes:
    """A record as its file has it, without credentials; the same bytes where it has none."""
    written = record.decode(encoding, "replace")
    shown = masked_record(written, opened.columns if isinstance(opened, Sheet) else ())
    return record if shown == written else shown.encode(encoding, "replace")


def _folder(case: Case) -> Path:
    """Where files out of archives are unpacked that cannot be read where they are."""
    return case.path / scratch.NAME / "unpacked"


def _texts(opened: Sheet | Natives, unfolded: str | None) -> Iterator[tuple[int, bytes]]:
    if isinstance(opened, Sheet):
        return opened.texts()
    return native_texts(opened, frozenset(json.loads(unfolded) if unfolded else ()))
