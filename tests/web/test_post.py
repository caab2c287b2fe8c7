"""The page of a post shows all that the case holds of it: masked, defanged, with the record it was read from and its pictures veiled."""

from __future__ import annotations

import hashlib
import html
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.browse.conftest import handle_of
from tests.web.conftest import NOW

from inconcert.case import Case
from inconcert.verbs.import_media import import_media
from inconcert.verbs.ingest import ingest
from inconcert.verbs.prepare import prepare


def one(case: Case, where: str) -> dict[str, Any]:
    """The first post of which that holds."""
    row = prepare(case).row(
        f"SELECT p.*, a.id FROM posts AS p JOIN accounts AS a USING (account) WHERE {where} ORDER BY post"
    )
    assert row is not None
    return row


def us_time(row: dict[str, Any]) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=row["time_us"])).isoformat()


def address(row: dict[str, Any]) -> str:
    return f"/c/wave/post/{row['import_id']}/{row['row_ref']}"


def test_hostile_text_is_shown_and_cannot_act(client: TestClient, investigated: Case) -> None:
    page = client.get(address(one(investigated, "text LIKE '%<script>%'"))).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "⟨U+202E⟩" in page
    assert "hxxps://x[.]com/" in page
    assert 'href="http' not in page
    assert "{{ 7 * 7 }}" in page


def test_mentions_are_masked_until_names_are_switched_on(client: TestClient, investigated: Case) -> None:
    row = one(investigated, "text LIKE 'see @handle%'")
    mentioned = re.search(r"@(\w+)", row["text"])
    assert mentioned is not None
    assert mentioned[1] not in client.get(address(row)).text
    client.post("/c/wave/names")
    assert mentioned[1] in client.get(address(row)).text


def test_what_a_post_answers_is_linked_where_the_case_holds_it(client: TestClient, investigated: Case) -> None:
    view = prepare(investigated)
    row = one(investigated, "reply_to_id IN (SELECT post_id FROM posts)")
    (answered,) = view.rows("SELECT import_id, row_ref FROM posts WHERE post_id = ?", [row["reply_to_id"]])
    assert f'href="{address(answered)}">a post of this case' in client.get(address(row)).text
    replies = view.rows("SELECT import_id, row_ref FROM posts WHERE reply_to_id = ?", [row["reply_to_id"]])
    shown = client.get(address(answered)).text
    assert "Who replied to it" in shown
    assert all(address(reply) in shown for reply in replies)
    absent = one(investigated, "shared_id IS NOT NULL")
    page = client.get(address(absent)).text
    assert "a post that the case does not hold" in page
    assert absent["shared_id"] not in page


def test_the_record_is_the_bytes_of_the_file(client: TestClient, investigated: Case) -> None:
    row = one(investigated, "time_us IS NOT NULL")
    file = next(
        path for path in (investigated.path / "raw").rglob("*") if path.is_file() and row["post_id"] in path.read_text()
    )
    line = file.read_bytes().splitlines(keepends=True)[row["row_ref"]]
    page = client.get(f"{address(row)}/record").text
    assert row["post_id"] not in page
    assert hashlib.sha256(file.read_bytes()).hexdigest() in page
    told = re.search(r"SHA-256 of these bytes</th><td><code>([0-9a-f]{64})", page)
    assert told is not None
    assert told[1] in {hashlib.sha256(one).hexdigest() for one in (line, line.rstrip(b"\r\n"))}
    client.post("/c/wave/names")
    page = client.get(f"{address(row)}/record").text
    assert row["post_id"] in page
    assert handle_of(row["id"]) in html.unescape(page)
    part = client.get(f"{address(row)}/record", headers={"hx-request": "true"}).text
    assert part.startswith('<div id="record" ')


def test_captures_say_what_they_changed(client: TestClient, investigated: Case, tmp_path: Path) -> None:
    row = one(investigated, "text LIKE 'look https://ring%' AND time_us IS NOT NULL")
    file = tmp_path / "later.csv"
    file.write_text(
        "post_id,account_id,handle,created_at,text,observed_at\n"
        f"{row['post_id']},{row['id']},{handle_of(row['id'])},{us_time(row)},"
        f"{row['text'].replace('look', 'never look')},2026-06-01T00:00:00Z\n"
    )
    ingest(investigated, [file], now=NOW)
    prepare(investigated)
    page = client.get(address(row)).text
    assert "Captured again" in page
    assert "<ins>never</ins>" in page


def test_pictures_are_veiled_and_only_those_of_posts_are_served(
    client: TestClient, investigated: Case, tmp_path: Path
) -> None:
    pillow = pytest.importorskip("PIL.Image", reason="pillow is not installed: pip install 'inconcert[media]'")
    row = one(investigated, "text LIKE 'look https://ring%' AND time_us IS NOT NULL")
    picture = tmp_path / "media" / f"{row['post_id']}.png"
    picture.parent.mkdir()
    pillow.effect_noise((96, 64), 80).save(picture)
    import_media(investigated, picture.parent)
    prepare(investigated)
    sha256 = hashlib.sha256(picture.read_bytes()).hexdigest()
    page = client.get(address(row)).text
    assert f'<input type="checkbox" class="hidden"><img src="/c/wave/media/{sha256}"' in page
    answer = client.get(f"/c/wave/media/{sha256}")
    assert (answer.headers["content-type"], answer.content) == ("image/png", picture.read_bytes())
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    others = [path.name for path in (investigated.path / "raw").rglob("*") if path.is_file() and path.name != sha256]
    for name in [*others, sha256[:-1], "%2e%2e%2fcase.toml", "case.toml"]:
        assert client.get(f"/c/wave/media/{name}").status_code == 404


def test_posts_that_are_not_there(client: TestClient, investigated: Case) -> None:
    row = one(investigated, "TRUE")
    for there in (
        f"/c/wave/post/{row['import_id']}/999999",
        "/c/wave/post/nothing/1",
        f"/c/wave/post/{row['import_id']}/x",
    ):
        assert client.get(there).status_code == 404
