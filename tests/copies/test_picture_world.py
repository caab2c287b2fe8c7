"""On generated pictures and films whose copies are known: what joins, what stays apart."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pytest
from PIL import Image

from copies.described import carried, carrier, sha256, table, world
from inconcert.copies.pictures import picture_clusters
from inconcert.evaluate.metrics import wilson
from inconcert.synthetic.clips import animation, clip, video
from inconcert.synthetic.pictures import EDITS, draw, encoded

ORIGINALS = 48
WHOLE = ("recompress", "grayscale", "resize")
"""Edits that leave the whole picture in its place: its hash changes by 12 bits at most, far from 31."""


def clustered(files: list[bytes], pictures: pa.Table) -> dict[str, str]:
    """{sha256: cluster}, everything carried twice so that pictures that stay alone have a cluster too."""
    posts = [carrier(data, 2 * n + k) for n, data in enumerate(files) for k in (0, 1)]
    clusters, copies = picture_clusters(pictures, carried(*posts))
    assert clusters["posts"].to_pylist() == sorted(clusters["posts"].to_pylist(), reverse=True)
    return dict(zip(copies["sha256"].to_pylist(), copies["cluster_id"].to_pylist(), strict=True))


def test_copies_join_and_look_alikes_stay_apart() -> None:
    """The limits were set on worlds of the seeds 3, 4 and 5 (recall of the parts there: 0.978 to 0.998), not on this one."""
    made, pictures = world(ORIGINALS, 31)
    of = clustered([one.data for one in made], pictures)
    cluster = {(one.original, one.edit): of[sha256(one.data)] for one in made}
    originals: dict[str, set[int]] = {}
    for (original, _), name in cluster.items():
        originals.setdefault(name, set()).add(original)
    mixed = sum(len(its) > 1 for its in originals.values())
    precision = wilson(len(originals) - mixed, len(originals))
    assert precision.low >= 0.9, f"{mixed} clusters show more than one original"
    assert mixed == 0
    joined = Counter(
        edit
        for (original, edit), name in cluster.items()
        if edit != "original" and name == cluster[original, "original"]
    )
    assert {edit: joined[edit] for edit in WHOLE} == dict.fromkeys(WHOLE, ORIGINALS)
    parts = [edit for edit in EDITS if edit not in WHOLE]
    recall = wilson(sum(joined[edit] for edit in parts), ORIGINALS * len(parts))
    assert recall.low >= 0.95, dict(joined)
    for edit in parts:  # none of them may be the weak one: 0.98 is what was measured of the worst
        assert wilson(joined[edit], ORIGINALS).high >= 0.98, (edit, joined[edit])


def test_a_caption_of_another_picture_of_the_template_is_not_taken_for_a_copy() -> None:
    """Six posters and six screenshots of one template each: same frame, emblem and bars, other words and scene."""
    files = [encoded(draw(kind, 0, number, 8), "PNG") for kind in ("poster", "screenshot") for number in range(6)]
    of = clustered(files, table(files))
    assert len(set(of.values())) == len(files)


@pytest.fixture(scope="module")
def films() -> dict[str, list[bytes]]:
    """Copies of three films."""
    of = {}
    for number in range(3):
        frames = clip(number, 5, seconds=4)
        bars = [_with_bars(frame) for frame in frames]
        of[f"film {number}"] = [
            video(frames),
            video(frames, quality=20, size=(144, 108)),
            video(frames, codec="libx264", quality=33),
            video(frames, codec="libvpx", format="webm", quality=30),
            animation(frames),
            video(bars, quality=8),
            video([*frames, *clip(number + 50, 5, seconds=2)], quality=6),
        ]
    return of


def _with_bars(frame: Image.Image) -> Image.Image:
    wide = Image.new("RGB", (frame.width, frame.height + 40), "black")
    wide.paste(frame, (0, 20))
    return wide


def test_copies_of_a_film_encoded_again_join_one_clip_and_other_films_stay_apart(films: dict[str, list[bytes]]) -> None:
    files = [data for copies in films.values() for data in copies]
    of = clustered(files, table(files))
    names = {film: {of[sha256(data)] for data in copies} for film, copies in films.items()}
    assert all(len(found) == 1 for found in names.values())
    assert len({name for found in names.values() for name in found}) == len(films)


def test_a_film_that_shares_a_scene_with_another_is_not_its_copy() -> None:
    """A third of its frames are the other's: less than half of the shorter one's."""
    one, other = clip(1, 6, seconds=4), clip(2, 6, seconds=4)
    files = [video(one), video([*one[:13], *other[13:]])]
    assert len(set(clustered(files, table(files)).values())) == 2


def test_the_result_does_not_depend_on_the_order_of_the_rows() -> None:
    made, pictures = world(ORIGINALS, 31)
    some = [one.data for one in made if one.original < 8]
    turned = pictures.take(pa.array(range(len(pictures) - 1, -1, -1)))
    assert clustered(some, pictures) == clustered(some, turned)
