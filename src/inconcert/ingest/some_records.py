"""Some records of a file, read as if it held no others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.ingest.formats.flattened import Flattened
from inconcert.ingest.natives import Shaped
from inconcert.ingest.piece import Held, Piece, Sheet

_PLACES = 1 << 31
"""No object holds as many records."""


@dataclass(frozen=True)
class Places:
    """Where records lie in their file: arrays of int64 of one length.

    native_ref: number of the native object.   place: of the record in it, from 0.   records: how many it holds.
    """

    native_ref: NDArray[np.int64]
    place: NDArray[np.int64]
    records: NDArray[np.int64]


class SomeRecords:
    """A table of which only some records are read, with the numbers that they have in the whole.

    Of a native object that holds another number of records by now than when they were last read, all are read.
    """

    def __init__(self, sheet: Sheet, places: Places) -> None:
        self._sheet = sheet
        self._natives, first, at = np.unique(places.native_ref, return_index=True, return_inverse=True)
        self._records, self._places = places.records[first], np.sort(at * _PLACES + places.place)
        self.format, self.encoding, self.columns, self.notes = sheet.format, sheet.encoding, sheet.columns, sheet.notes
        self.under = sheet.under if isinstance(sheet, Shaped | Flattened) else None

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""
        return self._sheet.done

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """The records, with the wanted columns only; reading stops after the last of them."""
        last = int(self._natives.max(initial=0))
        for piece in self._sheet.pieces(wanted):
            yield self._of(piece)
            if _last_native(piece) >= last:
                return

    def texts(self) -> Iterator[tuple[int, bytes]]:
        """Number and bytes of the native objects in which they lie."""
        return ((number, text) for number, text in self._sheet.texts() if number in self._natives)

    def _of(self, piece: Piece) -> Piece:
        held, rows = piece.held, self._natives
        if held is not None:
            known = np.isin(held.native_ref, self._natives)
            held = Held(held.row_ref[known], held.native_ref[known])
            rows = self._rows(held)
        kept = np.isin(piece.row_ref, rows)
        rejected = np.isin(np.array([reject.row_ref for reject in piece.rejects], np.int64), rows)
        rejects = [reject for reject, wanted in zip(piece.rejects, rejected.tolist(), strict=True) if wanted]
        columns = {name: values.filter(pa.array(kept)) for name, values in piece.columns.items()}
        read = len({*piece.row_ref[kept].tolist(), *(reject.row_ref for reject in rejects if reject.fatal)})
        return Piece(columns, piece.row_ref[kept], rejects, read, {}, held)

    def _rows(self, held: Held) -> NDArray[np.int64]:
        """Numbers of the records wanted among all those of the native objects in question."""
        _, first, of, count = np.unique(held.native_ref, return_index=True, return_inverse=True, return_counts=True)
        at = np.searchsorted(self._natives, held.native_ref)
        place = np.arange(len(held.row_ref)) - first[of]
        wanted = np.isin(at * _PLACES + place, self._places) | (self._records[at] != count[of])
        rows: NDArray[np.int64] = held.row_ref[wanted]
        return rows


def _last_native(piece: Piece) -> int:
    """The highest number of a native object that is known to be in a piece."""
    if piece.held is not None:
        return int(piece.held.native_ref.max(initial=0))
    return max(int(piece.row_ref.max(initial=0)), max((reject.row_ref for reject in piece.rejects), default=0))
