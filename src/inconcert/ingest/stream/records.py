"""Where records end in separated text, and blocks of whole records cut there.

A line end inside a quoted field belongs to the field, so records cannot be cut at line ends; and a quote that is never closed
would swallow the rest of the file. Every byte is looked at once (compiled); no record may be longer than RECORD_BYTES_MAX,
which bounds memory and tells an unclosed quote from a long text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from inconcert.errors import InputError
from inconcert.ingest.stream.supply import RECORD_BYTES_MAX, Supply

IN_VAIN_MAX = 100 * RECORD_BYTES_MAX
"""Bytes looked through for the end of records that have none, after which a file is refused."""

WAITS, OPEN, BROKEN = 0, 1, 2
"""What follows the whole records: part of a record, part of one inside quotes, a record whose quotes make no sense."""

_LF, _CR, _QUOTE = 10, 13, 34
_NONE = np.empty(0, np.int64)
_FIELD_START, _PLAIN, _QUOTED, _QUOTE_SEEN = 0, 1, 2, 3


@dataclass(frozen=True)
class Records:
    """Whole records, back to back: their bytes and how many there are (empty lines are no records)."""

    content: bytes
    count: int


@dataclass(frozen=True)
class Unreadable:
    """The first line of a record that has no end, or that makes no sense."""

    line: bytes
    reason: str


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def scan(
    content: NDArray[np.uint8], separator: int, widths: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[int, int, int, int]:
    """Length of the whole records in the bytes, how many there are, WAITS, OPEN or BROKEN, and how far it was looked.

    A quote opens a field only at its beginning; doubled quotes stand for one. A record is BROKEN when a quoted field that has
    a line end in it is closed by a quote in the middle of a word: that quote was meant to open another field, and the record
    would swallow the next. Writes the number of fields of the first records into `widths`, and where they end into `ends`.
    """
    state, end, count, fields, blank = _FIELD_START, 0, 0, 1, True
    over_lines, senseless = False, False
    for i in range(len(content)):
        byte = content[i]
        if state == _QUOTED:
            if byte == _QUOTE:
                state = _QUOTE_SEEN
            elif byte in (_LF, _CR):
                over_lines = True
        elif byte in (_LF, _CR):
            if senseless:
                return end, count, BROKEN, i + 1
            if not blank:
                if count < len(widths):
                    widths[count] = fields
                if count < len(ends):
                    ends[count] = i + 1
                count += 1
            state, end, fields, blank = _FIELD_START, i + 1, 1, True
            over_lines, senseless = False, False
        else:
            blank = False
            if byte == separator:
                state = _FIELD_START
                fields += 1
            elif byte == _QUOTE and state != _PLAIN:
                state = _QUOTED
            else:
                senseless = senseless or (over_lines and state == _QUOTE_SEEN)
                state = _PLAIN
    return end, count, OPEN if state == _QUOTED else WAITS, len(content)


def each_record(records: Records, separator: str) -> Iterator[bytes]:
    """The bytes of every record, with its line end, empty lines before it left out."""
    ends = np.zeros(records.count, np.int64)
    scan(np.frombuffer(records.content, np.uint8), ord(separator), _NONE, ends)
    start = 0
    for end in ends.tolist():
        yield records.content[start:end].lstrip(b"\r\n")
        start = end


def whole_records(blocks: Iterator[bytes], separator: str, name: str) -> Iterator[Records | Unreadable]:
    """The records of UTF-8 text, many at a time; of one that has no end or makes no sense the first line is set aside.

    Where the bytes break off (Damaged), what was read of the last record is set aside. name: what messages call the file.
    InputError when looking for the ends of records takes more than IN_VAIN_MAX bytes.
    """
    supply, in_vain = Supply(blocks), 0
    while True:
        end, count, rest, seen = scan(supply.waiting(), ord(separator), _NONE, _NONE)
        if end:
            content = supply.take(end)
            if count:
                yield Records(content, count)
        if rest != BROKEN and (end or supply.more()):
            continue
        if not len(supply) or supply.damage is not None:
            break
        in_vain += seen - end
        if in_vain > IN_VAIN_MAX:
            raise InputError(f"{name} has too many records whose quotes never close. Export it again.")
        yield Unreadable(supply.take_line(), _WHY[rest])
    if supply.damage is not None:
        yield Unreadable(supply.take_line(), supply.damage)


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
        yield Unreadable(supply.take_line(), supply.damage)


_SIZE = f"{RECORD_BYTES_MAX >> 20} MiB"
_WHY = {
    WAITS: f"longer than {_SIZE} without a line end",
    OPEN: f"a quote opens here and does not close within {_SIZE} or before the file ends",
    BROKEN: "a quote opens here and closes in the middle of a word on a later line",
}
