"""Generated pictures and films: the same for the same numbers, and what they say of themselves is so."""

from __future__ import annotations

from collections import Counter
from io import BytesIO

import numpy as np
from PIL import Image

from inconcert.synthetic.clips import animation, clip, video
from inconcert.synthetic.pictures import EDITS, KINDS, draw, pictures


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def test_the_same_seed_gives_the_same_files_and_another_one_others() -> None:
    one, again, other = (list(pictures(4, seed)) for seed in (1, 1, 2))
    assert one == again
    assert not {made.data for made in one} & {made.data for made in other}


def test_every_original_comes_with_every_edit_and_takes_its_turn() -> None:
    made = list(pictures(8, 3, families=2, side=120))
    assert Counter(one.edit for one in made) == dict.fromkeys(["original", *EDITS], 8)
    assert [one.kind for one in made if one.edit == "original"] == [*KINDS, *KINDS]
    assert [one.family for one in made if one.edit == "original"] == [0] * 4 + [1] * 4
    chosen = list(pictures(2, 3, side=120, edits=["crop"]))
    assert [one.edit for one in chosen] == ["original", "crop"] * 2


def test_edits_stay_within_15_percent() -> None:
    for number in range(8):
        image = draw(KINDS[number % 4], 0, number, 5, 200)
        for name in ("crop", "border", "screenshot"):
            for seed in range(5):
                changed = EDITS[name](image, np.random.default_rng(seed))
                for before, after in zip(image.size, changed.size, strict=True):
                    assert before * 0.845 <= after <= before * 1.305


def test_a_family_shares_its_template_and_nothing_else() -> None:
    first, second, other = (np.asarray(draw("poster", *numbers, 1, 200), int) for numbers in ((0, 1), (0, 2), (1, 3)))
    assert first.shape == second.shape
    assert (np.abs(first - second)[:4] == 0).all()  # the frame
    assert np.abs(first - second).mean() > 5
    assert other.shape != first.shape or np.abs(first - other)[:4].max() > 0


def test_a_film_lasts_as_long_as_asked_and_can_be_written() -> None:
    frames = clip(1, 2, seconds=2, fps=5, side=96)
    assert len(frames) == 10
    assert {frame.size for frame in frames} == {(96, 72)}
    assert [np.asarray(a).tolist() for a in clip(1, 2, seconds=2, fps=5, side=96)] == [
        np.asarray(a).tolist() for a in frames
    ]
    assert video(frames, fps=5)[4:8] == b"ftyp"
    assert opened(animation(frames, fps=5)).size == (96, 72)
