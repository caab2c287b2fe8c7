"""Tables `objects`, `actions` and `held` of a view: who did what, as numbers; and what each post holds."""

from __future__ import annotations

import duckdb

# `kind` and `object_id` once, with how many accounts acted on it, and then numbers only
_OBJECTS = """
CREATE TABLE view.objects AS
SELECT row_number() OVER (ORDER BY kind, object_id)::INTEGER - 1 AS object, kind, object_id AS id,
       count(DISTINCT account_id)::INTEGER AS accounts, count(*) AS actions
FROM actions GROUP BY kind, object_id ORDER BY 1
"""
_ACTIONS = """
CREATE TABLE view.actions AS
SELECT n.account, o.object, p.post, a.time_us
FROM actions AS a JOIN ids AS n ON n.id = a.account_id JOIN view.objects AS o ON o.kind = a.kind AND o.id = a.object_id
LEFT JOIN own AS p ON p.account = n.account AND p.post_id = a.post_id
ORDER BY n.account, o.object, a.time_us NULLS LAST, p.post
"""
_OWN = """
CREATE TEMP TABLE own AS SELECT account, post_id, min(post) AS post FROM view.posts GROUP BY ALL
"""

# what a post holds, beside it and in words, so that a page of posts needs no other table
_HELD = """
CREATE TABLE view.held AS
SELECT p.post, a.kind, a.object_id AS id FROM actions AS a JOIN ids AS n ON n.id = a.account_id
JOIN own AS p ON p.account = n.account AND p.post_id = a.post_id
WHERE a.kind IN ('url', 'domain', 'hashtag', 'media') ORDER BY p.post, a.kind, a.object_id
"""


def build_actions(con: duckdb.DuckDBPyConnection) -> None:
    """Number the objects, list the actions by account and object, the first one first, and what posts hold by post.

    Reads actions, ids and view.posts.
    """
    con.execute(_OBJECTS)
    con.execute(_OWN)
    con.execute(_ACTIONS)
    con.execute(_HELD)
    con.execute("DROP TABLE own")
