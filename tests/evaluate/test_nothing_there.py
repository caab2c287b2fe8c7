"""Where nothing is arranged: a small version of `docs/calibration.md`.

Bounds are quantiles of the binomial distribution at the nominal rate that are passed once in ten thousand times.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.csv
import pytest
from scipy.stats import binom

from inconcert.evaluate.calibration import null_worlds, permuted_copy
from inconcert.evaluate.families import ONE_CROWD, Family
from inconcert.evaluate.finding import ALPHA, examine
from inconcert.evaluate.kept import Row
from inconcert.evaluate.metrics import THRESHOLDS
from inconcert.evaluate.plan import COORTWEET, DEBATE, ORGANIC
from inconcert.evaluate.sample import read_file, sample
from inconcert.evaluate.tested import added
from inconcert.network.accounts import MIN_OBJECTS

NEVER = 1e-4
SEEDS = (101, 102)


def at_most(trials: int, rate: float) -> int:
    return int(binom.ppf(1 - NEVER, trials, rate))


def smaller(family: Family) -> Family:
    return replace(family, crowds=tuple(replace(c, n_accounts=600, n_posts=4_000) for c in family.crowds))


@pytest.fixture(scope="module")
def worlds() -> dict[str, Row]:
    """Rows of worlds of a third of the size in `docs/calibration.md`, two of each family."""
    return {f.name: null_worlds(smaller(f), SEEDS) for f in ONE_CROWD if f.name != "quiet, large"}


def test_claims_are_as_rare_as_promised(worlds: dict[str, Row]) -> None:
    claimed = sum(row["worlds_with"]["any"] for row in worlds.values())
    assert claimed <= at_most(sum(row["worlds"] for row in worlds.values()), ALPHA), {
        name: row["offenders"] for name, row in worlds.items() if row["offenders"]
    }


@pytest.mark.parametrize("test", ["pair", "account", "group"])
def test_p_values_are_valid(worlds: dict[str, Row], test: str) -> None:
    """Kinds and scales of one world look at the same posts, so each is judged alone, over all worlds."""
    counts: dict[str, list[int]] = {}
    for row in worlds.values():
        counts = added(counts, row["p_values"][test])
    assert sum(tests for tests, *_ in counts.values()) > 100
    for name, (tests, *below) in counts.items():
        for found, at in zip(below, THRESHOLDS, strict=True):
            assert found <= at_most(tests, at), (name, at)


@pytest.mark.data
@pytest.mark.parametrize("name", [*COORTWEET, *ORGANIC])
def test_permuted_labels_leave_no_edge_and_no_group(shared_data: Path, name: str) -> None:
    folder = "coortweet" if name in COORTWEET else "organic_crowds"
    real = sample(read_file(shared_data / folder / f"{name}.parquet"))
    found = permuted_copy(real, 101)
    assert (found["edges"], found["groups"]) == (0, 0)
    assert set(found["kinds"].values()) == {0}
    assert not found["alone"]


@pytest.mark.data
@pytest.mark.parametrize("name", [*ORGANIC, DEBATE])
def test_accounts_of_ordinary_crowds_are_not_raised(shared_data: Path, name: str) -> None:
    """Each against reference profiles that leave it out, times to the minute."""
    if name == DEBATE:
        labels = pyarrow.csv.read_csv(shared_data / "case_a" / "labels.csv").to_pylist()
        crowd = {row["account_id"] for row in labels if row["coordinated"] == 0}
        export = read_file(shared_data / "case_a" / "posts.parquet").only(crowd, DEBATE)
    else:
        export = read_file(shared_data / "organic_crowds" / f"{name}.parquet")
    finding = examine(sample(export.at(60), without=(name,)))
    tests = finding.outcome.tests.values()
    tested = len(np.unique(np.concatenate([t.account[t.n_objects >= MIN_OBJECTS] for t in tests])))
    assert tested >= 20
    assert finding.by_account.sum() <= at_most(tested, ALPHA)
    assert not [j for j in finding.outcome.judged if j.level == "L2"]
