"""Files made to hurt whoever opens them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

from inconcert.synthetic.pictures import draw, encoded


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, *chunks: bytes, pixels: bytes | None = None) -> bytes:
    """A grey PNG that declares this size; its pixels as they should be unless given."""
    if pixels is None:
        pixels = zlib.compress((b"\0" + b"\x80" * width) * height)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def zeros(megabytes: int) -> bytes:
    """That many megabytes, compressed to a thousandth."""
    squeeze = zlib.compressobj(9)
    return b"".join([squeeze.compress(bytes(1 << 20)) for _ in range(megabytes)]) + squeeze.flush()


def jpeg(exif: bytes | None = None, **options: Any) -> bytes:
    out = BytesIO()
    draw("photo", 0, 1, 1, 200).save(out, "JPEG", **({"exif": exif} if exif else {}), **options)
    return out.getvalue()


def jpeg_of_size(width: int, height: int) -> bytes:
    """A JPEG whose header says so."""
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="fetch(1)"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body>404 not found</body></html>"
PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:10\nhttp://192.0.2.1/a.ts\n"


def corrupt_exif() -> bytes:
    """Exif that names values outside of it, many times."""
    entries = b"".join(struct.pack("<HHII", tag, 2, 0x7FFFFFFF, 0x7FFFFFF0) for tag in range(0x100, 0x140))
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 60) + entries + b"\xff" * 40


def animated(frames: int, format: str = "GIF") -> bytes:
    first, *rest = [draw("photo", 0, number, 1, 64) for number in range(frames)]
    out = BytesIO()
    first.save(out, format, save_all=True, append_images=rest, duration=100, loop=0)
    return out.getvalue()


def grey(mode: str) -> bytes:
    """A picture of 16 bits or floating point, brighter to the right."""
    import numpy as np

    ramp = np.tile(np.linspace(0, 1, 64), (64, 1))
    values = (ramp * 60000).astype(np.uint16) if mode == "I;16" else ramp.astype(np.float32)
    return encoded(Image.fromarray(values), "PNG" if mode == "I;16" else "TIFF")
