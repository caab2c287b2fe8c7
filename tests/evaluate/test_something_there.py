"""Where there is an operation: a small version of `docs/power.md` and of the labelled case."""

from __future__ import annotations

from pathlib import Path

import pytest

from inconcert.evaluate.plan import case_a
from inconcert.evaluate.power import Cell, found
from inconcert.synthetic.operations import Operation


@pytest.mark.parametrize("cell", [Cell(jitter_s=5.0, cover=0.0), Cell(jitter_s=60.0, cover=0.0, n_accounts=20)])
def test_an_operation_without_cover_is_found_and_the_crowd_is_not(cell: Cell) -> None:
    row = found(cell, 101)
    theirs, crowd = row["units"]["operation"], row["units"]["crowd"]
    assert theirs["accounts"] == cell.n_accounts
    assert theirs["raised"] >= 0.9 * cell.n_accounts
    assert crowd["raised"] <= 0.01 * theirs["raised"]
    assert row["false"] <= 0.01 * row["l1"]


def test_rotation_spreads_the_same_posts_over_more_objects() -> None:
    for rotation in (1.0, 0.2, 0.05):
        cell = Cell(rotation=rotation)
        (operation,) = cell.scenario().operations
        assert isinstance(operation, Operation)
        assert operation.n_objects * max(rotation, 2 / 48) == pytest.approx(30, rel=0.02)
    assert Cell(n_accounts=10, rotation=0.02).n_objects == Cell(n_accounts=10, rotation=0.2).n_objects


@pytest.mark.data
def test_the_labelled_operation_is_found_against_a_reference_without_its_crowd(shared_data: Path) -> None:
    """The figures that the design aims for; `docs/calibration.md` has them in full."""
    key, make = next(case_a(shared_data))
    row = make()
    assert key == "seed 1"
    theirs, others = row["raised"]["any, L1 or above"]
    assert theirs >= 450
    assert others <= 9
    assert (row["all"]["operation"], row["all"]["crowd"]) == (776, 9_828)
    assert row["all"]["average_precision"] > row["all"]["volume_average_precision"]
