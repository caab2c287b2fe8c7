"""The server is killed in the middle of things: the case stays whole, and what lay about is gone after the next start."""

from __future__ import annotations

import itertools
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from tests.web.conftest import NOW
from tests.web.serving import Served
from tests.web.test_imports import BATCH, POSTS

from inconcert.case import Case, open_case
from inconcert.verbs.init import init
from inconcert.verbs.verify import verify
from inconcert.web.brought import BROUGHT

MANY = POSTS + b"".join(b"x%d,y%d,2024-05-01T10:00:00Z,words of y %d\n" % (i, i % 97, i) for i in range(200_000))


def browser(served: Served) -> httpx2.Client:
    """Sends what pages of this server send."""
    client = httpx2.Client(base_url=served.url, timeout=60)
    token = re.search(r'name="inconcert-token" content="([^"]+)"', client.get("/").text)
    assert token is not None
    client.headers["x-inconcert-token"] = token[1]
    return client


def brought(folder: Path) -> list[str]:
    """Names of files that lie beside the cases, on their way into one."""
    return [file.name for file in (folder / BROUGHT).rglob("*") if file.is_file() and file.name != ".lock"]


def ended(pid: int) -> bool:
    """Whether a process is no more; one that nobody waits for any longer counts as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def children(pid: int) -> list[int]:
    """Processes that a process started."""
    return [int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()]


def test_during_an_upload(folder: Path, serve: Callable[[Path], Served]) -> None:
    case = init(folder / "wave", now=NOW)
    server = serve(folder)
    client = browser(server)

    def slowly() -> itertools.chain[bytes]:
        yield from (time.sleep(0.01) or b"x" * 10_000 for _ in itertools.count())  # type: ignore[func-returns-value]

    def upload() -> None:
        with pytest.raises(httpx2.HTTPError):
            client.post("/c/wave/import/file", params={"batch": BATCH, "name": "a.csv"}, content=slowly())

    sending = threading.Thread(target=upload)
    sending.start()
    while not brought(folder):
        time.sleep(0.05)
    server.kill()
    sending.join()
    assert brought(folder)
    assert verify(case).intact
    browser(serve(folder))
    assert brought(folder) == []


def test_a_part_of_a_file_is_none(folder: Path, serve: Callable[[Path], Served]) -> None:
    """Who closes the page while a file is copied leaves nothing behind."""
    init(folder / "wave", now=NOW)
    client = browser(serve(folder))

    def broken() -> itertools.chain[bytes]:
        yield POSTS
        time.sleep(0.3)
        raise KeyError("the page was closed")

    with pytest.raises(KeyError):
        client.post("/c/wave/import/file", params={"batch": BATCH, "name": "a.csv"}, content=broken())
    give_up = time.monotonic() + 30
    while brought(folder) and time.monotonic() < give_up:
        time.sleep(0.1)
    assert brought(folder) == []


@pytest.mark.parametrize("after_s", [0.3, 1.5, 4.0])
def test_during_an_import(folder: Path, serve: Callable[[Path], Served], after_s: float) -> None:
    case = init(folder / "wave", now=NOW)
    server = serve(folder)
    client = browser(server)
    client.post("/c/wave/import/file", params={"batch": BATCH, "name": "posts.csv"}, content=MANY)
    client.post("/c/wave/import", data={"batch": BATCH})
    time.sleep(after_s)
    working = children(server.process.pid)
    server.kill()
    give_up = time.monotonic() + 120
    while not all(map(ended, working)) and time.monotonic() < give_up:
        time.sleep(0.1)
    assert all(map(ended, working)), "a child goes on although nobody listens"
    assert verify(case).intact
    browser(serve(folder))
    assert brought(folder) == []
    with open_case(case.path).lock():
        pass


def test_two_servers_on_one_folder_leave_each_other_alone(folder: Path, serve: Callable[[Path], Served]) -> None:
    init(folder / "wave", now=NOW)
    first = serve(folder)
    browser(first).post("/c/wave/import/file", params={"batch": BATCH, "name": "a.csv"}, content=POSTS)
    second = serve(folder)
    assert brought(folder) == ["a.csv"]
    browser(second).post("/c/wave/import/file", params={"batch": BATCH, "name": "b.csv"}, content=POSTS)
    assert sorted(brought(folder)) == ["a.csv", "b.csv"]
    first.end()
    assert brought(folder) == ["b.csv"]


def test_an_ended_server_ends_its_work(folder: Path, serve: Callable[[Path], Served]) -> None:
    case = init(folder / "wave", now=NOW)
    server = serve(folder)
    client = browser(server)
    client.post("/c/wave/import/file", params={"batch": BATCH, "name": "posts.csv"}, content=MANY)
    client.post("/c/wave/import", data={"batch": BATCH})
    working = children(server.process.pid)
    server.end()
    assert all(map(ended, working))
    assert verify(case).intact
    assert brought(folder) == []


def test_while_one_writes_others_read_and_are_told(investigated: Case, serve: Callable[[Path], Served]) -> None:
    client = browser(serve(investigated.path.parent))
    with investigated.lock():
        assert client.get("/c/wave/").status_code == 200
        assert client.get("/c/wave/group/G1").status_code == 200
