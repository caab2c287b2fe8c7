"""`demo` makes its world, investigates only the posts, and holds what was found against the truth."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inconcert.case import open_case
from inconcert.errors import InputError
from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.operations import Operation
from inconcert.synthetic.scenarios import Scenario
from inconcert.verbs import demo as module
from inconcert.verbs.demo import DemoResult, demo
from inconcert.verbs.results import result

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SMALL = Scenario(
    name="small",
    about="",
    crowd=Crowd(n_accounts=1_500, n_posts=8_000),
    groups=(
        Operation(
            n_accounts=40,
            n_objects=200,
            kinds=("text", "url"),
            rotation=0.1,
            jitter_s=15.0,
            cover=0.5,
            organic_sharers=0.0,
        ),
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "made" / "for-it"


@pytest.fixture(scope="module")
def found(folder: Path) -> DemoResult:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SCENARIO", SMALL)
        return demo(folder, now=NOW)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_posts_and_truth_lie_in_the_folder_and_the_case_read_only_the_posts(found: DemoResult, folder: Path) -> None:
    assert found.posts == folder / "posts.csv"
    assert len(rows(found.posts)) == found.n_posts
    assert {r["account_id"] for r in rows(found.posts)} == {r["account_id"] for r in rows(found.truth)}
    imports = open_case(found.case).imports("case")
    assert len(imports) == 1
    assert sorted(p.name for p in folder.iterdir()) == ["case", "posts.csv", "truth.csv"]


def test_the_operation_is_found_and_the_crowd_is_not(found: DemoResult) -> None:
    units = {unit.unit: unit for unit in found.units}
    assert units["operation"].raised >= 30
    assert units["operation"].in_group >= 30
    assert found.crowd_raised == units["crowd"].raised <= 0.02 * units["crowd"].accounts
    assert found.report.is_file()


def test_the_comparison_counts_what_the_tables_say(found: DemoResult) -> None:
    unit_of = {r["account_id"]: r["unit"] for r in rows(found.truth)}
    scores = result(open_case(found.case), "scores").to_pylist()
    for unit in found.units:
        ours = [s for s in scores if unit_of[s["account_id"]] == unit.unit]
        assert unit.accounts == sum(u == unit.unit for u in unit_of.values())
        assert unit.raised == sum(s["level"] in ("L1", "L2") for s in ours)
        assert unit.in_group == sum(s["group_id"] is not None for s in ours)
        assert sum(unit.levels.values()) == len(ours)
        assert unit.recall == unit.raised / unit.accounts
        assert 0 <= unit.recall_low <= unit.recall <= unit.recall_high <= 1
        assert unit.recall_high - unit.recall_low > 0
    members = result(open_case(found.case), "members").to_pylist()
    for group in found.groups:
        theirs = [m["account_id"] for m in members if m["group_id"] == group.group_id]
        assert dict(group.units) == Counter(unit_of[a] for a in theirs)
        assert sum(group.units.values()) == group.size


def test_wilson_interval_of_the_operation_is_that_of_the_textbook(found: DemoResult) -> None:
    unit = next(unit for unit in found.units if unit.unit == "operation")
    z, n, p = 1.959963984540054, unit.accounts, unit.recall
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    assert unit.recall_low == pytest.approx(middle - half)
    assert unit.recall_high == pytest.approx(middle + half)


def test_a_second_time_changes_nothing(found: DemoResult, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SCENARIO", SMALL)
    assert demo(folder, now=NOW) == found


def test_somebody_elses_posts_are_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SCENARIO", SMALL)
    (tmp_path / "posts.csv").write_text("mine\n", "utf-8")
    with pytest.raises(InputError, match="empty folder"):
        demo(tmp_path, now=NOW)
    assert (tmp_path / "posts.csv").read_text("utf-8") == "mine\n"
    assert [p.name for p in tmp_path.iterdir()] == ["posts.csv"]
