"""The SQL of co-action against the oracle, and every fault of other tools that concerns counting."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from detect.oracle import (
    SECOND,
    Action,
    actions_strategy,
    as_dict,
    edges,
    first,
    proof,
    queries,
    table,
    table_as_dict,
)
from engine.engines import held
from inconcert.detect.co_action import PAIRS, CoAction
from inconcert.detect.counting import SweepCounting
from inconcert.detect.load import load_layers
from inconcert.engine.base import Engine
from inconcert.errors import InputError, UnknownName

# The faults of other tools that the design names (section 5; methods, 2.5) are tests here, where they concern counting; in
# network/test_pairs.py where they concern tails, cosines and equal weights; in normalise/test_actions.py, test_lists.py and
# test_text.py where they concern reading; in verbs/test_ingest.py (ISO dates) and cli/test_command.py (defaults in help).
# These have none, since nothing here computes what they get wrong:
# - a concentration of 0 when everybody uses one hashtag: no concentration (Gini, entropy) is computed;
# - `bicm` poibin: KeyError on one thread without a progress bar: no tail is summed in batches over threads;
# - missing imports and undefined names in Luceri's scripts: ruff refuses them in all of this repository;
# - dense N x N matrices, every pair of an object built before the window is applied: right answers at a high price, which
#   is a matter for benchmarks/.


@pytest.fixture(scope="module")
def engine() -> Engine:
    return held("duckdb")


def proofs(found) -> list[tuple]:
    return [tuple(row.values()) for row in found.to_pylist()]


@settings(max_examples=80, deadline=None)
@given(actions=actions_strategy, query=queries())
def test_edges_and_pairs_equal_the_oracle(actions: list[Action], query: CoAction):
    engine = held("duckdb")
    engine.attach("actions", table(actions))
    caps = query.caps(engine)
    expected = edges(actions, query, caps)
    assert table_as_dict(query.edges(engine)) == expected
    kept = [row for row in proof(actions, query, caps) if (row[0], row[1]) in expected]
    assert sorted(proofs(query.pairs(engine)), key=repr) == sorted(kept, key=repr)


@settings(max_examples=30, deadline=None)
@given(actions=actions_strategy, query=queries())
def test_explain_shows_the_co_actions_of_a_pair(actions: list[Action], query: CoAction):
    engine = held("duckdb")
    engine.attach("actions", table(actions))
    shown = proofs(query.explain(engine, "я", "b"))
    pair = ("я", "b") if query.count == "actions" else ("b", "я")
    kept = [row for row in proof(actions, query, query.caps(engine)) if (row[0], row[1]) == pair]
    assert shown == sorted(kept, key=lambda r: (r[5] is None, r[5] or 0, r[2].encode(), r[3].encode(), r[4].encode()))


def world(*rows: tuple[str, str, float | None]) -> list[Action]:
    """Shares (account, object, seconds), one post each."""
    return [
        Action(a, "share", o, f"p{i}", None if t is None else round(t * SECOND)) for i, (a, o, t) in enumerate(rows)
    ]


def counted(engine: Engine, rows: list[Action], /, **fields) -> dict[tuple[str, str], list[int]]:
    """Weights by SQL, and by the sweep where it counts such a query: the faults must be absent from both."""
    engine.attach("actions", table(rows))
    query = CoAction(**{"min_objects": 1, **fields})
    found = table_as_dict(query.edges(engine))
    if not query.loops and query.count != "action_pairs":
        layers = load_layers(engine, ["share"], posts=True)
        assert as_dict(SweepCounting(layers["share"]).co_actions(query)) == found
    return found


def test_pairs_on_both_sides_of_a_fixed_bin_are_found(engine: Engine):
    """CooRnet cuts time into bins from the first share; two shares a second apart in neighbouring bins are lost."""
    bins = [("first", "x", 0.0), ("a", "x", 59.5), ("b", "x", 60.5)]
    assert counted(engine, world(*bins), windows_s=(10.0,))[("a", "b")] == [1, 1]


def test_a_delay_of_whole_days_is_not_a_delay_of_seconds(engine: Engine):
    """Luceri's fastRetweet takes the seconds of a difference and drops its days."""
    assert counted(engine, world(("a", "x", 0.0), ("b", "x", 86_405.0)), windows_s=(10.0, 21_600.0)) == {
        ("a", "b"): [0, 0, 1]
    }
    assert counted(engine, world(("a", "x", 86_405.0), ("b", "x", 0.0)), windows_s=(10.0, 21_600.0)) == {
        ("a", "b"): [0, 0, 1]
    }


def test_the_end_of_a_window_belongs_to_it_to_the_microsecond(engine: Engine):
    rows = world(("a", "x", 0.0), ("b", "x", 10.0), ("c", "x", 10.000001))
    found = counted(engine, rows, windows_s=(10.0,))
    assert [found[p][0] for p in (("a", "b"), ("a", "c"), ("b", "c"))] == [1, 0, 1]


def test_an_account_met_twice_on_an_object_is_counted_once(engine: Engine):
    """CooRTweet and coordination-network-toolkit let one hyperactive account inflate the weight."""
    rows = world(("a", "x", 0.0), *(("b", "x", float(i)) for i in range(5)))
    assert counted(engine, rows, windows_s=(10.0,), actions="all") == {("a", "b"): [1, 1]}
    assert counted(engine, rows, windows_s=(10.0,), actions="all", count="action_pairs") == {("a", "b"): [5, 5]}
    weights = counted(engine, rows, windows_s=(10.0,), actions="all", count="actions")
    assert weights == {("a", "b"): [1, 1], ("b", "a"): [5, 5]}


def test_a_one_sided_pair_does_not_look_symmetric(engine: Engine):
    """CooRTweet swaps the accounts of a pair but not their posts, and so gives symmetry 1.0 to a wholly one-sided pair."""
    rows = world(("z", "x", 0.0), *(("b", "x", float(i)) for i in range(4)))
    engine.attach("actions", table(rows))
    pairs = CoAction(windows_s=(10.0,), min_objects=1, actions="all", count="action_pairs").pairs(engine)
    assert set(pairs["source"].to_pylist()) == {"b"}
    assert (len(set(pairs["source_post_id"].to_pylist())), len(set(pairs["target_post_id"].to_pylist()))) == (4, 1)


def test_a_pair_of_equal_weights_is_kept(engine: Engine):
    """A cut above a quantile, as CooRTweet's of edge weights, drops every edge when all weigh the same."""
    rows = world(*((a, o, 0.0) for a in "abc" for o in "xy"))
    assert len(counted(engine, rows, min_objects=2)) == 3


def test_many_posts_are_no_repetition(engine: Engine):
    """CooRTweet's min_participation asks how much an account posts, not how often two of them meet."""
    busy = [(account, f"{account}{i}", float(i)) for account in "ab" for i in range(20)]
    rows = world(("a", "x", 0.0), ("b", "x", 1.0), *busy)
    assert counted(engine, rows) == {("a", "b"): [1] * 6}
    assert counted(engine, rows, min_objects=2) == {}


def test_a_meeting_is_counted_once_however_long_the_data_run(engine: Engine):
    """Luceri's text similarity moves a window of several days on by one day, and counts a pair anew each time."""
    days = [(account, f"{account}{day}", day * 86_400.0) for account in "ab" for day in range(30)]
    assert counted(engine, world(("a", "x", 1_296_000.0), ("b", "x", 1_296_005.0), *days)) == {("a", "b"): [1] * 6}


def test_posting_at_the_same_moment_is_no_co_action(engine: Engine):
    """CIB Mango Tree joins accounts that post anything at all within the same quarter of an hour."""
    assert counted(engine, world(*((account, account, 0.0) for account in "abcde"))) == {}


def test_unknown_times_share_objects_but_no_window(engine: Engine):
    rows = world(("a", "x", None), ("b", "x", None), ("c", "x", 0.0), ("d", "x", 0.0))
    found = counted(engine, rows, windows_s=(10.0,))
    assert {pair: n for pair, n in found.items() if n[0]} == {("c", "d"): [1, 1]}
    assert len(found) == 6


def test_no_account_is_paired_with_itself_unless_asked(engine: Engine):
    """Luceri's coRetweet, coURL and hashSeq and CIB Mango Tree keep self-loops, and so accounts that met nobody."""
    rows = world(("a", "x", 0.0), ("a", "x", 1.0), ("b", "x", 2.0))
    query = {"windows_s": (10.0,), "actions": "all"}
    assert counted(engine, rows, **query) == {("a", "b"): [1, 1]}
    assert counted(engine, rows, **query, loops=True) == {("a", "a"): [1, 1], ("a", "b"): [1, 1]}


def test_posts_of_other_kinds_are_not_compared(engine: Engine):
    rows = [Action("a", "share", "x", "1", 0), Action("b", "url", "x", "2", 0)]
    assert counted(engine, rows) == {}


def test_first_actions_prefer_a_time_and_then_the_smaller_post(engine: Engine):
    rows = [Action("a", "share", "x", "2", 5), Action("a", "share", "x", "1", None), Action("a", "share", "x", "10", 5)]
    rows.append(Action("b", "share", "x", "9", 5))
    engine.attach("actions", table(rows))
    pairs = CoAction(min_objects=1).pairs(engine)
    assert pairs.schema == PAIRS
    assert pairs["source_post_id"].to_pylist() == ["10"] == [a.post for a in first(rows, "share") if a.account == "a"]


def test_of_equally_close_posts_the_smaller_of_the_source_proves_the_co_action(engine: Engine):
    rows = [Action("a", "share", "x", "1", 0), Action("a", "share", "x", "2", 5)]
    rows += [Action("b", "share", "x", "9", 0), Action("b", "share", "x", "8", 5)]
    engine.attach("actions", table(rows))
    pairs = CoAction(min_objects=1, actions="all").pairs(engine).to_pylist()
    assert [(row["source_post_id"], row["target_post_id"]) for row in pairs] == [("1", "9")]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"windows_s": ()}, "1 to 7"),
        ({"windows_s": (60.0, 10.0)}, "60 s, 10 s"),
        ({"windows_s": (-1.0,)}, "-1 s"),
        ({"windows_s": tuple(float(i) for i in range(8))}, "8 windows"),
        ({"min_objects": 0}, "min_objects"),
        ({"max_accounts": (1, 2, 3, 4, 5, 6)}, "must not grow"),
        ({"max_accounts": (5, 5)}, "6 scales"),
        ({"max_accounts": (5, 5, 5, 5, 5, 5), "count": "actions"}, "one max_accounts"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_its_value(fields: dict, says: str):
    with pytest.raises(InputError, match=says):
        CoAction(**fields)


def test_an_unknown_kind_is_named_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'share'"):
        CoAction(kind="shares")
