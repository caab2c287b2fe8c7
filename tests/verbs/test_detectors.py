"""`detectors`: the list by family in two lines each, and one of them by its name or number."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from inconcert.cli.detectors import command
from inconcert.errors import UnknownName
from inconcert.indicators.catalogue import INDICATORS
from inconcert.indicators.indicator import AUTHENTICITY, FAMILIES
from inconcert.schema import KINDS
from inconcert.verbs.detectors import detectors


def shown(*arguments: str) -> list[str]:
    result = CliRunner().invoke(command, list(arguments))
    assert result.exit_code == 0
    return result.output.splitlines()


def test_every_indicator_has_two_short_lines_under_its_family() -> None:
    lines = shown()
    measured = lines[lines.index("Measured, beside a control (a picture of each is in the report):") :]
    heads = [line for line in measured if re.match(r"\w+: .*level L3\)$", line)]
    assert {head.partition(":")[0] for head in heads} == {one.family for one in INDICATORS.values()}
    assert all(("(counts" in head) == (head.partition(":")[0] in AUTHENTICITY) for head in heads)
    assert ["(counts" in head for head in heads] == sorted(("(counts" in head for head in heads), reverse=True)
    for one in INDICATORS.values():
        at = next(i for i, line in enumerate(measured) if re.match(rf"  {one.id} +{one.name} ", line))
        family = next(line for line in reversed(measured[:at]) if line in heads)
        assert family.startswith(f"{one.family}: {FAMILIES[one.family]}")
        assert measured[at + 1].startswith("       from ")
        assert f"; {one.figure.chart}; " in measured[at + 1]
        assert len(measured[at]) <= 100 >= len(measured[at + 1])
        assert measured[at + 2] == "" or measured[at + 2].startswith("  D") or measured[at + 2].startswith("  M")


@pytest.mark.parametrize("number", ["D9", "d9"])
def test_a_number_names_all_that_bear_it(number: str) -> None:
    assert {one.name for one in detectors(number).indicators} == {"working-hours", "work-calendar"}
    assert sum("family place" in line for line in shown(number)) == 2


def test_the_number_of_the_comparison_names_all_kinds_of_action() -> None:
    found = detectors("D1")
    assert [one.kind for one in found.kinds] == list(KINDS)
    assert found.indicators == ()


def test_a_name_nobody_bears_is_refused() -> None:
    for name in ("D99", "d", "Handles", ""):
        with pytest.raises(UnknownName):
            detectors(name)
    assert [one.name for one in detectors("handles").indicators] == ["handles"]
    assert "level L3  counts" in shown("handles")
