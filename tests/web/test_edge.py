"""The page of a pair shows everything both did with both posts, what is innocent about it, and what people decided."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient
from tests.browse.conftest import RING, handle_of

from inconcert.case import Case
from inconcert.verbs import look
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.prepare import prepare
from inconcert.web.pages.edge import _words

BY = "Ann Lee"


def keys(case: Case, *ids: str) -> list[str]:
    shown = look.accounts_shown(prepare(case), ids)
    return [shown[id].key for id in ids]


def test_all_they_have_in_common_is_on_the_pages(client: TestClient, investigated: Case) -> None:
    a, b = keys(investigated, RING[0], RING[1])
    its = look.edge(prepare(investigated), a, b, limit=10_000)
    assert its.evidence is not None
    found = 0
    for start in range(0, its.n_common, 40):
        page = client.get(f"/c/wave/edge/{a}/{b}?from={start}").text
        assert RING[0] not in page
        assert handle_of(RING[0]) not in page
        found += sum(part.count("<li>") for part in re.findall(r'<ul class="things">(.*?)</ul>', page, re.S))
    assert found == its.n_common
    assert f"{its.n_common} things" in page
    assert "An openly declared group" in page.replace("an openly", "An openly")


def test_the_order_of_the_two_makes_no_difference(client: TestClient, investigated: Case) -> None:
    a, b = keys(investigated, RING[0], RING[1])
    there, back = (client.get(f"/c/wave/edge/{x}/{y}").text for x, y in ((a, b), (b, a)))
    posts = [sorted(re.findall(r'href="(/c/wave/post/[^"]+)"', page)) for page in (there, back)]
    assert posts[0] == posts[1]


def test_a_pair_of_strangers_is_no_finding(client: TestClient, investigated: Case) -> None:
    rows = prepare(investigated).rows(
        "SELECT key FROM accounts WHERE group_id IS NULL AND n_posts > 0 ORDER BY account LIMIT 2"
    )
    page = client.get(f"/c/wave/edge/{rows[0]['key']}/{rows[1]['key']}").text
    assert "This pair was not beyond chance" in page
    assert ">L0</span>" in page


@pytest.mark.parametrize(("level", "says"), [("L0", True), ("L1", False)])
def test_a_pair_beyond_chance_says_why_it_is_no_finding(
    client: TestClient, investigated: Case, monkeypatch: pytest.MonkeyPatch, level: str, says: bool
) -> None:
    a, b = keys(investigated, RING[0], RING[1])
    its = look.edge(prepare(investigated), a, b, limit=3)
    assert its.evidence is not None
    shown = replace(its, evidence=replace(its.evidence, level=level))
    monkeypatch.setattr("inconcert.web.pages.edge.edge", lambda *_, **__: shown)
    assert ("Beyond chance, and yet L0" in client.get(f"/c/wave/edge/{a}/{b}").text) is says


def test_pairs_are_judged(client: TestClient, investigated: Case) -> None:
    a, b = keys(investigated, RING[0], RING[1])
    page = client.post(f"/c/wave/edge/{a}/{b}/judge", data={"kind": "known-friend", "text": "married", "by": BY}).text
    assert "J1 is in the ledger" in page
    assert "judged to know one another" in page
    assert "J1" in client.get(f"/c/wave/edge/{b}/{a}").text
    (outcome,) = decided_now(investigated).outcomes
    assert set(outcome.judgement.accounts) == {RING[0], RING[1]}
    again = client.post(f"/c/wave/edge/{b}/{a}/judge", data={"kind": "known-friend", "text": "married", "by": BY})
    assert again.status_code == 409
    assert "The same was judged before" in again.text
    bogus = client.post(f"/c/wave/edge/{a}/{b}/judge", data={"kind": "remove", "text": "x", "by": BY})
    assert (bogus.status_code, "Nothing was chosen" in bogus.text) == (409, True)


def test_one_account_is_no_pair(client: TestClient, investigated: Case) -> None:
    (a,) = keys(investigated, RING[0])
    assert client.get(f"/c/wave/edge/{a}/{a}").status_code == 409
    assert client.get(f"/c/wave/edge/{a}/a-zzzzzzzz").status_code == 404


def test_links_cannot_be_clicked_where_words_are_compared() -> None:
    its = _words("Read https://one.example now", "Read https://one.example later")
    assert its is not None
    assert "hxxps://one[.]example" in its
    assert "https://" not in its
