"""How a file that an investigator brings is read: which columns it may have, and what its records become."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from inconcert import schema
from inconcert.normalise.dates import DAY_US
from inconcert.normalise.local_time import GIVEN, LocalZone
from inconcert.normalise.platforms import platform_names
from inconcert.normalise.times import Times, read_times

MARK = "(mark)"
"""Constant of every file: what ends the ids of its records that have none."""
ZONE = "(zone)"
"""Constant of files whose times without a zone are in a known one: its name."""


@dataclass(frozen=True)
class Unread:
    """A record set aside (fatal), or a value of a kept record that could not be read."""

    row_ref: int
    column: str
    value: str | None
    reason: str
    fatal: bool


@dataclass(frozen=True)
class ReadRows:
    """tables: rows by table, without import_id, of the schema's columns otherwise.   unread: what could not be read."""

    tables: Mapping[str, pa.Table]
    unread: tuple[Unread, ...]


@dataclass(frozen=True)
class GivenSheet:
    """name: the table.   columns: field -> names a file may give it.   needs: fields of which a file has at least one, each.
    read: (fields as string columns with row_ref, the constants given for the whole file) -> rows.
    """

    name: str
    columns: Mapping[str, tuple[str, ...]]
    needs: tuple[tuple[str, ...], ...]
    read: Callable[[pa.Table, Mapping[str, str]], ReadRows]


def cell(fields: pa.Table, name: str, constants: Mapping[str, str]) -> pa.Array:
    """A field of every record, trimmed, NULL where empty; the constant of that name where the file has none.

    Platforms come in the spelling that posts have them in.
    """
    if name == "platform":
        return platform_names(_cell(fields, name, constants))
    return _cell(fields, name, constants)


def moments(written: pa.Array, constants: Mapping[str, str], orders: frozenset[str] = frozenset()) -> Times:
    """A column of times; those without a zone are in that of the file, and what stands at midnight is taken for a day.

    orders: see `read_times`.
    """
    read = read_times(written, orders)
    if ZONE not in constants:
        return read
    there = read_times(written, orders, LocalZone(constants[ZONE], GIVEN))
    is_day = pc.fill_null(
        pc.equal(pc.subtract(read.clock_us, pc.multiply(pc.divide(read.clock_us, DAY_US), DAY_US)), 0), True
    )
    return Times(
        pc.if_else(is_day, read.time_us, there.time_us),
        read.clock_us,
        there.zone,
        pc.if_else(is_day, read.reason, there.reason),
    )


def _cell(fields: pa.Table, name: str, constants: Mapping[str, str]) -> pa.Array:
    if name not in fields.column_names:
        constant = constants.get(name)
        return pa.array([constant] * len(fields), pa.string())
    column = fields[name]
    trimmed = pc.utf8_trim_whitespace(column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column)
    filled = pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)
    return filled if name not in constants else pc.fill_null(filled, constants[name])


def rows_of(name: str, columns: Mapping[str, pa.Array]) -> pa.Table:
    """These columns as rows of a table, import_id left for the writer; what is not given is NULL."""
    n = len(next(iter(columns.values())))
    wanted = schema.table(name).arrow
    return pa.table(
        {
            field.name: columns[field.name].cast(field.type) if field.name in columns else pa.nulls(n, field.type)
            for field in wanted
            if field.name != "import_id"
        }
    )
