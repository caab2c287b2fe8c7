"""A workbench over a folder of cases, asked without a socket, or served to a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.browse.conftest import write
from tests.web.known_library import compared
from tests.web.placed_case import entered, labelled
from tests.web.raised_case import ADDRESS, CONTRACT, raised
from tests.web.serving import Served, served
from tests.web.windows import Windows

from inconcert.case import Case, open_case
from inconcert.verbs.attribute import attribute
from inconcert.verbs.init import init
from inconcert.verbs.investigate import investigate
from inconcert.verbs.prepare import prepare
from inconcert.web.app import application

PORT = 8360
TOKEN = "a token of the tests"
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What is served."""
    made = tmp_path / "cases"
    made.mkdir()
    return made


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    """A browser that sends what our own pages send."""
    app = application(folder, port=PORT, clock=lambda: NOW, token=TOKEN)
    with TestClient(app, base_url=f"http://127.0.0.1:{PORT}", raise_server_exceptions=False) as browser:
        browser.headers["x-inconcert-token"] = TOKEN
        yield browser


@pytest.fixture(scope="session")
def investigated_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with every run and prepared for its pages: two exports of a crowd in which eight accounts act together (G1)."""
    scratch = tmp_path_factory.mktemp("investigated")
    case = init(scratch / "wave", title="A wave in March", now=NOW)
    investigate(write(scratch, 3), case=case.path, now=NOW)
    compared(case, scratch / "published")
    prepare(case)
    return case.path


@pytest.fixture
def investigated(folder: Path, investigated_once: Path) -> Case:
    """A copy of that case in the served folder, named `wave`: the test may change it."""
    return open_case(shutil.copytree(investigated_once, folder / "wave"))


@pytest.fixture(scope="session")
def raised_once(investigated_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That case with its group at L3, prepared."""
    return raised(open_case(shutil.copytree(investigated_once, tmp_path_factory.mktemp("raised") / "wave"))).path


@pytest.fixture
def high(folder: Path, raised_once: Path) -> Case:
    """A copy of it in the served folder, named `wave`, with two items under the name of Ann Lee: a contractor is likely."""
    case = open_case(shutil.copytree(raised_once, folder / "wave"))
    for one in (CONTRACT, ADDRESS):
        attribute(case, "G1", one, by="Ann Lee")
    return case


@pytest.fixture(scope="session")
def placed_once(investigated_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That case with region labels and its group at L3, prepared."""
    copy = shutil.copytree(investigated_once, tmp_path_factory.mktemp("placed") / "wave")
    return raised(labelled(open_case(copy))).path


@pytest.fixture
def placed(folder: Path, placed_once: Path) -> Case:
    """A copy of it in the served folder, not located yet."""
    return open_case(shutil.copytree(placed_once, folder / "wave"))


@pytest.fixture
def full(placed: Case, tmp_path: Path) -> Case:
    """The same with a clue (P1), a sheet (P2) and a review of it (P3), located."""
    return entered(placed, tmp_path)


@pytest.fixture
def windows(chromium: Any, serve: Any) -> Iterator[Windows]:
    """Opens windows; afterwards nothing may have complained, asked, or left this machine. They close before the servers end."""
    opened = Windows(chromium)
    yield opened
    opened.close()
    assert opened.complaints == []


@pytest.fixture
def serve() -> Iterator[Callable[[Path], Served]]:
    """Starts a server of its own over a folder, as the command line does; ended after the test."""
    running: list[Served] = []

    def start(folder: Path) -> Served:
        running.append(served(folder))
        return running[-1]

    yield start
    for one in running:
        one.end()
