"""Files of JSON objects: one a line, an array of them, or a document around lists of them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import islice

from inconcert.ingest.formats.json_document import from_document
from inconcert.ingest.formats.json_lines import from_lines
from inconcert.ingest.formats.json_text import read_value
from inconcert.ingest.natives import Item
from inconcert.ingest.stream.byte_stream import ByteStream
from inconcert.ingest.stream.encoding import as_utf8

_LINES_TRIED = 20


class JsonRecords:
    """A file of JSON objects (`natives.Natives`)."""

    def __init__(self, stream: ByteStream, encoding: str, name: str, sample: bytes) -> None:
        """sample: the beginning of the text, UTF-8.   name: what messages call the file."""
        self.encoding: str | None = encoding
        self.name = name
        self._stream, self._text_encoding, self._sample = stream, encoding, sample
        self.format = "json lines" if _one_a_line(sample) else "json"
        self.notes: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._stream.size

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""
        return self._stream.done

    def items(self, under: frozenset[str] = frozenset()) -> Iterator[list[Item]]:
        """All objects, many at a time; see `Natives.items`."""
        text = as_utf8(self._stream.blocks(), self._text_encoding, kept=True)
        yield from self._cut(text, under, self._text_encoding)

    def first(self, under: frozenset[str], count: int) -> list[Item]:
        """The first objects that can be read, from the beginning of the text alone."""
        found: list[Item] = []
        lines = islice(BytesIO(self._sample), 4 * count) if self.format == "json lines" else [self._sample]
        for items in self._cut(iter([b"".join(lines)]), under, "utf-8"):
            found += [item for item in items if item.record is not None]
            if len(found) >= count:
                break
        return found[:count]

    def _cut(self, text: Iterator[bytes], under: frozenset[str], encoding: str) -> Iterator[list[Item]]:
        cut = from_lines if self.format == "json lines" else from_document
        return cut(text, under, encoding)


def _one_a_line(sample: bytes) -> bool:
    """Whether at least half of the first lines are objects of their own: of a document written over lines, few are."""
    lines = [line for line in sample.splitlines() if line.strip()][:_LINES_TRIED]
    return 2 * sum(_is_object(line) for line in lines) >= len(lines)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(read_value(line.decode("utf-8", "replace")), dict)
    except (ValueError, RecursionError):
        return False
