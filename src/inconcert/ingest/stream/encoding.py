"""Which encoding a text file has, and its bytes as UTF-8.

A byte-order mark decides; without one, UTF-16 shows in its zero bytes, UTF-8 in its pattern, GB 18030 in its common
characters, and Windows-1252 in high bytes that stand alone between Latin letters. What fits none is refused: a text read
in the wrong encoding looks like another text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from inconcert.errors import InputError

SAMPLE_BYTES = 4 << 20
"""How much of the beginning is looked at."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like the mark of UTF-16 LE, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""Bytes that UTF-8 never has."""
UTF16_WITHIN = "UTF-16 within a file in UTF-8: two files put one after the other? Take them apart and read each"
_HEAD_MIN = 32
"""Bytes of UTF-8 before the first zero from which it can be told from UTF-16 that begins with other letters than Latin ones."""
_AFTER_ZERO = 256
_ZERO_SHARE_RECORD = 0.1
_KEPT = 0xDC00
"""A byte at fault stands in a text as this code and itself: half of a surrogate pair, which no text has."""
_FAULTS = re.compile("([\udc00-\udcff]+)")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE_MAX = 0.05
_ZERO_SHARE_MIN = 0.02
_ZERO_SHARE_LATIN = 0.4
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_HAN = re.compile("[\u4e00-\u9fff]")
_COMMON_HAN = frozenset("的一是不了在人有我他这中大来上国个到说们为子和你地出会也时要就可以对生能而那得于着下")
_COMMON_HAN_SHARE_MIN = 0.08  # Chinese prose has .2 to .3; other double-byte encodings read as GB 18030 below .03
_HAN_MIN = 50
_DOUBLE_BYTE_RUN_MIN = 2.0  # mean length of runs of high bytes
_WESTERN_RUN_MAX = 2.0


def mark_length(head: bytes) -> int:
    """Bytes of the byte-order mark at the beginning of a file; 0 without one."""
    return next((len(mark) for mark, _ in _MARKS if head.startswith(mark)), 0)


def mark_of(encoding: str) -> bytes:
    """The byte-order mark without which a short file of that encoding would not be known; none for most."""
    return next((mark for mark, known in _MARKS if known == encoding and encoding != "utf-8"), b"")


def detect(sample: bytes, name: str) -> str:
    """The encoding of a file from its first bytes: utf-8, utf-16-le/be, utf-32-le/be, gb18030 or cp1252.

    name: what messages call the file. InputError when the bytes are no text, or of another encoding.
    """
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    sample = sample[: utf16_begins(sample)]
    if wide := _utf16_without_mark(sample):
        return wide
    if len(_CONTROL.findall(sample)) > _CONTROL_SHARE_MAX * len(sample):
        raise InputError(f"{name} holds binary data, not text. CSV, TSV, JSON lines and Parquet are read.")
    if _is_utf8(sample):
        return "utf-8"
    runs = [len(run) for run in _HIGH_RUN.findall(sample)]
    mean_run = sum(runs) / len(runs)
    if mean_run >= _DOUBLE_BYTE_RUN_MIN and _is_gb18030(sample):
        return "gb18030"
    if mean_run <= _WESTERN_RUN_MAX:
        return "cp1252"
    raise InputError(
        f"{name} is in an encoding that cannot be told from its bytes (not UTF-8, UTF-16, GB 18030 or Windows-1252). "
        f"Convert it, for instance: iconv -f WINDOWS-1251 -t UTF-8 {name} > converted"
    )


def as_utf8(blocks: Iterator[bytes], encoding: str, *, kept: bool = False) -> Iterator[bytes]:
    """The same text in UTF-8, without byte-order mark.

    UTF-8 passes as it is, its faults included. In other encodings each byte at fault becomes U+FFFD, and so it does in the
    bytes that Windows-1252 leaves undefined.   kept: it becomes half of a surrogate pair instead, as long in UTF-8, from which
    `text_of` and `bytes_of` give it back.
    """
    errors = _KEEPING if kept else _MARKING
    decoder = None if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)(errors=errors)
    head = True
    for block in blocks:
        if head:
            block, head = block[mark_length(block) :], False
        if decoder is None:
            yield block
        else:
            yield decoder.decode(block).encode("utf-8", "surrogatepass")
    if decoder is not None:
        yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")


def text_of(content: bytes, encoding: str) -> str:
    """Bytes of `as_utf8`, kept, as text in which each byte at fault is half of a surrogate pair.   encoding: of the file."""
    return content.decode("utf-8", "surrogateescape" if encoding == "utf-8" else "surrogatepass")


def marked(text: str) -> str:
    """A text of `text_of` for people: each byte at fault as U+FFFD."""
    return _FAULTS.sub(lambda run: "\ufffd" * len(run[0]), text)


def bytes_of(text: str, encoding: str) -> bytes:
    """The bytes of the file that `text_of` was made of."""
    parts = _FAULTS.split(text)
    return b"".join(
        bytes(ord(c) - _KEPT for c in part) if place % 2 else part.encode(encoding) for place, part in enumerate(parts)
    )


def spelled(content: bytes, encoding: str) -> str:
    """Bytes of a file as text for people; each byte at fault as its number in hexadecimal, ⟨FF⟩."""
    text = content.decode(encoding, _KEEPING)
    return _FAULTS.sub(lambda run: "".join(f"⟨{ord(c) - _KEPT:02X}⟩" for c in run[0]), text)


def utf16_begins(content: bytes) -> int | None:
    """Where UTF-16 begins in bytes that begin as UTF-8, as in files that were put one after the other; None where it does not."""
    marks = [place for mark in _UTF16_MARKS if (place := content.find(mark)) > 0]
    zero = content.find(0)
    if zero >= _HEAD_MIN:
        after = content[zero : zero + _AFTER_ZERO]
        even, odd = after[::2].count(0), after[1::2].count(0)
        if 2 * even >= _ZERO_SHARE_LATIN * len(after) and odd <= even / 4:
            marks.append(zero - 1)
    return min(marks) if marks and _is_whole_utf8(content[: min(marks)]) else None


def is_utf16(record: bytes) -> bool:
    """Whether a record of a file in UTF-8 is text in UTF-16: with its mark, or with a zero beside each Latin letter and digit."""
    zeros = record.count(0)
    return (
        zeros == len(record) > 0
        or zeros > max(2, _ZERO_SHARE_RECORD * len(record))
        or any(m in record for m in _UTF16_MARKS)
    )


def _is_whole_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return error.start > len(content) - 4 and error.reason == "unexpected end of data"
    return True


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\ufffd" * (error.end - error.start), error.end


def _keep(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(_KEPT + byte) for byte in error.object[error.start : error.end]), error.end


_MARKING, _KEEPING = "inconcert-mark", "inconcert-keep"
codecs.register_error(_MARKING, _mark)
codecs.register_error(_KEEPING, _keep)


def _utf16_without_mark(sample: bytes) -> str | None:
    """In UTF-16 every Latin letter, digit, separator and line end has a zero beside it, always on the same side."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    share = 2 * max(even, odd) / max(1, len(sample))
    if share < _ZERO_SHARE_MIN or min(even, odd) > 0.05 * max(even, odd):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    line_ends = any(end.encode(encoding) in sample for end in "\n\r")
    return encoding if share > _ZERO_SHARE_LATIN or line_ends else None


def _is_utf8(sample: bytes) -> bool:
    """True also for UTF-8 with a few faults, such as texts cut within a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        text = sample.decode("utf-8", "replace")
        faults = text.count("\ufffd")
        return sum(not c.isascii() for c in text) - faults > faults
    return True


def _is_gb18030(sample: bytes) -> bool:
    try:
        text = codecs.getincrementaldecoder("gb18030")().decode(sample)
    except UnicodeDecodeError:
        return False
    han = _HAN.findall(text)
    if len(han) < _HAN_MIN:  # too few to count which are common
        return 2 * len(han) > sum(not c.isascii() for c in text)
    return sum(c in _COMMON_HAN for c in han) >= _COMMON_HAN_SHARE_MIN * len(han)
