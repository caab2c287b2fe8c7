"""One file that is understood becomes one import: of posts, or of what is known beside them."""

from __future__ import annotations

from dataclasses import replace

from inconcert.case import Case, write_parquet
from inconcert.errors import InputError
from inconcert.ingest.reading import Reading
from inconcert.ingest.stream.members import path_inside
from inconcert.normalise.given import SHEETS
from inconcert.progress import Progress
from inconcert.verbs.import_file import import_next
from inconcert.verbs.import_given import GIVEN, import_given
from inconcert.verbs.import_result import ImportResult, begun, finished, import_id, imports_row, read_before
from inconcert.verbs.read_so_far import ReadSoFar

ROLE_WORDS = {
    "case": "posts under investigation",
    "control": "the ordinary crowd",
    GIVEN: "what is known beside the posts",
}


def import_reading(
    case: Case,
    sha256: str,
    reading: Reading,
    role: str,
    so_far: ReadSoFar,
    progress: Progress,
    insisted: str | None = None,
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
    stands = so_far.standing(id, role)
    result = begun(reading, stands or id, already=stands is not None)
    if result.already:
        return read_before(case, result)
    _refuse_twice(case, so_far, sha256, reading, role)
    facts = {"file": reading.file, "original": sha256, "importer": reading.importer.name, "role": role}
    if reading.insisted is not None:
        facts["insisted"] = reading.insisted
    with case.writing("data", id, facts) as folder:
        if table == "posts":
            tally = import_next(reading, id, folder, so_far.before, progress)
        else:
            tally = import_given(SHEETS[table], reading, {}, sha256, id, folder, progress)
        result = finished(result, tally)
        write_parquet(imports_row(result, reading, sha256, role), folder / "imports.parquet")
    so_far.add(id)
    return result


def _refuse_twice(case: Case, so_far: ReadSoFar, sha256: str, reading: Reading, role: str) -> None:
    """InputError when the same bytes were read before: in another way, so that every record would count twice, or for the
    other role of posts."""
    for known in so_far.imports_of(sha256):
        if path_inside(known["file"]) != path_inside(reading.file):
            continue
        if {known["role"], role} == {"case", "control"}:
            raise InputError(
                f"{reading.file} is in this case already as {ROLE_WORDS[known['role']]}: a crowd cannot be held against "
                "itself. Give posts of other accounts, which nobody suspects, as --control."
            )
        if known["role"] == role and (role != GIVEN or known["importer"] == reading.importer.name):
            raise InputError(
                f"{reading.file} was read into this case before, in another way (import {known['import_id']}: with another "
                "format, other columns, another time zone or order of dates); read again, every post would count twice. To read all "
                f"of it in this way, withdraw that import first: inconcert withdraw {case.typed} {known['import_id']} --reason "
                f'"read again". To read so only what it set aside: inconcert rejects {case.typed} {known["import_id"]} --retry'
            )
