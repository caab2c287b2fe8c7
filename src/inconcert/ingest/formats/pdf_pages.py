"""PDF files page by page. Needs the extra [pdf]."""

from __future__ import annotations

import functools
import io
import logging
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from inconcert.errors import InputError, MissingExtra
from inconcert.ingest.natives import Item, as_item
from inconcert.ingest.shape import Native
from inconcert.ingest.stream.byte_stream import ByteStream
from inconcert.ingest.stream.forward import Forward

PDF_BYTES_MAX = 128 << 20
"""A file is held in memory, and so is what pypdf makes of it."""
EXTRA = "pdf"

_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError, RecursionError, TypeError,
    ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What pypdf raises, beside its own errors, on files that are no good."""


class UnreadablePdf(Exception):
    """A PDF file of which no page can be read; the message says why."""


def is_pdf(sample: bytes) -> bool:
    """Whether the bytes begin like a PDF file; a little may stand before its mark."""
    return b"%PDF-" in sample[:1024]


def pages(file: BinaryIO) -> Iterator[tuple[Native | None, str | None]]:
    """Every page as (its native object, None), or (None, why it cannot be read).

    An object has title and author as the file states them, page and pages (numbers), text and mime. UnreadablePdf when
    there are no pages to ask for; MissingExtra without pypdf.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    except ModuleNotFoundError as error:
        raise MissingExtra("Reading PDF files", EXTRA) from error
    # it logs every oddity of a file with the file's own words; what matters comes as an error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadablePdf("is locked by a password; save a copy without one")
        about = reader.metadata
        said = {"title": about and about.title, "author": about and about.author}
        count = len(reader.pages)
    except DependencyError as error:
        raise UnreadablePdf("is encrypted; save a copy that is not, for instance by printing it to PDF") from error
    except (PyPdfError, *_FAULTS) as error:
        raise UnreadablePdf(f"is damaged ({str(error)[:200] or type(error).__name__})") from error
    stated = {name: str(value).strip() or None if value is not None else None for name, value in said.items()}
    for number in range(count):
        native: Native = {**stated, "mime": "application/pdf", "page": str(number + 1), "pages": str(count)}
        try:
            yield native | {"text": reader.pages[number].extract_text().strip() or None}, None
        except (PyPdfError, *_FAULTS) as error:
            yield None, f"page {number + 1} cannot be read ({str(error)[:200] or type(error).__name__})"


class PdfPages:
    """A PDF file (`natives.Natives`); every page is an object."""

    format = "pdf"
    encoding: str | None = None

    def __init__(self, stream: ByteStream, sample: bytes, name: str) -> None:
        """name: what messages call the file."""
        self.notes: tuple[str, ...] = ()
        self._stream, self._name = stream, name

    @property
    def done(self) -> int:
        """Bytes of the file read so far."""
        return self._stream.done

    def items(self, under: frozenset[str] = frozenset()) -> Iterator[list[Item]]:
        """The pages, one by one; InputError when the file is locked, damaged or too large."""
        source = Forward(self._stream.blocks())
        content = source.read(PDF_BYTES_MAX + 1)
        if len(content) > PDF_BYTES_MAX:
            raise InputError(f"{self._name} is a PDF of more than {PDF_BYTES_MAX >> 20} MiB. Split it.")
        try:
            for native, fault in pages(io.BytesIO(content)):
                yield [as_item({**native, "file": self._name}) if native else Item(None, "", fault)]
        except UnreadablePdf as error:
            raise InputError(f"{self._name} {error}.") from error
        if source.damage is not None:
            yield [Item(None, "", source.damage)]

    def first(self, under: frozenset[str], count: int) -> list[Item]:
        """The first page that can be read."""
        return self._first

    @functools.cached_property
    def _first(self) -> list[Item]:
        return next(([item] for items in self.items() for item in items if item.record is not None), [])
