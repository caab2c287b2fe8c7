"""What every detector must do, on every engine. Spark answers in seconds, so many small worlds are packed in one table."""

from __future__ import annotations

import functools
import random
from dataclasses import fields, replace

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from detect.oracle import Action, as_dict, edges, table, table_as_dict
from engine.engines import NAMES, held
from inconcert.detect import DETECTORS
from inconcert.detect.co_action import PAIRS
from inconcert.detect.counting import SweepCounting
from inconcert.detect.load import load_layers
from inconcert.detect.sql_counting import SqlCounting
from inconcert.engine.base import Engine
from inconcert.schema import WINDOWS_US

WORLDS = 120


@functools.cache
def worlds() -> list[Action]:
    """Small random worlds side by side, kept apart by a prefix of every id."""
    drawn = random.Random(5)
    accounts, objects = ["a", "é", "я", "日", "😀"], ["x", "é", "日"]
    packed = []
    for world in range(WORLDS):
        near = [None, 0, 1, 9_999_999, 10_000_000, 10_000_001, 60_000_000, 86_405_000_000, 3 * 86_400_000_000]
        for post in range(drawn.randrange(2, 16)):
            who, what = drawn.choice(accounts), drawn.choice(objects)
            packed.append(Action(f"{world}{who}", "share", f"{world}{what}", f"{world}:{post}", drawn.choice(near)))
    return packed


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return held(request.param)


@pytest.fixture(params=sorted(DETECTORS))
def detector(request: pytest.FixtureRequest):
    """One detector as its example sets it up, but keeping single co-actions."""
    example, _, _ = DETECTORS[request.param].example()
    return replace(example, windows_s=tuple(w / 1e6 for w in WINDOWS_US), untimed=True, min_objects=1)


@pytest.fixture
def packed(engine: Engine) -> Engine:
    engine.attach("actions", table(worlds()))
    return engine


def within(pairs: pa.Table, windows_us: tuple[int, ...]) -> dict[tuple[str, str], list[int]]:
    """How many rows of each pair of accounts lie within each window, and in all."""
    counts: dict[tuple[str, str], list[int]] = {}
    for source, target, gap_us in zip(*(pairs[c].to_pylist() for c in ("source", "target", "gap_us")), strict=True):
        row = counts.setdefault((source, target), [0] * (len(windows_us) + 1))
        for s, window_us in enumerate(windows_us):
            row[s] += gap_us is not None and gap_us <= window_us
        row[-1] += 1
    return counts


@pytest.mark.parametrize("name", sorted(DETECTORS))
def test_it_finds_its_own_example(name: str, engine: Engine):
    detector, world, expected = DETECTORS[name].example()
    engine.attach("actions", table([Action(*row) for row in world]))
    assert set(table_as_dict(detector.edges(engine))) == expected


def test_it_equals_the_oracle_and_every_other_way_of_counting(detector, packed: Engine):
    found = table_as_dict(detector.edges(packed))
    assert found == edges(worlds(), detector, detector.caps(packed))
    assert len(found) > WORLDS
    ways = [SqlCounting(packed, detector.kind), SweepCounting(load_layers(packed, [detector.kind])[detector.kind])]
    sql, sweep = ways
    assert as_dict(sql.co_actions(detector)) == as_dict(sweep.co_actions(detector)) == found
    assert sql.partners(WINDOWS_US).tolist() == sweep.partners(WINDOWS_US).tolist()
    pairs = [way.rare_pairs(3) for way in ways]
    asked = [*(way.object_windows(WINDOWS_US) for way in ways), *pairs]
    asked += [way.shared_objects(pairs[0][0][:50], pairs[0][1][:50]) for way in ways]
    for one, other in zip(asked[::2], asked[1::2], strict=True):
        assert [column.tolist() for column in one] == [column.tolist() for column in other]


def test_every_edge_is_explained_by_posts_that_exist(detector, packed: Engine):
    pairs = detector.pairs(packed)
    assert pairs.schema == PAIRS
    assert within(pairs, detector.windows_us) == table_as_dict(detector.edges(packed))
    posts = {(a.post, a.account, a.object): a.time_us for a in worlds()}
    for row in pairs.to_pylist():
        one = posts[row["source_post_id"], row["source"], row["object_id"]]
        other = posts[row["target_post_id"], row["target"], row["object_id"]]
        assert row["gap_us"] == (None if one is None or other is None else abs(one - other))
    a, b = pairs["source"][0].as_py(), pairs["target"][0].as_py()
    shown = detector.explain(packed, b, a)
    assert sorted(shown.to_pylist(), key=str) == sorted(
        pairs.filter(pc.and_(pc.equal(pairs["source"], a), pc.equal(pairs["target"], b))).to_pylist(), key=str
    )


def test_row_order_and_copies_do_not_matter(detector, engine: Engine):
    engine.attach("actions", table(worlds()))
    expected = detector.edges(engine), detector.pairs(engine)
    engine.attach("actions", table(random.Random(1).sample(worlds(), len(worlds())) + worlds()[::3]))
    assert (detector.edges(engine), detector.pairs(engine)) == expected


def test_nothing_in_nothing_out(detector, engine: Engine):
    engine.attach("actions", table(worlds()))
    edges_schema = detector.edges(engine).schema
    engine.attach("actions", table([]))
    assert (detector.edges(engine).num_rows, detector.edges(engine).schema) == (0, edges_schema)
    assert (detector.pairs(engine).num_rows, detector.pairs(engine).schema) == (0, PAIRS)
    assert detector.explain(engine, "a", "b").num_rows == 0


def test_renaming_ids_renames_the_result(detector, engine: Engine):
    """Every id gets its mirror image in the order of bytes, so that source and target change places too."""
    engine.attach("actions", table(worlds()))
    before = table_as_dict(detector.edges(engine))
    ids = sorted({a.account for a in worlds()}, key=str.encode)
    new = {old: f"я{len(ids) - place:05}" for place, old in enumerate(ids)}
    engine.attach("actions", table([a._replace(account=new[a.account]) for a in worlds()]))
    assert table_as_dict(detector.edges(engine)) == {(new[t], new[s]): n for (s, t), n in before.items()}


def test_a_looser_threshold_contains_a_stricter_one(detector, packed: Engine):
    loose = table_as_dict(detector.edges(packed))
    strict = table_as_dict(replace(detector, min_objects=2).edges(packed))
    assert strict == {pair: n for pair, n in loose.items() if max(n) >= 2}
    assert 0 < len(strict) < len(loose)


@pytest.mark.parametrize("name", sorted(DETECTORS))
def test_it_cites_a_source_and_documents_each_field(name: str):
    detector = DETECTORS[name]
    assert detector.name == name
    assert any(year in detector.cites for year in map(str, range(1990, 2030)))
    for field in fields(detector):
        assert f"    {field.name}: " in detector.__doc__, f"{field.name} has no sentence in the docstring of {name}"
