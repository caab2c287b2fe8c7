"""Repurposed accounts: the planted takeover is found and dated, and lives that change for other reasons are left alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from inconcert.engine.duckdb import DuckDB
from inconcert.evaluate.indicators.repurposed import TRIAL
from inconcert.evaluate.indicators.trial import raised, readings
from inconcert.indicators.facts import FACTS, open_facts
from inconcert.indicators.profiles.creation_times import DAY_US
from inconcert.indicators.reading import Reading
from inconcert.indicators.repurposing.coinciding_changes import Coincidence, HabitChange
from inconcert.indicators.repurposing.habits import daily_words, histories
from inconcert.indicators.repurposing.repurposed import Repurposed
from inconcert.indicators.repurposing.repurposed_readings import ACCOUNT, GROUP, Break, _most_within, _renamed

START_US = 1_577_836_800_000_000
OLD = {
    "language": "es",
    "client": "Phone",
    "kind": "reply",
    "hour": 18,
    "text": "el partido de la tarde en nuestro barrio",
}
NEW = {
    "language": "en",
    "client": "Sender",
    "kind": "post",
    "hour": 4,
    "text": "the truth about the laboratory and the virus",
}


def posts(account: str, days: list[int], taken: int, rng: np.random.Generator, **only: Any) -> list[dict[str, Any]]:
    """One post on each of the days, from `taken` on in other hands; `only`: what changes then."""
    rows = []
    for i, day in enumerate(days):
        does = OLD | (only or NEW) if day >= taken else OLD
        hour = (does["hour"] + rng.normal(0, 1.5)) % 24
        rows.append({f.name: None for f in FACTS["posts"].arrow} | {
            "post_id": f"{account}-{i}", "account_id": account, "platform": "x", "role": "case", "kind": does["kind"],
            "time_us": START_US + day * DAY_US + int(hour * 3_600_000_000), "text": does["text"], "client": does["client"],
            "language": does["language"],
        })  # fmt: skip
    return rows


def table(rows: list[dict[str, Any]]) -> dict[str, pa.Table]:
    return {"posts": pa.Table.from_pylist(rows, schema=FACTS["posts"].arrow)}


def measured(world: Mapping[str, pa.Table]) -> dict[tuple[str, str], Reading]:
    return {(r.measure, r.subject_id): r for r in readings(Repurposed(), world, 1)}


@pytest.mark.parametrize("pause", [0, 400])
def test_m24_a_planted_takeover_is_dated_within_a_day(pause: int):
    rng = np.random.default_rng(24)
    rows, taken = [], {}
    for i in range(6):
        days = np.sort(rng.choice(700, 300, replace=False))
        taken[f"a{i}"] = int(rng.integers(200, 500))
        days = np.where(days >= taken[f"a{i}"], days + pause, days)
        taken[f"a{i}"] += pause
        rows += posts(f"a{i}", days.tolist(), taken[f"a{i}"], rng)
    found = measured(table(rows))
    for account, day in taken.items():
        reading = found[ACCOUNT, account]
        assert reading.p_value is not None
        assert reading.p_value <= 0.005
        change = next(p for p in reading.points if p.layer == "change")
        first_after = min(
            r["time_us"] for r in rows if r["account_id"] == account and r["time_us"] >= START_US + day * DAY_US
        )
        assert abs((change.x_end or 0) - first_after) <= DAY_US
        assert reading.witnesses[0].why == "after the change"
        assert ("days of silence" in reading.says) == (pause > 0)


@pytest.mark.parametrize("only", [{"client": "Sender"}, {"language": "en"}, {"hour": 4}])
def test_one_habit_alone_is_no_sign(only: dict[str, Any]):
    rng = np.random.default_rng(3)
    rows = posts("a", list(range(0, 600, 2)), 300, rng, **only)
    assert measured(table(rows))[ACCOUNT, "a"].p_value == 1


def test_a_new_language_brings_no_new_topic_by_itself():
    """The words change with the language; only what changes within a language is a topic."""
    rng = np.random.default_rng(3)
    rows = posts("a", list(range(0, 600, 2)), 300, rng, language="en", text=NEW["text"])
    assert measured(table(rows))[ACCOUNT, "a"].p_value == 1
    rows = posts("a", list(range(0, 600, 2)), 300, rng, client="Sender", text=NEW["text"])
    assert (measured(table(rows))[ACCOUNT, "a"].p_value or 1) < 0.02


def test_after_a_long_pause_words_and_telephones_are_no_sign_but_language_and_hours_are():
    rng = np.random.default_rng(3)
    days = [*range(0, 300, 2), *range(600, 900, 2)]
    aged = posts("aged", days, 400, rng, client="Sender", text=NEW["text"])
    other = posts("other", days, 400, rng, language="en", hour=4)
    found = measured(table(aged + other))
    assert found[ACCOUNT, "aged"].p_value == 1
    assert (found[ACCOUNT, "other"].p_value or 1) < 0.02


@pytest.mark.parametrize(
    ("only", "apart", "counted", "tested"),
    [
        ({"language": "en", "hour": 4}, 2, 0, True),  # what whoever moves abroad changes
        ({"language": "en", "hour": 4, "client": "Sender"}, 2, 8, False),  # a newsroom that fled
        ({"language": "en", "hour": 4, "client": "Sender"}, 25, 8, True),
    ],
)
def test_changes_that_come_together_are_not_tested(only: dict[str, Any], apart: int, counted: int, tested: bool):
    rng = np.random.default_rng(3)
    rows = [row for i in range(8) for row in posts(f"m{i}", list(range(0, 600, 2)), 200 + apart * i, rng, **only)]
    rows += [row for i in range(30) for row in posts(f"c{i}", list(range(0, 600, 2)), 999, rng)]
    sides = {
        of: pa.Table.from_pylist(
            [{"group_id": "G", "account_id": f"{of[0]}{i}"} for i in range(n)], schema=FACTS[of].arrow
        )
        for of, n in (("members", 8), ("controls", 30))
    }
    reading = measured(table(rows) | sides)[GROUP, "G"]
    assert reading.value == counted / 8
    assert (reading.p_value is not None, reading.lr is not None) == (tested, tested)
    assert ("came within 21 days of one another" in reading.says) == (not tested)
    assert tested is False or (reading.p_value < 0.01) == (counted > 0)


@pytest.mark.parametrize(
    ("days", "most"), [([], 0), ([5], 1), ([0, 21], 2), ([0, 22], 1), ([40, 0, 10, 30, 20, 100], 3)]
)
def test_the_most_within_a_window(days: list[int], most: int):
    assert _most_within(days, 21) == most


def test_short_histories_get_nothing_and_members_are_told_why():
    rng = np.random.default_rng(3)
    members = pa.Table.from_pylist([{"group_id": "G", "account_id": "a"}], schema=FACTS["members"].arrow)
    found = measured(table(posts("a", list(range(50)), 25, rng)) | {"members": members})
    assert found[ACCOUNT, "a"].lacking is not None
    assert found[GROUP, "G"].lacking is not None


def test_a_change_of_name_is_mentioned_and_not_counted():
    rng = np.random.default_rng(3)
    names = pa.Table.from_pylist(
        [{"account_id": "a", "handle": handle, "display_name": None, "seen": i} for i, handle in enumerate(("old", "new"))],
        schema=FACTS["names"].arrow,
    )  # fmt: skip
    reading = measured(table(posts("a", list(range(100)), 999, rng)) | {"names": names})[ACCOUNT, "a"]
    assert "more than one handle" in reading.says
    assert reading.p_value == 1


@pytest.mark.parametrize(
    ("captured", "said"),
    [
        ((None, 5), "under more than one handle or name, at times that are not known."),
        ((3, 90), "under one handle or name on 4 January 1970 and under another on 1 April 1970, and its habits changed in between."),
        ((1, 3, 90, 95), "on 4 January 1970 and under another on 1 April 1970, and its habits changed in between."),
        ((60, 90), "on 2 March 1970 and under another on 1 April 1970."),
        ((5,), ""),
        ((), ""),
    ],
)  # fmt: skip
def test_a_change_of_name_is_dated_where_captures_are(captured: tuple[int | None, ...], said: str):
    change = HabitChange("hours", 0.001, 10, 11, 0.5)
    found = Break(Coincidence(change, (change,), 0.001, 0.001), 40 * DAY_US, 50 * DAY_US)
    sentence = _renamed([None if day is None else day * DAY_US for day in captured], found)
    assert sentence.endswith(said)
    assert bool(sentence) == bool(said)


def test_histories_are_those_a_loop_over_the_rows_gives():
    rng = np.random.default_rng(6)
    rows = (
        posts("b", list(range(0, 80)), 40, rng)
        + posts("a", list(range(0, 300, 3)), 400, rng)
        + posts("c", [1] * 90, 9, rng)
    )
    rows[5]["time_us"], rows[6]["client"], rows[7]["text"], rows[8]["language"] = None, None, None, ""
    rows[9]["time_us"], rows[10]["kind"] = -62_135_596_800_000_000, "share"
    engine = DuckDB(threads=1)
    open_facts(engine, table(rows))
    past = histories(engine, 60, 30)
    words = daily_words(engine, ["a", "b"])
    engine.close()
    assert past.accounts == ["a", "b"]
    usable = [r for r in rows if r["account_id"] in "ab" and r["time_us"] is not None and r["time_us"] > 0]
    usable.sort(key=lambda r: (r["account_id"], r["time_us"], r["post_id"]))
    assert past.time_us.tolist() == [r["time_us"] for r in usable]
    for habit, column in (("client", "client"), ("kind", "kind")):
        names = past.names[habit]
        assert [names[c] if c >= 0 else None for c in past.codes[habit]] == [r[column] for r in usable]
    said = [r["language"] if r["kind"] != "share" and r["language"] else None for r in usable]
    assert [past.names["language"][c] if c >= 0 else None for c in past.codes["language"]] == said
    assert words["b"].n.sum() == sum(
        r["account_id"] == "b" and r["kind"] != "share" and r["text"] is not None for r in usable
    )
    assert np.abs(words["a"].x).max() < 1e-9  # always the same words


def test_hostile_values_are_survived():
    rng = np.random.default_rng(1)
    rows = posts("a\x00\u202e<b>", list(range(120)), 60, rng)
    for i, row in enumerate(rows):
        row["text"] = ("\ud83d" if i % 2 else "=1+1\x00") * 5 if i < 4 else "x" * 100_000
        row["client"] = ["", "<script>", None, "=cmd()"][i % 4]
    rows = [r | {"text": r["text"].encode("utf-8", "replace").decode()} for r in rows]
    assert len(readings(Repurposed(), table(rows), 1)) == 1


def test_lives_in_clean_worlds_raise_nothing_and_takeovers_are_raised():
    hits = 0
    for seed in range(3):
        clean = readings(TRIAL.indicator, TRIAL.clean(np.random.default_rng(seed)), seed)
        assert raised(clean, tuple(Repurposed.measures), 0.01) == []
        planted = readings(TRIAL.indicator, TRIAL.planted(0.0, np.random.default_rng(seed)), seed)
        hits += bool(raised(planted, TRIAL.measures, 0.01))
    assert hits >= 1
