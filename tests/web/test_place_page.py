"""The page of where a group may sit: nothing at all below L3; from there regions with counts, signs with their readings, and what people enter."""

from __future__ import annotations

import html
import io
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image
from starlette.testclient import TestClient
from tests.browse.conftest import RING, handle_of, rows_of
from tests.web.placed_case import HOSTILE, labelled, picture
from tests.web.raised_case import raised
from tests.web.serving import Served
from tests.web.test_accessible import AXE, PUSHED, SMALL, UNFOLD, violations
from tests.web.test_groups import words_of
from tests.web.test_links_page import wait
from tests.web.windows import Windows

from inconcert.case import Case, open_case
from inconcert.cli.command import inconcert
from inconcert.cli.outcome import Outcome
from inconcert.judgement.located import LOCATED
from inconcert.verbs.judgements import retract
from inconcert.verbs.locate import locate, located, percent
from inconcert.verbs.place_entries import Photo, enter_place
from inconcert.verbs.place_said import said_places
from inconcert.verbs.place_witnesses import place_witnesses
from inconcert.verbs.placed_groups import placed_groups
from inconcert.web.pages import place_entering

PAGE = "/c/wave/group/G1/place"
CLUE = {
    "what": "clue", "text": "A caption names <Yancheng>", "region": "Yancheng", "kind": "remark", "source": "post 3", "reliability": "C", "credibility": "3",
    "otherwise": "a quotation", "by": "Bo Chen",
}  # fmt: skip
SHEET = {
    "what": "photo", "text": "A gate", "region": "CN-JS", "features": "the lamp\n\nthe arch", "source": "map service", "reliability": "B", "credibility": "2",
    "otherwise": "borrowed", "by": "Ann Lee",
}  # fmt: skip
REVIEW = {"what": "review", "label": "P1", "agrees": "disagree", "because": "an old screen", "by": "Bo Chen"}
REGIONS = ("China", "Hong Kong", "Jiangsu", "UTC+", "江苏")


def png(grey: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), (grey, grey, grey)).save(out, "PNG")
    return out.getvalue()


def sent(client: TestClient, form: dict[str, str], files: dict[str, bytes] | None = None) -> Any:
    carried = {name: (f"../{name}.png", content, "image/png") for name, content in (files or {}).items()}
    return client.post(f"{PAGE}/enter", data=form, files=carried or None)


def entries(case: Case) -> list[dict[str, object]]:
    return [dict(one.value) for one in case.statements() if one.says == LOCATED]


def test_below_l3_there_is_no_hint_of_a_place_and_nothing_can_be_entered(
    client: TestClient, folder: Path, placed_once: Path, investigated_once: Path
) -> None:
    case = labelled(open_case(shutil.copytree(investigated_once, folder / "wave")))
    raised(case, "L2")
    before = case.ledger.read_bytes()
    for answer in (client.get(PAGE), sent(client, CLUE), client.post(f"{PAGE}/begin"), client.post(f"{PAGE}/retract", data={"label": "P1"})):  # fmt: skip
        told = words_of(answer.text)
        assert "Nothing is located." in told
        assert "G1 stands at level L2, and nothing is located below L3" in told
        assert "needs the signature of a named analyst" in told
        assert not [one for one in REGIONS if one in answer.text]
        main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
        assert "<form" not in main
        assert "<svg" not in main
    assert case.ledger.read_bytes() == before
    assert client.get(f"{PAGE}/picture/{'a' * 64}").status_code == 404
    assert client.get("/c/wave/group/G99/place").status_code == 404
    assert placed_groups(case) == ()


def test_what_was_not_located_yet_is_offered_with_its_command(client: TestClient, placed: Case) -> None:
    page = client.get(PAGE).text
    assert "This group was not located yet." in words_of(page)
    assert "inconcert locate wave G1" in words_of(page)
    assert not [one for one in REGIONS if one in page[: page.index('id="enter"')]]
    begun = client.post(f"{PAGE}/begin", follow_redirects=False)
    assert begun.status_code == 303
    wait(client, begun.headers["location"])
    assert located(open_case(placed.path), "G1").statement in words_of(client.get(PAGE).text)


def test_the_page_says_what_the_verb_says_with_both_readings_of_every_sign(client: TestClient, full: Case) -> None:
    found, page = located(full, "G1"), client.get(PAGE).text
    told = words_of(page)
    assert found.statement in told
    assert "Words are those of the PHIA" in told
    assert 'class="place-map"' in page
    assert 'class="place-chart"' in page
    assert "Hong Kong fewer than 5" in told
    assert "Jiangsu (China) 5" in told
    assert "1 label that names no region" in told
    for item in found.items:
        says, favours = " ".join(words_of(html.escape(item.says)).split()), item.favours
        at = told.index(says)
        its = told[at : told.index("Seen in", at)]
        assert favours in its
        for reading in item.readings:
            assert f"{reading.says} {percent(reading.chance)}" in its
        assert item.says_otherwise in its
    assert "Jiangsu (China) (region label of a platform) against Hong Kong (region label of a platform)" in told


def test_signs_lead_to_their_posts_unless_few_accounts_show_them(client: TestClient, full: Case) -> None:
    witnesses = place_witnesses(full, located(full, "G1"))
    assert witnesses["region-label/HK"] == ()
    page = client.get(PAGE).text
    signs = page[page.index('id="signs"') : page.index('id="families"')]
    links = re.findall(r'href="(/c/wave/post/[^"]+)"', signs)
    assert len(links) == 3 == len(witnesses["region-label/CN-JS"])
    assert all(client.get(one).status_code == 200 for one in links)
    assert "posts of few accounts, which this page does not lead to" in words_of(signs)


def test_no_account_is_on_the_page_with_names_shown_or_hidden(client: TestClient, full: Case) -> None:
    for _ in range(2):
        page = client.get(PAGE).text
        assert "/account/" not in page
        assert not [one for account in RING for one in (account, handle_of(account)) if one in page]
        client.post("/c/wave/names")


def test_what_a_person_wrote_names_an_outsider_only_with_names_switched_on(client: TestClient, full: Case) -> None:
    ring = {handle_of(account) for account in RING}
    handle = min(row["handle"] for row in rows_of(full, "accounts") if row["handle"] and row["handle"] not in ring)
    assert sent(client, CLUE | {"text": f"A caption of @{handle}"}).status_code == 200
    locate(full, "G1")
    assert handle not in client.get(PAGE).text
    client.post("/c/wave/names")
    assert handle in client.get(PAGE).text


def test_hostile_labels_and_texts_stay_text(client: TestClient, full: Case) -> None:
    evil = "<script>alert(1)</script>\u202e https://evil.example"
    sent(client, CLUE | {"text": evil, "source": evil, "otherwise": evil})
    locate(full, "G1")
    page = client.get(PAGE).text
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "https://evil.example" not in page
    assert HOSTILE not in page


def test_faults_stand_beside_their_fields_and_what_was_typed_is_kept(client: TestClient, placed: Case) -> None:
    answer = sent(client, CLUE | {"region": "Atlantis", "credibility": "", "otherwise": " ", "by": ""})
    assert answer.status_code == 409
    assert set(re.findall(r'id="fault-clue-(\w+)"', answer.text)) == {"region", "credibility", "otherwise", "by"}
    assert 'value="Atlantis"' in answer.text
    assert "A caption names &lt;Yancheng&gt;" in answer.text
    for files in ({}, {"picture": png(1), "view": b"MZ no picture"}, {"picture": png(1)}):
        answer = sent(client, SHEET, files)
        assert answer.status_code == 409
        assert "fault-photo-view" in answer.text
    assert "fault-photo-features" in sent(client, SHEET | {"features": "\n"}, {"picture": png(1), "view": png(2)}).text
    assert "are one file" in words_of(sent(client, SHEET, {"picture": png(1), "view": png(1)}).text)
    assert sent(client, {"what": "rumour", "by": "Ann Lee"}).status_code == 409
    assert sent(client, CLUE | {"kind": "rumour"}).status_code == 409
    assert sent(client, REVIEW | {"label": "P9"}).status_code == 409
    assert entries(placed) == []


def test_a_form_that_is_too_large_is_refused_before_it_is_read(
    client: TestClient, placed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_entering, "SENT_AT_MOST", 300)
    assert sent(client, SHEET, {"picture": png(1), "view": png(2)}).status_code == 413
    assert entries(placed) == []


@pytest.mark.parametrize("form", [CLUE, REVIEW], ids=lambda form: str(form["what"]))
def test_a_form_and_the_command_beside_it_say_the_same(client: TestClient, full: Case, form: dict[str, str]) -> None:
    line = html.unescape(re.search(r"<code>(.*?)</code>", client.post(f"{PAGE}/command", data=form).text)[1])  # type: ignore[index]
    assert "P4 is said in the ledger" in words_of(sent(client, form).text)
    retract(full, "P4", by="Ann Lee", because="to enter it again")
    words = shlex.split(line)
    assert words[:4] == ["inconcert", "locate", "wave", "G1"]
    done = CliRunner().invoke(inconcert, ["locate", str(full.path), *words[3:]], obj=Outcome())
    assert done.exit_code == 0, done.output
    by_form, by_line = (dict(one) for one in entries(full)[-2:])
    by_form.pop("group"), by_line.pop("group")  # written short when the ledger knows the members already
    assert by_form == by_line


def test_a_sheet_keeps_both_pictures_and_a_second_person_reviews_it(client: TestClient, placed: Case) -> None:
    """M32."""
    client.get(PAGE)  # which gives the browser its session
    assert sent(client, SHEET, {"picture": png(1), "view": png(2)}).status_code == 200
    (sheet,) = said_places(placed, "G1")
    assert sheet.features == ("the lamp", "the arch")
    page = client.get(PAGE).text
    assert "It weighs half until somebody agrees" in words_of(page)
    for sha256, content in ((sheet.picture, png(1)), (sheet.view, png(2))):
        assert sha256 in page
        shown = client.get(f"{PAGE}/picture/{sha256}")
        assert shown.content == content
        assert shown.headers["content-type"] == "image/png"
        assert "sandbox" in shown.headers["content-security-policy"]
    assert 'id="form-review"' not in page  # Ann Lee is who looks
    assert "Nobody reviews an entry of their own".casefold() in words_of(page).casefold()
    assert sent(client, REVIEW | {"by": "Ann Lee"}).status_code == 409
    assert sent(client, REVIEW).status_code == 200
    assert [(one.by, one.agrees) for one in said_places(placed, "G1")[0].reviews] == [("Bo Chen", False)]
    assert [one.name for one in (placed.path.parent / ".brought").glob("*/*")] == [".lock"]
    read = next(
        one.name
        for one in (placed.path / "raw").rglob("*")
        if one.name not in (sheet.picture, sheet.view) and one.is_file()
    )
    assert client.get(f"{PAGE}/picture/{read}").status_code == 404


def test_an_original_that_is_no_picture_is_not_shown(client: TestClient, placed: Case, tmp_path: Path) -> None:
    """Entered on the command line, which takes any file."""
    (tmp_path / "page").write_text("<html><script>alert(1)</script>")
    sheet = Photo(
        text="A gate", region="HK", picture=tmp_path / "page", view=picture(tmp_path / "b.png", 9), features=("a",), source="x", grade="B2", otherwise="y",
    )  # fmt: skip
    enter_place(placed, "G1", sheet, by="Ann Lee")
    (said,) = said_places(placed, "G1")
    assert client.get(f"{PAGE}/picture/{said.picture}").status_code == 404
    assert client.get(f"{PAGE}/picture/{said.view}").status_code == 200


def test_an_entry_is_taken_back_and_the_page_says_that_its_numbers_are_from_before(
    client: TestClient, full: Case
) -> None:
    assert "from before" not in words_of(client.get(PAGE).text)
    form = {"label": "P1", "because": "a joke", "by": "Ann Lee"}
    assert client.post(f"{PAGE}/retract", data=form | {"because": ""}).status_code == 409
    assert client.post(f"{PAGE}/retract", data=form | {"label": "A1"}).status_code == 409
    assert "inconcert locate wave G1 --retract P1 --because 'a joke'" in html.unescape(
        client.post(f"{PAGE}/command", data=form).text
    )
    told = words_of(client.post(f"{PAGE}/retract", data=form).text)
    assert "Taken back by Ann Lee" in told
    assert "what stands below is from before" in told
    assert said_places(full, "G1")[0].retracted is not None


def test_nothing_is_entered_without_the_token(client: TestClient, full: Case) -> None:
    before = full.ledger.read_bytes()
    for to in ("enter", "retract", "command", "begin"):
        assert client.post(f"{PAGE}/{to}", data=CLUE, headers={"x-inconcert-token": "another"}).status_code == 403
    assert full.ledger.read_bytes() == before


def test_the_page_of_a_group_leads_here(client: TestClient, placed: Case) -> None:
    assert f'href="{PAGE}"' in client.get("/c/wave/group/G1").text


@pytest.mark.browser
def test_the_page_is_open_to_everybody_and_its_pictures_can_be_read(
    windows: Windows, serve: Callable[[Path], Served], full: Case
) -> None:
    url = serve(full.path.parent).url + PAGE
    assert AXE.is_file(), "npm ci"
    for scheme, width in (("dark", 1280), ("light", 390)):
        page = windows.open(scheme=scheme, width=width)
        page.add_init_script(AXE.read_text("utf-8"))
        page.goto(url)
        page.evaluate(UNFOLD)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(PUSHED) == []
        small = SMALL.replace(":is(.days, .heat)", ":is(.place-map, .place-chart)").replace("< 11", "< 10")
        assert page.evaluate(small) == []
        assert page.locator(".place-map path[fill='#c4daf0']").is_visible()
    assert page.locator(".chance-list tbody tr").filter(visible=True).count() >= 9
