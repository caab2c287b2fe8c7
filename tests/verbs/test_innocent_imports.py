"""What an innocent crowd would be accused of if files were read carelessly: each found by a reviewer, each now held."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.verbs.cluster import cluster
from inconcert.verbs.detect import detect
from inconcert.verbs.explain import explain
from inconcert.verbs.ingest import ingest
from inconcert.verbs.init import init
from inconcert.verbs.one_person import FILES, HANDLE
from inconcert.verbs.two_ids import ids_of_one, two_ids

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


def diary(mark: str, name: str, accounts: int = 12, days: int = 9, more: str = "") -> str:
    """Posts of people who have nothing in common: everybody's own words at times of their own; `more` ends every row."""
    return "".join(
        f"{mark}{a}-{k},{name}{a},2024-05-{k + 1:02}T1{a % 10}:{k:02}:{a:02}Z,what account {a} has to say on day {k} of May,,{more.format(a=a)}\n"
        for a in range(accounts)
        for k in range(days)
    )


def operation(mark: str, names: list[str], days: int = 12) -> str:
    """Accounts that all post the same to the second."""
    return "".join(
        f"{mark}{j}-{k},{name},2024-05-{k + 1:02}T1{k % 9}:{k:02}:{k:02}Z,the operation pushes line {k} of twelve to everybody,,\n"
        for j, name in enumerate(names)
        for k in range(days)
    )


def crowd(mark: str, name: str, seed: int, accounts: int = 120, more: str = "") -> str:
    """People who pass on the same jokes when they meet them."""
    chance = random.Random(seed)
    return "".join(
        f"{mark}{n},{name}{n % accounts},2024-05-{chance.randint(1, 28):02}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:"
        f"{chance.randint(0, 59):02}Z,the joke with number {chance.randint(0, 300)} that goes round and round,,{more.format(a=n % accounts)}\n"
        for n in range(12 * accounts)
    )


def test_one_person_under_two_ids_counts_once(tmp_path: Path):
    """Numbers in one file and names in the other, of the same people: no pair of them is an edge, and the user is told."""
    case, notes = case_of(tmp_path, HEADER + diary("p", "user"), HEADER + diary("q", "70000"))
    found = two_ids(case)
    assert [(pair.posts, pair.most, pair.because) for pair in found] == [(9, 9, FILES)] * 12
    assert any("12 pairs of accounts of different files are one person under two ids" in note for note in notes)
    run = detect(case)
    assert len(run.table("edges")) == 0
    assert any("108 posts that both have are no evidence" in note for note in run.info["notes"])


def test_one_handle_is_one_person_though_few_posts_are_common(tmp_path: Path):
    """Two exports with ids of their own and the same handles: three posts in common to the second would be three meetings."""
    header = HEADER.strip() + ",handle\n"
    case, notes = case_of(
        tmp_path,
        header + diary("p", "10", days=3, more=",person{a}"),
        header + diary("q", "20", days=3, more=",@Person{a}"),
    )
    assert [pair.because for pair in two_ids(case)] == [HANDLE] * 12
    assert any("read with --map account_id=handle" in note for note in notes)
    assert len(detect(case).table("edges")) == 0


def test_tools_that_cut_and_round_times_tell_of_one_person(tmp_path: Path):
    later = re.sub(r":(\d\d)Z", lambda second: f":{int(second[1]) + 1:02}Z", diary("q", "70000"))
    case, _ = case_of(tmp_path, HEADER + diary("p", "user"), HEADER + later)
    assert [pair.because for pair in two_ids(case)] == [FILES] * 12
    assert len(detect(case).table("edges")) == 0


def test_a_third_export_of_the_same_people_is_the_same_people(tmp_path: Path):
    case, notes = case_of(
        tmp_path, HEADER + diary("p", "user"), HEADER + diary("q", "70000"), HEADER + diary("r", "did-x")
    )
    counted = ids_of_one(two_ids(case))
    assert {
        tuple(sorted({counted.get(id, id) for id in (f"user{a}", f"70000{a}", f"did-x{a}")})) for a in range(12)
    } == {(f"70000{a}",) for a in range(12)}
    assert not any("count as two" in note for note in notes)
    assert len(detect(case).table("edges")) == 0


def test_an_operation_over_two_files_is_still_found(tmp_path: Path):
    """Its accounts copy each other to the second, some named by number and some by handle: several doubles are no double."""
    names, numbers = [f"actor{i}" for i in range(6)], [f"9000{i}" for i in range(6)]
    case, notes = case_of(
        tmp_path,
        HEADER + operation("x", names) + crowd("p", "user", 1),
        HEADER + operation("y", numbers) + crowd("q", "30000", 2),
    )
    assert {pair.because for pair in two_ids(case)} == {None}
    assert any("count as two" in note for note in notes)
    run = detect(case)
    ends = {(row["source"], row["target"]) for row in run.table("edges").to_pylist() if row["level"] == "L1"}
    assert ends == set(combinations(sorted(names + numbers), 2))


def test_what_a_person_does_with_others_stays(tmp_path: Path):
    """Two accounts that act together, each under two ids: one pair, not six, with posts to show whichever id they are under."""
    header = HEADER.strip() + ",handle\n"
    pair = "".join(
        f"{{m}}{j}-{k},{{n}}{j},2024-05-{k + 1:02}T1{k % 9}:{k:02}:{k:02}Z,the two of them push line {k} of twelve,,,both{j}\n"
        for j in range(2)
        for k in range(12)
    )
    case, _ = case_of(
        tmp_path,
        header + pair.format(m="x", n="55") + crowd("p", "10", 1, more=",person{a}"),
        header + pair.format(m="y", n="66") + crowd("q", "20", 1, more=",person{a}"),
    )
    [edge] = detect(case).table("edges").to_pylist()
    assert (edge["source"], edge["target"], edge["n_objects"]) == ("550", "551", 12)
    explained = explain(case, "660", "551")
    assert (explained.source, explained.target, explained.asked) == ("550", "551", {"550": "660"})
    assert None not in explained.witnesses["source_post_id"].to_pylist()


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
    assert two_ids(case) == ()
    assert not any("different files" in note for note in notes)


def test_days_written_as_midnights_are_no_moments(tmp_path: Path):
    """Newspapers print agency copy; their rows say the day with a clock at zero, among posts with times."""
    papers = "".join(
        f"m{k}-{j}-{a},paper{a},2024-05-{k + 1:02} 00:00:00,agency copy number {j} of day {k} that all papers print,,\n"
        for k in range(9)
        for j in range(3)
        for a in range(6)
    )
    case, notes = case_of(tmp_path, HEADER + papers + diary("p", "user", 40))
    precision = {(str(row["post_id"])[0], row["created_precision"]) for row in rows(case, "posts")}
    assert precision == {("m", "day"), ("p", "s")}
    assert {(row["post_id"][0], row["time_us"] is None) for row in rows(case, "actions")} == {("m", True), ("p", False)}  # type: ignore[index]
    assert any("162 posts are at exactly 00:00:00" in note for note in notes)
    assert "L1" not in detect(case).table("edges")["level"].to_pylist()


def test_posts_on_full_hours_are_moments(tmp_path: Path):
    """Schedulers fire on full hours, midnight among them: these times are true."""
    scheduled = "".join(
        f"m{k}-{h},shop{h % 3},2024-05-{k + 1:02}T{h:02}:00:00Z,offer number {h} of the day {k} in the shop around the corner,,\n"
        for k in range(9)
        for h in (0, 6, 9, 12, 18)
    )
    case, notes = case_of(tmp_path, HEADER + scheduled + diary("p", "user", 40))
    assert {row["created_precision"] for row in rows(case, "posts")} == {"s"}
    assert not any("00:00:00" in note for note in notes)


def test_schedulers_of_strangers_raise_nothing(tmp_path: Path):
    """A fifth of a crowd posts through schedulers, on quarters of an hour: what is in the news meets there to the second."""
    chance = random.Random(7)
    lines = []
    for n in range(4_800):
        user, popular = n % 240, int(300 * chance.random() ** 2)
        day, hour, minute, second = (chance.randrange(n) for n in (28, 24, 60, 60))
        if user % 5 == 0:
            hour, minute, second = chance.choice((8, 9, 12, 17, 20)), chance.choice((0, 0, 15, 30, 45)), 0
        time = f"2024-05-{day + 1:02}T{hour:02}:{minute:02}:{second:02}Z"
        lines.append(f"s{n},user{user},{time},the piece of news with number {popular} that people pass on,,\n")
    case, _ = case_of(tmp_path, HEADER + "".join(lines))
    assert len(detect(case).table("edges")) == 0
    clustered = cluster(case, splits=3, permutations=20, bootstraps=5, copies=0)
    assert (clustered.info["counts"]["groups"], clustered.info["counts"]["accounts_raised"]) == (0, 0)


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
