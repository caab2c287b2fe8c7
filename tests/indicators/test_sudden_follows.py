"""Accounts whose few follows lie on one list, beside how others follow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from inconcert.evaluate.indicators.sudden_follows import TRIAL, clean, planted
from inconcert.evaluate.indicators.trial import raised, readings
from inconcert.indicators.engagement.follow_habits import habits
from inconcert.indicators.engagement.sudden_follows import ACCOUNT, GROUP, SuddenFollows
from inconcert.indicators.facts import ACCOUNTS, CONTROLS, MEMBERS
from inconcert.indicators.reading import Reading
from inconcert.schema import FOLLOWS, LISTS


def measured(
    ties: Sequence[tuple[str, str]],
    listed: Sequence[dict[str, str]],
    members: Sequence[str] = (),
    controls: Sequence[str] = (),
    accounts: Sequence[dict[str, str]] = (),
) -> dict[tuple[str, str], Reading]:
    follows = [
        {"follower_id": a, "followed_id": b, "platform": "twitter", "import_id": "i", "row_ref": 1} for a, b in ties
    ]
    tables = {
        "follows": pa.Table.from_pylist(follows, schema=FOLLOWS.arrow),
        "lists": pa.Table.from_pylist([{"list": "L", "role": "interest", "import_id": "i", "row_ref": 1, **row} for row in listed], schema=LISTS.arrow),
        "members": pa.Table.from_pylist([{"group_id": "G", "account_id": a} for a in members], schema=MEMBERS.arrow),
        "controls": pa.Table.from_pylist([{"group_id": "G", "account_id": a} for a in controls], schema=CONTROLS.arrow),
        "accounts": pa.Table.from_pylist([{"platform": "twitter", "role": "case", **row} for row in accounts], schema=ACCOUNTS.arrow),
    }  # fmt: skip
    return {(r.measure, r.subject_id): r for r in readings(SuddenFollows(), tables, 0)}


def crowd(n: int = 200) -> list[tuple[str, str]]:
    """Others with five follows each, one in twenty of them on the list t0 to t4."""
    rng = np.random.default_rng(3)
    return [(f"o{i:03}", f"t{j}") for i in range(n) for j in rng.choice(100, 5, replace=False)]


LIST = [{"account_id": f"t{j}"} for j in range(5)]


def test_members_who_follow_only_the_list_stand_out():
    ties = [*crowd(), *((f"m{i}", f"t{j}") for i in range(10) for j in range(4))]
    found = measured(ties, LIST, [f"m{i}" for i in range(10)], [f"o{i:03}" for i in range(50)])
    group, one = found[GROUP, "G"], found[ACCOUNT, "m0"]
    assert (group.value, group.n, group.n_control) == (1.0, 10, 50)
    assert group.p_value is not None
    assert group.p_value < 1e-4
    assert (one.value, one.n, one.group_id) == (1.0, 4, "G")
    assert one.p_value is not None
    assert one.p_value < 1e-3
    assert one.says.startswith(
        "4 of 4 known follows (100%, 95% interval 51% to 100%) go to the 5 accounts of the list “L”"
    )


def test_popular_accounts_carry_little():
    """The same member, where the list is what everybody is shown on joining."""
    shown = [(f"n{i}", f"t{j}") for i in range(100) for j in range(4)]
    ties = [*crowd(), *shown, *((f"m{i}", f"t{j}") for i in range(10) for j in range(4))]
    found = measured(ties, LIST, [f"m{i}" for i in range(10)], [f"n{i}" for i in range(50)])
    assert found[GROUP, "G"].p_value == pytest.approx(1.0, abs=0.5)
    assert (found[ACCOUNT, "m0"].p_value or 0) > 0.3


def test_a_lone_reader_of_a_town_is_no_rarer_than_one_in_those_who_follow_any_of_it():
    found = measured([*crowd(), *(("reader", f"t{j}") for j in range(5))], LIST)
    followers = sum(measure == ACCOUNT for measure, _ in found)
    assert found[ACCOUNT, "reader"].p_value == pytest.approx(1 / followers)


def naive(d: int, k: int, rate: float) -> float:
    """Follows dealt out one by one at the popularity of the list."""
    return float(stats.binom.sf(k - 1, d, rate))


def test_follows_dealt_out_one_by_one_flag_interests():
    """The rule that takes each follow as independent, on a world of interests, towns and suggestions."""
    alarms = {"naive": 0, "ours": 0}
    for seed in range(5):
        found = [
            r for r in readings(TRIAL.indicator, clean(np.random.default_rng([seed, 1])), seed) if r.measure == ACCOUNT
        ]
        p = [naive(r.n, round((r.value or 0) * r.n), r.control or 0) for r in found]
        alarms["naive"] += bool((stats.false_discovery_control(p) <= 0.01).any())
        alarms["ours"] += bool(raised(found, TRIAL.measures, 0.01))
    assert alarms["naive"] >= 3
    assert alarms["ours"] == 0


def test_planted_followers_are_found():
    hits = [
        bool(raised(readings(TRIAL.indicator, planted(0.0, np.random.default_rng([s, 2])), s), TRIAL.measures, 0.01))
        for s in range(6)
    ]
    assert sum(hits) >= 3


def test_lists_are_met_by_id_by_handle_and_by_the_handle_of_a_known_account():
    ties = [*crowd(), *(("m", name) for name in ("t0", "HandleOne", "id7"))]
    listed = [
        *LIST,
        {"handle": "@handleone"},
        {"handle": "Seven", "platform": "twitter"},
        {"handle": "t9", "platform": "weibo"},
    ]
    found = measured(ties, listed, accounts=[{"account_id": "id7", "handle": "seven"}])
    assert (found[ACCOUNT, "m"].value, found[ACCOUNT, "m"].n) == (1.0, 3)


def test_counts_are_those_of_a_loop():
    ties = crowd()
    found = measured(ties, LIST)
    follows: dict[str, set[str]] = {}
    for a, b in ties:
        follows.setdefault(a, set()).add(b)
    on = {a: len(some & {f"t{j}" for j in range(5)}) for a, some in follows.items()}
    assert {a for measure, a in found if measure == ACCOUNT} == {a for a, k in on.items() if k}
    assert all(round((r.value or 0) * r.n) == on[a] for (_, a), r in found.items())
    rate = (sum(on.values()) + 0.5) / (len(ties) + 1)
    assert next(iter(found.values())).control == pytest.approx(max(rate, sum(on.values()) / len(ties)))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.integers(2, 30), st.integers(1, 50), min_size=1), st.data())
def test_chances_fall_with_more_on_the_list_and_are_chances(degrees: dict[int, int], data: st.DataObject):
    seen: Counter[tuple[int, int]] = Counter()
    for d, n in degrees.items():
        seen[d, data.draw(st.integers(1, d))] += data.draw(st.integers(1, n))
    habit = habits(degrees, seen, data.draw(st.floats(0, 1)))
    d = data.draw(st.integers(2, 30))
    chances = [habit.chance(d, k) for k in range(1, d + 1)]
    assert all(0 < p <= 1 for p in chances)
    assert all(p >= q - 1e-9 for p, q in pairwise(chances))


def test_the_correlation_of_follows_is_that_of_two_drawn_from_one_account():
    rng = np.random.default_rng(0)
    rates = rng.beta(0.5, 4.5, 20_000)
    k = rng.binomial(8, rates)
    seen = Counter((8, int(n)) for n in k if n)
    habit = habits({8: 20_000}, seen, 0.0)
    assert habit.rate == pytest.approx(0.1, abs=0.005)
    assert habit.alike == pytest.approx(1 / 6, abs=0.01)


def test_too_little_is_said():
    found = measured([("m", "t0"), ("m", "t1"), ("o", "t0"), ("o", "x")], LIST, ["m"], ["o"])
    assert found[ACCOUNT, "m"].lacking == "1 other accounts with 2 to 30 known follows; it needs 50"
    assert found[GROUP, "G"].lacking == "2 to 30 known follows of 1 members and 1 controls; it needs those of 5 and 10"
    assert measured([], LIST, ["m"]) == {}


def test_repeated_rows_and_hostile_names_change_nothing():
    listed = [{"account_id": f"t{j}", "list": "=1+1<b>\x00" * 50} for j in range(5)]
    ties = crowd()
    twice = measured([*ties, *ties[:200]], listed)
    once = measured(ties, listed)
    assert twice == once
    assert all(len(r.says) < 400 for r in once.values())
