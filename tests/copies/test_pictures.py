"""Clusters as tables: who carries what, which are ordinary, and which actions follow."""

from __future__ import annotations

import pyarrow as pa
import pytest
from PIL import Image, ImageDraw

from copies.described import carried, carrier, sha256, table
from inconcert import schema
from inconcert.copies.pictures import near_media_actions, picture_clusters
from inconcert.synthetic.pictures import draw, encoded

PHOTO = draw("photo", 0, 1, 1)
BIG, SMALL, CROPPED = (
    encoded(PHOTO, "PNG"),
    encoded(PHOTO.resize((PHOTO.width // 2, PHOTO.height // 2)), "JPEG"),
    encoded(PHOTO.crop((30, 30, PHOTO.width - 10, PHOTO.height)), "JPEG"),
)
OTHER = encoded(draw("photo", 0, 2, 1), "PNG")
ALL = table([BIG, SMALL, CROPPED, OTHER])


def plain(colour: str, format: str = "PNG") -> bytes:
    return encoded(Image.new("RGB", (80, 80), colour), format)


def silhouette(side: int = 400) -> bytes:
    image = Image.new("RGB", (side, side), "#ccd6dd")
    pen = ImageDraw.Draw(image)
    pen.ellipse((side * 0.33, side * 0.18, side * 0.67, side * 0.52), fill="#657786")
    pen.ellipse((side * 0.2, side * 0.58, side * 0.8, side * 1.3), fill="#657786")
    return encoded(image, "PNG")


def test_a_cluster_says_who_carries_what_in_how_many_forms() -> None:
    posts = [
        carrier(BIG, 1, platform="y"),
        carrier(SMALL, 2),
        carrier(SMALL, 3, account_id="a2"),
        carrier(CROPPED, 4, time_us=None),
        carrier(CROPPED, 5, role="control"),
        carrier(OTHER, 6),
    ]
    clusters, copies = picture_clusters(ALL, carried(*posts))
    assert clusters.schema == schema.PICTURE_CLUSTERS.arrow
    (row,) = clusters.to_pylist()
    assert row == {
        "cluster_id": "P1", "sha256": sha256(BIG), "files": 3, "posts": 4, "accounts": 3, "use": "post", "kind": "image",
        "platforms": "x,y", "first_us": 1_000_000, "last_us": 3_000_000, "background_accounts": 1, "ordinary": None,
    }  # fmt: skip
    found = {(one["sha256"], one["role"]): one for one in copies.to_pylist()}
    assert {key: (one["how"], one["posts"], one["accounts"]) for key, one in found.items()} == {
        (sha256(BIG), "case"): ("same bytes", 1, 1),
        (sha256(SMALL), "case"): ("near-identical", 2, 1),
        (sha256(CROPPED), "case"): ("part", 1, 1),
        (sha256(CROPPED), "control"): ("part", 1, 1),
    }
    assert found[sha256(BIG), "case"]["distance"] == 0 < found[sha256(SMALL), "case"]["distance"] <= 31
    assert found[sha256(CROPPED), "case"]["distance"] > 31
    actions = near_media_actions(carried(*posts), copies, clusters)
    assert actions.schema == schema.ACTIONS.arrow
    assert [(one["account_id"], one["post_id"], one["object_id"], one["time_us"]) for one in actions.to_pylist()] == [
        ("a1", "p1", "P1", 1_000_000),
        ("a2", "p2", "P1", 2_000_000),
        ("a2", "p3", "P1", 3_000_000),
        ("a4", "p4", "P1", None),
    ]
    control = near_media_actions(carried(*posts), copies, clusters, role="control")
    assert control["post_id"].to_pylist() == ["p5"]


def test_a_picture_under_one_id_is_left_to_the_kind_media() -> None:
    posts = carried(*(carrier(data, n, media_id="one") for n, data in enumerate((BIG, SMALL, CROPPED))))
    clusters, copies = picture_clusters(ALL, posts)
    assert len(clusters) == 1
    assert len(near_media_actions(posts, copies, clusters)) == 0


def test_what_the_control_carries_too_is_ordinary() -> None:
    posts = [carrier(BIG, 1), carrier(SMALL, 2), carrier(CROPPED, 3, role="control"), carrier(BIG, 4, role="control")]
    clusters, copies = picture_clusters(ALL, carried(*posts))
    assert clusters["ordinary"].to_pylist() == ["in the control"]
    for role in ("case", "control"):
        assert len(near_media_actions(carried(*posts), copies, clusters, role=role)) == 0


def test_plain_pictures_join_by_their_bytes_alone() -> None:
    red, also_red, blue = plain("red"), plain("red", "BMP"), plain("blue")
    posts = carried(*(carrier(data, n) for n, data in enumerate((red, red, also_red, also_red, blue, BIG))))
    clusters, copies = picture_clusters(table([red, also_red, blue, BIG]), posts)
    assert clusters["ordinary"].to_pylist() == ["plain picture"] * 2
    assert clusters["files"].to_pylist() == [1, 1]
    assert set(copies["how"].to_pylist()) == {"same bytes"}


@pytest.mark.parametrize(
    ("data", "accounts", "ordinary"),
    [(silhouette(), 5, "default avatar"), (silhouette(), 4, None), (BIG, 5, None)],
)
def test_a_simple_drawing_on_many_profiles_is_a_default(data: bytes, accounts: int, ordinary: str | None) -> None:
    profiles = carried(*(carrier(data, n, use="avatar", post_id=None, time_us=None) for n in range(accounts)))
    clusters, copies = picture_clusters(table([data]), profiles)
    assert clusters["ordinary"].to_pylist() == [ordinary]
    assert (clusters["posts"].to_pylist(), clusters["accounts"].to_pylist()) == ([0], [accounts])
    assert len(near_media_actions(profiles, copies, clusters)) == 0


def test_posts_and_profiles_are_apart_and_the_case_represents() -> None:
    posts = [
        carrier(BIG, 1, role="control"), carrier(SMALL, 2), carrier(CROPPED, 3),
        carrier(BIG, 4, use="avatar", post_id=None), carrier(CROPPED, 5, use="avatar", post_id=None),
    ]  # fmt: skip
    clusters, _ = picture_clusters(ALL, carried(*posts))
    by_use = {row["use"]: row for row in clusters.to_pylist()}
    assert by_use["post"]["sha256"] in {sha256(SMALL), sha256(CROPPED)}
    assert by_use["post"]["background_accounts"] == 1
    assert by_use["avatar"]["sha256"] == sha256(BIG)


def test_nothing_gives_nothing() -> None:
    clusters, copies = picture_clusters(schema.PICTURES.empty(), carried())
    assert (len(clusters), len(copies)) == (0, 0)
    assert copies.schema == schema.PICTURE_COPIES.arrow
    assert len(near_media_actions(carried(), copies, clusters)) == 0
    assert len(picture_clusters(ALL, carried(carrier(b"not described", 1), carrier(b"not described", 2)))[0]) == 0


def test_a_file_read_by_two_imports_counts_once() -> None:
    posts = carried(carrier(BIG, 1), carrier(SMALL, 2))
    twice = pa.concat_tables([ALL, ALL])
    for one, other in zip(picture_clusters(ALL, posts), picture_clusters(twice, posts), strict=True):
        assert one.equals(other)
