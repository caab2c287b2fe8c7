"""Groups are listed and filtered; the page of one says what the report says, names nobody, and takes judgements back as it takes them."""

from __future__ import annotations

import html
import re
import shlex
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.browse.conftest import RING, handle_of
from tests.web.conftest import NOW
from tests.web.test_account import key_of

from inconcert.case import Case
from inconcert.cli.command import inconcert
from inconcert.report.data import gather
from inconcert.report.html import pages
from inconcert.verbs import look
from inconcert.verbs.init import init
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.prepare import prepare
from inconcert.web.lanes import HEIGHT, WIDTH, lane

PAGE = "/c/wave/group/G1"
WHO = "Ann Lee"


def words_of(page: str) -> str:
    """The words of a page, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def judge(client: TestClient, kind: str, text: str, page: str = PAGE, **fields: object) -> str:
    """The page after a judgement."""
    client.get(page)
    answer = client.post(f"{page}/judge", data={"kind": kind, "text": text, "by": WHO, **fields})
    assert answer.status_code == 200, words_of(answer.text)
    return answer.text


def commands(page: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'<div class="command"><code>(.*?)</code>', page, re.S)]


def test_the_list_is_filtered(client: TestClient, investigated: Case) -> None:
    level = look.group(prepare(investigated), "G1").row["level"]
    for query, there in {
        "": True,
        f"?level={level}": True,
        "?level=L0": False,
        "?kind=url": True,
        "?kind=media": False,
        "?platform=nowhere": False,
        "?text=ring.example": True,
        "?text=nobody+posted+this": False,
        "?aside=yes": False,
        "?from=bogus": True,
    }.items():
        page = client.get(f"/c/wave/groups{query}").text
        assert ('href="/c/wave/group/G1"' in page) is there, query


def test_a_case_without_groups_says_so(client: TestClient, folder: Path) -> None:
    prepare(init(folder / "empty", now=NOW))
    page = client.get("/c/empty/groups")
    assert page.status_code == 200
    assert "No group was found" in page.text
    assert client.get("/c/empty/group/G1").status_code == 404


def test_what_people_call_a_group_finds_it(client: TestClient, investigated: Case) -> None:
    judge(client, "rename", "The Harbour ring")
    assert "The Harbour ring" in client.get("/c/wave/groups?text=harbour+ring").text
    judge(client, "set-aside", "a fan club")
    assert 'href="/c/wave/group/G1"' in client.get("/c/wave/groups?aside=yes").text
    assert 'href="/c/wave/group/G1"' not in client.get("/c/wave/groups?aside=no").text


def test_the_page_says_what_the_report_says(client: TestClient, investigated: Case) -> None:
    report = words_of(pages(gather(investigated, zone="UTC"))["index.html"])
    page = words_of(client.get(PAGE).text)
    parts = {part.name: part for part in look.card(prepare(investigated), "G1")}
    assert {"finding", "network", "evidence", "kind", "doubts"} <= set(parts)
    for name in ("finding", "evidence"):
        said = re.sub(r"\ba-[a-z2-7]{8,}\b", "", words_of(parts[name].html))
        assert said in re.sub(r"\bA-\d+\b", "", report)
        assert words_of(parts[name].html) in page
    assert "What would make this wrong" in page
    assert "Innocent explanations that fit" in page or not look.group(prepare(investigated), "G1").innocent


def test_nobody_is_named_until_names_are_switched_on(client: TestClient, investigated: Case) -> None:
    assert look.group(prepare(investigated), "G1").row["level"] != "L3"
    known = {name for id in RING for name in (id, handle_of(id))}
    judge(client, "comment", f"{RING[0]} leads, as @{handle_of(RING[1])} says")
    for address in (PAGE, "/c/wave/groups", f"{PAGE}?zone=Asia/Tokyo&sort=posts", *_behind(client)):
        page = client.get(address).text
        assert not [name for name in known if re.search(rf"\b{name}\b", page)], address
    client.post("/c/wave/names")
    page = client.get(PAGE).text
    assert f"@{handle_of(RING[0])}" in page
    assert "G1-01" in page


def test_whom_people_took_out_of_a_proved_group_is_named_no_more(
    client: TestClient, investigated: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inconcert.browse.names.NAMED", look.group(prepare(investigated), "G1").row["level"])
    named = lambda id: f"@{handle_of(id)}" in client.get(PAGE).text  # noqa: E731
    assert named(RING[0])
    assert named(RING[1])
    judge(client, "remove", "a fan", account=[key_of(investigated, RING[0])])
    assert not named(RING[0])
    assert named(RING[1])
    judge(client, "set-aside", "a club of fans")
    assert not named(RING[1])
    assert handle_of(RING[1]) not in client.get(f"/c/wave/account/{key_of(investigated, RING[1])}").text
    client.post("/c/wave/names")
    assert named(RING[0])


def _behind(client: TestClient) -> list[str]:
    return re.findall(r'href="(/c/wave/group/G1/object/\d+)"', client.get(PAGE).text)[:3]


def test_the_posts_behind_a_thing_in_common(client: TestClient, investigated: Case) -> None:
    address = _behind(client)[0]
    whole, part = client.get(address).text, client.get(address, headers={"hx-request": "true"}).text
    assert "<html" in whole
    assert "<html" not in part
    assert part.count('<article class="post">') == whole.count('<article class="post">') >= 2
    assert client.get("/c/wave/group/G1/object/99999999").status_code == 404


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu", "America/New_York"])
def test_times_are_those_of_the_zone(client: TestClient, investigated: Case, zone: str) -> None:
    view = prepare(investigated)
    hours = look.activity(view, "G1", zone=zone).hours
    part = client.get(
        PAGE, params={"zone": zone}, headers={"hx-request": "true", "hx-target": "section#group-when"}
    ).text
    assert "<html" not in part
    assert f"In {zone} time the fullest hour" in part
    totals = re.findall(r'class="total"[^>]*>([\d,]+)<', part)
    assert [int(total.replace(",", "")) for total in totals] == hours.sum(axis=1).tolist()
    assert part.count('<svg class="lane"') == len(RING)
    assert part in client.get(PAGE, params={"zone": zone}).text.replace("\r", "")


def test_a_zone_that_is_none_is_refused(client: TestClient, investigated: Case) -> None:
    assert client.get(PAGE, params={"zone": "Mars/Olympus"}).status_code == 404


def test_a_judgement_is_entered_shown_and_taken_back(client: TestClient, investigated: Case) -> None:
    page = judge(client, "set-aside", "a fan club <script>alert(1)</script>")
    assert "a fan club &lt;script&gt;" in page
    assert "is in the ledger" in page
    (said,) = decided_now(investigated).groups["G1"].judgements
    assert (said.kind, said.by) == ("set-aside", WHO)
    assert f'value="{WHO}"' in page  # asked once
    back = client.post(f"{PAGE}/retract", data={"label": "J1", "because": "they are no fans", "by": WHO}).text
    assert "they are no fans" in back
    assert decided_now(investigated).groups["G1"].judgements == ()
    again = client.post(f"{PAGE}/retract", data={"label": "J1", "because": "again", "by": WHO})
    assert again.status_code == 409
    assert "was retracted before" in again.text


@pytest.mark.parametrize(
    "fields", [{"kind": ""}, {"kind": "nonsense"}, {"by": ""}, {"text": " "}, {"by": "inconcert"}, {"kind": "merge"}]
)
def test_what_cannot_be_entered_leaves_the_form_as_it_was(
    client: TestClient, investigated: Case, fields: dict[str, str]
) -> None:
    asked = {"kind": "comment", "text": "what I saw", "by": WHO, **fields}
    answer = client.post(f"{PAGE}/judge", data=asked)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert asked["text"] in answer.text
    assert decided_now(investigated).outcomes == ()


def test_accounts_are_split_off_into_a_group_with_a_page(client: TestClient, investigated: Case) -> None:
    keys = re.findall(r'name="account" value="(a-[a-z2-7]+)"', client.get(PAGE).text)
    assert len(keys) == len(RING)
    page = judge(client, "split", "another language", account=keys[:3])
    assert page.count("split off to G1.a") == 3
    made = client.get(f"{PAGE}.a")
    assert made.status_code == 200
    assert "made by people" in made.text
    assert made.text.count('<svg class="lane"') == 3
    assert "G1.a" in client.get("/c/wave/groups").text
    refused = client.post(f"{PAGE}/judge", data={"kind": "split", "text": "x", "by": WHO, "account": keys[:3]})
    assert refused.status_code == 409
    assert not [id for id in RING if id in refused.text]
    merged = judge(client, "merge", "one after all", **{"with": "G1.a"})
    assert "G1+G1.a" in merged
    assert client.get("/c/wave/group/G1%2BG1.a").status_code == 200


def test_the_command_line_of_the_form_does_the_same(
    client: TestClient, investigated: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = re.findall(r'name="account" value="(a-[a-z2-7]+)"', client.get(PAGE).text)
    asked = {"kind": "split", "text": "they say 'no'; others $HOME", "by": WHO, "account": keys[1:3]}
    (line,) = commands(client.post(f"{PAGE}/command", data=asked).text)
    monkeypatch.chdir(investigated.path.parent)
    inconcert.main(shlex.split(line)[1:], standalone_mode=False)
    (said,) = decided_now(investigated).groups["G1"].judgements
    assert (said.kind, said.text, said.by) == ("split", asked["text"], WHO)
    assert sorted(said.accounts) == sorted(look.account_ids(prepare(investigated), keys[1:3]))


def test_the_zone_is_kept_after_a_judgement(client: TestClient, investigated: Case) -> None:
    chosen = '<option value="Asia/Tokyo" selected>'
    assert chosen in client.get(f"{PAGE}?zone=Asia/Tokyo").text
    after = client.post(f"{PAGE}/judge", data={"kind": "comment", "text": "seen", "by": "Ann Lee"}).text
    assert chosen in after
    assert chosen not in client.get(f"{PAGE}?zone=UTC").text
    assert chosen not in client.get(PAGE).text


def test_an_unknown_group_is_told(client: TestClient, investigated: Case) -> None:
    answer = client.get("/c/wave/group/G99")
    assert answer.status_code == 404
    assert "G99" in answer.text


def test_members_are_sorted(client: TestClient, investigated: Case) -> None:
    page = client.get(f"{PAGE}?sort=posts").text
    table = page[page.index('class="members ') :]
    posts = [int(row) for row in re.findall(r'<td class="n" data-label="Posts">(\d+)</td>', table)]
    assert len(posts) == len(RING)
    assert posts == sorted(posts, reverse=True)
    assert 'aria-sort="descending"' in table


FIRST = date(2024, 2, 27)
DAYS = st.dictionaries(st.integers(0, 900), st.integers(1, 10_000), max_size=40)


@given(DAYS, st.integers(0, 900))
def test_a_strip_has_a_bar_for_every_stretch_with_posts(days: dict[int, int], length: int) -> None:
    told = [(FIRST + timedelta(days=n), posts) for n, posts in sorted(days.items()) if n <= length]
    drawn = lane(told, FIRST, FIRST + timedelta(days=length))
    step = -(-(length + 1) // 180)
    bins: dict[int, int] = {}
    for day, posts in told:
        bins[(day - FIRST).days // step] = bins.get((day - FIRST).days // step, 0) + posts
    bars = re.findall(r"M([\d.]+) 24v-([\d.]+)", str(drawn.picture))
    assert len(bars) == len(bins)
    assert all(0 <= float(x) <= WIDTH and 0 < float(h) < HEIGHT for x, h in bars)
    assert (drawn.posts, drawn.days) == (sum(n for _, n in told), len(told))
    if bins:
        assert max(float(h) for _, h in bars) == HEIGHT - 2


def test_the_overview_says_what_was_decided(client: TestClient, investigated: Case) -> None:
    assert "set aside" not in client.get("/c/wave/").text
    judge(client, "rename", "Evening paper")
    judge(client, "set-aside", "a newsroom, it says so itself")
    assert re.search(r"G1 Evening paper set aside \(J2\) \d+ accounts", words_of(client.get("/c/wave/").text))
