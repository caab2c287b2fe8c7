"""The pages hang together: blocks that something checks, links that lead somewhere, nothing left undocumented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inconcert.cli.command import VERBS
from inconcert.ingest.importers import IMPORTERS
from inconcert.network.levels import WORDS
from inconcert.schema import KINDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
CHECKED = {"console", "python", "sh", "sql", "text"}
"""Languages of blocks that conftest.py or a test beside this one tries out."""


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def outside_blocks(page: Path) -> str:
    return re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """Names of the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", outside_blocks(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> list[str]:
    """Targets of links and pictures that are not on the web."""
    found = re.findall(r"\]\(([^)\s]+)\)", outside_blocks(page))
    return [target for target in found if not target.startswith(("https://", "http://"))]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_block_is_of_a_language_that_is_checked(page: Path):
    fences = re.findall(r"^```(.*)$", page.read_text("utf-8"), re.MULTILINE)
    assert fences[1::2] == [""] * (len(fences) // 2)
    assert set(fences[::2]) <= CHECKED


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path):
    for target in links(page):
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.is_relative_to(ROOT), target
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


def test_every_page_is_reached_from_the_readme():
    reached, waiting = {ROOT / "README.md"}, [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        found = {(page.parent / target.partition("#")[0]).resolve() for target in links(page)} & set(PAGES)
        waiting += found - reached
        reached |= found
    assert [named(page) for page in PAGES[1:] if page not in reached] == []


def test_verbs_importers_kinds_and_levels_are_documented():
    readme, how = (ROOT / "README.md").read_text("utf-8"), (ROOT / "docs" / "how-it-works.md").read_text("utf-8")
    assert [verb for verb in VERBS if not re.search(rf"`{verb}`|inconcert {verb}\b", readme)] == []
    assert f"[{len(IMPORTERS)} kinds of file are known](sources/README.md)" in how
    assert [kind for kind in KINDS if not re.search(rf"^  D1   {kind} ", how, re.MULTILINE)] == []
    assert [level for level, words in WORDS.items() if f"| {level} | {words} |" not in readme] == []


def test_the_picture_of_the_report_is_quick_to_load():
    picture = (ROOT / "docs" / "report.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 400_000
