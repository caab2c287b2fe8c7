"""Pages say no more than the evidence: of ordinary accounts nothing, of what people put together nothing that was measured."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from starlette.testclient import TestClient
from tests.browse.conftest import RING
from tests.report import made_up_case
from tests.web.addresses import REPORT, addresses
from tests.web.conftest import NOW
from tests.web.serving import Served
from tests.web.test_groups import PAGE, judge, words_of
from tests.web.windows import Windows

from inconcert.case import Case, open_case
from inconcert.report import claims
from inconcert.report.indicator_words import title
from inconcert.verbs import look
from inconcert.verbs.init import init
from inconcert.verbs.judge import judge as judged
from inconcert.verbs.prepare import prepare


def outsider(case: Case) -> str:
    """The key of an account in no group."""
    row = prepare(case).row("SELECT key FROM accounts WHERE group_id IS NULL AND n_posts > 0 ORDER BY account LIMIT 1")
    assert row is not None
    return str(row["key"])


def test_the_page_of_an_ordinary_account_ranks_it_by_nothing(client: TestClient, investigated: Case) -> None:
    told = words_of(client.get(f"/c/wave/account/{outsider(investigated)}").text)
    assert "In no group above L0, and nothing is claimed about it." in told
    assert "Score" not in told
    assert "chance that" not in told
    member = next(one.who.key for one in look.members(prepare(investigated), "G1"))
    assert "nothing is claimed" not in client.get(f"/c/wave/account/{member}").text


def test_a_name_that_accuses_is_called_a_persons_word(client: TestClient, investigated: Case) -> None:
    told = "The name claims more than the evidence carries"
    assert told not in words_of(judge(client, "rename", "Night shift"))
    assert "Night shift" in client.get("/c/wave/").text
    assert told in words_of(judge(client, "rename", "Operation Night, state-backed bots"))
    assert "state-backed" not in client.get("/c/wave/").text
    assert "a name that claims more than the evidence carries" in words_of(client.get("/c/wave/groups").text)


def test_the_assessment_of_a_group_below_l3_weighs_only_what_accuses_nobody(
    client: TestClient, investigated: Case
) -> None:
    """More of it in test_assessment_page.py."""
    page = client.get(f"{PAGE}/assessment").text
    told = words_of(page)
    assert "as if there were no others" in told
    assert "nothing is attributed, and nobody accused" in told
    tables = " ".join(page.split("<table")[1:]).split("<table", 1)[0]
    assert "H6" in tables
    assert not [id for id in ("H1", "H2", "H3", "H4", "H5") if f">{id}<" in page[: page.index('id="said"')]]


def test_a_group_set_aside_is_no_finding_of_the_case_page_and_of_its_accounts(
    client: TestClient, investigated: Case
) -> None:
    judge(client, "set-aside", "a club")
    told = words_of(client.get("/c/wave/").text)
    assert "1 group; 1 of them set aside by people" in told
    assert "set aside (J1)" in told
    member = next(one.who.key for one in look.members(prepare(investigated), "G1"))
    assert "G1 set aside (J1)" in words_of(client.get(f"/c/wave/account/{member}").text)
    assert '"asides": ["G1"]' in client.get("/c/wave/network").text


@pytest.mark.browser
def test_names_that_are_on_are_told_in_print_and_stay_out_of_titles(
    windows: Windows, serve: Callable[[Path], Served], investigated: Case
) -> None:
    """A browser keeps titles in its history."""
    key = next(one.who.key for one in look.members(prepare(investigated), "G1"))
    page = windows.open()
    page.goto(f"{serve(investigated.path.parent).url}/c/wave/account/{key}")
    page.get_by_role("button", name="Names hidden").click()
    page.get_by_role("button", name="Names shown").wait_for()
    heading = page.locator("h1").inner_text()
    assert heading.startswith("@")
    assert heading[1:] not in page.title()
    post = page.locator('main a[href^="/c/wave/post/"]').first.get_attribute("href")
    page.emulate_media(media="print")
    assert page.get_by_text("Real names are on the screen").is_visible()
    assert not page.get_by_role("button", name="Names shown").is_visible()
    page.goto(urljoin(page.url, post))
    assert heading in page.locator("h1").inner_text()
    assert heading[1:] not in page.title()


def test_what_people_put_together_keeps_the_innocent_explanations_and_has_no_chance(
    client: TestClient, investigated: Case
) -> None:
    view = prepare(investigated)
    made = judged(investigated, ["G1"], "split", "they look worse", by="Ann", accounts=RING[:3]).makes
    told = words_of(client.get(f"/c/wave/group/{made}").text)
    explained = [name for name, _ in look.group(view, "G1").innocent]
    assert explained
    assert all(name in told for name in explained)
    for page in (f"/c/wave/group/{made}", PAGE):
        told = words_of(client.get(page).text)
        told = told[told.index("The most telling first") : told.index("The most telling first") + 3_000]
        assert "This is an order and no test" in told
        assert "telling chance" not in told


def test_a_case_in_which_nothing_was_found_says_so_and_what_was_not_tested(client: TestClient, folder: Path) -> None:
    prepare(made_up_case.write(folder / "quiet", made_up_case.with_nothing()))
    told = words_of(client.get("/c/quiet/").text)
    assert "Found none: no group of accounts stands out beyond chance." in told
    assert "That is not proof that nobody acts together" in told
    init(folder / "new", now=NOW)
    prepare(open_case(folder / "new"))
    assert "Found none" not in words_of(client.get("/c/new/").text)


def test_indicators_that_the_data_do_not_allow_are_told(client: TestClient, investigated: Case) -> None:
    run = investigated.run("indicators")
    assert run is not None
    absent = run.table("indicators_not_run")["indicator"].to_pylist()
    assert absent
    prepare(investigated)
    page = client.get("/c/wave/").text
    told = words_of(page[page.index("What could not be tested") :])
    assert all(f"{title(one)}: needs" in told for one in absent)


def test_entities_of_a_case_say_nothing_of_its_groups_below_l3(client: TestClient, investigated: Case) -> None:
    pages = addresses(investigated)
    told = client.get(pages["entities"]).text
    assert "nothing in it says who is behind a group" in told
    assert "It says nothing about the posts of this case" in told
    assert not any("/group/" in client.get(pages[name]).text for name in ("entities", "entity", "entity paths"))
    refused = client.get("/c/wave/entities/paths", params={"start": "G1", "goal": "qi-an-xin"})
    assert refused.status_code == 409
    assert "Qi An Xin" not in refused.text


def test_likeness_with_a_known_operation_is_no_word_on_a_group_or_on_who_runs_it(
    client: TestClient, investigated: Case
) -> None:
    told = words_of(client.get("/c/wave/group/G1/links").text)
    assert "none says who runs a group" in told
    assert "likeness of material, and no finding about its authors" in told
    assert not claims.exceeds("L2", told)
    for address in ("/catalogue", "/c/wave/catalogue", f"/c/wave/catalogue/report/{REPORT}"):
        assert "This program confirms none of it" in words_of(client.get(address).text)
    assert "none says who runs a group" in words_of(client.get(addresses(investigated)["operation"]).text)
