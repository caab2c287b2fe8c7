"""A served folder that came from a stranger, and browsers that other sites sent here: nothing outside is touched, nobody waits for ever."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import NOW, PORT, TOKEN
from tests.web.test_imports import BATCH, POSTS

from inconcert.case import open_case
from inconcert.errors import CaseError
from inconcert.verbs.init import init
from inconcert.web.app import application
from inconcert.web.brought import BROUGHT
from inconcert.web.workbench import Workbench


def bench_of(client: TestClient) -> Workbench:
    bench: Workbench = client.app.state.workbench  # type: ignore[attr-defined]
    return bench


def test_what_a_link_leads_to_is_not_removed(folder: Path) -> None:
    dear = folder.parent / "home" / "0123456789abcdef"
    dear.mkdir(parents=True)
    (folder / BROUGHT).symlink_to(dear.parent)
    with TestClient(application(folder, port=PORT)):
        pass
    assert dear.is_dir()
    assert list(dear.iterdir()) == []
    assert list(dear.parent.iterdir()) == [dear]


def test_links_and_folders_of_others_among_what_was_brought_are_left_alone(folder: Path) -> None:
    dear = folder.parent / "home"
    dear.mkdir()
    (folder / BROUGHT / "holiday").mkdir(parents=True)
    (folder / BROUGHT / "fedcba9876543210").mkdir()
    (folder / BROUGHT / "0123456789abcdef").symlink_to(dear)
    with TestClient(application(folder, port=PORT)):
        left = {one.name for one in (folder / BROUGHT).iterdir()}
    assert left == {"holiday", "0123456789abcdef", ".lock"}
    assert list(dear.iterdir()) == []


def test_no_file_is_brought_through_a_link(client: TestClient, folder: Path) -> None:
    init(folder / "wave", now=NOW)
    (folder.parent / "home").mkdir()
    (folder / BROUGHT).symlink_to(folder.parent / "home")
    answer = client.post("/c/wave/import/file", params={"batch": BATCH, "name": "a.csv"}, content=POSTS)
    assert answer.status_code == 409
    assert "is a link" in answer.text
    assert list((folder.parent / "home").iterdir()) == []


@pytest.mark.parametrize("about", ["format = 1", "format = 1\ntitle = 5\ncreated = 2024-01-01T00:00:00Z", "\0", None])
def test_a_damaged_case_does_not_hide_the_others(client: TestClient, folder: Path, about: str | None) -> None:
    for name in ("broken", "whole"):
        init(folder / name, now=NOW)
    if about is None:
        (folder / "broken" / "case.toml").chmod(0o600)
        (folder / "broken" / "case.toml").write_bytes(b"\xff")
    else:
        (folder / "broken" / "case.toml").chmod(0o600)
        (folder / "broken" / "case.toml").write_text(about)
    page = client.get("/")
    assert page.status_code == 200
    assert 'href="/c/whole/"' in page.text
    assert 'href="/c/broken/"' not in page.text
    assert "Restore it from a copy" in page.text
    assert client.get("/c/broken/").status_code == 409


@pytest.mark.parametrize("name", [b"-h", b"\xff\xfe"])
def test_a_name_that_no_address_or_command_line_can_hold_is_not_served(
    client: TestClient, folder: Path, name: bytes
) -> None:
    init(folder / "whole", now=NOW)
    shutil.copytree(folder / "whole", folder / os.fsdecode(name))
    page = client.get("/")
    assert page.status_code == 200
    assert page.text.count('href="/c/') == 1


@pytest.mark.parametrize("file", [".lock", "ledger.jsonl", "case.toml"])
def test_nobody_waits_for_a_pipe(client: TestClient, folder: Path, file: str) -> None:
    case = init(folder / "wave", now=NOW)
    (case.path / file).unlink(missing_ok=True)
    os.mkfifo(case.path / file)
    assert client.get("/").status_code == 200
    assert client.get("/c/wave/held").status_code in (200, 404, 409)
    with pytest.raises(CaseError, match="is no ordinary file"), open_case(case.path).lock():
        pass


def test_what_could_not_be_started_has_failed(client: TestClient, folder: Path) -> None:
    init(folder / "wave", now=NOW)
    answer = client.post("/c/wave/import/file", params={"batch": BATCH, "name": "a.csv"}, content=POSTS)
    assert answer.status_code == 200
    client.post("/c/wave/import", data={"batch": BATCH, "platform": "x" * 1_000_000})
    give_up = time.monotonic() + 30
    while (job := bench_of(client).jobs.newest()[0]).state == "running" and time.monotonic() < give_up:
        time.sleep(0.05)
    assert job.state == "failed"
    assert any("could not be started" in line for _, line in job.said)


@pytest.mark.parametrize("address", ["/c/wave/post/0/{}", "/c/wave/post/0/{}/record", "/c/wave/group/G1/object/{}"])
def test_a_number_that_no_table_can_hold_leads_nowhere(client: TestClient, address: str) -> None:
    for digits in (19, 5_000):
        assert client.get(address.format("9" * digits)).status_code == 404


@pytest.mark.parametrize("asked", ["\N{SUPERSCRIPT TWO}", "9" * 5_000, "-1"])
def test_a_list_begins_at_a_number(client: TestClient, investigated: object, asked: str) -> None:
    assert client.get("/c/wave/groups", params={"from": asked}).status_code == 200


def test_two_servers_in_one_browser_keep_their_sessions_apart(folder: Path) -> None:
    cookies = set()
    for port in (PORT, PORT + 1):
        with TestClient(application(folder, port=port, token=TOKEN), base_url=f"http://127.0.0.1:{port}") as browser:
            cookies |= {name for name, _ in browser.get("/").cookies.items()}
    assert len(cookies) == 2


def test_a_link_on_another_site_does_not_end_the_session(client: TestClient) -> None:
    answer = client.get(
        "/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    )
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert bench_of(client).sessions == {}


def test_another_site_may_not_frame_a_page(client: TestClient) -> None:
    for dest in ("iframe", "embed", "object"):
        asked = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": dest}
        assert client.get("/", headers=asked).status_code == 403
