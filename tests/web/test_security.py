"""Nobody but our own pages on this machine is answered, and no answer lets the browser load anything from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from inconcert.case import is_case

BEGIN = {"name": "wave", "title": "Wave"}


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:8360", "", "127.0.0.1:8360.evil.example"],
)
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 403
    assert "Cases" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8360", "localhost:8360", "[::1]:8360"])
def test_the_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"x-inconcert-token": ""},
        {"x-inconcert-token": "a token of the tests "},
        {"x-inconcert-token": "é"},
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"content-type": "multipart/form-data; boundary=x; charset=unicode_escape"},
        {"content-type": 'multipart/form-data; boundary=x; charset="zip"'},
    ],
)
def test_a_write_from_elsewhere_changes_nothing(client: TestClient, folder: Path, headers: dict[str, str]) -> None:
    sent = {name: value.encode() for name, value in headers.items()}
    assert client.post("/begin", data=BEGIN, headers=sent, follow_redirects=False).status_code == 403
    assert not (folder / "wave").exists()


def test_a_form_of_ours_carries_what_a_write_needs(client: TestClient, folder: Path) -> None:
    del client.headers["x-inconcert-token"]
    page = client.get("/").text
    action = page.split('action="')[1].split('"')[0]
    answer = client.post(action, data=BEGIN, headers={"origin": "http://127.0.0.1:8360"}, follow_redirects=False)
    assert answer.status_code == 303
    assert is_case(folder / "wave")


def test_another_site_may_link_here_but_not_load_from_here(client: TestClient) -> None:
    cross = {"sec-fetch-site": "cross-site"}
    assert client.get("/static/workbench.css", headers=cross).status_code == 403
    assert client.get("/", headers={**cross, "sec-fetch-mode": "navigate"}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/nowhere", "/static/workbench.css", "/c/nowhere/import", "/jobs/none"])
def test_every_answer_forbids_what_is_not_from_here(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert {source for sources in policy.values() for source in sources.split()} <= {"'none'", "'self'", "data:"}
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"


def test_the_cookie_is_not_for_scripts_or_other_sites(client: TestClient) -> None:
    cookie = client.get("/").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
