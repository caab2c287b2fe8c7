"""Indicators in a table: Meta's threat research in all its headers, ThreatExchange, MISP's CSV, and whatever names its columns so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pyarrow as pa

from inconcert.catalogue.record import COMMENT_AT_MOST, NAME_AT_MOST, Record, SetAside, cut, set_aside
from inconcert.catalogue.stated import stated
from inconcert.ingest.formats.names import folded
from inconcert.ingest.piece import Sheet
from inconcert.normalise.given.threat_indicators import THREAT_INDICATORS

VALUES = ("value", "indicator", "indicatorvalue", "indicators", "rawindicator", "ioc", "observable")
"""Columns, folded, that hold the values themselves; without any, those whose name says what they hold (domain, handle ...)."""
NO_VALUE = "no indicator in the row"
TECHNIQUE_ONLY = "names a step of the kill chain and no indicator"

_POSTING = re.compile(r"\bpost(?:ing|ed|s)\b", re.IGNORECASE)
_FIELDS = ("type", "platform", "operation", "tactic", "technique", "procedure", "note")


def columns_of(sheet: Sheet) -> Mapping[str, tuple[str, ...]] | None:
    """Field -> columns of the sheet that hold it, `value` among them; None for a table of something else."""
    by_spelling: dict[str, str] = {}
    for column in sheet.columns:
        by_spelling.setdefault(folded(column), column)
    found: dict[str, tuple[str, ...]] = {}
    for field in _FIELDS:
        names = [by_spelling[folded(name)] for name in THREAT_INDICATORS.columns[field] if folded(name) in by_spelling]
        if names:
            found[field] = (names[0],)
    values = [column for spelling, column in by_spelling.items() if spelling in VALUES][:1]
    taken = {column for columns in found.values() for column in columns}
    values = values or [column for column in sheet.columns if column not in taken and stated(column) is not None]
    if not values and not {"tactic", "technique"} <= found.keys():
        return None
    return {**found, "value": tuple(values)}


def of_table(sheet: Sheet, columns: Mapping[str, tuple[str, ...]]) -> Iterator[Record | SetAside]:
    """The values of every row.   columns: of `columns_of`."""
    wanted = list(dict.fromkeys(column for its in columns.values() for column in its))
    for piece in sheet.pieces(wanted):
        yield from (set_aside(one.row_ref, one.value or "", one.reason) for one in piece.rejects if one.fatal)
        cells = {column: piece.columns[column] for column in wanted}
        for place, row in enumerate(piece.row_ref.tolist()):
            yield from _of_row(row, {column: _text(values[place]) for column, values in cells.items()}, columns)


def _of_row(
    row: int, cells: Mapping[str, str | None], columns: Mapping[str, tuple[str, ...]]
) -> Iterator[Record | SetAside]:
    given = {field: cells[its[0]] for field, its in columns.items() if field != "value"}
    steps = [text for name in ("procedure", "technique", "tactic") if (text := given.get(name))]
    comment = cut("; ".join(text for text in (*steps[:1], given.get("note")) if text), COMMENT_AT_MOST)
    said = False
    for column in columns["value"]:
        if (value := cells[column]) and value.strip():
            said = True
            yield Record(
                row, value, given.get("type") or (column if stated(column) else None), given.get("platform"),
                cut(given.get("operation"), NAME_AT_MOST), comment, any(map(_POSTING.search, steps)),
            )  # fmt: skip
    if not said:
        yield set_aside(row, steps[0] if steps else "", TECHNIQUE_ONLY if steps else NO_VALUE)


def _text(cell: pa.Scalar) -> str | None:
    value = cell.as_py()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
