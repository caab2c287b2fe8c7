"""Comment waves: a diverse crowd is a finding too."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pyarrow as pa
import pytest

from inconcert.engine.duckdb import DuckDB
from inconcert.evaluate.indicators.answered import HOUR_US, START_US, Scene, made, remarks
from inconcert.evaluate.indicators.comment_waves import TRIAL, audiences, clean, investors, planted
from inconcert.evaluate.indicators.trial import Tables, raised, readings
from inconcert.indicators.engagement.comment_waves import CommentWaves
from inconcert.indicators.engagement.crowds import WEEK_US, crowds
from inconcert.indicators.facts import ACCOUNTS, POSTS, open_facts
from inconcert.indicators.reading import Reading
from inconcert.normalise.text import text_hash
from inconcert.schema import ACTIONS


def read(tables: Tables) -> list[Reading]:
    return readings(CommentWaves(), tables, 1)


def one(found: list[Reading], measure: str, post: str) -> Reading:
    return next(r for r in found if r.measure == measure and r.subject_id == post)


def test_a_wave_of_desperate_investors_is_not_called_coordinated():
    leanings = Counter()
    for seed in range(5):
        found = read(clean(np.random.default_rng(seed)))
        assert raised(found, TRIAL.measures, 0.01) == []
        diversity = one(found, "diversity", "embassy")
        assert diversity.low is not None
        assert diversity.high is not None
        assert diversity.p_value is None
        leanings["are a diverse crowd" in diversity.says] += 1
        assert "less diverse" not in diversity.says
        assert one(found, "speed", "embassy").value < one(found, "speed", "embassy").control
    assert leanings[True] >= 4


def test_a_wave_of_copies_is_found_and_its_crowd_is_not_diverse():
    for seed in range(3):
        found = read(planted(2.0, np.random.default_rng(seed)))
        assert {r.subject_id for r in raised(found, TRIAL.measures, 0.01)} == {"wave"}
        assert "less diverse than is usual" in one(found, "diversity", "wave").says
        witnesses = next(r for r in raised(found, TRIAL.measures, 0.01)).witnesses
        assert 0 < len(witnesses) <= 20


def test_counts_are_those_of_a_naive_reading():
    tables = audiences(np.random.default_rng(4)).tables()
    posts, born = (
        tables["posts"].to_pylist(),
        {a["account_id"]: a["created_us"] for a in tables["accounts"].to_pylist()},
    )
    first: dict[str, dict[str, dict]] = defaultdict(dict)
    total = Counter(post["account_id"] for post in posts)
    for post in sorted((p for p in posts if p["reply_to_id"]), key=lambda p: (p["time_us"], p["post_id"])):
        first[post["reply_to_id"]].setdefault(post["account_id"], post)
    engine = DuckDB(threads=1)
    found = {crowd.post_id: crowd for crowd in crowds(open_facts(engine, tables), 30, 100)}
    engine.close()
    assert set(found) == set(first)
    for target, answers in first.items():
        crowd = found[target]
        labels = {
            "wording": [a["text_hash"] for a in answers.values() if a["text_hash"]],
            "ages": [born[a] // WEEK_US for a in answers],
            "habits": [(a["client"], a["language"]) for a in answers.values()],
        }
        assert crowd.size == len(answers)
        assert crowd.only_here == sum(total[a] == 1 for a in answers)
        for trait, told in labels.items():
            sizes, kinds = crowd.counts[trait]
            assert dict(zip(sizes.tolist(), kinds.tolist(), strict=True)) == Counter(Counter(told).values())
        times = sorted(a["time_us"] for a in answers.values())
        middle = times[-(-(len(times) + 1) // 2) - 1]
        assert crowd.half_s[0] == pytest.approx((middle - times[0]) / 1e6)
        assert crowd.half_s[1] <= crowd.half_s[0] <= crowd.half_s[2]


def wave(n: int, texts: list[str], answer_again: bool = False) -> Scene:
    """One post that n accounts answered, and its author too."""
    scene, rng = Scene(), np.random.default_rng(9)
    accounts = [f"a{k}" for k in range(n)]
    for account, created in zip(accounts, made(n, rng).tolist(), strict=True):
        scene.account(account, created)
    scene.post("p", "author", START_US)
    times = START_US + (np.arange(n) + 1) * HOUR_US
    scene.answers("p", accounts, texts, times, rng)
    if answer_again:
        extra = [
            {**row, "post_id": row["post_id"] + "+", "time_us": row["time_us"] + HOUR_US} for row in scene.posts[1:]
        ]
        own = {**scene.posts[1], "post_id": "own", "account_id": "author"}
        scene.posts += [*extra, own]
    return scene


def test_an_account_counts_once_and_the_author_never():
    rng = np.random.default_rng(1)
    single, double = wave(40, remarks(40, rng)), wave(40, remarks(40, np.random.default_rng(1)), answer_again=True)
    for measure in ("wording", "ages", "diversity", "newcomers"):
        first, second = one(read(single.tables()), measure, "p"), one(read(double.tables()), measure, "p")
        assert (first.n, first.value) == (second.n, second.value)


def test_one_post_alone_is_held_against_what_is_assumed():
    found = read(wave(40, [f"the words of nobody but me {k}" for k in range(40)]).tables())
    wording = one(found, "wording", "p")
    assert wording.n_control == 0
    assert "assumed" in wording.says
    assert wording.p_value > 0.5
    copied = one(read(wave(40, ["the words of each and every one"] * 40).tables()), "wording", "p")
    assert copied.p_value < 0.001


def test_below_thirty_nothing_is_said_and_short_answers_are_too_little():
    assert read(wave(29, remarks(29, np.random.default_rng(2))).tables()) == []
    found = read(wave(40, ["well done"] * 39 + ["the only text that is long enough"]).tables())
    assert one(found, "wording", "p").lacking == "1 answers long enough to compare; it needs 30"
    assert one(found, "ages", "p").value is not None
    nothing = wave(40, ["well done"] * 40)
    nothing.accounts.clear()
    assert one(read(nothing.tables()), "diversity", "p").value is None


def test_near_identical_wordings_are_one():
    scene = wave(40, [f"this is variant number {k} of our text" for k in range(40)])
    replies = [post for post in scene.posts if post["kind"] == "reply"]
    near = [
        {
            "account_id": post["account_id"],
            "kind": "near_text",
            "object_id": "N1",
            "post_id": post["post_id"],
            "platform": "forum",
        }
        for post in replies
    ]
    apart = read(scene.tables())
    together = read({**scene.tables(), "actions": pa.Table.from_pylist(near, ACTIONS.arrow)})
    assert one(apart, "wording", "p").value == 1
    assert one(together, "wording", "p").value == pytest.approx(1 / 20)


def test_posts_of_a_control_are_compared_with_but_not_read():
    tables = dict(audiences(np.random.default_rng(5)).tables())
    roles = pa.array(
        ["control" if (row["reply_to_id"] or "") == "p3" else "case" for row in tables["posts"].to_pylist()]
    )
    at = tables["posts"].column_names.index("role")
    found = read({**tables, "posts": tables["posts"].set_column(at, "role", roles)})
    assert {r.subject_id for r in found} == {f"p{k}" for k in range(14) if k != 3}
    assert one(found, "wording", "p0").n_control == 13


def test_names_of_posts_and_accounts_do_not_matter():
    scene = audiences(np.random.default_rng(6))
    investors(scene, np.random.default_rng(7))
    tables = scene.tables()

    def renamed(table: pa.Table) -> pa.Table:
        rows = table.to_pylist()
        for row in rows:
            for column in ("post_id", "account_id", "reply_to_id"):
                if row.get(column) is not None:
                    row[column] = row[column][::-1] + "ø"
        return pa.Table.from_pylist(rows, table.schema)

    first = {(r.measure, r.subject_id[::-1] + "ø"): (r.value, r.low, r.p_value, r.says) for r in read(tables)}
    second = {
        (r.measure, r.subject_id): (r.value, r.low, r.p_value, r.says)
        for r in read({k: renamed(t) for k, t in tables.items()})
    }
    assert first == second


def test_hostile_answers_do_no_harm():
    hostile = [
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script> and more of it",
        "\x00\x07\u202e" * 20,
        "x" * 1_000_000,
        "",
        "  ",
    ]
    rows = [{"post_id": "p", "account_id": "author", "platform": "x", "role": "case", "kind": "post"}]
    for k in range(60):
        text = None if k == 7 else hostile[k % 6]
        when = [None, -62_135_596_800_000_000, 253_402_300_799_000_000, 0][k % 4]
        rows.append(
            {"post_id": f"r{k}", "account_id": f"a{k}", "platform": "x", "role": "case", "kind": "reply", "time_us": when, "text": text,
             "text_hash": text and text_hash(text), "reply_to_id": "p"}
        )  # fmt: skip
    accounts = [
        {"account_id": f"a{k}", "platform": "x", "role": "case", "created_us": [None, -(10**17), 10**17][k % 3]}
        for k in range(60)
    ]
    found = read(
        {"posts": pa.Table.from_pylist(rows, POSTS.arrow), "accounts": pa.Table.from_pylist(accounts, ACCOUNTS.arrow)}
    )
    assert {r.measure for r in found} == {"wording", "ages", "diversity", "vocabulary", "newcomers", "speed"}
    assert all("script" not in r.says for r in found)
