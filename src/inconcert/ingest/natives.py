"""Files of native objects, and such a file read as a table: each object flattened, or shaped as its tool means it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

import numpy as np
import pyarrow as pa

from inconcert.ingest.piece import Held, Piece, Reject, shown
from inconcert.ingest.shape import Native, Passed, Shape, Unfit, as_text


class Item(NamedTuple):
    """One native object, or the text of one that cannot be read and why; with an object, the reason is a doubt about it.

    text: what the file holds of it; for formats that are no text, as JSON.   head: what a document says around its objects.
    source: its bytes in the file, None where they are the text in UTF-8.
    """

    record: Native | None
    text: str = ""
    reason: str | None = None
    head: Mapping[str, Any] | None = None
    source: bytes | None = None


def as_item(native: Native, reason: str | None = None, head: Mapping[str, Any] | None = None) -> Item:
    """An object of a file that is no JSON, with its text."""
    return Item(native, json.dumps(native, ensure_ascii=False), reason, head)


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


PRIVATE = "a private message, which is not read unless --insist-private is given"


class Shaped:
    """A file of native objects as a table of the records in them; its columns are the shape's fields."""

    def __init__(self, natives: Natives, shape: Shape, *, private: bool = False) -> None:
        """private: whether messages that were not written in public are read too."""
        self._natives, self._shape, self._private = natives, shape, private
        self.format, self.encoding, self.notes = natives.format, natives.encoding, natives.notes
        self.columns, self.under = shape.fields, frozenset(shape.under)

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""
        return self._natives.done

    def pieces(self, wanted: Sequence[str]) -> Iterator[Piece]:
        """The records, numbered from 1 in the order of the file; objects that hold none of ours have no number."""
        before = seen = 0
        for items in self._natives.items(self.under):
            rejects: list[Reject] = []
            kept: list[Mapping[str, Any]] = []
            numbers: list[int] = []
            natives: list[int] = []
            passed: Counter[str] = Counter()
            for place, item in enumerate(items, start=seen + 1):
                next_number = before + len(natives) + 1
                try:
                    records = self._records(item)
                except Passed as kind:
                    passed[str(kind)] += 1
                    continue
                except Unfit as unfit:
                    natives.append(place)
                    what = None if str(unfit) == PRIVATE else shown(item.text)
                    rejects.append(Reject(next_number, None, what, str(unfit)))
                    continue
                for number, record in enumerate(records, start=next_number):
                    natives.append(place)
                    numbers.append(number)
                    kept.append(record)
                if records and item.reason is not None:
                    rejects.append(Reject(next_number, None, shown(item.text), item.reason, fatal=False))
            columns = dict(zip(wanted, map(_column, _by_column(kept, wanted)), strict=True))
            held = Held(np.arange(before + 1, before + 1 + len(natives)), np.array(natives, np.int64))
            yield Piece(columns, np.array(numbers, np.int64), rejects, len(natives), passed, held)
            before, seen = before + len(natives), seen + len(items)

    def texts(self) -> Iterator[tuple[int, bytes]]:
        """Number and bytes of every native object."""
        return native_texts(self._natives, self.under)

    def _records(self, item: Item) -> Sequence[Mapping[str, Any]]:
        """The records of an object; Unfit when it is set aside, Passed as the shape says."""
        if item.record is None:
            raise Unfit(item.reason)
        try:
            head = item.head or {}
            if self._shape.private is not None and not self._private and self._shape.private(item.record, head):
                raise Unfit(PRIVATE)
            return list(self._shape.records(item.record, head))
        except RecursionError as error:
            raise Unfit("nested too deeply") from error
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            # members of another kind than the tool writes: what they are is the file's doing, and is told
            raise Unfit(f"not as its source writes it ({type(error).__name__}: {error})"[:300]) from error


def _by_column(records: Sequence[Mapping[str, Any]], wanted: Sequence[str]) -> Sequence[Sequence[Any]]:
    """What records have under each of the names."""
    if len(wanted) > 1 and records:
        with suppress(KeyError):  # in the records of most tools nothing is missing, and this is three times as fast
            return list(zip(*map(itemgetter(*wanted), records), strict=True))
    return [[record.get(name) for record in records] for name in wanted]


def _column(values: Sequence[Any]) -> pa.Array:
    """Values as the text of cells."""
    try:
        return strings(values)
    except (pa.ArrowException, AttributeError):
        # some are no strings; an attribute is missed where half of a surrogate pair stood before them
        return strings([as_text(value) for value in values])


def native_texts(natives: Natives, under: frozenset[str]) -> Iterator[tuple[int, bytes]]:
    """Number, from 1, and bytes of every native object that is cut at the paths `under`."""
    items = (item for items in natives.items(under) for item in items)
    for number, item in enumerate(items, start=1):
        yield number, item.text.encode("utf-8", "surrogatepass") if item.source is None else item.source


def strings(values: Sequence[str | None]) -> pa.Array:
    """A column of strings; of bytes where a string holds half of a surrogate pair, as JSON can spell it."""
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        return pa.array([v if v is None else v.encode("utf-8", "surrogatepass") for v in values], pa.binary())
