"""Records whose post was met before: the same once more, a later or earlier capture of it, or another post under the same id.

Some sources write one record for each object of a post, so a second record of a post is no fault: what it adds is kept, and
only a record that adds nothing is a duplicate. A record with another text, other counts or a mark of deletion is another
observation of the post: `posts` has the earliest of them, `post_observations` the others. A record that contradicts the
first one of its id in author or time of posting is set aside: one id then stands for two posts, and nobody can tell which
evidence belongs to which.

Actions are those of the wording in `posts`: when an edit was made is rarely known, so nothing could be said of its time.
"""

from __future__ import annotations

import pyarrow as pa

from inconcert.engine.duckdb import DuckDB

STEP_US = {"s": 1_000_000, "min": 60_000_000, "day": 86_400_000_000}
"""Times of one post may differ by less, since sources cut them differently."""

_STATE = """epoch_us(observed_at) AS observed_us, CASE WHEN text IS NOT NULL THEN hash(text) END AS words,
           epoch_us(edited_at) AS edited_us, deleted, likes, replies, shares, quotes, views"""
_POST = f"platform, post_id, account_id, import_id, row_ref, epoch_us(created_at) AS time_us, {_STATE}"
_STEPS = " ".join(f"WHEN '{precision}' THEN {step_us}" for precision, step_us in STEP_US.items())
_FILLED = ("words", "edited_us", "likes", "replies", "shares", "quotes", "views")

# age: 0 earlier imports, 1 written by this one already, 2 put off. first: the record whose author and time count. kept: the
# one that is in `posts`. said: what a record says, with what it leaves out taken from the kept one. A record says nothing new
# if it repeats the capture before it, or, where captures have no times, any other of its post.
_JUDGED = f"""
WITH again_ids AS (
    SELECT DISTINCT platform, post_id FROM again_posts
), met AS (
    SELECT 0 AS age, {_POST}, CASE created_precision {_STEPS} END AS step_us
    FROM earlier_posts SEMI JOIN again_ids USING (platform, post_id)
    UNION ALL
    SELECT 1, {_POST}, {{own_step_us}} FROM new_posts SEMI JOIN again_ids USING (platform, post_id)
    UNION ALL
    SELECT 2, {_POST}, {{own_step_us}} FROM again_posts
), first AS (
    SELECT * FROM met
    QUALIFY row_number() OVER (PARTITION BY platform, post_id ORDER BY least(age, 1), import_id, row_ref) = 1
), held AS (
    SELECT m.*, f.import_id AS first_import_id, f.row_ref AS first_row_ref, f.observed_us AS first_observed_us,
           m.import_id = f.import_id AND m.row_ref = f.row_ref AS is_first,
           CASE WHEN m.account_id <> f.account_id THEN 'author'
                WHEN abs(m.time_us - f.time_us) >= greatest(f.step_us, m.step_us) THEN 'time' END AS conflict
    FROM met AS m JOIN first AS f USING (platform, post_id)
), placed AS (
    SELECT *, row_number() OVER (
        PARTITION BY platform, post_id
        ORDER BY age > 0, first_observed_us IS NULL AND NOT is_first, observed_us NULLS LAST, row_ref
    ) = 1 AS is_kept
    FROM held WHERE conflict IS NULL
), states AS (
    SELECT age, platform, post_id, import_id, row_ref, is_first, is_kept, first_import_id, first_row_ref, observed_us, deleted,
           {", ".join(_FILLED)}
    FROM placed
    UNION ALL BY NAME
    SELECT 0 AS age, platform, post_id, import_id, row_ref, FALSE AS is_first, FALSE AS is_kept, {_STATE}
    FROM earlier_post_observations SEMI JOIN again_ids USING (platform, post_id)
), said AS (
    SELECT s.*, coalesce(s.words = k.words, TRUE) AS same_words,
           hash(coalesce(s.deleted, k.deleted, FALSE), {", ".join(f"coalesce(s.{name}, k.{name})" for name in _FILLED)}) AS said
    FROM states AS s JOIN (SELECT * FROM placed WHERE is_kept) AS k USING (platform, post_id)
), compared AS (
    SELECT *,
           lag(said) OVER (PARTITION BY platform, post_id, observed_us IS NULL
                           ORDER BY observed_us, NOT is_kept, age, import_id, row_ref) AS said_before,
           row_number() OVER (PARTITION BY platform, post_id, said, observed_us
                              ORDER BY NOT is_kept, age, import_id, row_ref) > 1 AS said_then,
           row_number() OVER (PARTITION BY platform, post_id, said ORDER BY NOT is_kept, age, import_id, row_ref) > 1 AS said_ever
    FROM said
)
SELECT age, platform, post_id, row_ref, first_import_id, first_row_ref, same_words,
       CASE WHEN is_kept AND is_first THEN 'first' WHEN is_kept THEN 'earliest' WHEN said_then THEN 'same'
            WHEN observed_us IS NOT NULL AND said_before IS NOT NULL
                 THEN CASE WHEN said = said_before THEN 'same' ELSE 'observed' END
            WHEN said_ever THEN 'same' ELSE 'observed' END AS verdict
FROM compared WHERE age = 2
UNION ALL
SELECT age, platform, post_id, row_ref, first_import_id, first_row_ref, same_words,
       CASE WHEN said = said_before THEN 'same' ELSE 'observed' END
FROM compared WHERE age = 1 AND NOT is_kept
UNION ALL
SELECT age, platform, post_id, row_ref, first_import_id, first_row_ref, FALSE, conflict FROM held WHERE conflict IS NOT NULL
"""

_FURTHER_ACTIONS = """
WITH adding AS (
    SELECT row_ref, platform, post_id FROM judged WHERE age = 2 AND same_words
), known AS (
    SELECT platform, post_id, kind, object_id FROM earlier_actions SEMI JOIN adding USING (platform, post_id)
    UNION ALL
    SELECT platform, post_id, kind, object_id FROM new_actions SEMI JOIN adding USING (platform, post_id)
    ANTI JOIN (SELECT platform, post_id FROM judged WHERE age = 1 AND NOT same_words) USING (platform, post_id)
), candidates AS (
    SELECT a.row_ref, k.platform, k.post_id, a.account_id, a.kind, a.object_id, a.time_us
    FROM again_actions AS a JOIN adding AS k USING (row_ref)
    QUALIFY row_number() OVER (PARTITION BY k.platform, k.post_id, a.kind, a.object_id ORDER BY a.row_ref) = 1
)
SELECT * FROM candidates ANTI JOIN known USING (platform, post_id, kind, object_id)
ORDER BY row_ref, kind, object_id
"""

_CONFLICTING = """
SELECT row_ref, post_id, verdict, first_import_id, first_row_ref FROM judged WHERE verdict IN ('author', 'time') ORDER BY row_ref
"""
_REWORDED = "SELECT DISTINCT platform, post_id FROM judged WHERE age = 1 AND NOT same_words ORDER BY ALL"

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


class MetAgain:
    """What became of the records put off: judged on an engine, which keeps the verdicts and spills them where memory ends.

    The engine holds again_posts and again_actions (which has row_ref in place of post_id) beside earlier_posts,
    earlier_post_observations, earlier_actions (other imports, native ids) and new_posts, new_actions (this one).
    precision: of the times of this import.
    """

    def __init__(self, engine: DuckDB, precision: str | None) -> None:
        self._engine = engine
        engine.keep("judged", _JUDGED.format(own_step_us=STEP_US[precision or "s"]))

    def records(self, *verdicts: str, age: int = 2) -> pa.Array:
        """Record numbers with one of these verdicts, ascending, int64.

        Put off (age 2): first (a post of its own after all), earliest (captured before the record in `posts`, whose place it
        takes), observed or same. Written already (age 1), whose place another took: observed or same.
        """
        wanted = ", ".join(f"'{verdict}'" for verdict in verdicts)
        query = f"SELECT row_ref FROM judged WHERE age = {int(age)} AND verdict IN ({wanted}) ORDER BY row_ref"
        return self._engine.sql(query)["row_ref"].combine_chunks()

    def conflicting(self) -> pa.Table:
        """Records to set aside: row_ref, post_id, verdict (author or time), and where the first record of the id lies."""
        return self._engine.sql(_CONFLICTING)

    def reworded(self) -> pa.Table:
        """(platform, post_id) of posts that now have an earlier wording than that whose actions were written."""
        return self._engine.sql(_REWORDED)

    def further_actions(self) -> pa.Table:
        """The actions that the records put off add, with row_ref and the columns of ACTIONS."""
        return self._engine.sql(_FURTHER_ACTIONS)


def twins(engine: DuckDB) -> pa.Array:
    """Ids of posts in new_posts that have no id of their own and repeat another such post in everything that was read.

    Only posts with a time are compared: without one, the same words twice may be two posts.
    """
    return engine.sql(_TWINS)["post_id"].combine_chunks()
