"""What is measured, and how often: the full tables, or a reduced version to see that all works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from inconcert.evaluate import calibration, near_text, power, truth
from inconcert.evaluate.families import HONEST_GROUPS, ONE_CROWD, SEVERAL_CROWDS
from inconcert.evaluate.finding import examine
from inconcert.evaluate.indicators.real_sets import raised_on, read_set
from inconcert.evaluate.indicators.trials import key, trials
from inconcert.evaluate.indicators.trials_run import clean_worlds, planted_worlds
from inconcert.evaluate.indicators.working_hours_coverage import coverage_rows
from inconcert.evaluate.kept import Kept, Row
from inconcert.evaluate.sample import Export, joined, read_file, read_world, sample
from inconcert.synthetic.world import build

ORGANIC = ("aprendeencasa2020", "elgl19", "esa2019", "mayweather2017")
COORTWEET = ("russian_coord_tweets", "german_elections")
DEBATE = "gop_debate2015"
"""Name of the crowd of case_a among the reference crowds."""
BATCH = 8
"""Worlds without an operation whose counts are kept as one row."""


@dataclass(frozen=True)
class Plan:
    """copies: label permutations of each real set. worlds, large, mixed: seeds of each family of one crowd, of the large one,
    of each family of several crowds. honest: seeds with honest groups. power: seeds of each operation. every: only every
    n-th operation of the power tables. trials, planted: worlds of each indicator with nothing in them, and of each effort.
    placed: worlds of each line of the table on working hours."""

    copies: int
    worlds: int
    large: int
    mixed: int
    honest: int
    power: int
    trials: int
    planted: int
    placed: int
    every: int = 1


FULL = Plan(copies=30, worlds=48, large=8, mixed=16, honest=10, power=3, trials=200, planted=20, placed=300)
REDUCED = Plan(copies=3, worlds=8, large=1, mixed=8, honest=2, power=1, trials=10, planted=4, placed=20, every=4)

Step = tuple[str, Callable[[], Row]]


def permutations(plan: Plan, data: Path) -> Iterator[Step]:
    """Label-permuted copies of the two CooRTweet sets and the organic crowds."""
    for name in (*COORTWEET, *ORGANIC):
        export = read_file(_file(data, name))
        real = sample(export)
        yield f"{name}, as it is", partial(_crowd, export, ())
        for copy in range(1, plan.copies + 1):
            yield f"{name}, copy {copy}", partial(calibration.permuted_copy, real, copy)


def worlds(plan: Plan) -> Iterator[Step]:
    """Worlds in which nobody arranges anything."""
    for family in (*ONE_CROWD, *SEVERAL_CROWDS):
        seeds = plan.mixed if family in SEVERAL_CROWDS else plan.large if family.name == "quiet, large" else plan.worlds
        for first in range(1, seeds + 1, BATCH):
            chosen = range(first, min(first + BATCH, seeds + 1))
            key = f"{family.name}, seeds {chosen[0]} to {chosen[-1]}"
            yield key, partial(calibration.null_worlds, family, chosen)


def honest(plan: Plan) -> Iterator[Step]:
    """Worlds of honest groups that act in concert, without an operation."""
    for seed in range(1, plan.honest + 1):
        yield f"seed {seed}", partial(_honest, seed)


def _honest(seed: int) -> Row:
    world = build(HONEST_GROUPS, seed)
    return truth.against_truth(examine(sample(read_world(world, HONEST_GROUPS.name)), seed), world)


def crowds(data: Path) -> Iterator[Step]:
    """Real crowds without a known operation, each held against reference profiles that leave it out."""
    organic = [read_file(_file(data, name)) for name in ORGANIC]
    case, operation = _case_a(data)
    debate = case.only(set(case.volume["account_id"].to_pylist()) - operation, DEBATE)
    parts: list[tuple[Export, tuple[str, ...]]] = [
        (export.at(r), (export.name,)) for export in organic for r in (1, 60)
    ]
    parts += [(debate, (DEBATE,)), (joined([e.at(1) for e in organic], "all four in one case"), ORGANIC)]
    for export, without in parts:
        key = f"{export.name}, {export.resolution_s} s"
        yield key, partial(_crowd, export, without)


def _crowd(export: Export, without: tuple[str, ...]) -> Row:
    measured = sample(export, without=without)
    return calibration.crowd(examine(measured)) | {"spread": calibration.spreads(measured)}


def case_a(data: Path) -> Iterator[Step]:
    """The labelled case against reference profiles without its own crowd."""
    case, operation = _case_a(data)
    for seed in (1, 2, 3):
        yield f"seed {seed}", partial(_labelled, case, operation, seed)


def _labelled(case: Export, operation: set[str], seed: int) -> Row:
    return truth.labelled(examine(sample(case, without=(DEBATE,), seed=seed), seed), operation, case.volume)


def operations(plan: Plan) -> Iterator[Step]:
    """Planted operations."""
    cells = list(dict.fromkeys(cell for table in power.cells().values() for cell in table))
    for cell in cells[:: plan.every]:
        for seed in range(1, plan.power + 1):
            yield f"{cell.key}, seed {seed}", partial(power.found, cell, seed)


def near_texts(plan: Plan, data: Path) -> Iterator[Step]:
    """The labelled case, the organic crowds and reworded operations, without and with near-identical texts."""
    case, operation = _case_a(data)
    yield "case_a", partial(near_text.added, case, operation, (DEBATE,))
    for name in ORGANIC:
        yield name, partial(near_text.added, read_file(_file(data, name)), set(), (name,))
    for cell in near_text.cells():
        for seed in range(1, plan.power + 1):
            yield f"{cell.key}, seed {seed}", partial(near_text.reworded, cell, seed)


def indicators(plan: Plan) -> Iterator[Step]:
    """Every indicator on worlds with nothing to find, and on planted ones."""
    for trial in trials():
        yield f"{key(trial)}: clean", partial(clean_worlds, trial, plan.trials)
        for effort in trial.efforts:
            yield f"{key(trial)}: effort {effort:g}", partial(planted_worlds, trial, effort, plan.planted)


def working_hours(plan: Plan) -> Iterator[Step]:
    """How often the set of offsets holds the truth."""
    yield f"{plan.placed} worlds a line", partial(_placed, plan.placed)


def _placed(worlds: int) -> Row:
    return {"lines": [asdict(line) for line in coverage_rows(seed=1, worlds=worlds)]}


def indicators_real(data: Path) -> Iterator[Step]:
    """Every indicator on groups of ordinary accounts in real data, and on the known operation."""
    for name in (*ORGANIC, *COORTWEET):
        yield name, partial(_raised, _file(data, name), {})
    yield "case_a", partial(_raised, data / "case_a" / "posts.parquet", {"operation": sorted(_case_a(data)[1])})


def _raised(file: Path, known: dict[str, list[str]]) -> Row:
    return raised_on(read_set(file), known, seed=1)


def _file(data: Path, name: str) -> Path:
    return data / ("coortweet" if name in COORTWEET else "organic_crowds") / f"{name}.parquet"


def _case_a(data: Path) -> tuple[Export, set[str]]:
    labels = pa.csv.read_csv(
        data / "case_a" / "labels.csv",
        convert_options=pa.csv.ConvertOptions(column_types={"account_id": pa.string(), "coordinated": pa.string()}),
    )
    operation = labels.filter(pc.equal(labels["coordinated"], "1"))
    return read_file(data / "case_a" / "posts.parquet"), set(operation["account_id"].to_pylist())


PARTS = (
    "permutations", "worlds", "honest", "crowds", "case_a", "near_text", "operations", "indicators", "working_hours", "indicators_real",
)  # fmt: skip


def steps(part: str, plan: Plan, data: Path) -> Iterator[Step]:
    """The rows of a part and how each is made."""
    match part:
        case "permutations":
            return permutations(plan, data)
        case "worlds":
            return worlds(plan)
        case "honest":
            return honest(plan)
        case "crowds":
            return crowds(data)
        case "case_a":
            return case_a(data)
        case "near_text":
            return near_texts(plan, data)
        case "indicators":
            return indicators(plan)
        case "working_hours":
            return working_hours(plan)
        case "indicators_real":
            return indicators_real(data)
    return operations(plan)


def measure(kept: Kept, plan: Plan, data: Path) -> None:
    """Make all rows of a part that are not there yet."""
    for name, make in steps(kept.part, plan, data):
        kept.row(name, make)
