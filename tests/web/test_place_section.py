"""Where groups may sit, in the report: only at L3 and located, with counts from five on, both readings of every sign, and nobody named."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.browse.conftest import RING, handle_of
from tests.web.placed_case import HOSTILE, PANEL
from tests.web.test_groups import words_of

from inconcert.case import Case
from inconcert.report import claims
from inconcert.report.claims import REMOVED
from inconcert.report.data import Report, gather
from inconcert.report.html import rendered
from inconcert.report.sections import behind
from inconcert.verbs.check import check
from inconcert.verbs.choose import choose
from inconcert.verbs.judge import judge
from inconcert.verbs.locate import locate, located, percent
from inconcert.verbs.place_entries import Clue, enter_place
from inconcert.verbs.placed_groups import placed_groups
from inconcert.verbs.report import report


@pytest.fixture
def gathered(full: Case) -> Report:
    return gather(full, zone="UTC", placed=placed_groups(full))


def printed(full: Case, gathered: Report) -> str:
    """The section, as the page has it now."""
    now = replace(gathered, placed=placed_groups(full))
    return next((str(one.html) for one in behind(now, rendered, ()) if one.id == "place"), "")


def test_the_section_says_what_the_verb_says(full: Case, gathered: Report):
    found, html = located(full, "G1"), printed(full, gathered)
    told = words_of(html)
    assert found.statement in told
    assert "Nothing is located below level L3." in told
    for other in (found.anywhere, found.staged):
        assert f"{other.name[:1].upper()}{other.name[1:]}: {percent(other.chance)} ({other.word})" in told
    assert html.count('role="img"') == 2
    few = [item for item in found.items if item.accounts == "fewer than 5"]
    assert few
    for item in found.items:
        if item in few:
            assert item.says not in told
            continue
        assert item.says.replace("<b>", "‹b›") in told or item.says in told
        for reading in item.readings:
            assert f"{reading.says}: {percent(reading.chance)}" in told
    assert "as entered: an exit of a VPN in Hong Kong shows the same panel" in told
    assert f"{len(few)} sign of fewer than five accounts is weighed and not printed." in told


def test_nobody_is_named_and_what_is_named_below_five_is_a_region_alone(full: Case, gathered: Report):
    html = printed(full, gathered)
    assert not [account for account in RING if account in html or handle_of(account) in html]
    assert "Hong Kong: fewer than 5" in words_of(html)
    assert not claims.exceeds("L3", words_of(html))


def test_what_was_entered_since_takes_the_place_off_the_page(full: Case, gathered: Report):
    enter_place(full, "G1", PANEL, by="Bo Chen")
    told = words_of(printed(full, gathered))
    assert "Not told. Something was entered, retracted or measured since" in told
    assert "Jiangsu" not in told
    judge(full, ["G1"], "set-aside", "a club", by="Ann Lee")
    assert printed(full, gathered) == ""


def test_below_l3_and_without_a_run_there_is_no_section(full: Case, gathered: Report):
    (placed,) = gathered.placed
    assert gather(full, zone="UTC", placed=[replace(placed, group_id="G2")]).placed == ()
    for run in full.runs():
        if run.verb == "locate":
            shutil.rmtree(run.path)
    assert placed_groups(full) == ()
    assert printed(full, gathered) == ""


def test_texts_of_people_are_masked_held_to_the_level_and_defanged(full: Case, gathered: Report):
    name = handle_of(RING[0])
    evil = Clue(
        text=f"{HOSTILE[:200]} of {name}. It is state-backed. See https://evil.example/x", region="CN-JS", kind="remark", source="x", grade="C3",
        otherwise="Bots of a ministry run it.",
    )  # fmt: skip
    enter_place(full, "G1", evil, by="Bo Chen")
    locate(full, "G1")
    html = printed(full, gathered)
    assert name not in html
    assert "state-backed" not in html
    assert "of a ministry" not in html
    assert REMOVED in html
    assert "https://evil.example" not in html
    assert "<script" not in html


def test_the_section_is_on_the_page_unless_it_is_left_out_by_choice(full: Case, tmp_path: Path):
    page = report(full).read_text("utf-8")
    assert '<a href="#place">Where they may sit</a>' in page
    draft = tmp_path / "draft.md"
    draft.write_text(located(full, "G1").statement, encoding="utf-8")
    assert check(draft, full).remarks == ()
    choose(full, leave_out=["place"], by="Ann Lee")
    page = report(full).read_text("utf-8")
    assert 'id="place"' not in page
    assert "Left out: Where they may sit." in page
