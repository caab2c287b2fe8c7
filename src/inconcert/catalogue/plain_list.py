"""A plain list: one value a line. A first line that only says what the others are (handle, domain ...) counts as said of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inconcert.catalogue.record import Record, SetAside, set_aside
from inconcert.catalogue.stated import stated
from inconcert.ingest.stream.byte_stream import ByteStream
from inconcert.ingest.stream.encoding import as_utf8
from inconcert.ingest.stream.records import Unreadable, whole_lines

REMARK = "a remark"

_REMARK = re.compile(r"(?:#|//|;)(?:\s|\Z)|#{2,}|//(?!\w+\.)")
_QUOTED = re.compile(r"\"(.*)\"\Z")


def of_list(stream: ByteStream, encoding: str) -> Iterator[Record | SetAside]:
    """The lines, numbered without the blank ones. A sign # before a letter is of a hashtag, before a blank of a remark."""
    row, type = 0, None
    for part in whole_lines(as_utf8(stream.blocks(), encoding)):
        if isinstance(part, Unreadable):
            row += 1
            yield set_aside(row, part.line[:4096].decode("utf-8", "replace"), part.reason)
            continue
        for line in part:
            row += 1
            text = line.decode("utf-8", "replace").strip().removeprefix("\ufeff").rstrip(",")
            text = quoted[1].replace('""', '"') if (quoted := _QUOTED.match(text)) else text
            if not text:
                continue
            if row == 1 and type is None and stated(text) is not None:
                row, type = 0, text
            elif _REMARK.match(text):
                yield set_aside(row, text, REMARK)
            else:
                yield Record(row, text, type)
