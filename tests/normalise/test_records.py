"""Records become posts and accounts; what has no account is set aside; batches do not matter."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert import schema
from inconcert.fields import FIELDS
from inconcert.normalise.records import Counts, Normalised, normalise
from inconcert.normalise.written import written_in
from normalise.tables import did, fields, kinds, read

UTC = datetime.UTC


def test_a_full_record() -> None:
    done = read(
        {
            "post_id": "7", "account_id": "42", "handle": "@Bob", "display_name": "Bob ", "bio": "b", "location": "here",
            "account_language": "en", "account_url": "https://b.example", "account_created_at": "2019-06-19", "followers": "1,234",
            "following": "5", "platform": "twitter", "created_at": "2024-05-01 10:00", "text": " Hi &amp; bye ", "language": "en",
            "post_url": "https://x.com/b/7", "client": "web", "reply_to_id": "6", "likes": "3", "views": "1.2K",
        }
    )  # fmt: skip
    (post,) = done.posts.to_pylist()
    assert post == {
        "post_id": "7", "account_id": "42", "platform": "twitter", "kind": "reply",
        "created_at": datetime.datetime(2024, 5, 1, 10, tzinfo=UTC), "created_precision": None, "time_zone_source": "assumed-utc",
        "text": " Hi &amp; bye ", "text_hash": None, "language": "en", "url": "https://x.com/b/7", "client": "web",
        "reply_to_id": "6", "shared_id": None, "quoted_id": None, "likes": 3, "replies": None, "shares": None, "quotes": None,
        "views": 1200, "place": None, "ip_region": None, "channel_id": None, "thread_id": None, "edited_at": None,
        "deleted": None, "observed_at": None, "import_id": "0123456789abcdef", "row_ref": 1,
    }  # fmt: skip
    (account,) = done.accounts.to_pylist()
    assert account == {
        "account_id": "42", "platform": "twitter", "handle": "@Bob", "display_name": "Bob ", "bio": "b", "location": "here",
        "language": "en", "link_url": "https://b.example", "created_at": datetime.datetime(2019, 6, 19, tzinfo=UTC),
        "followers": 1234, "following": 5, "posts": None, "verified": None, "declared_bot": None, "status": None,
        "avatar": None, "ip_region": None, "observed_at": None, "import_id": "0123456789abcdef", "row_ref": 1,
    }  # fmt: skip
    assert done.counts == Counts(
        read=1, kept=1, posts=1, grain=done.counts.grain, filled=done.counts.filled, zones=Counter({"assumed-utc": 1})
    )
    assert set(done.counts.filled.values()) == {1}
    assert done.counts.grain.precision == "min"


def test_a_record_without_account_is_set_aside() -> None:
    done = normalise(
        fields(
            [
                {"account_id": None, "text": "x", "likes": "bad"},
                {"account_id": "[deleted]"},
                {"account_id": "a", "text": "y"},
            ]
        ),
        import_id="i" * 16,
        file="posts.csv",
    )
    assert done.posts["row_ref"].to_pylist() == [3]
    assert [(r["row_ref"], r["fatal"], r["file"]) for r in done.rejects.to_pylist()] == [
        (1, True, "posts.csv"),
        (2, True, "posts.csv"),
    ]
    assert (done.counts.read, done.counts.kept, done.counts.set_aside, done.counts.unreadable) == (3, 1, 2, 0)


def test_the_handle_stands_in_for_a_missing_account_id() -> None:
    done = normalise(fields([{"handle": "@bob", "text": "x"}]), import_id="i" * 16, file="f")
    assert done.posts["account_id"].to_pylist() == ["bob"]


def test_a_post_without_id_is_named_by_its_record() -> None:
    done = normalise(fields([{"account_id": "a", "text": "x"}], first=812), import_id="0123456789abcdef", file="f")
    assert done.posts["post_id"].to_pylist() == ["row:01234567:812"]


def test_values_that_cannot_be_read_leave_the_record() -> None:
    done = read(
        {"created_at": "31/02/2024", "likes": "many", "followers": "?", "account_created_at": "once", "text": "x" * 300}
    )
    (post,) = done.posts.to_pylist()
    assert (post["created_at"], post["likes"]) == (None, None)
    assert sorted(done.rejects["column"].to_pylist()) == ["account_created_at", "created_at", "followers", "likes"]
    assert not any(done.rejects["fatal"].to_pylist())
    assert (done.counts.kept, done.counts.unreadable) == (1, 4)
    assert done.actions["time_us"].to_pylist() == [None]


def test_a_long_value_is_cut_in_the_rejects() -> None:
    assert len(read({"likes": "x" * 9000}).rejects["value"][0].as_py()) == 200


@pytest.mark.parametrize(
    ("row", "given", "platform"),
    [
        ({"platform": "telegram"}, "twitter", "telegram"),
        ({"platform": ""}, "twitter", "twitter"),
        ({"account_id": "fb_12670"}, None, "facebook"),
        ({"account_id": "tw_1"}, None, "twitter"),
        ({"account_id": "tw_1"}, "mastodon", "mastodon"),
        ({"account_id": "tw_john"}, None, "unknown"),
        ({}, None, "unknown"),
    ],
)
def test_platform(row: dict[str, str], given: str | None, platform: str) -> None:
    done = read({"text": "x", **row}, platform=given)
    assert done.posts["platform"].to_pylist() == [platform]
    assert done.accounts["platform"].to_pylist() == [platform]


def test_a_record_that_only_describes_an_account_is_no_post() -> None:
    done = read({"account_id": "a", "bio": "x", "followers": "3"}, {"account_id": "b", "text": "x"})
    assert done.posts["account_id"].to_pylist() == ["b"]
    assert done.accounts["account_id"].to_pylist() == ["a", "b"]
    assert (done.counts.kept, done.counts.posts) == (2, 1)


def test_every_record_describes_its_account() -> None:
    other = {"account_id": "b", "bio": "other"}
    done = read({"bio": "first"}, {"bio": "second"}, other, {"bio": "third", "platform": "vk"})
    assert done.accounts.select(["platform", "bio"]).to_pylist() == [
        {"platform": "unknown", "bio": "first"},
        {"platform": "unknown", "bio": "second"},
        {"platform": "unknown", "bio": "other"},
        {"platform": "vk", "bio": "third"},
    ]


def test_no_records() -> None:
    done = normalise(fields([]).append_column("account_id", pa.array([], pa.string())), import_id="i" * 16, file="f")
    tables = (done.posts, done.accounts, done.actions, done.rejects)
    assert [table.schema for table in tables] == [
        schema.TABLES[name].arrow for name in ("posts", "accounts", "actions", "rejects")
    ]
    assert sum(map(len, tables)) == 0
    assert done.counts == Counts()


def test_no_known_column_at_all() -> None:
    done = normalise(fields([{"text": "x"}, {"text": "y"}]), import_id="i" * 16, file="f")
    assert (len(done.posts), done.counts.set_aside) == (0, 2)


CELLS: dict[str, list[str | None]] = {
    "post_id": [None, "1", "2", "é", "日"],
    "account_id": ["a", "я", "😀", None],
    "handle": [None, "@bob"],
    "bio": ["one", "two", None],
    "account_created_at": ["13/1/2019", "1/2/2019", "once", None],
    "followers": ["1", "x", None],
    "created_at": ["3/4/2024 10:00", "25/4/2024", "2024-05-01T10:00:00Z", "1714557600", "x", None],
    "text": [
        "RT @bob: Stand behind this one decision",
        "Stand behind this one decision",
        "hi #a #b #c",
        "@x http://e.com/a",
        "",
    ],
    "is_share": ["True", "no", "?", None],
    "shared_id": [None, None, "1", "s"],
    "reply_to_id": [None, "1", "2"],
    "reply_to_account": [None, "x", "y"],
    "urls": ["[]", "['http://e.com/a', 'http://e.com/b']", "u1", "mailto:x", "['http://e.com", None],
    "hashtags": ["a b c", "['c', 'b', 'a']", "a", None],
    "mentions": ["x", "@y @x", None],
    "likes": ["1", "many", None],
}
ROWS = st.lists(st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}), max_size=12)


def rows_of(parts: list[pa.Table]) -> Counter[str]:
    return Counter(repr(row) for part in parts for row in part.to_pylist())


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sets(st.sampled_from(sorted(CELLS.keys() - {"post_id"})), max_size=6), st.integers(1, 5))
def test_batches_do_not_change_the_result(rows: list[dict[str, str | None]], missing: set[str], size: int) -> None:
    """Posts, accounts and rejects are the same; actions are once what a post met twice is in each batch."""
    whole = fields([{name: cell for name, cell in row.items() if name not in missing} for row in rows])
    written = written_in(whole)
    one = normalise(whole, import_id="i" * 16, file="f", written=written)
    many: list[Normalised] = [
        normalise(whole.slice(start, size), import_id="i" * 16, file="f", written=written)
        for start in range(0, len(whole), size)
    ]
    assert rows_of([part.posts for part in many]) == rows_of([one.posts])
    assert rows_of([part.accounts for part in many]) == rows_of([one.accounts])
    assert rows_of([part.rejects for part in many]) == rows_of([one.rejects])
    assert sum((part.counts for part in many), Counts()) == one.counts

    def objects(parts: list[pa.Table]) -> set[tuple[str, ...]]:
        names = ("account_id", "kind", "object_id", "post_id", "platform")
        return {tuple(row[name] for name in names) for part in parts for row in part.to_pylist()}

    assert objects([part.actions for part in many]) == objects([one.actions])
    assert len(one.actions) == len(objects([one.actions]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.text(max_size=20), max_size=8), max_size=6))
def test_nothing_that_stands_in_a_cell_is_fatal_to_the_batch(rows: list[dict[str, str]]) -> None:
    rows = [{name: cell.encode("utf-8", "ignore").decode() for name, cell in row.items()} for row in rows]
    done = normalise(fields(rows), import_id="i" * 16, file="f")
    assert done.counts.kept + done.counts.set_aside == len(rows)
    for name, table in (
        ("posts", done.posts),
        ("accounts", done.accounts),
        ("actions", done.actions),
        ("rejects", done.rejects),
    ):
        assert table.schema == schema.TABLES[name].arrow
        table.validate(full=True)
        for column in schema.TABLES[name].columns:
            assert column.nullable or table[column.name].null_count == 0, (name, column.name)


@pytest.mark.data
def test_information_operations_archive(shared_data: Path) -> None:
    names = {
        "tweetid": "post_id", "userid": "account_id", "tweet_text": "text", "tweet_time": "created_at", "hashtags": "hashtags",
        "urls": "urls", "user_mentions": "mentions", "is_retweet": "is_share", "in_reply_to_userid": "reply_to_account",
        "account_creation_date": "account_created_at", "follower_count": "followers", "like_count": "likes",
    }  # fmt: skip
    file = shared_data / "twitter_io_archive" / "tweets_csv_hashed_sample.csv"
    options = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), include_columns=list(names))
    parse = pyarrow.csv.ParseOptions(newlines_in_values=True)
    table = pyarrow.csv.read_csv(file, convert_options=options, parse_options=parse).rename_columns(
        list(names.values())
    )
    table = table.append_column("row_ref", pa.array(range(1, len(table) + 1), pa.int64()))
    done = normalise(table, import_id="i" * 16, file=file.name, platform="twitter")
    assert (len(done.posts), len(done.accounts), len(done.rejects)) == (600, 600, 0)
    assert len(set(done.accounts["account_id"].to_pylist())) == 19
    assert done.counts.grain.precision == "min"
    assert (
        len(
            {
                post
                for post, kind in zip(*(done.actions[n].to_pylist() for n in ("post_id", "kind")), strict=True)
                if kind == "url"
            }
        )
        == 23
    )
    assert "[]" not in done.actions["object_id"].to_pylist()
    assert did(done, "text")
    assert "share" not in kinds(done)


@pytest.mark.data
def test_german_elections_give_each_post_and_object_once(shared_data: Path) -> None:
    file = shared_data / "coortweet" / "german_elections.parquet"
    names = {"account_id": "account_id", "post_id": "post_id", "url_id": "urls", "hashtag_id": "hashtags", "domain_id": "domains",
             "phash_id": "media", "timestamp": "created_at"}  # fmt: skip
    raw = pq.read_table(file, columns=list(names)).rename_columns(list(names.values()))
    table = pa.table({name: raw[name].cast(pa.string()) for name in raw.column_names})
    table = table.append_column("row_ref", pa.array(range(1, len(table) + 1), pa.int64()))
    done = normalise(table, import_id="i" * 16, file=file.name)
    assert Counter(done.actions["kind"].to_pylist()) == {
        "hashtag": 36_005,
        "url": 41_100,
        "domain": 63_529,
        "media": 16_934,
    }
    assert set(done.posts["platform"].to_pylist()) == {"facebook", "twitter"}
    assert done.counts.grain.precision == "s"
    assert len(done.rejects) == 0
