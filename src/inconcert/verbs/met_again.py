"""Records whose post was met before: the same once more, a later or earlier capture of it, or another post under the same id.

Some sources write one record for each object of a post, so a second record of a post is no fault: what it adds is kept, and
only a record that adds nothing is a duplicate. A record with another text, other counts or a mark of deletion is another
observation of the post: `posts` has the earliest of them, `post_observations` the others; so is one with a time of posting
or a text that the one in `posts` lacks. A record that contradicts the first one of its id in author or time of posting is set
aside: one id then stands for two posts, and nobody can tell which evidence belongs to which.

Actions are those of the wording in `posts`: when an edit was made is rarely known, so nothing could be said of its time.

It is judged in steps of which the engine keeps each result, on disk where memory ends: in one query all of them would need it
at once. Posts go by number and long values by their hash, so that ten million records of one post are sorted within a bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.engine.duckdb import DuckDB
from inconcert.verbs.import_tables import rows_in

STEP_US = {"s": 1_000_000, "min": 60_000_000, "day": 86_400_000_000}
"""Times of one post may differ by less, since sources cut them differently."""

_STATE = """epoch_us(observed_at) AS observed_us, CASE WHEN text IS NOT NULL THEN hash(text) END AS words,
       epoch_us(edited_at) AS edited_us, deleted, likes, replies, shares, quotes, views"""
_POST = f"hash(account_id) AS account, epoch_us(created_at) AS time_us, {_STATE}"
_STEPS = " ".join(f"WHEN '{precision}' THEN {step_us}" for precision, step_us in STEP_US.items())
_FILLED = ("words", "edited_us", "likes", "replies", "shares", "quotes", "views")

_NUMBERED = "SELECT row_number() OVER () AS post, * FROM (SELECT DISTINCT platform, post_id FROM again_posts)"

# age: 0 earlier imports, 1 written by this one already, 2 put off.   import_id: NULL for this one.
_MET = f"""
SELECT 0 AS age, post, import_id, row_ref, {_POST}, CASE created_precision {_STEPS} END AS step_us
FROM earlier_posts JOIN numbered USING (platform, post_id)
UNION ALL
SELECT 1, post, NULL, row_ref, {_POST}, {{own_step_us}} FROM new_posts JOIN numbered USING (platform, post_id)
UNION ALL
SELECT 2, post, NULL, row_ref, {_POST}, {{own_step_us}} FROM again_posts JOIN numbered USING (platform, post_id)
"""
_FIRST = """
SELECT post, import_id, row_ref, account, time_us, step_us, observed_us FROM met
QUALIFY row_number() OVER (PARTITION BY post ORDER BY least(age, 1), import_id, row_ref) = 1
"""
_HELD = """
SELECT m.*, f.observed_us AS first_observed_us, m.import_id IS NOT DISTINCT FROM f.import_id AND m.row_ref = f.row_ref AS is_first,
       CASE WHEN m.account <> f.account THEN 'author'
            WHEN abs(m.time_us - f.time_us) >= greatest(f.step_us, m.step_us) THEN 'time' END AS conflict
FROM met AS m JOIN first AS f USING (post)
"""
_CONFLICTING = """
SELECT h.age, h.post, h.row_ref, h.conflict, f.import_id AS first_import_id, f.row_ref AS first_row_ref
FROM held AS h JOIN first AS f USING (post) WHERE conflict IS NOT NULL
"""
# Of each post, the record that is in `posts`.
_KEPT = """
SELECT * FROM held WHERE conflict IS NULL
QUALIFY row_number() OVER (
    PARTITION BY post ORDER BY age > 0, first_observed_us IS NULL AND NOT is_first, observed_us NULLS LAST, row_ref
) = 1
"""
# said: what a record says, with what it leaves out taken from the kept one; of its time of posting only
# what that one lacks.
_SAID = f"""
SELECT s.age, s.post, s.import_id, s.row_ref, s.is_first, s.observed_us, coalesce(s.words = k.words, TRUE) AS same_words,
       s.time_us IS NOT NULL AND k.time_us IS NULL OR s.words IS NOT NULL AND k.words IS NULL AS fills,
       s.is_post AND s.age = k.age AND s.row_ref = k.row_ref AND s.import_id IS NOT DISTINCT FROM k.import_id AS is_kept,
       hash(CASE WHEN k.time_us IS NULL THEN s.time_us END, coalesce(s.deleted, k.deleted, FALSE),
            {", ".join(f"coalesce(s.{name}, k.{name})" for name in _FILLED)}) AS said
FROM (
    SELECT TRUE AS is_post, age, post, import_id, row_ref, is_first, observed_us, time_us, deleted, {", ".join(_FILLED)}
    FROM held WHERE conflict IS NULL
    UNION ALL BY NAME
    SELECT FALSE AS is_post, 0 AS age, post, import_id, row_ref, FALSE AS is_first, epoch_us(created_at) AS time_us, {_STATE}
    FROM earlier_post_observations JOIN numbered USING (platform, post_id)
) AS s JOIN kept AS k USING (post)
"""
# A record says nothing new if it repeats the capture before it, or, where captures have no times, any other of its post.
_COMPARED = """
SELECT *,
       lag(said) OVER (PARTITION BY post, observed_us IS NULL
                       ORDER BY observed_us, NOT is_kept, age, import_id, row_ref) AS said_before,
       row_number() OVER (PARTITION BY post, said, observed_us ORDER BY NOT is_kept, age, import_id, row_ref) > 1 AS said_then,
       row_number() OVER (PARTITION BY post, said ORDER BY NOT is_kept, age, import_id, row_ref) > 1 AS said_ever
FROM said
"""
_JUDGED = """
SELECT age, post, row_ref, same_words, fills,
       CASE WHEN is_kept AND is_first THEN 'first' WHEN is_kept THEN 'earliest' WHEN said_then THEN 'same'
            WHEN observed_us IS NOT NULL AND said_before IS NOT NULL
                 THEN CASE WHEN said = said_before THEN 'same' ELSE 'observed' END
            WHEN said_ever THEN 'same' ELSE 'observed' END AS verdict
FROM compared WHERE age = 2
UNION ALL
SELECT age, post, row_ref, same_words, FALSE, CASE WHEN said = said_before THEN 'same' ELSE 'observed' END
FROM compared WHERE age = 1 AND NOT is_kept
UNION ALL
SELECT age, post, row_ref, FALSE, FALSE, conflict FROM conflicting
ORDER BY row_ref
"""
_REWORDED = "SELECT DISTINCT post FROM judged WHERE age = 1 AND NOT same_words"

_ADDING = "SELECT row_ref, post FROM judged WHERE age = 2 AND same_words"
_KNOWN = """
SELECT post, hash(kind, object_id) AS did FROM earlier_actions JOIN numbered USING (platform, post_id)
UNION ALL
SELECT post, hash(kind, object_id) FROM new_actions JOIN numbered USING (platform, post_id) ANTI JOIN reworded USING (post)
"""
_FURTHER = """
SELECT post, did, min(row_ref) AS row_ref FROM (
    SELECT row_ref, post, hash(kind, object_id) AS did FROM again_actions JOIN adding USING (row_ref)
) ANTI JOIN known USING (post, did) GROUP BY post, did
"""
_FURTHER_ACTIONS = """
SELECT a.row_ref, n.platform, n.post_id, a.account_id, a.kind, a.object_id, a.time_us
FROM again_actions AS a JOIN further AS f ON a.row_ref = f.row_ref AND hash(a.kind, a.object_id) = f.did
JOIN numbered AS n ON n.post = f.post
ORDER BY a.row_ref, a.kind, a.object_id
"""

_STEPS_OF_IT = (  # name, query, what no later step needs
    ("numbered", _NUMBERED, ()),
    ("met", _MET, ()),
    ("first", _FIRST, ()),
    ("held", _HELD, ("met",)),
    ("conflicting", _CONFLICTING, ("first",)),
    ("kept", _KEPT, ()),
    ("said", _SAID, ("held", "kept")),
    ("compared", _COMPARED, ("said",)),
    ("judged", _JUDGED, ("compared",)),
    ("reworded", _REWORDED, ()),
    ("adding", _ADDING, ()),
    ("known", _KNOWN, ()),
    ("further", _FURTHER, ("known", "adding")),
)
_LEFT = ("numbered", "conflicting", "judged", "reworded", "further")


class MetAgain:
    """What became of the records put off: judged on an engine, which keeps the verdicts until `forget`.

    The engine holds again_posts and again_actions (which has row_ref in place of post_id) beside earlier_posts,
    earlier_post_observations, earlier_actions (other imports, native ids) and new_posts, new_actions (this one).
    precision: of the times of this import.

    Verdicts on records put off (age 2): first (a post of its own after all), earliest (captured before the record in `posts`,
    whose place it takes), observed, same, author or time (set aside). On those written already (age 1), whose place another
    took: observed or same.
    """

    def __init__(self, engine: DuckDB, precision: str | None) -> None:
        self._engine = engine
        for name, query, done in _STEPS_OF_IT:
            engine.keep(name, query.format(own_step_us=STEP_US[precision or "s"]) if query is _MET else query)
            engine.forget(*done)

    def count(self, verdicts: Sequence[str], age: int = 2) -> int:
        """How many records have one of these verdicts."""
        return self._number(f"SELECT count(*) AS n FROM judged WHERE {_one_of(verdicts, age)}")

    def rows(self, table: pa.Table, verdicts: Sequence[str], age: int = 2) -> pa.BooleanArray:
        """Which rows of a table with `row_ref` have one of these verdicts."""
        ends = pc.min_max(table["row_ref"]).as_py()
        within = f"row_ref BETWEEN {ends['min']} AND {ends['max']}" if len(table) else "FALSE"
        wanted = f"SELECT row_ref FROM judged WHERE {_one_of(verdicts, age)} AND {within}"
        return rows_in(self._engine, table, ("row_ref",), wanted)

    def conflicting(self) -> Iterator[pa.Table]:
        """Records to set aside: row_ref, post_id, verdict (author or time), and where the first record of the id lies:
        first_row_ref, and first_import_id, NULL for this import. Nothing else may be asked before its end."""
        return self._engine.batches(
            "SELECT row_ref, post_id, conflict AS verdict, first_import_id, first_row_ref FROM conflicting JOIN numbered USING (post) "
            "ORDER BY row_ref"
        )

    def n_reworded(self) -> int:
        """How many posts now have an earlier wording than that whose actions were written."""
        return self._number("SELECT count(*) AS n FROM reworded")

    def of_reworded(self, actions: pa.Table) -> pa.BooleanArray:
        """Which of the actions that were written are of such posts."""
        wanted = "SELECT platform, post_id FROM numbered SEMI JOIN reworded USING (post)"
        return rows_in(self._engine, actions, ("platform", "post_id"), wanted)

    def n_further(self) -> int:
        """How many actions the records put off add."""
        return self._number("SELECT count(*) AS n FROM further")

    def further_actions(self) -> Iterator[pa.Table]:
        """These actions, with row_ref and the columns of ACTIONS. Nothing else may be asked before its end."""
        return self._engine.batches(_FURTHER_ACTIONS)

    def n_idle(self) -> int:
        """How many records say nothing new: no further action, and nothing of the post that was not known."""
        idle = f"SELECT row_ref FROM judged WHERE {_one_of(('same',), 2)}"
        return self._number(f"SELECT count(*) AS n FROM ({idle}) ANTI JOIN further USING (row_ref)") + self.count(
            ("same",), 1
        )

    def n_filled(self) -> int:
        """How many posts have a time of posting or a text in these records and not in the one that is in `posts`."""
        return self._number("SELECT count(DISTINCT post) AS n FROM judged WHERE fills AND verdict = 'observed'")

    def forget(self) -> None:
        """Have the engine keep nothing of it."""
        self._engine.forget(*_LEFT)

    def _number(self, query: str) -> int:
        return int(self._engine.sql(query)["n"][0].as_py())


def _one_of(verdicts: Sequence[str], age: int) -> str:
    wanted = ", ".join(f"'{verdict}'" for verdict in verdicts)
    return f"age = {int(age)} AND verdict IN ({wanted})"
