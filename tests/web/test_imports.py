"""Files come in by the page, and the very command lines it prints read them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import NOW

from inconcert.case import open_case
from inconcert.verbs.init import init
from inconcert.web.brought import BROUGHT

BATCH = "0123456789abcdef"
POSTS = b"post_id,author,created_at,text\n" + b"".join(
    b"%d,u%d,2024-05-01T10:%02d:00Z,something said by somebody %d\n" % (i, i % 7, i % 60, i) for i in range(40)
)


@pytest.fixture
def case(folder: Path) -> Path:
    """An empty case."""
    return init(folder / "wave", now=NOW).path


@pytest.fixture
def drop(client: TestClient, case: Path) -> Callable[..., object]:
    """Send a file as the page does."""

    def send(name: str, content: bytes = POSTS, batch: str = BATCH) -> object:
        return client.post("/c/wave/import/file", params={"batch": batch, "name": name}, content=content).json()["name"]

    return send


def ended(client: TestClient, address: str) -> str:
    """The progress of a job once it has ended."""
    for _ in range(600):
        answer = client.get(f"{address}/progress")
        if "every 1s" not in answer.text:
            return answer.text
        time.sleep(0.1)
    raise AssertionError(f"the job did not end: {answer.text}")


def test_dropped_files_are_read(client: TestClient, case: Path, folder: Path, drop: Callable[..., object]) -> None:
    assert drop("posts.csv") == "posts.csv"
    answer = client.post(
        "/c/wave/import", data={"batch": BATCH, "role": "case", "platform": "twitter"}, follow_redirects=False
    )
    assert answer.status_code == 303
    told = ended(client, answer.headers["location"])
    assert "$ inconcert ingest wave posts.csv --platform twitter" in told
    assert "Done." in told
    assert client.get(f"{answer.headers['location']}/progress").headers["hx-redirect"] == "/c/wave/"
    assert len(open_case(case).imports("case")) == 1
    assert not list((folder / BROUGHT).rglob("posts.csv"))


def test_what_cannot_be_read_says_why_and_leaves_nothing(
    client: TestClient, case: Path, drop: Callable[..., object]
) -> None:
    drop("day.csv", b"day,price\n1,2\n")
    answer = client.post("/c/wave/import", data={"batch": BATCH}, follow_redirects=False)
    told = ended(client, answer.headers["location"])
    assert "It stopped" in told
    assert "no column that names the author" in told
    assert open_case(case).imports() == {}


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../x.csv", "x.csv"), ("a\\b\\c.json", "c.json"), ("--help", "help"), ("", "file"), ("\x00\n;$(x).csv", "___(x).csv"), ("…", "_"), ("x" * 300, "x" * 150)],
)  # fmt: skip
def test_a_dropped_name_is_only_a_name(drop: Callable[..., object], folder: Path, name: str, kept: str) -> None:
    sent = drop(name)
    assert [file.name for file in (folder / BROUGHT).glob(f"*/{BATCH}/*")] == [sent]
    assert str(sent).startswith(kept[:3])
    assert "/" not in str(sent)
    assert not str(sent).startswith(("-", "."))


def test_two_files_of_one_name_are_both_kept(drop: Callable[..., object]) -> None:
    assert [drop("a.csv"), drop("a.csv"), drop("a.csv")] == ["a.csv", "2-a.csv", "3-a.csv"]


@pytest.mark.parametrize("batch", ["", "..", "../../etc", "0123456789ABCDEF", "0" * 17])
def test_a_batch_is_no_path(client: TestClient, case: Path, folder: Path, batch: str) -> None:
    answer = client.post("/c/wave/import/file", params={"batch": batch, "name": "a"}, content=b"x")
    assert answer.status_code == 400
    assert not (folder / BROUGHT).exists()


def test_the_page_prints_the_command_of_what_is_chosen(client: TestClient, case: Path) -> None:
    fields = {"file": ["a b.csv", "c.json"], "role": "control", "zone": "Asia/Tokyo; rm -rf", "investigate": "yes"}
    told = client.post("/c/wave/import/command", data=fields).text
    assert "inconcert ingest wave &#39;a b.csv&#39; c.json --zone &#39;Asia/Tokyo; rm -rf&#39; --role control" in told
    assert "inconcert investigate --case wave" in told


def test_pages_of_work_have_the_title_of_the_case_and_do_not_point_at_themselves(
    client: TestClient, folder: Path
) -> None:
    init(folder / "wave", title="A wave in March", now=NOW)
    assert "A wave in March</span>" in client.get("/c/wave/import").text
    told = client.get("/c/wave/").text  # waits for its first preparation
    assert "A wave in March</span>" in told
    assert "inconcert prepare wave" in told
    assert "See how far" not in told


def test_what_can_be_read_is_offered_by_title(client: TestClient, case: Path) -> None:
    offered = re.findall(r'<option value="\w+">([^<]+)', client.get("/c/wave/import").text)
    assert len(offered) > 50
    assert offered == sorted(offered, key=str.casefold)


def test_one_work_at_a_time_on_a_case(client: TestClient, case: Path, drop: Callable[..., object]) -> None:
    drop("posts.csv")
    first = client.post("/c/wave/import", data={"batch": BATCH}, follow_redirects=False)
    second = client.post("/c/wave/import", data={"batch": BATCH, "investigate": "yes"}, follow_redirects=False)
    assert second.status_code == 409
    assert "Something runs on wave already" in second.text
    ended(client, first.headers["location"])


def test_cancelled_work_damages_nothing(client: TestClient, case: Path, drop: Callable[..., object]) -> None:
    from inconcert.verbs.verify import verify

    drop("posts.csv", POSTS + b"".join(b"x%d,y,2024-05-01T10:00:00Z,words of y %d\n" % (i, i) for i in range(300_000)))
    job = client.post("/c/wave/import", data={"batch": BATCH}, follow_redirects=False).headers["location"]
    time.sleep(1.0)
    client.post(f"{job}/cancel")
    assert "Cancelled" in ended(client, job)
    assert verify(open_case(case)).intact
