"""Web content unpacked as its header says: gzip, deflate, br, zstd; never to more than a bound."""

from __future__ import annotations

import io
import zlib

import brotli
import zstandard

from inconcert.ingest.stream.byte_stream import Damaged

_PLAIN = ("", "identity", "none", "utf-8")
_ZSTD_WINDOW_MAX = 8 << 20
"""Window that RFC 8878 lets a browser refuse to exceed."""


def unpacked(body: bytes, codings: str, most: int) -> bytes:
    """The body before it was packed.   codings: as Content-Encoding lists them, the last applied first to be undone.

    Crawlers may keep the header and store what they unpacked: a body that does not begin like its coding is left as it is.
    Damaged, with the reason, for a coding that is not known, bytes that break off, and more than `most` bytes.
    """
    for coding in reversed([one.strip().lower() for one in codings.split(",")]):
        if coding in _PLAIN:
            continue
        if coding not in _UNPACK:
            raise Damaged(f"packed in a way that is not known ({coding[:40]})")
        try:
            body = _UNPACK[coding](body, most + 1)
        except (zlib.error, brotli.error, zstandard.ZstdError, EOFError) as error:
            if _begins_like(body, coding):
                raise Damaged(f"the {coding} data are damaged ({error})") from error
        if len(body) > most:
            raise Damaged(f"unpacks to more than {most >> 20} MiB")
    return body


def _inflate(body: bytes, most: int) -> bytes:
    return _whole(zlib.decompressobj(wbits=47), body, most)


def _deflate(body: bytes, most: int) -> bytes:
    try:
        return _whole(zlib.decompressobj(), body, most)
    except zlib.error:  # half of the servers leave out the header that the name promises
        return _whole(zlib.decompressobj(wbits=-15), body, most)


def _whole(member: zlib._Decompress, body: bytes, most: int) -> bytes:
    content = member.decompress(body, most)
    if not member.eof and len(content) < most:
        raise EOFError("the data end early")
    return content


def _brotli(body: bytes, most: int) -> bytes:
    reader = brotli.Decompressor()
    content = bytearray(reader.process(body, output_buffer_limit=most))
    while len(content) < most and not reader.can_accept_more_data():
        content += reader.process(b"", output_buffer_limit=most - len(content))
    if not reader.is_finished() and len(content) < most:
        raise EOFError("the data end early")
    return bytes(content)


def _zstd(body: bytes, most: int) -> bytes:
    unpacker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_MAX)
    return unpacker.stream_reader(io.BytesIO(body)).read(most)


def _begins_like(body: bytes, coding: str) -> bool:
    return body.startswith(_MAGIC[coding]) if coding in _MAGIC else not body[:1000].isascii()


_UNPACK = {
    "gzip": _inflate,
    "x-gzip": _inflate,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
_MAGIC = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}
