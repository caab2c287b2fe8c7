"""What an innocent crowd would be accused of if files were read carelessly: each found by a reviewer, each now held."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.verbs.detect import detect
from inconcert.verbs.explain import explain
from inconcert.verbs.ingest import ingest
from inconcert.verbs.init import init
from inconcert.verbs.two_ids import two_ids

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = "post_id,account_id,created_at,text,shared_id,reply_to_id\n"


def case_of(folder: Path, *contents: str) -> tuple[Case, tuple[str, ...]]:
    case = init(folder / "case", now=NOW)
    files = []
    for number, content in enumerate(contents):
        files.append(folder / f"file{number}.csv")
        files[-1].write_text(content, encoding="utf-8")
    return case, ingest(case, files, platform="telegram", now=NOW)[-1].notes


def rows(case: Case, table: str) -> list[dict[str, object]]:
    return [row for part in case.parts(table, "case") for row in pq.read_table(part).to_pylist()]


def test_one_person_under_two_ids_is_told(tmp_path: Path):
    def posts(mark: str, name: str, n: int) -> str:
        return "".join(
            f"{mark}{a}-{k},{name}{a},2024-05-{k + 1:02}T10:00:{a:02}Z,what account {a} has to say on day {k} of May,,\n"
            for a in range(12)
            for k in range(n)
        )

    case, notes = case_of(tmp_path, HEADER + posts("p", "user", 9), HEADER + posts("q", "70000", 9))
    found = two_ids(case, "case")
    assert [(pair.posts, pair.most) for pair in found] == [(9, 9)] * 12
    assert any("12 pairs of accounts of different files" in note for note in notes)


def test_copies_within_one_file_and_chance_meetings_are_not_two_ids(tmp_path: Path):
    same = "".join(
        f"p{a}-{k},acc{a},2024-05-{k + 1:02}T10:00:00Z,the same words of all on day {k} of May,,\n"
        for a in range(2)
        for k in range(9)
    )
    other = "".join(
        f"q{k},zed,2024-05-{k + 1:02}T1{k % 2}:00:00Z,{'the same words of all' if k < 4 else 'quite other words and more'} on day {k} of May,,\n"
        for k in range(20)
    )
    case, notes = case_of(tmp_path, HEADER + same, HEADER + other)
    assert two_ids(case, "case") == []
    assert not any("different files" in note for note in notes)


def test_days_among_times_are_no_moments(tmp_path: Path):
    day = "".join(f"d{a},acc{a},2024-05-20,the words of an agency that all papers print,,\n" for a in range(4))
    clock = "".join(
        f"c{k},acc{k % 4},2024-05-20T10:{k:02}:07Z,something of my own number {k} and more,,\n" for k in range(40)
    )
    case, _ = case_of(tmp_path, HEADER + day + clock)
    precision = {str(row["post_id"])[0]: row["created_precision"] for row in rows(case, "posts")}
    assert precision == {"d": "day", "c": "s"}
    assert {row["time_us"] for row in rows(case, "actions") if str(row["post_id"]).startswith("d")} == {None}
    assert None not in {row["time_us"] for row in rows(case, "actions") if str(row["post_id"]).startswith("c")}


def test_midnight_with_a_clock_is_a_moment(tmp_path: Path):
    case, _ = case_of(
        tmp_path, HEADER + "".join(f"c{k},a{k},2024-05-2{k % 3}T00:00:00Z,words of the hour {k} at midnight,,\n" for k in range(9)) + "x,b,2024-05-20T10:00:01Z,words at another time of the day,,\n"
    )  # fmt: skip
    assert None not in {row["time_us"] for row in rows(case, "actions")}


def test_zero_is_no_post(tmp_path: Path):
    lines = "".join(
        f"p{k},acc{k},2024-05-20T10:00:{k:02}Z,words of somebody with number {k} here,{z},{z}\n"
        for k, z in enumerate(["0", "-1", "0.0", "77"])
    )
    case, _ = case_of(tmp_path, HEADER + lines)
    assert [(row["kind"], row["shared_id"], row["reply_to_id"]) for row in rows(case, "posts")] == [
        ("post", None, None), ("post", None, None), ("post", None, None), ("share", "77", "77"),
    ]  # fmt: skip


def test_a_forward_of_which_only_the_channel_is_known_is_a_share(tmp_path: Path):
    case = init(tmp_path / "case", now=NOW)
    file = tmp_path / "telegram.csv"
    file.write_text(
        "id,thread_id,chat,author,author_forwarded_from_id,body,timestamp,unix_timestamp\n"
        "chat-1,1,chat,700000030,1400000009,words that a channel wrote and others passed on,2024-05-20 10:00:00,1716199200\n",
        encoding="utf-8",
    )
    ingest(case, [file], now=NOW)
    [post] = rows(case, "posts")
    assert (post["kind"], post["account_id"]) == ("share", "user700000030")


def test_files_of_two_precisions_can_be_explained(tmp_path: Path):
    """Times are cut to those of the coarser file; the posts behind a pair are found all the same."""
    fine = "".join(
        f"s{a}-{k},acc{a},2024-05-{k + 1:02}T10:00:{7 + a:02}Z,what both have to say on day {k} of May,,\n"
        for a in range(2)
        for k in range(9)
    )
    coarse = "".join(
        f"m{k},min{k},2024-05-20T11:{k:02}:00Z,words of somebody on minute {k} of the hour,,\n" for k in range(9)
    )
    case, _ = case_of(tmp_path, HEADER + fine, HEADER + coarse)
    detect(case)
    assert explain(case, "acc0", "acc1").witnesses


def test_a_header_in_the_middle_is_no_post(tmp_path: Path):
    line = "p{},acc{},2024-05-20T10:00:0{}Z,words of somebody with number {} here,,\n"
    body = "".join(line.format(k, k, k, k) for k in range(4))
    case, _ = case_of(tmp_path, HEADER + body + HEADER + line.format(7, 7, 7, 7))
    assert [row["post_id"] for row in rows(case, "posts")] == ["p0", "p1", "p2", "p3", "p7"]
    assert [(row["row_ref"], row["reason"]) for row in rows(case, "rejects")] == [(5, "repeats the header")]
