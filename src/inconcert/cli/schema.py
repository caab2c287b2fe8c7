"""`inconcert schema`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from inconcert.cli.options import verb
from inconcert.cli.terminal import show

if TYPE_CHECKING:
    from inconcert.schema import Table


@verb("schema", "Show the tables Inconcert writes.")
@click.argument("name", metavar="[TABLE]", required=False)
def command(name: str | None, as_json: bool) -> None:
    """Show the tables Inconcert writes; with TABLE, its columns.

    \b
    Example:
      inconcert schema edges
    """
    from inconcert.verbs.schema import schema

    tables = schema(name)
    show([_described(one) for one in tables], _lines(tables, name is not None), as_json=as_json)


def _described(table: Table) -> dict[str, Any]:
    columns = [
        {"name": c.name, "type": str(c.type), "nullable": c.nullable, "meaning": c.meaning} for c in table.columns
    ]
    return {"name": table.name, "row": table.row, "columns": columns}


def _lines(tables: list[Table], with_columns: bool) -> Iterator[str]:
    width = max(len(one.name) for one in tables)
    for one in tables:
        yield f"{one.name:{width}}  {one.row}"
        if with_columns:
            names = max(len(c.name) for c in one.columns)
            for c in one.columns:
                type = f"{c.type}{'?' if c.nullable else ''}"
                yield f"  {c.name:{names}}  {type:22}  {c.meaning}".rstrip()
