"""One record of a file as its source wrote it, with the hashes that prove it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from inconcert.case import Case
from inconcert.errors import UnknownName
from inconcert.verbs.native_bytes import import_rows, native_bytes


@dataclass(frozen=True)
class Record:
    """content: its bytes; several records may lie in the same ones.   sha256: of them.   file: as it was given, with the path within an
    archive.   original: SHA-256 of the file in the case.
    """

    import_id: str
    row_ref: int
    content: bytes
    sha256: str
    file: str
    original: str


def record(case: Case, import_id: str, row_ref: int) -> Record:
    """The bytes that an import read a record from. The file is read up to there, which takes seconds in a file of gigabytes.

    UnknownName for an import or a record that is not there; CaseError when the original is not.
    """
    imports = import_rows(case)
    if import_id not in imports:
        raise UnknownName("import", import_id, imports)
    for _, content in native_bytes(case, imports[import_id], [row_ref]):
        about = imports[import_id]
        return Record(import_id, row_ref, content, hashlib.sha256(content).hexdigest(), about["file"], about["sha256"])
    raise UnknownName(f"record of the import {import_id}", str(row_ref), ())
