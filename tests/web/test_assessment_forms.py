"""The forms of an assessment: their faults beside their fields, the commands beside them, and signatures that become stale."""

from __future__ import annotations

import html
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient
from tests.web.serving import Served
from tests.web.test_groups import words_of
from tests.web.windows import Windows

from inconcert.case import Case
from inconcert.cli.command import inconcert
from inconcert.cli.outcome import Outcome
from inconcert.judgement.weighed import WEIGHED
from inconcert.verbs.attribute import assessment, attribute
from inconcert.verbs.attribution_entries import Prior, SignOff
from inconcert.verbs.judgements import retract

PAGE = "/c/wave/group/G1/assessment"
FORM = {
    "what": "evidence", "text": "A tender asks for these very hashtags", "source": "tender 12/2024", "reliability": "A", "credibility": "1",
    "kind": "contract", "family": "", "category": "", "access": "", "found_by": "", "low-H2": "40", "high-H2": "80", "by": "Ann Lee",
}  # fmt: skip


def send(client: TestClient, form: dict[str, str], to: str = "enter") -> Any:
    return client.post(f"{PAGE}/{to}", data=form)


def entered(case: Case) -> list[dict[str, object]]:
    return [dict(one.value) for one in case.statements() if one.says == WEIGHED]


def test_faults_stand_beside_their_fields_and_what_was_typed_is_kept(client: TestClient, investigated: Case) -> None:
    before = investigated.ledger.read_bytes()
    wrong = FORM | {"text": " ", "credibility": "", "low-H2": "80", "high-H2": "40", "source": "tender <12>", "by": ""}
    answer = send(client, wrong)
    assert answer.status_code == 409
    for name, told in (
        ("text", "What was seen is empty"), ("credibility", "Choose how credible this is"), ("low-H2", "the smaller first"), ("by", "Write your name"),
    ):  # fmt: skip
        fault = re.search(rf'id="fault-evidence-{name}">(.*?)</span>', answer.text)
        assert fault is not None, name
        assert told in html.unescape(fault[1])
        assert f'name="{name}"' in answer.text
        assert f'aria-describedby="fault-evidence-{name}"' in answer.text
    assert "fault-evidence-source" not in answer.text
    assert 'value="tender &lt;12&gt;"' in answer.text
    assert 'value="80"' in answer.text
    assert '<option value="A" selected>' in answer.text
    assert "Not entered: 4 fields" in words_of(answer.text)
    no_kind = send(client, FORM | {"kind": "", "low-H2": "", "high-H2": ""}).text
    assert {"kind", "family", "category"} <= set(re.findall(r'id="fault-evidence-(\w+)"', no_kind))
    odd = send(client, FORM | {"kind": "gossip"})
    assert "&#39;gossip&#39; is no kind of evidence" in odd.text
    assert send(client, {"what": "gossip"}).status_code == 409
    assert investigated.ledger.read_bytes() == before


@pytest.mark.parametrize(
    "form",
    [
        FORM,
        FORM
        | {
            "kind": "",
            "family": "statements",
            "category": "contextual",
            "access": "open",
            "found_by": "The Daily Ledger",
        },
        {
            "what": "prior",
            "about": "H6",
            "low": "1",
            "high": "2.5",
            "because": "a march was announced",
            "by": "Ann Lee",
        },
        {"what": "aside", "about": "explained/syndication", "because": "one source", "by": "Ann Lee"},
        {"what": "hypothesis", "title": "Bureau Nine", "like": "H1", "by": "Ann Lee"},
        {"what": "dissent", "about": "H6", "word": "likely", "because": "they met", "by": "Ann Lee"},
        {"what": "yardstick", "name": "icd203", "by": "Ann Lee"},
    ],
    ids=lambda form: form["what"],
)
def test_a_form_and_the_command_beside_it_say_the_same(
    client: TestClient, investigated: Case, form: dict[str, str]
) -> None:
    line = html.unescape(re.search(r"<code>(.*?)</code>", send(client, form, "command").text)[1])  # type: ignore[index]
    answer = send(client, form)
    assert "A1 is in the ledger." in words_of(answer.text)
    (by_form,) = entered(investigated)
    retract(investigated, "A1", by="Ann Lee", because="to enter it again")
    words = shlex.split(line)
    assert words[:4] == ["inconcert", "attribute", "wave", "G1"]
    done = CliRunner().invoke(inconcert, ["attribute", str(investigated.path), *words[3:]], obj=Outcome())
    assert done.exit_code == 0, done.output
    _, by_line = entered(investigated)
    by_form.pop("group"), by_line.pop("group")  # written short when the ledger knows the members already
    assert by_form == by_line


def test_nothing_is_entered_without_the_token(client: TestClient, investigated: Case) -> None:
    before = investigated.ledger.read_bytes()
    for to in ("enter", "retract", "command"):
        assert client.post(f"{PAGE}/{to}", data=FORM, headers={"x-inconcert-token": "another"}).status_code == 403
    assert investigated.ledger.read_bytes() == before


def test_what_is_signed_is_what_was_read_and_becomes_stale_with_the_first_change(
    client: TestClient, high: Case
) -> None:
    form = {"what": "sign-off", "text": "I read every item", "seen": assessment(high, "G1").sha256, "by": "Ann Lee"}
    attribute(high, "G1", Prior("H7", 0.5, 0.6, "x"), by="Ben Ode")
    late = send(client, form)
    assert late.status_code == 409
    assert "What is weighed is no longer what was read" in words_of(late.text)
    assert "I read every item" in late.text
    page = client.get(PAGE).text
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert seen is not None
    told = words_of(send(client, form | {"seen": seen[1]}).text)
    assert assessment(high, "G1").level == "L4"
    assert "A4 is in the ledger." in told
    assert "stands A4 signed by Ann Lee" in told
    changed = words_of(
        send(client, {"what": "prior", "about": "H6", "low": "1", "high": "2", "because": "y", "by": "Ben Ode"}).text
    )
    assert "What this changed was signed before: A4 no longer stands." in changed
    assert "stale: what is weighed has changed since, or may no longer be signed A4 signed by Ann Lee" in changed


def test_a_signature_is_withdrawn_and_the_ledger_keeps_both(client: TestClient, high: Case) -> None:
    attribute(high, "G1", SignOff("I read every item"), by="Ann Lee")
    assert "Withdraw the signature A3" in words_of(client.get(PAGE).text)
    empty = send(client, {"label": "A3", "because": "", "by": "Ann Lee"}, "retract")
    assert empty.status_code == 409
    assert 'id="fault-A3-because"' in empty.text
    done = words_of(send(client, {"label": "A3", "because": "I was wrong", "by": "Ann Lee"}, "retract").text)
    assert "A3 is taken back." in done
    assert "Nobody has signed." in done
    assert "Taken back by Ann Lee" in done
    assert assessment(high, "G1").level == "L3"
    again = send(client, {"label": "A3", "because": "twice", "by": "Ann Lee"}, "retract")
    assert again.status_code == 409


def test_another_view_on_those_who_would_be_accused_is_refused_below_l3(client: TestClient, investigated: Case) -> None:
    answer = send(client, {"what": "dissent", "about": "H1", "word": "likely", "because": "I feel so", "by": "Ann Lee"})
    assert answer.status_code == 409
    assert "below L3 nobody says how likely an explanation is that accuses somebody" in words_of(answer.text)
    assert "I feel so" in answer.text
    assert entered(investigated) == []
    assert 'id="enter-sign-off"' not in answer.text


@pytest.mark.browser
def test_the_command_follows_what_is_typed(
    windows: Windows, serve: Callable[[Path], Served], investigated: Case
) -> None:
    page = windows.open()
    page.goto(f"{serve(investigated.path.parent).url}{PAGE}")
    page.locator("#enter-prior summary").click()
    form = page.locator("#enter-prior form")
    form.locator("[name=about]").select_option("H6")
    form.locator("[name=low]").fill("1")
    form.locator("[name=high]").fill("2")
    form.locator("[name=because]").fill("a march")
    form.get_by_text("--prior H6=1..2 --because 'a march' --by NAME").wait_for()
    form.locator("[name=by]").fill("Ann Lee")
    form.get_by_role("button", name="Enter the prior").click()
    page.get_by_text("A1 is in the ledger.").wait_for()
