"""What a case shows that can be compared with what is published, put on an engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert import schema
from inconcert.case import Case, Run
from inconcert.engine.duckdb import DuckDB
from inconcert.indicators.multiplicity import FOUND
from inconcert.indicators.standing_groups import standing_groups
from inconcert.linking.material import FROM_ACCOUNTS, FROM_ACTIONS, SHOWN, SIDES, Material, open_material
from inconcert.linking.profile_links import PROFILES, profile_links
from inconcert.linking.tactics import OF_INDICATORS, OF_KINDS

LEAST_QUALITY = 50
"""PDQ quality below which the hash of a picture says little."""

_PICTURES = f"""
SELECT DISTINCT account_id, 'image_hash' AS kind, pdq AS value, platform, post_id, time_us
FROM media JOIN pictures USING (sha256) WHERE quality >= {LEAST_QUALITY}"""
_WORDINGS = """
SELECT DISTINCT 'text_hash' AS kind, cluster_id AS cluster, text_hash AS value FROM copies
UNION ALL SELECT DISTINCT 'image_hash', cluster_id, pdq FROM picture_copies JOIN pictures USING (sha256)"""
_VOLUME = """
SELECT account_id, nullif(platform, 'unknown') AS platform, nullif(told.language, 'unknown') AS language, count(DISTINCT post_id) AS n_posts
FROM posts LEFT JOIN languages AS told USING (text_hash) GROUP BY ALL"""
_RECORDS = """
SELECT TRUE AS is_post, post_id AS of, platform, min(import_id) AS import_id, arg_min(row_ref, (import_id, row_ref)) AS row_ref
FROM posts GROUP BY post_id, platform
UNION ALL SELECT FALSE, account_id, platform, min(import_id), arg_min(row_ref, (import_id, row_ref)) FROM accounts GROUP BY account_id, platform"""


def levels_of(clustered: Run, measured: Run | None) -> dict[str, str]:
    """{group above L0: its level}, as indicators have raised it where they were measured."""
    groups = standing_groups(clustered, measured).select(["group_id", "level"]).to_pylist()
    return {row["group_id"]: row["level"] for row in groups if row["level"] != "L0"}


def open_case_material(
    case: Case, clustered: Run, copied: Run | None, measured: Run | None, groups: Sequence[str]
) -> Material:
    """The material of these groups and of the ordinary accounts beside them, on an engine the caller closes.

    Ordinary: at L0 and in no group of the run, and the accounts of imports of the role control.
    """
    engine = DuckDB()
    for name in ("posts", "accounts", "actions", "media", "pictures"):
        _attach(engine, name, [*case.parts(name), *case.parts(name, "control")])
    near = [
        copied.path / f"{name}.parquet"
        for name in ("near_actions", "near_actions_control")
        if copied and name in copied.tables
    ]
    if near:
        engine.attach("plain_actions", [*case.parts("actions"), *case.parts("actions", "control")])
        engine.attach("copied_actions", near)
        engine.define("actions", "SELECT * FROM plain_actions UNION ALL BY NAME SELECT * FROM copied_actions")
    for name in ("copies", "picture_copies"):
        engine.attach(name, copied.table(name) if copied and name in copied.tables else schema.table(name).empty())
    engine.attach("sides", _sides(case, clustered, groups))
    engine.attach("profile_links", profile_links(engine.sql(PROFILES).to_pylist()))
    engine.keep(
        "uses",
        f"SELECT * FROM ({FROM_ACTIONS} UNION ALL {FROM_ACCOUNTS} UNION ALL {_PICTURES} UNION ALL SELECT * FROM profile_links) SEMI JOIN sides USING (account_id)",
    )
    engine.keep("records", _RECORDS)
    engine.attach(
        "languages",
        copied.table("languages") if copied and "languages" in copied.tables else schema.table("languages").empty(),
    )
    volume = engine.sql(_VOLUME)
    return open_material(engine, volume, _shown(clustered, measured, groups), engine.sql(_WORDINGS))


def _attach(engine: DuckDB, name: str, parts: Sequence[Path]) -> None:
    engine.attach(name, list(parts) if parts else schema.table(name).empty())


def _sides(case: Case, clustered: Run, groups: Sequence[str]) -> pa.Table:
    members = clustered.table("members").select(["group_id", "account_id"])
    chosen = members.filter(pc.is_in(members["group_id"], value_set=pa.array(groups, pa.string())))
    scores = clustered.table("scores")
    ordinary = set(scores.filter(pc.equal(scores["level"], "L0"))["account_id"].to_pylist())
    everybody = set(scores["account_id"].to_pylist())
    ordinary |= {account for account in _control_accounts(case) if account not in everybody}
    rows = [{"account_id": row["account_id"], "group_id": row["group_id"]} for row in chosen.to_pylist()]
    rows += [
        {"account_id": account, "group_id": None}
        for account in sorted(ordinary - set(members["account_id"].to_pylist()))
    ]
    return pa.Table.from_pylist(rows, schema=SIDES.arrow)


def _control_accounts(case: Case) -> set[str]:
    found: set[str] = set()
    for part in case.parts("posts", "control"):
        found.update(pq.read_table(part, columns=["account_id"])["account_id"].unique().to_pylist())
    return found


def _shown(clustered: Run, measured: Run | None, groups: Sequence[str]) -> pa.Table:
    """Techniques that the runs show of groups: table SHOWN."""
    pairs = {
        (row["group_id"], OF_KINDS[kind])
        for row in clustered.table("groups").to_pylist()
        for kind in row["evidence_kinds"].split(",")
        if kind in OF_KINDS
    }
    for row in measured.table("indicators").to_pylist() if measured else ():
        if row["subject"] == "group" and row["state"] == FOUND and row["indicator"] in OF_INDICATORS:
            pairs.add((row["subject_id"], OF_INDICATORS[row["indicator"]]))
    rows = [{"group_id": group, "technique": technique} for group, technique in sorted(pairs) if group in groups]
    return pa.Table.from_pylist(rows, schema=SHOWN.arrow)
