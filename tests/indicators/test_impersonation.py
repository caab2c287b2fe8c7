"""Imitators of one account: found and dated where they are planted, with fans, namesakes and stock pictures kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from inconcert.engine.duckdb import DuckDB
from inconcert.evaluate.indicators.impersonation import TRIAL
from inconcert.evaluate.indicators.trial import raised, readings
from inconcert.indicators.facts import FACTS, open_facts
from inconcert.indicators.personas.imitators import imitators, read_profiles, target_at
from inconcert.indicators.personas.impersonation import Impersonation
from inconcert.indicators.personas.impersonation_readings import BURST, LOOKALIKES, MEMBERS, NAMESAKES
from inconcert.indicators.personas.lookalike_burst import fullest_window, rarer_than
from inconcert.indicators.profiles.creation_times import DAY_US
from inconcert.indicators.reading import Reading

START_US = 1_500_000_000_000_000
BIO = "We read the logs so that you need not"


def account(id: str, day: int | None = 0, handle: str | None = None, **more: Any) -> dict[str, Any]:
    row = {
        "account_id": id, "platform": "x", "role": "case", "handle": handle or f"somebody{id}", "display_name": None, "bio": None,
        "location": None, "created_us": None if day is None else START_US + day * DAY_US, "followers": None, "following": None,
    }  # fmt: skip
    return row | more


def tables(accounts: list[dict[str, Any]], worn: Mapping[str, str] = {}, protected: list[str] | None = None, **more: pa.Table) -> dict[str, pa.Table]:  # fmt: skip
    lists = [
        {"list": "ours", "role": "protected", "account_id": id, "handle": None, "platform": None, "display_name": None, "bio": None,
         "source": None, "import_id": "i", "row_ref": 1}
        for id in protected or []
    ]  # fmt: skip
    pictures = [{"account_id": a, "picture_id": p} for a, p in worn.items()]
    return {
        "accounts": pa.Table.from_pylist(accounts, schema=FACTS["accounts"].arrow),
        "avatars": pa.Table.from_pylist(pictures, schema=FACTS["avatars"].arrow),
        "lists": pa.Table.from_pylist(lists, schema=FACTS["lists"].arrow),
    } | more


def measured(world: Mapping[str, pa.Table], **parameters: Any) -> dict[tuple[str, str], Reading]:
    return {(r.measure, r.subject_id): r for r in readings(Impersonation(**parameters), world, 1)}


def crowd(n: int, rng: np.random.Generator) -> list[dict[str, Any]]:
    def word() -> str:
        return "".join(rng.choice(list("bcdfgklmnprstv")) + rng.choice(list("aeiou")) for _ in range(5))

    return [
        account(f"p{i:04}", int(rng.integers(1, 1500)), word(), followers=int(rng.integers(1, 1000))) for i in range(n)
    ]


def test_m22_four_hundred_planted_copies_are_found_and_fans_kept_apart():
    rng = np.random.default_rng(22)
    target = account("target", 0, "Intrusion_Truth", display_name="Intrusion Truth", bio=BIO, followers=500)
    swaps = {"I": "l", "t": "7", "u": "ս", "o": "о", "s": "ѕ"}
    copies, fans = [], []
    for i in range(400):
        letter = list(swaps)[i % len(swaps)]
        handle = ("Intrusion_Truth".replace(letter, swaps[letter], 1), f"Intrusion_Truth{i % 90}", "IntrusionTruth")[
            i % 3
        ]
        copies.append(
            account(f"copy{i:03}", 1200 + i % 25, handle, display_name="Intrusion Truth", bio=BIO if i % 2 else None)
        )
    for i in range(60):
        fans.append(account(f"fan{i:02}", int(rng.integers(1, 1500)), f"IntrusionTruth{i}", display_name="Intrusion Truth fans", bio=BIO))  # fmt: skip
    worn = {a["account_id"]: "logo" for a in [target, *copies, *fans]}
    found = measured(tables([target, *copies, *fans, *crowd(600, rng)], worn, ["target"]))
    lookalikes, burst = found[LOOKALIKES, "target"], found[BURST, "target"]
    assert lookalikes.value == 400
    assert "60 more say themselves that they are fans or parody" in lookalikes.says
    assert lookalikes.p_value is not None
    assert lookalikes.p_value < 0.001
    assert burst.value == 400
    assert burst.p_value is not None
    assert burst.p_value <= 0.0001
    assert {w.account_id[:4] for w in [*lookalikes.witnesses, *burst.witnesses]} == {"copy"}
    span = next(p for p in burst.points if p.layer == "found")
    assert span.x == START_US + 1200 * DAY_US
    assert sum(p.y or 0 for p in burst.points if p.layer == "observed") == 400


@pytest.mark.parametrize(
    ("other", "worn", "counted"),
    [
        (account("o", 5, "harbour_watch1"), False, False),  # a name alone
        (account("o", 5, "harbour_watch1"), True, True),
        (account("o", 5, "harbour_watch1", bio=BIO), False, True),
        (account("o", 5, "quite_else", bio=BIO), True, True),
        (account("o", 5, "quite_else"), True, False),
        (account("o", -5, "harbour_watch1"), True, False),  # older
        (account("o", 5, "harbour_watch1", platform="weibo"), True, False),
        (account("o", None, "harbour_watch1"), True, False),  # age unknown, and nobody vouches for the target
    ],
)
def test_an_imitator_is_younger_and_shares_two_of_three(other: dict[str, Any], worn: bool, counted: bool):
    world = tables([account("t", 0, "Harbour_Watch", bio=BIO), other], {"t": "logo"} | ({"o": "logo"} if worn else {}))
    engine = DuckDB(threads=1)
    open_facts(engine, world)
    profiles = read_profiles(engine)
    ones = imitators(profiles, [target_at(profiles, profiles.place["t"])])[0]
    engine.close()
    assert [profiles.account_id[one.place] for one in ones] == (["o"] if counted else [])


def test_a_stock_picture_shows_nothing():
    rng = np.random.default_rng(5)
    others = [account(f"o{i:02}", 5, f"harbour_watch{i}") for i in range(9)]
    strangers = crowd(60, rng)
    world = tables(
        [account("t", 0, "Harbour_Watch"), *others, *strangers],
        {a["account_id"]: "sunset" for a in others + strangers} | {"t": "sunset"}, ["t"],
    )  # fmt: skip
    assert measured(world)[LOOKALIKES, "t"].value == 0
    assert measured(world)[NAMESAKES, "t"].value == 9


def test_a_target_named_fan_has_imitators_too():
    copies = [account(f"o{i}", 5, f"FanBingbing{i}", bio=BIO) for i in range(4)]
    world = tables([account("t", 0, "FanBingbing", bio=BIO), *copies], {}, ["t"])
    assert measured(world)[LOOKALIKES, "t"].value == 4


def test_a_target_known_from_the_list_alone():
    listed = {"list": "ours", "role": "protected", "account_id": None, "handle": "@Harbour_Watch", "platform": "x",
              "display_name": "Harbour Watch", "bio": BIO, "source": None, "import_id": "i", "row_ref": 1}  # fmt: skip
    world = tables([account(f"o{i}", None, f"Harbour_Watch{i}", bio=BIO) for i in range(4)])
    world["lists"] = pa.Table.from_pylist([listed], schema=FACTS["lists"].arrow)
    found = measured(world)
    assert found[LOOKALIKES, "@Harbour_Watch"].value == 4
    assert found[BURST, "@Harbour_Watch"].lacking == "0 lookalikes of known age; it needs 3"


def test_a_cluster_without_any_list_is_found_under_its_eldest():
    rng = np.random.default_rng(8)
    copies = [account(f"c{i:02}", 900 + i, f"truth_teller{i:02}", bio=BIO) for i in range(25)]
    found = measured(tables([*copies, *crowd(200, rng)]))
    assert found[BURST, "c00"].value == 24
    assert (found[BURST, "c00"].p_value or 1) < 0.001
    assert (LOOKALIKES, "c00") not in found  # chosen for having many


def test_too_little_is_said_where_nothing_can_be_compared():
    found = measured(tables([account("t", 0, "Harbour_Watch"), account("o", 4, "Harbour_Watch1")], {}, ["t"]))
    assert found[NAMESAKES, "t"].value == 1
    assert found[LOOKALIKES, "t"].lacking is not None


def test_members_that_imitate_are_held_against_controls():
    world, expected = TRIAL.planted(0.0, np.random.default_rng(1)), 20
    reading = next(r for r in readings(Impersonation(), world, 1) if r.measure == MEMBERS)
    assert (reading.value, reading.n) == (1.0, expected)
    small = replace(Impersonation(), least_accounts=21)
    assert next(r for r in readings(small, world, 1) if r.measure == MEMBERS).lacking is not None


def side(group: str, ids: list[str]) -> pa.Table:
    return pa.Table.from_pylist([{"group_id": group, "account_id": a} for a in ids], schema=FACTS["members"].arrow)


@pytest.mark.parametrize("elder", ["m00", "star"])
@pytest.mark.parametrize(
    ("bio", "worn", "outside"),
    [
        (BIO, 0, 20),
        (BIO, 20, 20),
        (None, 20, 0),  # one badge and one name: a movement
        (None, 2, 2),
        (None, 3, 0),  # a picture that two others of the group have too
    ],
)
def test_members_of_one_badge_imitate_nobody_of_their_own(elder: str, bio: str | None, worn: int, outside: int):
    """A crowd that shows its eldest's name, bio and picture; only one outside the group, among the most followed, is imitated."""
    rng = np.random.default_rng(4)
    members = [account(f"m{i:02}", 100 + i, f"green_party{i}", bio=bio) for i in range(20)]
    star = account("star", 0, "green_party", bio=bio, followers=90_000)
    people = crowd(60, rng)
    pictures = {f"m{i:02}": "badge" for i in range(worn)} | {"star": "badge"}
    world = tables(
        [*members, *people, *([star] if elder == "star" else [])], pictures,
        members=side("G", [m["account_id"] for m in members]), controls=side("G", [p["account_id"] for p in people[:40]]),
    )  # fmt: skip
    reading = measured(world)[MEMBERS, "G"]
    assert reading.value == (outside / 20 if elder == "star" else 0)
    assert ((reading.p_value or 1) < 0.01) == (elder == "star" and outside > 3)
    inside = world | {"members": side("G", [m["account_id"] for m in members] + ["star"])}
    assert measured(inside)[MEMBERS, "G"].value == 0


def test_party_branches_with_one_emblem_and_bio_imitate_nobody():
    rng = np.random.default_rng(4)
    towns = (
        "Leeds",
        "York",
        "Luton",
        "Derby",
        "Exeter",
        "Oxford",
        "Bath",
        "Hull",
        "Kent",
        "Essex",
        "Bristol",
        "Cardiff",
        "Perth",
    )
    branches = [
        account(f"m{i:02}", 50 * i, f"GreenParty{town}", display_name=f"Green Party {town}", bio=BIO, followers=900 - i)
        for i, town in enumerate(towns)
    ]
    world = tables(
        [*branches, *crowd(60, rng)], {b["account_id"]: "sunflower" for b in branches},
        members=side("G", [b["account_id"] for b in branches]), controls=side("G", [f"p{i:04}" for i in range(40)]),
    )  # fmt: skip
    assert (measured(world)[MEMBERS, "G"].value, measured(world)[MEMBERS, "G"].p_value) == (0, 1)


def test_without_anybody_outside_to_imitate_nothing_is_said():
    world = tables(
        [account(f"m{i}", i, bio=BIO) for i in range(12)],
        members=side("G", [f"m{i}" for i in range(6)]), controls=side("G", [f"m{i}" for i in range(6, 12)]),
    )  # fmt: skip
    assert "0 protected or most followed accounts outside both" in (measured(world)[MEMBERS, "G"].lacking or "")


def test_hostile_and_absent_values_are_survived():
    rows = [
        account("t", 0, "=cmd()|'<script>", display_name="\u202e" * 200, bio="\x00" * 500),
        account("e", None, "", display_name="", bio=""),
        account("n", None, None) | {"handle": None},
        account("a", None, "a" * 100_000) | {"created_us": -62_135_596_800_000_000, "followers": -1},
        account("z", None, "a" * 100_000) | {"created_us": 253_402_300_799_000_000},
    ]
    assert all(r.value is not None or r.lacking for r in measured(tables(rows, {"t": "x"}, ["t"])).values())


def test_the_rank_of_a_count_is_valid_where_counts_have_the_heaviest_tail():
    rng = np.random.default_rng(0)
    counts = np.floor(1 / rng.random((4_000, 40))).astype(np.int64)  # P(K >= k) = 1 / k
    p = np.array([rarer_than(int(row[0]), row[1:]) for row in counts])
    for alpha in (0.1, 0.02, 0.005):
        assert (p <= alpha).mean() <= alpha + 3 * np.sqrt(alpha / len(p))
    # the rank alone could never be below 1 / 40
    assert rarer_than(400, np.ones(39, dtype=np.int64)) == 1 / 40 / 400


def test_independent_arrivals_would_call_ordinary_company_a_burst():
    """Fans that bring friends: the window is valid against them, a Poisson count of the window's share is not."""
    rng = np.random.default_rng(1)
    window_us, naive, ours = 30 * DAY_US, [], []
    for _ in range(150):
        pool = rng.integers(0, 1500, 300) * DAY_US
        days = [int(rng.integers(0, 1500))]
        for i in range(1, 15):
            days.append(days[rng.integers(i)] if rng.random() < i / (i + 16) else int(rng.integers(0, 1500)))
        full = fullest_window(np.array(days) * DAY_US, pool, window_us, 499, rng)
        ours.append(full.p_value)
        alone = [np.bincount(rng.integers(0, 50, 15)).max() for _ in range(200)]
        naive.append((1 + np.sum(np.array(alone) >= full.count)) / 201)
    assert np.mean(np.array(ours) <= 0.05) <= 0.1
    assert np.mean(np.array(naive) <= 0.05) > 0.2


def test_clean_worlds_raise_nothing_and_planted_copies_are_raised():
    for seed in range(4):
        clean = readings(TRIAL.indicator, TRIAL.clean(np.random.default_rng(seed)), seed)
        assert raised(clean, tuple(Impersonation.measures), 0.01) == []
        planted = readings(TRIAL.indicator, TRIAL.planted(0.0, np.random.default_rng(seed)), seed)
        assert {r.subject_id for r in raised(planted, TRIAL.measures, 0.01)} == {"a0140"}
