"""Separated text through the whole reader: separators, line ends, ragged records, and the csv module as oracle."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inconcert.errors import InputError

from .conftest import Read

CELL = st.text(alphabet=st.sampled_from('ab,;"\n\r é日😀'), max_size=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(CELL, CELL), min_size=1, max_size=20), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"])
)
def test_what_the_csv_module_writes_is_read(read: Read, rows: list[tuple[str, str]], separator: str, end: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("author", "text"), *rows])
    _, found, rejects = read(out.getvalue().encode())
    assert [(row["handle"], row["text"]) for row in found] == [(a or None, b or None) for a, b in rows]
    assert [row["row_ref"] for row in found] == list(range(1, len(rows) + 1))
    assert rejects == []


def test_a_table_of_one_row_full_of_signs_is_no_prose(read: Read) -> None:
    """Regression: signs within quotes made its row another width, and five words of them a sentence."""
    _, found, _ = read(b'"author","text"\n" ; "," , "\n')
    assert [(row["handle"], row["text"]) for row in found] == [(" ; ", " , ")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_do_not_change_what_is_read(read: Read, encoding: str, end: str) -> None:
    lines = ["author\ttext", *(f'用户{n}\t"我们的国家是在北京的, 大家都来了{end}再来"' for n in range(30)), ""]
    _, rows, rejects = read(end.join(lines).encode(encoding))
    assert [row["handle"] for row in rows] == [f"用户{n}" for n in range(30)]
    assert rows[7]["text"] == f"我们的国家是在北京的, 大家都来了{end}再来"
    assert rejects == []


def test_latin_letters(read: Read) -> None:
    reading, rows, _ = read("author;text\nMüller;schön\n".encode("latin-1"))
    assert rows == [{"handle": "Müller", "text": "schön", "row_ref": 1}]
    assert reading.encoding == "cp1252"
    assert any("Windows-1252" in note for note in reading.notes)


def test_a_spreadsheets_stated_separator_is_believed(read: Read) -> None:
    _, rows, _ = read(b'sep=;\r\nauthor;text\r\n"a,b";"x;y"\r\n')
    assert rows == [{"handle": "a,b", "text": "x;y", "row_ref": 1}]


def test_ragged_records_are_set_aside_and_the_others_keep_their_numbers(read: Read) -> None:
    _, rows, rejects = read("id,author,text\n1,a,日本語\n2,b\n\n3,c,y,z\n".encode() + b"\xff\n4,d,\xe9\n5,e,w\n")
    assert [(row["row_ref"], row["handle"], row["text"]) for row in rows] == [
        (1, "a", "日本語"),
        (5, "d", "é"),
        (6, "e", "w"),
    ]
    assert [(r.row_ref, r.value, r.reason, r.fatal) for r in rejects] == [
        (2, "2,b", "has 2 fields where the header has 3", True),
        (3, "3,c,y,z", "has 4 fields where the header has 3", True),
        (4, "?", "has 1 fields where the header has 3", True),
        (5, "é", "not UTF-8; read as Windows-1252", False),
    ]


def test_a_quote_that_never_closes_costs_its_line_only(read: Read) -> None:
    _, rows, rejects = read(b'author,text\na,x\nb,"open\nc,y\nd,z\n')
    assert [(row["row_ref"], row["handle"]) for row in rows] == [(1, "a"), (3, "c"), (4, "d")]
    assert [(r.row_ref, r.value) for r in rejects] == [(2, 'b,"open')]


def test_names_that_repeat_or_lack(read: Read) -> None:
    reading, rows, _ = read(b"author,text,text,,\na,x,y,z,w\n")
    assert rows == [{"handle": "a", "text": "x", "row_ref": 1}]
    assert reading.unknown_columns == ("text (column 3)", "(column 4)", "(column 5)")
    assert any("2 columns are called 'text'" in note for note in reading.notes)
    _, rows, _ = read(b"author,text,text\na,x,y\n", mapping={"text": "text (column 3)"})
    assert rows[0]["text"] == "y"


def test_fifty_unknown_columns_are_named_and_not_read(read: Read) -> None:
    names = [f"extra{n}" for n in range(50)]
    reading, rows, _ = read(f"author,text,{','.join(names)}\na,x,{','.join('0' * 50)}\n".encode())
    assert reading.unknown_columns == tuple(names)
    assert rows == [{"handle": "a", "text": "x", "row_ref": 1}]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'"author,text\na,x\n', "begins with a record that has no end"),
        (b"  \n\n \n", "nothing but white space"),
        (b"\xef\xbb\xbf", "nothing but white space"),
        (b"author text\na x\n", "no column that names the author.*'author text'"),
    ],
)
def test_a_file_without_a_usable_header_is_refused(read: Read, content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(content)
