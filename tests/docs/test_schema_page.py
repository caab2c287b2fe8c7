"""docs/schema.md is what its script writes now."""

import runpy
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_is_current():
    made = runpy.run_path(str(DOCS / "make_schema.py"))
    assert (DOCS / "schema.md").read_text("utf-8") == made["page"](), "run: python docs/make_schema.py"
