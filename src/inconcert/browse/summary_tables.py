"""Tables of a view that sum up: quarter hours, platforms, imports, rejects, runs and facts."""

from __future__ import annotations

import json
from dataclasses import asdict

import duckdb
import pyarrow as pa

from inconcert.browse.state import State
from inconcert.report.posts import facts, rejects
from inconcert.report.zones import QUARTER_US

# clock: of them, posts whose time is known to the minute, so that an hour of the day can be read from it
_QUARTERS = f"""
CREATE TABLE view.quarters AS
WITH timed AS (
    SELECT account, (time_us - ((time_us % {QUARTER_US}) + {QUARTER_US}) % {QUARTER_US}) // {QUARTER_US} AS quarter,
           precision IS DISTINCT FROM 'day' AS clock
    FROM view.posts WHERE time_us IS NOT NULL
)
SELECT '' AS who, quarter, count(*) AS posts, count(*) FILTER (clock) AS clock FROM timed GROUP BY ALL
UNION ALL
SELECT '*', quarter, count(*), count(*) FILTER (clock) FROM timed SEMI JOIN standing USING (account) GROUP BY ALL
UNION ALL
SELECT m.group_id, quarter, count(*), count(*) FILTER (clock) FROM timed JOIN view.members AS m USING (account) GROUP BY ALL
ORDER BY 1, 2
"""
_STANDING = """
CREATE TEMP VIEW standing AS
SELECT DISTINCT m.account FROM view.members AS m JOIN view.groups AS g USING (group_id) WHERE g.level <> 'L0'
"""
_PLATFORMS = """
CREATE TABLE view.platforms AS
SELECT platform, count(*) AS posts, count(DISTINCT account) AS accounts, min(time_us) AS first_us, max(time_us) AS last_us
FROM view.posts GROUP BY platform ORDER BY posts DESC, platform
"""


def build_summaries(con: duckdb.DuckDBPyConnection, state: State) -> None:
    """Count what the case page tells. Reads posts, actions, rejects, imports and view's posts, members and groups."""
    con.execute(_STANDING)
    con.execute(_QUARTERS)
    con.execute(_PLATFORMS)
    con.execute("CREATE TABLE view.imports AS SELECT * FROM all_imports ORDER BY role, file, import_id")
    set_aside = rejects(con)
    columns = {
        "column": pa.array([row[0] for row in set_aside], pa.string()),
        "reason": pa.array([row[1] for row in set_aside], pa.string()),
        "fatal": pa.array([row[2] for row in set_aside], pa.bool_()),
        "records": pa.array([row[3] for row in set_aside], pa.int64()),
    }
    con.register("set_aside", pa.table(columns))
    con.execute("CREATE TABLE view.rejects AS SELECT * FROM set_aside")
    runs = [
        {"verb": run.verb, "id": run.id, "at": run.at, "duration_s": run.duration_s, "info": json.dumps(dict(run.info))}
        for run in state.runs
    ]
    types = pa.schema(
        {
            "verb": pa.string(),
            "id": pa.string(),
            "at": pa.timestamp("us", "UTC"),
            "duration_s": pa.float64(),
            "info": pa.string(),
        }
    )
    con.register("runs", pa.Table.from_pylist(runs, schema=types))
    con.execute("CREATE TABLE view.runs AS SELECT * FROM runs")
    about = {
        "title": str(state.facts["title"]),
        "created": state.facts["created"].isoformat(),
        "posts": asdict(facts(con)),
    }
    con.execute("CREATE TABLE view.facts AS SELECT $1::VARCHAR AS facts", [json.dumps(about)])
