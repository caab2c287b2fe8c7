"""Posts without an id of their own that repeat another such post, in all that was read."""

from __future__ import annotations

import pyarrow as pa

from inconcert.engine.duckdb import DuckDB
from inconcert.verbs.import_tables import rows_in

_UNNAMED = """
SELECT {age} AS age, import_id, row_ref, post_id,
       hash(platform, account_id, created_at, kind, text, reply_to_id, shared_id, quoted_id, url) AS content
FROM {posts} WHERE starts_with(post_id, 'row:') AND created_at IS NOT NULL
"""
_ALIKE = f"""
WITH unnamed AS ({_UNNAMED.format(age=0, posts="earlier_posts")} UNION ALL {_UNNAMED.format(age=1, posts="new_posts")})
SELECT * FROM unnamed SEMI JOIN (SELECT content FROM unnamed GROUP BY content HAVING count(*) > 1) USING (content)
"""
_OBJECTS = """
SELECT post_id, bit_xor(hash(kind, object_id)) AS objects
FROM (SELECT post_id, kind, object_id FROM earlier_actions UNION ALL SELECT post_id, kind, object_id FROM new_actions)
SEMI JOIN alike USING (post_id) GROUP BY post_id
"""
_TWINS = """
SELECT post_id FROM (
    SELECT a.age, a.post_id,
           row_number() OVER (PARTITION BY content, coalesce(objects, 0) ORDER BY age, import_id, row_ref) AS place
    FROM alike AS a LEFT JOIN objects AS o USING (post_id)
) WHERE age = 1 AND place > 1
"""


class Twins:
    """Those of them in new_posts, told by the engine, which holds earlier_ and new_ posts and actions, until `forget`.

    Only posts with a time are compared: without one, the same words twice may be two posts.
    """

    def __init__(self, engine: DuckDB) -> None:
        self._engine = engine
        engine.keep("alike", _ALIKE)
        engine.keep("objects", _OBJECTS)
        engine.keep("twins", _TWINS)
        engine.forget("alike", "objects")

    def __len__(self) -> int:
        return int(self._engine.sql("SELECT count(*) AS n FROM twins")["n"][0].as_py())

    def rows(self, table: pa.Table) -> pa.BooleanArray:
        """Which rows of a table are of such posts."""
        return rows_in(self._engine, table, ("post_id",), "SELECT post_id FROM twins")

    def forget(self) -> None:
        """Have the engine keep nothing of it."""
        self._engine.forget("twins")
