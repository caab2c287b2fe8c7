"""Tables `edges` and `nodes` of a view: the significant pairs, and where their accounts stand in the picture."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from inconcert.browse.positions import Links, positions

LAYERS = ("share", "reply", "mention", "hashtag", "url", "domain", "text", "media", "near_text", "near_media")
"""Kinds of action that can be switched on and off in the picture; the first is bit 0 of `kinds`."""
SEED = 1

_FIRSTS = """
CREATE TEMP TABLE firsts AS
SELECT a.account, a.object, a.time_us
FROM view.actions AS a SEMI JOIN (SELECT a AS account FROM pairs UNION SELECT b FROM pairs) USING (account)
QUALIFY row_number() OVER (PARTITION BY a.account, a.object ORDER BY a.time_us NULLS LAST, a.post) = 1
"""
_PAIRS = """
CREATE TEMP TABLE pairs AS
SELECT row_number() OVER (ORDER BY e.q_value, s.account, t.account)::INTEGER - 1 AS edge, s.account AS a, t.account AS b, e.kind,
       e.window_us, e.p_value AS p, e.q_value AS q, e.q_conditional, e.n_objects, e.overlap, e.synchrony, e.exclusivity, e.level
FROM edges AS e JOIN ids AS s ON s.id = e.source JOIN ids AS t ON t.id = e.target
"""
_COMMON = """
CREATE TEMP TABLE common AS
SELECT p.edge, count(*)::INTEGER AS n_common, median(abs(x.time_us - y.time_us))::BIGINT AS gap_us,
       min(abs(x.time_us - y.time_us)) AS closest_us, min(o.accounts)::INTEGER AS rarity,
       min(greatest(x.time_us, y.time_us)) FILTER (x.time_us IS NOT NULL AND y.time_us IS NOT NULL) AS first_us,
       max(greatest(x.time_us, y.time_us)) FILTER (x.time_us IS NOT NULL AND y.time_us IS NOT NULL) AS last_us
FROM pairs AS p JOIN firsts AS x ON x.account = p.a JOIN firsts AS y ON y.account = p.b AND y.object = x.object
JOIN view.objects AS o ON o.object = x.object
GROUP BY p.edge
"""
# a kind is a layer of an edge when it would be telling by itself, and the most telling one always is
_LAYERS = """
CREATE TEMP TABLE layers AS
SELECT edge, bit_or(1::INTEGER << bit)::INTEGER AS kinds FROM (
    SELECT p.edge, b.bit FROM pair_layers AS l JOIN ids AS s ON s.id = l.source JOIN ids AS t ON t.id = l.target
    JOIN pairs AS p ON p.a = s.account AND p.b = t.account JOIN bits AS b ON b.kind = l.kind WHERE l.p_value <= $1
    UNION ALL
    SELECT edge, bit FROM pairs JOIN bits USING (kind)
) GROUP BY edge
"""
_EDGES = """
CREATE TABLE view.edges AS
SELECT p.*, coalesce(l.kinds, 0) AS kinds, coalesce(c.n_common, 0) AS n_common, c.gap_us, c.closest_us, c.rarity, c.first_us, c.last_us
FROM pairs AS p LEFT JOIN layers AS l USING (edge) LEFT JOIN common AS c USING (edge) ORDER BY p.edge
"""
_NODES = """
SELECT account, a.group_id FROM (
    SELECT a AS account FROM view.edges UNION SELECT b FROM view.edges UNION SELECT account FROM view.members
) JOIN view.accounts AS a USING (account) ORDER BY account
"""


def build_edges(con: duckdb.DuckDBPyConnection, alpha: float) -> None:
    """The pairs of the detect run, strongest first, with how close in time and how rare their common objects are.

    Reads edges, pair_layers, ids and view.actions.   alpha: largest chance at which a kind counts as a layer of an edge.
    Gaps are between the first actions of both on an object: the median, and the least; rarity: accounts on the rarest object.
    """
    bits = {kind: bit for bit, kind in enumerate(LAYERS)} | {"hashtag_sequence": LAYERS.index("hashtag")}
    con.register("bits", pa.table({"kind": list(bits), "bit": pa.array(bits.values(), pa.int32())}))
    con.execute(_PAIRS)
    con.execute(_FIRSTS)
    con.execute(_COMMON)
    con.execute(_LAYERS, [alpha])
    con.execute(_EDGES)
    for name in ("pairs", "firsts", "common", "layers"):
        con.execute(f"DROP TABLE {name}")


def build_nodes(con: duckdb.DuckDBPyConnection) -> None:
    """Place every account that has an edge or is in a group. Reads view.edges, view.members and view.accounts."""
    nodes = con.sql(_NODES).to_arrow_table()
    accounts = nodes["account"].to_numpy()
    edges = con.sql("SELECT a, b FROM view.edges ORDER BY edge").to_arrow_table()
    source, target = (np.searchsorted(accounts, edges[end].to_numpy()) for end in "ab")
    groups = nodes["group_id"].combine_chunks().dictionary_encode()
    group = groups.indices.fill_null(-1).to_numpy().astype(np.int64)
    at = positions(Links(len(accounts), source, target, group), SEED)
    con.register("placed", nodes.append_column("x", pa.array(at[:, 0])).append_column("y", pa.array(at[:, 1])))
    con.execute("CREATE TABLE view.nodes AS SELECT account, x::FLOAT AS x, y::FLOAT AS y FROM placed ORDER BY account")
    con.unregister("placed")
