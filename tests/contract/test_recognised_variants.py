"""Recognition of samples in other dress: one record of them, other order, other layout, more columns than the tool writes."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.contract.test_importers import excerpt

from inconcert.errors import InputError
from inconcert.ingest.formats.json_records import JsonRecords
from inconcert.ingest.formats.names import folded
from inconcert.ingest.formats.open_sheet import open_sheet
from inconcert.ingest.formats.separated import Separated
from inconcert.ingest.importers import IMPORTERS, choose_importer, fitting
from inconcert.ingest.reading import open_reading

Values = list[Any]
Rows = list[list[str]]


def encoding_of(content: bytes) -> str:
    return "utf-16" if content.startswith(b"\xff\xfe") else "utf-8-sig"


def opened_as(importer: str, folder: Path) -> object:
    (folder / "file").write_bytes(excerpt(importer)[1])
    return open_sheet(folder / "file", "file")


def values_of(content: bytes) -> Values:
    """The values of a sample in JSON: its lines, or the members of its array, or its document."""
    text = content.decode(encoding_of(content))
    try:
        whole = json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    return whole if isinstance(whole, list) else [whole]


def rows_of(content: bytes) -> tuple[str, Rows]:
    """Separator and records of a sample that is a table, header first; what Brandwatch writes above it is left away."""
    text = content.decode(encoding_of(content))
    separator = max(",;\t|", key=text.count)
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]
    above = next((number for number, row in enumerate(rows) if len(row) > 2), 0)
    return separator, rows[above:]


def as_lines(values: Values) -> bytes:
    return "\n".join(json.dumps(value, ensure_ascii=False) for value in values).encode()


def changed(value: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """The value with every object in it changed."""
    if isinstance(value, dict):
        return change({key: changed(inner, change) for key, inner in value.items()})
    return [changed(one, change) for one in value] if isinstance(value, list) else value


JSON_VARIANTS: dict[str, Callable[[Values], bytes]] = {
    "one a line": as_lines,
    "array": lambda values: json.dumps(values).encode(),
    "pretty array": lambda values: json.dumps(values, indent=2, ensure_ascii=False).encode(),
    "pretty, one after the other": lambda values: "\n".join(json.dumps(one, indent=4) for one in values).encode(),
    "keys reordered": lambda values: as_lines(
        [changed(one, lambda o: dict(reversed(list(o.items())))) for one in values]
    ),
    "more keys": lambda values: as_lines([changed(one, lambda o: {**o, "zz_unknown": "1"}) for one in values]),
    "keys of MongoDB": lambda values: as_lines([{"_id": {"$oid": "64"}, **one, "__v": 0} for one in values]),
    "mark": lambda values: b"\xef\xbb\xbf" + as_lines(values),
    "lines of Windows": lambda values: as_lines(values).replace(b"\n", b"\r\n") + b"\r\n",
    "UTF-16": lambda values: as_lines(values).decode().encode("utf-16"),
}


def as_table(rows: Rows, separator: str) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=separator).writerows(rows)
    return target.getvalue().encode()


def shuffled(rows: Rows) -> Rows:
    order = list(range(len(rows[0])))
    random.Random(20261123).shuffle(order)
    return [[row[place] for place in order] for row in rows if len(row) == len(order)]


TABLE_VARIANTS: dict[str, Callable[[Rows, str], bytes]] = {
    "first record": lambda rows, sep: as_table(rows[:2], sep),
    "last record": lambda rows, sep: as_table([rows[0], rows[-1]], sep),
    "header alone": lambda rows, sep: as_table(rows[:1], sep),
    "columns reversed": lambda rows, sep: as_table([row[::-1] for row in rows], sep),
    "columns reordered": lambda rows, sep: as_table(shuffled(rows), sep),
    "more columns": lambda rows, sep: as_table(
        [["zz", *rows[0], "zz 2"], *(["0", *row, "y"] for row in rows[1:])], sep
    ),
    "index of pandas": lambda rows, sep: as_table(
        [["", *rows[0]], *([f"{n}", *row] for n, row in enumerate(rows[1:]))], sep
    ),
    "capitals": lambda rows, sep: as_table([[name.upper() for name in rows[0]], *rows[1:]], sep),
    "mark": lambda rows, sep: b"\xef\xbb\xbf" + as_table(rows, sep),
    "lines of Unix": lambda rows, sep: as_table(rows, sep).replace(b"\r\n", b"\n"),
    "UTF-16": lambda rows, sep: as_table(rows, sep).decode().encode("utf-16"),
    "semicolons": lambda rows, sep: as_table(rows, ";"),
    "tabs": lambda rows, sep: as_table(rows, "\t"),
    "commas": lambda rows, sep: as_table(rows, ","),
    "JSON lines": lambda rows, sep: as_lines([dict(zip(rows[0], row, strict=False)) for row in rows[1:]]),
}


def variants(importer: str, folder: Path) -> Iterator[tuple[str, bytes]]:
    opened = opened_as(importer, folder)
    content = excerpt(importer)[1]
    if isinstance(opened, JsonRecords):
        values = values_of(content)
        yield from ((name, made(values)) for name, made in JSON_VARIANTS.items())
    elif isinstance(opened, Separated):
        separator, rows = rows_of(content)
        yield from ((name, made(rows, separator)) for name, made in TABLE_VARIANTS.items())
    else:  # text, web pages, PDFs, feeds, CAR files
        yield "as it is", content


@pytest.mark.parametrize("importer", IMPORTERS)
def test_whatever_the_layout_it_is_taken_for_its_own(importer: str, tmp_path: Path) -> None:
    for name, content in variants(importer, tmp_path):
        (tmp_path / "file").write_bytes(content)
        chosen = choose_importer(open_sheet(tmp_path / "file", "file"), None, "file")
        assert (name, chosen.importer.name) == (name, importer)


JSON_SAMPLES = [name for name in IMPORTERS if excerpt(name)[1].lstrip(b"\xef\xbb\xbf \r\n")[:1] in (b"{", b"[")]
TABLE_SAMPLES = [name for name in IMPORTERS if name not in JSON_SAMPLES and IMPORTERS[name].signatures]


@pytest.mark.parametrize("importer", JSON_SAMPLES)
def test_one_record_is_enough(importer: str, tmp_path: Path) -> None:
    """Samples hold damaged records too: such a one alone is nobody's."""
    values = values_of(excerpt(importer)[1])
    for value in (values[0], values[-1]):
        (tmp_path / "file").write_bytes(as_lines([value]))
        opened = open_sheet(tmp_path / "file", "file")
        assert isinstance(opened, JsonRecords)
        name = choose_importer(opened, None, "file").importer.name
        if IMPORTERS[importer].general:  # of several platforms; one record is of one
            assert name.startswith(f"{importer}_")
        else:
            assert name == importer or (name == "table" and importer not in fitting(opened, None))


def tool(importer: str) -> str:
    return importer.split("_")[0]


@pytest.mark.parametrize("importer", TABLE_SAMPLES)
def test_without_a_telling_column_the_nearest_is_named(importer: str, tmp_path: Path) -> None:
    separator, rows = rows_of(excerpt(importer)[1])
    telling = {folded(name) for names in IMPORTERS[importer].signatures for name in names}
    for place, name in enumerate(rows[0]):
        if folded(name) not in telling:
            continue
        left = [[*row[:place], *row[place + 1 :]] for row in rows if len(row) == len(rows[0])]
        (tmp_path / "file").write_bytes(as_table(left, separator))
        chosen = choose_importer(open_sheet(tmp_path / "file", "file"), None, "file")
        if chosen.importer.name == "table":
            assert chosen.nearest is not None
            assert tool(chosen.nearest.importer) == tool(importer)
            assert str(chosen.nearest).startswith(f"nearest is {chosen.nearest.importer} (it has ")
            assert folded(name) in map(folded, chosen.nearest.lacking) or chosen.nearest.importer != importer
        else:
            assert tool(chosen.importer.name) == tool(importer)


def test_a_tweets_file_that_lacks_its_texts_is_no_file_of_users(tmp_path: Path) -> None:
    """It has all columns of one; as such its posts would be lost without a word."""
    separator, rows = rows_of(excerpt("x_io_archive")[1])
    place = rows[0].index("tweet_text")
    (tmp_path / "file").write_bytes(as_table([[*row[:place], *row[place + 1 :]] for row in rows], separator))
    reading = open_reading(tmp_path / "file")
    assert reading.importer.name == "table"
    assert reading.has_posts
    assert "nearest is x_io_archive (it has " in reading.why
    assert "lacks tweet_text" in reading.why


def test_a_refusal_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("acct,account.id,content,id\n,,some words,1\n", "utf-8")
    with pytest.raises(
        InputError, match=r"Of the files that are known, nearest is mastodon \(it has account.id, content, id; lacks"
    ):
        open_reading(tmp_path / "file", mapping={"account_id": "", "handle": ""})
