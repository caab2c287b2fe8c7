"""The pages as a reader meets them: what they say, what they must not say, and how they are built."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from pathlib import Path

import made_up_case
import pytest
from parsed_page import parse

from inconcert.case import Case, create_case
from inconcert.errors import CaseError, UnknownName
from inconcert.network.levels import WORDS
from inconcert.report.claims import REMOVED
from inconcert.verbs.report import report


def words_of(text: str) -> str:
    return " ".join(text.split())


def test_groups_are_named_with_the_words_of_their_level_and_nothing_more(groups_page: str) -> None:
    said = words_of(parse(groups_page).said)
    assert "2 groups of accounts stand out" in said
    assert f"1 group of 34 accounts reaches level L2, “{WORDS['L2']}”." in said
    assert f"1 group of 14 accounts reaches level L1, “{WORDS['L1']}”." in said
    assert "1 further candidate was looked at and did not pass" in said
    for higher in ("inauthentic", "attribut"):
        assert higher not in said.lower()


def without_g1() -> made_up_case.Tables:
    """Only the L1 group and the L0 candidate, with sentences that overreach."""
    tables = made_up_case.with_groups()
    tables.groups = [group for group in tables.groups if group["group_id"] != "G1"]
    tables.members = [member for member in tables.members if member["group_id"] != "G1"]
    tables.witnesses = [witness for witness in tables.witnesses if witness["group_id"] != "G1"]
    for group in tables.groups:
        group["why_not_higher"] = "needs five accounts; then it is a Coordinated group. It looks inauthentic."
        group["innocent"] = json.dumps([{"name": "Staff", "why": "Openly coordinated; all say so."}])
    return tables


def test_a_page_of_an_l1_group_never_has_the_words_of_a_higher_level(folder: Path) -> None:
    page = parse(report(made_up_case.write(folder, without_g1())).read_text(encoding="utf-8"))
    said = words_of(page.said)
    assert f"“{WORDS['L1']}”" in said
    assert REMOVED in said
    assert "needs five accounts;" in said
    for higher in (WORDS["L2"], "coordinat", "inauthentic", "attribut"):
        assert higher not in said.lower()
    for explained in ("Coordinated", "Inauthentic", "Attributed"):
        assert explained in page.claims


def test_nothing_found_is_said_plainly(nothing_page: str) -> None:
    said = words_of(parse(nothing_page).said)
    assert "Nothing was found" in said
    assert "no pair and no group of accounts acted together more than chance and ordinary behaviour explain" in said
    assert "This is not proof that no operation exists." in said
    assert 'id="groups"' not in nothing_page
    assert "stand out" not in said
    for word in (WORDS["L2"], "coordinat", "inauthentic", "attribut"):
        assert word not in said.lower()


def test_numbers_of_a_group_come_from_its_row(groups_page: str) -> None:
    said = words_of(parse(groups_page).said)
    for number in (
        "q = 3.2 × 10⁻¹¹",
        "p = 4 × 10⁻¹³",
        "0.93 of 1",
        "14×",
        "93%",
        "against 22% in an ordinary crowd",
        "88%",
    ):
        assert number in said
    assert (
        "Of 1,000 groups reported on evidence at least as strong as this, about 4 would be expected to be false alarms."
        in said
    )
    assert "Fans of one act" in said


def test_a_circle_of_pairs_is_not_told_as_a_confirmed_group(folder: Path) -> None:
    tables = made_up_case.with_groups()
    tables.groups[1] |= {"found_by": "pairs", "p_heldout": 1.0, "q_value": 0.0042}
    said = words_of(parse(report(made_up_case.write(folder, tables)).read_text(encoding="utf-8")).said)
    assert "They came to notice as a circle of pairs, each of them beyond chance." in said
    assert "It was not confirmed as a whole; each pair that holds it together is beyond chance by itself." in said
    assert "Of 1,000 pairs of accounts reported on evidence at least as strong as this, about 4 would be" in said
    assert "1 in 240 (its pairs)" in said


def test_no_account_is_named_on_the_page_that_may_be_published(
    groups_case: Case, groups_page: str, working_page: str
) -> None:
    accounts = {
        row["account_id"]
        for row in groups_case.run("cluster").table("members").to_pylist()
        if row["group_id"] in ("G1", "G2")
    }
    assert len(accounts) == 48
    text = parse(groups_page)
    printed = text.said + text.quotes + text.claims + json.dumps([element.attributes for element in text.elements])
    assert not [account for account in accounts if account in printed]
    assert not re.search(r"harbourwatch|lumenfan_|neighbour_|u100\d\d|maria_harbour", groups_page)
    assert "@[account]" in text.quotes
    assert all(f"<bdi>{account}</bdi>" in working_page for account in accounts)
    assert "not for publication" in working_page
    assert "accounts.html" not in groups_page


def test_every_printed_witness_leads_to_its_record(groups_page: str, working_page: str) -> None:
    numbers = re.findall(r'<li id="((?:G\d+|P)\.\d+)">', groups_page)
    assert len(numbers) == 10 + 10 + 2
    for number in numbers:
        assert working_page.count(f'<th scope="row">{number}</th>') == 2
    assert working_page.count("harbour.csv, record ") == 2 * len(numbers)
    assert "G3" not in numbers


def test_provenance_holds_every_parameter_version_and_hash(groups_case: Case, groups_page: str) -> None:
    said = words_of(parse(groups_page).said)
    for verb in ("detect", "cluster"):
        run = groups_case.run(verb)
        assert run.id in said
        for name, value in {**run.info["parameters"], **run.info["versions"]}.items():
            assert name in said
            assert str(value if isinstance(value, str) else json.dumps(value)) in said
    assert "ab" * 32 in said
    assert "created_at ← Zeit" in said
    assert "web conference" in said


def test_limits_name_what_is_missing(groups_page: str) -> None:
    said = words_of(parse(groups_page).said)
    assert "No post says: which post it replies to, which post it shares, likes, shares received and views." in said
    assert "3 set aside because they could not be read, 3 met before" in said
    assert "Could not be compared, because the data hold none: shared posts," in said
    assert "not a date" in said


def test_shuffled_copies_are_told_with_what_they_can_prove(groups_page: str) -> None:
    said = words_of(parse(groups_page).said)
    assert "In 30 copies of these very data" in said
    assert "with 95% confidence, that fewer than 10% of such copies would show anything" in said
    assert "says nothing about the test of single accounts" in said


def test_found_in_copies_is_not_hidden(folder: Path) -> None:
    tables = made_up_case.with_nothing()
    tables.calibration[3] |= {"edges": 6, "groups": 1}
    said = words_of(parse(report(made_up_case.write(folder, tables)).read_text(encoding="utf-8")).said)
    assert "found 0.2 pairs and 0.033 groups with a q of at most 0.01 on average (at most 6 and 1)" in said


def test_an_ill_fitting_reference_is_said_aloud(folder: Path) -> None:
    tables = made_up_case.with_nothing()
    tables.reference[4]["own_above"] = 3.4
    said = words_of(parse(report(made_up_case.write(folder, tables)).read_text(encoding="utf-8")).said)
    assert "It fits badly at one point: accounts outside groups are 3.4 spreads between crowds above the middle" in said
    assert "(identical texts within 1 minute)" in said


@pytest.mark.parametrize("name", ["index.html", "accounts.html"])
def test_pages_are_well_formed_and_load_nothing(groups_case: Case, name: str) -> None:
    html = (groups_case.path / "report" / name).read_text(encoding="utf-8")
    page = parse(html)
    assert page.unbalanced == []
    ids = [element.attributes["id"] for element in page.having("id")]
    assert len(ids) == len(set(ids))
    assert not [
        a
        for element in page.elements
        for a in element.attributes
        if a.startswith("on") or a in ("src", "style", "srcset", "action")
    ]
    links = [element.attributes["href"] for element in page.having("href")]
    assert all(link.startswith("#") and link[1:] in ids for link in links)
    assert not re.search(r"https?://(?!www\.w3\.org/)|@import|url\((?!#)", html)
    assert all(
        element.attributes.get("aria-label") or "aria-hidden" in element.attributes
        for element in page.elements
        if element.tag == "svg"
    )
    assert html.count("<table") == html.count("<caption>")
    levels = [int(element.tag[1]) for element in page.elements if re.fullmatch(r"h[1-6]", element.tag)]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


@pytest.mark.parametrize("name", ["index.html", "accounts.html"])
def test_policy_lets_nothing_act_but_what_has_its_hash(groups_case: Case, name: str) -> None:
    html = (groups_case.path / "report" / name).read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        for content in re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL):
            assert f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'" in policy


def test_writing_twice_changes_nothing(groups_case: Case) -> None:
    told: list[str] = []
    index = groups_case.path / "report" / "index.html"
    before, said_before = index.stat().st_mtime_ns, len(groups_case.statements())
    assert report(groups_case, progress=lambda stage, done, total=None: told.append(stage)) == index
    assert told[-1] == "the report is up to date"
    assert index.stat().st_mtime_ns == before
    assert len(groups_case.statements()) == said_before


def test_the_ledger_knows_the_report_and_a_damaged_one_is_replaced(folder: Path) -> None:
    case = made_up_case.write(folder, made_up_case.with_nothing())
    index = report(case)
    good = index.read_bytes()
    index.write_bytes(b"changed")
    (index.parent / "stranger.html").write_bytes(b"left behind")
    assert report(case).read_bytes() == good
    assert sorted(file.name for file in index.parent.iterdir()) == ["accounts.html", "index.html"]
    last = case.statements()[-1]
    assert last.about == "report"
    assert last.value["files"]["index.html"]["sha256"] == hashlib.sha256(good).hexdigest()
    assert last.value["runs"] == [case.run("detect").id, case.run("cluster").id]


def test_the_zone_asked_for_is_drawn_first(folder: Path) -> None:
    case = made_up_case.write(folder, made_up_case.with_groups())
    html = report(case, zone="Asia/Shanghai").read_text(encoding="utf-8")
    assert "In Asia/Shanghai time the fullest hour is" in html
    assert '<option value="Asia/Shanghai" selected>Shanghai, UTC+8</option>' in html
    with pytest.raises(UnknownName, match="No time zone is called 'Mars'"):
        report(case, zone="Mars")


def test_without_runs_it_says_what_to_run(folder: Path) -> None:
    create_case(folder, title="Empty", now=made_up_case.NOW)
    with pytest.raises(CaseError, match=r"no detect run to report on\. Run: inconcert detect"):
        report(Case(folder))
