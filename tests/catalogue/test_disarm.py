"""DISARM's numbers: the packaged file is what the script makes, old numbers lead to new ones, every number we print exists."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from inconcert.catalogue.disarm import NUMBER, current, licence, retired, tactics, technique, techniques
from inconcert.catalogue.kill_chain import PHASES, phase, techniques_of
from inconcert.errors import UnknownName
from inconcert.indicators.catalogue import INDICATORS

ROOT = Path(__file__).resolve().parents[2]


def test_the_packaged_file_is_what_the_script_makes(shared_data: Path):
    made = runpy.run_path(str(ROOT / "docs" / "make_disarm.py"))["made"]
    bundle = json.loads((shared_data / "disarm" / "DISARM.json").read_bytes())
    packaged = (ROOT / "src" / "inconcert" / "catalogue" / "disarm.json").read_text("utf-8")
    assert packaged == made(bundle), "run: python docs/make_disarm.py"


def test_size_of_version_1_6_and_its_terms():
    top = [one for one in techniques().values() if one.parent is None]
    assert (len(tactics()), len(techniques()), len(top)) == (16, 391, 103)
    assert all(one.parent in techniques() for one in techniques().values() if one.parent)
    assert "CC BY-SA 4.0" in licence()
    assert "DISARM Foundation" in licence()


def test_tactics_go_from_planning_to_assessing():
    assert [one.id for one in tactics()][:2] == ["TA01", "TA02"]
    assert [one.id for one in tactics()][-1] == "TA12"
    assert [one.place for one in tactics()] == list(range(1, 17))
    parts = {"TA15": 74, "TA16": 38, "TA17": 21, "TA11": 27}  # standards.md 1.1, top-level and parts
    for id, n in parts.items():
        assert sum(one.tactic is not None and one.tactic.id == id for one in techniques().values()) == n


def test_lookup_by_number():
    found = technique(" t0049.002 ")
    assert (found.id, found.name, found.tactic.id) == ("T0049.002", "Flood Existing Hashtag", "TA17")  # type: ignore[union-attr]
    assert found.parent == "T0049"
    for unknown in ("T9999", "flood", ""):
        with pytest.raises(UnknownName):
            technique(unknown)


def test_42_numbers_of_version_1_4_were_retired_and_lead_on():
    """The numbers are those of standards.md 1.1."""
    assert len(retired()) == 42
    assert not retired().keys() & techniques().keys()
    for one in retired().values():
        assert one.tactic is None
        assert [its.id for its in current(one.id)] == list(one.replaced_by)
        assert set(one.replaced_by) <= techniques().keys()
        assert one.name
    assert {"T0150.008", "T0145.001"} <= {one.id for one in current("T0090.004")}
    assert current("T0049.002") == (technique("T0049.002"),)
    assert [one.id for one in retired().values() if not one.replaced_by] == ["T0142"]


@pytest.mark.parametrize(
    ("number", "fallback"),
    [("T0049.002", ("T0049.002",)), ("T0145.002", ("T0086.002",)), ("T0146.005", ("T0099.003",)), ("T0149.008", ())],
)
def test_fallback_for_software_that_knows_version_1_4(number: str, fallback: tuple[str, ...]):
    assert technique(number).fallback == fallback


def test_a_fallback_is_a_number_of_version_1_4():
    kept = {id for id, one in techniques().items() if one.fallback == (id,)}
    assert len(kept) == 256
    for one in techniques().values():
        assert set(one.fallback) <= kept | retired().keys()


def test_every_number_that_indicators_print_exists():
    for one in INDICATORS.values():
        for number in one.disarm:
            assert NUMBER.fullmatch(number)
            assert number in techniques(), (one.name, number)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("T0146.007", 1), ("T0150.005", 9), ("T0150.008", 1), ("T0145.001", 2), ("T0143.002", 2), ("T0072", 3), ("T0002", 4), ("T0020", 5),
        ("T0131.002", 5), ("T0128.005", 6), ("T0049.002", 7), ("T0116.001", 8), ("T0048.002", 8), ("T0123.001", 9), ("T0060", 10), ("T0131.001", 10),
        ("T0084.001", None),
    ],
)  # fmt: skip
def test_kill_chain(number: str, expected: int | None):
    """The crosswalk of standards.md 1.3."""
    found = phase(technique(number))
    assert (found.number if found else None) == expected


def test_phases_hold_each_technique_once():
    assert [one.number for one in PHASES] == list(range(1, 11))
    held = [one.id for number in range(1, 11) for one in techniques_of(number)]
    assert len(held) == len(set(held))
    assert set(held) | {one.id for one in techniques().values() if phase(one) is None} == techniques().keys()
    assert all(techniques_of(number) for number in range(1, 11))


def test_phases_are_named_as_meta_publishes_them(shared_data: Path):
    file = next((shared_data / "meta_threat_research").glob("Online_Operations_Killchain*.csv"))
    published = {line.split(",")[0] for line in file.read_text("utf-8").splitlines() if line[:1].isdigit()}
    assert {f"{one.number - 1}. {one.name}" for one in PHASES} == published
