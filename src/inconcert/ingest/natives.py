"""Files of native objects, and such a file read as a table: each object flattened, or shaped as its tool means it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pyarrow as pa

from inconcert.ingest.piece import Piece, Reject, shown
from inconcert.ingest.shape import Native, Passed, Shape, Unfit, as_text


@dataclass(frozen=True)
class Item:
    """One native object, or the text of one that cannot be read and why; with an object, the reason is a doubt about it.

    text: what the file holds of it; for formats that are no text, as JSON.   head: what a document says around its objects.
    """

    record: Native | None
    text: str = ""
    reason: str | None = None
    head: Mapping[str, Any] | None = None


class Natives(Protocol):
    """A file as a stream of native objects.   format: json lines, json, feed, warc …   notes: what the user should know."""

    format: str
    encoding: str | None
    notes: tuple[str, ...]

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""

    def items(self, under: frozenset[str] = frozenset()) -> Iterator[list[Item]]:
        """All objects, many at a time, from the beginning at each call; those in lists at the paths `under` one by one.

        The paths are those of `shape.unfold`.
        """

    def first(self, under: frozenset[str], count: int) -> list[Item]:
        """The first objects that can be read, at most `count`, from the beginning of the file alone."""


class Shaped:
    """A file of native objects as a table of the records in them; its columns are the shape's fields."""

    def __init__(self, natives: Natives, shape: Shape) -> None:
        self._natives, self._shape = natives, shape
        self.format, self.encoding, self.notes = natives.format, natives.encoding, natives.notes
        self.columns = shape.fields

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""
        return self._natives.done

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """The records, numbered from 1 in the order of the file; objects that hold none of ours have no number."""
        before = 0
        for items in self._natives.items(frozenset(self._shape.under)):
            rejects: list[Reject] = []
            rows: list[tuple[str | None, ...]] = []
            numbers: list[int] = []
            passed: Counter[str] = Counter()
            count = 0
            for item in items:
                try:
                    records = self._records(item)
                except Passed as kind:
                    passed[str(kind)] += 1
                    continue
                for record, reason in records:
                    count += 1
                    if record is not None:
                        rows.append(tuple(as_text(record.get(column)) for column in wanted))
                        numbers.append(before + count)
                    if reason is not None:
                        rejects.append(Reject(before + count, None, shown(item.text), reason, fatal=record is None))
            columns = {column: strings([row[place] for row in rows]) for place, column in enumerate(wanted)}
            yield Piece(columns, np.array(numbers, np.int64), rejects, count, passed)
            before += count

    def texts(self) -> Iterator[tuple[int, bytes]]:
        """Number and native bytes of every record, in the order of `pieces`."""
        number = 0
        for items in self._natives.items(frozenset(self._shape.under)):
            for item in items:
                try:
                    records = self._records(item)
                except Passed:
                    continue
                for _ in records:
                    number += 1
                    yield number, item.text.encode("utf-8", "surrogatepass")

    def _records(self, item: Item) -> list[tuple[Mapping[str, Any] | None, str | None]]:
        """Records and doubts about them; (None, reason) for what is set aside. Passed as the shape says."""
        if item.record is None:
            return [(None, item.reason)]
        try:
            records = list(self._shape.records(item.record, item.head or {}))
        except Unfit as unfit:
            return [(None, str(unfit))]
        except RecursionError:
            return [(None, "nested too deeply")]
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            # members of another kind than the tool writes: what they are is the file's doing, and is told
            return [(None, f"not as its source writes it ({type(error).__name__}: {error})"[:300])]
        return [(record, None if place else item.reason) for place, record in enumerate(records)]


def strings(values: list[str | None]) -> pa.Array:
    """A column of strings; of bytes where a string holds half of a surrogate pair, as JSON can spell it."""
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        return pa.array([v if v is None else v.encode("utf-8", "surrogatepass") for v in values], pa.binary())
