"""Plain text and Markdown: a document in parts of bounded length."""

from __future__ import annotations

import codecs
import functools
import re
from collections.abc import Iterator

from inconcert.ingest.formats.separated import SEPARATORS
from inconcert.ingest.formats.text_parts import PART_CHARACTERS, cut
from inconcert.ingest.natives import Item, as_item
from inconcert.ingest.stream.byte_stream import ByteStream, Damaged
from inconcert.ingest.stream.encoding import as_utf8, spelled
from inconcert.ingest.stream.mixed import Mixed, before_utf16

_LINES_TRIED = 200
_TRIED_BYTES = 256 << 10
_CELL_MAX = 60
_CELL_WORDS_MAX = 6
_PROSE_WORDS = 5
_PROSE_LETTERS = 10
_PROSE_SHARE = 0.5
_SENTENCE_END = re.compile(r"[.!?:。！？：…][\"”’」』)]*$")
_DENSE = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HEADING = re.compile(r"^#{1,3} +(\S.*?)(?: +#+)?$", re.M)


def is_prose(text: bytes) -> bool:
    """Whether a text, UTF-8, is written to be read, and is no table: most of its lines are sentences, its first no header."""
    lines = [line.strip() for line in text[:_TRIED_BYTES].decode("utf-8", "replace").splitlines() if line.strip()]
    lines = lines[:_LINES_TRIED]
    if not lines or any(_is_header(lines, separator) for separator in SEPARATORS):
        return False
    return sum(_is_prose(line) for line in lines) >= _PROSE_SHARE * len(lines)


def _is_header(lines: list[str], separator: str) -> bool:
    """Whether the first line is made of names: three or more, or all in quotes, or as many as most lines have values."""
    cells = lines[0].split(separator)
    if len(cells) < 2 or _SENTENCE_END.search(lines[0]):
        return False
    if any(len(cell) > _CELL_MAX or len(cell.split()) > _CELL_WORDS_MAX for cell in cells):
        return False
    if all(len(cell) > 2 and cell.startswith('"') and cell.endswith('"') for cell in cells):
        return True
    alike = sum(line.count(separator) == len(cells) - 1 for line in lines[1:])
    return (len(cells) > 2 and cells[-1].strip() != "") or 2 * alike > len(lines) - 1


def _is_prose(line: str) -> bool:
    return len(line.split()) >= _PROSE_WORDS or len(_DENSE.findall(line)) >= _PROSE_LETTERS or line.startswith("#")


class PlainText:
    """A file of text (`natives.Natives`); every part of at most PART_CHARACTERS is an object."""

    format = "text"

    def __init__(self, stream: ByteStream, encoding: str, name: str, sample: bytes) -> None:
        """sample: the beginning of the text, UTF-8.   name: what messages call the file."""
        self.encoding: str | None = encoding
        self.notes: tuple[str, ...] = ()
        self._stream, self._text_encoding, self._name = stream, encoding, name
        beginning = sample[:_TRIED_BYTES].decode("utf-8", "replace")
        self._heading = heading[1][:300] if (heading := _HEADING.search(beginning)) else None

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""
        return self._stream.done

    def items(self, under: frozenset[str] = frozenset()) -> Iterator[list[Item]]:
        """The parts of the text."""
        waiting, number, damage, rest = "", 0, None, b""
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        blocks = as_utf8(self._stream.blocks(), self._text_encoding)
        blocks = before_utf16(blocks) if self._text_encoding == "utf-8" else blocks
        while True:
            try:
                block = next(blocks, None)
            except Damaged as damaged:
                block, damage = None, str(damaged)
                rest = damaged.rest if isinstance(damaged, Mixed) else b""
            waiting += decoder.decode(block or b"", final=block is None)
            while len(waiting) > PART_CHARACTERS or (block is None and waiting.strip()):
                part, waiting = cut(waiting)
                if part.strip():
                    number += 1
                    yield [self._part(part, number)]
            if block is None:
                break
        if damage is not None:
            yield [Item(None, spelled(rest, "utf-8"), damage, source=rest)]

    def first(self, under: frozenset[str], count: int) -> list[Item]:
        """The first part."""
        return self._first

    @functools.cached_property
    def _first(self) -> list[Item]:
        return next((items for items in self.items() if items[0].record is not None), [])

    def _part(self, text: str, number: int) -> Item:
        mime = "text/markdown" if self._heading else "text/plain"
        fault = (
            "holds bytes that are no text, shown as U+FFFD"
            if self._text_encoding == "utf-8" and "\ufffd" in text
            else None
        )
        return as_item(
            {"file": self._name, "mime": mime, "title": self._heading, "text": text, "part": str(number)}, fault
        )
