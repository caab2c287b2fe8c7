"""Innocent explanations that fit what two accounts did together."""

from __future__ import annotations

from inconcert.browse.edges import Evidence
from inconcert.browse.names import number
from inconcert.browse.view import View
from inconcert.network.innocent import Traits, explanations

_HOUR_US = 3_600_000_000
# as for groups: of what they have in common, how much others did more, how much runs through the whole collection
_TRAITS = f"""
WITH x AS (SELECT object, min(time_us) AS time_us FROM actions WHERE account = $1 GROUP BY object),
     y AS (SELECT object, min(time_us) AS time_us FROM actions WHERE account = $2 GROUP BY object),
     common AS (
         SELECT o.accounts, o.actions, x.time_us // {_HOUR_US} AS hour, abs(x.time_us - y.time_us) AS gap_us
         FROM x JOIN y USING (object) JOIN objects AS o USING (object)
     )
SELECT avg((accounts > 4)::INTEGER) AS outsiders, avg((actions > (SELECT count(*) FROM posts) / 20)::INTEGER) AS carried,
       median(gap_us) AS gap_us, (SELECT max(n) FROM (SELECT count(*) AS n FROM common WHERE hour IS NOT NULL GROUP BY hour)) / count(*) AS busiest
FROM common
"""


def innocent_pair(view: View, a: str, b: str, evidence: Evidence | None) -> tuple[tuple[str, str], ...]:
    """(name, why) of the innocent explanations that fit two accounts, by their keys; as of groups, the last one always fits.

    What can only be measured on groups, shared interests, is left out. UnknownName for an account.
    """
    (row,) = view.rows(_TRAITS, [number(view, a), number(view, b)])
    traits = Traits(
        kinds=evidence.layers if evidence is not None else (),
        # a pair without times is not fast, nor does it carry anything at a known distance
        median_gap_us=row["gap_us"] if row["gap_us"] is not None else float("inf"),
        busiest_hour=row["busiest"] or 0.0,
        outsiders=row["outsiders"] or 0.0,
        carried=row["carried"] or 0.0,
        synchrony=1.0,
        reference_rate=0.0,
        posts_per_account=0.0,
    )
    timed = row["gap_us"] is not None
    return tuple(one for one in explanations(traits) if timed or one[0] != "syndication")
