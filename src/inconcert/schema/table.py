"""What a table of Inconcert is: named, typed columns with their meaning."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from inconcert.errors import SchemaError


@dataclass(frozen=True)
class Column:
    """One column: name, Arrow type, what it means, and whether it may be NULL."""

    name: str
    type: pa.DataType
    meaning: str
    nullable: bool = False


@dataclass(frozen=True)
class Table:
    """One table: its name, what a row is, and its columns."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def arrow(self) -> pa.Schema:
        """The Arrow schema."""
        return pa.schema([pa.field(c.name, c.type, nullable=c.nullable) for c in self.columns])

    def empty(self) -> pa.Table:
        """A table of no rows."""
        return self.arrow.empty_table()

    def check(self, table: pa.Table) -> pa.Table:
        """The same data, columns in order and cast; SchemaError names the column that is missing or of a wrong type."""
        missing = [c.name for c in self.columns if c.name not in table.column_names]
        if missing:
            raise SchemaError(f"Table '{self.name}' lacks the column '{missing[0]}'.")
        try:
            return table.select([c.name for c in self.columns]).cast(self.arrow)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise SchemaError(f"Table '{self.name}' has a column of a wrong type: {error}") from error


UTC_US = pa.timestamp("us", tz="UTC")
S, I32, I64, F64, B = pa.string(), pa.int32(), pa.int64(), pa.float64(), pa.bool_()
