"""Cases are begun and opened; what cannot name a case is refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import NOW

from inconcert.verbs.init import init


def test_an_empty_folder_offers_to_begin(client: TestClient) -> None:
    page = client.get("/").text
    assert "No case lies in this folder yet" in page
    assert "inconcert init NAME --title TITLE" in page


def test_a_case_is_begun_and_listed(client: TestClient) -> None:
    answer = client.post(
        "/begin", data={"name": "may wave", "title": "<b>Wave</b> \u202eof May"}, follow_redirects=False
    )
    assert answer.headers["location"] == "/c/may%20wave/import"
    page = client.get("/").text
    assert "&lt;b&gt;Wave&lt;/b&gt;" in page
    assert "⟨U+202E⟩" in page
    assert "1 May 2026" in page


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a/b", "-x", "a\\b", "x" * 101, "a.", "a\x00b", "a\nb", "/etc"])
def test_what_cannot_name_a_case_is_refused(client: TestClient, folder: Path, name: str) -> None:
    answer = client.post("/begin", data={"name": name, "title": ""})
    assert answer.status_code == 409
    assert "cannot name a case" in answer.text
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["..", "%2e%2e", "..%2fcases", "nowhere", "%00"])
def test_only_cases_of_the_folder_are_served(client: TestClient, folder: Path, name: str) -> None:
    init(folder.parent / "beside", now=NOW)
    assert client.get(f"/c/{name}/import").status_code in (404, 400)
    assert client.get("/c/..%2fbeside/import").status_code == 404
