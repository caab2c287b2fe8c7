"""Running text is told from tables, and no word of it is lost where it is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.ingest.formats.plain_text import is_prose
from inconcert.ingest.formats.text_parts import PART_CHARACTERS, cut, parts

from .conftest import Read

PROSE = [
    "The committee met on Tuesday, and it spoke of tea.\nNobody knew why; nobody asked them either.\n",
    "关于舆论引导工作的若干意见\n各单位要加强舆论引导工作，定期报告。\n每天发布不少于五十条评论，并统计效果。\n",
    "# Heading\n\nA paragraph, with commas, in it, and more than one line of words to read.\n",
    "Dear Sir, dear Madam,\n\nI write about the tender of last week, which is odd.\n",
]
TABLES = [
    "id,text\n1,a long text that has many words in it\n2,another one of the same kind\n",
    "user;date;text\n",
    "account_id,created_at,text\n1,2024-01-01,words that go on and on and on\n",
    "名称\t日期\t内容\n张三\t2024-01-01\t各单位要加强舆论引导工作，定期报告。\n",
    "one\ntwo\nthree\n",
]


@pytest.mark.parametrize("text", PROSE)
def test_running_text_is_a_document(text: str, read: Read) -> None:
    reading, rows, rejects = read(text.encode(), "a.txt")
    assert reading.importer.name == "plain_text"
    assert [row["text"] for row in rows] == [text]
    assert not rejects


@pytest.mark.parametrize("text", TABLES)
def test_a_table_is_none(text: str) -> None:
    assert not is_prose(text.encode())


@given(st.text(alphabet="ab \n", max_size=60), st.integers(1, 5))
def test_cutting_loses_nothing(piece: str, times: int) -> None:
    text = (piece + "x") * (times * PART_CHARACTERS // (len(piece) + 1))
    found = list(parts(text))
    assert all(len(part) <= PART_CHARACTERS for part in found)
    assert "".join(found).split("x")[:-1] == text.split("x")[:-1]
    first, rest = cut(text)
    assert first + rest == text


def test_a_long_file_is_several_documents_with_every_word(read: Read) -> None:
    words = [f"word{n}" for n in range(120_000)]
    lines = "\n".join(" ".join(words[n : n + 12]) for n in range(0, len(words), 12))
    _, rows, _ = read(lines.encode("utf-16"), "a.txt")
    assert len(rows) > 1
    assert " ".join(str(row["text"]) for row in rows).split() == words
