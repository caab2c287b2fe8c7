"""The page of an assessment: what it says at which level, what each item opens, and whom it names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from starlette.testclient import TestClient
from tests.browse.conftest import RING, handle_of
from tests.web.hostile_case import SCRIPTS
from tests.web.raised_case import ADDRESS, CONTRACT, raised
from tests.web.serving import Served
from tests.web.test_accessible import axe, violations  # noqa: F401 (a fixture)
from tests.web.test_groups import words_of
from tests.web.test_hostile import BAD_LINKS, HANDLERS, OUTSIDE
from tests.web.windows import Windows

from inconcert.case import Case
from inconcert.judgement.weighed import WEIGHED
from inconcert.verbs.attribute import assessment, attribute
from inconcert.verbs.attribution_entries import Dissent, Evidence, NewHypothesis, Prior, Rename, SetAside, SignOff
from inconcert.verbs.judge import judge

PAGE = "/c/wave/group/G1/assessment"
LIKELY = ("likely", "a remote chance", "realistic possibility", "almost certain")


def test_the_page_of_the_group_leads_there(client: TestClient, investigated: Case) -> None:
    assert f'href="{PAGE}"' in client.get("/c/wave/group/G1").text
    assert client.get("/c/wave/group/G9/assessment").status_code == 404
    assert client.get(f"{PAGE}/item?key=nothing").status_code == 404
    assert client.get(f"{PAGE}/item?reading=99999").status_code == 404
    made = judge(investigated, ["G1"], "split", "they look alike", by="Ann", accounts=RING[:3]).makes
    assert "put together by people" in words_of(client.get(f"/c/wave/group/{made}/assessment").text)


def test_below_l3_it_says_what_is_lacking_and_nothing_of_those_who_would_be_accused(
    client: TestClient, investigated: Case
) -> None:
    for one in (
        CONTRACT,
        ADDRESS,
        NewHypothesis("Bureau Nine"),
        Rename("H2", "Bureau Nine"),
        Prior("H1", 7.25, 8.25, "x"),
    ):
        attribute(investigated, "G1", one, by="Ann Lee")
    page = client.get(PAGE).text
    told = words_of(page)
    assert "Bureau Nine" not in page
    assert "7.25" not in page
    assert assessment(investigated, "G1").why_not_higher in told
    assert "points to somebody behind it" in told
    assert "State responsibility" not in told
    assert "kill chain" not in told
    shown = words_of(page[: page.index('id="said"')])
    assert not re.search(
        r"\bH[1-58]\b", shown.replace(told[told.index("Not weighed until then:") : told.index("Four questions")], "")
    )
    rows = [words_of(row) for row in re.findall(r"<tr.*?</tr>", page[: page.index('id="waterfall"')], re.DOTALL)]
    assert all("if nobody is behind it, " in row for row in rows if any(word in row for word in LIKELY))


@pytest.mark.parametrize(
    ("weak", "strong"),
    [
        ([CONTRACT], [replace(CONTRACT, weights={"H1": (5, 6)})]),
        ([Prior("H1", 1, 2, "x")], [Prior("H1", 1_000, 100_000, "x")]),
    ],
)
def test_below_l3_no_byte_follows_from_what_weighs_for_those_who_would_be_accused(
    client: TestClient, investigated: Case, weak: list[Evidence | Prior], strong: list[Evidence | Prior]
) -> None:
    before, pages = investigated.ledger.read_bytes(), []
    for entries in (weak, strong):
        investigated.ledger.write_bytes(before)
        for one in entries:
            attribute(investigated, "G1", one, by="Ann Lee")
        page = client.get(PAGE).text
        pages.append(re.sub(r"[0-9a-f]{12,64}|\d{4}-\d\d-\d\d.\d\d:\d\d(?::\d\d)?[.\d]*", "", page))
    assert pages[0] == pages[1]


def test_from_l3_on_every_number_is_there_and_likelihood_apart_from_confidence(client: TestClient, high: Case) -> None:
    page, a = client.get(PAGE).text, assessment(high, "G1")
    told = words_of(page)
    assert a.leading is not None
    for one in a.outcomes:
        assert f"{one.ids[0]} {one.title}" in told
    assert a.leading.words.text in told
    assert f"Confidence in the first of these: {a.confidence.level}" in told  # type: ignore[union-attr]
    for block in map(words_of, re.split(r"</?(?:p|li|tr|dd|dt|h\d|div|option|blockquote|summary)\b[^>]*>", page)):
        assert not ("onfidence" in block and any(word in block for word in LIKELY)), block
    assert "Nothing is attributed, and no actor is named." in told
    assert "likely 55% to 75%" in told
    assert "gives the weight of its family" in told
    assert "× 100" in told
    assert '<b class="rating r-CC">CC</b><span class="hidden"> very consistent</span>' in page
    assert "coordinated : the state tells others what to do" in told
    assert "Acquiring assets" in told
    assert "Nobody has signed it, and nothing is attributed." in told
    for item in a.items:
        assert f'item?key={quote_plus(item.key)}"' in page
    chosen = words_of(client.get(f"{PAGE}?one=H6&other=H7").text)
    assert "× speaks for H6, ÷ for H7" in chosen
    assert client.get(f"{PAGE}?one=H6&other=H99").status_code == 404


def test_each_item_opens_what_it_rests_on(client: TestClient, high: Case) -> None:
    told = words_of(client.get(f"{PAGE}/item?key=A1").text)
    assert "Its entry in the ledger" in told
    assert "Ann Lee" in told
    assert next(one.id for one in high.statements() if one.says == WEIGHED) in told
    assert "The posts behind it" in words_of(client.get(f"{PAGE}/item?key=explained/syndication").text)
    run = high.run("indicators")
    assert run is not None
    reading = min(row["reading"] for row in run.table("indicators").to_pylist() if row["group_id"] == "G1")
    page = client.get(f"{PAGE}/item?reading={reading}").text
    assert f"inconcert explain wave I{reading}" in page
    assert page.count('<a href="/c/wave/post/') == len(RING)


def test_what_was_signed_at_l3_is_not_shown_when_the_group_falls(client: TestClient, high: Case) -> None:
    for one in (
        Rename("H2", "Bureau Nine"),
        Dissent("H2", "almost certain", "I know them"),
        SignOff("Bureau Nine is behind it"),
    ):
        attribute(high, "G1", one, by="Ann Lee")
    assert "Bureau Nine" in client.get(PAGE).text
    raised(high, "L2")
    page = client.get(PAGE).text
    assert "Bureau Nine" not in page
    assert "I know them" not in page
    assert "What was signed is kept in the ledger and not shown below level L3." in words_of(page)


def test_accounts_in_what_people_write_are_named_only_when_names_are_on(client: TestClient, investigated: Case) -> None:
    handle = handle_of(RING[0])
    attribute(
        investigated,
        "G1",
        replace(CONTRACT, text=f"A tender pays @{handle} for posts", source=f"letter of @{handle}"),
        by="Ann Lee",
    )
    for address in (PAGE, f"{PAGE}/item?key=A1"):
        assert handle not in client.get(address).text
    client.post("/c/wave/names")
    assert handle in client.get(PAGE).text


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_at_l3_nothing_hostile_acts_and_nobody_is_shut_out(
    windows: Windows,
    serve: Callable[[Path], Served],
    high: Case,
    axe: str,  # noqa: F811
    scheme: str,
    width: int,
) -> None:
    for number, text in enumerate(SCRIPTS[:18]):
        attribute(
            high,
            "G1",
            replace(CONTRACT, text=text[:1500] or "x", source=text[:1500], found_by=text[:100].strip() or "x"),
            by=f"<b>{number}</b> Eve",
        )
    attribute(high, "G1", Rename("H2", SCRIPTS[0] + SCRIPTS[15][:40]), by="Eve")
    attribute(high, "G1", NewHypothesis(SCRIPTS[4], "H2"), by="Eve")
    attribute(high, "G1", SetAside("H3", SCRIPTS[2]), by="Eve")
    attribute(high, "G1", Dissent("H6", "likely", SCRIPTS[8]), by="Eve")
    page = windows.open(width=width, scheme=scheme)
    page.add_init_script(axe)
    url = serve(high.path.parent).url
    for address in (PAGE, f"{PAGE}/item?key=A3"):
        page.goto(url + address)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for asked in (OUTSIDE, BAD_LINKS, HANDLERS):
            assert page.evaluate(asked) == []
        assert not set(page.evaluate("document.body.innerText")) & set("\u202e\u202c\u2066\u200b\x00\x07\x1b")
        assert violations(page) == []
