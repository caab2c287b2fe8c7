"""Pictures are opened by what they are, within limits; whatever else comes is set aside with its reason."""

from __future__ import annotations

import resource
import struct
import zlib
from contextlib import suppress
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from inconcert.errors import InputError
from inconcert.media.open_picture import open_picture
from inconcert.synthetic.pictures import draw, encoded
from media import hostile


def pixels(data: bytes) -> np.ndarray:
    (frame,) = open_picture(data).frames
    return np.asarray(frame.image)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_each_kind_is_told_by_its_content(format: str) -> None:
    image = draw("photo", 0, 1, 1, 120)
    opened = open_picture(encoded(image, format))
    assert opened.mime == f"image/{format.lower()}"
    assert (opened.width, opened.height, opened.duration_s) == (*image.size, None)
    assert np.abs(pixels(encoded(image, format)).astype(int) - np.asarray(image)).mean() < 12


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (hostile.SVG, "SVG can hold scripts and is not opened"),
        (b"\xef\xbb\xbf \n<SVG onload=alert(1)>", "SVG can hold scripts and is not opened"),
        (hostile.HTML, "is a web page"),
        (b"%PDF-1.7\n", "PDF"),
        (b"%!PS-Adobe", "PostScript"),
        (hostile.PLAYLIST, "playlist"),
        (b"\0\0\0\x20ftypavif\0\0\0\0", "AVIF"),
        (b"MZ\x90\0", "is no picture or video that is read"),
        (b"\0" * 5000, "is no picture or video that is read"),
        (b"\x89PNG\r\n\x1a\n", "signature of PNG"),
        (hostile.png(50_000, 50_000, pixels=b""), "declares more pixels than the 80,000,000 that are opened"),
        (hostile.png(9_000, 9_000, pixels=b""), "declares more pixels than the 80,000,000 that are opened"),
        (hostile.jpeg_of_size(50_000, 50_000), "declares more pixels than the 80,000,000 that are opened"),
        (hostile.jpeg()[:3000], "cannot be decoded: image file is truncated"),
        (encoded(draw("photo", 0, 1, 1, 90), "PNG")[:2000], "cannot be decoded: image file is truncated"),
        (encoded(draw("photo", 0, 1, 1, 90), "WEBP")[:300], "signature of WEBP|cannot be decoded"),
        (hostile.png(40, 40, pixels=zlib.compress(b"\0" * 100)), "cannot be decoded"),
        (b"BM" + b"\0" * 10 + b"\x36\0\0\0" + b"\x28\0\0\0" + struct.pack("<ii", -5, 7) + b"\xff" * 40, "BMP|decoded"),
        (b"II*\0" + b"\xff" * 400, "signature of TIFF|cannot be decoded"),
    ],
    ids=lambda value: repr(value[:12]) if isinstance(value, bytes) else "",
)
def test_what_cannot_be_opened_is_set_aside_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        open_picture(data)


@pytest.mark.parametrize(
    "bomb",
    [
        hostile.png(64, 64, pixels=hostile.zeros(96)),
        hostile.png(64, 64, chunk_text := hostile.chunk(b"zTXt", b"a\0\0" + hostile.zeros(96))),
        hostile.png(64, 64, *[chunk_text] * 3),
        hostile.png(64, 64, hostile.chunk(b"iCCP", b"a\0\0" + hostile.zeros(96))),
        hostile.png(64, 64, hostile.chunk(b"iTXt", b"a\0\1\0\0\0" + hostile.zeros(96))),
    ],
    ids=["pixels", "text", "texts", "colour profile", "international text"],
)
def test_what_unpacks_to_much_more_than_it_declares_does_not_fill_the_memory(bomb: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with suppress(InputError):
        assert open_picture(bomb).frames[0].image.size == (64, 64)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10  # KiB


def test_a_polyglot_is_what_its_first_bytes_say_and_its_tail_is_not_read() -> None:
    image = draw("photo", 0, 1, 1, 60)
    script = b"/*" + hostile.HTML + b"*/PK\x03\x04<script>alert(1)</script>"
    for format in ("GIF", "PNG", "JPEG"):
        plain = encoded(image, format)
        assert (pixels(plain + script) == pixels(plain)).all()
    with pytest.raises(InputError):
        open_picture(b"GIF89a/*" + script)


def test_damaged_metadata_are_left_out() -> None:
    plain, opened = open_picture(hostile.jpeg()), open_picture(hostile.jpeg(exif=hostile.corrupt_exif()))
    assert (opened.width, opened.height, opened.software) == (plain.width, plain.height, None)
    assert (np.asarray(opened.frames[0].image) == np.asarray(plain.frames[0].image)).all()


def test_orientation_is_applied_and_the_program_is_named() -> None:
    image = draw("photo", 0, 2, 1, 90)
    for turn, transpose in (
        (6, Image.Transpose.ROTATE_270),
        (3, Image.Transpose.ROTATE_180),
        (5, Image.Transpose.TRANSPOSE),
    ):
        exif = Image.Exif()
        exif[0x0112], exif[0x0131] = turn, "Drawing\0 Program"
        out = BytesIO()
        image.save(out, "PNG", exif=exif)
        opened = open_picture(out.getvalue())
        turned = image.transpose(transpose)
        assert (opened.width, opened.height) == turned.size
        assert (np.asarray(opened.frames[0].image) == np.asarray(turned)).all()
        assert opened.software == "Drawing Program"


def test_large_pictures_are_made_smaller_but_keep_their_stated_size() -> None:
    for format in ("PNG", "JPEG"):
        opened = open_picture(encoded(Image.new("L", (7000, 3000), 99), format))
        assert (opened.width, opened.height) == (7000, 3000)
        assert opened.frames[0].image.size == (2048, 878)


@pytest.mark.parametrize("mode", ["I;16", "F"])
def test_deep_pictures_keep_their_shades(mode: str) -> None:
    row = pixels(hostile.grey(mode))[0, :, 0].astype(int)
    assert row[0] < 5
    assert row[-1] > 250
    assert (np.diff(row) >= 0).all()


@pytest.mark.parametrize("format", ["GIF", "PNG", "WEBP"])
def test_an_animation_gives_frames_spread_over_its_time(format: str) -> None:
    opened = open_picture(hostile.animated(70, format))
    assert opened.duration_s == pytest.approx(7.0)
    times = [frame.at_s for frame in opened.frames]
    assert times == pytest.approx(np.arange(0, 7, 0.5))


def test_an_endless_animation_is_cut() -> None:
    frames = [Image.new("L", (4, 4), level % 256) for level in range(1100)]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=100)
    opened = open_picture(out.getvalue())
    assert opened.duration_s == pytest.approx(100.0)
    assert len(opened.frames) <= 16
    with pytest.raises(InputError, match="frames of more than"):
        open_picture(hostile.png(5000, 5000, hostile.chunk(b"acTL", struct.pack(">II", 9, 0)), pixels=b""))


@given(st.data())
def test_no_damage_makes_it_raise_anything_else(data: st.DataObject) -> None:
    format = data.draw(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"]))
    whole = bytearray(encoded(draw("photo", 0, 1, 1, 40), format))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    with suppress(InputError):
        assert all(frame.image.mode == "RGB" for frame in open_picture(cut).frames)
