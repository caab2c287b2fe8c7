"""What stands for "nothing" in exports: empty cells, empty lists, and the words programs write for a missing value."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

MARKERS: frozenset[str] = frozenset(
    {"", "[]", "{}", "()", "[None]", "[null]", "['']", '[""]', "nan", "NaN", "NAN", "None", "none", "null", "NULL",
     "Null", "absent", "<NA>", "NaT", "N/A", "#N/A", "\\N", "undefined",
     "[deleted]", "[removed]"}
)  # fmt: skip
"""Cells that mean "no value". "absent" is the word of the information-operations archive, "[deleted]" that of Reddit."""

_MARKERS = pa.array(sorted(MARKERS))


def present(column: pa.Array) -> pa.Array:
    """The column without surrounding white space, NULL where the cell is one of MARKERS."""
    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.is_in(trimmed, value_set=_MARKERS), pa.scalar(None, pa.string()), trimmed)
