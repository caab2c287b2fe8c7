"""Judgements, notes and the report in the browser: entered under a name, listed, taken back, and the same as by the command line."""

from __future__ import annotations

import html
import re
import shlex
import time

import pytest
from starlette.testclient import TestClient

from inconcert.case import Case
from inconcert.cli.command import inconcert
from inconcert.judgement.choices import Choice, choices
from inconcert.judgement.forms import form_faults
from inconcert.verbs.judge import judge
from inconcert.verbs.judgements import judgements
from inconcert.verbs.notes import add_note, notes
from inconcert.verbs.report import report

HOSTILE = (
    '\u202e<script>window.hit=1</script> <img src=x onerror="hit"> [x](javascript:hit) ![y](https://evil.example/y.png)'
)


def words(text: str) -> str:
    """A page without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def done(client: TestClient, address: str) -> str:
    """The page of a case once no work runs on it any more."""
    for _ in range(600):
        text = client.get(address).text
        if 'hx-trigger="every 1s"' not in text:
            return text
        time.sleep(0.1)
    raise AssertionError("the work did not end")


def test_judgements_are_listed_with_who_what_and_state(client: TestClient, investigated: Case):
    judge(investigated, ["G1"], "rename", "Night shift", by="Ann Lee")
    judge(investigated, ["G1"], "set-aside", "one club", by="Ben Ode", sources=["https://club.example/a"])
    text = client.get("/c/wave/judgements").text
    assert 'href="/c/wave/group/G1"' in text
    told = words(text)
    assert "J2 G1 set aside stands one club Ben Ode" in told
    assert "hxxps://club[.]example/a" in told
    assert text.index('id="J2"') < text.index('id="J1"')
    only = client.get("/c/wave/judgements?by=Ann+Lee&kind=rename&state=stands").text
    assert 'id="J1"' in only
    assert 'id="J2"' not in only
    assert "No judgement fits" in client.get("/c/wave/judgements?text=nothing+like+it").text


def test_a_judgement_is_taken_back_with_a_reason_and_the_name_is_remembered(client: TestClient, investigated: Case):
    judge(investigated, ["G1"], "confirm", "I looked", by="Ann Lee")
    client.get("/c/wave/judgements")
    line = client.post("/c/wave/retract/command", data={"label": "J1", "because": "too early", "by": "Ben Ode"}).text
    assert "inconcert judgements wave --retract J1 --because 'too early' --by 'Ben Ode'" in html.unescape(line)
    answer = client.post("/c/wave/retract", data={"label": "J1", "because": "too early", "by": "Ben Ode"})
    assert "J1 G1 confirmed retracted I looked Ann Lee" in words(answer.text)
    assert "Retracted by Ben Ode" in words(answer.text)
    assert 'name="by" required maxlength="100" autocomplete="name" value="Ben Ode"' in answer.text
    assert judgements(investigated)[0].state == "retracted"
    assert client.post("/c/wave/retract", data={"label": "J1", "because": "again"}).status_code == 409


def test_nobody_judges_without_a_name(client: TestClient, investigated: Case):
    judge(investigated, ["G1"], "confirm", "I looked", by="Ann Lee")
    client.get("/c/wave/judgements")
    answer = client.post("/c/wave/retract", data={"label": "J1", "because": "x"})
    assert answer.status_code == 409
    assert "Nobody is named as the author" in words(answer.text)
    client.post("/c/wave/author", data={"by": "Cleo"})
    client.post("/c/wave/retract", data={"label": "J1", "because": "x"})
    assert judgements(investigated)[0].judgement.retracted.by == "Cleo"  # type: ignore[union-attr]


def test_a_note_is_entered_with_its_sources_and_a_file_is_kept_in_the_case(client: TestClient, investigated: Case):
    form = {
        "text": "The **railing** is missing.",
        "about": "G1",
        "by": "Ann Lee",
        "sources": "https://a.example/x\nseen on 3 March",
    }
    text = client.post("/c/wave/notes", data=form, files={"file": ("../photo 1.jpg", b"a picture")}).text
    assert "<strong>railing</strong>" in text
    told = words(text)
    assert "N1 on G1" in told
    assert "hxxps://a[.]example/x" in told
    [note] = notes(investigated)
    assert [(one.kind, one.text) for one in note.sources] == [
        ("address", "https://a.example/x"), ("words", "seen on 3 March"), ("file", "photo 1.jpg"),
    ]  # fmt: skip
    assert investigated.original(str(note.sources[2].sha256)).read_bytes() == b"a picture"
    assert "N1 on G1" in words(client.get("/c/wave/notes?find=railing").text)
    assert "No note fits" in client.get("/c/wave/notes?find=harbour").text
    assert "retracted" in words(
        client.post("/c/wave/retract", data={"label": "N1", "because": "x", "by": "Ann", "back": "/c/wave/notes"}).text
    )
    assert list(form_faults(investigated.statements())) == []


def test_a_note_that_cannot_be_entered_is_not_lost(client: TestClient, investigated: Case):
    answer = client.post(
        "/c/wave/notes",
        data={"text": "long thoughts", "about": "no such thing", "by": "Ann"},
        files={"file": ("", b"")},
    )
    assert answer.status_code == 409
    assert "long thoughts</textarea>" in answer.text
    assert 'value="no such thing"' in answer.text
    assert notes(investigated) == []


def test_while_another_holds_the_case_pages_say_so_and_work_again_after(client: TestClient, investigated: Case):
    assert words(client.get("/c/wave/held").text) == ""
    with investigated.lock():
        assert "Somebody else writes to this case: process" in words(client.get("/c/wave/held").text)
    assert words(client.get("/c/wave/held").text) == ""


@pytest.mark.parametrize("place", ["judgements", "notes"])
def test_words_of_people_cannot_act(client: TestClient, investigated: Case, place: str):
    judge(investigated, ["G1"], "comment", HOSTILE, by=HOSTILE[:80], sources=[HOSTILE])
    add_note(investigated, HOSTILE, by=HOSTILE[:80], sources=["javascript:hit", HOSTILE])
    text = client.get(f"/c/wave/{place}").text
    assert "<script>window" not in text
    assert "<img" not in text
    assert "https://evil" not in text
    assert not re.search(r'(href|src)="\s*javascript:', text)
    assert "\u202e" not in text


def test_the_preview_is_the_file_that_the_command_line_writes(client: TestClient, investigated: Case):
    form = {
        "offered": ["G1", "languages"], "shown": ["G1"], "picture": ["G1:network"], "drawn": [], "by": "Ann Lee", "zone": "Asia/Tokyo",
        "text:G1": "They post *at night*. They are fake.", "text:found": "Two weeks before the vote.",
    }  # fmt: skip
    asked = html.unescape(client.post("/c/wave/report/command", data=form).text)
    client.post("/c/wave/report", data=form)
    page = done(client, "/c/wave/report")
    assert "As chosen by Ann Lee" in words(page)
    answer = client.get("/c/wave/report/preview")
    preview = answer.content
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "'self'" not in answer.headers["content-security-policy"].partition("frame-ancestors")[0]
    assert report(investigated).read_bytes() == preview
    assert "byte for byte" in client.get("/c/wave/report").text
    shown = preview.decode()
    assert "They post <em>" not in shown  # a paragraph that claims too much is printed plain
    assert "They post at night. [left out: claims more than this level carries]" in words(shown)
    assert "Two weeks before the vote." in words(shown)
    assert "Network picture of G1" not in shown
    assert "selected>Asia/Tokyo" in shown or 'value="Asia/Tokyo" selected' in shown
    typed = [
        shlex.split(html.unescape(one)) for one in re.findall(r"<code>(inconcert choose.*?)</code>", asked, re.DOTALL)
    ]
    typed[0][2] = str(investigated.path)
    with pytest.raises(SystemExit):
        inconcert.main(typed[0][1:], obj=None)
    was, now = (one.parts for one in _choices(investigated))
    assert {(one.part, one.shown, one.without, one.text) for one in was} == {
        (one.part, one.shown, one.without, one.text) for one in now
    }
    assert list(form_faults(investigated.statements())) == []


def test_who_is_who_is_shown_only_while_names_are(client: TestClient, investigated: Case):
    client.get("/c/wave/report")
    client.post("/c/wave/report/make")
    done(client, "/c/wave/report")
    assert client.get("/c/wave/report/accounts").status_code == 403
    client.post("/c/wave/names")
    assert client.get("/c/wave/report/accounts").status_code == 200


def test_words_that_claim_too_much_are_marked_while_they_are_written(client: TestClient, investigated: Case):
    answer = client.post(
        "/c/wave/report/words?place=G1", data={"text:G1": "They post at night. They are inauthentic."}
    ).text
    assert '<mark class="over">They are inauthentic.</mark>' in answer
    assert "1 clause" in words(answer)
    assert "<mark" not in client.post("/c/wave/report/words?place=G1", data={"text:G1": "They post at night."}).text


def _choices(case: Case) -> list[Choice]:
    return choices(case.statements())
