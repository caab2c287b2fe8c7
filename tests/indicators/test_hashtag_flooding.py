"""Hashtag flooding: share, onset, displacement and concentration against naive readings."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.spatial.distance import jensenshannon

from inconcert.engine.duckdb import DuckDB
from inconcert.evaluate.indicators.hashtag_flooding import GROUP, START_US, TRIAL, Stream, clean, planted, talk
from inconcert.evaluate.indicators.trial import Tables, raised, readings
from inconcert.indicators.engagement.hashtag_flooding import HashtagFlooding, share_curve
from inconcert.indicators.engagement.tag_streams import HOUR_US, Hourly, heard_before, told, voices
from inconcert.indicators.engagement.tag_topics import shift, terms
from inconcert.indicators.engagement.volume_onset import onset
from inconcert.indicators.evidence import enrichment
from inconcert.indicators.facts import CONTROLS, POSTS, open_facts
from inconcert.indicators.reading import Reading

HALF = ("t", START_US // HOUR_US + 50)


def read(tables: Tables) -> dict[tuple[str, str], Reading]:
    return {(r.measure, r.subject_id): r for r in readings(HashtagFlooding(), tables, 1)}


def test_a_planted_flood_is_found_at_the_stated_error_rate():
    """M21: at alpha .01, and with a tag's newcomers on another topic altogether."""
    false = [raised(list(read(clean(np.random.default_rng(seed))).values()), TRIAL.measures, 0.01) for seed in range(5)]
    assert false == [[]] * 5
    found = [
        raised(list(read(planted(0.0, np.random.default_rng(seed))).values()), TRIAL.measures, 0.01)
        for seed in range(6)
    ]
    assert all({r.subject_id for r in world} <= {"tag3"} for world in found)
    assert sum(map(bool, found)) >= 3


def test_the_share_is_that_of_a_naive_count():
    tables = planted(0.0, np.random.default_rng(1))
    share = read(tables)["share", "tag3"]
    uses = [a for a in tables["actions"].to_pylist() if a["object_id"] == "tag3"]
    members = {m["account_id"] for m in tables["members"].to_pylist()}
    hours = Counter(a["time_us"] // HOUR_US for a in uses)
    own = Counter(a["time_us"] // HOUR_US for a in uses if a["account_id"] in members)
    (layer,) = {point.layer for point in share.points}
    step = {"6 hours": 6, "12 hours": 12, "day": 24}[layer.partition("each ")[2]]
    steps, of_group = Counter(), Counter()
    for counts, drawn in ((hours, steps), (own, of_group)):
        for hour, posts in counts.items():
            drawn[hour // step] += posts
    drawn = [point for point in share.points if point.y is not None]
    assert [point.x / HOUR_US for point in drawn] == [(at + 0.5) * step for at in sorted(steps)]
    for point, at in zip(drawn, sorted(steps), strict=True):
        interval = stats.binomtest(of_group[at], steps[at]).proportion_ci(0.95, method="wilson")
        naive = (of_group[at] / steps[at], interval.low, interval.high)
        assert (point.y, point.low, point.high) == pytest.approx(naive)
    # since the hour it came: the one that leaves so many posts
    since = sorted(hours)[[sum(n for h, n in hours.items() if h >= start) for start in sorted(hours)].index(share.n)]
    assert share.value == pytest.approx(sum(n for h, n in own.items() if h >= since) / share.n)
    assert share.low < share.value < share.high


def test_posts_of_one_account_are_one_voice():
    """A fan who posts a tag a hundred times makes no flood of a group, however the posts are counted."""
    stream, _ = talk(np.random.default_rng(2), 0.0)
    for k in range(150):
        stream.post(f"m{k % 3}", ["tag5"], 160 + k / 4, f"all about my thing {k % 4}")
    share = read(stream.tables())["share", "tag5"]
    assert share.value >= 0.3
    assert share.p_value > 0.01
    assert "the talk moved further than is usual" in share.says
    # as independent posts, against the few of the controls, it would have looked certain
    assert enrichment(150, 210, 3, 180).p_value < 1e-6
    naive = stats.binomtest(round(share.value * share.n), share.n).proportion_ci(0.95, method="wilson")
    assert share.high - share.low > 2 * (naive.high - naive.low)


def test_below_the_share_of_a_flood_nothing_is_flagged():
    stream, _ = talk(np.random.default_rng(3), 0.0)
    for k in range(40):
        stream.post(f"m{k % GROUP}", ["tag5"], 150 + k / 2, f"something else {k % 4}")
    for k in range(200):
        stream.post(f"o{k}", ["tag5"], 150 + k / 8, f"w5o{k % 9} w5o{k % 7}")
    share = read(stream.tables())["share", "tag5"]
    assert share.value < 0.3
    assert share.p_value == 1


def test_a_tag_of_their_own_displaces_nothing_and_is_not_tested():
    stream, _ = talk(np.random.default_rng(4), 0.0)
    for k in range(80):
        stream.post(f"m{k % GROUP}", ["ours"], 100 + k / 2, f"our own words {k % 4}")
    found = read(stream.tables())
    assert found["displacement", "ours"].value is None
    assert found["share", "ours"].value == 1
    assert found["share", "ours"].p_value is None


def test_without_a_control_or_tags_to_compare_it_says_too_little():
    tables = planted(0.0, np.random.default_rng(5))
    bare = read({**tables, "controls": CONTROLS.empty()})
    assert "matched control" in bare["share", "tag3"].lacking
    stream = Stream()
    for k in range(200):
        stream.post(f"o{k % 50}" if k < 120 else f"m{k % GROUP}", ["only"], float(k), f"words of {k}")
    for k in range(60):
        stream.post(f"c{k}", [], 100.0 + k, "nothing")
    found = read(stream.tables())
    assert "0 tags of similar volume" in found["displacement", "only"].lacking
    assert found["share", "only"].p_value is None
    assert read({**tables, "members": tables["members"].slice(0, 2)}) == {}


def test_it_reports_who_was_heard_before():
    for seed in range(6):
        tables = planted(0.0, np.random.default_rng(seed))
        moved = read(tables)["displacement", "tag3"]
        if moved.witnesses:
            break
    assert {w.account_id[0] for w in moved.witnesses} <= {"o", "c", "s"}
    assert "slogan" in moved.says
    engine = DuckDB(threads=1)
    facts = open_facts(engine, tables)
    rows = heard_before(facts, "tag3", START_US // HOUR_US + 100, "g")
    engine.close()
    uses = [a for a in tables["actions"].to_pylist() if a["object_id"] == "tag3" and a["account_id"][0] != "m"]
    border = (START_US // HOUR_US + 100) * HOUR_US
    before = Counter(a["account_id"] for a in uses if a["time_us"] < border)
    after = Counter(a["account_id"] for a in uses if a["time_us"] >= border)
    assert [(r["account_id"], r["earlier"], r["later"]) for r in rows] == sorted(
        ((who, n, after[who]) for who, n in before.items()), key=lambda row: (-row[1], row[2], row[0])
    )[:10]


STREAMS = st.dictionaries(st.integers(0, 60), st.integers(1, 9), min_size=1, max_size=20)


@given(STREAMS, st.integers(0, 5), st.integers(0, 20), st.integers(0, 3))
def test_onset_is_the_likeliest_rise(counts: dict[int, int], earlier: int, later: int, least: int):
    hours = sorted(counts)
    first, last = hours[0] - earlier, hours[-1] + later
    best, expected = -np.inf, None
    for hour in hours:
        before = sum(n for h, n in counts.items() if h < hour)
        after = sum(counts.values()) - before
        width, rest = hour - first, last - hour + 1
        if width == 0 or before < least or after < max(least, 1) or after / rest <= before / width:
            continue
        gain = (before * np.log(before / width) if before else 0) + after * np.log(after / rest)
        if gain > best + 1e-12:
            best, expected = gain, hour
    found = onset(np.array(hours), np.array([counts[h] for h in hours]), first, last, least)
    if found != expected:  # two hours equally likely, but for rounding
        assert found is not None
        before = sum(n for h, n in counts.items() if h < found)
        after, width, rest = sum(counts.values()) - before, found - first, last - found + 1
        assert (before * np.log(before / width) if before else 0) + after * np.log(after / rest) == pytest.approx(best)


def test_divergence_is_that_of_scipy_and_vanishes_for_one_topic():
    before = [frozenset({"a", "b"}), frozenset({"a"})] * 40
    after = [frozenset({"b", "c"}), frozenset({"d"})] * 40
    found = shift(before, after, np.random.default_rng(1))
    exact = jensenshannon([2, 1, 0, 0], [0, 1, 1, 1], base=2) ** 2
    assert found.value < exact
    assert found.value == pytest.approx(exact, abs=0.05)
    assert found.receded[0] == "a"
    assert set(found.rose) <= {"c", "d"}
    drawn = np.random.default_rng(2)
    same = [frozenset(f"w{k}" for k in drawn.integers(0, 80, 6)) for _ in range(160)]
    values = [shift(same[:80], same[80:], np.random.default_rng(k)).value for k in range(5)]
    # uncorrected, two samples of the same talk would seem to differ
    counts = [Counter(word for post in half for word in post) for half in (same[:80], same[80:])]
    words = sorted(counts[0] | counts[1])
    assert jensenshannon(*[[c[w] for w in words] for c in counts], base=2) ** 2 > 0.03
    assert max(map(abs, values)) < 0.02
    assert shift([frozenset()], [frozenset({"a"})], drawn) is None


def test_terms_are_words_and_other_tags():
    assert terms("Save the #Jade mine a http://x.example/ 翡翠", ["rock"], "jade") == {
        "save",
        "the",
        "mine",
        "翡",
        "翠",
        "#rock",
    }
    assert terms(None, [], "jade") == frozenset()


@settings(max_examples=15)
@given(st.lists(st.integers(1, 12), min_size=1, max_size=25))
def test_concentration_is_gini(sizes: list[int]):
    stream = Stream()
    for who, n in enumerate(sizes):
        for _ in range(n):
            stream.post(f"a{who}", ["t"], 5.0, "x")
    engine = DuckDB(threads=1)
    found = voices(open_facts(engine, stream.tables()), [("t", START_US // HOUR_US)])[("t", START_US // HOUR_US), True]
    engine.close()

    def gini(values: list[int]) -> float:
        return sum(abs(a - b) for a in values for b in values) / (2 * len(values) * sum(values)) if values else 0.0

    assert (found.accounts, found.posts, found.squares) == (len(sizes), sum(sizes), sum(n * n for n in sizes))
    assert found.gini == pytest.approx(gini(sizes))
    left = np.array([gini(sizes[:k] + sizes[k + 1 :]) for k in range(len(sizes))])
    assert found.gini_error == pytest.approx(
        np.sqrt((len(sizes) - 1) / len(sizes) * ((left - left.mean()) ** 2).sum()), abs=1e-9
    )


def test_posts_read_are_spread_over_time_and_keep_their_other_tags():
    stream = Stream()
    for k in range(100):
        stream.post("a", ["t", f"u{k}"], float(k), f"word{k}")
    engine = DuckDB(threads=1)
    facts = open_facts(engine, stream.tables())
    posts = told(facts, [HALF], 10)
    everything = told(facts, [HALF], 1000)
    engine.close()
    assert {key: len(found) for key, found in posts.items()} == {(HALF, False): 10, (HALF, True): 10}
    assert sum(map(len, everything.values())) == 100
    late = sorted(int(term[4:]) for post in posts[HALF, True] for term in post if term.startswith("word"))
    assert np.diff(late).max() <= 6
    assert all(len({term for term in post if term.startswith("#u")}) == 1 for post in posts[HALF, True])


def test_hostile_posts_do_no_harm():
    stream, _ = talk(np.random.default_rng(6), 0.0)
    tag = "<b onmouseover=alert(1)>" + "x" * 150
    for k in range(120):
        stream.post(
            f"m{k % GROUP}" if k > 50 else f"o{k}",
            [tag, "=1+1"],
            float(k),
            "=HYPERLINK(1)\x00" if k % 2 else "y" * 100_000,
        )
    for k, time_us in enumerate([None, -62_135_596_800_000_000, 253_402_300_799_000_000]):
        stream.actions += [{**stream.actions[-1], "post_id": f"odd{k}", "time_us": time_us}]
        stream.posts += [{**stream.posts[-1], "post_id": f"odd{k}", "time_us": time_us, "text": None}]
    tables = stream.tables()
    assert tables["posts"].schema == POSTS.arrow
    found = read(tables)
    assert found["share", tag].value is not None
    assert len(found["share", tag].says) < 500
    silent = pa.array([None] * len(tables["posts"]), pa.string())
    at = tables["posts"].column_names.index("text")
    assert read({**tables, "posts": tables["posts"].set_column(at, "text", silent)})


@pytest.mark.parametrize(
    ("hours", "each"), [(1, "6 hours"), (300, "6 hours"), (700, "12 hours"), (1_400, "day"), (9_000, "7 days")]
)
def test_a_curve_has_at_most_sixty_steps_cut_at_full_days(hours: int, each: str):
    stream = Hourly(np.arange(400_003, 400_003 + hours), np.ones(hours, dtype=np.int64))
    drawn = share_curve(stream, stream)
    assert {point.layer for point in drawn} == {f"the group, each {each}"}
    assert len(drawn) <= 60
    assert {point.y for point in drawn} == {1.0}


def test_a_curve_breaks_where_the_tag_is_silent():
    stream = Hourly(np.array([400_002, 400_003, 400_050]), np.array([1, 2, 3]))
    assert [point.y for point in share_curve(stream, stream)] == [1.0, None, 1.0]
