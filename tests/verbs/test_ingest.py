"""`ingest`: files become the tables of a case; what repeats, contradicts or cannot be read is counted and kept apart."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from engine.engines import held
from inconcert import schema
from inconcert.case import Case, create_case
from inconcert.detect.co_action import CoAction
from inconcert.errors import InputError, UnknownName
from inconcert.ingest import reading
from inconcert.ingest.stream import supply
from inconcert.verbs import import_records
from inconcert.verbs.ingest import ImportResult, ingest
from inconcert.verbs.verify import verify

NOW = datetime(2026, 11, 21, tzinfo=UTC)
LONG = "these words are long enough to be compared"


@pytest.fixture
def empty(tmp_path: Path) -> Case:
    return create_case(tmp_path / "empty", now=NOW)


@pytest.fixture
def take(tmp_path: Path, empty: Case) -> Callable[..., ImportResult]:
    """Write a file and ingest it into the case."""

    def _take(content: bytes | str, name: str = "posts.csv", **options: Any) -> ImportResult:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (result,) = ingest(empty, [path], now=NOW, **options)
        assert result.rows_read == result.rows_kept + result.rows_rejected + result.rows_duplicate
        return result

    return _take


def rows(case: Case, name: str, role: str = "case") -> list[dict[str, Any]]:
    tables = [schema.table(name).check(pq.read_table(part)) for part in case.parts(name, role)]
    return [row for table in tables for row in table.to_pylist()]


def texts(case: Case, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows(case, "posts")]


def test_a_file_becomes_tables_that_the_ledger_knows(take: Callable[..., ImportResult], empty: Case) -> None:
    result = take(
        f"id,author,created_at,text,mood\n1,a,2020-01-01T10:00:05Z,{LONG},x\n2,b,soon,{LONG},y\n,,2020-01-01,z,\n"
    )
    assert (result.rows_read, result.rows_kept, result.rows_rejected, result.rows_duplicate) == (3, 2, 1, 0)
    assert result.mapping == {"post_id": "id", "handle": "author", "created_at": "created_at", "text": "text"}
    assert (result.importer, result.encoding, result.unknown_columns) == ("table", "utf-8", ("mood",))
    assert (result.precision, result.already) == ("s", False)
    assert result.reject_examples == ("row 3, author: no account: neither an account id nor a handle",)
    assert any("1 values could not be read: row 2, created_at 'soon'" in note for note in result.notes)
    assert texts(empty, "post_id", "account_id", "created_precision") == [("1", "a", "s"), ("2", "b", None)]
    assert [row["kind"] for row in rows(empty, "actions")] == ["text", "text"]
    rejects = {row["row_ref"]: (row["column"], row["fatal"]) for row in rows(empty, "rejects")}
    assert rejects == {2: ("created_at", False), 3: ("author", True)}
    (row,) = rows(empty, "imports")
    assert row["import_id"] == result.import_id
    assert json.loads(row["mapping"]) == result.mapping
    assert empty.original(row["sha256"]).read_bytes().startswith(b"id,author")
    assert verify(empty, recompute=False).intact
    wrote = [said for said in empty.statements() if said.about == f"data/{result.import_id}"]
    assert wrote[0].value["original"] == row["sha256"]
    assert wrote[0].at == "2026-11-21T00:00:00Z"


def test_the_same_bytes_read_in_the_same_way_are_left_alone(take: Callable[..., ImportResult], empty: Case) -> None:
    content = f"id,author,text,other\n1,a,{LONG},{LONG}\n2,b,{LONG},{LONG}\n"
    first = take(content)
    said = len(empty.statements())
    again = take(content, name="copy.csv")
    assert again.already
    assert (again.import_id, again.rows_kept) == (first.import_id, 2)
    assert (again.file, again.notes) == (first.file, ())
    assert len(empty.statements()) == said
    with pytest.raises(InputError, match="every post would count twice"):
        take(content, mapping={"text": "other"})
    with pytest.raises(InputError, match="cannot be held against itself"):
        take(content, role="control")


def test_a_control_crowd_is_kept_apart(take: Callable[..., ImportResult], empty: Case) -> None:
    take(f"id,author,text\n1,a,{LONG}\n2,b,{LONG}\n")
    control = take(f"id,author,text\n1,a,{LONG}\n3,c,{LONG}\n", role="control")
    assert control.rows_kept == 2
    assert empty.imports("control") == {control.import_id: "control"}
    with pytest.raises(UnknownName, match="Did you mean 'control'"):
        take("id,author,text\n1,a,x\n", role="controls")


def test_a_record_met_before_adds_nothing_or_what_is_new_or_is_set_aside(
    take: Callable[..., ImportResult], empty: Case
) -> None:
    result = take(
        "id,author,created_at,text,hashtags,likes\n"
        f"1,a,2020-01-01T10:00:05Z,{LONG},one,5\n"
        f"2,b,2020-01-01T10:00:07Z,{LONG},two,0\n"
        f"1,a,2020-01-01T10:00:05Z,{LONG},one,6\n"  # the same again; only the count of likes grew
        f"1,a,2020-01-01T10:00:05Z,{LONG},three,5\n"  # the same post, one more object
        f"1,a,2020-01-01T10:00:05Z,,three,5\n"  # says less and contradicts nothing
        f"2,c,2020-01-01T10:00:07Z,{LONG},two,0\n"
        f"2,b,2020-01-01T10:00:09Z,{LONG},two,0\n"
        f"2,b,2020-01-01T10:00:07Z,other {LONG},two,0\n"
    )
    assert (result.rows_read, result.rows_kept, result.rows_rejected, result.rows_duplicate) == (8, 5, 2, 1)
    assert texts(empty, "post_id", "account_id", "row_ref") == [("1", "a", 1), ("2", "b", 2)]
    further = [(row["row_ref"], row["text"], row["likes"]) for row in rows(empty, "post_observations")]
    assert further == [(3, LONG, 6), (8, f"other {LONG}", 0)]
    tags = sorted((row["post_id"], row["object_id"]) for row in rows(empty, "actions") if row["kind"] == "hashtag")
    assert tags == [("1", "one"), ("1", "three"), ("2", "two")]
    reasons = {row["row_ref"]: row["reason"] for row in rows(empty, "rejects")}
    assert [reasons[n].split(",")[0].split("another ")[1] for n in (6, 7)] == ["author", "time"]
    assert all("in record 2" in reason for reason in reasons.values())


def test_a_post_in_two_files_is_kept_once(take: Callable[..., ImportResult], empty: Case) -> None:
    first = take(
        f"id,author,created_at,text,hashtags\n1,a,2020-01-01T10:00:05Z,{LONG},one\n2,b,2020-01-01T10:00:07Z,x,\n"
    )
    second = take(
        f"id,author,created_at,text,hashtags\n1,a,2020-01-01 10:00,{LONG},two\n2,b,2020-01-01 10:00,x,\n"
        f"1,z,2020-01-01 10:00,{LONG},one\n3,c,2020-01-01 10:02,y,one\n4,d,2020-01-01 10:03,w,\n",
        name="more.csv",
    )
    assert (first.precision, second.precision) == ("s", "min")
    assert (second.rows_kept, second.rows_duplicate, second.rows_rejected) == (3, 1, 1)
    assert sorted(texts(empty, "post_id", "import_id")) == sorted(
        [("1", first.import_id), ("2", first.import_id), ("3", second.import_id), ("4", second.import_id)]
    )
    tags = sorted((row["post_id"], row["object_id"]) for row in rows(empty, "actions") if row["kind"] == "hashtag")
    assert tags == [("1", "one"), ("1", "two"), ("3", "one")]
    (refused,) = [row for row in rows(empty, "rejects") if row["fatal"]]
    assert f"another author, in record 1 of the import {first.import_id}" in refused["reason"]


def test_one_id_on_two_platforms_is_two_posts(take: Callable[..., ImportResult], empty: Case) -> None:
    result = take(f"id,author,platform,text\n1,a,vk,{LONG}\n1,b,telegram,{LONG}\n1,b,telegram,{LONG}\n")
    assert (result.rows_kept, result.rows_duplicate) == (2, 1)
    assert texts(empty, "platform", "post_id", "account_id") == [("vk", "1", "a"), ("telegram", "1", "b")]
    assert sorted(row["account_id"] for row in rows(empty, "accounts")) == ["a", "b"]
    assert len(rows(empty, "actions")) == 2


def test_posts_without_ids_are_duplicates_only_when_everything_is_the_same(
    take: Callable[..., ImportResult], empty: Case
) -> None:
    head = "author,created_at,text,hashtags\n"
    same = f"a,2020-01-01T10:00:05Z,{LONG},one\n"
    result = take(head + same + same + same.replace("one", "two") + same.replace("05Z", "06Z") + f"b,,{LONG},\n" * 2)
    assert (result.rows_kept, result.rows_duplicate) == (5, 1)
    again = take(head + same + f"c,2020-01-01T10:00:08Z,{LONG},\n", name="more.csv")
    assert (again.rows_kept, again.rows_duplicate) == (1, 1)
    assert len(rows(empty, "posts")) == 6
    posts = {row["post_id"] for row in rows(empty, "posts")}
    assert {row["post_id"] for row in rows(empty, "actions")} == posts
    dated = take(f"author,date,text\na,2020-01-01,{LONG}\na,2020-01-01,{LONG}\n", name="days.csv")
    assert (dated.precision, dated.rows_duplicate) == ("day", 0)


def test_dates_are_read_by_the_order_that_the_whole_file_proves(
    take: Callable[..., ImportResult], empty: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH_ROWS", 2)
    monkeypatch.setattr(supply, "BLOCK_BYTES", 20)
    lines = [f"{n},a{n},{day}/03/2021 10:00:01,{LONG} {n}" for n, day in enumerate(["01", "02", "03", "04", "25"])]
    take("id,author,date,text\n" + "\n".join(lines) + "\n")
    assert [time.month for (time,) in texts(empty, "created_at")] == [3] * 5


def test_precision_is_that_of_the_whole_file(
    take: Callable[..., ImportResult], empty: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH_ROWS", 2)
    monkeypatch.setattr(supply, "BLOCK_BYTES", 20)
    seconds = [0, 0, *range(1, 19)]
    lines = [f"{n},a{n},2021-01-01T10:{n:02}:{second:02}Z,{LONG} {n}" for n, second in enumerate(seconds)]
    result = take("id,author,date,text\n" + "\n".join(lines) + "\n")
    assert result.precision == "s"
    assert set(texts(empty, "created_precision")) == {("s",)}
    assert [row["precision"] for row in rows(empty, "imports")] == ["s"]


def test_a_list_of_accounts_has_no_posts(take: Callable[..., ImportResult], empty: Case) -> None:
    result = take("userid,user_screen_name,account_creation_date,follower_count\n7,a,2019-01-01,5\n8,b,2019-01-02,6\n")
    assert (result.importer, result.rows_kept, result.precision) == ("x_io_archive_users", 2, None)
    assert any("only describes accounts" in note for note in result.notes)
    assert [(row["account_id"], row["followers"]) for row in rows(empty, "accounts")] == [("7", 5), ("8", 6)]
    assert rows(empty, "posts") == rows(empty, "actions") == []


def edges(case: Case) -> list[dict[str, Any]]:
    engine = held("duckdb")
    engine.attach("actions", case.parts("actions"))
    return CoAction(kind="url").edges(engine).to_pylist()


MOMENTS = [datetime(2024, 5, 1, 10, 0, tzinfo=UTC) + timedelta(seconds=s) for s in (0, 5, 45, 500, 3_000, 20_000)]


@pytest.mark.parametrize(
    "write",
    [
        lambda t: t.isoformat(),
        lambda t: t.strftime("%Y-%m-%dT%H:%M:%SZ"),
        lambda t: t.strftime("%Y-%m-%d %H:%M:%S"),
        lambda t: t.astimezone(timezone(timedelta(hours=5, minutes=30))).isoformat(),
    ],
    ids=["with offset", "Z", "without zone", "elsewhere"],
)
def test_iso_dates_make_the_same_network_as_seconds_and_never_silently_an_empty_one(
    write: Callable[[datetime], str], take: Callable[..., ImportResult], empty: Case, tmp_path: Path
) -> None:
    """Fault of other tools: dates compared as text or as no number join nobody, and nothing is said."""

    def posts(written: Callable[[datetime], str]) -> str:
        lines = [
            f"{thing}{n},u{n},{written(moment)},https://example.org/{thing}\n"
            for thing in "xy"
            for n, moment in enumerate(MOMENTS)
        ]
        return "id,author,created_at,urls\n" + "".join(lines)

    zoneless = write(MOMENTS[0]) == "2024-05-01 10:00:00"
    notes = take(posts(write)).notes
    assert any("12 of 12 posts are written without a time zone" in note for note in notes) == zoneless
    seconds = create_case(tmp_path / "seconds", now=NOW)
    (tmp_path / "seconds.csv").write_text(posts(lambda t: f"{t.timestamp():.0f}"))
    ingest(seconds, [tmp_path / "seconds.csv"], now=NOW)
    assert edges(empty) == edges(seconds)
    assert [edge["n_10000000us"] for edge in edges(empty)].count(2) == 1
    assert len(edges(empty)) == 15


def test_dates_that_cannot_be_read_are_counted_aloud(take: Callable[..., ImportResult], empty: Case) -> None:
    result = take("id,author,created_at,urls\n1,a,soon,https://e.org/x\n2,b,soon,https://e.org/x\n")
    assert any("2 values could not be read: row 1, created_at 'soon'" in note for note in result.notes)
    assert [row["column"] for row in rows(empty, "rejects")] == ["created_at"] * 2


def test_every_description_of_an_account_that_differs_is_kept_once(
    take: Callable[..., ImportResult], empty: Case
) -> None:
    take(f"id,author,bio,text\n1,a,first,{LONG}\n2,a,second,{LONG}\n1,a,third,{LONG}\n3,b,fourth,{LONG}\n1,c,fifth,x\n")
    take(f"id,author,bio,text\n4,a,second,{LONG}\n5,a,second,{LONG}\n6,a,sixth,{LONG}\n", name="more.csv")
    said = [(row["account_id"], row["bio"]) for row in rows(empty, "accounts")]
    assert sorted(said) == sorted(
        [("a", "first"), ("a", "second"), ("a", "third"), ("b", "fourth"), ("a", "second"), ("a", "sixth")]
    )


def test_what_cannot_be_compared_is_said(take: Callable[..., ImportResult]) -> None:
    alone = take(f"id,author,text\n1,a,{LONG}\n2,a,{LONG}\n")
    assert any("by one account ('a')" in note for note in alone.notes)
    assert any("No column of times" in note for note in alone.notes)
    short = take("id,author,date,text\n8,a,2020-01-01,hi\n9,b,2020-01-01,hi\n")
    assert any("Nothing in it can be compared" in note for note in short.notes)
    assert not any("by one account" in note for note in short.notes)


def test_a_file_that_cannot_be_read_leaves_nothing_in_the_case(tmp_path: Path, empty: Case) -> None:
    (tmp_path / "bad.csv").write_text("id,wer,text\n1,a,x\n")
    with pytest.raises(InputError, match=r"bad\.csv has no column"):
        ingest(empty, [tmp_path / "bad.csv"], now=NOW)
    with pytest.raises(InputError, match="No file was given"):
        ingest(empty, [], now=NOW)
    assert empty.imports() == {}
    assert not (empty.path / "raw").exists()


def test_a_file_of_which_most_records_fail_is_refused_and_leaves_no_import(
    take: Callable[..., ImportResult], empty: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = f"id,author,text\n1,a,{LONG}\n2;b;x\n3;c;x\n"
    with pytest.raises(InputError, match=r"posts\.csv: 2 of 3 records cannot be used.*row 2 '2;b;x': has 1 fields"):
        take(content)
    assert empty.imports() == {}
    assert list((empty.path / ".scratch").iterdir()) == []
    assert verify(empty, recompute=False).intact
    monkeypatch.setattr(import_records, "SURE_ROWS", 10)
    monkeypatch.setattr(reading, "BATCH_ROWS", 10)
    monkeypatch.setattr(supply, "BLOCK_BYTES", 100)
    with pytest.raises(InputError, match="records cannot be used"):  # without reading the rest
        take(content + "4;d;x\n" * 100_000)


def test_progress_tells_bytes_and_rows_of_the_file(tmp_path: Path, empty: Case) -> None:
    told: list[tuple[str, int, int | None, int | None]] = []

    def progress(stage: str, done: int, total: int | None = None, *, rows: int | None = None) -> None:
        told.append((stage, done, total, rows))

    path = tmp_path / "posts.csv"
    path.write_text(f"id,author,text\n1,a,{LONG}\n2,b,{LONG}\n")
    ingest(empty, [path], now=NOW, progress=progress)
    size = path.stat().st_size
    assert ("reading posts.csv", size, size, 2) in told


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "importer", "counts", "precision", "posts", "actions"),
    [
        ("coortweet/russian_coord_tweets.parquet", "coortweet", (35_125, 35_124, 0, 1), "s", 35_085, {"share": 35_124}),
        ("coortweet/german_elections.parquet", "coortweet_wide", (218_971, 194_752, 0, 24_219), "s", 194_326,
         {"url": 41_100, "domain": 63_529, "hashtag": 36_005, "media": 16_934}),
        ("case_a/posts.parquet", "table", (19_445, 19_445, 0, 0), "min", 19_445, None),
        ("organic_crowds/mayweather2017.parquet", "table", (12_118, 12_118, 0, 0), "s", 12_118, None),
        ("twitter_io_archive/tweets_csv_hashed_sample.csv", "x_io_archive", (600, 600, 0, 0), "min", 600, None),
        ("twitter_io_archive/users_csv_hashed.csv", "x_io_archive_users", (50, 50, 0, 0), None, 0, {}),
        ("reddit_ira944/comments.csv", "reddit_comments", (6_711, 6_695, 0, 16), "s", 6_691, None),
    ],
)  # fmt: skip
def test_real_files(
    shared_data: Path,
    empty: Case,
    file: str,
    importer: str,
    counts: tuple[int, ...],
    precision: str | None,
    posts: int,
    actions: dict[str, int] | None,
) -> None:
    (result,) = ingest(empty, [shared_data / file], now=NOW)
    assert result.importer == importer
    assert (result.rows_read, result.rows_kept, result.rows_rejected, result.rows_duplicate) == counts
    assert result.precision == precision
    assert sum(pq.read_metadata(part).num_rows for part in empty.parts("posts")) == posts
    if actions is not None:
        kinds = [kind for part in empty.parts("actions") for kind in pq.read_table(part)["kind"].to_pylist()]
        assert Counter(kinds) == actions
