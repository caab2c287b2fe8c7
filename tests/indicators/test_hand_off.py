"""Hand-off: counted like the definition, the figures of the design, deaf to common news, silent on too little."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.errors import InputError
from inconcert.evaluate.indicators.hand_off import TRIAL, operated
from inconcert.evaluate.indicators.ordinary_people import DAY_US, MINUTE_US, SECOND_US, START_US, News, person
from inconcert.evaluate.indicators.trial import readings
from inconcert.indicators.activity.hand_off import HandOff
from inconcert.indicators.activity.staged_timelines import staged
from inconcert.indicators.activity.turns import Spans, turn_taking
from inconcert.indicators.facts import FACTS

SPANS = Spans(15 * SECOND_US, 300 * SECOND_US, 600 * SECOND_US)


def measured(tables, **parameters):
    return {r.measure: r for r in readings(HandOff(**parameters), tables, 3)}


def people(n: int, days: int, rng: np.random.Generator, news: News | None = None, posts: int = 70) -> list[np.ndarray]:
    return [person(days, posts, 2, news, rng) for _ in range(n)]


def split(inside: list[np.ndarray], outside: list[np.ndarray]):
    times = {f"m{i}": t for i, t in enumerate(inside)} | {f"c{i}": t for i, t in enumerate(outside)}
    return staged(times, {"g": list(times)[: len(inside)]}, {"g": list(times)[len(inside) :]})


@given(st.lists(st.lists(st.integers(0, 4_000), min_size=1, max_size=30, unique=True), min_size=2, max_size=5))
@settings(max_examples=60)
def test_turns_are_those_of_the_definition(seconds):
    times = [START_US + np.array(sorted(s), dtype=np.int64) * SECOND_US for s in seconds]
    turns = turn_taking(times, SPANS).observed(len(times))
    merged = sorted((t, a) for a, own in enumerate(times) for t in own.tolist())
    hand_offs, overlaps = 0, 0
    passes = np.zeros((len(times), len(times)), dtype=int)
    for (before, a), (after, b) in pairwise(merged):
        if a != b and after - before < 15 * SECOND_US:
            overlaps += 1
        elif a != b and after - before <= 300 * SECOND_US:
            hand_offs += 1
            passes[a, b] += 1
    for (first, a), (_, b), (last, c) in zip(merged, merged[1:], merged[2:], strict=False):
        overlaps += a == c != b and last - first <= 600 * SECOND_US
    assert (turns.hand_offs, turns.overlaps, turns.balance) == (hand_offs, overlaps, hand_offs - 2 * overlaps)
    ways = [(i, j) for i in range(len(times)) for j in range(i) for _ in range(passes[i, j])]
    back = [(i, j) for i in range(len(times)) for j in range(i) for _ in range(passes[j, i])]
    drawn = [(p, True) for p in ways] + [(p, False) for p in back]
    same = [(x[1] != y[1]) for k, x in enumerate(drawn) for y in drawn[:k] if x[0] == y[0]]
    assert turns.opposite == pytest.approx(np.mean(same)) if same else np.isnan(turns.opposite)


def test_sets_are_counted_like_groups():
    rng = np.random.default_rng(1)
    taking = turn_taking(people(9, 30, rng), SPANS)
    versions = taking.versions(2, rng)
    chosen = np.zeros((1, 9), dtype=bool)
    chosen[0, :4] = True
    balance, order, hand_offs, *_ = taking.of_sets(versions, chosen)[0, 0]
    turns = taking.observed(4)
    assert (balance, order, hand_offs) == (turns.balance, pytest.approx(turns.order), turns.hand_offs)
    assert len(taking.passed(4)) == turns.hand_offs


def test_the_figures_of_the_design_five_accounts_on_twenty_days():
    # Design, with 299 copies: 0 of 40 independent sets at .05, 40 of 40 single operators at .01. Ours rejects 1 of
    # the 39 independent sets
    # that it tests (quieter people would give 0, but because half of them are refused); a valid test may reject 4
    # of 40.
    independent, single = [], []
    for seed in range(40):
        rng = np.random.default_rng([1, seed])
        control = people(15, 20, rng, posts=150)
        for inside, kept in ((people(5, 20, rng, posts=150), independent), (operated(5, 20, 2, rng), single)):
            found = measured(split(inside, control), copies=299)
            kept.append(found["hand-off"].p_value)
    tested = [p for p in independent if p is not None]
    assert len(tested) >= 30
    assert sum(p < 0.05 for p in tested) <= 4
    assert sum(p < 0.01 for p in single) == 40


def test_news_that_everybody_hears_do_not_raise_it_though_they_fool_day_shifts_alone():
    naive, ours = 0, 0
    for seed in range(8):
        rng = np.random.default_rng(seed)
        events = START_US + (np.arange(30) * 24 * 60 + rng.integers(720, 1_080, 30)) * MINUTE_US
        crowd = people(25, 30, rng, News(events, 0.8, 5), posts=40)
        taking = turn_taking(crowd, SPANS)
        balance = taking.observed(5).balance
        naive += (1 + (taking.shifted(5, 199, rng)[:, 0] >= balance).sum()) / 200 <= 0.01
        found = measured(split(crowd[:5], crowd[5:]))
        ours += any(r.p_value is not None and r.p_value <= 0.01 for r in found.values())
    assert naive >= 6
    assert ours == 0


def test_a_crowd_called_to_an_hour_by_a_new_tag_is_not_one_hand():
    rng = np.random.default_rng(1)
    storm_us = START_US + np.arange(40) * DAY_US + (rng.uniform(8, 23, 40) * 3_600e6).astype(np.int64)
    own = people(8, 40, rng, posts=90)
    inside, acts = [], []
    for fan, moments in enumerate(own):
        days = np.flatnonzero(rng.random(40) < 0.6)
        joined = storm_us[days] + (rng.random(len(days)) * 900).astype(np.int64) * SECOND_US
        inside.append(np.concatenate([moments, joined]))
        acts += [
            {
                "account_id": f"m{fan}", "post_id": f"m{fan}:{len(moments) + place}", "platform": "x",
                "time_us": int(time_us), "kind": "hashtag", "object_id": f"day {day}",
            }
            for place, (day, time_us) in enumerate(zip(days, joined, strict=True))
        ]  # fmt: skip
    tables = dict(split(inside, people(30, 40, rng, posts=120)))
    assert measured(tables, copies=999)["hand-off"].p_value <= 0.01
    tables["actions"] = pa.Table.from_pylist(acts, schema=FACTS["actions"].arrow)
    found = measured(tables, copies=999)
    assert all(reading.p_value is None or reading.p_value > 0.05 for reading in found.values())


def test_an_operator_without_a_rota_hands_off_in_no_order():
    rng = np.random.default_rng(3)
    times: list[list[int]] = [[] for _ in range(5)]
    for day in range(30):
        for begun in rng.integers(8 * 3600, 18 * 3600, 3):
            at_us = START_US + day * DAY_US + int(begun) * SECOND_US
            for a in rng.permutation(5):
                times[a].append(at_us)
                at_us += int(rng.integers(20, 200)) * SECOND_US
    found = measured(split([np.array(sorted(t)) for t in times], people(15, 30, rng)))
    assert found["hand-off"].p_value <= 0.001
    assert found["rota"].p_value > 0.01
    assert found["rota"].low < 0.5 < found["rota"].high


def test_a_fixed_rota_is_one_way():
    found = measured(TRIAL.planted(0, np.random.default_rng(4)))
    assert found["rota"].p_value <= 0.002
    assert found["rota"].value < 0.2
    assert found["hand-off"].low > found["hand-off"].control
    assert 0 < len(found["hand-off"].witnesses) <= 20


def test_large_groups_are_cut_by_creation_not_by_what_is_measured():
    rng = np.random.default_rng(5)
    operator = operated(5, 30, 2, rng)
    tables = dict(split([*people(12, 30, rng), *operator], people(15, 30, rng)))
    accounts = [
        {
            **row,
            "created_us": START_US
            - (400 if row["account_id"] in {f"m{i}" for i in range(12, 17)} else 900 - i) * DAY_US,
        }
        for i, row in enumerate(tables["accounts"].to_pylist())
    ]
    tables["accounts"] = pa.Table.from_pylist(accounts, schema=FACTS["accounts"].arrow)
    found = measured(tables, max_accounts=6)["hand-off"]
    assert found.p_value <= 0.003
    assert "one of 3 sets" in found.says
    assert {w.account_id for w in found.witnesses} <= {f"m{i}" for i in range(11, 17)}


@pytest.mark.parametrize(("members", "controls", "days"), [(1, 20, 30), (2, 20, 20), (5, 5, 30), (5, 20, 6)])
def test_too_little_is_said_with_its_remedy(members: int, controls: int, days: int):
    rng = np.random.default_rng(6)
    found = measured(split(people(members, days, rng), people(controls, days, rng)))
    assert set(found) == {"hand-off", "rota"}
    for reading in found.values():
        assert reading.value is None
        assert "import" in reading.lacking or "add" in reading.lacking


def test_posts_of_a_control_import_never_count_for_a_member():
    tables = dict(TRIAL.planted(0, np.random.default_rng(7)))
    inside = set(tables["members"]["account_id"].to_pylist())
    posts = [{**r, "role": "control"} if r["account_id"] in inside else r for r in tables["posts"].to_pylist()]
    found = measured({**tables, "posts": pa.Table.from_pylist(posts, schema=FACTS["posts"].arrow)})
    assert "0 of" in found["hand-off"].lacking


def test_absurd_times_and_nulls_do_no_harm():
    tables = dict(TRIAL.clean(np.random.default_rng(12)))
    odd = [
        {
            "post_id": f"odd{i}",
            "account_id": "a0",
            "platform": "x",
            "role": "case",
            "kind": "post",
            "time_us": t,
            "text": "",
        }
        for i, t in enumerate([None, -62_135_596_800_000_000, 253_402_300_799_000_000, 2**62])
    ]
    more = pa.concat_tables([tables["posts"], pa.Table.from_pylist(odd, schema=FACTS["posts"].arrow)])
    assert measured({**tables, "posts": more}) == measured(tables)


@pytest.mark.parametrize("wrong", [{"hand_off_to_s": 10.0}, {"hand_off_from_s": 0.0}, {"max_accounts": 1}])
def test_spans_and_sets_must_make_sense(wrong):
    with pytest.raises(InputError):
        HandOff(**wrong)
