"""Events beside what followed them, and a text from an official outlet to a group and back, as pages show them."""

from __future__ import annotations

import csv
import html
import re
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.browse.conftest import COLUMNS, NOW, RING, handle_of, write

from inconcert.case import Case
from inconcert.verbs.init import init
from inconcert.verbs.investigate import investigate
from inconcert.verbs.prepare import prepare

STORY = "the harbour dredging report shows what the ministry never wanted anybody to read about the northern quay"


def shown(client: TestClient, address: str) -> str:
    """A page without its markup."""
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def said(number: int, account: str, handle: str, at: str) -> dict[str, str]:
    return {
        "post_id": f"6{number:07}", "account_id": account, "handle": handle, "display_name": handle, "bio": "", "followers": "5",
        "created_at": f"{at}+08:00", "text": STORY, "shared_id": "", "reply_to_id": "", "observed_at": "2026-03-20T00:00:00Z", "mentions": "",
    }  # fmt: skip


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case whose group takes a text from an outlet after 54 minutes and gives it to a consul after 6 h 40 min more, with an event
    whose note contradicts its date."""
    folder = tmp_path_factory.mktemp("measured")
    files = write(folder, 3)
    with files[0].open("a", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, COLUMNS)
        rows.writerow(said(1, "agency1", "harbour_agency", "2026-03-04T15:38:00"))
        rows.writerow(said(2, RING[0], handle_of(RING[0]), "2026-03-04T16:32:00"))
        rows.writerow(said(3, "consul1", "harbour_consul", "2026-03-04T23:12:00"))
    (folder / "outlets.csv").write_text("account_id,role\nagency1,overt\nconsul1,overt\n", "utf-8")
    (folder / "events.csv").write_text(
        "title,date,note\nthe quay is listed,2026-03-03,the text says 7 March 2026\n", "utf-8"
    )
    case = init(folder / "wave", title="A wave in March", now=NOW)
    investigate(files, case=case.path, lists=[folder / "outlets.csv"], events=[folder / "events.csv"], now=NOW)
    prepare(case)
    return case


@pytest.fixture
def served(folder: Path, once: Case) -> str:
    shutil.copytree(once.path, folder / "wave")
    return "/c/wave/"


def test_the_gaps_between_an_outlet_a_group_and_a_consul_are_drawn(client: TestClient, served: str):
    """M26 on screen: 54 min, then 6 h 40 min, in the picture and in words."""
    text = shown(client, f"{served}group/G1")
    assert "+54 min" in text
    assert "+6 h 40 min" in text
    assert "54 min later" in text


def test_a_note_that_contradicts_its_date_is_shown(client: TestClient, served: str):
    """M45 on screen: the event is on the timeline, the conflict is told."""
    text = shown(client, f"{served}measured")
    assert "the quay is listed" in text
    assert "its note says '7 March 2026'" in text
    assert f'href="{served}measured"' in client.get(served).text
