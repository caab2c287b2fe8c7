"""The example: a generated world with known truth, investigated, and what was found held against the truth."""

from __future__ import annotations

import filecmp
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from scipy.stats import binomtest

from inconcert.case import open_case
from inconcert.errors import InputError
from inconcert.progress import Progress, silent
from inconcert.synthetic.scenarios import SCENARIOS
from inconcert.synthetic.world import build, write, write_truth
from inconcert.verbs.init import init
from inconcert.verbs.investigate import investigate
from inconcert.verbs.results import result

SCENARIO = SCENARIOS["demo"]
CONFIDENCE = 0.95


@dataclass(frozen=True)
class UnitFound:
    """What was found of one unit of the truth.

    accounts: how many posted. raised: of them, at level L1 or above. in_group: of them, in a confirmed group.
    levels: accounts by level. recall: raised / accounts, with its 95 % Wilson interval; for the crowd, false alarms.
    """

    unit: str
    accounts: int
    raised: int
    in_group: int
    levels: Mapping[str, int]
    recall: float
    recall_low: float
    recall_high: float


@dataclass(frozen=True)
class GroupFound:
    """One group that was found, and how many of its accounts belong to each unit of the truth."""

    group_id: str
    level: str
    size: int
    q_value: float
    units: Mapping[str, int]


@dataclass(frozen=True)
class DemoResult:
    """Where everything lies, and what was found: units in the order of their names, groups strongest first.

    crowd_raised: ordinary accounts, who arranged nothing with anybody, at level L1 or above.
    """

    posts: Path
    truth: Path
    case: Path
    report: Path
    n_posts: int
    units: tuple[UnitFound, ...]
    groups: tuple[GroupFound, ...]
    crowd_raised: int


def demo(folder: Path, *, seed: int = 1, now: datetime, progress: Progress = silent) -> DemoResult:
    """Writes posts.csv and truth.csv into the folder, investigates the posts (case in folder/case), compares.

    The investigation reads posts.csv alone. seed: of the world and of the investigation. InputError when the folder
    holds a posts.csv or truth.csv other than those of this world: nothing is overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    progress("making the example world", 0, 1)
    world = build(SCENARIO, seed)
    with TemporaryDirectory(dir=folder, prefix=".demo-") as scratch:
        posts = _placed(write(world, Path(scratch) / "posts.csv"), folder)
        truth = _placed(write_truth(world, Path(scratch) / "truth.csv"), folder)
    progress("making the example world", 1, 1)
    init(folder / "case", title="A generated world", now=now)
    summary = investigate([posts], case=folder / "case", seed=seed, now=now, progress=progress)
    case = open_case(summary.case)
    units = _units(world.truth, result(case, "scores"))
    return DemoResult(
        posts=posts,
        truth=truth,
        case=summary.case,
        report=summary.report,
        n_posts=world.posts.num_rows,
        units=units,
        groups=_groups(world.truth, result(case, "groups"), result(case, "members")),
        crowd_raised=next(unit.raised for unit in units if unit.unit == "crowd"),
    )


def _placed(fresh: Path, folder: Path) -> Path:
    """The file moved into the folder; left out when the same bytes lie there already."""
    target = folder / fresh.name
    if not target.exists():
        return fresh.replace(target)
    if not filecmp.cmp(fresh, target, shallow=False):
        raise InputError(f"{target} is another file than the example's. Name an empty folder for the demo.")
    return target


def _units(truth: pa.Table, scores: pa.Table) -> tuple[UnitFound, ...]:
    found = {row["account_id"]: row for row in scores.select(["account_id", "level", "group_id"]).to_pylist()}
    unit_of = dict(zip(truth["account_id"].to_pylist(), truth["unit"].to_pylist(), strict=True))
    units = []
    for unit, accounts in sorted(Counter(unit_of.values()).items()):
        rows = [found[account] for account, theirs in unit_of.items() if theirs == unit and account in found]
        raised = sum(row["level"] != "L0" for row in rows)
        interval = binomtest(raised, accounts).proportion_ci(CONFIDENCE, method="wilson")
        units.append(
            UnitFound(
                unit=unit,
                accounts=accounts,
                raised=raised,
                in_group=sum(row["group_id"] is not None for row in rows),
                levels=dict(sorted(Counter(row["level"] for row in rows).items())),
                recall=raised / accounts,
                recall_low=float(interval.low),
                recall_high=float(interval.high),
            )
        )
    return tuple(units)


def _groups(truth: pa.Table, groups: pa.Table, members: pa.Table) -> tuple[GroupFound, ...]:
    unit_of = dict(zip(truth["account_id"].to_pylist(), truth["unit"].to_pylist(), strict=True))
    units: dict[str, Counter[str]] = {group: Counter() for group in groups["group_id"].to_pylist()}
    for group, account in zip(members["group_id"].to_pylist(), members["account_id"].to_pylist(), strict=True):
        units[group][unit_of[account]] += 1
    return tuple(
        GroupFound(
            group_id=row["group_id"],
            level=row["level"],
            size=row["size"],
            q_value=row["q_value"],
            units=dict(units[row["group_id"]].most_common()),
        )
        for row in groups.to_pylist()
    )
