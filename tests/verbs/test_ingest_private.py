"""Private messages and credentials stay out of a case unless the user insists; then the import says so for ever."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from inconcert.case import Case, create_case
from inconcert.errors import InputError, NotAllRead
from inconcert.ingest.sensitive import LOOKED_BYTES
from inconcert.verbs.ingest import ingest
from inconcert.verbs.rejects import rejects
from inconcert.verbs.verify import verify

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LONG = "these words are long enough to be compared"
POSTS = f"id,author,created_at,text\n1,a,2024-06-01T10:00:05Z,{LONG}\n2,b,2024-06-01T10:00:06Z,{LONG}\n"
TOKENS = POSTS.replace("text\n", "text,access_token\n").replace(f"{LONG}\n", f"{LONG},s3cr3tS3CR3Ts3cr3tS3CR3T\n")
CHAT = "[31.12.23, 22:00:01] Ann: hi\n[31.12.23, 22:00:05] Bob: hello\n"


@pytest.fixture
def empty(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", now=NOW)


def originals(case: Case) -> list[Path]:
    return [path for path in (case.path / "raw").rglob("*") if path.is_file()]


def insisted(case: Case) -> list[str | None]:
    return [pq.read_table(part)["insisted"][0].as_py() for part in case.parts("imports")]


def test_a_refused_file_leaves_nothing_in_the_case(tmp_path: Path, empty: Case) -> None:
    (tmp_path / "good.csv").write_text(POSTS)
    (tmp_path / "tokens.csv").write_text(TOKENS)
    with pytest.raises(NotAllRead, match=r"tokens\.csv .*live credentials.*--insist-private") as refused:
        ingest(empty, [tmp_path / "good.csv", tmp_path / "tokens.csv"], now=NOW)
    assert "s3cr3t" not in str(refused.value)
    assert len(empty.imports()) == 1
    assert [path.read_text() for path in originals(empty)] == [POSTS]


def test_an_import_that_was_insisted_on_says_so_for_ever(tmp_path: Path, empty: Case) -> None:
    (tmp_path / "tokens.csv").write_text(TOKENS)
    (tmp_path / "good.csv").write_text(POSTS)
    first, other = ingest(empty, [tmp_path / "tokens.csv", tmp_path / "good.csv"], insist_private=True, now=NOW)
    said = "live credentials (a column 'access_token' with values)"
    assert any(
        note == f"Read because --insist-private was given: {said}. The import says so for as long as the case exists."
        for note in first.notes
    )
    assert not any("insist" in note for note in other.notes)
    assert sorted(insisted(empty), key=str) == [None, said]
    (wrote,) = [one for one in empty.statements() if one.about == f"data/{first.import_id}"]
    assert wrote.value["insisted"] == said
    assert verify(empty, recompute=False).intact


@pytest.mark.parametrize("packing", ["zip", "tar.gz"])
def test_one_such_file_in_an_archive_is_enough_for_the_case_keeps_it_whole(
    tmp_path: Path, empty: Case, packing: str
) -> None:
    archive = tmp_path / f"export.{packing}"
    files = {"posts.csv": POSTS, "chats/_chat.txt": CHAT}
    if packing == "zip":
        with zipfile.ZipFile(archive, "w") as packed:
            for name, text in files.items():
                packed.writestr(name, text)
    else:
        with tarfile.open(archive, "w:gz") as tar:
            for name, text in files.items():
                about = tarfile.TarInfo(name)
                about.size = len(text)
                tar.addfile(about, io.BytesIO(text.encode()))
    with pytest.raises(InputError, match=rf"export\.{packing}/chats/_chat\.txt .*private messages"):
        ingest(empty, [archive], now=NOW)
    assert originals(empty) == []
    (result,) = ingest(empty, [archive], insist_private=True, now=NOW)
    assert (result.file, result.rows_kept) == (f"export.{packing}/posts.csv", 2)
    (said,) = insisted(empty)
    assert said is not None
    assert said.startswith("private messages (the log of a chat")
    assert said.endswith(f"in export.{packing}/chats/_chat.txt")


def test_a_private_chat_is_refused_and_a_public_channel_beside_it_is_not(tmp_path: Path, empty: Case) -> None:
    message = {
        "id": 1,
        "type": "message",
        "date": "2024-06-01T10:00:05",
        "date_unixtime": "1717236005",
        "from": "N",
        "from_id": "channel7",
        "text": LONG,
    }
    for kind in ("personal_chat", "public_channel"):
        (tmp_path / f"{kind}.json").write_text(json.dumps({"name": "N", "type": kind, "id": 7, "messages": [message]}))
    with pytest.raises(InputError, match=r"personal_chat\.json looks as if it held private messages"):
        ingest(empty, [tmp_path / "personal_chat.json"], now=NOW)
    (result,) = ingest(empty, [tmp_path / "public_channel.json"], now=NOW)
    assert result.rows_kept == 1


@pytest.mark.parametrize("kind", ["plain", "zip", "zip in a zip", "tar in a zip"])
def test_what_stands_at_the_end_of_a_long_file_is_seen_before_anything_is_kept(
    tmp_path: Path, empty: Case, kind: str
) -> None:
    posts = [
        {"id": str(n), "author": f"a{n}", "created_at": "2024-06-01T10:00:05Z", "text": LONG} for n in range(15_000)
    ]
    private = {"_": "Message", "id": 1, "peer_id": {"_": "PeerUser", "user_id": 5}, "message": "between us"}
    content = "".join(json.dumps(one) + "\n" for one in [*posts, private]).encode()
    file = tmp_path / "posts.jsonl"
    if kind == "plain":
        file.write_bytes(content)
    else:
        inner = io.BytesIO()
        if kind == "tar in a zip":
            with tarfile.open(fileobj=inner, mode="w:gz") as tar:
                about = tarfile.TarInfo("posts.jsonl")
                about.size = len(content)
                tar.addfile(about, io.BytesIO(content))
        else:
            with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as packed:
                packed.writestr("posts.jsonl", content)
        file = tmp_path / "all.zip"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("good.csv", POSTS)
            packed.writestr("posts.jsonl" if kind == "zip" else "inner", content if kind == "zip" else inner.getvalue())
    assert len(content) > LOOKED_BYTES
    with pytest.raises(
        InputError, match=r"posts\.jsonl looks as if it held private messages: messages of Telegram"
    ) as refused:
        ingest(empty, [file], now=NOW)
    assert "between us" not in str(refused.value)
    assert (empty.imports(), originals(empty), empty.statements()[1:]) == ({}, [], [])


def test_messages_in_a_script_of_an_archive_are_seen(tmp_path: Path, empty: Case) -> None:
    with zipfile.ZipFile(tmp_path / "twitter.zip", "w") as packed:
        packed.writestr("data/posts.csv", POSTS)
        packed.writestr("data/direct-messages.js", 'window.YTD.direct_messages.part0 = [ { "dmConversation" : { } } ]')
    with pytest.raises(InputError, match=r"direct-messages\.js looks as if it held private messages"):
        ingest(empty, [tmp_path / "twitter.zip"], now=NOW)
    assert originals(empty) == []


def test_a_private_message_that_only_its_reader_knows_is_set_aside_and_never_shown(tmp_path: Path, empty: Case) -> None:
    """JSON can spell a word so that nothing that looks at bytes finds it."""
    message = {
        "id": 1,
        "type": "message",
        "date": "2024-06-01T10:00:05",
        "date_unixtime": "1717236005",
        "from": "N",
        "from_id": "user7",
        "text": LONG,
    }
    chats = [
        {"name": "N", "type": kind, "id": place, "messages": [{**message, "text": f"{LONG} {kind}"}] * 1}
        for place, kind in enumerate(["public_channel", "personal_chat"])
    ]
    text = json.dumps({"chats": {"list": chats}}).replace('"type": "personal_chat"', '"type": "personal_ch\\u0061t"')
    (tmp_path / "result.json").write_text(text)
    (result,) = ingest(empty, [tmp_path / "result.json"], now=NOW)
    assert (result.rows_kept, result.rows_rejected) == (1, 1)
    assert "personal" not in repr(result)
    shown = rejects(empty, now=NOW)
    assert "a private message, which is not read" in repr(shown)
    assert f"{LONG} personal" not in repr(shown)
