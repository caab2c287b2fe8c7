"""Messengers and open networks: exports of one platform through different tools meet, and odd members are no crash."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contract.test_importers import FOLDER
from tests.ingest.conftest import Read

from inconcert.errors import InputError
from inconcert.ingest.formats.json_text import read_value
from inconcert.ingest.importers import IMPORTERS
from inconcert.ingest.shape import Passed, Unfit, unfold
from inconcert.ingest.tools.fediverse_account import actor, known_as
from inconcert.ingest.tools.telegram_peer import account, chat, message

SHAPED = (
    "telegram_desktop", "telethon", "mastodon", "activitypub", "bluesky_jetstream", "bluesky", "bluesky_repository", "vk",
)  # fmt: skip
odd = st.recursive(
    st.none()
    | st.booleans()
    | st.text(max_size=5)
    | st.sampled_from(["9" * 30, "-1", "1e9", "at://", "did:", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def golden(importer: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((FOLDER / "golden" / f"{importer}.json").read_text("utf-8"))["rows"]
    return rows


def natives(importer: str) -> list[Any]:
    """The objects of the sample; of the binary one, one made alike."""
    if importer == "bluesky_repository":
        line = next(iter(natives("bluesky_jetstream")))
        keys = {"did": line["did"], **{key: line["commit"][key] for key in ("collection", "rkey", "cid", "record")}}
        return [keys]
    (file,) = FOLDER.glob(f"{importer}.*")
    text = file.read_text("utf-8")
    whole = [read_value(line) for line in text.splitlines()] if file.suffix == ".jsonl" else read_value(text)
    return whole if isinstance(whole, list) else [whole]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


@pytest.mark.parametrize("importer", SHAPED)
@settings(deadline=None, max_examples=120)
@given(data=st.data())
def test_odd_members_give_records_or_a_reason(importer: str, data: st.DataObject) -> None:
    native = json.loads(json.dumps(data.draw(st.sampled_from(natives(importer)))))
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from([place for place in places(native) if place]))
        around = native
        for step in way:
            around = around[step]
        around[last] = data.draw(odd)
    shape = IMPORTERS[importer].shape
    assert shape is not None
    for one, head in unfold(native, shape.under):
        assert shape.fits(one, head) in (True, False)
        try:
            records = list(shape.records(one, head))
        except (Passed, Unfit):
            continue
        assert all(record.keys() <= set(shape.fields) for record in records)


def test_a_telegram_message_is_the_same_from_both_tools() -> None:
    desktop, telethon = golden("telegram_desktop")[0], golden("telethon")[0]
    assert [desktop[key] for key in ("post_id", "account_id", "channel_id")] == [
        telethon[key] for key in ("post_id", "account_id", "channel_id")
    ]


def test_a_bluesky_post_is_the_same_from_stream_server_and_repository() -> None:
    same = ("post_id", "account_id", "created_at", "text", "thread_id", "urls", "hashtags", "mentions")
    posts = [
        next(row for row in golden(one) if row.get("post_id", "").endswith("/3kaaaaaaaaa2a"))
        for one in ("bluesky_jetstream", "bluesky", "bluesky_repository")
    ]
    assert len({tuple(post[key] for key in same) for post in posts}) == 1
    shares = [row for one in ("bluesky_jetstream", "bluesky") for row in golden(one) if "shared_id" in row]
    assert {share["post_id"] for share in shares} == {shares[0]["post_id"]}


def test_an_account_of_the_open_network_has_one_name() -> None:
    assert known_as({"url": "https://m.example/@a", "acct": "a"}) == actor("https://m.example/users/a")
    assert (
        known_as({"uri": "https://m.example/ap/users/1", "url": "https://m.example/@a"})
        == "https://m.example/ap/users/1"
    )
    assert known_as({"acct": "a"}, "https://m.example/users/a/statuses/1") == "https://m.example/users/a"
    assert actor("https://m.example/@a@n.example") == "https://m.example/@a@n.example"
    assert actor({"id": "https://n.example/u/b"}) == actor(["https://n.example/u/b"]) == "https://n.example/u/b"


def test_peers_of_telegram_are_told_apart() -> None:
    assert account({"_": "PeerChannel", "channel_id": "15"}) == account("-10015") == account("channel15") == "channel15"
    assert account("6000000001") == "user6000000001"
    assert account("-7") == "chat7"
    assert (chat("channel15"), chat("Quay Times"), chat(None)) == ("15", None, None)
    assert message(None, "1") is message("1", None) is message("1", {}) is None


def test_truth_social_is_told_from_mastodon_by_its_addresses(read: Read) -> None:
    status = {
        "id": "11", "uri": "https://truthsocial.com/@a/11", "created_at": "2024-01-01T00:00:00Z", "content": "<p>x</p>",
        "account": {"id": "7", "acct": "a"}, "in_reply_to_id": "10", "mentions": [],
    }  # fmt: skip
    _, (row,), _ = read(json.dumps(status).encode(), "s.json")
    assert (row["platform"], row["post_id"], row["account_id"], row["reply_to_id"]) == ("truthsocial", "11", "7", "10")


def test_chats_exported_as_html_are_refused_with_the_remedy(read: Read) -> None:
    page = b'<!DOCTYPE html>\n<html>\n <head>\n  <title>Exported Data</title>\n </head><body><div class="page_wrap">hi</div></body></html>'
    with pytest.raises(InputError, match=r"messages\.html is a chat that Telegram Desktop exported as HTML.*JSON"):
        read(page, "messages.html")


def test_direct_messages_and_likes_are_counted_and_not_read(read: Read) -> None:
    reading, rows, rejects = read((FOLDER / "activitypub.json").read_bytes(), "outbox.json")
    assert not any("only you" in (row["text"] or "") for row in rows)
    (batch,) = reading.batches()
    assert (dict(batch.passed), rejects) == ({"direct messages, which are not read": 1, "likes": 1}, [])


def test_an_error_of_vk_is_a_reject(read: Read) -> None:
    pages = (FOLDER / "vk.jsonl").read_bytes() + b'{"error": {"error_code": 6, "error_msg": "Too many requests"}}\n'
    _, rows, rejects = read(pages, "vk.jsonl")
    assert len(rows) == len(golden("vk"))
    assert [reject.reason for reject in rejects] == ["VK answered with an error: Too many requests"]
