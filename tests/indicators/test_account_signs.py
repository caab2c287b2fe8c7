"""The sheet of signs of single accounts: each explained, beside the control, nothing tested."""

from __future__ import annotations

import pyarrow as pa
import pytest

from inconcert import schema
from inconcert.evaluate.indicators.trial import readings
from inconcert.indicators.facts import AVATARS, POSTS
from inconcert.indicators.profiles.account_signs import AccountSigns
from inconcert.indicators.profiles.example_profiles import example_profiles
from inconcert.indicators.profiles.single_signs import ROWS, SIGNS
from inconcert.indicators.reading import Reading
from indicators.profiles import DAY_US, START_US

QUICK = AccountSigns(draws=999)


def world(
    members: list[dict], control: list[dict], posts: list[dict] = (), pictures: dict[str, str] | None = None, **more
):
    tables = example_profiles(members, control, "weibo")
    rows = [
        {"post_id": f"p{i}", "platform": "weibo", "role": "case", "kind": "post", **post}
        for i, post in enumerate(posts)
    ]
    tables["posts"] = pa.Table.from_pylist(rows, POSTS.arrow)
    shown = [{"account_id": account, "picture_id": picture} for account, picture in (pictures or {}).items()]
    tables["avatars"] = pa.Table.from_pylist(shown, AVATARS.arrow)
    return {**tables, **more}


def sheet(tables: dict, account_id: str = "m000") -> Reading:
    return next(r for r in readings(QUICK, tables, 1) if r.subject_id == account_id)


def signs(reading: Reading) -> dict[str, str]:
    """Sign -> what its witness says."""
    return {w.why.partition(" (")[0]: w.why for w in reading.witnesses}


def test_m15_the_account_of_the_report_shows_a_default_handle_explained_and_beside_the_control():
    control = [{"display_name": f"爱猫的人{i}"} for i in range(18)] + [
        {"display_name": f"用户776354000{i}"} for i in range(2)
    ]
    reading = sheet(world([{"display_name": "用户7763546981"}], control))
    assert (reading.subject, reading.value, reading.p_value) == ("account", 1.0, None)
    why = signs(reading)["default handle"]
    assert "用户7763546981" in why
    assert SIGNS["default handle"] in why
    assert "2 of 20 accounts of the control too" in why
    assert reading.control == pytest.approx(0.1)


def test_signs_of_age_audience_profile_and_digits():
    member = {"handle": "Anna19010215", "created_us": START_US + 7, "followers": 1, "bio": "", "location": None}
    control = [{"handle": "bob", "created_us": START_US - 800 * DAY_US, "followers": 500, "bio": "a gardener"}] * 2
    posts = [{"account_id": "m000", "time_us": START_US + 12 * DAY_US + 8}]
    found = signs(sheet(world([member], control, posts)))
    assert set(found) == {"digits that are a date", "new", "hardly any audience", "empty profile"}
    assert "1901-02-15" in found["digits that are a date"]
    assert "12 days before its first post" in found["new"]
    assert "1 follower;" in found["hardly any audience"]


def test_a_first_post_before_the_account_was_made_or_at_an_absurd_time_makes_nobody_new():
    member = {"handle": "anna", "created_us": START_US + 7}
    for time in (START_US - DAY_US, None, -62_135_596_800_000_000):
        posts = [{"account_id": "m000", "time_us": time}]
        assert signs(sheet(world([member], [{"handle": "bob"}], posts))) == {}


def test_habits_need_five_posts_and_all_forwards_or_nearly_one_hashtag():
    kinds = {"m000": ["share"] * 5, "m001": ["share"] * 4, "m002": ["share"] * 4 + ["post"]}
    posts = [
        {"account_id": a, "kind": kind, "time_us": START_US + i} for a, ks in kinds.items() for i, kind in enumerate(ks)
    ]
    tags = [
        {
            "account_id": a,
            "kind": "hashtag",
            "object_id": "peace",
            "post_id": f"t{i}",
            "platform": "weibo",
            "time_us": None,
        }
        for a, n in (("m000", 3), ("m002", 4))
        for i in range(n)
    ]
    tables = world([{}] * 3, [{}], posts, actions=pa.Table.from_pylist(tags, schema.ACTIONS.arrow))
    assert list(signs(sheet(tables))) == ["forwards only"]
    assert sheet(tables, "m001").value is None
    assert list(signs(sheet(tables, "m002"))) == ["single topic"]
    assert "4 of its 5 posts carry #peace" in signs(sheet(tables, "m002"))["single topic"]


def test_a_picture_that_many_of_the_control_have_is_nobodys_own():
    pictures = {"m000": "grey", "m001": "face", "c000": "grey", "c001": "grey", "c002": "grey", "c003": "cat"}
    tables = world([{"handle": "a"}] * 3, [{"handle": "b"}] * 4, pictures=pictures)
    assert "3 accounts of the control have" in signs(sheet(tables))["no picture of its own"]
    assert signs(sheet(tables, "m001")) == {}
    assert "no profile picture" in signs(sheet(tables, "m002"))["no picture of its own"]
    few = world([{"handle": "a"}] * 3, [{"handle": "b"}] * 4, pictures={"c000": "cat"})
    assert signs(sheet(few)) == {}


def test_members_of_a_burst_show_it_and_the_rest_do_not():
    spread = [{"created_us": START_US + (i * i % 977) * DAY_US + i * 7_919_000_003} for i in range(90)]
    batch = [{"created_us": START_US + 500 * DAY_US + 7 + 11_000_003 * i} for i in range(15)]
    found = readings(QUICK, world([*batch, *spread[:20]], spread[20:]), 1)
    shown = {r.subject_id for r in found if "made in a burst" in signs(r)}
    assert shown == {f"m{i:03}" for i in range(15)}


def test_nothing_to_check_is_too_little():
    reading = sheet(world([{}], [{}]))
    assert reading.value is None
    assert "import" in reading.lacking


def test_an_account_in_two_groups_has_a_sheet_in_each_and_no_control_is_said():
    tables = world([{"display_name": "用户7763546981"}], [])
    twice = [{"group_id": g, "account_id": "m000"} for g in ("g1", "g2")]
    tables["members"] = pa.Table.from_pylist(twice, tables["members"].schema)
    found = readings(QUICK, tables, 1)
    assert [r.group_id for r in found] == ["g1", "g2"]
    assert all(r.control is None and "nothing to hold it against" in r.witnesses[0].why for r in found)
    assert all(r.points == () for r in found)


def test_the_picture_holds_each_sign_of_the_account_against_its_control():
    control = [{"display_name": f"爱猫的人{i}", "followers": 40} for i in range(18)]
    control += [{"display_name": f"用户776354000{i}", "followers": 0} for i in range(2)]
    reading = sheet(world([{"display_name": "用户7763546981", "followers": 90}], control))
    drawn = {(p.layer, p.label): p for p in reading.points}
    signs = ("default handle", "digits that are a date", "hardly any audience")
    assert list(dict.fromkeys(label for _, label in drawn)) == [ROWS[sign] for sign in signs]
    for sign, has in (("default handle", 1.0), ("hardly any audience", 0.0)):
        beside = drawn["control", ROWS[sign]]
        assert drawn["group", ROWS[sign]].x == has
        assert beside.x == pytest.approx(0.1)
        assert beside.low < 0.1 < beside.high
    assert ROWS.keys() == SIGNS.keys()
