"""What was set aside is shown with its bytes, written out to be mended, and read again: only that, and each record once."""

from __future__ import annotations

import dataclasses
import gzip
import itertools
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from inconcert.case import Case, create_case
from inconcert.errors import InputError, UnknownName
from inconcert.ingest import importers
from inconcert.ingest.importer import Importer
from inconcert.ingest.shape import Passed, Shape, Unfit
from inconcert.verbs import native_bytes as native
from inconcert.verbs import retry as retrying
from inconcert.verbs.add import add
from inconcert.verbs.import_result import ImportResult
from inconcert.verbs.ingest import ingest
from inconcert.verbs.native_bytes import import_rows, native_bytes
from inconcert.verbs.rejects import Rejects, rejects
from inconcert.verbs.verify import verify

NOW = datetime(2026, 11, 21, tzinfo=UTC)
TEXT = "we all say the very same thing about the new harbour today"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", now=NOW)


def read(case: Case, path: Path, content: bytes | str, **options: Any) -> ImportResult:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (result,) = ingest(case, [path], now=NOW, **options)
    return result


def again(case: Case, *id: str, **options: Any) -> Rejects:
    return rejects(case, *id, retry=True, now=NOW, **options)


def table(case: Case, import_id: str, name: str) -> list[dict[str, Any]]:
    return pq.read_table(case.path / "data" / import_id / f"{name}.parquet").to_pylist()


def posts_csv(n: int = 12, *, bad: str = "") -> str:
    """Every fourth record names its author in the column `alt` alone."""
    lines = ["id,user,alt,created_at,text"]
    for i in range(n):
        user, alt = ("", f"u{i}") if i % 4 == 3 else (f"u{i}", "")
        lines.append(f'p{i},{user},{alt},2024-05-01T10:00:{i:02d}Z,"{TEXT}\nhttps://example.org/{i}"')
    return "\n".join([*lines, bad]) + "\n"


# ---- shown


def test_they_are_grouped_by_column_and_reason_with_bytes_shares_and_remedies(case: Case, tmp_path: Path) -> None:
    read(
        case, tmp_path / "posts.csv", posts_csv(bad="bad\x07,row\nworse\nq9,u,,soon,x"), mapping={"account_id": "user"}
    )
    found = rejects(case, limit=2, now=NOW)
    assert found.rows == 5
    assert [(one.column, one.fatal, one.rejects, one.rows) for one in found.groups] == [
        ("user", True, 3, 3), (None, True, 2, 2), ("created_at", False, 1, 1)
    ]  # fmt: skip
    nobody, ragged, soon = found.groups
    assert nobody.share == 3 / 15
    assert [one.row for one in nobody.examples] == [4, 8]
    assert nobody.examples[0].raw == f'p3,,u3,2024-05-01T10:00:03Z,"{TEXT}\nhttps://example.org/3"'
    assert ragged.reason == "has … fields where the header has …"
    assert [(one.raw, one.raw_bytes) for one in ragged.examples] == [("bad\x07,row", 8), ("worse", 5)]
    assert (soon.examples[0].row, soon.examples[0].value, soon.examples[0].raw) == (15, "soon", "q9,u,,soon,x")
    assert all(group.remedy for group in found.groups)
    assert [group.column for group in rejects(case, reason="NO ACCOUNT", now=NOW).groups] == ["user"]
    assert all(group.examples == () for group in rejects(case, limit=0, now=NOW).groups)


def test_the_commonest_reasons_come_first_and_all_when_asked(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inconcert.verbs.rejects.REASONS_SHOWN", 1)
    read(case, tmp_path / "posts.csv", posts_csv(bad="bad,row"), mapping={"account_id": "user"})
    few, every = rejects(case, now=NOW), rejects(case, all=True, now=NOW)
    assert ([group.column for group in few.groups], few.reasons) == (["user"], 2)
    assert [group.column for group in every.groups] == ["user", None]


def test_bytes_are_shown_in_the_encoding_of_their_file_and_cut(case: Case, tmp_path: Path) -> None:
    rows = [f"用户{n},{n}我们的国家是在北京的{n}" for n in range(60)]
    utf8 = "\n".join(["author,text", *rows, "乙" * 1000]).encode()
    for name, content in (
        ("a.csv", utf8 + b"\nx,y,\xff\x81"),
        ("b.csv", utf8.replace(b"0", b"7").decode().encode("gb18030")),
    ):
        result = read(case, tmp_path / name, content)
        long, *faulty = [one for group in rejects(case, result.import_id, now=NOW).groups for one in group.examples]
        assert (long.raw, long.raw_bytes) == ("乙" * 300, 3000 if name == "a.csv" else 2000)
        assert [one.raw for one in faulty] == (["x,y,⟨FF⟩⟨81⟩"] if name == "a.csv" else [])


def test_a_case_without_any_says_so(case: Case, tmp_path: Path) -> None:
    assert rejects(case, now=NOW).groups == ()
    read(case, tmp_path / "posts.csv", posts_csv(2))
    assert rejects(case, now=NOW) == Rejects(0, (), 0, {})
    with pytest.raises(InputError, match="No record of the case is set aside"):
        again(case, mapping={"account_id": "alt"})
    with pytest.raises(UnknownName, match="import"):
        rejects(case, "nonsense", now=NOW)


# ---- bytes


PAGE = {
    "data": [{"id": str(n), "author_id": f"a{n}", "text": f"{TEXT} {n}", "created_at": f"2024-05-01T10:00:0{n}Z",
              "edit_history_tweet_ids": [str(n)]} for n in range(3)],
    "includes": {"users": [{"id": "a1", "username": "one"}], "tweets": [{"id": "77", "author_id": "a9", "text": "t"}]},
}  # fmt: skip


@pytest.mark.parametrize("name", ["pages.jsonl", "pages.jsonl.gz", "archive.zip"])
def test_every_record_of_every_kind_of_file_is_found(case: Case, tmp_path: Path, name: str) -> None:
    lines = [json.dumps(PAGE), "{broken", json.dumps({**PAGE, "data": PAGE["data"][:1]}).replace('"0"', '"50"')]
    content = "\n".join(lines).encode()
    if name.endswith("zip"):
        with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
            archive.writestr("readme.txt", "about")
            archive.writestr("inner/pages.jsonl", content)
        content = (tmp_path / "made.zip").read_bytes()
    elif name.endswith("gz"):
        content = gzip.compress(content)
    result = read(case, tmp_path / name, content)
    (imported,) = import_rows(case).values()
    rows = {row["row_ref"]: row["post_id"] for row in table(case, result.import_id, "posts")}
    rows |= {row["row_ref"]: None for row in table(case, result.import_id, "rejects") if row["fatal"]}
    found = dict(native_bytes(case, imported, list(rows)))
    assert found.keys() == rows.keys()
    assert {found[row].decode() for row in rows} == set(lines)
    assert all(f'"{post}"'.encode() in found[row] for row, post in rows.items() if post is not None)


def test_reading_stops_at_the_last_record_wanted(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(case, tmp_path / "posts.csv", posts_csv(4))
    (imported,) = import_rows(case).values()
    monkeypatch.setattr(native, "_texts", lambda opened, unfolded: ((n, b"%d" % n) for n in itertools.count()))
    assert list(native_bytes(case, imported, [7, 2])) == [(2, b"2"), (7, b"7")]


# ---- written out


def test_the_records_of_a_table_are_written_with_its_header_and_can_be_mended(case: Case, tmp_path: Path) -> None:
    lines = ["sep=;", "id;user;text", "p1;a;x", "p2;b", "p3;c;", "p4;ü;é;z"]
    read(case, tmp_path / "posts.csv", b"\xff\xfe" + "\r\n".join(lines).encode("utf-16-le"))
    target = tmp_path / "bad.csv"
    done = rejects(case, export=target, now=NOW).exported
    assert done is not None
    assert (done.records, done.bytes) == (2, target.stat().st_size)
    assert target.read_bytes().decode("utf-16").splitlines() == ["sep=;", "id;user;text", "p2;b", "p4;ü;é;z"]
    mended = target.read_bytes().decode("utf-16").replace("p2;b", "p2;b;y").replace("é;z", "é")
    result = read(case, target, mended.encode("utf-16"))
    assert (result.rows_read, result.rows_kept) == (2, 2)


def test_objects_are_written_once_each_on_lines(case: Case, tmp_path: Path) -> None:
    good = [json.dumps({"author": f"a{n}", "text": f"{TEXT} {n}"}) for n in range(5)]
    result = read(case, tmp_path / "posts.jsonl", "\n".join([*good, '{"author": "b', '{"text": "nobody"}']))
    target = tmp_path / "bad.jsonl"
    rejects(case, result.import_id, export=target, now=NOW)
    assert target.read_text().splitlines() == ['{"author": "b', '{"text": "nobody"}']
    with pytest.raises(InputError, match="exists already"):
        rejects(case, result.import_id, export=target, reason="no account", now=NOW)
    rejects(case, result.import_id, export=target, reason="no account", force=True, now=NOW)
    assert target.read_text().splitlines() == ['{"text": "nobody"}']


def test_rows_of_parquet_are_written_as_json_and_can_be_read(case: Case, tmp_path: Path) -> None:
    authors = ["a", None, "c", "d"]
    rows = [{"author": {"id": author}, "text": f"{TEXT} {n}", "likes": n} for n, author in enumerate(authors)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "posts.parquet")
    read(
        case, tmp_path / "posts.parquet", (tmp_path / "posts.parquet").read_bytes(), mapping={"account_id": "author.id"}
    )
    target = tmp_path / "bad.jsonl"
    done = rejects(case, export=target, now=NOW)
    assert [json.loads(line) for line in target.read_text().splitlines()] == [
        {"author.id": None, "text": f"{TEXT} 1", "likes": "1"}
    ]
    assert done.groups[0].examples[0].raw == target.read_text().rstrip()
    result = read(case, target, target.read_text().replace("null", '"b"'), mapping={"account_id": "author.id"})
    assert result.rows_kept == 1


def test_one_file_holds_the_records_of_one_import(case: Case, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        read(case, tmp_path / name, f"author,text\nx{name},{TEXT}\ny,z\nbad\n")
    with pytest.raises(InputError, match=r"2 imports set records aside.*a\.csv.*b\.csv|b\.csv.*a\.csv"):
        rejects(case, export=tmp_path / "bad.csv", now=NOW)
    with pytest.raises(InputError, match="which nothing but the case writes"):
        rejects(case, next(iter(import_rows(case))), export=case.path / "data" / "bad.csv", now=NOW)


# ---- read again


def test_only_what_was_set_aside_is_read_again_and_only_while_it_is(case: Case, tmp_path: Path) -> None:
    first = read(case, tmp_path / "posts.csv", posts_csv(bad="bad,row"), mapping={"account_id": "user"})
    kept = table(case, first.import_id, "posts")
    done = again(case, mapping={"account_id": "alt"})
    (one,) = done.retries
    assert (one.rows_read, one.rows_kept, one.rows_duplicate, one.rows_rejected) == (4, 3, 0, 1)
    assert one.import_id is not None
    assert [(row["row_ref"], row["post_id"], row["account_id"]) for row in table(case, one.import_id, "posts")] == [
        (4, "p3", "u3"), (8, "p7", "u7"), (12, "p11", "u11")
    ]  # fmt: skip
    assert table(case, first.import_id, "posts") == kept
    (row,) = table(case, one.import_id, "imports")
    assert (row["retries"], row["file"], row["rows_read"]) == (first.import_id, "posts.csv", 4)
    assert (done.rows, [group.column for group in done.groups], done.retried) == (
        1,
        [None],
        {first.import_id: one.import_id},
    )
    assert done.groups[0].share == 1 / 13
    (next_one,) = again(case, mapping={"account_id": "id"}).retries
    assert (next_one.retries, next_one.import_id) == (one.import_id, None)
    assert "None of them can be used: row 13" in next_one.notes[0]
    assert verify(case, recompute=False).intact


def test_with_nothing_changed_nothing_is_done(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(case, tmp_path / "posts.csv", posts_csv(), mapping={"account_id": "user"})
    said = len(case.statements())
    for options in ({}, {"mapping": {"account_id": "user"}}, {"format": "table"}):
        (one,) = again(case, **options).retries
        assert one.import_id is None
        assert one.notes == (retrying.UNCHANGED,)
    assert len(case.statements()) == said
    (one,) = again(case, mapping={"account_id": "alt"}).retries
    assert one.import_id is not None
    monkeypatch.setattr(retrying, "PROGRAM", "inconcert 99")
    bad = read(case, tmp_path / "more.csv", "author,text\nx,y\nz,w\nbad\n")
    (one,) = again(case, bad.import_id).retries
    assert "has 1 fields" in one.notes[0]
    assert first.import_id not in (one.retries, one.import_id)


def test_what_the_user_said_then_still_holds(case: Case, tmp_path: Path) -> None:
    content = "id,who,other,when,place,text\n" + "".join(
        f"p{n},{'' if n % 3 == 0 else 'w'}{'' if n % 3 == 0 else n},o{n},2024-05-01 10:00:{n:02d},x,{TEXT}{n}\n"
        for n in range(9)
    )
    options = {
        "mapping": {"account_id": "who", "created_at": "when", "place": ""},
        "platform": "vk",
        "zone": "Asia/Shanghai",
    }
    read(case, tmp_path / "posts.csv", content, **options)
    (one,) = again(case, mapping={"account_id": "other"}).retries
    assert one.import_id is not None
    for row in table(case, one.import_id, "posts"):
        assert (row["platform"], row["place"], row["time_zone_source"]) == ("vk", None, "given")
        assert row["created_at"].hour == 2


def test_the_whole_file_tells_how_the_times_of_a_few_records_are_written(case: Case, tmp_path: Path) -> None:
    """Of the record alone nobody could tell day from month, and its full minute would make the case coarser."""
    rows = [f"p{n},u{n},,{n + 10}/3/2024 10:00:1{n},{TEXT}{n}" for n in range(9)]
    read(case, tmp_path / "posts.csv", "\n".join(["id,user,alt,created_at,text", *rows, f"q,,z,4/3/2024 10:00:00,{TEXT}", ""]),
         mapping={"account_id": "user"})  # fmt: skip
    (one,) = again(case, mapping={"account_id": "alt"}).retries
    assert one.import_id is not None
    (row,) = table(case, one.import_id, "posts")
    assert (row["created_at"].day, row["created_at"].month, row["created_precision"]) == (4, 3, "s")


def test_a_post_that_the_case_holds_is_a_duplicate_or_stays_aside(case: Case, tmp_path: Path) -> None:
    content = (
        f"id,user,alt,created_at,text\np1,a,,2024-05-01T10:00:00Z,{TEXT}\np1,,a,2024-05-01T10:00:00Z,{TEXT}\n"
        f"p1,,b,2024-05-01T10:00:00Z,{TEXT}\np2,a,,2024-05-01T10:00:09Z,{TEXT}\np3,a,,2024-05-01T10:00:19Z,{TEXT}\n"
    )
    read(case, tmp_path / "posts.csv", content, mapping={"account_id": "user"})
    done = again(case, mapping={"account_id": "alt"})
    (one,) = done.retries
    assert (one.rows_read, one.rows_kept, one.rows_duplicate, one.rows_rejected) == (2, 0, 1, 1)
    assert "another author" in done.groups[0].reason


def test_options_must_fit_before_anything_is_written(case: Case, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        read(case, tmp_path / name, posts_csv().replace("p1", name), mapping={"account_id": "user"})
    before = sorted(path.name for path in (case.path / "data").iterdir())
    with pytest.raises(UnknownName, match="column of the file"):
        again(case, mapping={"account_id": "nonsense"})
    with pytest.raises(UnknownName, match="format"):
        again(case, format="nonsense")
    with pytest.raises(InputError, match="--retry alone"):
        rejects(case, platform="x", now=NOW)
    with pytest.raises(InputError, match="go without it"):
        again(case, reason="x")
    assert sorted(path.name for path in (case.path / "data").iterdir()) == before


# ---- a newer importer


def _note(native: dict[str, Any], head: object) -> Iterator[dict[str, Any]]:
    """One record an object, of those whose kind is known; others are set aside or passed."""
    if native["kind"] == "like":
        raise Passed("likes")
    if native["kind"] != "note":
        raise Unfit("of an unknown kind")
    yield {
        "post_id": native["n"],
        "account_id": "a" + native["n"],
        "text": f"{TEXT} {native['n']}",
        "created_at": native.get("t"),
    }


def _newer(native: dict[str, Any], head: object) -> Iterator[dict[str, Any]]:
    """Likes are records by now, and bundles hold two."""
    if native["kind"] == "bundle":
        for part in ("x", "y"):
            yield {"post_id": native["n"] + part, "account_id": "b", "text": f"{TEXT} {native['n']}{part}"}
    elif native["kind"] == "odd":
        raise Unfit("of an unknown kind")
    else:
        yield {"post_id": native["n"], "account_id": "c", "text": f"{TEXT} {native['n']}"}


FIELDS = ("post_id", "account_id", "created_at", "text")
NOTES = Importer("notes", "Notes", (), {}, shape=Shape(lambda native, head: "kind" in native, _note, FIELDS))
NEWER = dataclasses.replace(NOTES, version="2", shape=Shape(NOTES.shape.fits, _newer, FIELDS))  # type: ignore[union-attr]


def test_a_newer_importer_that_counts_otherwise_finds_the_same_objects(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = ["note", "like", "note", "like", "bundle", "note", "odd", "note", "bundle", "note", "note"]
    lines = [json.dumps({"kind": kind, "n": n}) for n, kind in enumerate(kinds)]
    monkeypatch.setitem(importers.IMPORTERS, "notes", NOTES)
    first = read(case, tmp_path / "notes.jsonl", "\n".join(lines))
    assert (first.rows_kept, first.rows_rejected, first.passed) == (6, 3, {"likes": 2})
    monkeypatch.setitem(importers.IMPORTERS, "notes", NEWER)
    posts = {row["row_ref"]: row["post_id"] for row in table(case, first.import_id, "posts")}
    found = dict(native_bytes(case, import_rows(case)[first.import_id], list(posts)))
    assert {row: json.loads(found[row])["n"] for row in posts} == {row: int(post) for row, post in posts.items()}
    assert [one.raw for one in rejects(case, now=NOW).groups[0].examples] == [lines[4], lines[6], lines[8]]
    (one,) = again(case).retries
    assert (one.rows_read, one.rows_kept, one.rows_rejected) == (5, 4, 1)
    assert one.import_id is not None
    assert [row["post_id"] for row in table(case, one.import_id, "posts")] == ["4x", "4y", "8x", "8y"]
    (still,) = rejects(case, now=NOW).groups
    assert [example.raw for example in still.examples] == [lines[6]]
    posts = {row["row_ref"]: row["post_id"] for row in table(case, one.import_id, "posts")}
    found = dict(native_bytes(case, import_rows(case)[one.import_id], list(posts)))
    assert {row: json.loads(found[row])["n"] for row in posts} == {row: int(post[0]) for row, post in posts.items()}


def test_of_an_object_with_many_records_only_those_set_aside_are_read_again(case: Case, tmp_path: Path) -> None:
    page = json.loads(json.dumps(PAGE))
    del page["data"][1]["author_id"]
    result = read(
        case, tmp_path / "pages.jsonl", "\n".join([json.dumps(PAGE).replace('"id": "', '"id": "9'), json.dumps(page)])
    )
    assert (result.rows_kept, result.rows_rejected) == (7, 1)
    (one,) = again(case, mapping={"account_id": "post_id"}).retries
    assert (one.rows_read, one.rows_kept) == (1, 1)
    assert one.import_id is not None
    assert [row["row_ref"] for row in table(case, one.import_id, "posts")] == [
        row["row_ref"] for row in table(case, result.import_id, "rejects") if row["fatal"]
    ]


def test_another_format_that_cuts_the_file_otherwise_is_refused(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    under = dataclasses.replace(NOTES, name="under", shape=dataclasses.replace(NOTES.shape, under=("list",)))  # type: ignore[type-var]
    monkeypatch.setitem(importers.IMPORTERS, "notes", NOTES)
    monkeypatch.setitem(importers.IMPORTERS, "under", under)
    lines = [json.dumps({"kind": kind, "n": n}) for n, kind in enumerate(["note", "note", "odd"])]
    read(case, tmp_path / "notes.jsonl", "\n".join(lines), format="notes")
    with pytest.raises(InputError, match=r"Read as under, notes\.jsonl has other records"):
        again(case, format="under")


# ---- files in archives, and files of other things than posts


def test_a_file_in_an_archive_is_read_again_where_it_lies(case: Case, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.writestr("other.csv", posts_csv().replace("p1", "o1").replace("p", "o"))
        archive.writestr("inner/posts.csv", posts_csv())
    path = tmp_path / "archive.zip"
    path.write_bytes((tmp_path / "made.zip").read_bytes())
    results = {one.file: one for one in ingest(case, [path], mapping={"account_id": "user"}, now=NOW)}
    done = again(case, results["archive.zip/inner/posts.csv"].import_id, mapping={"account_id": "alt"})
    (one,) = done.retries
    assert (one.file, one.rows_read, one.rows_kept) == ("archive.zip/inner/posts.csv", 3, 3)
    assert rejects(case, now=NOW).rows == 3
    target = tmp_path / "bad.csv"
    rejects(case, export=target, now=NOW)
    assert target.read_text().count("\no") == 3
    assert verify(case, recompute=False).intact
    assert list((case.path / ".scratch").iterdir()) == []


def test_records_of_other_tables_are_read_again_too(case: Case, tmp_path: Path) -> None:
    rows = ["document_id,title,text,gloss,words", "d1,one,x,,", "d2,,,,the words", "d3,,,,", "d4,two,y,,"]
    first = read(case, tmp_path / "papers.csv", "\n".join(rows) + "\n")
    assert (first.rows_kept, first.rows_rejected) == (2, 2)
    assert again(case).retries[0].notes == (retrying.UNCHANGED,)
    done = again(case, mapping={"text": "words"})
    (one,) = done.retries
    assert (one.rows_read, one.rows_kept, one.rows_rejected) == (2, 1, 1)
    assert one.import_id is not None
    assert [(row["document_id"], row["text"]) for row in table(case, one.import_id, "documents")] == [
        ("d2", "the words")
    ]
    (still,) = done.groups
    assert [example.raw for example in still.examples] == ["d3,,,,"]
    (nothing,) = again(case, mapping={"text": "title"}).retries
    assert nothing.import_id is None
    assert "no documents that can be used" in nothing.notes[0]


def test_what_add_read_is_shown_and_not_read_again(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    file.write_text("date,title\n2024-05-01,one\n2024-05-02,\n")
    add(case, events=[file], now=NOW)
    (group,) = rejects(case, now=NOW).groups
    assert [example.raw for example in group.examples] == ["2024-05-02,"]
    assert again(case, mapping={"title": "date"}).retries[0].notes == (retrying.NOT_ALONE,)
