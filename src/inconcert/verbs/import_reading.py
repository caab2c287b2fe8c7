"""One file that is understood becomes one import: of posts, or of what is known beside them."""

from __future__ import annotations

from dataclasses import replace

import pyarrow.parquet as pq

from inconcert.case import Case, write_parquet
from inconcert.errors import InputError
from inconcert.ingest.reading import Reading
from inconcert.ingest.stream.members import path_inside
from inconcert.normalise.given import SHEETS
from inconcert.progress import Progress
from inconcert.verbs.import_file import import_file
from inconcert.verbs.import_given import GIVEN, import_given
from inconcert.verbs.import_result import ImportResult, begun, finished, import_id, imports_row, read_before
from inconcert.verbs.met_before import parts_before

ROLE_WORDS = {
    "case": "posts under investigation",
    "control": "the ordinary crowd",
    GIVEN: "what is known beside the posts",
}


def import_reading(
    case: Case, sha256: str, reading: Reading, role: str, progress: Progress, insisted: str | None = None
) -> ImportResult:
    """Read a stored original into the case, unless it was read in the same way before.

    role: of posts, "case" or "control"; records of other tables have the role "given" whatever is said.
    insisted: private messages or credentials in the archive it lies in, in words, that the user insists on reading.
    InputError when the same bytes were read in another way before, or most of the records cannot be used.
    """
    reading = replace(reading, insisted=reading.insisted or insisted)
    table = reading.importer.table
    role = role if table == "posts" else GIVEN
    id = import_id(sha256, reading, role)
    result = begun(reading, id, already=id in case.imports(role))
    if result.already:
        return read_before(case, result)
    _refuse_twice(case, sha256, reading, role)
    facts = {"file": reading.file, "original": sha256, "importer": reading.importer.name, "role": role}
    if reading.insisted is not None:
        facts["insisted"] = reading.insisted
    with case.writing("data", id, facts) as folder:
        if table == "posts":
            tally = import_file(reading, id, folder, parts_before(case, role), progress)
        else:
            tally = import_given(SHEETS[table], reading, {}, sha256, id, folder, progress)
        result = finished(result, tally)
        write_parquet(imports_row(result, reading, sha256, role), folder / "imports.parquet")
    return result


def _refuse_twice(case: Case, sha256: str, reading: Reading, role: str) -> None:
    """InputError when the same bytes were read before: in another way, so that every record would count twice, or for the
    other role of posts."""
    for part in (part for known_role in ROLE_WORDS for part in case.parts("imports", known_role)):
        known = pq.read_table(part, columns=["import_id", "file", "sha256", "role", "importer"]).to_pylist()[0]
        if known["sha256"] != sha256 or path_inside(known["file"]) != path_inside(reading.file):
            continue
        if {known["role"], role} == {"case", "control"}:
            raise InputError(
                f"{reading.file} is in this case already as {ROLE_WORDS[known['role']]}: a crowd cannot be held against "
                "itself. Give posts of other accounts, which nobody suspects, as --control."
            )
        if known["role"] == role and (role != GIVEN or known["importer"] == reading.importer.name):
            raise InputError(
                f"{reading.file} was read into this case before, in another way (import {known['import_id']}: with another "
                "format, other columns or another time zone); read again, every post would count twice. What it set aside "
                "then can be read in this way: inconcert rejects CASE --retry. To read all of it so, name another case: --case "
                "FOLDER, or the first argument of ingest."
            )
