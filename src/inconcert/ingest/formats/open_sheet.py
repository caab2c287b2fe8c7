"""Which format a file has, told by its bytes and never by its name."""

from __future__ import annotations

import re
from pathlib import Path

from inconcert.errors import InputError
from inconcert.ingest.formats.json_records import JsonRecords
from inconcert.ingest.formats.parquet import MAGIC, Parquet
from inconcert.ingest.formats.separated import Separated
from inconcert.ingest.natives import Natives
from inconcert.ingest.piece import Sheet
from inconcert.ingest.stream.byte_stream import ByteStream, Damaged, check_file, open_bytes
from inconcert.ingest.stream.encoding import SAMPLE_BYTES, as_utf8, detect

_JSON = re.compile(rb"\s*(?:\{|\[\s*[{\]])")


def open_sheet(path: Path, name: str) -> Sheet | Natives:
    """The file as a table, or as native objects; only its beginning is read. name: what messages call it.

    InputError when it is neither.
    """
    check_file(path)
    with path.open("rb") as file:
        if file.read(len(MAGIC)) == MAGIC:
            return Parquet(path, name)
    stream = open_bytes(path, name)
    sample = _beginning(stream, name)
    encoding = detect(sample, name)
    text = b"".join(as_utf8(iter([sample]), encoding))
    if not text.strip():
        raise InputError(f"{name} holds nothing but white space.")
    if _JSON.match(text):
        return JsonRecords(stream, encoding, name, text)
    return Separated(stream, encoding, name, text)


def _beginning(stream: ByteStream, name: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        for block in stream.blocks():
            parts.append(block)
            size += len(block)
            if size >= SAMPLE_BYTES:
                break
    except Damaged as damage:
        if not parts:
            raise InputError(f"{name} cannot be read: {damage}. Fetch it again.") from damage
    if not parts:
        raise InputError(f"{name} unpacks to nothing (0 bytes).")
    return b"".join(parts)
