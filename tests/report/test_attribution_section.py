"""Who is behind it, in the report: nothing before a signature, all of the signed paper after it, and no name of an account in either."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import made_up_case
import made_up_indicators
import pytest
from parsed_page import parse
from test_indicator_cards import ACCOUNTS
from test_report_copies import section, words_of
from test_report_extremes import HOSTILE

from inconcert.attribution.hypotheses import TEMPLATE
from inconcert.case import Case, open_case
from inconcert.report.claims import REMOVED
from inconcert.report.data import Report, gather
from inconcert.report.html import rendered
from inconcert.report.sections import behind
from inconcert.verbs.assessed_groups import assessed_groups
from inconcert.verbs.attribute import assessment, attribute
from inconcert.verbs.attribution_entries import Dissent, Entry, Evidence, Prior, Rename, SignOff
from inconcert.verbs.check import check
from inconcert.verbs.judge import judge
from inconcert.verbs.report import report

CONTRACT = Evidence(
    text="A contract pays a firm, see @harbourwatch230", source="register of contracts", grade="A1", kind="contract", weights={"H2": (1.6, 1.9)},
)  # fmt: skip
LINES = Evidence(
    text="They post from the firm's lines", source="the platform", grade="A1", kind="firm-address", weights={"H2": (1.6, 1.9)},
)  # fmt: skip
WORKING = (CONTRACT, LINES, Rename("H2", "Firm Y"), Dissent("H2", "a realistic possibility", "The contract is older."))
SIGNED = SignOff("Two of us read every item.")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The case that each test has a copy of."""
    return made_up_case.write(tmp_path_factory.mktemp("assessed") / "case", made_up_indicators.with_indicators())


@pytest.fixture(scope="module")
def gathered(made: Case) -> Report:
    return gather(made, zone="UTC")


@pytest.fixture
def case(made: Case, tmp_path: Path) -> Case:
    shutil.copytree(made.path, tmp_path / "case")
    return open_case(tmp_path / "case", clock=lambda: made_up_case.NOW)


def entered(case: Case, *entries: Entry | SignOff, group: str = "G1") -> Case:
    for entry in entries:
        attribute(case, group, entry, by="Ann Lee")
    return case


def printed(case: Case, gathered: Report, id: str = "attribution") -> str:
    """The section of the report, as the page has it."""
    now = replace(gathered, assessed=assessed_groups(case))
    return next((str(one.html) for one in behind(now, rendered, ()) if one.id == id), "")


def test_without_an_assessment_nothing_is_said(case: Case, gathered: Report):
    assert printed(case, gathered) == ""


def test_an_unsigned_assessment_is_not_attributed_and_nothing_of_it_is_printed(case: Case, gathered: Report):
    html = printed(entered(case, *WORKING), gathered)
    told = words_of(html)
    assert "Not attributed. An assessment is under way, and no signature stands under it." in told
    for working in ("Firm Y", "contract", "likely that", "older", "PHIA", *(one.title for one in TEMPLATE)):
        assert working not in told
    assert "<svg" not in html


def test_below_l3_only_what_is_lacking_is_said(case: Case, gathered: Report):
    told = words_of(printed(entered(case, CONTRACT, group="G2"), gathered))
    assert "Not attributed. It stands at level L1, “synchronised beyond chance”. The next level needs" in told
    assert "under way" not in told


def test_a_signed_assessment_is_printed_with_everything_that_bears_on_it(case: Case, gathered: Report):
    html = printed(entered(case, *WORKING, SIGNED), gathered)
    now = assessment(case, "G1")
    told = words_of(html)
    assert now.leading is not None
    assert now.confidence is not None
    assert (
        f"It is {now.leading.words.text} that Firm Y is behind G1. Confidence in that is {now.confidence.level} :"
        in told
    )
    assert "Signed by Ann Lee , 2024-06-01 (A5): Two of us read every item." in told
    assert now.sha256 in told
    assert all(one.title in told for one in now.outcomes)
    assert "What changes the words when it is taken away" in told
    assert "a realistic possibility. The contract is older." in told
    assert html.count('role="img"') == 2


def test_the_sentence_that_was_signed_passes_the_check_and_stronger_ones_or_other_names_do_not(
    case: Case, tmp_path: Path
):
    entered(case, *WORKING, Rename("H1", "Ministry X"))
    draft = tmp_path / "draft.md"
    draft.write_text(
        "Firm Y is behind G1, likely.\nIt is almost certain that Firm Y is behind G1.\nIt is likely that Ministry X is behind G1.\nFirm Y is behind G1.\n"
    )
    assert len([one for one in check(draft, case).remarks if one.kind == "exceeds"]) == 4
    entered(case, SIGNED)
    marked = {one.sentence: one.why for one in check(draft, case).remarks if one.kind == "exceeds"}
    assert list(marked) == [
        "It is almost certain that Firm Y is behind G1.", "It is likely that Ministry X is behind G1.", "Firm Y is behind G1.",
    ]  # fmt: skip
    assert "speaks of “Firm Y” and of nobody else" in marked["It is likely that Ministry X is behind G1."]
    entered(case, Prior("H6", 1.5, 3, "a march was announced"))
    assert len([one for one in check(draft, case).remarks if "takes L4" in one.why]) == 4


def test_a_signature_that_lapsed_takes_the_paper_off_the_page(case: Case, gathered: Report):
    entered(case, *WORKING, SIGNED)
    judge(case, ["G1"], "remove", "a newsroom", by="Bo", accounts=["G1-01"])
    told = words_of(printed(case, gathered))
    assert (
        "Not attributed. An assessment is under way, and no signature stands under it. One that was given lapsed"
        in told
    )
    assert "Firm Y" not in told


def test_a_group_set_aside_is_not_in_the_section(case: Case, gathered: Report):
    entered(case, *WORKING, SIGNED)
    judge(case, ["G1"], "set-aside", "a club", by="Bo")
    assert printed(case, gathered) == ""


def test_no_account_is_named_and_no_word_of_people_acts_or_claims_more(case: Case):
    evil = HOSTILE[0] if isinstance(HOSTILE, list | tuple) else HOSTILE
    entered(
        case,
        *WORKING,
        Evidence(text=f"{evil} seen by @harbourwatch_7", source=evil[:80], grade="C3", kind="declared"),
        SIGNED,
    )
    attribute(case, "G1", Dissent("H2", "unlikely", f"They are bots. {evil}"[:400]), by="Ben Ode")
    html = report(case).read_text(encoding="utf-8")
    told = section(html, "attribution")
    assert not ACCOUNTS.search(told + section(html, "techniques"))
    assert "They are bots" not in html
    assert REMOVED in told
    assert not set(html) & set("\u202e\u200b\x00\x07")
    assert "http://evil" not in html
    assert parse(html).unbalanced == []
    assert sum(element.tag == "script" for element in parse(html).elements) == 2
    assert '<a href="#attribution">who is behind it</a>' in html


def test_techniques_stand_in_their_phase_with_evidence_and_other_explanations(case: Case, gathered: Report):
    html = printed(case, gathered, "techniques")
    told = words_of(html)
    assert "1 Acquiring assets T0150.001 T0150.008" in told
    assert "11 of 34 accounts were made within 9 days of March 2021" in told
    assert "a school class" in told
    assert "No technique is shown by: G2." in told
    assert "Bulk Created Asset" in told


def test_below_l3_techniques_are_numbers(case: Case, gathered: Report):
    lower = tuple(replace(group, row={**group.row, "level": "L2"}) for group in gathered.groups)
    told = words_of(printed(case, replace(gathered, groups=lower), "techniques"))
    assert "T0150.008" in told
    assert "Bulk Created Asset" not in told
