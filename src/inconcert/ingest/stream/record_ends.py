"""Where the records of separated text end.

Where every quote stands at the edge of a field or is doubled inside one, as programs write them, a line end is outside quotes
when the number of quotes before it is even, which is counted many bytes at a time. Any other text is read byte by byte.
"""

from __future__ import annotations

import functools
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

WAITS, OPEN, BROKEN = 0, 1, 2
"""What follows the whole records: part of a record, part of one inside quotes, a record whose quotes make no sense."""

_LF, _CR, _QUOTE = 10, 13, 34
_LINE_ENDS = (_LF, _CR)
_NONE = np.empty(0, np.int64)
_FIELD_START, _PLAIN, _QUOTED, _QUOTE_SEEN = 0, 1, 2, 3
_FIRST_BYTES = 16 << 10
_AT_ONCE_BYTES = 256 << 10
"""Looked through at once: larger stretches would go through main memory again for every byte that is looked for."""
_SLOW_BYTES_MAX = 1 << 20
_COMPILED_ANYWAY_FROM_BYTES = 512 << 20
"""Compiling, or loading what was compiled, takes as long as reading so many bytes without: one by one, and many at a time."""


class Cut(NamedTuple):
    """length: of the whole records, bytes.   records: how many.   rest: WAITS, OPEN or BROKEN.   seen: bytes looked at."""

    length: int
    records: int
    rest: int
    seen: int


class Scan(Protocol):
    """`scan`, compiled or not."""

    def __call__(
        self, content: bytes | NDArray[np.uint8], separator: int, widths: NDArray[np.int64], ends: NDArray[np.int64], /
    ) -> tuple[int, int, int, int]: ...


def scan(
    content: bytes | NDArray[np.uint8], separator: int, widths: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[int, int, int, int]:
    """What `Cut` says of the bytes, read one by one.

    A quote opens a field only at its beginning; doubled quotes stand for one. A record is BROKEN when a quoted field that has
    a line end in it is closed by a quote in the middle of a word: that quote was meant to open another field, and the record
    would swallow the next. Writes the number of fields of the first records into `widths`, and where they end into `ends`.
    """
    state, end, count, fields, blank = _FIELD_START, 0, 0, 1, True
    over_lines, senseless = False, False
    for i, byte in enumerate(content):
        if state == _QUOTED:
            if byte == _QUOTE:
                state = _QUOTE_SEEN
            elif byte in _LINE_ENDS:
                over_lines = True
        elif byte in _LINE_ENDS:
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


@functools.cache
def compiled() -> Scan:
    """`scan`, some fifty times as fast."""
    from numba import njit  # takes a second to load, and few files need it

    fast: Scan = njit(cache=True, nogil=True)(scan)
    return fast


class Scanner:
    """`scan`, compiled once it has been asked for _SLOW_BYTES_MAX: however many files there are, all share that allowance."""

    def __init__(self) -> None:
        self._slow_bytes = 0

    def __call__(
        self, content: NDArray[np.uint8], separator: int, widths: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> tuple[int, int, int, int]:
        """See `scan`."""
        if self._slow_bytes + len(content) > _SLOW_BYTES_MAX:
            return compiled()(content, separator, widths, ends)
        self._slow_bytes += len(content)
        return scan(content.tobytes(), separator, widths, ends)


_scanned = Scanner()


class Cutter:
    """Cuts text of one separator, a stretch at a time."""

    def __init__(self, separator: str) -> None:
        self._separator = ord(separator)
        self._bytes = 0

    def cut(self, content: NDArray[np.uint8]) -> Cut:
        """Where the whole records of the bytes end; what precedes the bytes is outside quotes."""
        self._bytes += len(content)
        if self._bytes > _COMPILED_ANYWAY_FROM_BYTES:
            return Cut(*compiled()(content, self._separator, _NONE, _NONE))
        if found := _quotes_at_edges(content, self._separator):
            lines, is_open = found
            length = int(lines[-1]) + 1 if len(lines) else 0
            count = int(np.count_nonzero(_filled(content, lines)))
            return Cut(length, count, OPEN if is_open else WAITS, len(content))
        return Cut(*_scanned(content, self._separator, _NONE, _NONE))

    def ends(self, content: NDArray[np.uint8], count: int) -> NDArray[np.int64]:
        """Where each of the first `count` records ends, which are whole: one past its line end."""
        if found := _quotes_at_edges(content, self._separator):
            lines, _ = found
            return lines[_filled(content, lines)][:count] + 1
        ends = np.zeros(count, np.int64)
        _scanned(content, self._separator, _NONE, ends)
        return ends


def first_widths(text: bytes, separator: str, count: int) -> NDArray[np.int64]:
    """Number of fields of each of the first records of a text, at most `count`."""
    content, size = np.frombuffer(text, np.uint8), _FIRST_BYTES
    while True:
        widths, broken = _widths(content[:size], ord(separator), count)
        if len(widths) >= count or broken or size >= len(text):
            return widths
        size = max(2 * size, size * count // max(len(widths), 1))


def _widths(content: NDArray[np.uint8], separator: int, count: int) -> tuple[NDArray[np.int64], bool]:
    """Number of fields of each of the first whole records, at most `count`, and whether one after them is BROKEN."""
    if found := _quotes_at_edges(content, separator):
        lines, _ = found
        ends = lines[_filled(content, lines)][:count]
        between = _outside(_places(content, separator), _places(content, _QUOTE))
        return np.diff(np.searchsorted(between, ends), prepend=0) + 1, False
    widths = np.zeros(count, np.int64)
    _, records, rest, _ = _scanned(content, separator, widths, _NONE)
    return widths[: min(records, count)], rest == BROKEN


def _quotes_at_edges(content: NDArray[np.uint8], separator: int) -> tuple[NDArray[np.int64], bool] | None:
    """Line ends outside quotes, and whether a quote is open at the end; None where a quote stands elsewhere than at the edge
    of a field or beside another."""
    lines, returns, quotes = (_places(content, byte) for byte in (_LF, _CR, _QUOTE))
    lines = np.union1d(lines, returns) if len(returns) else lines
    if not len(quotes):
        return lines, False
    edge = np.zeros(256, dtype=bool)
    edge[[separator, _LF, _CR, _QUOTE]] = True
    opening, closing = quotes[::2], quotes[1::2]
    opening = opening[1:] if opening[0] == 0 else opening
    closing = closing[:-1] if len(closing) and closing[-1] == len(content) - 1 else closing
    if not (edge[content[opening - 1]].all() and edge[content[closing + 1]].all()):
        return None
    return _outside(lines, quotes), len(quotes) % 2 == 1


def _outside(places: NDArray[np.int64], quotes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those of the places that have an even number of quotes before them."""
    return places[np.searchsorted(quotes, places) % 2 == 0] if len(quotes) else places


def _places(content: NDArray[np.uint8], byte: int) -> NDArray[np.int64]:
    """Where that byte stands, ascending."""
    starts = range(0, len(content), _AT_ONCE_BYTES)
    return np.concatenate(
        [_NONE, *(np.flatnonzero(content[start : start + _AT_ONCE_BYTES] == byte) + start for start in starts)]
    )


def _filled(content: NDArray[np.uint8], lines: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of these line ends, all that are outside quotes, end a record and not an empty line."""
    before = content[np.maximum(lines - 1, 0)]
    return np.asarray((lines > 0) & (before != _LF) & (before != _CR))
