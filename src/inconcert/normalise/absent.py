"""What stands for "nothing" in exports: empty cells, empty lists, and the words programs write for a missing value."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

MARKERS: frozenset[str] = frozenset(
    {"", "[]", "{}", "()", "[None]", "[null]", "['']", '[""]', "nan", "NaN", "NAN", "None", "none", "null", "NULL",
     "Null", "absent", "<NA>", "NaT", "N/A", "#N/A", "\\N", "undefined",
     "[deleted]", "[removed]"}
)  # fmt: skip
"""Cells that mean "no value". "absent" is the word of the information-operations archive, "[deleted]" that of Reddit."""

_MARKERS = pa.array(sorted(MARKERS))
_BYTES_MAX = max(map(len, MARKERS))


def _doubtful() -> NDArray[np.bool_]:
    """[first byte, length up to one above _BYTES_MAX] -> whether a value of that kind may be one of MARKERS."""
    found = np.zeros((256, _BYTES_MAX + 2), dtype=bool)
    for marker in filter(None, MARKERS):
        found[ord(marker[0]), len(marker)] = True
    return found


_DOUBTFUL = _doubtful()
_MAYBE_SPACE: NDArray[np.bool_] = (np.arange(256) <= ord(" ")) | (np.arange(256) >= 0x80)
"""Bytes that white space begins or ends with; those beyond ASCII are in letters as well."""


def present(column: pa.Array) -> pa.Array:
    """The column without surrounding white space, NULL where the cell is one of MARKERS."""
    if _all_present(column):
        return column
    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.is_in(trimmed, value_set=_MARKERS), pa.scalar(None, pa.string()), trimmed)


def _all_present(column: pa.Array) -> bool:
    """Whether a look at the first and last byte and the length of every value says that nothing is to be done."""
    _, ends, data = column.buffers()
    if data is None:
        return bool(column.null_count == len(column))
    if pc.min(pc.binary_length(column)).as_py() == 0:
        return False
    ends = np.frombuffer(ends, np.int32)[column.offset : column.offset + len(column) + 1]
    length = np.diff(ends)
    filled = length > 0
    content = np.frombuffer(data, np.uint8)
    first, last = content[ends[:-1][filled]], content[ends[1:][filled] - 1]
    doubtful = _DOUBTFUL[first, np.minimum(length[filled], _BYTES_MAX + 1)]
    return not (doubtful.any() or _MAYBE_SPACE[first].any() or _MAYBE_SPACE[last].any())
