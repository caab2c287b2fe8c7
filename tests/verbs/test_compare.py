"""`compare`: files, posts of a case and given words; what cannot be read is said in one sentence; the page is written whole."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from inconcert.case import Case, create_case, write_parquet
from inconcert.cli.terminal import plain
from inconcert.errors import CaseError, InputError
from inconcert.verbs.compare import Change, compare
from inconcert.verbs.two_texts import MOST_BYTES

from .conftest import NOW, rows

BEFORE = "Researchers at Halden Labs say that {0} paid for the raid on the harbour, as {0} has done before, in {1}."
A, B = BEFORE.format("Norway", 2019), BEFORE.format("a Cuban company", 2020)
CHINESE = "据北港市政府昨天发布的消息，这三艘小船来自挪威，船上的人已经全部离开了这个国家，我们不知道他们要到那里去。"


def written(folder: Path, name: str, data: str | bytes) -> str:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    return str(folder / name)


@pytest.fixture
def posts(tmp_path: Path) -> Case:
    """A case with posts on two platforms and one of a control crowd."""
    case = create_case(tmp_path / "case", now=NOW)

    def add(id: str, role: str, *given: dict[str, Any]) -> None:
        with case.writing("data", id) as folder:
            write_parquet(rows("imports", {"import_id": id, "role": role}), folder / "imports.parquet")
            write_parquet(rows("posts", *given), folder / "posts.parquet")

    x, weibo = {"platform": "x", "account_id": "ann"}, {"platform": "weibo", "account_id": "eve"}
    add(
        "i1", "case",
        {**x, "post_id": "1", "text": A}, {**weibo, "post_id": "1", "text": B}, {**x, "post_id": "2", "text": B},
        {**x, "post_id": "3", "text": A}, {**x, "post_id": "3", "text": A}, {**x, "post_id": "4", "text": None},
        {**x, "post_id": "5", "text": A}, {**x, "post_id": "5", "account_id": "bob", "text": B},
        {**x, "post_id": "a:b", "text": CHINESE},
    )  # fmt: skip
    add("i2", "control", {**x, "post_id": "9", "text": CHINESE})
    return case


def test_the_comparison_of_given_words() -> None:
    found = compare(A, B, text=True)
    assert found.verdict == "rewritten copy with names swapped"
    assert found.substitutions == (Change("Norway", "a Cuban company", 2, True), Change("2019", "2020", 1, True))
    assert (found.insertions, found.deletions, found.moved, found.notes, found.page) == ((), (), (), (), None)
    assert (found.a.name, found.a.account, found.a.characters, found.a.tokens) == ("text A", None, len(A), 21)
    assert json.loads(json.dumps(plain(found)))["substitutions"][1]["after"] == "2020"
    assert "likeness" not in plain(found)


def test_words_only_added_or_left_out() -> None:
    found = compare("It rained in Lorne all day and all night", "Again it rained in Lorne all night", text=True)
    assert found.insertions == (Change("", "Again", 1, False),)
    assert found.deletions == (Change("all day and", "", 1, False),)
    assert found.substitutions == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_files_in_any_encoding_that_can_be_told(tmp_path: Path, encoding: str) -> None:
    one, other = written(tmp_path, "a.txt", CHINESE.encode(encoding)), written(tmp_path, "b.txt", CHINESE)
    found = compare(one, other)
    assert found.verdict == "same text"
    assert bool(found.notes) is encoding.endswith(("16", "30"))
    assert found.a.name == one


def test_bytes_that_could_not_be_read_are_counted(tmp_path: Path) -> None:
    found = compare(written(tmp_path, "a.txt", CHINESE.encode() + b" \xff\xfe"), written(tmp_path, "b.txt", CHINESE))
    assert (found.verdict, found.notes) == (
        "same text", ("a.txt: characters that could not be read, and stand as \ufffd: 2",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t", "nothing but white space"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "no plain text"),
        (bytes(100), "no plain text"),
        ("Российская цена на новый автомобиль выросла ".encode("cp1251") * 9, "no plain text"),
        (b"a" * (MOST_BYTES + 1), f"more than {MOST_BYTES:,} bytes"),
    ],
)  # fmt: skip
def test_files_that_are_no_text_are_refused(tmp_path: Path, data: bytes, words: str) -> None:
    one, other = written(tmp_path, "a.txt", data), written(tmp_path, "b.txt", A)
    for pair in ((one, other), (other, one)):
        with pytest.raises(InputError, match=words):
            compare(*pair)


def test_things_that_are_no_files_are_refused(tmp_path: Path) -> None:
    other = written(tmp_path, "b.txt", A)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dangling").symlink_to("nowhere")
    for name, words in (("pipe", "not an ordinary file"), ("", "is a folder"), ("no", "No file"), ("dangling", "a link to"),
                        ("x\0y", "cannot be read"), ("n" * 300, "cannot be read")):  # fmt: skip
        with pytest.raises(InputError, match=words):
            compare(f"{tmp_path}/{name}", other)


@pytest.mark.parametrize("text", ["", " \n"])
def test_empty_words_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="Text B is empty"):
        compare(A, text, text=True)
    with pytest.raises(InputError, match="characters"):
        compare("x" * (MOST_BYTES + 1), A, text=True)


def test_posts_of_a_case(posts: Case) -> None:
    found = compare("3", "2", case=posts)
    assert found.verdict == "rewritten copy with names swapped"
    assert (found.a.name, found.a.account) == ("post 3", "ann")
    assert compare("x:1", "weibo:1", case=posts).verdict == found.verdict
    assert compare("a:b", "9", case=posts).verdict == "same text"


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("7", "no post with the id '7'"), ("tiktok:1", "no post"), ("\udcff", "no post"), ("4", "has no text"), ("", "no post"),
        ("1", "2 different posts with the id '1'. Say which: weibo:1, x:1"), ("5", "Give the words themselves"),
    ],
)  # fmt: skip
def test_ids_that_name_no_one_post_are_refused(posts: Case, id: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        compare("2", id, case=posts)


def test_a_damaged_table_is_said_and_so_is_a_case_without_posts(posts: Case, tmp_path: Path) -> None:
    (posts.path / "data" / "i1" / "posts.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(CaseError, match="inconcert verify"):
        compare("1", "2", case=posts)
    with pytest.raises(InputError, match="no post with the id"):
        compare("1", "2", case=create_case(tmp_path / "empty", now=NOW))
    with pytest.raises(InputError, match="both given"):
        compare("1", "2", case=posts, text=True)


def test_the_page_is_written_whole_or_not_at_all(tmp_path: Path, posts: Case) -> None:
    page = tmp_path / "page.html"
    page.write_text("old")
    with pytest.raises(InputError, match=r"exists already.*--force"):
        compare(A, B, text=True, page=page)
    assert page.read_text() == "old"
    found = compare(A, B, text=True, page=page, force=True)
    assert found.page == page
    assert "a Cuban company" in page.read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case", "page.html"]
    one, other = written(tmp_path, "a.txt", A), written(tmp_path, "b.txt", B)
    os.mkfifo(tmp_path / "pipe")
    for target, words in ((tmp_path, "is a folder"), (tmp_path / "no" / "page.html", "no folder"), (Path(other), "one of the two"),
                          (tmp_path / "pipe", "not an ordinary file"), (tmp_path / ("n" * 300), "cannot be written")):  # fmt: skip
        with pytest.raises(InputError, match=words):
            compare(one, other, page=target)
    with pytest.raises(InputError, match="case's own"):
        compare("2", "3", case=posts, page=posts.path / "data" / "i1" / ".." / "page.html")
    assert Path(other).read_text() == B


@pytest.mark.parametrize(
    "text",
    [
        "\u202e gnihtemos \u202c and \u2066 more", "\ud800\udc00 \udfff", "\x00\x1b[31m\x07 red", "<script>alert(1)</script>{{ 7*7 }}",
        "x" * 300_000, "\u0301" * 5_000, "]]> --> </style>", "[-a-]{+b+}",
    ],
)  # fmt: skip
def test_hostile_words_are_compared_and_printed_on_the_page(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.html"
    found = compare(f"{A} {text}", f"{B} {text[::-1]}", text=True, page=page, force=True)
    html = page.read_text("utf-8")
    assert found.substitutions
    assert "<script" not in html
    assert not {"\u202e", "\u2066", "\x00", "\x1b"} & set(html)
    assert len(html) < 600_000
    json.dumps(plain(found)).encode("ascii")
