"""A workbench over an empty folder, asked without a socket."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

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
