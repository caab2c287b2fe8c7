"""The pages of entities: searched, drawn, each relation with its proof, paths, files brought and handed on, and nobody private named."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from starlette.testclient import TestClient
from tests.browse.conftest import RING, handle_of
from tests.web.serving import Served
from tests.web.test_groups import words_of
from tests.web.windows import Windows

from inconcert.case import Case
from inconcert.entities.privacy import opaque
from inconcert.judgement.brought import APPROVED
from inconcert.verbs.add_entities import add_entities
from inconcert.verbs.entities import export_entities
from inconcert.verbs.entity_look import entered_naming, entity_key

PAGE = "/c/wave/entities"
FIRM, BUREAU = entity_key("qi-an-xin"), entity_key("yancheng-psb")
SECRETS = (b"Roe-Secret", b"jane@secret.example", b"+1 555 0100", b"jane-roe")
BATCH = "0123456789abcdef"


def tied(id: str, a: str, b: str, strength: str, source: str, **said: str) -> dict[str, Any]:
    properties = {"subject": [a], "object": [b], **{name: [value] for name, value in said.items()}}
    facts = [{"prop": "subject", "value": a, "dataset": "own", "strength": strength, "sources": [source]}]
    return {"id": id, "schema": "UnknownLink", "properties": properties, "inconcert": {"statements": facts}}


HANDLE = handle_of(RING[0])
OWN: list[dict[str, Any]] = [
    {"id": f"acc-{HANDLE}", "schema": "UserAccount", "properties": {"name": [f"@{HANDLE}"], "username": [HANDLE], "service": ["unknown"]}},
    {"id": "acc-elsewhere", "schema": "UserAccount", "properties": {"name": ["A namesake"], "username": [HANDLE], "service": ["Weibo"]}},
    {"id": "firm", "schema": "Company", "properties": {"name": ["Harbour Media", "港湾传媒"]}},
    {"id": "office", "schema": "PublicBody", "properties": {"name": ["Port Office"]}},
    {"id": "jane-roe", "schema": "Person", "properties": {"name": ["Jane Roe-Secret"], "email": ["jane@secret.example"], "phone": ["+1 555 0100"]}},
    {"id": "job", "schema": "Employment", "properties": {"employee": ["jane-roe"], "employer": ["firm"], "role": ["clerk of"], "description": ["Jane Roe-Secret signs"]}},
    tied("t1", f"acc-{HANDLE}", "firm", "reported", "letter 3", role="registered with", date="2025-11-02", description=f"{HANDLE} ends in the domain"),
    tied("t2", "office", "firm", "confirmed", "register, page 12", role="ordered from", startDate="2024", endDate="2025"),
]  # fmt: skip


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "own.ftm.jsonl"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in OWN), "utf-8")
    return file


@pytest.fixture
def example(investigated: Case) -> Case:
    """A case with the bundled graph."""
    add_entities(investigated, [], by="Ann Lee", reference=True)
    return investigated


@pytest.fixture
def brought(investigated: Case, own: Path) -> Case:
    """A case with a file in which an account of it stands, and a private person."""
    add_entities(investigated, [own], by="Ann Lee")
    return investigated


def done(client: TestClient, answer: Any) -> str:
    """The page of a job that has ended."""
    address = answer.url.path if answer.url.path.startswith("/jobs/") else answer.headers["location"]
    until = time.monotonic() + 60
    while time.monotonic() < until:
        page = client.get(address).text
        if "Cancel" not in words_of(page):
            return page
        time.sleep(0.1)
    raise TimeoutError(address)


def test_a_case_without_entities_offers_to_bring_them_and_the_example(client: TestClient, investigated: Case) -> None:
    told = words_of(client.get(PAGE).text)
    assert "Nobody brought entities yet" in told
    assert "inconcert entities wave --reference --by NAME" in told
    assert client.get(f"{PAGE}/download/statements.csv").status_code == 404
    assert client.get(f"/c/wave/entity/{FIRM}").status_code == 404
    answer = client.post(PAGE, data={"what": "reference", "by": "Ann Lee"})
    told = words_of(answer.text)
    assert "281" in told
    assert "Everything here is the bundled example" in told
    assert "Add the example" not in told
    assert "inconcert judgements wave --retract E1" in told
    refused = client.post(PAGE, data={"batch": BATCH, "by": "Ann Lee"})
    assert (refused.status_code, "No file was dropped" in refused.text) == (409, True)


def test_beside_what_people_brought_the_example_is_told_apart(client: TestClient, brought: Case, own: Path) -> None:
    assert "bundled example" not in words_of(client.get(PAGE).text)
    add_entities(brought, [], by="Ann Lee", reference=True)
    assert "The bundled example, a published investigation, stands here among what people brought" in words_of(
        client.get(PAGE).text
    )


def test_entities_and_relations_are_found_by_words_kind_strength_and_date(client: TestClient, example: Case) -> None:
    told = words_of(client.get(PAGE, params={"q": "yancheng bureau", "schema": "PublicBody"}).text)
    assert "Yancheng Public Security Bureau 盐城市公安局" in told
    assert "inconcert entities wave --search 'yancheng bureau' --schema PublicBody" in told
    page = client.get(PAGE, params={"strength": "possible"}).text
    assert re.search(r"Relations <span class=\"note\">14</span>", page)
    assert (
        re.findall(r'class="strength ([a-z]+)"', page.partition('id="relations"')[2].partition("</section>")[0])
        == ["possible"] * 28
    )
    dated = words_of(client.get(PAGE, params={"since": "2019-01-21", "until": "2019-01-21", "q": "bureau"}).text)
    assert "signed cooperation with" in dated
    assert "2021-01-08" not in dated.partition("Who, to whom")[2].partition("Paths between")[0]
    for wrong in ({"since": "soon"}, {"strength": "sure"}, {"since": "2021", "until": "2020"}):
        assert 'class="warned" role="alert"' in client.get(PAGE, params=wrong).text


def test_the_page_of_an_entity_draws_it_and_opens_the_proof_of_every_relation(
    client: TestClient, example: Case
) -> None:
    """M39: every line of the figure, and every card, leads somewhere, and what it leads to is on the page itself."""
    page = client.get(f"/c/wave/entity/{BUREAU}").text
    drawn = page[page.index("<svg") : page.index("</svg>") + 6]
    links = [one.get("href") or "" for one in fromstring(drawn).iter("{http://www.w3.org/2000/svg}a")]
    ties = {link for link in links if link.startswith("#t-")}
    assert len(ties) == 24
    assert all(links.count(link) == 2 for link in ties)  # the line, and its words
    assert all(f'id="{link[1:]}"' in page for link in ties)
    assert {link for link in links if not link.startswith("#")} == {
        link for link in links if re.fullmatch(r"/c/wave/entity/[0-9a-f]{16}", link)
    }
    proof = words_of(page[page.index(f'id="t-{entity_key("E088")}"') :].partition("</div>\n</details>")[0][:3000])
    assert "agreement probably kept after split" in proof
    assert "assessed : a judgement of whoever published it" in proof
    assert "note 144 of ASPI, Gaming public opinion" in proof
    assert client.get("/c/wave/entity/0123456789abcdef").status_code == 404
    far = client.get(f"/c/wave/entity/{BUREAU}?steps=2").text
    assert "more are not drawn" in words_of(far)
    assert "--steps 2" in far


def test_shares_posts_and_statements_stand_on_the_page_with_their_sources(client: TestClient, example: Case) -> None:
    """M40 and M42: 2.3 % and 17.88 % through China Electronics; each role of Qi Xiangdong once; each value with source and date."""
    firm = words_of(client.get(f"/c/wave/entity/{FIRM}").text)
    assert "China Electronics Corporation 中国电子信息产业集团有限公司 : 20.00 % for certain, 94.77 % at most" in firm
    assert "100% (E003) × 2.3% (E001) = 2.30 %" in firm
    assert "99% (E005) × 17.88% (E002) = 17.70 %" in firm
    person = client.get(f"/c/wave/entity/{entity_key('qi-xiangdong')}").text
    posts = person[person.index('id="posts"') : person.index('id="said"')]
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", posts, re.DOTALL)
    assert len(rows) == len({words_of(row) for row in rows}) == 16
    assert "the file E1 brought" in words_of(person[person.index('id="said"') :])


def test_a_notice_is_read_with_its_words(client: TestClient, investigated: Case) -> None:
    """M41: through the page as through the command."""
    notice = "项目编号：YCCG-2012-CS228-01\n采购人：某局\n中标供应商：某公司\n一年内粉丝达到80万\n".encode()
    client.post(f"{PAGE}/file?batch={BATCH}&name=notice.txt", content=notice)
    shown = html.unescape(client.post(f"{PAGE}/command", data={"file": "notice.txt", "by": "Ann Lee"}).text)
    assert "inconcert entities wave --add notice.txt --by 'Ann Lee'" in shown
    told = words_of(done(client, client.post(PAGE, data={"batch": BATCH, "by": "Ann Lee"})))
    assert "YCCG-2012-CS228-01" in told
    assert "800,000 followers" in told
    contract = words_of(client.get(PAGE, params={"schema": "Contract"}).text)
    key = re.search(r"/c/wave/entity/([0-9a-f]{16})", client.get(PAGE, params={"schema": "Contract"}).text)
    assert key is not None
    assert "某公司" in contract
    page = words_of(client.get(f"/c/wave/entity/{key[1]}").text)
    assert "to be reached: 800,000 followers" in page
    assert "采购人:某局" in page


def test_paths_name_their_weakest_link_and_below_l3_none_leads_from_a_group(client: TestClient, example: Case) -> None:
    told = words_of(
        client.get(f"{PAGE}/paths", params={"start": "yancheng_psb", "goal": "Qi An Xin", "steps": "3"}).text
    )
    assert "18 paths of at most 3 steps" in told
    assert "It is no evidence that its ends deal with one another." in told
    assert (
        "Weakest link: Yancheng Public Security Bureau 盐城市公安局 subordinate to Ministry of Public Security" in told
    )
    assert "inconcert entities wave --paths yancheng-psb qi-an-xin --steps 3" in told
    refused = client.get(f"{PAGE}/paths", params={"start": "G1", "goal": "Qi An Xin"})
    assert refused.status_code == 409
    assert "below L3 nobody is tied to its accounts" in refused.text
    assert str(example.path) not in refused.text
    for start, goal in (("", "Qi An Xin"), ("Nobody", "Qi An Xin"), ("Qi An Xin", "Qi An Xin")):
        assert client.get(f"{PAGE}/paths", params={"start": start, "goal": goal}).status_code == 409


def test_accounts_of_the_case_stand_under_their_pseudonyms_until_names_are_on(
    client: TestClient, brought: Case
) -> None:
    assert [address for address in everything(client) if HANDLE in client.get(address).text] == []
    assert "G1-0" in client.get(PAGE).text
    namesake = client.get(f"/c/wave/entity/{entity_key('acc-elsewhere')}").text
    assert "A namesake" in namesake  # the same handle on another platform is somebody else
    assert "[account]" in namesake
    assert "G1-0" not in namesake
    assert client.get(f"{PAGE}/download/statements.csv").status_code == 403
    client.post("/c/wave/names")
    assert HANDLE in client.get(PAGE).text
    assert client.get(f"{PAGE}/download/statements.csv").status_code == 200


def everything(client: TestClient) -> list[str]:
    """Every page and file of the entities that the case holds."""
    keys = dict.fromkeys(re.findall(r"/c/wave/entity/[0-9a-f]{16}", client.get(PAGE).text))
    paths = [f"{PAGE}/paths?start=firm&goal=office"]
    return [PAGE, f"{PAGE}?q=harbour", *keys, *paths]


FILES = [f"{PAGE}/download/{name}" for name in ("entities.ftm.jsonl", "statements.csv", "entities.graphml")]


def test_no_byte_of_an_answer_holds_what_nobody_approved(client: TestClient, investigated: Case, own: Path) -> None:
    """Through upload, the job, every page, every file, a request, an approval by the same person, and an approval taken back."""
    client.get(PAGE)
    client.post("/c/wave/names")  # names of accounts are on: the guard of private persons is another

    def leaks() -> list[tuple[str, bytes]]:
        answers = {
            address: client.get(address).content
            for address in [*everything(client), *FILES, "/c/wave/judgements", "/jobs/"]
        }
        return [(address, secret) for address, body in answers.items() for secret in SECRETS if secret in body]

    def bring() -> bytes:
        client.post(f"{PAGE}/file?batch={BATCH}&name=own.ftm.jsonl", content=own.read_bytes())
        return done(client, client.post(PAGE, data={"batch": BATCH, "by": "Ann Lee"})).encode()

    first = bring()
    assert b"whose details were not entered: 1" in first
    assert not any(secret in first for secret in SECRETS)
    assert leaks() == []
    person = opaque("jane-roe")
    assert "Ask to name this person" in client.get(PAGE).text
    naming = {"person": person, "because": "signs the orders"}
    assert client.post(f"{PAGE}/naming", data={**naming, "what": "approve", "by": "Ben"}).status_code == 409
    assert (
        client.post(f"{PAGE}/naming", data={**naming, "what": "ask", "by": "Ann Lee", "because": " "}).status_code
        == 409
    )
    assert "Ann Lee asked:" in words_of(
        client.post(f"{PAGE}/naming", data={**naming, "what": "ask", "by": "Ann Lee"}).text
    )
    same = client.post(f"{PAGE}/naming", data={**naming, "what": "approve", "by": "ann  LEE"})
    assert (same.status_code, "somebody else has to approve it" in same.text) == (409, True)
    client.post(f"{PAGE}/naming", data={**naming, "what": "approve", "by": "Ben Ode"})
    assert leaks() == []  # approved, and never entered
    bring()
    assert {secret for _, secret in leaks()} >= {b"Roe-Secret", b"jane@secret.example"}
    (approval,) = (one.label for one in entered_naming(investigated) if one.says == APPROVED)
    client.post("/c/wave/retract", data={"label": approval, "because": "forged", "by": "Ben Ode", "back": PAGE})
    assert leaks() == []
    export_entities(investigated, own.parent / "out.csv")
    assert not any(secret in (own.parent / "out.csv").read_bytes() for secret in SECRETS)


def test_the_files_are_those_of_the_command(client: TestClient, example: Case, tmp_path: Path) -> None:
    for name in ("entities.ftm.jsonl", "statements.csv", "entities.graphml"):
        export_entities(example, tmp_path / name)
        assert client.get(f"{PAGE}/download/{name}").content == (tmp_path / name).read_bytes()
    graph = fromstring((tmp_path / "entities.graphml").read_bytes())
    assert len(list(graph.iter("{http://graphml.graphdrawing.org/xmlns}edge"))) == 394
    assert client.get(f"{PAGE}/download/..%2Fledger.jsonl").status_code == 404


def test_what_is_not_signed_or_not_ours_is_refused(client: TestClient, investigated: Case) -> None:
    client.post(
        f"{PAGE}/file?batch={BATCH}&name=f.jsonl",
        content=b'{"id": "a", "schema": "Company", "properties": {"name": ["A"]}}',
    )
    assert "Nobody signed" in client.post(PAGE, data={"batch": BATCH}).text
    assert client.post(PAGE, data={"batch": "../../etc", "by": "Ann"}).status_code == 400
    stranger = {"x-inconcert-token": "none"}
    assert client.post(PAGE, data={"what": "reference", "by": "Ann"}, headers=stranger).status_code == 403
    assert client.post(f"{PAGE}/naming", data={"person": "x"}, headers=stranger).status_code == 403


@pytest.mark.browser
def test_a_pressed_line_opens_its_proof_and_asks_nobody(
    windows: Windows, serve: Callable[[Path], Served], example: Case
) -> None:
    page = windows.open()
    page.goto(f"{serve(example.path.parent).url}/c/wave/entity/{BUREAU}")
    proof = page.locator(f"#t-{entity_key('E088')}")
    assert not proof.is_visible()
    page.locator(f'svg a:not(.line)[href="#t-{entity_key("E088")}"]').click()
    proof.wait_for(state="visible")
    assert "note 144" in proof.inner_text()
    page.locator("svg a[href^='/c/wave/entity/']").first.click()
    page.wait_for_url("**/entity/*")
    assert page.locator("h1").inner_text() != ""
