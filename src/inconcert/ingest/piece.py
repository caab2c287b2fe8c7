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
class Held:
    """Which native object of its file holds which record: two columns of int64, ascending, both from 1.

    Every record of the objects in question is there, kept or not.
    """

    row_ref: NDArray[np.int64]
    native_ref: NDArray[np.int64]


def together(parts: Sequence[Held]) -> Held | None:
    """What several stretches hold, in their order; None for none."""
    if not parts:
        return None
    return Held(np.concatenate([one.row_ref for one in parts]), np.concatenate([one.native_ref for one in parts]))


@dataclass(frozen=True)
class Piece:
    """Some records of a file, in their order.

    columns: one array a wanted column, strings or their bytes, all of one length.
    row_ref: 1-based record numbers of those rows (int64).
    rejects: records of this stretch that are not among the rows, and values of rows that are.
    rows_read: records of this stretch, kept or not.   passed: objects that are no records of ours, by kind: {"likes": 3}.
    held: which native object holds which record of this stretch; None where every record is an object of its own.
    """

    columns: dict[str, pa.Array]
    row_ref: NDArray[np.int64]
    rejects: list[Reject] = field(default_factory=list)
    rows_read: int = 0
    passed: Mapping[str, int] = field(default_factory=dict)
    held: Held | None = None


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
        """Number and bytes of every native object, kept or not, in the file's order; starts again at each call.

        Without the line end, where it has one. The number is that of its record, unless pieces say what is `held`.
        """


def shown(value: bytes | str) -> str:
    """The beginning of a value, as a reject shows it."""
    text = value[: 4 * VALUE_CHARACTERS_SHOWN].decode("utf-8", "replace") if isinstance(value, bytes) else value
    return text[:VALUE_CHARACTERS_SHOWN].encode("utf-8", "replace").decode()
