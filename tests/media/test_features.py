"""What describes a picture: the same for every size and compression of it, and for its inside when bars are put around it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageOps

from inconcert.media.features import POINTS, SIZES, features, points
from inconcert.media.hashes import LEAST_QUALITY, pdq
from inconcert.media.trimmed import trimmed
from inconcert.synthetic.pictures import KINDS, draw


def bits(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


@pytest.mark.parametrize("kind", KINDS)
def test_the_hash_is_that_of_the_picture_at_any_size(kind: str) -> None:
    image = draw(kind, 0, 1, 1)
    whole, quality = pdq(image)
    assert quality >= LEAST_QUALITY
    for share in (0.3, 0.7, 1.6):
        other = image.resize((round(image.width * share), round(image.height * share)))
        assert bits(whole, pdq(other)[0]) <= 12
    assert bits(whole, pdq(draw(kind, 0, 2, 1))[0]) > 31


def test_a_plain_picture_has_no_quality_and_no_details() -> None:
    for image in (Image.new("RGB", (300, 200), "red"), Image.linear_gradient("L").convert("RGB")):
        assert pdq(image)[1] < LEAST_QUALITY
        assert len(points(features(image))[2]) < 16


def test_bars_of_one_colour_are_taken_off_and_nothing_else() -> None:
    image = draw("photo", 0, 1, 1)
    for border in ((40, 10, 40, 10), (0, 60, 0, 60), 25):
        inside = trimmed(ImageOps.expand(image, border, "navy"))
        assert abs(inside.width - image.width) <= image.width * 0.02
        assert abs(inside.height - image.height) <= image.height * 0.02
    assert trimmed(image).size == image.size


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40), st.just(3))))
def test_any_picture_can_be_described_and_read_back(pixels: np.ndarray) -> None:
    image = Image.fromarray(pixels)
    width, height, found = points(features(image))
    assert 1 <= width <= image.width
    assert 1 <= height <= image.height
    assert len(found) <= POINTS * SIZES
    assert (found["size"] < SIZES).all()
    hashed, quality = pdq(image)
    assert len(bytes.fromhex(hashed)) == 32
    assert 0 <= quality <= 100


def test_a_strip_of_one_line_is_described_too() -> None:
    for size in ((4000, 1), (1, 4000), (1, 1)):
        assert pdq(Image.effect_noise(size, 90).convert("RGB"))[1] >= 0
        assert len(points(features(Image.effect_noise(size, 90)))[2]) <= POINTS * SIZES
