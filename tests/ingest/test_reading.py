"""A file opened: what it is taken for, which columns it gives, and what is refused because nothing could come of it."""

from __future__ import annotations

import pyarrow as pa
import pytest

from inconcert.errors import InputError, UnknownName
from inconcert.ingest import reading as module
from inconcert.ingest.formats.html_text import html_to_text
from inconcert.ingest.stream import byte_stream, supply

from .conftest import Read


def test_the_longest_signature_decides(read: Read) -> None:
    tweets = b"tweetid,userid,tweet_text,tweet_time,tweet_client_name,user_screen_name,account_creation_date,follower_count\n"
    assert read(tweets + b"1,7,x,2020-01-01 10:00,App,a,2019-01-01,5\n")[0].importer.name == "x_io_archive"
    users = b"userid,user_screen_name,account_creation_date,follower_count\n7,a,2019-01-01,5\n"
    reading, rows, _ = read(users)
    assert reading.importer.name == "x_io_archive_users"
    assert not reading.has_posts
    assert rows == [
        {"account_id": "7", "handle": "a", "account_created_at": "2019-01-01", "followers": "5", "row_ref": 1}
    ]
    assert read(b"author,text\na,x\n")[0].importer.name == "table"


def test_a_source_may_be_stated(read: Read) -> None:
    content = b"id,author,body,timestamp,text\n1,a,x,2020-01-01,y\n"
    assert read(content)[1][0]["text"] == "y"
    reading, rows, _ = read(content, source="4cat")
    assert (reading.importer.name, rows[0]["text"]) == ("4cat", "x")
    with pytest.raises(UnknownName, match=r"No format is called '4caat'\. Did you mean '4cat'\?"):
        read(content, source="4caat")


def test_the_platform_is_the_users_before_the_importers(read: Read) -> None:
    content = b"object_id,account_id,content_id,timestamp_share\n1,2,3,1620000000\n"
    assert read(content)[0].platform is None
    assert read(content, platform="telegram")[0].platform == "telegram"
    reddit = b'{"author":"a","body":"x","created_utc":1,"parent_id":"t3_1"}'
    assert read(reddit, "r.jsonl")[0].platform == "reddit"
    assert read(reddit, "r.jsonl", platform="lemmy")[0].platform == "lemmy"


def test_words_for_gone_accounts_are_absent(read: Read) -> None:
    content = b'{"author":"a","body":"[removed]","created_utc":1,"parent_id":"t3_1"}'
    (row,) = read(content, "r.jsonl")[1]
    assert {name: value for name, value in row.items() if value is not None} == {
        "handle": "a",
        "created_at": "1",
        "deleted": "true",
        "reply_to_id": "t3_1",
        "row_ref": 1,
    }


def test_without_a_column_of_authors_the_columns_are_named_with_the_remedy(read: Read) -> None:
    with pytest.raises(
        InputError, match=r"posts\.csv has no column that names the author.*'wer', 'text'.*--map account_id=COLUMN"
    ):
        read(b"wer,text\na,x\n")
    assert read(b"wer,text\na,x\n", mapping={"handle": "wer"})[1][0]["handle"] == "a"


def test_without_anything_in_common_the_columns_are_named_with_the_remedy(read: Read) -> None:
    with pytest.raises(
        InputError, match=r"no two accounts could be found doing the same.*'author', 'date'.*--map text=COLUMN"
    ):
        read(b"author,date\na,2020-01-01\n")


def test_the_name_of_a_file_can_say_who_posted(read: Read) -> None:
    content = "id,正文,日期,工具\n1,今天,2020-01-01,iPhone\n".encode()
    reading, rows, _ = read(content, "1700000001.csv")
    assert reading.author_in_file_name
    assert rows[0]["account_id"] == "1700000001"
    with pytest.raises(InputError, match=r"named after the user, as in 1234567890\.csv"):
        read(content, "export.csv")
    assert read(content, "export.csv", mapping={"handle": "工具"})[1][0]["handle"] == "iPhone"


def test_html_becomes_text() -> None:
    values = pa.array(["<p>a &amp; b<br>c</p><p>d<script>", None, "x < y"])
    assert html_to_text(values).to_pylist() == ["a & b\nc\n\nd", None, "x < y"]


def test_batches_do_not_change_what_is_read(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"author,text\n" + b"".join(b"a%d,text %d\n" % (n, n) for n in range(1000)) + b"ragged\n"
    whole = read(content)[1:]
    monkeypatch.setattr(module, "BATCH_ROWS", 10)
    monkeypatch.setattr(supply, "BLOCK_BYTES", 100)
    monkeypatch.setattr(byte_stream, "_OUTPUT_BYTES", 30)
    assert read(content)[1:] == whole


def test_only_some_fields(read: Read) -> None:
    reading, _, _ = read(b"author,text,date\na,x,2020-01-01\n")
    (batch,) = reading.only(["created_at", "views"]).batches()
    assert batch.fields.to_pylist() == [{"created_at": "2020-01-01", "row_ref": 1}]
