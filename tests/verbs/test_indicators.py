"""`indicators` on a small case: what it writes, what it cannot run, that levels follow, and that it comes out again."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from inconcert.case import Case
from inconcert.cli.indicators import command
from inconcert.cli.outcome import Outcome
from inconcert.errors import InputError, UnknownName
from inconcert.indicators.catalogue import INDICATORS
from inconcert.progress import silent
from inconcert.verbs.add import add
from inconcert.verbs.indicators import FAILED, indicators
from inconcert.verbs.init import init, open_case
from inconcert.verbs.investigate import investigate
from inconcert.verbs.recompute import AGAIN, recompute_run
from inconcert.verbs.results import result
from inconcert.verbs.sets import keep_set

from .worlds import RING, write_posts

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A ring among a crowd, with a list of accounts to be measured as a group, and one dated event."""
    folder = tmp_path_factory.mktemp("indicators")
    posts = write_posts(folder / "posts.csv", ring=True)
    suspected = folder / "club.csv"
    with suspected.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["account_id"], *([f"user{i}"] for i in range(12))])
    init(folder / "case", now=NOW)
    add(open_case(folder / "case"), lists=[suspected], role="suspected", now=NOW)
    summary = investigate([posts], case=folder / "case", now=NOW)
    return open_case(summary.case)


def test_groups_and_suspected_lists_are_measured(case: Case):
    run = case.run("indicators")
    assert run is not None
    measured = run.table("indicators").to_pylist()
    groups = {row["subject_id"] for row in measured if row["subject"] == "group"}
    assert "list:club" in groups
    assert {row["group_id"] for row in run.table("standings").to_pylist()} == set(
        case.run("cluster").table("groups")["group_id"].to_pylist()
    )
    assert [row["reading"] for row in measured] == list(range(1, len(measured) + 1))
    for row in measured:
        assert (row["value"] is None) == (row["state"] == "too little") == (row["lacking"] is not None)
        assert (row["q_value"] is None) == (row["p_value"] is None)
        assert (row["state"] == "found") == (row["q_value"] is not None and row["q_value"] <= 0.01)


def test_what_the_data_do_not_allow_is_said_with_what_it_needs(case: Case):
    run = case.run("indicators")
    assert run is not None
    absent = {row["indicator"]: row["needs"] for row in run.table("indicators_not_run").to_pylist()}
    ran = {row["indicator"] for row in run.table("indicators").to_pylist()}
    assert not ran & set(absent)
    assert "portraits" in absent["profile-pictures"]
    assert not [needs for needs in absent.values() if FAILED in needs]


def test_an_indicator_that_gives_up_takes_no_other_with_it(case: Case, monkeypatch: pytest.MonkeyPatch):
    def broken(self, facts, rng):
        raise ZeroDivisionError("float division by zero")

    monkeypatch.setattr(INDICATORS["working-hours"], "measure", broken)
    run = indicators(case, seed=98)
    assert (
        "ZeroDivisionError"
        in {r["indicator"]: r["needs"] for r in run.table("indicators_not_run").to_pylist()}["working-hours"]
    )
    assert len(run.table("indicators"))
    monkeypatch.undo()
    indicators(case)


def test_a_set_takes_nothing_from_a_group_and_carries_no_chance(case: Case):
    """A set of the very accounts that groups are compared with would else leave them without their control."""
    plain = indicators(case)
    taken = sorted(set(plain.table("controls")["account_id"].to_pylist()))
    keep_set(case, "picked", by="Ann", accounts=taken)
    run = indicators(case, sets=["picked"])
    for name in ("indicators", "controls", "control_balance"):
        assert run.table(name).slice(0, plain.table(name).num_rows).equals(plain.table(name)), name
    assert run.table("standings").equals(plain.table("standings"))
    picked = run.table("indicators").slice(plain.table("indicators").num_rows).to_pylist()
    assert {row["subject_id"] for row in picked if row["subject"] == "group"} == {"list:picked"}
    assert "described" in {row["state"] for row in picked}
    assert {row["state"] for row in picked} <= {"described", "too little"}
    assert {row[name] for row in picked for name in ("p_value", "q_value", "lr", "lr_low", "lr_high")} == {None}
    assert not [row["says"] for row in picked if "p = " in row["says"]]
    indicators(case)


def test_controls_are_neither_members_nor_raised(case: Case):
    run = case.run("indicators")
    assert run is not None
    controls = set(run.table("controls")["account_id"].to_pylist())
    assert controls
    assert not controls & {*RING, *(f"user{i}" for i in range(12))}


def test_a_point_and_a_witness_belong_to_a_reading(case: Case):
    run = case.run("indicators")
    assert run is not None
    readings = set(run.table("indicators")["reading"].to_pylist())
    posts = set(result(case, "scores")["account_id"].to_pylist())
    assert set(run.table("indicator_points")["reading"].to_pylist()) <= readings
    witnesses = run.table("indicator_witnesses").to_pylist()
    assert {row["reading"] for row in witnesses} <= readings
    assert {row["account_id"] for row in witnesses} <= posts


def test_it_comes_out_again_and_twice_is_once(case: Case):
    run = case.run("indicators")
    assert run is not None
    assert recompute_run(case, run, AGAIN["indicators"], silent).differs == ()
    assert indicators(case).already


def test_one_indicator_alone_gives_the_same_numbers_and_raises_no_level(case: Case):
    whole = case.run("indicators")
    assert whole is not None
    alone = indicators(case, only=["impact"])
    assert {row["indicator"] for row in alone.table("indicators").to_pylist()} <= {"impact"}

    def of(run, name):
        columns = ("measure", "subject_id", "value", "low", "high", "p_value", "says")
        return [
            tuple(row[c] for c in columns) for row in run.table("indicators").to_pylist() if row["indicator"] == name
        ]

    assert of(alone, "impact") == of(whole, "impact")
    assert all(json.loads(row["families"]) == [] for row in alone.table("standings").to_pylist())
    assert indicators(case).already


def test_it_refuses_what_it_cannot_use(case: Case, tmp_path: Path):
    with pytest.raises(UnknownName, match=r"No indicator is called 'working-hour'\. Did you mean 'working-hours'"):
        indicators(case, only=["working-hour"])
    with pytest.raises(InputError, match="alpha is 2"):
        indicators(case, alpha=2)
    empty = init(tmp_path / "empty", now=NOW)
    with pytest.raises(InputError, match="has no cluster run"):
        indicators(empty)


def test_the_command_says_what_was_found_and_what_was_not_run(case: Case):
    printed = CliRunner().invoke(command, [str(case.path)], obj=Outcome())
    assert printed.exit_code == 0, printed.output
    assert "Not run, for want of: " in printed.stdout
    assert "list:club (12 accounts): " in printed.stdout
    assert len(INDICATORS) >= 18
