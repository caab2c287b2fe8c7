"""The section on known operations: verdicts with their items, base rates and dates; nobody named, no name that accuses, nothing that acts."""

from __future__ import annotations

import csv
import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import made_up_case
import pyarrow.parquet as pq
import pytest

from inconcert.case import Case
from inconcert.catalogue.add import add
from inconcert.catalogue.read import replayed
from inconcert.linking.compare import compare
from inconcert.linking.published import published as as_published
from inconcert.linking.timeline import Showing
from inconcert.report.links_timeline import ROWS_AT_MOST, distance, links_timeline
from inconcert.verbs.link_material import levels_of, open_case_material
from inconcert.verbs.linked import linked
from inconcert.verbs.report import report

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
ACCUSING = "Operation Night, run by state-backed bots"
EVIL = "Courier <script>alert(1)</script>\u202e ../../etc"


def rows_of(case: Case, table: str) -> list[dict]:
    return [row for part in case.parts(table) for row in pq.read_table(part).to_pylist()]


def published(case: Case) -> list[tuple[str, str, str, str]]:
    """What G1 shows, published of three operations."""
    run = case.run("cluster")
    assert run is not None
    members = [row["account_id"] for row in run.table("members").to_pylist() if row["group_id"] == "G1"]
    shown = [row for row in rows_of(case, "actions") if row["account_id"] in members]
    urls = sorted({row["object_id"] for row in shown if row["kind"] == "url"})
    handles = sorted(row["handle"] for row in rows_of(case, "accounts") if row["account_id"] in members)
    dates = ("seen 2023-12-01", "2025-01")
    rows = [("url", url, name, dates[n % 2]) for n, url in enumerate(urls[:8]) for name in (EVIL, ACCUSING)]
    rows += [("handle", handle, EVIL, "") for handle in handles[:3]]
    return [*rows, *(("url", f"https://elsewhere.site/{n}", "Day Herald", "") for n in range(5))]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("links")
    made = made_up_case.write(folder / "case", made_up_case.with_groups())
    with (folder / "known.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("type", "value", "operation", "comment"), *published(made)])
    add(folder / "known", [folder / "known.csv"], now=NOW)
    compared(made, folder / "known")
    report(made)
    return made


def compared(case: Case, library: Path) -> None:
    """Record the run `link` of the groups with a library."""
    clustered = case.run("cluster")
    assert clustered is not None
    levels = levels_of(clustered, None)
    indicators = [one for its in replayed(library).values() for one in its.values()]
    material = open_case_material(case, clustered, None, None, list(levels))
    try:
        found = compare(material, as_published(indicators), levels)
    finally:
        material.engine.close()
    case.record_run(
        "link", parameters={"library": [{"name": library.name, "ledger": "", "files": []}], "group": None, "seed": 0},
        inputs=[clustered.id], versions={}, seed=0, engine="duckdb", tables={"links": found.links, "link_items": found.items},
        counts={}, duration_s=0.0,
    )  # fmt: skip


@pytest.fixture(scope="module")
def page(case: Case) -> str:
    return (case.path / "report" / "index.html").read_text(encoding="utf-8")


def section(page: str) -> str:
    start = page.index('<section id="operations">')
    return page[start : page.index("</section>", start)]


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_section_says_the_verdict_its_items_their_base_rates_and_what_would_change_it(case: Case, page: str):
    found = linked(case, "G1")
    assert found is not None
    strongest = found.links[0]
    assert strongest.likely
    text = words(section(page))
    assert strongest.row["says"] in text
    assert strongest.row["would_change"] in text
    assert f"{strongest.row['bits']:.1f} bits after {strongest.row['paid']:.1f} paid" in text
    assert "at most 1 in" in text
    assert "says nothing of who runs a group" in text
    assert '<a href="#operations">Known operations</a>' in page


def test_groups_without_a_link_are_told_in_calm_words(page: str):
    assert "G2: no evidence in these libraries. That is nothing for and nothing against it" in words(section(page))


def test_less_than_that_stands_below_the_verdict_it_is_less_than_and_bits_are_told(page: str):
    text = words(section(page))
    told = re.search(r"possibly at least three bits.*?no evidence less than that", text)
    assert told
    assert "ten are about 1 in 1,000" in text


def test_one_day_is_written_once():
    its = Showing("G1", "night", "url", "https://a.site/1", "exact", 3, "2024-03-04", "2024-03-04", "2024-01", False)
    assert its.days == "2024-03-04"
    assert replace(its, last_day="2024-03-06").days == "2024-03-04 to 2024-03-06"


def test_no_account_is_named_and_no_name_accuses(case: Case, page: str):
    part = section(page)
    assert "not printed" in part
    for row in rows_of(case, "accounts"):
        assert row["handle"] not in part
    assert "state-backed" not in page
    assert "an operation, name left out" in part
    assert "claims more than this report carries" in part


def test_what_a_library_says_cannot_act(page: str):
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "https://" not in section(page).replace("http://www.w3.org", "")


def test_the_picture_stands_with_the_same_in_words(page: str):
    part = section(page)
    drawn = part.count('class="span"')
    assert 0 < drawn <= ROWS_AT_MOST
    assert len(re.findall(r"<li>\d{4}-\d\d-\d\d\b", part)) >= drawn
    assert re.search(r"days after it was published \(2023-12-01\)", words(part))
    assert re.search(r"days before it was published \(2025-01\)", words(part))


def test_without_a_comparison_there_is_no_section(groups_page: str):
    assert 'id="operations"' not in groups_page


def showing(first: str, public: str, *, before: bool | None = True, what: int = 0) -> Showing:
    return Showing("G1", "night", "url", f"https://a.site/{what}", "exact", 3, first, first, public, before)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (showing("2022-11-16", "2021-12-10", before=False), "341 days after it was published (2021-12-10)"),
        (showing("2022-11-16", "2021-12", before=False), "320 to 350 days after it was published (2021-12)"),
        (showing("2022-11-16", "2022-11-17"), "1 day before it was published (2022-11-17)"),
        (showing("2022-11-16", "2022-11-16", before=False), "on the day it was published (2022-11-16)"),
        (showing("2022-11-16", "2022", before=False), "in the time it was published (2022)"),
        (
            showing("2022-11-16", "2026-01-01", before=None),
            "in the library since 2026-01-01; when it was published is not stated",
        ),
        (
            showing("2022-11-16", "no date", before=True),
            "in the library since no date; when it was published is not stated",
        ),
    ],
)
def test_distances_are_told_in_days(one: Showing, said: str):
    assert distance(one) == said


def test_a_long_timeline_is_cut_and_says_so_and_an_empty_one_is_none():
    shown = [showing("2022-11-16", "2022-12-01", what=n) for n in range(ROWS_AT_MOST + 5)]
    drawing = links_timeline(shown, dict.fromkeys(shown, "<b>link</b>"), "by date")
    assert drawing is not None
    assert drawing.svg.count('class="stated"') == ROWS_AT_MOST
    assert "<b>" not in drawing.svg
    assert drawing.notes == (f"{ROWS_AT_MOST} of {ROWS_AT_MOST + 5} are drawn, the earliest.",)
    assert links_timeline([], {}, "by date") is None
