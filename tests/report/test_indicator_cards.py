"""What kind of accounts these are: the card of a group, the section beside it, and what neither may say."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import made_up_case
import pytest
from made_up_indicators import KNOWN, empty, reading, with_indicators
from made_up_points import POINTS
from parsed_page import parse
from test_report_copies import section, words_of
from test_report_extremes import HOSTILE

from inconcert.case import Case
from inconcert.network.levels import WORDS
from inconcert.report import indicator_cards, measured_rows
from inconcert.report.claims import NOT_SHOWN, REMOVED
from inconcert.verbs.report import report

ACCOUNTS = re.compile(r"harbourwatch\d|harbourwatch_|lumenfan|neighbour_|u1\d{4}|paper200")


def page_of(folder: Path, tables: made_up_case.Tables) -> str:
    return report(made_up_case.write(folder, tables)).read_text(encoding="utf-8")


def card(html: str, id: str) -> str:
    """The part of a group's description on what kind of accounts these are; "" without one."""
    group = re.search(
        rf'<(article|details) class="group[^"]*" id="{id}".*?</\1>\s*(?=<article|<h3|</section|<details class="group)',
        html,
        re.DOTALL,
    )
    assert group is not None
    return group[0].partition("<h4>What kind of accounts these are</h4>")[2]


def test_the_page_stays_well_formed_quiet_and_within_its_policy(indicators_page: str) -> None:
    page = parse(indicators_page)
    assert page.unbalanced == []
    ids = [element.attributes["id"] for element in page.having("id")]
    assert len(ids) == len(set(ids))
    links = [element.attributes["href"] for element in page.having("href")]
    assert all(link is not None and link[:1] == "#" and link[1:] in ids for link in links)
    assert not page.having("style")
    assert not page.having("src")
    assert not re.search(r"https?://(?!www\.w3\.org/)|@import|url\((?!#)", indicators_page)
    levels = [int(element.tag[1]) for element in page.elements if re.fullmatch(r"h[1-6]", element.tag)]
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    assert '<li><a href="#indicators">Indicators</a></li>' in indicators_page
    assert "\u202e" not in indicators_page


def test_what_was_found_is_open_and_the_rest_folded(indicators_page: str) -> None:
    html = card(indicators_page, "G1")
    said = words_of(html)
    assert "8 measures were taken: 2 show more than chance explains, 2 may be chance, 2 only describe" in said
    opened, _, folded = html.partition("<details>\n<summary>4 further measures")
    assert folded
    names = re.findall(r'<h5><span class="part">([^<]*)</span> ([^<]*)</h5>', opened)
    assert names == [("Creation and handles", "Creation bursts"), ("Creation and handles", "Handles")]
    for state in (
        "That is more than chance explains (q = 0.0004).",
        "That may be chance (q =",
        "Too little to say: 6 posts on 3 days; it needs 100 on 14.",
    ):
        assert state in words_of(opened)  # one indicator may find something by one of its measures only
    assert "Working hours" in words_of(folded)
    assert "Described, not tested." in words_of(folded)
    assert "Too little to say: 6 changes between accounts; it needs 20." in words_of(folded)


def test_a_reading_has_its_number_interval_control_sample_weight_and_innocent_explanations(
    indicators_page: str,
) -> None:
    said = words_of(card(indicators_page, "G1"))
    assert "11 of 34 accounts were made within 9 days of March 2021, against 1.3 expected from 170 controls." in said
    assert "Creation bursts: 11 (95% interval 7.2 to 16) · control 1.3 of 170 · sample 34 accounts · q = 0.0004" in said
    assert "weight: weak to moderate support for a difference from ordinary accounts (4 to 38 times as likely)" in said
    assert "It may also be: a course in which all sign up; a news event." in said
    assert "Smallest sample: 10 accounts. DISARM: T0146." in said
    assert "3 further ones in the working file" in said


def test_lists_stand_in_the_contents_like_groups(indicators_page: str) -> None:
    nav = indicators_page.partition("<nav")[2].partition("</nav>")[0]
    assert '<a href="#list-1">List watched</a>' in nav
    assert '<h3 id="list-1">List watched</h3>' in indicators_page


def test_the_summary_says_what_stands_out_about_the_accounts_of_each_group(
    indicators_page: str, groups_page: str
) -> None:
    table = indicators_page.partition('<table class="overview">')[2].partition("</table>")[0]
    cells = [words_of(row.rpartition("<td>")[2]) for row in table.split("<tr>")[2:]]
    assert cells[0].strip() == "creation bursts, handles; of single members: hand off, renames"
    assert [cell.strip() for cell in cells[1:]] == ["nothing tested stood out"] * (len(cells) - 1)
    assert "What stands out about the accounts" not in groups_page


@pytest.mark.usefixtures("known_indicators")
def test_a_group_on_which_everything_is_refused_has_too_little_to_say(folder: Path) -> None:
    tables = empty(made_up_case.with_groups())
    reading(tables, "handles", "too little")
    html = page_of(folder, tables)
    table = html.partition('<table class="overview">')[2].partition("</table>")[0]
    assert "too little to say" in table


def test_every_sentence_bears_the_number_of_its_reading(indicators_page: str) -> None:
    numbers = re.findall(r'<p class="says"><b class="number">(I\d+)</b>', indicators_page)
    numbers += re.findall(r'<td class="what"><b class="number">(I\d+)</b>', indicators_page)
    assert (
        len(numbers)
        == len(set(numbers))
        == indicators_page.count('class="says"') + indicators_page.count('class="what"')
    )
    assert "inconcert explain CASE I3" in words_of(card(indicators_page, "G1"))


@pytest.mark.usefixtures("known_indicators")
def test_a_card_opens_with_three_sentences_and_says_once_what_is_lacking(folder: Path) -> None:
    tables = empty(made_up_case.with_groups())
    reading(tables, "working-hours", "found", measure="rhythm", says="They share a rhythm.")
    reading(tables, "working-hours", "described", measure="offset", says="It fits UTC+8.")
    reading(tables, "working-hours", "found", measure="lunch-gap", says="They stop at noon.")
    for measure in ("work", "evening"):
        reading(tables, "working-hours", "too little", measure=measure, lacking="3 posts; it needs 9")
    html = card(page_of(folder, tables), "G1")
    opened, _, rest = html.partition('<details class="more">')
    folded, _, after = rest.partition("</details>")
    assert "They share a rhythm. That is more than chance explains" in words_of(opened)
    assert "It fits UTC+8." in words_of(opened)
    assert "noon" not in words_of(opened)
    assert "2 further measures, 1 of them more than chance explains" in words_of(folded)
    assert "I4 , I5 Too little to say: 3 posts; it needs 9." in words_of(folded)
    assert words_of(html).count("it needs 9") == 1
    assert words_of(html).count("It may also be:") == words_of(html).count("Smallest sample:") == 1
    assert (
        "5 measures were taken: 2 show more than chance explains, 1 only describes and for 2 there is too little"
        in words_of(opened)
    )
    assert "It may also be:" in words_of(after)


def test_every_kind_of_chart_stands_in_the_page(indicators_page: str) -> None:
    assert indicators_page.count('class="measure"') == 9
    assert len(re.findall(r'data-group="I1-\d" data-of="(?:exampletown|birdsite)"', indicators_page)) == 2
    handles = card(indicators_page, "G1").partition("Handles</h5>")[2].partition("<details>")[0]
    assert handles.count('class="measure"') == 1  # the shares of one indicator stand together
    for label in ("Default handle of the platform", "Random letters", "Eight digits that are a date"):
        assert label in handles


def test_no_account_is_named(indicators_case: Case, indicators_page: str) -> None:
    page = parse(indicators_page)
    printed = page.said + page.quotes + page.claims + json.dumps([element.attributes for element in page.elements])
    assert not ACCOUNTS.search(printed)
    said = words_of(indicators_page)
    assert re.search(r"G1-\d\d and G1-\d\d took turns 31 times within 5 minutes", said)
    assert re.search(r"(G1-\d\d) changed its handle to \1 after 214 days", said)
    assert re.search(r"Among 1,500 followers of (A-\d\d) \(\1\), one block", said)
    assert re.search(r"(A-\d\d): in block 1, \1 by name", said)
    working = (indicators_case.path / "report" / "accounts.html").read_text(encoding="utf-8")
    for account in ("u10004", "u10007", "u10009"):
        assert f"<bdi>{account}</bdi>" in working
    assert parse(working).unbalanced == []


def test_every_post_a_reading_rests_on_leads_to_its_record(indicators_case: Case, indicators_page: str) -> None:
    numbers = set(re.findall(r'<b class="number">(I\d+\.\d+)</b>', indicators_page))
    assert numbers == {"I8.1"}
    working = (indicators_case.path / "report" / "accounts.html").read_text(encoding="utf-8")
    assert '<th scope="row">I8.1</th>' in working
    assert "ends at 09:14:02" in words_of(working)


def test_the_match_of_the_control_is_shown_and_a_poor_one_warned_of(indicators_page: str) -> None:
    said = words_of(card(indicators_page, "G1"))
    assert "The accounts it is compared with: 170 accounts of these data." in said
    assert "They are unlike the group in first post and share of topics" in said
    assert "−0.61 ⚠" in said
    assert "+0.08" in said
    assert "+0.08 ⚠" not in said


def test_what_belongs_to_no_group_has_a_section_of_its_own(indicators_page: str) -> None:
    html = section(indicators_page, "indicators")
    said = words_of(html)
    assert html.index("More than chance explains") < html.index("List watched") < html.index("What else was measured")
    assert "Storyline harbour-jobs. 410 posts tell it, on 2 platforms." in said
    assert "Hashtag #HarbourJobs. Followers Too little to say: 12 posts; it needs 30." in said
    assert "too little to say on 1 hashtag" in said
    assert "Lead lag Lists of accounts" in said
    assert "Reply floods Reply to id of posts; likes of posts or views of posts" in said
    assert "2 further indicators could not be run" in words_of(card(indicators_page, "G1"))


def test_the_standing_of_a_group_with_its_evidence_takes_the_place_of_its_level(indicators_page: str) -> None:
    said = words_of(indicators_page)
    assert f"1 group of 34 accounts reaches level L3, “{WORDS['L3']}”." in said
    assert "needs a person: who is behind a group is signed by an analyst" in said
    assert (
        "Counted as evidence on what the accounts are: how and when accounts were made, and their handles (creation bursts, bursts: at least 4 times"
        in said
    )
    assert f"L2 {WORDS['L2']}" not in words_of(card(indicators_page, "G1"))


@pytest.mark.usefixtures("known_indicators")
def test_below_l3_nothing_on_the_page_says_inauthentic(folder: Path) -> None:
    tables = with_indicators(level="L2")
    assert tables.indicators is not None
    for row in tables.indicators["indicators"]:
        if row["state"] == "found":
            row["says"] += " These accounts are inauthentic; they are attributed to a state. They are fake."
        elif row["state"] != "too little":
            row["says"] += " That is beyond chance."
    page = parse(page_of(folder, tables))
    said = words_of(page.said)
    assert REMOVED in said
    assert NOT_SHOWN in said
    read_out = " ".join(element.attributes["aria-label"] or "" for element in page.having("aria-label"))
    for word in ("inauthentic", "attribut", "fake"):
        assert word not in (said + read_out).lower()
    assert said.count("beyond chance.") == said.count("They were")  # never of what was not found


@pytest.mark.usefixtures("known_indicators")
def test_a_run_on_other_groups_is_left_out_and_it_says_so(folder: Path) -> None:
    tables = with_indicators()
    measured_rows, tables.indicators = tables.indicators, None
    case = made_up_case.write(folder, tables)
    made_up_case.optional_run(case, "indicators", ["0123456789abcdef", "f" * 16], measured_rows)
    html = report(case).read_text(encoding="utf-8")
    assert 'id="indicators"' not in html
    assert "What kind of accounts these are</h4>" not in html
    assert "was measured for groups of an earlier run" in words_of(html)
    assert f"reaches level L2, “{WORDS['L2']}”" in words_of(html)
    assert WORDS["L3"] not in parse(html).said


def test_without_a_run_limits_say_how_to_get_one(groups_page: str) -> None:
    assert "What kind of accounts these are was not measured; inconcert indicators adds it." in words_of(groups_page)
    assert 'id="indicators"' not in groups_page


def test_indicators_this_version_does_not_know_keep_their_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indicator_cards, "INDICATORS", {})
    html = page_of(folder, with_indicators())
    said = words_of(card(html, "G1"))
    assert "11 of 34 accounts were made within 9 days of March 2021" in said
    assert 'class="measure"' not in html


@pytest.mark.usefixtures("known_indicators")
def test_nothing_measured_is_one_line_each(folder: Path) -> None:
    html = page_of(folder, empty(made_up_case.with_groups()))
    assert parse(html).unbalanced == []
    assert "No measures were taken" in words_of(card(html, "G1"))
    assert "Outside the groups nothing was found that is more than chance explains." in words_of(
        section(html, "indicators")
    )


def hostile_indicators() -> made_up_case.Tables:
    """Readings whose every text is hostile, on a group, its members and things beside it."""
    tables = empty(made_up_case.with_groups())
    for i, text in enumerate(HOSTILE):
        points = [p for kind in ("shares", "strip") for p in POINTS[kind]()]
        its: dict[str, Any] = {
            "points": [type(p)(**{**vars(p), "label": text, "layer": text if i % 2 else p.layer}) for p in points],
            "witnesses": [(text, text, text), ("harbourwatch201", "p00001", text)],
            "says": text,
            "unit": text[:500],
            "scale": text[:500],
            "measure": text,
        }
        for name in ("handles", "hand-off", "impact", "working-hours"):
            reading(tables, name, "found", **its)
            reading(tables, name, "found", subject="account", subject_id=text, group_id="G1", **its)
            reading(tables, name, "found", subject="pair", subject_id=text, **its)
        reading(tables, text, "described", subject="hashtag", subject_id=text, **its)
        reading(tables, "impact", "too little", subject="storyline", subject_id=text, lacking=text)
        reading(tables, "handles", "not found", subject_id="list:" + text, **its)
        assert tables.indicators is not None
        tables.indicators["indicators_not_run"].append({"indicator": text, "needs": text})
        tables.indicators["control_balance"].append(
            {"group_id": "G1", "trait": text, "difference": 0.9, "accounts": 1, "accounts_control": 1}
        )
        tables.events.append(
            {
                "event_id": text,
                "title": text,
                "first_us": made_up_case.START_US + i * made_up_case.DAY_US,
                "last_us": made_up_case.START_US,
                "precision": text,
                "import_id": "x",
                "row_ref": 1,
            }
        )
    return tables


@pytest.mark.usefixtures("known_indicators")
def test_hostile_texts_cannot_act_hide_or_flood(folder: Path) -> None:
    index = report(made_up_case.write(folder, hostile_indicators()))
    html = index.read_text(encoding="utf-8")
    page = parse(html)
    assert page.unbalanced == []
    assert not [e for e in page.elements if e.tag in ("img", "i", "iframe", "form", "object", "embed")]
    assert not [a for element in page.elements for a in element.attributes if a.startswith("on")]
    assert sum(element.tag == "h1" for element in page.elements) == 1
    assert sum(element.tag == "script" for element in page.elements) == 2
    assert not set(html) & set("\u202e\u202c\u200b\x00\x07")
    assert "http://evil" not in html
    assert "⟨U+202E⟩" in page.said
    assert len(html) < 4_900_000
    working = (index.parent / "accounts.html").read_text(encoding="utf-8")
    assert parse(working).unbalanced == []
    assert not set(working) & set("\u202e\u202c\u200b\x00\x07")


@pytest.mark.usefixtures("known_indicators")
def test_a_hundred_thousand_readings_are_counted_and_few_are_printed(folder: Path) -> None:
    tables = empty(made_up_case.with_groups())
    for i in range(3_000):
        reading(tables, "renames", "found" if i % 2 else "not found", subject="account", subject_id=f"stranger{i}")
    for i in range(300):
        reading(tables, "renames", "found", subject="account", subject_id=f"harbourwatch{200 + i % 34}", group_id="G1")
    html = page_of(folder, tables)
    assert len(html) < 700_000
    assert "1,500 of 3,000 accounts" in words_of(section(html, "indicators"))
    assert "300 of 300 accounts" in words_of(card(html, "G1"))
    assert card(html, "G1").count('class="said"') == measured_rows.PER_INDICATOR
    assert section(html, "indicators").count('class="said"') == measured_rows.OUTSIDE
    assert not re.search(r"stranger\d", html)


def test_events_are_drawn_on_both_timelines_and_listed_once(indicators_page: str) -> None:
    said = words_of(section(indicators_page, "volume"))
    for line in (
        "E1 8 March 2024: Council votes on the harbour",
        "E2 March 2024: Ferry strike begins",
        "E3 9 March 2024: <b>March</b> of the fishers ⟨U+202E⟩",
        "E4 4 April 2024: Minister resigns",
    ):
        assert said.count(line) == 1
    charts = re.findall(
        r'<svg class="chart"[^>]*aria-label="(?:All posts|Posts of)[^>]*>.*?</svg>(?=\s*<figcaption)',
        indicators_page,
        re.DOTALL,
    )
    assert len(charts) == 3
    for chart in charts:
        assert sorted(re.findall(r">(E\d)(?: Ferry strike begins)?</text>", chart)) == ["E1", "E2", "E3", "E4"]
        assert chart.count("stroke-dasharray") == 3  # the strike lasts: a band above, no line


@pytest.mark.usefixtures("known_indicators")
def test_writing_twice_gives_the_same_page(indicators_case: Case) -> None:
    told: list[str] = []
    report(indicators_case, progress=lambda stage, done, total=None: told.append(stage))
    assert told[-1] == "the report is up to date"


def test_every_made_up_chart_is_one_of_the_real_kinds() -> None:
    assert {one.figure.chart for one in KNOWN.values()} == set(POINTS)
