"""Fields made of several columns, and values put into the spelling of their platform."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.errors import UnknownName
from inconcert.ingest.importer import Importer, find_mapping, joined, parts_of, respelled
from inconcert.ingest.tools.addresses import PLATFORM, POST_ID

from .conftest import Read

CELLS = st.lists(st.none() | st.text("ab, -", min_size=1, max_size=4), min_size=3, max_size=3)


def table(*rows: Mapping[str, object], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


@given(CELLS)
def test_columns_together_are_those_that_are_there_and_of_ids_all(cells: list[str | None]) -> None:
    parts = [pa.array([cell], pa.string()) for cell in cells]
    there = [cell for cell in cells if cell is not None]
    assert joined("place", "a + b + c", parts).to_pylist() == [", ".join(there) or None]
    assert joined("post_id", "a + b + c", parts).to_pylist() == ["-".join(there) if len(there) == 3 else None]
    assert joined("text", "a | b | c", parts).to_pylist() == [there[0] if there else None]


def test_a_field_of_two_columns_needs_both_and_of_either_one() -> None:
    importer = Importer("t", "t", (), {"place": ("Latitude + Longitude", "Town"), "urls": ("final | link",)})
    assert find_mapping(importer, ("latitude", "LONGITUDE", "Link"), {}) == {
        "place": "latitude + LONGITUDE",
        "urls": "Link",
    }
    assert find_mapping(importer, ("latitude", "town"), {}) == {"place": "town"}
    assert find_mapping(importer, ("a", "b"), {"place": "A + b"}) == {"place": "a + b"}
    assert parts_of("a + b", ("a", "b")) == ("a", "b")
    with pytest.raises(UnknownName):
        find_mapping(importer, ("a", "b"), {"place": "a + c"})


def test_a_column_that_is_called_so_goes_before() -> None:
    importer = Importer("t", "t", (), {"place": ("x + y",)})
    assert find_mapping(importer, ("x + y", "x", "y"), {}) == {"place": "x + y"}
    assert parts_of("x + y", ("x + y", "x", "y")) == ("x + y",)


def test_users_may_join_columns_too(read: Read) -> None:
    content = table(
        {"author": "a", "text": "hello", "town": "T", "land": "L"}, {"author": "b", "text": "hello", "town": ""}
    )
    reading, rows, _ = read(content, mapping={"place": "town + land"})
    assert [row.get("place") for row in rows] == ["T, L", None]
    assert reading.unknown_columns == ()


def test_what_is_respelled_to_nothing_is_absent() -> None:
    importer = Importer(
        "t", "t", (), {}, respelled={"edited_at": (("^False$", ""),), "post_id": (("^([a-z]+)$", r"t1_\1"),)}
    )
    assert respelled(importer, "edited_at", pa.array(["False", "7", None])).to_pylist() == [None, "7", None]
    assert respelled(importer, "post_id", pa.array(["abc", "t1_abc"])).to_pylist() == ["t1_abc", "t1_abc"]
    assert respelled(importer, "text", pa.array(["False"])).to_pylist() == ["False"]


@pytest.mark.parametrize(
    ("address", "id", "platform"),
    [
        ("https://twitter.com/a/status/17", "17", "twitter"),
        ("http://www.twitter.com/a/statuses/17?s=20", "17", "twitter"),
        ("https://mobile.x.com/a/status/17/photo/1", "17", "twitter"),
        ("https://www.instagram.com/p/AbC/?x=1", "AbC", "instagram"),
        ("https://www.facebook.com/a/posts/17", None, "facebook"),
        ("https://old.reddit.com/r/a/comments/17", None, "reddit"),
        ("https://youtu.be/abc", None, "youtube"),
        ("https://t.me/a/17", None, "telegram"),
        ("https://nottwitter.com/a/status/17", None, "web"),
        ("https://example.org/?u=https://twitter.com/a/status/17", None, "web"),
    ],
)
def test_addresses_tell_platform_and_id(address: str, id: str | None, platform: str) -> None:
    importer = Importer("t", "t", (), {}, respelled={"post_id": POST_ID, "platform": PLATFORM})
    assert respelled(importer, "post_id", pa.array([address])).to_pylist() == [id or address]
    assert respelled(importer, "platform", pa.array([address])).to_pylist() == [platform]


def test_tables_of_twarc_are_read_like_its_objects(read: Read) -> None:
    content = table(
        {
            "id": "1400000000000000001",
            "conversation_id": "1400000000000000001",
            "referenced_tweets.retweeted.id": "1399999999999999999",
            "author_id": "3300000000000000001",
            "retweeted_user_id": "3300000000000000002",
            "created_at": "2021-06-03T10:00:00.000Z",
            "text": "cut …",
            "note_tweet.text": "not cut at all",
            "entities.urls": json.dumps([{"url": "https://t.co/x", "expanded_url": "https://example.org/x"}]),
            "author.username": "a",
            "author.verified": "True",
            "geo.full_name": "Far City",
            "__twarc.retrieved_at": "2021-06-05T08:00:00+00:00",
        },
        {"id": "2", "author_id": "3300000000000000002", "created_at": "2021-06-03T10:00:01.000Z", "text": "whole"},
    )
    reading, rows, _ = read(content)
    assert reading.importer.name == "x_api_v2"
    assert [row["text"] for row in rows] == ["not cut at all", "whole"]
    assert rows[0]["shared_id"] == "1399999999999999999"
    assert (rows[0]["place"], rows[0]["observed_at"]) == ("Far City", "2021-06-05T08:00:00+00:00")


def test_the_later_table_of_meltwater(read: Read) -> None:
    content = table(
        {
            "Date": "01-Nov-2022 05:28PM",
            "URL": "https://x.com/a/status/1587000000000000001",
            "Source Name": "X",
            "Author Handle": "@a",
            "Title": "",
            "Opening Text": "",
            "Hit Sentence": "look",
            "Sentiment": "Neutral",
            "Reach": "10",
            "Country": "Far Land",
        }
    )
    reading, (row,), _ = read(content)
    assert reading.importer.name == "meltwater"
    assert (row["post_id"], row["handle"], row["platform"]) == ("1587000000000000001", "@a", "twitter")
    assert row["place"] == "Far Land"
    assert any("claims of the vendor" in note for note in reading.notes)


def test_tables_of_reddit_with_bare_ids(read: Read) -> None:
    comments = {
        "id": "gx0001",
        "author": "a",
        "body": "so",
        "created_utc": "1620000000",
        "parent_id": "t3_n1",
        "edited": "False",
    }
    posts = {
        "id": "n1",
        "author": "a",
        "title": "T",
        "selftext": "S",
        "created_utc": "1620000000",
        "permalink": "/r/f/n1/",
    }
    _, (comment,), _ = read(table(comments))
    assert (comment["post_id"], comment["reply_to_id"]) == ("t1_gx0001", "t3_n1")
    assert "edited_at" not in {name for name, value in comment.items() if value is not None}
    _, (post,), _ = read(table(posts))
    assert (post["post_id"], post["thread_id"], post["title"], post["text"]) == ("t3_n1", "t3_n1", "T", "S")
    assert post["post_url"] == "https://www.reddit.com/r/f/n1/"


def test_tables_of_the_research_api_of_tiktok(read: Read) -> None:
    videos = table(
        {"id": "7", "username": "a", "create_time": "1676000000", "video_description": "d", "region_code": "DE"}
    )
    comments = table(
        {"id": "8", "video_id": "7", "text": "t", "like_count": "0", "reply_count": "0", "create_time": "1676000001"}
    )
    users = table(
        {"username": "a", "display_name": "A", "bio_description": "", "follower_count": "1", "is_verified": "true"}
    )
    assert [read(content)[0].importer.name for content in (videos, comments, users)] == [
        "tiktok_research",
        "tiktok_research_comments",
        "tiktok_research_users",
    ]


def test_the_lines_above_the_header_of_brandwatch_are_told(read: Read) -> None:
    above = b'"Report:","Bulk"\r\n"From:","2024-01-01"\r\n"To:","2024-01-31"\r\n\r\n'
    header = b'"Query Id","Query Name","Date","Url","Author","Full Text","Resource Id"\r\n'
    row = b'"1","q","2024-01-05 10:00:00.0","https://example.org/1","a","hello","9"\r\n'
    for content in (above + header + row, header + row):
        reading, rows, rejects = read(content)
        assert (reading.importer.name, len(rows), rows[0]["row_ref"], rejects) == ("brandwatch", 1, 1, [])
        assert any("above the header" in note for note in reading.notes) == content.startswith(b'"Report')


def test_a_table_whose_first_column_is_called_report_keeps_its_header(read: Read) -> None:
    reading, rows, _ = read(b"Report:,author,text\nx,a,hello\ny,b,hello\n")
    assert reading.sheet.columns == ("Report:", "author", "text")
    assert len(rows) == 2


def test_objects_of_x_that_hold_no_posts_are_counted(read: Read) -> None:
    post = {"id": "1", "author_id": "2", "text": "t", "edit_history_tweet_ids": ["1"]}
    _, rows, rejects = read(
        b"\n".join(json.dumps(one).encode() for one in (post, {"data": [post]}, {"meta": {}}, {"errors": []}))
    )
    assert (len(rows), rejects) == (2, [])
