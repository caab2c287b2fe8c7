"""Tables `groups`, `members` and `group_objects` of a view."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import betainc, gammaln

OBJECTS_KEPT = 2_000
"""Most objects kept of one group."""

_MEMBERS = """
CREATE TABLE view.members AS
SELECT m.group_id, row_number() OVER (PARTITION BY m.group_id ORDER BY m.n_partners DESC, m.membership DESC, m.account_id)::INTEGER AS place,
       n.account, m.membership, m.n_partners, m.x, m.y
FROM members AS m JOIN ids AS n ON n.id = m.account_id ORDER BY 1, 2
"""
_OBJECTS = """
WITH firsts AS (
    SELECT m.group_id, a.object, a.account, min(a.time_us) AS time_us
    FROM view.actions AS a JOIN view.members AS m USING (account) GROUP BY ALL
), beside AS (
    SELECT *, time_us - lag(time_us) OVER (PARTITION BY group_id, object ORDER BY time_us NULLS LAST, account) AS gap_us FROM firsts
)
SELECT group_id, object, count(*)::INTEGER AS members, min(gap_us) AS closest_us, max(time_us) - min(time_us) AS span_us,
       min(time_us) AS first_us, any_value(o.accounts) AS accounts, any_value(s.size) AS size
FROM beside JOIN view.objects AS o USING (object) JOIN (SELECT group_id, count(*) AS size FROM view.members GROUP BY group_id) AS s USING (group_id)
GROUP BY group_id, object HAVING count(*) > 1 ORDER BY group_id, object
"""
_RANKED = f"""
CREATE TABLE view.group_objects AS
SELECT group_id, place, object, members, accounts, bits, closest_us, span_us, first_us FROM (
    SELECT *, row_number() OVER (PARTITION BY group_id ORDER BY bits DESC, accounts, object)::INTEGER AS place FROM ranked
) WHERE place <= {OBJECTS_KEPT} ORDER BY group_id, place
"""


def build_members(con: duckdb.DuckDBPyConnection) -> None:
    """Copy the groups, and their members with the best connected first. Reads groups, members and ids."""
    con.execute("CREATE TABLE view.groups AS SELECT * FROM groups")
    con.execute(_MEMBERS)


def build_group_objects(con: duckdb.DuckDBPyConnection) -> None:
    """Rank what members of each group have in common by `bits`. Reads view.actions, view.objects, view.members and view.accounts."""
    found = con.sql(_OBJECTS).to_arrow_table()
    ((everybody,),) = con.execute("SELECT count(*) FROM view.accounts WHERE n_posts > 0").fetchall()
    members, size, accounts = (found[name].to_numpy().astype(np.float64) for name in ("members", "size", "accounts"))
    con.register("ranked", found.append_column("bits", pa.array(bits(members, size, accounts, everybody))))
    con.execute(_RANKED)
    con.unregister("ranked")


def bits(
    members: NDArray[np.float64], size: NDArray[np.float64], accounts: NDArray[np.float64], everybody: int
) -> NDArray[np.float64]:
    """(n,) how surprising it is that so many of a group hold an object, bits, at least 0: -log2 of the binomial chance of as many
    or more, had each member been drawn from everybody.

    members: of the group that hold it, at least 1.   size: of the group.   accounts: of everybody that hold it.
    """
    share = np.clip(accounts / max(everybody, 1), 1e-12, 1 - 1e-12)
    tail = betainc(members, size - members + 1, share)
    # where the chance is too small for a number, its first term is all of it that counts
    first = gammaln(size + 1) - gammaln(members + 1) - gammaln(size - members + 1)
    first = first + members * np.log(share) + (size - members) * np.log1p(-share)
    log_tail = np.where(tail > 1e-290, np.log(np.maximum(tail, 1e-300)), first)
    found: NDArray[np.float64] = np.maximum(-log_tail / np.log(2), 0.0)
    return found
