"""A search on its page finds what the verb finds, in pages; it can be linked, taken along and kept as a set, and names nobody."""

from __future__ import annotations

import csv
import html
import io
import re
import shlex
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.browse.conftest import RING, handle_of

from inconcert.case import Case
from inconcert.cli.command import inconcert
from inconcert.verbs import look
from inconcert.verbs.prepare import prepare
from inconcert.verbs.search import search
from inconcert.verbs.sets import sets

BY = "Ann Lee"


def hits(page: str) -> list[str]:
    return re.findall(r'<li class="post">.*?href="/c/wave/post/([^"]+)"', page, re.S)


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ({"q": "look"}, {"words": ["look"]}),
        ({"q": "今天"}, {"words": ["今天"]}),
        ({"q": '"谈谈 protest" -tag1'}, {"words": ['"谈谈 protest"', "-tag1"]}),
        ({"hashtag": "Harbour", "since": "2026-03-02", "until": "2026-03-04"},
         {"words": [], "hashtag": ["Harbour"], "since": "2026-03-02", "until": "2026-03-04"}),
        ({"q": "ring", "order": "time"}, {"words": ["ring"], "order": "time"}),
        ({"group": "G1"}, {"words": [], "group": "G1"}),
    ],
)  # fmt: skip
def test_pages_hold_what_the_verb_finds(
    client: TestClient, investigated: Case, query: dict[str, str], options: dict[str, object]
) -> None:
    prepare(investigated)
    words = options.pop("words")
    wanted = search(investigated, words, **options, limit=100_000)  # type: ignore[arg-type]
    total = sum(wanted.found.values())
    assert total > 0
    found: list[str] = []
    for start in range(0, total, 25):
        found += hits(client.get("/c/wave/search", params={**query, "from": str(start)}).text)
    assert found == [f"{hit.import_id}/{hit.row_ref}" for hit in wanted.hits]


def test_words_are_marked_in_what_is_left_of_them(client: TestClient, investigated: Case) -> None:
    prepare(investigated)
    page = client.get("/c/wave/search", params={"q": "look harbour"}).text
    assert page.count("<mark>look</mark>") == 25
    page = client.get("/c/wave/search", params={"q": RING[0]}).text
    assert page.count('<li class="post">') > 0
    body = page[page.index('<ol class="hits"') : page.index("</ol>")]
    assert RING[0] not in body
    assert "<mark>" not in body, "a masked name is no longer found"


def test_handles_in_the_address_give_way_to_keys(client: TestClient, investigated: Case) -> None:
    view = prepare(investigated)
    ids = [
        id for row in view.rows("SELECT id FROM accounts WHERE handle = ?", [handle_of(RING[4])]) for id in row.values()
    ]
    keys = sorted(one.key for one in look.accounts_shown(view, ids).values())
    answer = client.get("/c/wave/search", params={"account": f"@{handle_of(RING[4])}"})
    assert answer.url.query.decode() == f"account={'+'.join(keys)}"
    assert hits(answer.text)
    assert handle_of(RING[4]) not in answer.text
    client.post("/c/wave/names")
    answer = client.get("/c/wave/search", params={"account": RING[4]})
    assert RING[4] in str(answer.url)
    assert hits(answer.text)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({"q": "!!"}, "holds no letter or digit"),
        ({"q": "-look"}, "Nothing to look for"),
        ({"q": "look", "since": "yesterday"}, "--since"),
        ({"q": "look", "group": "G99"}, "No group is called"),
        ({"account": "nobody_here"}, "No account is called &#39;nobody_here&#39;"),
        ({"q": "x" * 5_000}, "are the most"),
        ({"hashtag": "#"}, "is no hashtag"),
    ],
)
def test_what_cannot_be_looked_for_is_said_on_the_page(
    client: TestClient, investigated: Case, query: dict[str, str], why: str
) -> None:
    prepare(investigated)
    answer = client.get("/c/wave/search", params=query)
    assert answer.status_code == 200
    assert why in answer.text
    assert "acct" not in answer.text
    assert 'role="search"' in answer.text


def test_nothing_asked_and_nothing_found(client: TestClient, investigated: Case) -> None:
    prepare(investigated)
    assert "How to ask" in client.get("/c/wave/search").text
    assert "Nothing found" in client.get("/c/wave/search", params={"q": "zzzzqqq"}).text
    assert "The hits end before this page" in client.get("/c/wave/search", params={"q": "look", "from": "99999"}).text


def test_all_hits_go_into_a_table_that_names_nobody(client: TestClient, investigated: Case) -> None:
    prepare(investigated)
    answer = client.get("/c/wave/search.csv", params={"q": "see"})
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    total = sum(search(investigated, ["see"]).found.values())
    assert len(rows) == total > 0
    assert "acct" not in answer.text
    assert not re.search(r"@handle_\d", answer.text)
    assert {row["id"] for row in rows} == {""}
    client.get("/c/wave/search")
    client.post("/c/wave/names")
    named = list(csv.DictReader(io.StringIO(client.get("/c/wave/search.csv", params={"q": "see"}).text)))
    assert all(row["account_id"].startswith("acct") for row in named)
    places = [[(row["import_id"], row["row_ref"]) for row in its] for its in (rows, named)]
    assert places[0] == places[1]


def test_hits_are_kept_as_a_set(client: TestClient, investigated: Case) -> None:
    prepare(investigated)
    found = search(investigated, ["look"], hashtag=["Harbour"], limit=100_000).hits
    query = {"q": "look", "hashtag": "Harbour"}
    for name, of in (("posts and authors", "both"), ("only authors", "accounts"), ("only posts", "posts")):
        page = client.post(
            "/c/wave/search", params=query, data={"name": name, "of": of, "because": "why not", "by": BY}
        )
        assert page.status_code == 200
        assert f"<h1><bdi>{name}</bdi></h1>" in page.text
    kept = sets(investigated)
    posts = tuple(sorted((hit.import_id, hit.row_ref) for hit in found))
    authors = tuple(sorted({hit.account_id for hit in found if hit.account_id is not None}))
    assert [(one.posts, one.accounts) for one in kept] == [(posts, authors), ((), authors), (posts, ())]
    again = client.post("/c/wave/search", params=query, data={"name": "only posts", "of": "posts", "by": BY})
    assert again.status_code == 409
    assert "There is a set called" in again.text
    assert 'value="only posts"' in again.text


def test_the_commands_printed_do_the_same(client: TestClient, investigated: Case, tmp_path: Path) -> None:
    prepare(investigated)
    query = {"q": '"看" look', "hashtag": "Harbour"}
    page = client.get("/c/wave/search", params={**query, "q": "look"}).text
    lines = [html.unescape(one) for one in re.findall(r"<code>(inconcert [^<]*)</code>", page)]
    file = tmp_path / "search.csv"
    for line in lines:
        told = (
            line.replace("wave", str(investigated.path), 1)
            .replace("search.csv", str(file))
            .replace("by NAME", "by Ann")
        )
        inconcert.main(shlex.split(told)[1:], standalone_mode=False)
    assert file.read_text("utf-8") == client.get("/c/wave/search.csv", params={**query, "q": "look"}).text
    assert [len(one.posts) for one in sets(investigated)] == [len(list(csv.DictReader(file.open(encoding="utf-8"))))]
