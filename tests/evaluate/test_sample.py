"""An export measured in memory is what a case holds, and several exports can be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest

from inconcert.case import create_case
from inconcert.errors import InputError
from inconcert.evaluate.sample import Sample, joined, read_file, read_world, sample
from inconcert.synthetic.scenarios import SCENARIOS
from inconcert.synthetic.world import World, build, write
from inconcert.verbs.copies import copies
from inconcert.verbs.gather import gather
from inconcert.verbs.ingest import ingest

NOW = datetime(2026, 11, 21, 20, 31, tzinfo=UTC)


@pytest.fixture(scope="module")
def world() -> World:
    demo = SCENARIOS["demo"]
    return build(replace(demo, crowd=replace(demo.crowd, n_accounts=700, n_posts=3_000)), 3)


@pytest.fixture(scope="module")
def measured(world: World) -> Sample:
    return sample(read_world(world, "demo"))


def same(one: Sample, other: Sample) -> None:
    assert one.accounts.equals(other.accounts)
    assert one.posts.tolist() == other.posts.tolist()
    assert list(one.materials) == list(other.materials)
    for kind, material in one.materials.items():
        theirs = other.materials[kind]
        for name in ("account", "object", "time_us"):
            assert np.array_equal(getattr(material.first, name), getattr(theirs.first, name))
        assert np.array_equal(material.prior.pair, theirs.prior.pair)
        assert np.array_equal(material.prior.floor, theirs.prior.floor)


def test_a_sample_is_what_a_case_holds(world: World, measured: Sample, tmp_path: Path) -> None:
    file = write(world, tmp_path / "posts.csv")
    case = create_case(tmp_path / "case", title="", now=NOW)
    with case.lock():
        ingest(case, [file], now=NOW)
    held = gather(case, copies(case), kinds=None, windows_s=None, seed=1)
    assert held.windows_us == measured.windows_us
    same(
        Sample("case", held.materials, next(iter(held.materials.values())).first.accounts, measured.posts, held.windows_us),
        measured,
    )  # fmt: skip
    same(sample(read_file(file)), measured)


def test_posts_are_counted_once_for_each_account(world: World, measured: Sample) -> None:
    authors = world.posts["account_id"].to_pylist()
    for code in range(0, len(measured.accounts), 37):
        assert measured.posts[code] == authors.count(measured.accounts[code].as_py())


def test_nobody_of_joined_exports_is_in_two_of_them(world: World) -> None:
    one = read_world(world, "demo")
    both = joined([one, one], "twice")
    assert len(both.volume) == 2 * len(one.volume)
    assert (
        pc.count_distinct(both.actions["account_id"]).as_py()
        == 2 * pc.count_distinct(one.actions["account_id"]).as_py()
    )


def test_only_some_accounts(world: World) -> None:
    export = read_world(world, "demo")
    chosen = set(export.volume["account_id"].to_pylist()[:100])
    some = export.only(chosen, "some")
    assert set(some.actions["account_id"].to_pylist()) <= chosen
    assert some.volume["account_id"].to_pylist() == sorted(chosen)


def test_times_are_coarsened_and_never_refined(world: World, measured: Sample) -> None:
    export = read_world(world, "demo")
    by_minute = sample(export.at(60))
    assert min(by_minute.windows_us) == 60_000_000
    assert all((m.first.time_us % 60_000_000 == 0).all() for m in by_minute.materials.values())
    with pytest.raises(InputError, match="cannot be measured at 1 s"):
        export.at(60).at(1)


def test_a_crowd_is_left_out_of_its_reference(world: World, measured: Sample) -> None:
    without = sample(read_world(world, "demo"), without=("elgl19",))
    for kind, material in without.materials.items():
        left = {name for name in measured.materials[kind].prior.crowds if not name.startswith("elgl19")}
        assert set(material.prior.crowds) == left
        assert len(left) < len(measured.materials[kind].prior.crowds)


def test_an_export_without_shared_objects_is_refused(world: World) -> None:
    export = read_world(world, "demo")
    with pytest.raises(InputError, match="no two accounts acted on one object"):
        sample(export.only({export.volume["account_id"][0].as_py()}, "one account"))
