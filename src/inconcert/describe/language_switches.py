"""Accounts that at one moment changed the language they mostly write.

A switch is no proof of a new owner. People move, learn, turn to another audience, or write two languages by mood; an event,
or the query by which the posts were collected, can pick one language for some weeks; reposts read as own words where their
source does not mark them. The test only says that the order of the languages is not that of chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.stats import false_discovery_control

from inconcert import schema
from inconcert.describe.change_point import Change, sharpest_change
from inconcert.engine.duckdb import DuckDB
from inconcert.normalise.language import UNKNOWN

MIN_POSTS = 5
"""Fewest posts on either side of a switch."""
MOST_POSTS = 4000
"""Of accounts with more, so many are tested, evenly spread over their order in time."""
DAY_US = 86_400_000_000
CLEAR = 0.8
"""Least share of the posts of either side that are in its language. People who write one language for days and then the
other have unclear sides; those who do so for months cannot be told from a switch."""

# "zh" alone is Chinese without a telling character, which both ways of writing it have.
_TIMED = f"time_us IS NOT NULL AND language NOT IN ('{UNKNOWN}', 'zh')"
_TWO_LANGUAGES = f"""
WITH two AS (
  SELECT account_id FROM own WHERE {_TIMED} GROUP BY account_id
  HAVING min(language) <> max(language) AND count(*) >= {2 * MIN_POSTS}
)
SELECT account_id, time_us, language FROM own SEMI JOIN two USING (account_id) WHERE {_TIMED}
ORDER BY account_id, time_us, post_id, platform
"""
_STRONGEST = "SELECT account_id, arg_min(group_id, place) AS group_id FROM members GROUP BY account_id"

Codes = NDArray[np.int32]
Times = NDArray[np.int64]


def language_switches(engine: DuckDB, alpha: float) -> pa.Table:
    """The table `language_switches` of an engine of `own_posts.open_own_posts`: those with q <= alpha, smallest p first.

    Tested is one post a day (UTC), the first, since the posts of one day are often one choice of language: each language of
    an account against all its others by `sharpest_change`, Bonferroni over its languages, Benjamini-Hochberg over accounts.
    Shown are accounts of which CLEAR of the posts before are in one language, and as much of those after in another. Days
    are taken as independent: of people who write a language for a week at a time, more are shown than alpha says.
    """
    posts = engine.sql(_TWO_LANGUAGES).combine_chunks()
    coded = posts["language"].combine_chunks().dictionary_encode()
    language, times = coded.indices.to_numpy(), posts["time_us"].to_numpy()
    accounts = posts["account_id"].combine_chunks().dictionary_encode()
    first = np.flatnonzero(np.diff(accounts.indices.to_numpy(), prepend=-1))
    tested: list[tuple[str, slice, int, float]] = []
    for account, (start, end) in zip(accounts.dictionary.to_pylist(), pairwise([*first, len(posts)]), strict=True):
        span = slice(int(start), int(end))
        if change := switch(language[span], times[span]):
            tested.append((account, span, *change))
    q_values = false_discovery_control([p for *_, p in tested]) if tested else []
    group = {row["account_id"]: row["group_id"] for row in engine.sql(_STRONGEST).to_pylist()}
    names = coded.dictionary.to_pylist()
    rows = [
        {
            "account_id": account,
            "group_id": group.get(account),
            "at_us": at_us,
            "p_value": p,
            "q_value": float(q),
            **sides,
        }
        for (account, span, at_us, p), q in zip(tested, q_values, strict=True)
        if q <= alpha and (sides := _sides(language[span], times[span], at_us, names))
    ]
    rows.sort(key=lambda row: (row["p_value"], row["account_id"]))
    return pa.Table.from_pylist(rows, schema=schema.LANGUAGE_SWITCHES.arrow)


def switch(language: Codes, times: Times) -> Change | None:
    """When one account most sharply changed languages, microseconds, and its p-value over all moments and languages.

    language, times: of its posts in the order of time. None when there are too few posts to tell.
    """
    kept = np.flatnonzero(np.diff(times // DAY_US, prepend=np.iinfo(np.int64).min))
    if len(kept) > MOST_POSTS:
        kept = kept[np.linspace(0, len(kept) - 1, MOST_POSTS).astype(np.int64)]
    changes = []
    for code in np.unique(language[kept]):
        if change := sharpest_change(language[kept] == code, MIN_POSTS):
            changes.append(change)
    if not changes:
        return None
    at, p = min(changes, key=lambda change: (change.p_value, change.at))
    # of two languages each is the other's complement: one test
    tests = 1 if len(np.unique(language[kept])) == 2 else len(changes)
    return Change(int(times[kept[at]]), min(1.0, p * tests))


def _sides(language: Codes, times: Times, at_us: int, names: Sequence[str]) -> dict[str, Any] | None:
    """What was mostly written before and after; None unless these are two languages, each CLEAR of its side or more."""
    found: dict[str, Any] = {}
    for side, here in (("before", language[times < at_us]), ("after", language[times >= at_us])):
        code, count = min(Counter(here.tolist()).items(), key=lambda item: (-item[1], names[item[0]]))
        if count < CLEAR * len(here):
            return None
        found |= {side: names[code], f"posts_{side}": len(here), f"share_{side}": count / len(here)}
    return found if found["before"] != found["after"] else None
