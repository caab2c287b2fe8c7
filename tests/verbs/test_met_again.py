"""Duplicates against an oracle that reads one record after the other, over batches of every size and two files."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inconcert.case import Case, create_case
from inconcert.detect.load import load_layers
from inconcert.ingest import reading
from inconcert.ingest.stream import supply
from inconcert.verbs import import_rejects, met_before, perhaps_seen
from inconcert.verbs.detect import detect
from inconcert.verbs.ingest import ImportResult, ingest
from inconcert.verbs.perhaps_seen import PerhapsSeen
from inconcert.verbs.seen_ids import SeenIds

NOW = datetime(2026, 11, 21, tzinfo=UTC)
Record = tuple[str, str, str]
RECORDS = st.lists(
    st.tuples(st.sampled_from(["1", "é", "я", "日", "😀", ""]), st.sampled_from("ab"), st.sampled_from(["", "x", "y"])),
    max_size=15,
)
FILLER = [(f"filler {n}", "c", "") for n in range(16)]


def _one_after_the_other(files: Sequence[list[Record]]) -> tuple[list[tuple[int, int, int]], set[tuple[str, str]]]:
    """(kept, set aside, duplicate) of each file, and the hashtags of posts with an id."""
    author_of: dict[str, str] = {}
    tags: set[tuple[str, str]] = set()
    counts = []
    for records in files:
        kept = aside = duplicate = 0
        for id, author, tag in records:
            new = bool(id) and id not in author_of
            if id and author_of.setdefault(id, author) != author:
                aside += 1
            elif not id or new or (tag and (id, tag) not in tags):
                kept += 1
                tags |= {(id, tag)} if id and tag else set()
            else:
                duplicate += 1
        counts.append((kept, aside, duplicate))
    return counts, tags


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=RECORDS, second=RECORDS, batch_rows=st.sampled_from([2, 7, 50]))
def test_duplicates_are_those_of_a_slow_reading(
    first: list[Record], second: list[Record], batch_rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH_ROWS", batch_rows)
    monkeypatch.setattr(supply, "BLOCK_BYTES", 60)
    files = [first + FILLER, [*FILLER, *second, ("last", "c", "")]]
    expected, tags = _one_after_the_other(files)
    with tempfile.TemporaryDirectory() as folder:
        case = create_case(Path(folder) / "case", now=NOW)
        paths = [Path(folder) / name for name in ("first.csv", "second.csv")]
        for path, records in zip(paths, files, strict=True):
            with path.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("id", "author", "hashtags"), *records])
        results = ingest(case, paths, now=NOW)
        actions = pa.concat_tables([pq.read_table(part) for part in case.parts("actions")]).to_pylist()
        posts = pa.concat_tables([pq.read_table(part) for part in case.parts("posts")])["post_id"].to_pylist()
    assert [(r.rows_kept, r.rows_rejected, r.rows_duplicate) for r in results] == expected
    found = [(a["post_id"], a["object_id"]) for a in actions if a["kind"] == "hashtag" and a["post_id"][:4] != "row:"]
    assert sorted(found) == sorted(tags)
    assert len(posts) == len(set(posts))


LONG = "these words are long enough to be compared"
OTHER = "other words, no less long than those before"
COLUMNS = (
    "post_id",
    "account_id",
    "created_at",
    "text",
    "likes",
    "hashtags",
    "deleted",
    "observed_at",
    "handle",
    "platform",
)


def _take(case: Case, file: Path, rows: Sequence[dict[str, str]]) -> ImportResult:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows({"account_id": "a", "created_at": "2024-01-01T10:00:00Z", "text": LONG, **row} for row in rows)
    (result,) = ingest(case, [file], mapping={name: name for name in COLUMNS}, now=NOW)
    assert result.rows_read == result.rows_kept + result.rows_rejected + result.rows_duplicate
    return result


def _held(case: Case, table: str, *without: str) -> list[dict[str, Any]]:
    rows = pa.concat_tables([pq.read_table(part) for part in case.parts(table)]).drop_columns(list(without)).to_pylist()
    return sorted(rows, key=repr)


def _observed(case: Case) -> list[tuple[Any, ...]]:
    rows = _held(case, "post_observations")
    return sorted(
        ((r["text"], r["likes"], r["deleted"], r["observed_at"] and r["observed_at"].day) for r in rows), key=repr
    )


def test_the_earliest_capture_of_a_post_is_the_one_in_posts(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case", now=NOW)
    captures = [
        {"text": OTHER, "likes": "9", "observed_at": "2024-01-05T00:00:00Z", "hashtags": "late"},
        {"text": LONG, "likes": "1", "observed_at": "2024-01-02T00:00:00Z", "hashtags": "early"},
        {"text": LONG, "likes": "1", "observed_at": "2024-01-03T00:00:00Z", "hashtags": "early"},  # says nothing new
        {"text": OTHER, "likes": "9", "observed_at": "2024-01-06T00:00:00Z", "deleted": "true", "hashtags": "late"},
        {"text": LONG, "likes": "1", "observed_at": "2024-01-07T00:00:00Z", "deleted": "false"},  # changed back
    ]
    result = _take(case, tmp_path / "a.csv", [{"post_id": "1", **one} for one in captures])
    assert (result.rows_kept, result.rows_duplicate) == (4, 1)
    (post,) = _held(case, "posts")
    assert (post["text"], post["row_ref"], post["created_precision"]) == (LONG, 2, "min")
    assert _observed(case) == sorted([(OTHER, 9, None, 5), (OTHER, 9, True, 6), (LONG, 1, False, 7)], key=repr)
    did = {(row["kind"], row["object_id"]) for row in _held(case, "actions")}
    assert ("hashtag", "early") in did
    assert ("hashtag", "late") not in did
    assert ("text", post["text_hash"]) in did
    assert any("post_observations" in note for note in result.notes)


def test_between_imports_the_first_one_read_stays_and_repeated_captures_add_nothing(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case", now=NOW)
    new = {"post_id": "1", "text": OTHER, "observed_at": "2024-01-05T00:00:00Z"}
    old = {"post_id": "1", "text": LONG, "observed_at": "2024-01-02T00:00:00Z"}
    gone = {"post_id": "1", "text": "", "deleted": "true"}
    _take(case, tmp_path / "a.csv", [new])
    assert _take(case, tmp_path / "b.csv", [old, gone]).rows_kept == 2
    assert _take(case, tmp_path / "c.csv", [gone, {"post_id": "2"}, old, new]).rows_duplicate == 3
    assert [post["text"] for post in _held(case, "posts") if post["post_id"] == "1"] == [OTHER]
    assert _observed(case) == sorted([(LONG, None, None, 2), (None, None, True, None)], key=repr)


def test_another_author_or_time_is_set_aside_whatever_it_says(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case", now=NOW)
    first = {"post_id": "1", "observed_at": "2024-01-05T00:00:00Z"}
    author = {"post_id": "1", "account_id": "b", "observed_at": "2024-01-01T00:00:00Z", "handle": "b"}
    time = {"post_id": "1", "created_at": "2024-01-01T11:00:00Z", "likes": "3"}
    result = _take(case, tmp_path / "a.csv", [first, author, time, {"post_id": "2"}])
    assert (result.rows_kept, result.rows_rejected) == (2, 2)
    assert _observed(case) == []
    assert {account["account_id"] for account in _held(case, "accounts")} == {"a"}


STATES = st.fixed_dictionaries(
    {
        "post_id": st.sampled_from(["1", "2", "3", "4"]),
        "account_id": st.sampled_from("ab"),
        "hashtags": st.sampled_from(["", "x", "x y"]),
        "handle": st.sampled_from(["", "ann", "Ann", "bob"]),
        "platform": st.sampled_from(["", "x", "Twitter"]),
    }
)


@settings(deadline=None, max_examples=15)
@given(rows=st.lists(STATES, min_size=2, max_size=14), low=st.integers(0, 7), high=st.integers(3, 14))
def test_overlapping_exports_merge_whichever_comes_first(rows: list[dict[str, str]], low: int, high: int) -> None:
    """Two parts of one export that share a stretch give the posts, actions and accounts of either order, each once."""
    author: dict[str, str] = {}
    for row in rows:
        row["account_id"] = author.setdefault(row["post_id"], row["account_id"])  # an id is one post
        row["platform"] = row["platform"] or "X"
    parts = [rows[:high], rows[low:]]
    if not all(parts):
        return
    found = []
    for order in (parts, parts[::-1]):
        with tempfile.TemporaryDirectory() as folder:
            case = create_case(Path(folder) / "case", now=NOW)
            for number, part in enumerate(order):
                _take(case, Path(folder) / f"{number}.csv", part)
            posts = _held(case, "posts", "import_id", "row_ref")
            ids = [post["post_id"] for post in posts]
            assert len(ids) == len(set(ids))
            described = {repr(row) for row in _held(case, "accounts", "import_id", "row_ref")}
            found.append((posts, _held(case, "actions"), described, _observed(case)))
    assert found[0] == found[1]


def test_accounts_of_two_platforms_with_one_id_are_two(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case", now=NOW)
    _take(case, tmp_path / "a.csv", [{"post_id": "1", "account_id": "cnn", "platform": "X", "handle": "cnn"}])
    _take(
        case,
        tmp_path / "b.csv",
        [{"post_id": "2", "account_id": "cnn", "platform": "Facebook", "handle": "cnn", "likes": "1"}],
    )
    _take(case, tmp_path / "c.csv", [
        {"post_id": "3", "account_id": "cnn", "platform": "twitter"}, {"post_id": "2", "account_id": "cnn", "platform": "fb", "likes": "2"},
        {"post_id": "4", "account_id": "bbc", "platform": "vk"}, {"post_id": "5", "account_id": "bbc", "platform": "telegram"},
        {"post_id": "6", "account_id": "cnn"},
    ])  # fmt: skip
    whose = {(post["post_id"], post["platform"]): post["account_id"] for post in _held(case, "posts")}
    assert whose == {
        ("1", "twitter"): "cnn", ("2", "facebook"): "facebook:cnn", ("3", "twitter"): "cnn", ("4", "vk"): "vk:bbc",
        ("5", "telegram"): "telegram:bbc", ("6", "unknown"): "cnn",
    }  # fmt: skip
    assert [(row["account_id"], row["likes"]) for row in _held(case, "post_observations")] == [("facebook:cnn", 2)]
    for table in ("accounts", "actions"):
        ids = {(row["platform"], row["account_id"]) for row in _held(case, table)}
        assert ids == {(platform, account) for (_, platform), account in whose.items()}


def test_accounts_and_objects_of_two_platforms_never_meet_in_detection(tmp_path: Path) -> None:
    """Ten accounts a platform share posts 1 to 60 of their own platform at one moment: pairs join accounts of one platform only."""
    rows: dict[str, list[list[str]]] = {"twitter": [], "facebook": []}
    for platform, its in rows.items():
        for n in range(60):
            for account in range(10):
                moment = f"2024-01-{1 + n % 28:02}T{n % 24:02}:00:{account:02}Z"
                its.append([f"{platform}{account}.{n}", str(account), moment, "", str(n + 1), f"name{n % 5}", platform])
    case = create_case(tmp_path / "case", now=NOW)
    for platform, its in rows.items():
        with (tmp_path / f"{platform}.csv").open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(
                [("post_id", "account_id", "created_at", "text", "reply_to_id", "mentions", "platform"), *its]
            )
        ingest(case, [tmp_path / f"{platform}.csv"], now=NOW)
    layers = load_layers(case.parts("actions"), ["reply", "mention"])
    assert layers["reply"].n_accounts == 20
    assert (layers["reply"].n_objects, layers["mention"].n_objects) == (120, 10)
    edges = detect(case).table("edges").to_pylist()
    assert len(edges) > 0
    assert all(edge["source"].startswith("facebook:") == edge["target"].startswith("facebook:") for edge in edges)


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(1, 300), max_size=300), max_size=5))
def test_seen_ids_are_a_set(arrays: list[list[int]]) -> None:
    seen = SeenIds()
    known: set[int] = set()
    for array in arrays:
        met = seen.met(np.array(array, np.uint64))
        for value, before in zip(array, met, strict=True):
            assert before == (value in known)
            known.add(value)


def test_seen_ids_grow() -> None:
    seen = SeenIds()
    hashes = np.random.default_rng(1).integers(2, 2**63, 300_000).astype(np.uint64)
    assert not seen.met(hashes).any()
    assert seen.met(hashes[::-1].copy()).all()


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 300), max_size=300), max_size=5), st.sampled_from([5, 50, 1000]))
def test_what_was_seen_is_never_forgotten_however_many_there_are(arrays: list[list[int]], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(perhaps_seen, "EXACT_MOST", most)
        seen = PerhapsSeen()
        known: set[int] = set()
        for array in arrays:
            assert seen.exact == (len({value or 1 for value in known}) <= most)
            met = seen.met(np.array(array, np.uint64))
            for value, before in zip(array, met, strict=True):
                assert before or value not in known
                known.add(value)


def test_few_of_many_ids_are_taken_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(perhaps_seen, "EXACT_MOST", 1000)
    seen = PerhapsSeen()
    hashes = np.random.default_rng(1).integers(2, 2**63, 300_000).astype(np.uint64) * np.uint64(2)
    assert seen.met(hashes).mean() < 0.001
    assert not seen.exact
    assert seen.met(hashes).all()


class _Doubting(PerhapsSeen):
    """One that is sure of nothing."""

    @property
    def exact(self) -> bool:
        return False

    def met(self, hashes: Any) -> Any:
        return super().met(hashes) | True


@settings(deadline=None, max_examples=5)
@given(rows=st.lists(STATES, min_size=1, max_size=14))
def test_ids_taken_for_others_change_nothing(rows: list[dict[str, str]]) -> None:
    """As when ids are too many to be held one by one: all that is in doubt is decided when the file has been read."""
    found = []
    for doubting in (False, True):
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            if doubting:
                patch.setattr(met_before, "PerhapsSeen", _Doubting)
                patch.setattr("inconcert.verbs.import_accounts.PerhapsSeen", _Doubting)
            case = create_case(Path(folder) / "case", now=NOW)
            _take(case, Path(folder) / "a.csv", [{"post_id": "0"}, {"post_id": "00"}])
            result = _take(case, Path(folder) / "b.csv", [*rows, {"post_id": "0"}, {"post_id": "5"}, {"post_id": "6"}])
            tables = [_held(case, name) for name in ("posts", "post_observations", "actions")]
            tables.append(_held(case, "accounts", "row_ref"))  # of records that say the same, any may be the one kept
            found.append((tables, result.rows_kept, result.rows_duplicate, result.rows_rejected))
    assert found[0] == found[1]


@pytest.mark.parametrize("kind", ["one", "twice", "contradicted"])
def test_joining_many_records_takes_no_more_memory_than_it_may(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine refuses what would not fit, so that it is enough to give it little."""
    monkeypatch.setattr(met_before, "MEMORY", "40MB")
    monkeypatch.setattr(import_rejects, "_MEMORY", "40MB")
    many = 30_000
    case = create_case(tmp_path / "case", now=NOW)
    file = tmp_path / "a.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write("post_id,account_id,created_at,text,likes,hashtags\n")
        for n in range(2 * many):
            id = {"one": 7, "twice": n % many, "contradicted": n % many}[kind]
            author = f"b{n}" if kind == "contradicted" and n in range(many, many + many // 2) else f"a{id % 99}"
            out.write(
                f"p{id},{author},2024-01-01T10:00:00Z,some words long enough to be compared {id},{n},tag{n % 7}\n"
            )
    (result,) = ingest(case, [file], now=NOW)
    aside = many // 2 if kind == "contradicted" else 0
    assert (result.rows_kept, result.rows_rejected) == (2 * many - aside, aside)
    posts = 1 if kind == "one" else many
    assert len(_held(case, "posts", "text")) == posts
    assert sum(pq.read_metadata(part).num_rows for part in case.parts("post_observations")) == 2 * many - aside - posts


TOLD = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3"]), st.sampled_from(["", "2024-01-01T10:00:07Z"]), st.sampled_from(["", LONG])
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=8)
@given(files=st.lists(TOLD, min_size=2, max_size=3))
def test_a_time_or_text_that_the_first_record_lacks_is_kept_once_with_its_witness(
    files: list[list[tuple[str, str, str]]],
) -> None:
    """Against one record after the other: it is an observation of the post if no record before it has filled as much."""
    first: dict[str, tuple[str, str]] = {}
    known: set[tuple[str, str, str]] = set()
    expected, filled = [], []
    for number, records in enumerate(files):
        its: set[str] = set()
        for row, (id, time, text) in enumerate(records, start=1):
            own_time, own_text = first.setdefault(id, (time, text))
            known.add((id, "", own_text))
            told = (id, "" if own_time else time, text or own_text)
            if told not in known:
                expected.append((number, row, id, time, text))
                its.add(id)
            known.add(told)
        filled.append(len(its))
    with tempfile.TemporaryDirectory() as folder:
        case = create_case(Path(folder) / "case", now=NOW)
        results = []
        for number, records in enumerate(files):
            # one more post, so that the files differ and their times are to the second
            own = {"post_id": f"own {number}", "created_at": "2024-01-01T10:00:01Z"}
            rows = [{"post_id": id, "created_at": time, "text": text} for id, time, text in records]
            results.append(_take(case, Path(folder) / f"{number}.csv", [*rows, own]))
        place = {result.import_id: number for number, result in enumerate(results)}
        found = [
            (
                place[row["import_id"]], row["row_ref"], row["post_id"],
                row["created_at"].strftime("%Y-%m-%dT%H:%M:%SZ") if row["created_at"] else "", row["text"] or "",
            )
            for row in _held(case, "post_observations")
        ]  # fmt: skip
        posts = {row["post_id"]: row for row in _held(case, "posts")}
    assert sorted(found) == expected
    for id, (time, text) in first.items():
        assert (posts[id]["created_at"] is not None, posts[id]["text"] or "") == (bool(time), text)
    for result, n in zip(results, filled, strict=True):
        assert [f"{n:,} posts have a time" in note for note in result.notes if "posts have a time" in note] == [
            True
        ] * bool(n)
