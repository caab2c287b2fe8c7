"""Writes src/inconcert/entities/schemata.json from the followthemoney package, which only this script needs.

pip install followthemoney    # with the headers of ICU
python docs/make_ftm_schemata.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import followthemoney
from followthemoney import model

TARGET = Path(__file__).resolve().parent.parent / "src" / "inconcert" / "entities" / "schemata.json"


def described(schema: Any) -> dict[str, Any]:
    """What the room of entities needs of one schema: its parents, its ends and its own properties."""
    facts: dict[str, Any] = {"extends": sorted(parent.name for parent in schema.extends)}
    if schema.abstract:
        facts["abstract"] = True
    if schema.edge:
        facts["edge"] = [schema.edge_source, schema.edge_target, schema.edge_label, bool(schema.edge_directed)]
    facts["properties"] = {
        name: prop.type.name if prop.range is None else f"entity:{prop.range.name}"
        for name, prop in sorted(schema.properties.items())
        if prop.schema is schema and not prop.stub
    }
    return facts


if __name__ == "__main__":
    every = {schema.name: described(schema) for schema in sorted(model.schemata.values(), key=lambda its: its.name)}
    lines = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(facts, separators=(',', ':'))}" for name, facts in every.items()
    )
    head = {
        "model": f"followthemoney {followthemoney.__version__}",
        "licence": "MIT, Journalism Development Network and OpenSanctions Datenbanken",
    }
    TARGET.write_text(f'{json.dumps(head)[:-1]}, "schemata": {{\n{lines}\n}}}}\n', encoding="utf-8")
