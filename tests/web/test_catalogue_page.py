"""What was disclosed before, as pages show it: the register with its counts, a report, and the operations of libraries."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.browse.conftest import RING, handle_of
from tests.web.addresses import REPORT, operations
from tests.web.known_library import library
from tests.web.serving import Served
from tests.web.windows import Windows

from inconcert.case import Case
from inconcert.catalogue.add import add
from inconcert.verbs.catalogue import catalogue
from inconcert.verbs.catalogue_report import catalogue_report
from inconcert.verbs.held_libraries import held_libraries, operation_of

PAGE = "/c/wave/catalogue"


def words_of(text: str) -> str:
    """A page without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def told(client: TestClient, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return words_of(answer.text)


def rows_of(page: str, heading: str) -> dict[str, int]:
    """{value: count} of one list of bars, what is folded too."""
    section = page[page.index(f'aria-labelledby="{heading}"') :]
    section = section[: section.index("</section>")]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>.*?<td class="n">(\d+)</td></tr>', section, re.DOTALL)
    return {words_of(name): int(n) for name, n in rows}


@pytest.mark.parametrize("address", [PAGE, "/catalogue"])
def test_the_register_counts_what_the_reports_say(client: TestClient, investigated: Case, address: str):
    """M08: 51 reports by year. M48: the ladder of what they say of who is behind it."""
    page = client.get(address).text
    assert "51 reports" in words_of(page)
    assert rows_of(page, "by-year") == {"2017": 1, "2018": 0, "2019": 7, "2020": 15, "2021": 15, "2022": 13}
    assert rows_of(page, "by-level") == {
        "none": 17, "linked": 16, "network named": 13, "state attributed": 3, "company named": 2,
    }  # fmt: skip
    assert "none none" not in words_of(page)
    assert "The register has one subject" in words_of(page)
    counts = catalogue().counts
    assert rows_of(page, "by-platform") == {name.replace("_", " "): n for name, n in counts.by_platform.items()}
    assert rows_of(page, "by-category") == {name.replace("_", " "): n for name, n in counts.by_category.items()}
    assert rows_of(page, "by-language") == dict(counts.by_language)


@pytest.mark.parametrize(
    "asked",
    [
        {"year": "2019"}, {"platform": "Reddit"}, {"category": "police"}, {"language": "russian"}, {"level": "company_named"},
        {"technique": "hijacked_accounts"}, {"q": "hong kong", "platform": "Twitter", "year": "2019"},
    ],
)  # fmt: skip
def test_filters_list_the_reports_of_the_command(client: TestClient, investigated: Case, asked: dict[str, str]):
    found = catalogue(
        asked.get("q", "").split(), platform=asked.get("platform"), year=int(asked["year"]) if "year" in asked else None,
        category=asked.get("category"), language=asked.get("language"), level=asked.get("level"), technique=asked.get("technique"),
    )  # fmt: skip
    page = client.get(PAGE, params=asked).text
    listed = re.findall(rf'href="{PAGE}/report/([^"]+)"', page)
    assert listed == [one.id for one in found.reports]
    assert f"{len(listed)} of 51 reports" in words_of(page)
    assert 'class="spread"' in page


def test_what_no_report_has_is_refused_in_words(client: TestClient, investigated: Case):
    for asked in ({"platform": "Twiter"}, {"year": "last"}, {"level": "<b>guilty</b>"}):
        answer = client.get(PAGE, params=asked)
        assert answer.status_code == 200
        assert next(iter(asked.values())) in words_of(answer.text.replace("&lt;", "<")) or "guilty" in answer.text
        assert "<b>guilty" not in answer.text
    assert "No report of the register fits" in told(client, f"{PAGE}?q=nobodysaysthis")


def test_a_report_has_its_tactics_its_innocent_explanations_and_its_source_as_plain_text(
    client: TestClient, investigated: Case
):
    report = catalogue_report(REPORT)
    page = client.get(f"{PAGE}/report/{REPORT}").text
    text = words_of(page)
    for one in report.named:
        assert one.name in text
        assert all(other in text for other in one.confounders)
    assert [tactic.name for tactic in report.tactics] == ["Plan Objectives", "Establish Assets"]
    assert all(tactic.name in text for tactic in report.tactics)
    assert f"{report.source}, row 6" in text
    assert "This program confirms none of it" in text
    assert re.findall(r'href="[a-z]+:|href="//', page) == []
    assert client.get(f"{PAGE}/report/nothing").status_code == 404


def test_an_operation_has_its_licence_its_editions_and_hides_accounts(
    client: TestClient, folder: Path, investigated: Case
):
    key = next(
        one.key
        for held in held_libraries(folder, investigated)
        for one in held.operations
        if one.name == "Night Courier"
    )
    page = client.get(f"{PAGE}/known/{key}").text
    text = words_of(page)
    assert "Source Harbour Watch, quarterly Licence MIT" in text
    assert "url 12" in text
    assert "ring[.]example/3" in text
    assert "https://ring" not in text
    assert "Use Copypasta" in text
    assert handle_of(RING[0]) not in page
    assert "G1 : linked" in text
    sought = f"{PAGE}/known/{key}?q={handle_of(RING[0])}"
    assert "None is like that" in told(client, sought)  # a search must not tell either
    client.post("/c/wave/names")
    assert handle_of(RING[0]) in client.get(sought).text


def test_a_newer_edition_is_told_and_nothing_of_the_older_is_lost(client: TestClient, folder: Path, investigated: Case):
    known = library(
        folder / "known",
        [("url", "https://a-quay.site/1", "Harbour", ""), ("url", "https://a-quay.site/2", "Harbour", "")],
    )
    newer = folder.parent / "known.csv"  # of the same name, so of the same source
    newer.write_text(
        "type,value,operation\nurl,https://a-quay.site/2,Harbour\nurl,https://a-quay.site/3,Harbour\n", "utf-8"
    )
    add(known, [newer], licence="CC0", source="Harbour Watch, quarterly", now=datetime(2026, 12, 1, tzinfo=UTC))
    held = next(one for one in held_libraries(folder) if one.name == "known")
    (harbour,) = held.operations
    text = told(client, f"{PAGE}/known/{harbour.key}")
    assert "Editions 2026-12-01 stands known.csv" in text
    assert "2026-11-22 known.csv" in text
    assert "listed no longer since 2026-12-01" in text
    assert "Licence CC0" in text


def test_a_library_that_cannot_be_read_does_not_hide_the_others(client: TestClient, folder: Path, investigated: Case):
    broken = library(folder / "broken", [("url", "https://a-quay.site/1", "Harbour", "")])
    shutil.rmtree(broken / "originals")
    text = told(client)
    assert "is missing or no ordinary file" in text
    assert "Night Courier" in text


def test_without_a_case_names_stay_hidden(client: TestClient, folder: Path, investigated: Case):
    beside, _ = operations(investigated)
    held = held_libraries(folder)
    night = next(one.key for one in held[0].operations if one.name == "Night Courier")
    client.post("/c/wave/names")
    assert handle_of(RING[0]) not in client.get(f"/catalogue/known/{night}").text
    assert operation_of(held, beside).library == "known"
    assert client.get(f"/c/wave/catalogue/known/{'0' * 16}").status_code == 404


@pytest.mark.browser
def test_a_count_leads_to_its_reports(windows: Windows, serve: Callable[[Path], Served], investigated: Case) -> None:
    page = windows.open()
    page.goto(f"{serve(investigated.path.parent).url}{PAGE}")
    page.locator("section[aria-labelledby=by-category] a", has_text="abuse").click()
    page.wait_for_url("**category=abuse*")
    assert page.locator("#reports").inner_text() == "2 of 51 reports"
    assert page.locator(".register tbody tr").count() == 2
