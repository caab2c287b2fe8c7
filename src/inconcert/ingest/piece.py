"""What the readers of each file format hand over: some records as columns, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

VALUE_CHARACTERS_SHOWN = 200


@dataclass(frozen=True)
class Reject:
    """A record that was set aside (fatal), or a value of a kept record that could not be read.

    row_ref: 1-based number of the record in its file.   column: as the file names it, None for the whole record.
    value: the beginning of what was there.
    """

    row_ref: int
    column: str | None
    value: str | None
    reason: str
    fatal: bool = True


@dataclass(frozen=True)
class Piece:
    """Some records of a file, in their order.

    columns: one array a wanted column, strings or their bytes, all of one length.
    row_ref: 1-based record numbers of those rows (int64).
    rejects: records of this stretch that are not among the rows, and values of rows that are.
    rows_read: records of this stretch, kept or not.   passed: objects that are no records of ours, by kind: {"likes": 3}.
    """

    columns: dict[str, pa.Array]
    row_ref: NDArray[np.int64]
    rejects: list[Reject] = field(default_factory=list)
    rows_read: int = 0
    passed: Mapping[str, int] = field(default_factory=dict)


@runtime_checkable
class Sheet(Protocol):
    """A file that is a table: the names of its columns, and its records piece by piece.

    format: csv, json lines, json or parquet.   encoding: of its text, None where the format fixes it.
    columns: names in the file's order, made unique.   notes: what the reader should know.
    """

    format: str
    encoding: str | None
    columns: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """The records, with the wanted columns only; starts again at the beginning at each call."""

    def texts(self) -> Iterator[tuple[int, bytes]]:
        """Number and native bytes of every record, kept or not, in the file's order; starts again at each call."""


def shown(value: bytes | str) -> str:
    """The beginning of a value, as a reject shows it."""
    text = value[: 4 * VALUE_CHARACTERS_SHOWN].decode("utf-8", "replace") if isinstance(value, bytes) else value
    return text[:VALUE_CHARACTERS_SHOWN].encode("utf-8", "replace").decode()
