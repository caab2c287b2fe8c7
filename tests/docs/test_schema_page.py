"""docs/schema.md and docs/sources/ are what their scripts write now."""

import runpy
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_is_current():
    made = runpy.run_path(str(DOCS / "make_schema.py"))
    assert (DOCS / "schema.md").read_text("utf-8") == made["page"](), "run: python docs/make_schema.py"


def test_the_pages_of_sources_are_current():
    made = runpy.run_path(str(DOCS / "make_sources.py"))["pages"]()
    there = {page.name: page.read_text("utf-8") for page in (DOCS / "sources").glob("*.md")}
    assert there == made, "run: python docs/make_sources.py"
