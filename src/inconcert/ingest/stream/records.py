"""Separated text and lines cut into blocks of whole records.

A line end inside a quoted field belongs to the field, so records cannot be cut at line ends; and a quote that is never closed
would swallow the rest of the file. No record may be longer than RECORD_BYTES_MAX, which bounds memory and tells an unclosed
quote from a long text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from inconcert.errors import InputError
from inconcert.ingest.stream.record_ends import BROKEN, OPEN, WAITS, Cutter
from inconcert.ingest.stream.supply import RECORD_BYTES_MAX, Supply

IN_VAIN_MAX = 100 * RECORD_BYTES_MAX
"""Bytes looked through for the end of records that have none, after which a file is refused."""


@dataclass(frozen=True)
class Records:
    """Whole records, back to back: their bytes and how many there are (empty lines are no records)."""

    content: bytes
    count: int


@dataclass(frozen=True)
class Unreadable:
    """The first line of a record that has no end, or that makes no sense; the whole of one that breaks off. Its first
    RECORD_BYTES_MAX bytes, without line end."""

    line: bytes
    reason: str


def each_record(records: Records, separator: str) -> Iterator[bytes]:
    """The bytes of every record, without its line end and the empty lines before it."""
    start = 0
    for end in Cutter(separator).ends(np.frombuffer(records.content, np.uint8), records.count).tolist():
        yield records.content[start:end].strip(b"\r\n")
        start = end


def whole_records(blocks: Iterator[bytes], separator: str, name: str) -> Iterator[Records | Unreadable]:
    """The records of UTF-8 text, many at a time; of one that has no end or makes no sense the first line is set aside.

    Where the bytes break off (Damaged), what was read of the last record is set aside. name: what messages call the file.
    InputError when looking for the ends of records takes more than IN_VAIN_MAX bytes.
    """
    supply, cutter, in_vain = Supply(blocks), Cutter(separator), 0
    while True:
        end, count, rest, seen = cutter.cut(supply.waiting())
        if end:
            content = supply.take(end)
            if count:
                yield Records(content, count)
        if rest != BROKEN and (end or supply.more()):
            continue
        if not len(supply) or (supply.damage is not None and rest != BROKEN):
            break
        in_vain += seen - end
        if in_vain > IN_VAIN_MAX:
            raise InputError(f"{name} has too many records whose quotes never close. Export it again.")
        yield Unreadable(supply.take_line(), _WHY[rest])
    if supply.damage is not None:
        yield Unreadable(supply.take_rest(), supply.damage)


def whole_lines(blocks: Iterator[bytes]) -> Iterator[list[bytes] | Unreadable]:
    """The lines of UTF-8 text, many at a time, without their ends; empty lines are left out.

    A line longer than RECORD_BYTES_MAX is set aside, and so is what was read of the last line where the bytes break off.
    """
    supply = Supply(blocks)
    while True:
        end = supply.last_line_end()
        if end:
            yield [line for line in supply.take(end).splitlines() if line.strip()]
        elif not supply.more():
            if not len(supply) or supply.damage is not None:
                break
            yield Unreadable(supply.take_line(), _WHY[WAITS])
    if supply.damage is not None:
        yield Unreadable(supply.take_rest(), supply.damage)


_SIZE = f"{RECORD_BYTES_MAX >> 20} MiB"
_WHY = {
    WAITS: f"longer than {_SIZE} without a line end",
    OPEN: f"a quote opens here and does not close within {_SIZE} or before the file ends",
    BROKEN: "a quote opens here and closes in the middle of a word on a later line",
}
