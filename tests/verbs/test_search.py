"""A search finds what is written, in any script variant, in posts and documents, original and gloss; and shows its witness."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inconcert.case import Case, create_case, write_parquet
from inconcert.errors import InputError, UnknownName
from inconcert.verbs.ingest import ingest
from inconcert.verbs.search import search

from .conftest import EVIL, NOW, rows


def day(number: int) -> datetime:
    return datetime(2024, 1, number, 12, tzinfo=UTC)


POSTS = (
    {"post_id": "p1", "account_id": "a", "text": "舆论引导 is spoken of", "created_at": day(3)},
    {"post_id": "p2", "account_id": "a", "text": "今天談談美國「霸權 病」之一", "created_at": day(1)},
    {"post_id": "p3", "account_id": "b", "text": f"{EVIL} protest protest", "created_at": day(2)},
    {"post_id": "p4", "account_id": "b", "text": "a protest, and tea", "created_at": None},
    {"post_id": "p5", "account_id": "c", "text": None, "created_at": day(5)},
)
DOCUMENTS = (
    {
        "document_id": "d1",
        "title": "意见",
        "text": "加强輿論引導工作",
        "gloss": "guidance of public opinion",
        "published_at": day(4),
    },
    {"document_id": "d2", "title": "Protest", "text": "nothing", "observed_at": day(6)},
)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Posts of two platforms by three accounts, two documents, and a control."""
    made = create_case(tmp_path / "case", now=NOW)
    ids = {"i1": ("case", "posts.csv"), "i2": ("given", "documents.csv"), "i3": ("control", "crowd.csv")}
    tables = {
        "i1": {
            "posts": rows("posts", *({"platform": "weibo" if n < 2 else "twitter", "row_ref": n + 1, "import_id": "i1", **post} for n, post in enumerate(POSTS))),
            "accounts": rows("accounts", *({"account_id": id, "handle": f"Name_{id}", "platform": "weibo", "import_id": "i1"} for id in "abc")),
        },
        "i2": {"documents": rows("documents", *({"row_ref": n + 1, "import_id": "i2", **one} for n, one in enumerate(DOCUMENTS)))},
        "i3": {"posts": rows("posts", {"post_id": "c1", "account_id": "z", "text": "protest", "import_id": "i3", "row_ref": 1})},
    }  # fmt: skip
    for id, (role, file) in ids.items():
        with made.writing("data", id, {"role": role}) as folder:
            write_parquet(rows("imports", {"import_id": id, "file": file, "role": role}), folder / "imports.parquet")
            for name, table in tables[id].items():
                write_parquet(table, folder / f"{name}.parquet")
    return made


def ids(case: Case, *words: str, **options: object) -> list[str]:
    return [hit.id for hit in search(case, words, **options).hits]  # type: ignore[arg-type]


def test_a_word_is_found_in_posts_documents_and_gloss_with_its_witness(case: Case) -> None:
    found = search(case, ["舆论引导"])
    assert {hit.id for hit in found.hits} == {"p1", "d1"}
    assert (found.found, found.searched) == ({"posts": 1, "documents": 1}, {"posts": 5, "documents": 2})
    document = next(hit for hit in found.hits if hit.id == "d1")
    assert (document.import_id, document.file, document.row_ref) == ("i2", "documents.csv", 1)
    shown = {one.field: one for one in document.excerpts}
    assert shown["gloss"].text == "guidance of public opinion"
    (first, end) = shown["text"].spans[0]
    assert shown["text"].text[first:end] == "輿論引導"
    assert ids(case, "public opinion") == ["d1"]
    assert ids(case, "加强", "guidance") == ["d1"]


def test_width_punctuation_and_script_variants_make_no_difference(case: Case) -> None:
    for written in ("美国霸权病之一", "美國霸權病之一", "美国 霸权病、之一"):
        assert ids(case, written) == ["p2"]


def test_every_word_must_be_there_and_none_that_is_excluded(case: Case) -> None:
    assert set(ids(case, "protest")) == {"p3", "p4", "d2"}
    assert ids(case, "protest", "tea") == ["p4"]
    assert set(ids(case, "protest", "-tea")) == {"p3", "d2"}
    assert ids(case, "prot") == []
    assert set(ids(case, "prot*", places=["posts"])) == {"p3", "p4"}
    assert ids(case, "protest", places=["control"]) == ["c1"]


def test_filters(case: Case) -> None:
    assert ids(case, "protest", account=["b"], platform="X") == ["p3", "p4"]
    assert ids(case, "舆论引导", account=["@name_A"]) == ["p1"]
    assert ids(case, "protest", platform="weibo") == []
    timed = search(case, ["protest"], since="2024-01-02", until="2024-01")
    assert {hit.id for hit in timed.hits} == {"p3", "d2"}
    assert timed.notes == ("1 of posts hold the words and have no time: left out, since a time is asked for.",)
    assert ids(case, "protest", until="2024-01-02") == ["p3"]


def test_order_and_limit(case: Case) -> None:
    assert ids(case, "protest", order="time") == ["p3", "d2", "p4"]
    assert ids(case, "protest", order="time", limit=1) == ["p3"]
    assert ids(case, "protest", places=["posts"]) == ["p3", "p4"]  # twice before once
    assert search(case, ["protest"], limit=1).found == {"posts": 2, "documents": 1}


def test_every_hit_is_exported_and_no_cell_runs(case: Case, tmp_path: Path) -> None:
    search(case, ["protest"], limit=1, order="time", export=tmp_path / "found.csv")
    with (tmp_path / "found.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert [row["id"] for row in read] == ["p3", "d2", "p4"]
    assert read[0]["text"].startswith("'=HYPERLINK")
    assert read[0]["file"] == "posts.csv"
    with pytest.raises(InputError, match="lies in the case's own"):
        search(case, ["protest"], export=case.path / "data" / "x.csv")


@pytest.mark.parametrize("word", ["' OR 1=1 --", "%", "_", ".*", "(", "\\", "[a-z]", "a' UNION SELECT"])
def test_words_are_data(case: Case, word: str) -> None:
    if any(letter.isalnum() for letter in word):
        assert ids(case, f"{word} protest") == []
    else:
        with pytest.raises(InputError, match="letter or digit"):
            ids(case, word)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"places": ["acounts"]}, UnknownName),
        ({"order": "size"}, UnknownName),
        ({"account": ["nobody"]}, UnknownName),
        ({"since": "soon"}, InputError),
        ({"places": ["documents"], "platform": "x"}, InputError),
    ],
)
def test_what_cannot_be_asked_is_refused(case: Case, options: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        search(case, ["protest"], **options)  # type: ignore[arg-type]


def test_documents_of_files_are_found(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case", now=NOW)
    samples = Path(__file__).parents[1] / "contract" / "importers"
    ingest(
        case, [samples / name for name in ("warc.warc", "html_page.html", "documents_table.csv", "pdf.pdf")], now=NOW
    )
    assert len(ids(case, "舆论引导")) == 3
    assert len(ids(case, "美国霸权病之一")) == 1
    assert len(ids(case, "guidance")) == 2
