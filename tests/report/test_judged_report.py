"""The report honours what people decided: names, groups set aside, merged, split, accounts removed, notes; and nothing claims more."""

from __future__ import annotations

import html
import re
from pathlib import Path

import made_up_case
import made_up_copies
import pytest

from inconcert.case import Case
from inconcert.report.decisions import decisions
from inconcert.verbs.judge import judge
from inconcert.verbs.judgements import retract
from inconcert.verbs.notes import add_note
from inconcert.verbs.report import report

HOSTILE = '\u202e<script>alert(1)</script> <img src=x onerror="a"> https://evil.example/x'


@pytest.fixture
def case(folder: Path) -> Case:
    return made_up_case.write(folder, made_up_case.with_groups())


def page(case: Case, *, notes: bool = False, name: str = "index.html") -> str:
    return (report(case, notes=notes).parent / name).read_text(encoding="utf-8")


def section(text: str, id: str) -> str:
    """The words of a section or group of the page, without markup."""
    start = re.search(rf'<(\w+)[^>]* id="{re.escape(id)}"', text)
    assert start is not None
    part = text[start.start() : text.index(f"</{start[1]}>", start.start())]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", part)).split())


def test_without_judgements_nothing_is_said_of_people(case: Case):
    text = page(case)
    assert 'id="decided"' not in text
    assert 'id="notes"' not in text
    assert "What people decided" not in text


def test_a_renamed_group_carries_its_name(case: Case):
    judge(case, ["G1"], "rename", "Night shift", by="Ann Lee")
    text = page(case)
    assert section(text, "G1").startswith("G1 Night shift")
    assert "Night shift" in section(text, "found")
    assert "Renamed . Night shift Ann Lee, 2024-06-01 (J1)" in section(text, "G1")


def test_a_group_set_aside_is_no_finding_and_is_listed_with_its_reason(case: Case):
    before = page(case)
    judge(case, ["G1"], "set-aside", "a newsroom, see @harbourwatch230", by="Ann Lee")
    text = page(case)
    assert 'id="G1"' in before
    assert 'id="G1"' not in text
    assert "G1" not in section(text, "found").split("set aside")[0]
    told = section(text, "decided")
    assert "G1 L2 34" in told
    assert "a newsroom, see @G1-01 Ann Lee, 2024-06-01 (J1)" in told
    assert "harbourwatch230" not in text
    pairs = [re.search(r"([\d,]+) pairs of accounts outside groups", section(one, "found")) for one in (before, text)]
    assert [found and found[1] for found in pairs] == [pairs[0] and pairs[0][1]] * 2
    assert "harbourwatch230" in page(case, name="accounts.html")


def test_taking_it_back_restores_the_page_byte_for_byte(case: Case):
    before = page(case)
    judge(case, ["G1"], "set-aside", "x", by="Ann")
    judge(case, ["G2"], "rename", "x", by="Ann")
    judge(case, ["G1-01", "G1-02"], "same-person", "x", by="Ann")
    assert page(case) != before
    for number in ("J1", "J2", "J3"):
        retract(case, number, by="Ann", because="x")
    assert page(case) == before


def test_merged_split_and_removed_are_shown_with_their_origin(case: Case):
    judge(case, ["G1"], "remove", "a newsroom", by="Bob", accounts=["G1-01"])
    judge(case, ["G1"], "split", "other language", by="Bob", accounts=["G1-02", "G1-03"])
    judge(case, ["G1", "G2"], "merge", "one phone book", by="Ann")
    judge(case, ["G1-04", "G1-05"], "known-friend", "seen together", by="Bob")
    text = page(case)
    told = section(text, "G1")
    assert "Accounts removed from it : G1-01. a newsroom Bob" in told
    assert "Split : G1-02 and G1-03. other language Bob" in told
    assert "Merged . one phone book Ann" in told
    decided = text[text.index('<section id="decided"') :]
    assert "put together from G1 and G2" in decided
    assert "split off from G1" in decided
    assert decided.count("it has no q-value and no level of its own") == 2
    assert "Judged to know one another" in decided
    assert page(case) == text


def test_words_of_people_can_neither_act_nor_claim_more_than_the_level(case: Case):
    judge(case, ["G2"], "rename", "The coordinated troll farm", by=HOSTILE)
    judge(case, ["G1"], "comment", HOSTILE, by="Ann")
    add_note(case, HOSTILE, by=HOSTILE, about="G1", sources=["javascript:alert(1)", HOSTILE])
    text = page(case, notes=True)
    assert "troll farm" not in text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "https://evil" not in text
    assert "\u202e" not in text
    assert "U+202E" in section(text, "notes")


def test_what_people_put_together_carries_the_words_of_its_weakest_part(case: Case):
    """Else accounts of which nothing is claimed became coordinated by being merged with a group at L2."""
    judge(case, ["G1", "G3"], "merge", "They are coordinated.", by="Ann")
    made = judge(case, ["G1+G3"], "rename", "coordinated ring", by="Ann")
    assert made.notes == ("The report leaves this name out: it claims more than level L0 carries.",)
    text = page(case)
    assert "coordinated ring" not in text
    assert "They are coordinated" not in section(text, "decided")


def test_notes_claim_no_more_than_the_findings(case: Case):
    add_note(case, "They are bots. It rained in March.", by="Ann", about="G1")
    add_note(case, "The state runs it: state-backed, all of it.", by="Ann")
    told = section(page(case, notes=True), "notes")
    assert "[left out: claims more than this level carries] It rained in March." in told
    assert "state-backed" not in told


def test_notes_are_printed_only_when_asked_for(case: Case):
    add_note(
        case, "The railing is missing.\n\nSee @harbourwatch230.", by="Ann", about="G1-02", sources=["https://a.example"]
    )
    assert "railing" not in page(case)
    told = section(page(case, notes=True), "notes")
    assert "N1, on G1-02 The railing is missing. See @G1-01." in told
    assert "hxxps://a[.]example" in told


def test_setting_everything_aside_leaves_a_report_that_says_so(case: Case):
    for id in ("G1", "G2", "G3"):
        judge(case, [id], "set-aside", "x", by="Ann")
    text = page(case)
    assert 'id="groups"' not in text
    assert "3 further groups" in section(text, "found") or "Three further groups" in section(text, "found")


def test_copies_and_languages_of_a_group_set_aside_are_no_findings(folder: Path):
    case = made_up_case.write(folder, made_up_copies.with_copies())
    clustered = case.run("cluster")
    assert clustered is not None
    for id in decisions(case, clustered).groups:
        judge(case, [id], "set-aside", "x", by="Ann")
        text = page(case)
        assert f'id="{id}"' not in text
        assert f'href="#{id}"' not in text
