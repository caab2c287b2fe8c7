"""What a file of entities is, by what is in it, and its entities."""

from __future__ import annotations

import csv
from collections.abc import Mapping

from inconcert.entities.ftm_entities import read_ftm
from inconcert.entities.ftm_statements import is_statements, read_statements
from inconcert.entities.notice_entities import read_notices
from inconcert.entities.posts_table import is_posts_table, read_posts_table
from inconcert.entities.reading import MOST_BYTES, Read, from_json
from inconcert.entities.reference_graph import read_graph
from inconcert.entities.tender import Notice
from inconcert.entities.values import reference_id
from inconcert.errors import InputError


def dataset_of(name: str) -> str:
    """What the statements of a file are filed under, from its name."""
    return reference_id(name.rpartition("/")[2].split(".")[0].lower()[:60]) or "file"


def read_entities(data: bytes, name: str, known: Mapping[str, str]) -> tuple[Read, tuple[Notice, ...]]:
    """The entities of a file, and its notices where it holds notices.

    followthemoney entities or statements, a graph of nodes and edges, a table of posts, or procurement notices. known: folded name ->
    id of entities there are already.   InputError when the file is too large, is in no encoding that can be read, or holds nothing of these.
    """
    text = _text(data, name)
    dataset = dataset_of(name)
    notices: tuple[Notice, ...] = ()
    read = _read(text, dataset, name, known)
    if read is None:
        read, notices = read_notices(text, dataset, name, known)
    if not read.entities:
        why = f" The first reason: row {read.aside[0].row}, {read.aside[0].reason}." if read.aside else ""
        raise InputError(
            f"{name} holds no entity that can be read.{why} Read are followthemoney entities (JSON lines) and statements (CSV or JSON lines), "
            "a JSON document with 'nodes' and 'edges', a CSV table with person, role and body, and procurement notices."
        )
    return read, notices


def _read(text: str, dataset: str, name: str, known: Mapping[str, str]) -> Read | None:
    """The entities of a file that is no notice; None for any other."""
    start = text.lstrip()
    if start.startswith("{"):
        try:
            first = from_json(start.split("\n", 1)[0])
        except (ValueError, RecursionError):
            first = None
        if isinstance(first, dict) and is_statements(first):
            return read_statements(text, dataset)
        if isinstance(first, dict) and {"id", "schema"} & first.keys():
            return read_ftm(text, dataset)
        # a document over many lines, or JSON lines that begin with a bad one
        return read_graph(text, dataset) if '"nodes"' in start and '"edges"' in start else read_ftm(text, dataset)
    try:
        head = next(csv.reader([start.split("\n", 1)[0]]), [])
    except csv.Error:
        return None
    if is_statements(head):
        return read_statements(text, dataset)
    return read_posts_table(text, dataset, known) if is_posts_table(head) else None


def _text(data: bytes, name: str) -> str:
    if len(data) > MOST_BYTES:
        raise InputError(f"{name} has {len(data):,} bytes; {MOST_BYTES:,} are the most. Split it.")
    for encoding in ("utf-8-sig", "gb18030"):  # Chinese notices are often in the second
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputError(f"{name} is no text in UTF-8 or GB 18030. Save it as UTF-8.")
