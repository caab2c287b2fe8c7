"""Profile pictures of groups, counted beside a control."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest

from inconcert import schema
from inconcert.describe.avatars import group_avatars


def media(shown: dict[str, list[str]], use: str = "avatar") -> pa.Table:
    rows = [
        {"media_id": sha256, "use": use, "post_id": "p" if use == "post" else None, "account_id": account, "platform": "x",
         "time_us": None, "file": f"{sha256}.png", "sha256": sha256, "import_id": "i"}
        for account, files in shown.items()
        for sha256 in files
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema.MEDIA.arrow)


def clusters(*rows: tuple[str, str, str | None, list[str]]) -> tuple[pa.Table, pa.Table]:
    """From (cluster_id, use, ordinary, files)."""
    head = [
        {"cluster_id": key, "sha256": files[0], "files": len(files), "posts": 0, "accounts": 2, "use": use, "kind": "image",
         "platforms": "x", "first_us": None, "last_us": None, "background_accounts": 0, "ordinary": why}
        for key, use, why, files in rows
    ]  # fmt: skip
    copies = [
        {
            "cluster_id": key,
            "sha256": f,
            "role": "case",
            "distance": 0,
            "how": "near-identical",
            "posts": 0,
            "accounts": 1,
        }
        for key, _, _, files in rows
        for f in files
    ]
    return (
        pa.Table.from_pylist(head, schema.PICTURE_CLUSTERS.arrow),
        pa.Table.from_pylist(copies, schema.PICTURE_COPIES.arrow),
    )


NO_CLUSTERS = clusters()


def faces(found: dict[str, tuple[int, bool]]) -> pa.Table:
    rows = [
        {
            "sha256": sha256,
            "faces": count,
            "eye_distance": 0.01 if count == 1 else None,
            "generated_lead": lead,
            "import_id": "i",
        }
        for sha256, (count, lead) in found.items()
    ]
    return pa.Table.from_pylist(rows, schema.FACES.arrow)


def members(**groups: list[str]) -> pa.Table:
    rows = [{"group_id": group, "account_id": account} for group, accounts in groups.items() for account in accounts]
    return pa.Table.from_pylist(rows, pa.schema({"group_id": pa.string(), "account_id": pa.string()}))


def measured(
    group: pa.Table,
    shown: pa.Table,
    control: pa.Table | None = None,
    *,
    of: tuple[pa.Table, pa.Table] = NO_CLUSTERS,
    found: dict[str, tuple[int, bool]] | None = None,
) -> list[dict]:
    table = group_avatars(group, shown, control, *of, faces(found or {}))
    assert schema.GROUP_AVATARS.check(table).schema == schema.GROUP_AVATARS.arrow
    return table.to_pylist()


def test_default_identical_and_near_identical_pictures_are_told_apart():
    shown = media(
        {"a": ["same"], "b": ["same"], "c": ["crop"], "d": ["egg1"], "e": ["egg2"], "f": ["own"], "z": ["own"]}
    )
    of = clusters(("P1", "avatar", None, ["same", "crop"]), ("P2", "avatar", "default avatar", ["egg1", "egg2"]))
    [row] = measured(members(G1=list("abcdefg")), shown, of=of)
    counts = {name: row[name] for name in ("accounts", "pictures", "default", "identical", "near_identical")}
    # f shares its picture with z, who is no member; g shows none
    assert counts == {"accounts": 7, "pictures": 6, "default": 2, "identical": 2, "near_identical": 1}


def test_one_default_for_all_is_not_counted_as_identical():
    of = clusters(("P1", "avatar", "default avatar of x", ["egg"]))
    [row] = measured(members(G1=["a", "b"]), media({"a": ["egg"], "b": ["egg"]}), of=of)
    assert (row["default"], row["identical"], row["near_identical"]) == (2, 0, 0)


def test_an_account_with_several_pictures_counts_once():
    shown = media({"a": ["egg", "s1", "s2", "s1"], "b": ["s1", "s3"], "c": ["s4", "s5"]})
    of = clusters(
        ("P1", "avatar", None, ["s2", "s3"]),
        ("P2", "avatar", "default avatar", ["egg"]),
        ("P3", "avatar", None, ["s4", "s5"]),
    )
    [row] = measured(members(G1=["a", "b", "c"]), shown, of=of)
    # c changed its own picture a little: nobody else has it
    assert (row["pictures"], row["default"], row["identical"], row["near_identical"]) == (3, 0, 2, 0)


def test_pictures_of_posts_and_clusters_of_posts_do_not_count():
    shown = pa.concat_tables([media({"a": ["one"], "b": ["two"]}), media({"a": ["p"], "b": ["p"], "c": ["p"]}, "post")])
    [row] = measured(members(G1=["a", "b", "c"]), shown, of=clusters(("P1", "post", None, ["one", "two"])))
    assert (row["pictures"], row["identical"], row["near_identical"]) == (2, 0, 0)


FOUND = {
    **{f"g{k}": (1, True) for k in range(6)},
    "g6": (1, False),
    "pair": (2, False),
    **{f"c{k}": (1, k == 0) for k in range(20)},
}
GROUP = {f"m{k}": [f"g{k}"] for k in range(7)} | {"m7": ["pair"]}
CROWD = {f"n{k}": [f"c{k}"] for k in range(20)}


def hypergeometric(leads: int, faces_: int, control_leads: int, control_faces: int) -> float:
    """Chance of as many leads or more among the group's faces, had leads been dealt out at random."""
    everybody, marked = faces_ + control_faces, leads + control_leads
    ways = [
        math.comb(marked, k) * math.comb(everybody - marked, faces_ - k) for k in range(leads, min(faces_, marked) + 1)
    ]
    return sum(ways) / math.comb(everybody, faces_)


def test_leads_are_tested_against_the_control():
    [row] = measured(members(G1=list(GROUP)), media(GROUP), media(CROWD), found=FOUND)
    counts = (row["faces"], row["leads"], row["control_faces"], row["control_leads"], row["control"])
    assert counts == (7, 6, 20, 1, "control")
    assert row["p_value"] == pytest.approx(hypergeometric(6, 7, 1, 20))


@pytest.mark.parametrize("control", [None, media({})], ids=["no control", "a control without profile pictures"])
def test_accounts_in_no_group_stand_for_a_missing_control(control: pa.Table | None):
    groups = members(G1=list(GROUP), G2=["n0", "n1"])
    first, second = measured(groups, media({**GROUP, **CROWD}), control, found=FOUND)
    assert (first["control"], first["control_faces"], first["control_leads"]) == ("others", 18, 0)
    assert first["p_value"] == pytest.approx(hypergeometric(6, 7, 0, 18))
    assert (second["group_id"], second["faces"], second["p_value"]) == ("G2", 2, None)


@pytest.mark.parametrize(("own", "others", "said"), [(5, 5, True), (4, 20, False), (7, 4, False)])
def test_below_five_faces_a_side_nothing_is_said(own: int, others: int, said: bool):
    group = {account: GROUP[account] for account in list(GROUP)[:own]}
    crowd = {account: CROWD[account] for account in list(CROWD)[:others]}
    [row] = measured(members(G1=list(group)), media(group), media(crowd), found=FOUND)
    assert (row["p_value"] is not None) == said


def test_a_face_that_many_copied_is_one_draw():
    copied = {f"m{k}": ["g0"] for k in range(30)} | {f"k{k}": [f"v{k}"] for k in range(10)}
    of = clusters(("P1", "avatar", None, [f"v{k}" for k in range(10)]))
    found = {"g0": (1, True), **{f"v{k}": (1, True) for k in range(10)}}
    [row] = measured(members(G1=list(copied)), media(copied), media(CROWD), of=of, found=FOUND | found)
    assert (row["identical"], row["near_identical"], row["faces"], row["leads"]) == (30, 10, 2, 2)
    assert row["p_value"] is None


def test_a_group_without_pictures_has_a_row_of_zeros():
    [row] = measured(members(G1=["a", "b"]), media({}))
    assert (row["accounts"], row["pictures"], row["faces"], row["p_value"], row["control"]) == (2, 0, 0, None, "others")
    assert measured(members(), media({})) == []
