"""Writes golden/followthemoney.json: what the followthemoney package makes of our lines. Needs the package, and nothing of ours but them.

inconcert entities CASE --export lines.ftm.jsonl && inconcert entities CASE --export lines.csv
python tests/entities/make_golden.py lines.ftm.jsonl lines.csv
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import followthemoney
from followthemoney.proxy import EntityProxy
from followthemoney.statement import Statement
from followthemoney.statement.serialize import CSV_COLUMNS, read_path_statements

MOST = 40


def read(line: dict[str, Any]) -> dict[str, Any]:
    """One entity as the package reads it, every value cleaned and checked by it."""
    proxy = EntityProxy.from_dict(line, cleaned=False)
    (dataset,) = line["datasets"]
    return {
        "properties": proxy.properties,
        "context": sorted(proxy.context),
        "is_a": sorted(schema.name for schema in proxy.schema.schemata),
        "statements": [
            [prop, value, Statement.make_key(dataset, proxy.id or "", prop, value, False)]
            for prop, values in proxy.properties.items()
            for value in values
        ],
    }


if __name__ == "__main__":
    lines = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    of_each = {line["schema"]: line for line in lines}
    some = list({line["id"]: line for line in [*of_each.values(), *lines]}.values())[:MOST]
    rows = Path(sys.argv[2]).read_text("utf-8").count("\n") - 1
    golden = {
        "model": f"followthemoney {followthemoney.__version__}",
        "columns": CSV_COLUMNS,
        "statements_written": rows,
        "statements_read": len({one.id for one in read_path_statements(Path(sys.argv[2]), "csv")}),
        "lines": some,
        "read": [read(line) for line in some],
    }
    target = Path(__file__).parent / "golden" / "followthemoney.json"
    target.write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
