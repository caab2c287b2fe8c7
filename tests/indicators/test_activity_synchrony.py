"""Activity synchrony: counted like the definition, deaf to news that the control hears too, silent on too little."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.errors import InputError
from inconcert.evaluate.indicators.activity_synchrony import TRIAL
from inconcert.evaluate.indicators.ordinary_people import DAY_US, MINUTE_US, START_US, News, person
from inconcert.evaluate.indicators.trial import readings
from inconcert.indicators.activity.activity_synchrony import ActivitySynchrony
from inconcert.indicators.activity.meetings import meetings
from inconcert.indicators.activity.staged_timelines import staged
from inconcert.indicators.facts import FACTS
from inconcert.indicators.reading import Reading

BIN_US = 5 * MINUTE_US
moments = st.lists(st.integers(0, 6 * 288 - 1), min_size=1, max_size=40)


def measured(tables, **parameters) -> Reading:
    (reading,) = readings(ActivitySynchrony(**parameters), tables, 3)
    return reading


def people(
    n: int, days: int, rng: np.random.Generator, news: News | None = None, posts: int = 80
) -> dict[str, np.ndarray]:
    return {f"a{i}": person(days, posts, 2, news, rng) for i in range(n)}


def split(times, members: int):
    names = list(times)
    return staged(times, {"g": names[:members]}, {"g": names[members:]})


@given(st.lists(moments, min_size=2, max_size=6))
@settings(max_examples=60)
def test_meetings_and_their_expectation_are_those_of_the_definition(bins):
    times = [START_US + np.unique(np.array(b, dtype=np.int64)) * BIN_US for b in bins]
    met = meetings(times, BIN_US)
    everybody = np.ones((1, len(times)), dtype=bool)
    naive = sum(len(set(a.tolist()) & set(b.tolist())) for a, b in combinations(times, 2))
    assert met.met(everybody)[0] == naive
    days = [{(t - met.moves.origin_us) // DAY_US for t in one} for one in map(np.ndarray.tolist, times)]
    clock = [Counter((t - met.moves.origin_us) % DAY_US for t in one) for one in map(np.ndarray.tolist, times)]
    for a, b in combinations(range(len(times)), 2):
        both = len(days[a] & days[b]) / len(days[a]) / len(days[b])
        assert met.expected[a, b] == pytest.approx(both * sum(n * clock[b][c] for c, n in clock[a].items()))


def test_the_mean_of_the_copies_is_the_expectation():
    rng = np.random.default_rng(1)
    met = meetings(list(people(8, 40, rng).values()), BIN_US)
    everybody = np.ones((1, 8), dtype=bool)
    drawn = met.shifted(8, 4_000, rng)
    assert drawn.mean() == pytest.approx(met.by_chance(everybody)[0], abs=4 * drawn.std() / np.sqrt(4_000))


def test_a_shift_keeps_days_hours_and_weekends():
    rng = np.random.default_rng(2)
    moves = meetings(list(people(3, 60, rng).values()), BIN_US).moves
    day = moves.draw(rng)
    for account in range(3):
        own = moves.account == account
        assert set(day[own]) == set(moves.day[own])
    begun = (moves.origin_us // DAY_US + 3) % 7
    assert (((day + begun) % 7 >= 5) == ((moves.day + begun) % 7 >= 5)).all()
    assert np.abs(day - moves.day).max() < 45
    assert (day != moves.day).mean() > 0.5


def test_news_that_everybody_hears_do_not_raise_it_though_they_fool_day_shifts_alone():
    naive, ours = 0, 0
    for seed in range(8):
        rng = np.random.default_rng(seed)
        events = START_US + (np.arange(0, 30, 2) * 24 * 60 + rng.integers(720, 1_080, 15)) * MINUTE_US
        times = people(30, 30, rng, News(events, 0.8, 4))
        met = meetings(list(times.values())[:10], BIN_US)
        observed = sum(
            len(np.intersect1d(a // BIN_US, b // BIN_US)) for a, b in combinations(list(times.values())[:10], 2)
        )
        naive += (1 + (met.shifted(10, 199, rng) >= observed).sum()) / 200 <= 0.01
        ours += measured(split(times, 10)).p_value <= 0.01
    assert naive >= 6
    assert ours == 0


def test_it_finds_a_team_that_answers_calls():
    reading = measured(TRIAL.planted(0, np.random.default_rng(4)))
    assert reading.p_value <= 0.001
    assert 1 < reading.low < reading.value < reading.high
    assert reading.control < reading.low
    assert {w.account_id for w in reading.witnesses} <= {f"a{i}" for i in range(15)}
    assert 0 < len(reading.witnesses) <= 20


def test_posts_that_share_an_object_or_answer_each_other_do_not_count():
    tables = dict(TRIAL.planted(0, np.random.default_rng(4)))
    calls = [r for r in tables["posts"].to_pylist() if r["account_id"] in {"a0", "a1", "a2"}]
    shared = [
        {**{c: r[c] for c in ("account_id", "post_id", "platform", "time_us")}, "kind": "url", "object_id": "one link"}
        for r in calls
    ]
    apart = measured({**tables, "actions": pa.Table.from_pylist(shared, schema=FACTS["actions"].arrow)})
    assert apart.n < measured(tables).n or apart.value < measured(tables).value
    posts = [{**r, "reply_to_id": "a20:0"} if r["account_id"] != "a20" else r for r in tables["posts"].to_pylist()]
    answered = measured({**tables, "posts": pa.Table.from_pylist(posts, schema=FACTS["posts"].arrow)})
    assert "0 of" in (answered.lacking or "")


def test_renamed_accounts_and_groups_give_the_same_numbers():
    tables = TRIAL.clean(np.random.default_rng(11))
    one = measured(tables)
    backwards = {f"a{i}": f"z{99 - i}" for i in range(99)}
    other = {}
    for name, table in tables.items():
        rows = [{**row, "account_id": backwards[row["account_id"]]} for row in table.to_pylist()]
        rows = [{**row, "group_id": "another"} if "group_id" in row else row for row in rows]
        other[name] = pa.Table.from_pylist(rows, schema=FACTS[name].arrow)
    renamed = measured(other)
    assert (renamed.value, renamed.p_value, renamed.control) == (one.value, one.p_value, one.control)


@pytest.mark.parametrize(("members", "controls", "days"), [(2, 20, 30), (6, 0, 30), (6, 9, 30), (6, 20, 4)])
def test_too_little_is_said_with_its_remedy(members: int, controls: int, days: int):
    times = people(members + controls, days, np.random.default_rng(6))
    reading = measured(split(times, members))
    assert reading.value is None
    assert reading.p_value is None
    assert "it needs" in reading.lacking


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
            "text": "\x00<b>",
        }
        for i, t in enumerate([None, -62_135_596_800_000_000, 253_402_300_799_000_000, 0, 2**62])
    ]
    more = pa.concat_tables([tables["posts"], pa.Table.from_pylist(odd, schema=FACTS["posts"].arrow)])
    assert measured({**tables, "posts": more}) == measured(tables)


def test_a_bin_must_divide_an_hour():
    with pytest.raises(InputError, match="7"):
        ActivitySynchrony(bin_min=7)


def test_the_picture_sets_what_was_observed_beside_all_copies_and_control_sets():
    reading = measured(TRIAL.planted(0.0, np.random.default_rng(4)), copies=999)
    (observed,) = (p for p in reading.points if p.layer == "found")
    assert observed.x_end is None
    assert f"{observed.x:,.0f} times" in reading.says
    for layer in ("expected", "control"):
        bins = [p for p in reading.points if p.layer == layer]
        assert sum(p.y for p in bins) == pytest.approx(1)
        assert len({round(p.x_end - p.x, 6) for p in bins}) == 1
    expected = [p for p in reading.points if p.layer == "expected"]
    # the copies have as many meetings on average as rhythms explain
    mean = sum(p.y * (p.x + p.x_end) / 2 for p in expected)
    assert mean == pytest.approx(observed.x / reading.value, rel=0.15)
