"""Private messages and live credentials are recognised by what only they have; posts that speak of them are not."""

from __future__ import annotations

import gzip
import json
import sqlite3
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.errors import InputError
from inconcert.ingest.reading import open_reading
from inconcert.ingest.sensitive import LIVE_CREDENTIALS, LOOKED_BYTES, PRIVATE_MESSAGES, look_for_sensitive, look_in
from inconcert.ingest.stream.byte_stream import Plain
from inconcert.ingest.stream.members import sole_member

SAMPLES = Path(__file__).parent.parent / "contract" / "importers"
SECRET = "s3cr3tS3CR3Ts3cr3tS3CR3T"
TELEGRAM = {"name": "N", "id": 7, "messages": [{"id": 1, "type": "message", "from": "A", "text": "hi"}]}

PRIVATE = {
    **{kind: json.dumps({**TELEGRAM, "type": kind}) for kind in ("personal_chat", "private_group", "saved_messages")},
    "several chats": json.dumps({"chats": {"list": [{**TELEGRAM, "type": "public_channel"}, {**TELEGRAM, "type": "personal_chat"}]}}, indent=1),
    "telethon": json.dumps({"_": "Message", "id": 1, "peer_id": {"_": "PeerUser", "user_id": 5}, "message": "hi"}),
    "x archive": "window.YTD.direct_messages.part0 = [ {\n  \"dmConversation\" : {\n } } ]",
    "x archive as json": '[{"dmConversation": {"conversationId": "1-2", "messages": []}}]',
    "facebook": json.dumps({"participants": [{"name": "A"}, {"name": "B"}], "messages": [{"sender_name": "A", "timestamp_ms": 1, "content": "x"}]}),
    "discord": json.dumps({"guild": {"id": "0"}, "channel": {"id": "1", "type": "DirectTextChat"}, "messages": []}),
    "signal": '{"envelope":{"source":"+1","dataMessage":{"message":"hi"}}}\n{"envelope":{"source":"+1","syncMessage":{}}}',
    "whatsapp in brackets": "\u200e[31.12.23, 22:00:01] Ann: \u200eMessages and calls are end-to-end encrypted.\n[31.12.23, 22:00:05] Bob: hi\n",
    "whatsapp with dashes": "31/12/2023, 22:00 - Ann B.: hello\nand more\n31/12/2023, 22:01 - Bob: hi\n12/31/23, 10:02\u202fPM - Bob: so\n",
    "x archive after a comment": "// saved by hand\nvar dms = [ {\"dmConversation\": {}} ]",
    "tiktok": json.dumps({"Direct Messages": {"Chat History": {"ChatHistory": {"Chat History With ann:": []}}}}),
    "mailbox": "From ann@example.org Mon Jan  1 10:00:00 2024\nFrom: ann@example.org\nTo: bob@example.org\n\nhi\n",
    "mail": "Return-Path: <a@example.org>\nReceived: from x by y\nFrom: a@example.org\nTo: b@example.org\nSubject: hi\n\nhi\n",
    "text messages": "<?xml version='1.0'?>\n<smses count='1'>\n<sms address='+1' body='hi'/></smses>",
}  # fmt: skip

CREDENTIALS = {
    "access token": json.dumps({"user": "a", "access_token": SECRET}),
    "refresh token": json.dumps([{"refreshToken": SECRET}], indent=1),
    "password": '{"login": "a", "password": "hunter2x"}\n{"login": "b", "password": "hunter3x"}\n',
    "cookies of a browser": json.dumps([{"domain": ".example.org", "httpOnly": True, "name": "a", "value": "b"}]),
    "cookie file": "# Netscape HTTP Cookie File\n.example.org\tTRUE\t/\tTRUE\t0\tname\tvalue\n",
    "har": json.dumps({"log": {"version": "1.2", "entries": [{"request": {"headers": [{"name": "Cookie", "value": SECRET}]}}]}}),
    "warc": f"WARC/1.1\r\nWARC-Type: request\r\n\r\nGET / HTTP/1.1\r\nHost: example.org\r\nCookie: session={SECRET}\r\n\r\n",
    "warc with a bearer": f"WARC/1.0\r\nWARC-Type: request\r\n\r\nGET / HTTP/1.1\r\nAuthorization: Bearer {SECRET}\r\n\r\n",
    "settings": f"# of the collector\nX_USER=me\nexport X_BEARER_TOKEN='{SECRET}'\n",
    "settings of telethon": f"[telegram]\napi_id = 1\napi_hash = {SECRET}\n",
    "key of aws": f"id,author,text\n1,a,AKIA{'ABCDEFGH2345WXYZ'}\n",
    "private key": "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA3Tz2mr7SZiAMfQyuvBjM9Oi\n-----END RSA PRIVATE KEY-----\n",
    "github": f"user;token\nme;ghp_{'a1B2' * 9}\n",
    "column of tokens": f"user,access_token,created\na,{SECRET},2024-01-01\n",
    "column of passwords": "email\tpassword\na@example.org\tCorrectHorse9\n",
}  # fmt: skip

HARMLESS = {
    "posts on passwords": "id,author,created_at,text\n1,a,2024-01-01,my password is hunter2 and my token: https://t.co/AbCdEfGhIj\n",
    "a quoted member": json.dumps({"id": "1", "author": "a", "text": '{"access_token": "' + SECRET + '", "type": "personal_chat"}'}),
    "pages of an interface": json.dumps({"data": [], "meta": {"next_token": SECRET, "nextPageToken": SECRET}}),
    "tokens that name nothing": json.dumps({"id": 1, "xsec_token": SECRET, "access_hash": SECRET, "tracking_token": SECRET}),
    "a token taken out": json.dumps({"access_token": "REDACTED-REDACTED-REDACTED", "refresh_token": "*" * 24}),
    "an empty column": "id,password,text\n1,,x\n2,,y\n",
    "a column of counts": "id,cookies,text\n1,3,x\n",
    "a public channel": json.dumps({**TELEGRAM, "type": "public_channel"}),
    "a channel of telethon": json.dumps({"_": "Message", "id": 1, "peer_id": {"_": "PeerChannel", "channel_id": 5}, "message": "hi"}),
    "times and names": "time,author,text\n2024-01-01 10:00,Ann: the one,x\n2024-01-01 10:01,Bob,y: z\n",
    "heads of a response": "WARC/1.1\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: anonymous=1234567890\r\n\r\n<p>",
    "a page": f'<html><script>{{"access_token": "{SECRET}"}}</script></html>',
    "continents": "id,author,text\n1,a,ASIAPACIFICECONOMICS AKIA ASIAPACIFICSUMMITXY\n",
    "a post with a setting": "id,author,text\n1,a,\"do this\nAPI_TOKEN=abcdefghijkl\nand that\"\n2,b,x\n",
}  # fmt: skip


@pytest.mark.parametrize("name", PRIVATE)
def test_private_messages_are_recognised(name: str) -> None:
    seen = look_in(PRIVATE[name].encode())
    assert seen is not None
    assert seen.kind == PRIVATE_MESSAGES


@pytest.mark.parametrize("name", CREDENTIALS)
def test_credentials_are_recognised_and_never_shown(name: str) -> None:
    seen = look_in(CREDENTIALS[name].encode())
    assert seen is not None
    assert seen.kind == LIVE_CREDENTIALS
    said = seen.refusal("file") + seen.words
    for secret in (SECRET, "hunter2x", "ABCDEFGH", "MIIEpA", "a1B2a1B2", "CorrectHorse9"):
        assert secret not in said


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_speaks_of_them_is_left_alone(name: str) -> None:
    assert look_in(HARMLESS[name].encode()) is None


def test_the_place_is_told() -> None:
    text = json.dumps([{"a": 1}, {"access_token": SECRET}], indent=1)
    seen = look_in(text.encode())
    assert seen is not None
    assert seen.seen == "a member 'access_token' with a value, in line 6"


def test_a_file_is_looked_into_unpacked_and_in_its_encoding(tmp_path: Path) -> None:
    text = PRIVATE["personal_chat"]
    for name, content in (
        ("a.json.gz", gzip.compress(text.encode())),
        ("b.json", text.encode("utf-16")),
        ("c.json", b"\xef\xbb\xbf" + text.encode()),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=r"private messages.*personal_chat.*--insist-private"):
            open_reading(tmp_path / name)


def test_a_session_of_telegram_is_recognised_without_being_opened(tmp_path: Path) -> None:
    session = sqlite3.connect(tmp_path / "me.session")
    session.execute(
        "CREATE TABLE sessions (dc_id INTEGER PRIMARY KEY, server_address TEXT, port INTEGER, auth_key BLOB)"
    )
    session.commit()
    session.close()
    with pytest.raises(InputError, match="a session of a Telegram program"):
        open_reading(tmp_path / "me.session")


def test_who_insists_reads_it_and_the_reading_says_so(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text(f"id,author,text,access_token\n1,a,hello,{SECRET}\n")
    with pytest.raises(InputError, match="live credentials: a column 'access_token'"):
        open_reading(tmp_path / "posts.csv")
    reading = open_reading(tmp_path / "posts.csv", insist_private=True)
    assert reading.insisted == "live credentials (a column 'access_token' with values)"


FILLING = {
    "json lines": ('{"id":"%d","author":"a","text":"words"}\n', ""),
    "json": ('{"id":"%d","author":"a","text":"words"},\n', "["),
    "table": ("%d,a,2024-01-01,words\n", "id,author,created_at,text\n"),
    "prose": ("Line %d of a long text without any meaning.\n", ""),
    "warc": (
        "WARC/1.1\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>page %d</p>\r\nCookie: a word of the page\r\n\r\n",
        "",
    ),
    "x archive": ('{"tweet":{"id":"%d"}},\n', "// saved\nwindow.YTD.tweets.part0 = ["),
}
LATER = {
    "telegram": ("json", json.dumps({**TELEGRAM, "type": "personal_chat"})),
    "telethon": ("json lines", json.dumps({"_": "Message", "id": 1, "peer_id": {"_": "PeerUser", "user_id": 5}})),
    "facebook": ("json lines", json.dumps({"sender_name": "A", "timestamp_ms": 1, "content": "x"})),
    "direct messages of x": ("json lines", json.dumps({"event_type": "MessageCreate", "dm_conversation_id": "1-2"})),
    "sender and recipient": ("json lines", json.dumps({"sender_id": "1", "recipient_id": "2", "text": "x"})),
    "archive of x": ("x archive", '{"dmConversation":{"conversationId":"1-2"}}'),
    "whatsapp": ("prose", "".join(f"31/12/2023, 22:{n:02d} - Ann: hello\n" for n in range(8))),
    "whatsapp in brackets": ("prose", "".join(f"\u200e[31.12.23, 22:00:{n:02d}] Ann: hi\n" for n in range(8))),
    "mailbox": ("prose", "From ann@example.org Mon Jan  1 10:00:00 2024\nFrom: ann@example.org\n\nhi\n"),
    "token": ("json lines", json.dumps({"user": "a", "access_token": SECRET})),
    "key in a table": ("table", f"1,a,2024-01-01,ghp_{'a1B2' * 9}\n"),
    "key in prose": ("prose", "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA3Tz2mr7SZiAMfQyuvBjM9Oi\n"),
    "request": ("warc", f"WARC/1.1\r\nWARC-Type: request\r\n\r\nGET /a HTTP/1.1\r\nHost: b\r\nCookie: id={SECRET}\r\n\r\n"),
}  # fmt: skip


@cache
def filled(filling: str) -> str:
    line, head = FILLING[filling]
    return head + "".join(line % n for n in range((LOOKED_BYTES + (4 << 20)) // len(line)))


def long(filling: str, at_end: str) -> str:
    return filled(filling) + at_end


@pytest.mark.parametrize("name", LATER)
def test_what_comes_after_five_mebibytes_is_seen(tmp_path: Path, name: str) -> None:
    filling, at_end = LATER[name]
    for file, text in (("with", long(filling, at_end)), ("without", long(filling, ""))):
        (tmp_path / file).write_text(text, newline="")
    seen = look_for_sensitive(Plain(tmp_path / "with"), "file")
    assert seen is not None
    assert SECRET not in seen.words
    assert look_for_sensitive(Plain(tmp_path / "with"), "file", whole=False) is None
    assert look_for_sensitive(Plain(tmp_path / "without"), "file") is None


def test_what_lies_across_two_stretches_is_seen_and_its_line_told(tmp_path: Path) -> None:
    line = '{"id":"1","text":"' + "x" * 80 + '"}\n'
    before = (4 << 20) // len(line)
    for shift in (0, 40, 90, 130):
        text = line * (before - 1) + " " * shift + json.dumps({"access_token": SECRET}) + "\n" + line * before
        (tmp_path / "file").write_text(text)
        seen = look_for_sensitive(Plain(tmp_path / "file"), "file")
        assert seen is not None
        assert seen.seen == f"a member 'access_token' with a value, in line {before:,}"


def test_a_column_may_have_its_first_value_late(tmp_path: Path) -> None:
    for name, kind in (("access_token", LIVE_CREDENTIALS), ("recipient", PRIVATE_MESSAGES)):
        rows = "".join(f'{n},a,,"words, ""quoted"", and more"\n' for n in range(60_000))
        (tmp_path / "file").write_text(f"id,author,{name},text\n{rows}9,a,{SECRET},x\n")
        seen = look_for_sensitive(Plain(tmp_path / "file"), "file")
        assert seen is not None
        assert (seen.kind, SECRET in seen.words) == (kind, False)
        (tmp_path / "file").write_text(f"id,author,{name},text\n{rows}")
        assert look_for_sensitive(Plain(tmp_path / "file"), "file") is None


@pytest.mark.parametrize(
    ("header", "addressed"),
    [
        ("from,to,subject,body", True), ("FROM,TO,DATE,CONTENT", True), ("sender,receiver_id,text", True), ("发件人,收件人,正文", True),
        ("from,to,weight", False), ("source,target,text", False), ("from_user,to_user_id,text", False), ("id,author,text", False),
    ],
)  # fmt: skip
def test_a_table_with_recipients_is_one_of_messages(tmp_path: Path, header: str, addressed: bool) -> None:
    (tmp_path / "file").write_text(f"{header}\n" + ",".join("abcd"[: header.count(",") + 1]) + "\n")
    assert (look_for_sensitive(Plain(tmp_path / "file"), "file") is not None) is addressed


def test_a_few_lines_of_a_chat_in_a_post_make_a_table_no_chat(tmp_path: Path) -> None:
    quoted = "".join(f"31/12/2023, 22:{n:02d} - Ann: hello\n" for n in range(12))
    (tmp_path / "file").write_text(long("table", f'1,a,2024-01-01,"{quoted}"\n'))
    assert look_for_sensitive(Plain(tmp_path / "file"), "file") is None


def test_parquet_is_looked_into_by_column(tmp_path: Path) -> None:
    plain = {"id": ["1", "2"], "text": ["a", None]}
    for columns, kind in (
        (plain, None),
        ({**plain, "access_token": [None, SECRET]}, LIVE_CREDENTIALS),
        ({**plain, "recipient_id": [None, 5]}, PRIVATE_MESSAGES),
        ({**plain, "note": ["x", f"ghp_{'a1B2' * 9}"]}, LIVE_CREDENTIALS),
    ):
        pq.write_table(pa.table(columns), tmp_path / "file")
        seen = look_for_sensitive(Plain(tmp_path / "file"), "file")
        assert (seen and seen.kind) == kind
        assert seen is None or SECRET not in seen.words


def falsely_alarming(folder: Path) -> dict[str, str]:
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and file.stat().st_size]
    seen = {}
    for file in files:
        try:
            found = look_for_sensitive(sole_member(file, file.name), file.name)
        except InputError:
            continue
        if found is not None:
            seen[str(file.relative_to(folder))] = found.words
    assert files
    return seen


def test_no_sample_of_an_importer_is_taken_for_one() -> None:
    assert falsely_alarming(SAMPLES) == {}


@pytest.mark.data
def test_no_file_of_the_research_data_is_taken_for_one(shared_data: Path) -> None:
    assert falsely_alarming(shared_data) == {}


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from([*PRIVATE.values(), *CREDENTIALS.values(), '"', "{", "[", "\n", "SECRET=", "a:", "\ud7ff"])
        | st.text(max_size=20),
        max_size=6,
    )
)
def test_any_text_is_looked_through(parts: list[str]) -> None:
    seen = look_in("".join(parts).encode("utf-8", "replace"))
    assert seen is None or SECRET not in seen.words


@pytest.mark.parametrize("piece", ['"access_token":"', "SECRET", "A_SECRET_", "[1/1/11, 1:11] a", "From ", "Cookie: ", '{"name": "cookie", ', "-----BEGIN ", "AKIA", " "])  # fmt: skip
@pytest.mark.parametrize("head", ["", "{", "WARC/1.0\n", '{"log": {'])
def test_a_long_repetition_takes_no_long_time(piece: str, head: str) -> None:
    """Whoever tries every place of it at every place would not come to an end."""
    text = head + piece * (LOOKED_BYTES // len(piece))
    assert look_in(text.encode()[:LOOKED_BYTES]) is None
