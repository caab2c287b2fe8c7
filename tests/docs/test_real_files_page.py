"""docs/real-files.md is what its script counts now, on the research data."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
MADE = runpy.run_path(str(DOCS / "make_real_files.py"))


@pytest.mark.parametrize("name", MADE["FILES"])
def test_counts_and_fill_rates_are_those_of_the_page(name: str, shared_data: Path) -> None:
    lines = (DOCS / "real-files.md").read_text("utf-8").splitlines()
    assert MADE["row"](shared_data, name) in lines, "run: python docs/make_real_files.py"


def test_the_page_has_a_line_for_each() -> None:
    lines = (DOCS / "real-files.md").read_text("utf-8").splitlines()
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines if line.startswith("| ")][1:] == list(
        MADE["FILES"]
    )
