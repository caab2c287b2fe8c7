"""What is counted against the truth, counted again by hand."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from inconcert.evaluate.finding import ALPHA, Finding, examine
from inconcert.evaluate.sample import read_world, sample
from inconcert.evaluate.truth import against_truth, labelled
from inconcert.synthetic.operations import Operation
from inconcert.synthetic.scenarios import SCENARIOS, Scenario
from inconcert.synthetic.world import World, build

PLANTED = Scenario(
    name="planted",
    about="an operation that does not hide",
    crowd=replace(SCENARIOS["quiet"].crowd, n_accounts=1_000, n_posts=5_000),
    groups=(Operation(n_accounts=20, n_objects=40, jitter_s=5.0, cover=0.0),),
)


@pytest.fixture(scope="module")
def world() -> World:
    return build(PLANTED, 1)


@pytest.fixture(scope="module")
def finding(world: World) -> Finding:
    return examine(sample(read_world(world, "planted")))


def test_units_edges_and_groups_are_counted(world: World, finding: Finding) -> None:
    unit_of = {row["account_id"]: row["unit"] for row in world.truth.to_pylist()}
    row = against_truth(finding, world)
    ids = finding.sample.accounts.to_pylist()
    standing = finding.outcome.standing
    for unit, counts in row["units"].items():
        theirs = [i for i, account in enumerate(ids) if unit_of[account] == unit]
        assert counts["accounts"] == sum(each == unit for each in unit_of.values())
        assert counts["raised"] == sum(standing.level[i] != "L0" for i in theirs)
        assert counts["l2"] == sum(standing.level[i] == "L2" for i in theirs)
        assert counts["pair"] == sum(standing.q_pair[i] <= ALPHA for i in theirs)
        assert counts["account"] == sum(standing.q_account[i] <= ALPHA for i in theirs)
        in_groups = {m for j in finding.outcome.judged if j.group.trials for m in j.members.tolist()}
        assert counts["group"] == len(in_groups & set(theirs))
    edges = [e for e in finding.edges.to_pylist() if e["level"] == "L1"]
    assert row["l1"] == len(edges)
    assert row["false"] == sum({unit_of[e["source"]], unit_of[e["target"]]} != {"operation"} for e in edges)
    for group, judged in zip(row["groups"], finding.outcome.judged, strict=True):
        members = [unit_of[ids[m]] for m in judged.members.tolist()]
        assert group["share"] == members.count(group["unit"]) / len(members)
        assert group["share"] == max(members.count(unit) for unit in set(members)) / len(members)


def test_an_operation_that_does_not_hide_is_found(world: World, finding: Finding) -> None:
    row = against_truth(finding, world)
    assert row["units"]["operation"]["raised"] == 20
    assert row["edges"] > 0
    assert row["false"] == 0


def test_a_labelled_case_counts_accounts_that_share_nothing(world: World, finding: Finding) -> None:
    operation = {row["account_id"] for row in world.truth.to_pylist() if row["unit"] == "operation"}
    posted = read_world(world, "planted").volume
    silent = pa.table({"account_id": ["silent"], "n_posts": [9]})
    row = labelled(finding, operation, pa.concat_tables([posted, silent], promote_options="permissive"))
    assert (row["all"]["operation"], row["all"]["crowd"]) == (20, len(posted) - 20 + 1)
    active = {i for m in finding.sample.materials.values() for i in m.first.account.tolist()}
    assert row["comparable"]["operation"] + row["comparable"]["crowd"] == len(active)
    assert row["raised"]["any, L1 or above"][0] == 20
    assert row["all"]["auc"] > row["all"]["volume_auc"]
