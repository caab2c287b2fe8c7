"""Faces, drawn ones: how many generated and other ones become leads, and what any picture gives."""

from __future__ import annotations

import sys
from importlib import metadata

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image
from scipy.stats import binomtest

from inconcert import schema
from inconcert.errors import InconcertError, MissingExtra
from inconcert.media import faces
from inconcert.media.faces import EYES, THRESHOLD, face_row

from . import drawn

DRAWN = 120


def placed_freely(rng: np.random.Generator) -> Image.Image:
    """A head as people photograph it: of any size, somewhere about the middle, held a little askew."""
    width, turn = rng.uniform(0.12, 0.30), rng.normal(0, 0.08)
    middle = np.array([0.5, 0.45]) + rng.normal(0, 0.06, 2)
    half = width / 2 * np.array([np.cos(turn), np.sin(turn)])
    return drawn.face(400, (middle - half, middle + half), rng)


def placed_by_a_generator(rng: np.random.Generator) -> Image.Image:
    return drawn.face(400, np.array(EYES) + rng.normal(0, 0.004, (2, 2)), rng)


def rate(pictures: list[Image.Image]) -> tuple[float, float, float]:
    """Share of leads, with its 95 % interval."""
    rows = [face_row(picture, "ab") for picture in pictures]
    assert all(row["faces"] == 1 for row in rows)
    test = binomtest(sum(row["generated_lead"] for row in rows), len(rows))
    interval = test.proportion_ci(method="exact")
    return test.statistic, interval.low, interval.high


def test_hit_and_false_rates_on_drawn_faces(record_property):
    rng = np.random.default_rng(20)
    hit, hit_low, _ = rate([placed_by_a_generator(rng) for _ in range(DRAWN)])
    false, _, false_high = rate([placed_freely(rng) for _ in range(DRAWN)])
    record_property("hit", hit)
    record_property("false", false)
    assert hit_low > 0.95
    assert false_high < 0.12
    assert false > 0, "a test that never errs would be a verdict, and this is none"


def test_what_is_cut_from_a_generated_portrait_is_missed():
    rng = np.random.default_rng(21)
    portraits = [placed_by_a_generator(rng) for _ in range(20)]
    assert rate([portrait.crop((40, 20, 360, 340)) for portrait in portraits])[0] == 0


@pytest.mark.parametrize("side", [48, 100, 1024])
def test_the_size_of_the_file_changes_nothing(side: int):
    small = drawn.face(400).resize((side, side), Image.Resampling.LANCZOS)
    assert face_row(small, "ab")["generated_lead"]
    assert face_row(small, "ab")["eye_distance"] == pytest.approx(
        face_row(drawn.face(400), "ab")["eye_distance"], abs=0.006
    )


def test_of_a_picture_that_is_not_square_the_middle_counts():
    square = drawn.face(400)
    for size, place in (((700, 400), (150, 0)), ((400, 900), (0, 250))):
        wide = Image.new("RGB", size, "grey")
        wide.paste(square, place)
        assert face_row(wide, "ab") == face_row(square, "ab")


def test_several_faces_and_none_have_no_distance():
    pair = Image.new("RGB", (800, 800), "grey")
    for left in (0, 400):
        pair.paste(drawn.face(400), (left, 200))
    for picture, count in ((pair, 2), (Image.new("RGB", (300, 300), "navy"), 0)):
        assert face_row(picture, "ab") == {
            "sha256": "ab",
            "faces": count,
            "eye_distance": None,
            "generated_lead": False,
        }


def test_the_distance_is_the_published_one():
    class Corners:
        def __init__(self, moved: float) -> None:
            self.eyes = np.array(EYES[::-1]) + np.array([0.0, moved])

        def part(self, k: int) -> object:
            x, y = (self.eyes[k // 2] + [(-0.05, 0.0), (0.05, 0.0)][k % 2]) * faces.SIDE
            return type("Point", (), {"x": x, "y": y})

    assert faces.eye_distance(Corners(0.0)) == pytest.approx(0.0, abs=1e-12)
    # both eyes moved down by m: 2 m / (2 sqrt 2)
    assert faces.eye_distance(Corners(0.03)) == pytest.approx(0.03 / np.sqrt(2))
    assert faces.eye_distance(Corners(THRESHOLD * np.sqrt(2) * 1.01)) > THRESHOLD


def test_a_row_is_of_the_schema():
    rows = [{**face_row(picture, "ab"), "import_id": "i"} for picture in (drawn.face(), Image.new("RGB", (9, 9)))]
    assert schema.FACES.check(pa.Table.from_pylist(rows)).num_rows == 2


@pytest.mark.parametrize("mode", ["L", "P", "LA", "RGBA", "CMYK", "I", "F"])
def test_every_mode_of_picture_is_looked_at(mode: str):
    picture = drawn.face().convert("L").convert(mode) if mode in ("LA", "I", "F") else drawn.face().convert(mode)
    assert face_row(picture, "ab")["generated_lead"]


@pytest.mark.parametrize("size", [(1, 1), (1, 30_000), (30_000, 2)])
def test_odd_shapes_have_no_face(size: tuple[int, int]):
    assert face_row(Image.new("RGB", size, "red"), "ab")["faces"] == 0


def test_the_package_of_the_weights_is_not_imported():
    assert faces.landmarks_file().is_file()
    face_row(drawn.face(), "ab")
    assert "face_recognition_models" not in sys.modules


def test_without_the_extra_the_command_is_said(monkeypatch: pytest.MonkeyPatch):
    def absent(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(faces.metadata, "distribution", absent)
    with pytest.raises(MissingExtra, match=r"pip install 'inconcert\[faces\]'"):
        faces.landmarks_file()


def test_missing_landmarks_are_an_error_with_its_remedy(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(faces, "_LANDMARKS", "face_recognition_models/models/absent.dat")
    with pytest.raises(InconcertError, match=r"absent\.dat.*nothing is fetched.*pip install"):
        faces.landmarks_file()
