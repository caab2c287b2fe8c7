"""Handles that may be a published account's under another number or on another platform."""

from __future__ import annotations

from inconcert.engine.duckdb import DuckDB

SHORTEST_STEM = 6
"""Letters before the digits: short stems are first names."""
MOST_PUBLISHED = 200
"""A stem that more published handles share is a form that a platform or seller gives."""

_PLATFORM = """
SELECT op, item, c.value, c.place, 'same handle, other platform' AS how FROM case_values AS c JOIN library AS l
ON c.kind = 'handle' AND l.kind = 'handle' AND l.value = c.value WHERE l.platform <> c.place"""
_STEMS = f"""
SELECT * FROM (SELECT *, regexp_replace(value, '[0-9]+$', '') AS stem FROM {{table}} WHERE kind = 'handle')
WHERE length(stem) >= {SHORTEST_STEM} AND length(value) >= length(stem) + 2"""
# where both are the same handle, the exact match stands instead
_DIGITS = f"""
SELECT op, item, c.value, c.place, 'same handle, other digits' AS how
FROM ({_STEMS.format(table="case_values")}) AS c JOIN (
  SELECT op, stem, platform, min(item) AS item FROM ({_STEMS.format(table="library")})
  GROUP BY op, stem, platform QUALIFY sum(count(*)) OVER (PARTITION BY stem) <= {MOST_PUBLISHED}
) AS l USING (stem) WHERE l.platform IS NULL OR c.place IS NULL OR l.platform = c.place"""


def near_handles(engine: DuckDB) -> None:
    """Make the table `near_handles`: op, item, value, place, how. The engine has `library` and `case_values`, as in `matches`."""
    engine.keep("near_handles", f"{_PLATFORM} UNION ALL {_DIGITS}")
