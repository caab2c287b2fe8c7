"""followthemoney statements, as CSV or as one JSON object a line: read, and written again without loss.

Two columns of our own follow those of followthemoney, which its tools leave alone: strength and sources (codes, ";" between).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from inconcert.entities import values
from inconcert.entities.entity import BASE, Entity, Statement, merged, statement_key
from inconcert.entities.reading import LINE_AT_MOST, MOST_ENTITIES, Aside, Read, aside, from_json, lines
from inconcert.entities.schemata import schemata
from inconcert.entities.strength import strength

COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value",
    "external", "first_seen", "last_seen", "id",
)  # fmt: skip
OWN_COLUMNS = ("strength", "sources")
_TEXTS = ("origin", "lang", "original_value", "first_seen", "last_seen", "id")
_TRUE = ("t", "true", "1", "y", "yes")


def is_statements(head: Iterable[str]) -> bool:
    """Whether columns, or the keys of a JSON object, are those of statements."""
    return {"entity_id", "prop", "schema", "value"} <= set(head)


def read_statements(text: str, dataset: str) -> Read:
    """The entities that the statements of a CSV or JSON-lines file make up; rows that are none are set aside."""
    of_json = text.lstrip().startswith("{")
    said: list[tuple[str, Statement]] = []
    wrong: list[Aside] = []
    for number, row in _objects(text) if of_json else _rows(text):
        if len(said) == 4 * MOST_ENTITIES:
            wrong.append(aside(number, "", f"more than {4 * MOST_ENTITIES:,} statements: this and all later rows"))
            break
        try:
            if isinstance(row, str):
                raise ValueError(row)
            said.append(_statement(row, dataset))
        except ValueError as error:
            wrong.append(aside(number, row.get("value", "") if isinstance(row, Mapping) else "", str(error)))
    entities = merged(Entity(id, one.schema, (one,)) for id, one in said)
    kind = f"followthemoney statements ({'JSON' if of_json else 'CSV'})"
    return Read(kind, dataset, tuple(entities.values()), tuple(wrong))


def _rows(text: str) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    head: list[str] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, str(error)
            continue
        if not head:
            head = [cell.strip() for cell in cells]
        elif len(cells) > len(head):
            yield reader.line_num, f"a row of {len(cells)} cells under {len(head)} columns"
        elif any(cells):
            yield reader.line_num, dict(zip(head, cells, strict=False))


def _objects(text: str) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    for number, line in lines(text):
        try:
            if len(line) > LINE_AT_MOST:
                raise ValueError(f"a line may have {LINE_AT_MOST:,} characters")
            found = from_json(line)
        except (ValueError, RecursionError) as error:
            yield number, str(error)
            continue
        yield number, found if isinstance(found, dict) else "a statement is a JSON object"


def _statement(row: Mapping[str, Any], dataset: str) -> tuple[str, Statement]:
    """(id of the entity, its statement) of one row; ValueError when it is none."""
    kind = schemata().get(row.get("schema", "")) if isinstance(row.get("schema"), str) else None
    if kind is None:
        raise ValueError(f"'{values.shown(row.get('schema'))}' is no schema of followthemoney")
    prop = row.get("prop")
    if not isinstance(prop, str) or (prop != BASE and prop not in kind.properties):
        raise ValueError(f"{kind.name} has no property '{values.shown(prop)}'")
    id = values.entity_id(row.get("entity_id"))
    canonical = values.entity_id(row["canonical_id"]) if row.get("canonical_id") else id
    facts: dict[str, Any] = {name: values.value("string", row[name]) for name in _TEXTS if row.get(name)}
    if row.get("strength"):
        facts["strength"] = strength(values.value("string", row["strength"]))
    sources = row.get("sources") or ""
    codes = sources.split(";") if isinstance(sources, str) else sources
    if not isinstance(codes, list):
        raise ValueError("sources must be a list of codes")
    return canonical, Statement(
        entity_id=id,
        schema=kind.name,
        prop=prop,
        value=values.value("string" if prop == BASE else kind.properties[prop], row.get("value")),
        dataset=values.value("string", row["dataset"]) if row.get("dataset") else dataset,
        external=str(row.get("external", "")).lower() in _TRUE,
        sources=tuple(values.value("string", code) for code in codes if code),
        rest=values.further({key: cell for key, cell in row.items() if key not in values.KNOWN_COLUMNS}),
        **facts,
    )


def write_statements(entities: Sequence[Entity], *, as_csv: bool) -> Iterator[str]:
    """The lines of a file of statements, without line ends: CSV with a head and every cell quoted, or JSON.

    Columns that nobody but the file they came from knows follow the others. What an entity's JSON says beside its properties
    has no place in statements.
    """
    further = sorted({name for entity in entities for said in entity.statements for name in said.rest})
    if as_csv:
        yield _csv_line([*COLUMNS, *OWN_COLUMNS, *further])
    for entity in entities:
        for said in entity.statements:
            row = _row(said, entity)
            if as_csv:
                own = [said.rest.get(name) for name in further]
                yield _csv_line([_cell(cell) for cell in (*(row[name] for name in (*COLUMNS, *OWN_COLUMNS)), *own)])
            else:
                told = {key: cell for key, cell in row.items() if key != "prop_type"}
                yield json.dumps({**told, **said.rest}, ensure_ascii=False, separators=(",", ":"))


def _row(said: Statement, entity: Entity) -> dict[str, Any]:
    kind = schemata()[said.schema].properties.get(said.prop, BASE)
    return {
        "canonical_id": entity.id,
        "entity_id": said.entity_id,
        "prop": said.prop,
        "prop_type": kind.partition(":")[0],
        "schema": said.schema,
        "value": said.value,
        "dataset": said.dataset,
        "origin": said.origin,
        "lang": said.lang,
        "original_value": said.original_value,
        "external": said.external,
        "first_seen": said.first_seen,
        "last_seen": said.last_seen,
        "id": said.id or statement_key(said),
        "strength": said.strength,
        "sources": list(said.sources),
    }


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else ("t" if value else "f") if isinstance(value, bool) else str(value)


def _csv_line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, dialect=csv.unix_dialect).writerow(cells)
    return out.getvalue().removesuffix("\n")
