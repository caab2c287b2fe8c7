"""Working hours: queries against plain loops, chances against worlds without a rhythm, placing against planted offices."""

from __future__ import annotations

import datetime
import math
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from inconcert.engine.duckdb import DuckDB
from inconcert.evaluate.indicators.trial import Tables, readings
from inconcert.evaluate.indicators.working_day import WorkingDay, times_us
from inconcert.evaluate.indicators.working_hours import TRIALS
from inconcert.indicators.activity.staged_timelines import staged
from inconcert.indicators.facts import FACTS, open_facts
from inconcert.indicators.reading import Reading
from inconcert.indicators.working_time.acts_of_groups import acts_of_groups, week_by_platform
from inconcert.indicators.working_time.common_rhythm import Acts, chance, design_effect, shared_part
from inconcert.indicators.working_time.local_share import Clocks, clocks, in_hours, ratio
from inconcert.indicators.working_time.located_rhythm import Place, clock, strength
from inconcert.indicators.working_time.lunch_gap import AFTER, BEFORE, LUNCH, gap_chance
from inconcert.indicators.working_time.offset_posterior import CLOSE, OFFSETS, PRIOR, posterior
from inconcert.indicators.working_time.work_templates import SHARES, TEMPLATES, without_lunch
from inconcert.indicators.working_time.working_hours import WorkingHours

QUARTER_US = 900_000_000
OFFICE, LEISURE = TEMPLATES.index("office"), TEMPLATES.index("leisure")
START_US = 1_640_995_200_000_000


def measured(tables: Tables, one: WorkingHours | None = None, seed: int = 1) -> dict[str, Reading]:
    return {r.measure: r for r in readings(one or WorkingHours(draws=1_999), tables, seed)}


def world(day: WorkingDay, zones: np.ndarray, seed: int, posts: int = 400, days: int = 42) -> Tables:
    group = times_us(day.acts(posts, zones, days, np.random.default_rng(seed)), "m")
    return staged(group, {"g": list(group)}, {})


def office(zone_h: float, seed: int = 3) -> Tables:
    staff = WorkingDay(shares=SHARES[OFFICE], own_kappa=40.0, habit_h=0.5, free_days=(5, 6))
    return world(staff, np.full(12, round(4 * zone_h)), seed)


# the mission row: a planted UTC+8 office set is placed, a random set is not


def test_a_planted_office_in_utc_plus_8_is_placed():
    found = measured(office(8))
    offset = found["offset"]
    assert abs(offset.value - 8) <= 1
    assert offset.low <= 8 <= offset.high
    assert offset.scale == "hours from UTC"
    assert found["rhythm"].p_value <= 0.001
    assert found["work"].lr == found["work"].lr_high == 10
    assert sum(point.y for point in offset.points) == offset.n
    assert len(offset.witnesses) == 12


@pytest.mark.parametrize("seed", range(5))
def test_a_random_set_is_not_placed(seed: int):
    found = measured(world(WorkingDay(shares=np.full(24, 1 / 24)), np.zeros(12, dtype=np.int64), seed))
    assert found["rhythm"].value is not None
    assert found["rhythm"].points
    for measure in ("offset", "work", "lunch-gap", "evening"):
        assert found[measure].value is None
        assert "it needs" in found[measure].lacking


@pytest.mark.parametrize("zone_h", [-8, -3, 0, 5.5, 5.75, 9.5])
def test_offices_elsewhere_are_placed_within_an_hour_or_so(zone_h: float):
    offset = measured(office(zone_h))["offset"]
    assert offset.low <= zone_h <= offset.high
    assert abs(offset.value - zone_h) <= 1.25


def test_two_halves_on_opposite_sides_of_an_ocean_are_not_placed_between_them():
    staff = WorkingDay(shares=SHARES[OFFICE], own_kappa=40.0, habit_h=0.5)
    found = measured(world(staff, np.repeat([-28, 4], 10), 5, posts=2_000))
    assert found["offset"].value is None
    assert "different clocks" in found["offset"].lacking or "no hours" in found["offset"].lacking


def test_one_day_of_news_is_no_rhythm():
    day = WorkingDay(shares=np.full(24, 1 / 24), events=1, event_share=1.0)
    assert measured(world(day, np.zeros(12, dtype=np.int64), 7))["offset"].value is None


# sample


@pytest.mark.parametrize(("posts", "days", "enough"), [(100, 14, True), (99, 14, False), (130, 13, False)])
def test_too_little_is_refused(posts: int, days: int, enough: bool):
    moments = [START_US + (i % days) * 96 * QUARTER_US + (i // days) * QUARTER_US for i in range(posts)]
    tables = staged({"a": np.array(moments[::2]), "b": np.array(moments[1::2])}, {"g": ["a", "b"]}, {})
    found = measured(tables)
    assert (found["rhythm"].value is not None) == enough
    if not enough:
        assert found.keys() == WorkingHours.measures.keys()
        assert {r.lacking for r in found.values()} == {f"{posts} posts on {days} days; it needs 100 on 14"}


def test_posts_of_one_account_in_a_quarter_hour_count_once():
    moments = np.arange(START_US, START_US + 20 * 96 * QUARTER_US, 96 * QUARTER_US)
    burst = np.concatenate([moments + i * 1_000_000 for i in range(30)])
    found = measured(staged({"a": burst, "b": burst}, {"g": ["a", "b"]}, {}))
    assert found["rhythm"].lacking == "40 posts on 20 days; it needs 100 on 14"


def test_a_control_stands_beside():
    group = office(8)
    everybody = WorkingDay(shares=SHARES[LEISURE], kappa=np.inf, own_kappa=60.0)
    other = times_us(everybody.acts(1_500, np.full(30, -20), 42, np.random.default_rng(4)), "c")
    control = staged(other, {}, {"g": list(other)})
    tables = {name: pa.concat_tables([group[name], control[name]]) for name in group}
    found = measured(tables)
    assert abs(found["offset"].control + 5) <= 1.25
    assert found["work"].control < 0 < found["work"].value
    assert found["evening"].control > found["evening"].value
    assert found["lunch-gap"].n_control == found["offset"].n_control > 1_000
    assert {r.p_value for r in measured(group).values()} == {r.p_value for r in found.values()}


# queries

_TIMES = st.one_of(
    st.none(),
    st.sampled_from([-62_135_596_800_000_000, 253_402_300_799_000_000, START_US, START_US + 1]),
    st.integers(START_US, START_US + 40 * QUARTER_US),
)
_ROWS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["x", "y"]), st.sampled_from(["case", "control"]), _TIMES),
    max_size=40,
)
_SIDES = st.lists(st.tuples(st.sampled_from("gh"), st.sampled_from("abcd")), max_size=6)


def _tables(rows: list, members: list, controls: list) -> Tables:
    posts = [
        {"post_id": str(i), "account_id": a, "platform": p, "role": role, "kind": "post", "time_us": t}
        for i, (a, p, role, t) in enumerate(rows)
    ]
    sides = {
        name: [{"group_id": g, "account_id": a} for g, a in side]
        for name, side in (("members", members), ("controls", controls))
    }
    return {name: pa.Table.from_pylist(r, schema=FACTS[name].arrow) for name, r in {"posts": posts, **sides}.items()}


@given(_ROWS, _SIDES, _SIDES)
@settings(max_examples=60)
def test_the_queries_count_as_a_loop_does(rows: list, members: list, controls: list):
    engine = DuckDB(threads=1)
    try:
        facts = open_facts(engine, _tables(rows, members, controls))
        groups = list(acts_of_groups(facts.engine))
        week = week_by_platform(facts.engine)
    finally:
        engine.close()
    sensible = [
        (a, p, role, t // QUARTER_US) for a, p, role, t in rows if t is not None and START_US <= t < 2 * START_US
    ]
    assert [one.group_id for one in groups] == sorted({g for g, _ in members})
    for one in groups:
        own = {a for g, a in members if g == one.group_id}
        mine = {(a, q) for a, _, role, q in sensible if a in own and role == "case"}
        beside = {(a, q) for a, _, _, q in sensible if a in {b for g, b in controls if g == one.group_id}}
        assert {
            (one.accounts[a], d * 96 + q)
            for a, d, q in zip(one.group.account, one.group.day, one.group.quarter, strict=True)
        } == mine
        assert len(one.group) == len(mine)
        assert sorted(one.control.day * 96 + one.control.quarter) == sorted(q for _, q in beside)
        drawn = Counter(
            (p, _week_quarter(q))
            for a, p, q in {(a, p, q) for a, p, role, q in sensible if a in own and role == "case"}
        )
        assert {(point.layer, point.x): point.y for point in week.get(one.group_id, ())} == drawn


def _week_quarter(quarter: int) -> int:
    at = datetime.datetime.fromtimestamp(quarter * 900, datetime.UTC)
    return at.weekday() * 96 + at.hour * 4 + at.minute // 15


def test_names_and_order_play_no_part():
    tables = dict(office(8))
    turned = {name: f"z{99 - int(name[1:]):02d}" for name in set(tables["posts"]["account_id"].to_pylist())}

    def renamed(table: pa.Table) -> pa.Table:
        rows = [{**row, "account_id": turned[row["account_id"]]} for row in table.to_pylist()]
        return pa.Table.from_pylist(rows[::-1], schema=table.schema)

    before = measured(tables)
    after = measured({name: renamed(table) for name, table in tables.items()})
    for measure, reading in before.items():
        for field in ("value", "low", "high", "p_value", "lr", "lr_low", "lr_high"):
            assert getattr(after[measure], field) == pytest.approx(getattr(reading, field), nan_ok=True), (
                measure,
                field,
            )
    assert {w.account_id for w in after["offset"].witnesses} == {
        turned[w.account_id] for w in before["offset"].witnesses
    }


def test_nothing_at_all_and_members_without_posts():
    assert measured({}) == {}
    tables = {"members": pa.table({"group_id": ["g"], "account_id": ["nobody"]})}
    assert {r.lacking for r in measured(tables).values()} == {"0 posts on 0 days; it needs 100 on 14"}


# templates and posterior


@pytest.mark.parametrize(("template", "nats"), [("office", 0.146), ("996", 0.162), ("leisure", 0.030)])
def test_an_hour_costs_about_what_the_methods_say(template: str, nats: float):
    shares = SHARES[TEMPLATES.index(template)]
    assert shares.sum() == pytest.approx(1)
    assert np.sum(shares * np.log(shares / np.roll(shares, 1))) == pytest.approx(nats, rel=0.15)


def test_without_lunch_nothing_but_lunch_changes():
    changed = without_lunch() / without_lunch()[:, :1] * SHARES[:, :1]
    kept = np.setdiff1d(np.arange(24), [12, 13])
    assert changed[:, kept] == pytest.approx(SHARES[:, kept])
    assert changed[:, 12] == pytest.approx(SHARES[:, [10, 11, 14, 15]].mean(axis=1))


def test_the_posterior_is_that_of_a_plain_loop():
    counts = np.random.default_rng(2).poisson(1.2, 96).astype(float)
    log = np.empty((len(TEMPLATES), len(OFFSETS)))
    for k, shares in enumerate(SHARES):
        for o, offset in enumerate(OFFSETS):
            hours = [0.0] * 24
            for quarter, count in enumerate(counts):
                hours[(quarter + offset) % 96 // 4] += count
            parts = []
            for kappa in (60.0, CLOSE):
                value = math.lgamma(kappa) - math.lgamma(kappa + counts.sum())
                value += sum(
                    math.lgamma(n + kappa * s) - math.lgamma(kappa * s) for n, s in zip(hours, shares, strict=True)
                )
                parts.append(value)
            log[k, o] = np.logaddexp(*parts) + math.log(PRIOR[o])
    plain = np.exp(log - log.max())
    found = posterior(counts, 60.0, 0.0)
    assert found.joint == pytest.approx(plain / plain.sum(), abs=1e-9)
    work = np.logaddexp.reduce(log[:2].ravel()) - np.log(2) - np.logaddexp.reduce(log[2])
    assert found.work() == pytest.approx(work / np.log(10), abs=1e-6)


@given(st.lists(st.integers(0, 30), min_size=96, max_size=96), st.floats(0.5, 0.99))
@settings(max_examples=40)
def test_the_arc_holds_its_probability_and_its_best(counts: list[int], level: float):
    found = posterior(np.array(counts, dtype=float), 60.0, 0.5)
    best, low, high = found.arc(level)
    assert low <= best <= high < low + 96
    assert -48 <= best < 48
    inside = [(offset - low) % 96 <= high - low for offset in OFFSETS]
    assert found.offsets[inside].sum() >= level - 1e-6
    assert found.offsets.sum() == pytest.approx(1)


def test_offsets_are_written_as_people_do():
    assert [clock(q) for q in (0, 32, 38, -14, -50, 50, 60)] == [
        "UTC+0:00", "UTC+8:00", "UTC+9:30", "UTC-3:30", "UTC+11:30", "UTC+12:30", "UTC-9:00",
    ]  # fmt: skip


# chances


def _crowd(seed: int, events: int = 0) -> Acts:
    rng = np.random.default_rng(seed)
    people = WorkingDay(shares=SHARES[LEISURE], own_kappa=20.0, habit_h=1.0, events=events)
    return people.acts(300, rng.integers(-48, 48, 12), 28, rng)


@pytest.mark.parametrize("events", [0, 4])
def test_a_crowd_of_all_zones_shows_a_rhythm_no_more_often_than_stated(events: int):
    rng = np.random.default_rng(1)
    worlds = 150
    hits = sum(chance(_crowd(seed, events), 199, rng) <= 0.05 for seed in range(worlds))
    # fails by chance once in 10,000 runs of a test that keeps its level
    assert hits <= binom.ppf(1 - 1e-4, worlds, 0.05)


def test_posts_taken_one_by_one_are_sure_of_a_rhythm_where_there_is_none():
    """Rayleigh's p = exp(-n R^2) takes the posts of one account for independent: invalid, and the reason for `chance`."""
    rejected = [
        math.exp(-len(acts) * strength(acts, 1, np.random.default_rng(0))[0] ** 2) <= 0.01
        for acts in map(_crowd, range(40))
    ]
    assert np.mean(rejected) > 0.2


def test_one_account_can_never_show_a_common_rhythm():
    acts = Acts(np.zeros(500, dtype=np.int64), np.arange(500) % 50, np.arange(500) % 4 + 30)
    assert chance(acts, 199, np.random.default_rng(0)) > 0.5


def test_copies_count_once():
    """Each post made five times by its account on its day is worth about one."""
    rng = np.random.default_rng(5)
    n = 2_000
    account, day, quarter = rng.integers(0, 400, n), rng.integers(0, 400, n), rng.integers(0, 96, n)
    alone = Acts(account, day, quarter)
    fivefold = Acts(*(np.repeat(x, 5) for x in (account, day, quarter)))
    assert design_effect(alone) < 1.3
    assert design_effect(fivefold) == pytest.approx(5, rel=0.25)
    assert design_effect(Acts(account * 0, day, quarter)) == n


def test_the_shared_part_tells_one_clock_from_two():
    rng = np.random.default_rng(6)
    staff = WorkingDay(shares=SHARES[OFFICE], kappa=np.inf)
    assert shared_part(staff.acts(2_000, np.zeros(20, dtype=np.int64), 40, rng)) == pytest.approx(1, abs=0.05)
    assert shared_part(staff.acts(2_000, np.repeat([-24, 24], 10), 40, rng, spread=0)) == pytest.approx(0, abs=0.1)
    # |cos 52.5 degrees|^2: two halves seven hours apart
    assert shared_part(staff.acts(4_000, np.repeat([0, 28], 20), 40, rng, spread=0)) == pytest.approx(0.37, abs=0.08)
    noise = Acts(rng.integers(0, 20, 60), rng.integers(0, 40, 60), np.arange(60) * 96 // 60)
    assert shared_part(noise) is None or shared_part(noise) < 0.6


# lunch


def test_local_hours_are_counted_as_a_loop_does():
    rng = np.random.default_rng(8)
    acts = Acts(rng.integers(0, 5, 300), rng.integers(0, 20, 300), rng.integers(0, 96, 300))
    offsets = np.array([-14, 0, 23])
    found = in_hours(acts, acts.account, LUNCH, offsets)
    for a in range(5):
        for o, offset in enumerate(offsets):
            wanted = sum(
                1 for b, q in zip(acts.account, acts.quarter, strict=True) if b == a and (q + offset) % 96 // 4 in LUNCH
            )
            assert found[a, o] == wanted


def test_with_posts_as_units_the_gap_is_the_conditional_binomial():
    rng = np.random.default_rng(9)
    quarter = rng.choice(np.arange(40, 64), 120)
    acts = Acts(np.arange(120), np.arange(120), quarter)
    at_lunch = int(np.isin(quarter // 4, LUNCH).sum())
    p = gap_chance(acts, Clocks(np.array([0]), np.array([1.0])), 19_999, rng)
    assert p == pytest.approx(binom.cdf(at_lunch, 120, 1 / 3), abs=0.02)


def test_habits_of_a_few_accounts_are_no_lunch_gap():
    """The conditional binomial over posts takes the habits of ten people for those of a hundred: invalid without units."""
    rng = np.random.default_rng(10)
    naive, ours = [], []
    for _ in range(60):
        account = np.repeat(np.arange(10), 60)
        own = np.array([rng.dirichlet(np.full(6, 1.5)) for _ in range(10)])
        hour = 10 + np.array([rng.choice(6, p=own[a]) for a in account])
        acts = Acts(account, rng.integers(0, 200, 600), hour * 4)
        naive.append(binomtest(int(np.isin(hour, LUNCH).sum()), 600, 1 / 3, alternative="less").pvalue <= 0.05)
        ours.append(gap_chance(acts, Clocks(np.array([0]), np.array([1.0])), 199, rng) <= 0.05)
    assert np.mean(naive) > 0.2
    assert sum(ours) <= binom.ppf(1 - 1e-4, 60, 0.05)


def test_a_gap_is_found_and_doubt_about_the_clock_is_paid_for():
    rng = np.random.default_rng(11)
    day = WorkingDay(shares=SHARES[OFFICE], kappa=np.inf)
    acts = day.acts(2_000, np.full(25, 32), 42, rng)
    sure = Clocks(np.array([32]), np.array([1.0]))
    unsure = Clocks(np.array([28, 32, 36]), np.array([0.3, 0.4, 0.3]))
    p = gap_chance(acts, sure, 1_999, np.random.default_rng(1))
    assert p <= 0.001
    assert gap_chance(acts, unsure, 1_999, np.random.default_rng(1)) >= 2 * p
    value, low, high = (2 * x for x in ratio(acts, LUNCH, (*BEFORE, *AFTER), sure, rng))
    shares = SHARES[OFFICE]
    true = shares[list(LUNCH)].mean() / shares[[*BEFORE, *AFTER]].mean()
    assert low <= true <= high
    assert low <= value <= high < 1
    wide = [2 * x for x in ratio(acts, LUNCH, (*BEFORE, *AFTER), unsure, rng)]
    assert wide[2] - wide[1] > high - low


def test_no_posts_about_noon_give_no_ratio():
    acts = Acts(np.array([0, 1]), np.array([0, 1]), np.array([0, 0]))
    assert math.isnan(
        ratio(acts, LUNCH, BEFORE, clocks(PRIOR / PRIOR.sum() * (OFFSETS == 0) * 37), np.random.default_rng(0))[0]
    )


def test_what_is_said_names_other_explanations_and_no_intention():
    found = measured(office(8))
    for word in ("audience", "scheduling tools", "shifts"):
        assert word in found["offset"].says
        assert word in found["work"].says
    for reading in found.values():
        assert not {"fake", "bot", "troll", "inauthentic"} & set(reading.says.lower().split())


def test_the_sample_can_be_lowered_to_measure_fifty_posts():
    staff = WorkingDay(shares=SHARES[OFFICE])
    acts = staff.acts(50, np.full(20, 32), 28, np.random.default_rng(3))
    one = WorkingHours(min_posts=50, draws=999)
    assert one.enough(acts)
    assert isinstance(one.locator.place(acts, chance(acts, 999, np.random.default_rng(0))), Place)


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.measures[0])
def test_both_sides_of_a_trial_are_tested_and_not_refused(trial):
    """A clean world too small to judge would raise no alarm whatever the indicator did."""
    for tables in (trial.clean(np.random.default_rng(1)), trial.planted(0.0, np.random.default_rng(1))):
        found = {r.measure: r for r in readings(trial.indicator, tables, 1)}
        assert all(found[measure].p_value is not None for measure in trial.measures)
