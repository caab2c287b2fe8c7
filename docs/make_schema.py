"""Write docs/schema.md from `inconcert.schema`: python docs/make_schema.py"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inconcert import schema

PAGE = Path(__file__).with_name("schema.md")

HEAD = """\
# Tables

Every table Inconcert writes, made from `src/inconcert/schema` by `python docs/make_schema.py`; a test fails when this page is
out of date. `inconcert schema edges` prints one of them, `inconcert export CASE edges.csv` writes it.

Ids are strings as the source gave them, never numbers. Absent is NULL (in CSV: an empty field), never "", 0 or NaN. Times people
read are timestamps in UTC; times that are computed with are microseconds since 1970 (UTC), and their columns end in `_us`.
"""


def page() -> str:
    """The page, whole."""
    return HEAD + "\n" + "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "## Kinds of action\n"
    yield "| kind | object: what two accounts have in common |"
    yield "|---|---|"
    for kind, meaning in schema.KINDS.items():
        yield f"| `{kind}` | {_cell(meaning)} |"
    for table in schema.TABLES.values():
        yield f"\n## {table.name}\n"
        yield f"One row: {table.row}.\n"
        yield "| column | type | NULL | meaning |"
        yield "|---|---|---|---|"
        for column in table.columns:
            null = "yes" if column.nullable else ""
            yield f"| `{column.name}` | {column.type} | {null} | {_cell(column.meaning)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE}: {len(schema.TABLES)} tables")
