"""The page of a group beside known operations: verdicts with what they rest on, in calm words, with nobody named who should not be."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.browse.conftest import RING, handle_of
from tests.web.known_library import library
from tests.web.serving import Served
from tests.web.windows import Windows

from inconcert.case import Case
from inconcert.verbs.held_libraries import kept_in, libraries_beside
from inconcert.verbs.link import link
from inconcert.verbs.linked import Linked, linked
from inconcert.web.pages import links

PAGE = "/c/wave/group/G1/links"


def words_of(text: str) -> str:
    """A page without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def told(client: TestClient, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return words_of(answer.text)


def test_a_verdict_stands_with_its_items_their_base_rates_and_what_would_change_it(
    client: TestClient, investigated: Case
):
    found = linked(investigated, "G1")
    assert found is not None
    (night,) = (one for one in found.links if one.row["operation"] == "Night Courier")
    assert night.verdict == "linked"
    text = told(client)
    assert "linked Night Courier" in text
    assert night.row["says"] in text
    assert night.row["would_change"] in text
    assert f"{night.row['bits']:.1f} after {night.row['paid']:.1f} paid for the comparisons" in text
    for one in night.telling:
        assert f"{one.row['bits']:.1f}" in text
    assert "ring[.]example/3" in text
    assert "https://ring.example" not in text
    assert re.search(r"Exit Watch could not be compared \d+ – nothing", text)  # no bits where nothing was compared
    assert f"Ordinary accounts in all {night.row['control']:,} of which those count" in text
    assert "several pieces together are worth less than their sum" in text
    assert "Day Herald no evidence" in text


def test_every_item_leads_to_its_posts(client: TestClient, investigated: Case):
    page = client.get(PAGE).text
    table = page[page.index("What counts, the rarest thing") : page.index("Tactics that both are shown with")]
    posts = re.findall(r'href="(/c/wave/post/[^"]+)"', table)
    assert len(posts) > 5
    assert "ring[.]example/" in client.get(posts[0]).text


def test_near_matches_are_shown_as_near_with_what_was_published(
    client: TestClient, investigated: Case, monkeypatch: pytest.MonkeyPatch
):
    def near(case: Case, group: str) -> Linked | None:
        found = linked(case, group)
        assert found is not None
        strongest, *others = found.links
        first, *rest = strongest.telling
        alike = replace(first, row={**first.row, "how": "look-alike letters", "published": "https://r1ng.example/0"})
        return replace(found, links=(replace(strongest, telling=(alike, *rest)), *others))

    monkeypatch.setattr(links, "linked", near)
    text = told(client)
    assert "near: look-alike letters" in text
    assert "published: hxxps://r1ng[.]example/0" in text


def test_earlier_campaigns_stand_with_their_distance_in_days(client: TestClient, investigated: Case):
    """M36: how far a first post lies from what was published."""
    assert re.search(r"\d+ days after it was published \(2026-02-\d\d\)", told(client))
    assert 'class="campaigns"' in client.get(PAGE).text


def test_no_account_is_named_below_l3_until_names_are_switched_on(client: TestClient, investigated: Case):
    hidden = client.get(PAGE).text
    assert all(name not in hidden for account in RING for name in (account, handle_of(account)))
    assert "not shown below L3" in words_of(hidden)
    client.post("/c/wave/names")
    assert handle_of(RING[0]) in client.get(PAGE).text


def test_no_evidence_is_said_in_calm_words(client: TestClient, folder: Path, investigated: Case):
    library(folder / "other", [("url", f"https://elsewhere.site/{n}", "Day Herald", "") for n in range(5)])
    begun = client.post(f"{PAGE}/begin", data={"library": "other"}, follow_redirects=False)
    assert begun.status_code == 303
    wait(client, begun.headers["location"])
    text = told(client)
    assert "No evidence in these libraries" in text
    assert "That is nothing against the group, and nothing for it." in text
    assert "refused" not in client.get(PAGE).text


def wait(client: TestClient, address: str) -> None:
    """Until the work there is done."""
    for _ in range(600):
        answer = client.get(f"{address}/progress")
        if "HX-Redirect" in answer.headers:
            return
        assert "It stopped" not in answer.text, answer.text
        client.app.state.workbench.clock()  # type: ignore[attr-defined]
        _pause()
    raise AssertionError("the work did not end")


def _pause() -> None:
    import threading

    threading.Event().wait(0.1)


def test_only_libraries_that_lie_beside_the_cases_can_be_chosen(client: TestClient, folder: Path, investigated: Case):
    assert libraries_beside(folder) == []
    outside = library(folder.parent / "outside")
    (folder / "linked").symlink_to(outside)
    assert libraries_beside(folder) == []
    for name in ("linked", "../outside", str(outside), "--report=/etc/passwd", ""):
        answer = client.post(f"{PAGE}/begin", data={"library": name})
        assert answer.status_code == 409
        assert "library beside the case" in words_of(answer.text)
    assert client.post(f"{PAGE}/begin", data={}).status_code == 409


def test_a_report_that_repeats_what_was_public_is_told_and_not_kept(client: TestClient, investigated: Case):
    """M46: the share that was public before, with its interval and first dates."""
    before = investigated.ledger.read_bytes()
    pasted = "\n".join(f"https://ring.example/{n}" for n in range(10))
    text = words_of(client.post(f"{PAGE}/report", data={"indicators": pasted, "before": ""}).text)
    assert "Recycled. 10 of 10 indicators were public before (100%" in text
    assert "first published 2026-02-01 to 2026-02-10" in text
    text = words_of(client.post(f"{PAGE}/report", data={"indicators": pasted, "before": "2026-01-01"}).text)
    assert "0 of 10 indicators were public before" in text
    assert client.post(f"{PAGE}/report", data={"indicators": pasted, "before": "soon"}).status_code == 409
    assert client.post(f"{PAGE}/report", data={"indicators": " ", "before": ""}).status_code == 409
    assert investigated.ledger.read_bytes() == before


def test_a_case_that_was_compared_with_nothing_says_the_command(client: TestClient, folder: Path, investigated: Case):
    for run in investigated.runs():
        if run.verb == "link":
            shutil.rmtree(run.path)
    assert kept_in(investigated) == ()
    text = told(client)
    assert "were not compared with known operations yet" in text
    assert "inconcert link wave --library LIBRARY" in text
    assert "inconcert catalogue add FILE" in text
    library(folder / "known")
    assert "Compare all groups" in told(client)
    assert client.post(f"{PAGE}/begin", data={"again": "yes"}).status_code == 409


def test_an_operation_whose_name_accuses_is_told_to_be_a_name(client: TestClient, folder: Path, investigated: Case):
    rows = [("url", f"https://ring.example/{n}", "Operation Night, state-backed bots", "") for n in range(12)]
    link(investigated, library=[library(folder / "named", rows)])
    assert "the name claims more than is found here" in told(client)


def test_the_page_of_a_group_leads_here(client: TestClient, investigated: Case):
    assert f'href="{PAGE}"' in client.get("/c/wave/group/G1").text
    assert client.get("/c/wave/group/G77/links").status_code == 404


@pytest.mark.browser
def test_the_list_says_what_the_picture_says(
    windows: Windows, serve: Callable[[Path], Served], investigated: Case
) -> None:
    page = windows.open(width=390)
    page.goto(f"{serve(investigated.path.parent).url}{PAGE}")
    assert page.locator(".campaigns .span").count() == page.locator("#dated ~ details tbody tr").count()
    assert page.locator(".campaigns text").first.evaluate("one => one.getBoundingClientRect().height") >= 10
