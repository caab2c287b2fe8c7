"""The step from L2 to L3: two kinds of evidence, each in many members, beside a control that can bear it; nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from inconcert.indicators.indicator import AUTHENTICITY, FAMILIES
from inconcert.indicators.multiplicity import DESCRIBED, FOUND, NOT_FOUND, TOO_LITTLE
from inconcert.indicators.standing import KINDS_OF_EVIDENCE, standing

SIZE = 40


def row(family: str, **more: Any) -> dict[str, Any]:
    return {
        "family": family, "state": FOUND, "lr_low": 8.0, "indicator": "one", "measure": "m", "n": SIZE, "n_control": 100,
        "scale": "share", "low": 0.5, **more,
    }  # fmt: skip


def test_two_kinds_carry_a_coordinated_group_to_l3():
    found = standing("L2", "why", [row("creation"), row("automation")], SIZE)
    assert found.level == "L3"
    assert [one["kind"] for one in found.families] == ["made", "run"]


@pytest.mark.parametrize(
    "second",
    [
        None,
        row("creation", indicator="creation-bursts", lr_low=90.0),
        row("automation", lr_low=2.9),
        row("automation", lr_low=None),
        row("automation", state=NOT_FOUND),
        row("automation", state=TOO_LITTLE),
        row("automation", state=DESCRIBED),
        row("automation", n=19),
        row("automation", n_control=29),
        row("automation", n_control=None),
        row("automation", low=0.19),
        row("automation", n=20, low=0.39),
        row("automation", low=None),
        row("place"),
        row("engagement"),
        row("content"),
        row("activity"),
        row("none"),
    ],
)
def test_less_does_not(second: dict[str, Any] | None):
    found = standing("L2", "why", [row("creation"), *([second] if second else [])], SIZE)
    assert found.level == "L2"
    assert "2 of 4 independent kinds of evidence" in found.why_not_higher
    assert "it has one: made or named in bulk" in found.why_not_higher


def test_a_badge_and_the_name_that_goes_with_it_are_one_kind():
    """Mourners who wear one picture and one name, or fans with a star's face and name, share one idea."""
    assert standing("L2", "why", [row("avatars"), row("persona")], SIZE).level == "L2"
    assert standing("L2", "why", [row("avatars"), row("persona"), row("repurposing")], SIZE).level == "L3"


def test_a_measure_that_is_no_share_counts_by_the_members_it_rests_on():
    """One hand behind several accounts is a ratio; of two members of forty it says nothing."""
    ratio = row("automation", scale="ratio", low=2.0)
    assert standing("L2", "", [row("creation"), ratio], SIZE).level == "L3"
    assert standing("L2", "", [row("creation"), ratio | {"n": 2}], SIZE).level == "L2"


def test_a_group_of_declared_accounts_stays_where_it_is():
    found = standing("L2", "", [row("creation"), row("automation")], SIZE, declared=0.5)
    assert found.level == "L2"
    assert "say openly who they are" in found.why_not_higher
    assert standing("L2", "", [row("creation"), row("automation")], SIZE, declared=0.49).level == "L3"


@pytest.mark.parametrize("level", ["L0", "L1"])
def test_evidence_on_authenticity_never_replaces_coordination(level: str):
    """Accounts made in one batch with default handles are no group before they act in concert."""
    found = standing(level, "needs synchrony", [row(family) for family in AUTHENTICITY], SIZE)
    assert (found.level, found.why_not_higher) == (level, "needs synchrony")


def test_of_one_kind_the_strongest_counts_once():
    readings = [row("creation", lr_low=4.0, indicator="weak"), row("creation", lr_low=40.0, indicator="strong")]
    assert [one["indicator"] for one in standing("L2", "", readings, SIZE).families] == ["strong"]


def test_every_family_on_authenticity_is_of_one_kind():
    kinds = [family for _, families in KINDS_OF_EVIDENCE.values() for family in families]
    assert sorted(kinds) == sorted(AUTHENTICITY)
    assert set(kinds) <= set(FAMILIES)
