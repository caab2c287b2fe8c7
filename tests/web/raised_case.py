"""A case whose group G1 is taken to have reached L3, for pages that say more from there on."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.verbs.attribution_entries import Evidence
from inconcert.verbs.prepare import prepare

CONTRACT = Evidence(
    text="A tender asks for these very hashtags", source="tender 12/2024", grade="A1", kind="contract", weights={"H2": (1.6, 1.9)}
)  # fmt: skip
ADDRESS = Evidence(
    text="Posts went out from the firm's lines", source="the platform", grade="A1", kind="firm-address", weights={"H2": (1.7, 2.0)}
)  # fmt: skip


def raised(case: Case, level: str = "L3") -> Case:
    """The case, with its indicators recorded once more with another standing of G1, and prepared for its pages; its first reading rests on
    the first post of each member."""
    run = case.run("indicators")
    assert run is not None
    tables = {name: run.table(name) for name in run.tables}
    rows = [
        {**row, "level": level, "why_not_higher": "needs the signature of a named analyst"}
        if row["group_id"] == "G1"
        else row
        for row in tables["standings"].to_pylist()
    ]
    members = {row["account_id"] for row in case.run("cluster").table("members").to_pylist() if row["group_id"] == "G1"}  # type: ignore[union-attr]
    posts = {}
    for part in case.parts("posts"):
        for row in pq.read_table(part, columns=["account_id", "post_id"]).to_pylist():
            if row["account_id"] in members:
                posts.setdefault(row["account_id"], row["post_id"])
    first = min(row["reading"] for row in tables["indicators"].to_pylist() if row["group_id"] == "G1")
    seen = [
        {"reading": first, "account_id": account, "post_id": post, "why": "x"}
        for account, post in sorted(posts.items())
    ]
    witnesses = tables["indicator_witnesses"]
    tables["indicator_witnesses"] = pa.concat_tables([witnesses, pa.Table.from_pylist(seen, schema=witnesses.schema)])
    tables["standings"] = pa.Table.from_pylist(rows, schema=tables["standings"].schema)
    case.record_run(
        "indicators", parameters={"seed": 1}, inputs=run.info["inputs"], versions={"standing": level}, seed=1, engine="duckdb",
        tables=tables, counts={}, duration_s=1.0,
    )  # fmt: skip
    prepare(case)
    return case
