"""The whole way to L3: an operation with accounts of a factory gets there, fans who act in concert as much do not."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime

import pyarrow.compute as pc
import pytest

from inconcert.case import Case, open_case
from inconcert.cli.investigate import summary_lines
from inconcert.synthetic.crowd import Crowd, Home
from inconcert.synthetic.honest import Fans
from inconcert.synthetic.operations import Operation
from inconcert.synthetic.scenarios import Scenario
from inconcert.synthetic.world import World, build, write
from inconcert.verbs.investigate import Summary, investigate
from inconcert.verbs.results import result

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SCENARIO = Scenario(
    name="factory",
    about="accounts of a factory beside fans, in a crowd of two zones",
    crowd=Crowd(n_accounts=2_500, n_posts=20_000, n_communities=4, homes=(Home("en", -5, 0.6), Home("en", 0, 0.4))),
    groups=(Fans(), Operation(cover=0.2, n_objects=40, organic_sharers=2.0)),
)


@pytest.fixture(scope="module")
def world() -> World:
    return build(SCENARIO, 1)


@pytest.fixture(scope="module")
def summary(world: World, tmp_path_factory: pytest.TempPathFactory) -> Summary:
    folder = tmp_path_factory.mktemp("factory")
    return investigate([write(world, folder / "posts.csv")], case=folder / "case", now=NOW)


@pytest.fixture(scope="module")
def case(summary: Summary) -> Case:
    return open_case(summary.case)


def units(world: World, case: Case) -> dict[str, Counter[str]]:
    """Group -> its members by unit of the truth."""
    unit = dict(zip(world.truth["account_id"].to_pylist(), world.truth["unit"].to_pylist(), strict=True))
    found: dict[str, Counter[str]] = {}
    for row in result(case, "members").to_pylist():
        found.setdefault(row["group_id"], Counter())[unit[row["account_id"]]] += 1
    return found


def test_the_operation_is_l3_and_the_fans_are_not(world: World, summary: Summary, case: Case):
    of_group = units(world, case)
    levels = {
        of_group[group.group_id].most_common(1)[0][0]: group.level for group in summary.groups if group.level != "L0"
    }
    assert levels["operation"] == "L3"
    assert levels["fans"] == "L2"


def test_two_families_carry_it_and_the_accounts_take_the_level(world: World, case: Case):
    (row,) = (row for row in case.run("indicators").table("standings").to_pylist() if row["level"] == "L3")
    families = json.loads(row["families"])
    assert len({one["family"] for one in families}) >= 2
    assert all(one["lr_low"] >= 3 for one in families)
    ranked = {row["account_id"]: row for row in result(case, "scores").to_pylist()}
    raised = Counter(one["level"] for one in ranked.values() if one["group_id"] == row["group_id"])
    assert set(raised) == {"L3"}


def test_the_summary_and_the_page_say_so_without_a_name(world: World, summary: Summary):
    text = "\n".join(summary_lines(summary))
    assert "inauthentic coordinated group (L3)" in text
    assert "unlike its control" in text
    page = summary.report.read_text("utf-8")
    assert "inauthentic" in page
    ours = world.truth.filter(pc.equal(world.truth["unit"], "operation"))["account_id"].to_pylist()
    assert not [account for account in ours if account in page]
