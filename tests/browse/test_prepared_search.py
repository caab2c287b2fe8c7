"""A search in prepared letters gives exactly what one in the texts does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inconcert import schema
from inconcert.browse.posts import Place
from inconcert.case import Case, create_case, write_parquet
from inconcert.errors import InputError, UnknownName
from inconcert.hunting.query import query
from inconcert.verbs import look
from inconcert.verbs.prepare import prepare, prepared
from inconcert.verbs.search import Search, search

from .conftest import NOW, World

PIECES = ("tea", "Tea", "TEA", "ｔｅａ", "protest", "抗議", "抗议", "舆论引导", "輿論引導", "a", "an", "the", " ", " ", " ", "\n", "#", "-", "é", "e\u0301",
          "ß", "İ", "𝒯", "\u202e", "http://x.com/Name_a/1", "@name_b", "", "0", "ไทย", "\U00020000", "👩‍🎤")  # fmt: skip
TEXT = st.one_of(st.none(), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
WORD = st.lists(
    st.sampled_from(["tea", "te", "抗议", "抗", "the", "a", "ea", "name", "舆论", "é", "ไ", "\U00020000"]),
    min_size=1,
    max_size=2,
).map(" ".join)
TERM = st.tuples(st.sampled_from(["", "", "-"]), st.sampled_from(["", "*"]), WORD, st.sampled_from(["", "*"])).map(
    "".join
)
POST = st.fixed_dictionaries(
    {"text": TEXT, "account_id": st.sampled_from("abc"), "platform": st.sampled_from(["weibo", "x"]), "day": st.one_of(st.none(), st.integers(1, 6)),
     "tags": st.sets(st.sampled_from(["tea", "茶"]))}
)  # fmt: skip
DOCUMENT = st.fixed_dictionaries({"title": TEXT, "text": TEXT, "gloss": TEXT})


def made(folder: Path, imports: list[list[dict[str, Any]]], documents: list[dict[str, Any]]) -> Case:
    """A case with these posts, one list an import, these documents, and the group of a and b."""
    case = create_case(folder / "case", now=NOW)

    def table(name: str, rows: list[dict[str, Any]]) -> Any:
        blank = {"string": "", "int64": 0, "int32": 0, "double": 0.5, "bool": False}
        columns = schema.table(name).columns
        filled = [
            {c.name: row.get(c.name, None if c.nullable else blank[str(c.type)]) for c in columns} for row in rows
        ]
        return pa.Table.from_pylist(filled, schema=schema.table(name).arrow)

    for number, rows in enumerate([*imports, documents]):
        id = f"i{number}"
        given_too = number == len(imports)
        about = {"import_id": id, "file": f"file-{number}", "role": "given" if given_too else "case"}
        with case.writing("data", id) as draft:
            write_parquet(table("imports", [about]), draft / "imports.parquet")
            if given_too:
                those = [
                    {**row, "document_id": f"d{n}", "import_id": id, "row_ref": n + 1} for n, row in enumerate(rows)
                ]
                write_parquet(table("documents", those), draft / "documents.parquet")
                continue
            posts, actions = [], []
            for n, row in enumerate(rows):
                time = None if row["day"] is None else datetime(2024, 1, row["day"], tzinfo=UTC)
                same = {"post_id": f"{id}-{n}", "account_id": row["account_id"], "platform": row["platform"]}
                posts.append(
                    {**same, "text": row["text"], "created_at": time, "import_id": id, "row_ref": n + 1, "kind": "post"}
                )
                actions += [
                    {**same, "kind": "hashtag", "object_id": tag, "time_us": None} for tag in sorted(row["tags"])
                ]
            write_parquet(table("posts", posts), draft / "posts.parquet")
            write_parquet(table("actions", actions), draft / "actions.parquet")
            known = [
                {"account_id": a, "handle": f"Name_{a}", "platform": "x", "import_id": id, "row_ref": 1} for a in "abc"
            ]
            write_parquet(table("accounts", known), draft / "accounts.parquet")
    members = [{"group_id": "G1", "account_id": a} for a in "ab"]
    case.record_run(
        "cluster", parameters={"seed": 1}, inputs=["i0"], versions={}, seed=1, engine="duckdb", counts={}, duration_s=1.0,
        tables={"members": table("members", members), "groups": table("groups", [{"group_id": "G1", "level": "L1", "size": 2}]),
                "scores": table("scores", [])},
    )  # fmt: skip
    return case


@contextmanager
def unprepared(case: Case) -> Iterator[None]:
    """The view put away for a while."""
    away = case.path / "away"
    (case.path / ".view").rename(away)
    try:
        assert prepared(case) is None
        yield
    finally:
        away.rename(case.path / ".view")


def both(case: Case, words: list[str], **options: Any) -> tuple[Any, Any]:
    """The answers with and without a view; of a refusal its words."""

    def answer() -> Search | str:
        try:
            return search(case, words, **options)
        except (InputError, UnknownName) as error:
            return str(error)

    with unprepared(case):
        plain = answer()
    assert prepared(case) is not None
    return answer(), plain


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    imports=st.lists(st.lists(POST, max_size=12), min_size=1, max_size=2),
    documents=st.lists(DOCUMENT, max_size=3),
    asked=st.lists(
        st.tuples(
            st.lists(TERM, max_size=3),
            st.fixed_dictionaries(
                {},
                optional={
                    "account": st.lists(st.sampled_from(["a", "name_b", "@Name_C", "nobody"]), max_size=2),
                    "group": st.sampled_from(["G1", "G2"]),
                    "hashtag": st.lists(st.sampled_from(["#TEA", "茶", " "]), max_size=2),
                    "platform": st.sampled_from(["weibo", "twitter", "other"]),
                    "since": st.sampled_from(["2024-01-02", "2024"]),
                    "until": st.sampled_from(["2024-01-03", "2024-01-05"]),
                    "order": st.sampled_from(["rank", "time"]),
                    "limit": st.integers(1, 5),
                    "offset": st.integers(0, 4),
                },
            ),
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_the_same_with_and_without_a_view(
    imports: list[list[dict[str, Any]]], documents: list[dict[str, Any]], asked: list[tuple[list[str], dict[str, Any]]]
) -> None:
    with TemporaryDirectory() as folder:
        case = made(Path(folder), imports, documents)
        prepare(case)
        for words, options in asked:
            for places in (("posts",), ("posts", "documents")):
                with_view, without = both(case, words, places=places, **options)
                assert with_view == without


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (["protest"], {}),
        (["protest", "-ring"], {}),
        (["*rotes*"], {"limit": 7, "offset": 3}),
        (["谈谈"], {"order": "time"}),
        ([], {"hashtag": ["harbour"]}),
        ([], {"domain": ["ring.example"], "limit": 1000}),
        ([], {"domain": ["https://site3.example/3"], "hashtag": ["tag3"]}),
        (["see"], {"account": ["handle_7_new"]}),
        (["look"], {"group": "G1", "since": "2026-03-02", "until": "2026-03-04"}),
        (["look"], {"group": "G77"}),
        ([], {"domain": ["no domain"]}),
        (["nowhere"], {"account": ["nobody"]}),
    ],
)  # fmt: skip
def test_the_same_on_a_case_with_runs(world: World, words: list[str], options: dict[str, Any]) -> None:
    with_view, without = both(world.case, words, **options)
    assert with_view == without
    assert isinstance(without, str) or sum(without.found.values()) > 0


def test_the_exported_file_is_the_same_and_holds_every_hit(world: World, tmp_path: Path) -> None:
    files = [tmp_path / "with.csv", tmp_path / "without.csv"]
    found = search(world.case, ["see"], limit=2, export=files[0])
    with unprepared(world.case):
        search(world.case, ["see"], limit=2, export=files[1])
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].read_bytes().count(b'"posts",') == found.found["posts"] > 2


def test_pages_follow_one_another(world: World) -> None:
    whole = search(world.case, ["see"], limit=1000).hits
    assert len(whole) > 25
    pages = [search(world.case, ["see"], limit=10, offset=at).hits for at in range(0, len(whole), 10)]
    assert tuple(hit for page in pages for hit in page) == whole


def test_hits_are_shown_without_names(world: World) -> None:
    hits = search(world.case, ["see"], limit=50).hits
    places = [Place(hit.import_id, hit.row_ref) for hit in hits]
    people = look.found_posts(world.view, places)
    ids = world.ids()
    assert [ids[people[place].key] for place in places] == [hit.account_id for hit in hits]
    assert all(one.id is None for one in people.values())
    terms = query(["see"]).all
    for one in look.stretches(world.view, [hit.excerpts[0].text for hit in hits], terms):
        assert "@handle" not in one.text
        assert [one.text[first:end] for first, end in one.spans] == ["see"]


def test_a_case_that_has_changed_is_searched_in_its_texts(tmp_path: Path) -> None:
    post = {"text": "tea", "account_id": "a", "platform": "x", "day": 1, "tags": set()}
    case = made(tmp_path, [[post]], [])
    prepare(case)
    with case.writing("data", "i9") as draft:
        for name in ("posts", "accounts", "actions", "imports"):
            shutil.copy(case.path / "data" / "i0" / f"{name}.parquet", draft / f"{name}.parquet")
    assert prepared(case) is None
    assert search(case, ["tea"]).found["posts"] == 2
    view = prepare(replace(case))
    assert len(view.texts["posts"]) == 2
    assert [folder.name for folder in (case.path / ".view").iterdir() if folder.is_dir()] == [view.key]
