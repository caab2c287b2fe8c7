"""Records whose post was met before: the same once more, the same with further objects, or another under the same id.

Some sources write one record for each object of a post, so a second record of a post is no fault: what it adds is kept, and
only a record that adds nothing is a duplicate. A record that contradicts the first one of its id in author, time or text is
set aside: one id then stands for two posts, and nobody can tell which evidence belongs to which.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from inconcert.engine.duckdb import DuckDB

STEP_US = {"s": 1_000_000, "min": 60_000_000, "day": 86_400_000_000}
"""Times of one post may differ by less, since sources cut them differently."""

_VERDICTS = """
WITH again_ids AS (
    SELECT DISTINCT platform, post_id FROM again_posts
), met AS (
    SELECT 0 AS age, platform, post_id, account_id, created_at, created_precision, text, import_id, row_ref
    FROM earlier_posts SEMI JOIN again_ids USING (platform, post_id)
    UNION ALL
    SELECT 1, platform, post_id, account_id, created_at, :precision, text, import_id, row_ref
    FROM new_posts SEMI JOIN again_ids USING (platform, post_id)
    UNION ALL
    SELECT 2, platform, post_id, account_id, created_at, :precision, text, import_id, row_ref FROM again_posts
), earliest AS (
    SELECT *, epoch_us(created_at) AS time_us,
           CASE created_precision WHEN 'day' THEN :day_us WHEN 'min' THEN :min_us ELSE :s_us END AS step_us
    FROM met
    QUALIFY row_number() OVER (PARTITION BY platform, post_id ORDER BY least(age, 1), import_id, row_ref) = 1
)
SELECT a.row_ref, a.platform, a.post_id, f.import_id AS first_import_id, f.row_ref AS first_row_ref,
       CASE WHEN f.age = 2 AND f.row_ref = a.row_ref THEN 'first'
            WHEN a.account_id <> f.account_id THEN 'author'
            WHEN abs(epoch_us(a.created_at) - f.time_us) >= greatest(f.step_us, :own_step_us) THEN 'time'
            WHEN a.text <> f.text THEN 'text'
            ELSE 'same' END AS verdict
FROM again_posts AS a JOIN earliest AS f USING (platform, post_id)
ORDER BY a.row_ref
"""

_FURTHER_ACTIONS = """
WITH kept AS (
    SELECT row_ref, platform, post_id FROM verdicts WHERE verdict IN ('first', 'same')
), known AS (
    SELECT platform, post_id, kind, object_id FROM earlier_actions SEMI JOIN kept USING (platform, post_id)
    UNION ALL
    SELECT platform, post_id, kind, object_id FROM new_actions SEMI JOIN kept USING (platform, post_id)
), candidates AS (
    SELECT k.row_ref, k.platform, k.post_id, a.account_id, a.kind, a.object_id, a.time_us
    FROM again_actions AS a JOIN kept AS k USING (row_ref)
    QUALIFY row_number() OVER (PARTITION BY k.platform, k.post_id, a.kind, a.object_id ORDER BY k.row_ref) = 1
)
SELECT * FROM candidates ANTI JOIN known USING (platform, post_id, kind, object_id)
ORDER BY row_ref, kind, object_id
"""

_TWINS = """
WITH unnamed AS (
    SELECT 0 AS age, * FROM earlier_posts WHERE starts_with(post_id, 'row:') AND created_at IS NOT NULL
    UNION ALL
    SELECT 1 AS age, * FROM new_posts WHERE starts_with(post_id, 'row:') AND created_at IS NOT NULL
), hashed AS (
    SELECT age, import_id, row_ref, post_id,
           hash(platform, account_id, created_at, kind, text, reply_to_id, shared_id, quoted_id, url) AS content
    FROM unnamed
), alike AS (
    SELECT * FROM hashed SEMI JOIN (SELECT content FROM hashed GROUP BY content HAVING count(*) > 1) USING (content)
), objects AS (
    SELECT post_id, bit_xor(hash(kind, object_id)) AS objects
    FROM (SELECT * FROM earlier_actions UNION ALL SELECT * FROM new_actions) SEMI JOIN alike USING (post_id)
    GROUP BY post_id
)
SELECT post_id FROM (
    SELECT a.age, a.post_id,
           row_number() OVER (PARTITION BY content, coalesce(objects, 0) ORDER BY age, import_id, row_ref) AS place
    FROM alike AS a LEFT JOIN objects AS o USING (post_id)
) WHERE age = 1 AND place > 1
ORDER BY post_id
"""


@dataclass(frozen=True)
class MetAgain:
    """What became of the records whose post was met before.

    verdicts: row_ref, post_id, verdict (first, same, author, time, text), and where the first record of the id lies.
    actions: the actions that they add, with row_ref and the columns of ACTIONS.
    """

    verdicts: pa.Table
    actions: pa.Table


def judge(engine: DuckDB, precision: str | None) -> MetAgain:
    """Judge the records in `again_posts` and `again_actions` (which has row_ref in place of post_id).

    The engine holds them beside earlier_posts, earlier_actions (other imports) and new_posts, new_actions (this one).
    precision: of the times of this import. "first": the hash was met but not the id, so the record is a post of its own.
    """
    steps: dict[str, str | int | float | None] = {f"{name}_us": step for name, step in STEP_US.items()}
    own = STEP_US[precision or "s"]
    verdicts = engine.sql(_VERDICTS, {"precision": precision or "s", "own_step_us": own, **steps})
    engine.attach("verdicts", verdicts)
    return MetAgain(verdicts, engine.sql(_FURTHER_ACTIONS))


def twins(engine: DuckDB) -> pa.Array:
    """Ids of posts in new_posts that have no id of their own and repeat another such post in everything that was read.

    Only posts with a time are compared: without one, the same words twice may be two posts.
    """
    return engine.sql(_TWINS)["post_id"].combine_chunks()
