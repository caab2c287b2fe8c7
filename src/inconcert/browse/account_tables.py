"""Tables `accounts`, `descriptions` and `names` of a view."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from inconcert.browse.keys import account_keys
from inconcert.normalise.folding import fold_name

_IDS = """
SELECT id, coalesce(min(platform), 'unknown') AS platform FROM (
    SELECT account_id AS id, platform FROM posts
    UNION ALL SELECT account_id, platform FROM accounts
    UNION ALL SELECT account_id, NULL FROM members
    UNION ALL SELECT source, NULL FROM edges UNION ALL SELECT target, NULL FROM edges
) GROUP BY id ORDER BY id
"""

# every description, the last one at the end: as the report orders them
_DESCRIPTIONS = """
CREATE TABLE view.descriptions AS
SELECT n.account, row_number() OVER (PARTITION BY n.account ORDER BY d.observed_at NULLS FIRST, i.place, d.row_ref)::INTEGER AS place,
       d.* EXCLUDE (account_id)
FROM accounts AS d JOIN ids AS n ON n.id = d.account_id JOIN import_order AS i USING (import_id)
ORDER BY 1, 2
"""

_ACCOUNTS = """
CREATE TABLE view.accounts AS
WITH latest AS (
    SELECT account, arg_max(handle, place) AS handle, arg_max(display_name, place) AS name, arg_max(bio, place) AS bio,
           arg_max(location, place) AS location, arg_max(language, place) AS language, arg_max(link_url, place) AS link_url,
           arg_max(epoch_us(created_at), place) AS created_us, arg_max(followers, place) AS followers,
           arg_max("following", place) AS "following", arg_max(verified, place) AS verified,
           arg_max(declared_bot, place) AS declared_bot, arg_max(status, place) AS status, arg_max(avatar, place) AS avatar,
           count(DISTINCT lower(handle))::INTEGER AS n_handles, count(*)::INTEGER AS n_descriptions
    FROM view.descriptions GROUP BY account
), posted AS (
    SELECT account_id AS id, count(*) AS n_posts, min(epoch_us(created_at)) AS first_us, max(epoch_us(created_at)) AS last_us
    FROM posts GROUP BY account_id
)
SELECT n.account, n.id, n.key, n.platform, l.* EXCLUDE (account), coalesce(p.n_posts, 0) AS n_posts, p.first_us, p.last_us,
       s.group_id, s.level, s.q, s.score, y.pseudonym
FROM ids AS n LEFT JOIN latest AS l USING (account) LEFT JOIN posted AS p USING (id)
LEFT JOIN (SELECT * FROM scores QUALIFY row_number() OVER (PARTITION BY account_id ORDER BY score DESC, platform) = 1) AS s
       ON s.account_id = n.id
LEFT JOIN pseudonyms AS y USING (id)
ORDER BY n.account
"""


def build_accounts(con: duckdb.DuckDBPyConnection, stamp: str, pseudonyms: Mapping[str, str]) -> None:
    """Number the accounts of the case in the order of their ids, and describe each.

    Reads posts, accounts, members, edges, scores and import_order; leaves the table `ids` (account, id, key, platform).
    stamp: see `State.stamp`.   pseudonyms: account id -> name of the report.
    """
    found = con.sql(_IDS).to_arrow_table()
    keys = pa.array(account_keys(stamp, found["id"].to_pylist()), pa.string())
    numbers = pa.array(range(found.num_rows), pa.int32())
    con.register("numbered", found.append_column("key", keys).append_column("account", numbers))
    con.execute("CREATE TEMP TABLE ids AS SELECT account, id, key, platform FROM numbered")
    con.unregister("numbered")
    named = {"id": pa.array(pseudonyms, pa.string()), "pseudonym": pa.array(pseudonyms.values(), pa.string())}
    con.register("pseudonyms", pa.table(named))
    con.execute(_DESCRIPTIONS)
    con.execute(_ACCOUNTS)
    con.execute("CREATE TABLE view.keys AS SELECT key, account FROM ids ORDER BY key")
    _build_names(con)


def _build_names(con: duckdb.DuckDBPyConnection) -> None:
    """Every spelling by which an account may be asked for or stand in a text: as `search` folds names, and in small letters."""
    told = con.sql(
        """
        SELECT account, id AS name, TRUE AS is_id FROM ids
        UNION ALL SELECT DISTINCT account, handle, FALSE FROM view.descriptions WHERE handle IS NOT NULL
        """
    ).to_arrow_table()
    names = told["name"].to_pylist()
    con.register(
        "told",
        told.append_column("folded", pa.array(map(fold_name, names), pa.string())).append_column(
            "small", pa.array((name.casefold() for name in names), pa.string())
        ),
    )
    con.execute("CREATE TABLE view.names AS SELECT * FROM told ORDER BY folded")
    con.execute("CREATE TABLE view.spellings AS SELECT small, name, account, is_id FROM told ORDER BY small, account")
    con.unregister("told")
