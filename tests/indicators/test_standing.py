"""The step from L2 to L3: two independent families, each with its likelihood ratio; nothing else carries a group there."""

from __future__ import annotations

from typing import Any

import pytest

from inconcert.indicators.indicator import AUTHENTICITY, FAMILIES
from inconcert.indicators.multiplicity import DESCRIBED, FOUND, NOT_FOUND, TOO_LITTLE
from inconcert.indicators.standing import standing


def row(family: str, *, state: str = FOUND, lr_low: float | None = 8.0, indicator: str = "one") -> dict[str, Any]:
    return {"family": family, "state": state, "lr_low": lr_low, "indicator": indicator, "measure": "m"}


def test_two_families_carry_a_coordinated_group_to_l3():
    found = standing("L2", "why", [row("creation"), row("automation")])
    assert found.level == "L3"
    assert [one["family"] for one in found.families] == ["creation", "automation"]


@pytest.mark.parametrize(
    "readings",
    [
        [],
        [row("creation")],
        [row("creation", indicator="handles"), row("creation", indicator="creation-bursts", lr_low=90.0)],
        [row("creation"), row("automation", lr_low=2.9)],
        [row("creation"), row("automation", lr_low=None)],
        [row("creation"), row("automation", state=NOT_FOUND)],
        [row("creation"), row("automation", state=TOO_LITTLE)],
        [row("creation"), row("automation", state=DESCRIBED)],
        [row("creation"), row("place"), row("engagement"), row("content"), row("activity"), row("none")],
    ],
)
def test_less_does_not(readings: list[dict[str, Any]]):
    found = standing("L2", "why", readings)
    assert found.level == "L2"
    assert "at least 2 independent families" in found.why_not_higher


@pytest.mark.parametrize("level", ["L0", "L1"])
def test_evidence_on_authenticity_never_replaces_coordination(level: str):
    """Accounts made in one batch with default handles are no group before they act in concert."""
    found = standing(level, "needs synchrony", [row(family) for family in AUTHENTICITY])
    assert (found.level, found.why_not_higher) == (level, "needs synchrony")


def test_of_one_family_the_strongest_counts_once():
    found = standing(
        "L2", "", [row("creation", lr_low=4.0, indicator="weak"), row("creation", lr_low=40.0, indicator="strong")]
    )
    assert [one["indicator"] for one in found.families] == ["strong"]


def test_families_of_evidence_are_families():
    assert set(AUTHENTICITY) <= set(FAMILIES)
