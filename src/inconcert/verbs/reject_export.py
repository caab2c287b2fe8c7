"""Records that were set aside, as their source wrote them, in a file that a person can mend and ingest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inconcert.case import Case
from inconcert.errors import InputError
from inconcert.ingest.formats.open_sheet import open_sheet
from inconcert.ingest.stream.encoding import mark_of
from inconcert.ingest.stream.supply import RECORD_BYTES_MAX
from inconcert.verbs.export import written_at_once
from inconcert.verbs.native_bytes import HEADER, native_bytes, original

LAYOUTS = {
    "csv": "with the header of the file",
    "json lines": "one object a line",
    "json": "one object after the other",
    "list": "one a line",
    "parquet": "as JSON, one record a line",
}
"""Formats whose records can be written one by one, and how."""


@dataclass(frozen=True)
class Exported:
    """A file that was written.   records: set aside; several of one native object are written once.   layout: in words.

    notes: what the user should know.
    """

    path: Path
    records: int
    bytes: int
    layout: str
    encoding: str
    notes: tuple[str, ...]


def export_rejects(
    case: Case, imported: Mapping[str, Any], rows: Sequence[int], target: Path, *, force: bool = False
) -> Exported:
    """Write the bytes of those records of an import to a file.   imported: its row of `imports`.   force: replace it.

    InputError for a format whose records are no lines of text, and for a target that may not be written.
    """
    with original(case, imported) as stream:
        format = open_sheet(stream, imported["file"]).format
    if format not in LAYOUTS:
        raise InputError(
            f"The records of {imported['file']} cannot be written by themselves: it is a {format} file. Without --export they "
            "are shown."
        )
    encoding = imported["encoding"] or "utf-8"
    line_end, mark = "\n".encode(encoding), mark_of(encoding)
    wanted = [HEADER, *rows] if format == "csv" else rows
    previous: bytes | None = None
    too_long = 0
    with written_at_once(case, target, force=force) as draft:
        with draft.open("wb") as out:
            out.write(mark)
            for _, content in native_bytes(case, imported, wanted):
                if content is previous:  # another record of the same object
                    continue
                previous = content
                out.write(content + line_end)
                too_long += len(content) >= RECORD_BYTES_MAX
        size = draft.stat().st_size
    return Exported(target, len(rows), size, LAYOUTS[format], encoding, tuple(_notes(imported, format, too_long)))


def _notes(imported: Mapping[str, Any], format: str, too_long: int) -> list[str]:
    notes = []
    if format == "json" and imported.get("unfolded") not in (None, "[]"):
        notes.append(f"What {imported['file']} says around the lists of its objects is not in it.")
    if too_long:
        notes.append(f"{too_long:,} of them were cut at {RECORD_BYTES_MAX >> 20} MiB.")
    return notes
