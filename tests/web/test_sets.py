"""Sets are made, shown like a group with what that does not prove, measured and taken back on their pages."""

from __future__ import annotations

import html
import re
import shlex

from starlette.testclient import TestClient
from tests.browse.conftest import RING, handle_of

from inconcert.case import Case
from inconcert.cli.command import inconcert
from inconcert.judgement.sets import NO_RATE
from inconcert.verbs import look
from inconcert.verbs.indicators import indicators
from inconcert.verbs.prepare import prepare
from inconcert.verbs.search import search
from inconcert.verbs.sets import keep_set, sets

BY = "Ann Lee"
LONE = "acct100050z"
"""An account whose handle nobody else has."""


def make(client: TestClient, **fields: str) -> tuple[int, str]:
    answer = client.post("/c/wave/sets", data={"name": "core", "by": BY, **fields})
    return answer.status_code, answer.text


def test_sets_are_made_of_accounts_however_they_are_named(client: TestClient, investigated: Case) -> None:
    shown = look.accounts_shown(prepare(investigated), [*RING, LONE])
    spelt = f"{shown[RING[0]].key} {shown[RING[1]].shown}, @{handle_of(LONE)}\n{RING[3]}"
    status, page = make(client, accounts=spelt, because="a tip")
    assert status == 200
    assert NO_RATE in page
    (kept,) = sets(investigated)
    assert kept.accounts == tuple(sorted([LONE, RING[0], RING[1], RING[3]]))
    assert not any(one in page for one in [*RING, LONE])
    assert all(shown[one].shown in page for one in kept.accounts)


def test_a_lasso_of_somebody_unknown_asks_for_the_name(client: TestClient, investigated: Case) -> None:
    """The network sends keys and a name; who does it is asked here, and remembered."""
    keys = " ".join(one.key for one in look.accounts_shown(prepare(investigated), RING).values())
    answer = client.post("/c/wave/sets", data={"accounts": keys, "name": "lasso"})
    assert answer.status_code == 409
    assert keys in answer.text
    assert make(client, accounts=keys, name="lasso")[0] == 200
    assert client.post("/c/wave/sets", data={"accounts": keys, "name": "again"}).status_code == 200


def test_what_cannot_be_a_set_is_said(client: TestClient, investigated: Case) -> None:
    prepare(investigated)
    for fields, why in (
        ({}, "Nothing says what is in the set"),
        ({"accounts": "nobody_here"}, "nobody_here"),
        ({"accounts": f"@{handle_of(RING[2])}"}, "may be any of 2 accounts: a-"),
        ({"accounts": RING[0], "group": "G1"}, "one of the two"),
        ({"group": "G99"}, "No group is called"),
        ({"name": "G1", "group": "G1"}, "could be a group"),
        ({"name": "a/b", "group": "G1"}, "holds a /"),
    ):
        status, page = make(client, **fields)
        assert status == 409
        assert why in page
    assert sets(investigated) == []


def test_a_set_is_read_like_a_group(client: TestClient, investigated: Case) -> None:
    view = prepare(investigated)
    keep_set(investigated, "core", by=BY, group="G1")
    page = client.get("/c/wave/set/core").text
    assert page.replace("set%2Fcore", "set%2FS1") == client.get("/c/wave/set/S1").text
    assert all(one.who.shown in page for one in look.members(view, "G1"))
    of_group, of_set = look.activity(view, "G1"), look.chosen_activity(view, RING)
    assert of_group.days == of_set.days
    assert (of_group.hours == of_set.hours).all()
    objects = {
        (one.thing.number, one.members, one.closest_us, one.span_us) for one in look.objects(view, "G1", limit=10_000)
    }
    found = look.chosen_objects(view, RING, limit=10_000)
    assert {(one.thing.number, one.members, one.closest_us, one.span_us) for one in found} == objects
    assert [one.bits for one in found] == sorted((one.bits for one in found), reverse=True)


def test_a_set_of_posts_shows_them(client: TestClient, investigated: Case) -> None:
    view = prepare(investigated)
    keep_set(investigated, "chinese", by=BY, from_search=["今天"], of="posts")
    hits = search(investigated, ["今天"], limit=10_000).hits
    page = client.get("/c/wave/set/S1").text
    assert "It holds posts and no accounts" in page
    assert page.count("<article") == min(25, len(hits))
    places = [(hit.import_id, hit.row_ref) for hit in hits]
    timed = sum(hit.time is not None for hit in hits)
    assert sum(n for _, n in look.chosen_activity(view, (), places).days) == timed


def test_indicators_of_a_set_come_with_what_they_do_not_prove(client: TestClient, investigated: Case) -> None:
    prepare(investigated)
    keep_set(investigated, "core", by=BY, group="G1")
    assert "was not measured yet" in client.get("/c/wave/set/S1").text
    indicators(investigated, sets=["core"])
    prepare(investigated)
    page = client.get("/c/wave/set/S1").text
    assert "was not measured yet" not in page
    section = page[page.index('id="indicators"') :]
    assert NO_RATE in section
    assert section.count("<tr>") > 5
    assert not any(one in page for one in RING)


def test_sets_are_taken_back(client: TestClient, investigated: Case) -> None:
    prepare(investigated)
    keep_set(investigated, "core", by=BY, group="G1")
    refused = client.post("/c/wave/set/S1/retract", data={"because": "", "by": BY})
    assert (refused.status_code, "The reason is empty" in refused.text) == (409, True)
    page = client.post("/c/wave/set/S1/retract", data={"because": "too wide", "by": BY}).text
    assert "retracted by" in page
    assert "too wide" in page
    assert client.get("/c/wave/set/S1").status_code == 404


def test_the_commands_printed_do_the_same(client: TestClient, investigated: Case) -> None:
    prepare(investigated)
    keep_set(investigated, 'it\'s "one"', by=BY, group="G1")
    page = client.get("/c/wave/set/S1").text
    lines = [html.unescape(one) for one in re.findall(r"<code>(inconcert sets [^<]*)</code>", page)]
    inconcert.main(shlex.split(lines[0].replace("wave", str(investigated.path)))[1:], standalone_mode=False)
    (one,) = sets(investigated)
    assert one.retracted is not None
