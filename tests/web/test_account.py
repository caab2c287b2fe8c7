"""The page of an account tells what the case holds of it, names nobody, and enters what somebody decides."""

from __future__ import annotations

import html
import re
import shlex

import pytest
from starlette.testclient import TestClient
from tests.browse.conftest import RING, handle_of

from inconcert.case import Case
from inconcert.cli.command import inconcert
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.notes import add_note
from inconcert.verbs.prepare import prepare

BY = "Ann Lee"


def key_of(case: Case, id: str) -> str:
    row = prepare(case).row("SELECT key FROM accounts WHERE id = ?", [id])
    assert row is not None
    return str(row["key"])


def page_of(client: TestClient, case: Case, id: str, query: str = "") -> str:
    answer = client.get(f"/c/wave/account/{key_of(case, id)}{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


def switch_names(client: TestClient) -> None:
    client.post("/c/wave/names")


def test_nobody_is_named_until_names_are_switched_on(client: TestClient, investigated: Case) -> None:
    page = page_of(client, investigated, RING[3])
    assert RING[3] not in page
    assert handle_of(RING[3]) not in page
    assert re.search(r"<h1><bdi>G1-0\d</bdi></h1>", page)
    switch_names(client)
    page = page_of(client, investigated, RING[3])
    assert f"<h1><bdi>@{handle_of(RING[3])}" in page


def test_renames_are_told_and_shown_only_with_names(client: TestClient, investigated: Case) -> None:
    view = prepare(investigated)
    (renamed,) = view.rows("SELECT id FROM accounts WHERE n_handles > 1 ORDER BY account LIMIT 1")
    page = page_of(client, investigated, renamed["id"])
    assert "Handle: changed (not shown while names are hidden)" in page
    assert "_new" not in page
    switch_names(client)
    assert re.search(r"<ins><bdi>\w+_new</bdi></ins>", page_of(client, investigated, renamed["id"]))


def test_posts_are_paged_in_either_order(client: TestClient, investigated: Case) -> None:
    view = prepare(investigated)
    (most,) = view.rows("SELECT account, id, n_posts FROM accounts ORDER BY n_posts DESC, account LIMIT 1")
    wanted = [
        f"{row['import_id']}/{row['row_ref']}"
        for row in view.rows(
            "SELECT import_id, row_ref FROM posts WHERE account = ? ORDER BY time_us NULLS LAST, post",
            [most["account"]],
        )
    ]
    found: list[str] = []
    for start in range(0, most["n_posts"], 25):
        page = page_of(client, investigated, most["id"], f"?posts={start}")
        found += re.findall(r'<article class="post">\s*<p class="by"><a href="/c/wave/post/([^"]+)"', page)
    assert found == wanted
    newest = page_of(client, investigated, most["id"], "?order=newest")
    assert wanted[-1] not in found[:25] or len(wanted) <= 25
    assert newest.count("<article") == min(25, len(wanted))


def test_partners_lead_to_pairs(client: TestClient, investigated: Case) -> None:
    page = page_of(client, investigated, RING[0])
    pairs = re.findall(r'href="(/c/wave/edge/[^"]+)"', page)
    assert len(pairs) == len(RING) - 1
    assert client.get(pairs[0]).status_code == 200


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "UTC"])
def test_another_zone_answers_with_that_part_alone(client: TestClient, investigated: Case, zone: str) -> None:
    address = f"/c/wave/account/{key_of(investigated, RING[0])}?zone={zone}"
    part = client.get(address, headers={"hx-request": "true", "hx-target": "div#rhythm"}).text
    assert part.startswith('<div id="rhythm">')
    assert f"In {zone} time" in part
    assert f"In {zone} time" in client.get(address).text
    assert client.get(address.replace(zone, "Nowhere/Land")).status_code == 404


def test_judgements_are_entered_and_refused(client: TestClient, investigated: Case) -> None:
    key, other = key_of(investigated, RING[0]), key_of(investigated, RING[1])
    address = f"/c/wave/account/{key}"
    done = client.post(f"{address}/judge", data={"kind": "note", "text": "posts at night", "by": BY})
    assert "J1 is in the ledger" in done.text
    assert "posts at night" in done.text
    done = client.post(f"{address}/judge", data={"kind": "same-person", "other": other, "text": "one device", "by": BY})
    assert "J2 is in the ledger" in done.text
    done = client.post(f"{address}/judge", data={"kind": "remove", "group": "G1", "text": "a bystander", "by": BY})
    assert "J3 is in the ledger" in done.text
    now = decided_now(investigated)
    assert RING[0] not in now.groups["G1"].members
    assert [one.kind for one in now.of_account[RING[0]]] == ["note", "same-person", "remove"]
    for data, why in (
        ({"kind": "note", "text": "x"}, "Nobody is named as the author"),
        ({"kind": "note", "text": " ", "by": BY}, "The reason is empty"),
        ({"kind": "confirm", "text": "x", "by": BY}, "Nothing was chosen"),
        ({"kind": "same-person", "other": "nobody_here", "text": "x", "by": BY}, "is called &#39;nobody_here&#39;"),
        ({"kind": "remove", "group": "G1", "text": "again", "by": BY}, "is not in G1 now"),
    ):
        answer = client.post(f"{address}/judge", data=data)
        assert answer.status_code == 409
        assert why in answer.text
        assert RING[0] not in answer.text
        assert RING[2] not in answer.text, "a refusal lists no other account"
    assert f'value="{BY}"' in page_of(client, investigated, RING[0]), "who judged is remembered"
    assert len(decided_now(investigated).outcomes) == 3


def test_the_commands_printed_do_the_same(client: TestClient, investigated: Case) -> None:
    (outsider,) = prepare(investigated).rows("SELECT id FROM accounts WHERE group_id IS NULL ORDER BY account LIMIT 1")
    page = page_of(client, investigated, outsider["id"])
    lines = [html.unescape(one) for one in re.findall(r"<code>(inconcert judge [^<]*)</code>", page)]
    assert [line.split()[4] for line in lines] == ["--note", "OTHER"]
    words = shlex.split(lines[0].replace("wave", str(investigated.path)))[1:]
    inconcert.main([*words], standalone_mode=False)
    assert [one.accounts for one in decided_now(investigated).of_account[outsider["id"]]] == [(outsider["id"],)]


def test_case_notes_on_it_are_counted(client: TestClient, investigated: Case) -> None:
    add_note(investigated, "seen elsewhere", by=BY, about=RING[0])
    assert ">1 note</a>" in page_of(client, investigated, RING[0])


def test_nobody_else_has_a_page(client: TestClient, investigated: Case) -> None:
    prepare(investigated)
    for key in ("a-zzzzzzzz", RING[0], handle_of(RING[0])):
        answer = client.get(f"/c/wave/account/{key}")
        assert answer.status_code == 404
