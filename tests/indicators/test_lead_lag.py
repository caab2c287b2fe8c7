"""Overt-covert lead: who posted first, beside matched controls, and the timeline of figure 8 to the minute."""

from __future__ import annotations

import datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from inconcert.engine.duckdb import DuckDB
from inconcert.evaluate.indicators.lead_lag import clean
from inconcert.evaluate.indicators.trial import readings
from inconcert.indicators.content.first_uses import posted, sides
from inconcert.indicators.content.lags import NEVER, events, lags, re_paired
from inconcert.indicators.content.lead_lag import LeadLag, example_tables
from inconcert.indicators.content.official_timeline import duration
from inconcert.indicators.facts import open_facts
from inconcert.indicators.reading import Reading

HOUR_US = 3_600_000_000
MINUTE_US = 60_000_000


def row(account: str, item: str, at_us: int | None, number: int, **more: object) -> tuple[dict, dict]:
    post = {"post_id": f"p{number}", "account_id": account, "time_us": at_us}
    return post, {"account_id": account, "object_id": item, "post_id": f"p{number}", "time_us": at_us, **more}


def world(rows: list[tuple[dict, dict]]) -> dict[str, pa.Table]:
    return example_tables([post for post, _ in rows], [action for _, action in rows])


def by_measure(found: list[Reading]) -> dict[str, Reading]:
    return {one.measure: one for one in found if one.subject == "group"}


def shanghai(hour: int, minute: int) -> int:
    when = datetime.datetime(2022, 9, 6, hour, minute, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
    return round(when.timestamp()) * 1_000_000


def test_the_gaps_of_figure_8_are_computed_and_drawn_exactly():
    """M26: a state outlet at 15:38, a persona at 16:32, a consul at 23:12; 54 min, then 6 h 40 min."""
    rows = [
        row("agency", "t", shanghai(15, 38), 1, kind="text"),
        row("m0", "t", shanghai(16, 32), 2, kind="text"),
        row("consul", "t", shanghai(23, 12), 3, kind="text"),
    ]
    tables = world(rows)
    consul = {"list": "l", "role": "overt", "account_id": "consul", "import_id": "i", "row_ref": 2}
    given_list = [dict.fromkeys(tables["lists"].column_names) | consul]
    tables["lists"] = pa.concat_tables([tables["lists"], pa.Table.from_pylist(given_list, tables["lists"].schema)])
    found = by_measure(readings(LeadLag(), tables, 1))
    timeline = found["timeline"]
    assert timeline.value == pytest.approx(54 / 60, abs=1e-12)
    assert timeline.p_value is None
    assert [(one.layer, one.x) for one in timeline.points] == [
        ("official accounts", float(shanghai(15, 38))),
        ("the group", float(shanghai(16, 32))),
        ("official accounts", float(shanghai(23, 12))),
    ]
    labels = [str(one.label) for one in timeline.points]
    assert [label.partition("(")[2] for label in labels] == ["", "+54 min)", "+6 h 40 min)"]
    assert labels[:2] == ["Agency 07:38", "08:32 (+54 min)"]
    assert labels[2].endswith(" 15:12 (+6 h 40 min)")
    assert "Agency at 2022-09-06 07:38 UTC" in timeline.says
    assert "54 min later" in timeline.says
    assert "6 h 40 min later" in timeline.says
    assert "m0" not in timeline.says + "".join(labels)
    assert {m for m, one in found.items() if one.lacking} == set(LeadLag.measures) - {"timeline"}


def test_durations_in_words():
    assert [duration(x * 1_000_000) for x in (35, 54 * 60, 24_000, 3 * 86_400 + 7_300)] == [
        "35 s", "54 min", "6 h 40 min", "3 d 2 h",
    ]  # fmt: skip


def test_listed_accounts_are_known_by_id_by_handle_and_by_former_handle():
    tables = world([row(a, "o", 1_650_000_000_000_000, n) for n, a in enumerate(("agency", "m0", "old", "elsewhere"))])
    names = pa.table(
        {"account_id": ["old"], "handle": ["FORMER"], "display_name": ["x"], "seen": [1], "first_us": [None]}
    )
    accounts = tables["accounts"].to_pylist()
    for one in accounts:
        one["platform"] = "weibo" if one["account_id"] == "elsewhere" else "twitter"
    base = dict.fromkeys(tables["lists"].column_names) | {"list": "l", "import_id": "i", "row_ref": 1}
    listed = [
        base | {"role": "overt", "handle": "@aGENCY ", "platform": "X"},
        base | {"role": "independent", "handle": "former", "platform": None},
        base | {"role": "overt", "handle": "Elsewhere", "platform": "twitter"},
        base | {"role": "protected", "account_id": "m0"},
    ]
    tables |= {
        "names": names,
        "accounts": pa.Table.from_pylist(accounts, tables["accounts"].schema),
        "lists": pa.Table.from_pylist(listed, tables["lists"].schema),
    }
    engine = DuckDB(threads=1)
    try:
        assert sides(open_facts(engine, tables)) == {"agency": "overt", "old": "independent"}
    finally:
        engine.close()


def test_first_uses_as_a_loop_finds_them():
    rng = np.random.default_rng(3)
    accounts = [
        "agency",
        "press",
        *(f"m{n}" for n in range(4)),
        *(f"c{n}" for n in range(4)),
        *(f"x{n}" for n in range(9)),
    ]
    rows = []
    for number in range(600):
        kind = str(rng.choice(["url", "hashtag", "share", "text"]))
        at = None if rng.random() < 0.05 else int(1_650_000_000_000_000 + rng.integers(0, 50) * HOUR_US)
        rows.append(row(str(rng.choice(accounts)), f"o{rng.integers(0, 60)}", at, number, kind=kind))
    rows.append(row("m0", "o1", -62_000_000_000_000_000, 9_000))
    engine = DuckDB(threads=1)
    try:
        facts = open_facts(engine, world(rows))
        sides(facts)
        uses = posted(facts, max_accounts=6, max_hashtag_accounts=3)
    finally:
        engine.close()
    first: dict[tuple[str, str, str], tuple[int, str]] = {}
    audience: dict[tuple[str, str], set[str]] = {}
    for _, one in rows:
        kind, item, who = one.get("kind", "url"), one["object_id"], one["account_id"]
        audience.setdefault((kind, item), set()).add(who)
        if one["time_us"] is not None and one["time_us"] > 0:
            key = (kind, item, who)
            first[key] = min(first.get(key, (NEVER, "")), (one["time_us"], one["post_id"]))
    expected = {
        (kind, who, *when)
        for (kind, item, who), when in first.items()
        if kind != "share" and who[0] != "x" and audience[kind, item] & {"agency", "press"}
        and 2 <= len(audience[kind, item]) <= (3 if kind == "hashtag" else 6)
    }  # fmt: skip
    shown = zip(uses.item, uses.account, uses.time_us, uses.post, strict=True)
    assert {(uses.kind[i], a, int(t), p) for i, a, t, p in shown} == expected
    assert len(expected) > 30


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40), st.integers(1, 10**5))
def test_events_take_in_what_starts_within_their_length(times: list[int], length: int):
    event, starts = events(np.array(times, np.int64), length)
    assert all(0 <= t - starts[e] <= length for t, e in zip(times, event, strict=True))
    assert (np.diff(starts) > length).all()


def test_weights_of_the_items_of_an_event_make_one():
    found = lags(np.array([0, 0, 0, NEVER]), np.array([5, 20, NEVER, 3]), np.array([0, 0, 1, 1]), np.array([0, 9]), 50)
    assert found.events == 1
    assert found.within(10) == found.later() / 2 == 0.5


def test_items_of_one_event_do_not_count_as_independent():
    """Known invalid: a sign test over items. Ten events of thirty copies each are ten coin flips, not three hundred."""
    rng = np.random.default_rng(8)
    rejected = {"items": 0, "events": 0}
    for _ in range(200):
        event = np.repeat(np.arange(12), 30)
        lag = np.repeat(rng.standard_normal(12), 30) * HOUR_US + rng.normal(0, MINUTE_US, 360)
        found = lags(np.zeros(360, np.int64), lag.astype(np.int64), event, np.arange(12), 24 * HOUR_US)
        rejected["items"] += stats.binomtest(int((found.lag_us > 0).sum()), 360).pvalue < 0.05
        rejected["events"] += stats.wilcoxon(found.medians()).pvalue < 0.05
    assert rejected["items"] > 100
    assert rejected["events"] <= 20


def test_re_pairing_is_uniform_where_events_are_paired_at_random():
    rng = np.random.default_rng(5)
    p_values = []
    for _ in range(300):
        begun = np.sort(rng.integers(0, 21 * 24, 25)) * HOUR_US + np.arange(25)
        second = begun[rng.permutation(25)]
        keep = np.abs(second - begun) < 7 * 24 * HOUR_US
        found = lags(begun[keep], second[keep], np.arange(keep.sum()), begun[keep], 7 * 24 * HOUR_US)
        if found.events:
            p_values.append(re_paired(found, (6 * HOUR_US,), 7 * 24 * HOUR_US, 199, rng)[0])
    assert np.mean(np.array(p_values) <= 0.05) <= 0.09


def test_following_everybodys_news_is_not_enough():
    """The naive test, re-pairing alone, calls every public that follows the news; beside its control the group is ordinary."""
    rng = np.random.default_rng(17)
    found = by_measure(readings(LeadLag(), clean(rng), 1))["within-hour"]
    assert found.p_value is not None
    assert found.p_value > 0.05
    loose = LeadLag(resamples=199)
    assert by_measure(readings(loose, clean(np.random.default_rng(17)), 1))["within-hour"].p_value > 0.05


def test_without_a_control_nothing_is_tested_but_the_median_and_the_timeline_remain():
    tables = dict(LeadLag.example().tables)
    del tables["controls"]
    found = by_measure(readings(LeadLag(), tables, 1))
    assert found["within-hour"].lacking
    assert "give more control accounts" in found["within-hour"].says
    assert found["median-lag"].value is not None
    assert found["timeline"].value is not None
    assert all(one.p_value is None for one in found.values())


def test_officials_who_pass_on_posts_of_the_group_are_the_reverse_direction():
    rows = [row(f"m{n}", f"own{n}", 1_650_000_000_000_000 + n, n) for n in range(10)]
    rows += [row(f"c{n}", f"own{20 + n}", 1_650_000_000_000_000 + n, 20 + n) for n in range(40)]
    rows += [row("agency", f"p{n}", 1_650_000_360_000_000, 100 + n, kind="share") for n in range(9)]
    found = by_measure(readings(LeadLag(), world(rows), 1))["shared-by-officials"]
    assert (found.value, found.control, found.n, found.n_control) == (0.9, 0.0, 10, 40)
    assert found.p_value is not None
    assert found.p_value < 1e-3
    assert {w.post_id for w in found.witnesses} == {f"p{n}" for n in range(9)}


def test_shares_are_measured_apart_since_they_can_only_follow():
    rng = np.random.default_rng(2)
    rows = []
    for item in range(40):
        begun = 1_650_000_000_000_000 + item * 31 * HOUR_US
        rows.append(row("agency", f"o{item}", begun, len(rows)))
        said = f"p{len(rows) - 1}"
        for name, count, low, high in (("m", 6, 0.05, 0.8), ("c", 12, 1.2, 30)):
            for number in np.flatnonzero(rng.random(count) < 0.4):
                at = begun + int(rng.uniform(low, high) * HOUR_US)
                rows.append(row(f"{name}{number}", said, at, len(rows), kind="share"))
    found = by_measure(readings(LeadLag(), world(rows), 1))
    shares = found["shares-within-hour"]
    assert shares.value == 1.0
    assert shares.control == 0.0
    assert shares.p_value is not None
    assert shares.p_value < 1e-3
    assert found["overt-first"].lacking
    assert found["timeline"].says.startswith("In the timeline of an official post that was passed on")


def test_members_who_are_themselves_listed_are_officials_not_members():
    tables = dict(LeadLag.example().tables)
    more = pa.table({"group_id": ["g"], "account_id": ["agency"]}).cast(tables["members"].schema)
    before = readings(LeadLag(), tables, 1)
    tables["members"] = pa.concat_tables([tables["members"], more])
    assert readings(LeadLag(), tables, 1) == before


def test_the_order_of_rows_does_not_matter():
    tables = LeadLag.example().tables
    rng = np.random.default_rng(1)
    mixed = {name: table.take(pa.array(rng.permutation(len(table)))) for name, table in tables.items()}
    assert readings(LeadLag(), mixed, 1) == readings(LeadLag(), tables, 1)


def test_absent_and_absurd_values_do_not_raise():
    base = 1_650_000_000_000_000
    rows = [
        row("agency", "o", None, 1),
        row("m0", "o", 253_402_300_799_000_000, 2),
        row("c0", "o", -62_135_596_800_000_000, 3),
    ]
    rows += [
        row("agency", "x" * 100_000, base, 4),
        row("m0", "x" * 100_000, base, 5),
        row("m\x00'\"<b>", "é\u202e", base, 6),
    ]
    tables = world(rows)
    found = readings(LeadLag(), tables, 1)
    assert {one.measure for one in found} == set(LeadLag.measures)
    assert by_measure(found)["timeline"].value == 0.0
    assert readings(LeadLag(), {}, 1) == []
    tables["lists"] = tables["lists"].slice(0, 0)
    assert all(one.lacking and "listed official" in one.lacking for one in readings(LeadLag(), tables, 1))
