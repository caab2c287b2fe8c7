"""The habits of accounts with long histories, post by post: language, words, hours, program, and kind of post."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.engine.base import Engine
from inconcert.indicators.facts import MEMBERS
from inconcert.indicators.profiles.creation_times import DAY_US, EARLIEST_US, LATEST_US
from inconcert.indicators.repurposing.habit_changes import KEPT, P, by_day, category_changes, change

LANGUAGE, WORDS, HOURS, PROGRAM, KIND = "language", "topic", "hours", "client", "kind"

HABITS = 5

_QUARTERS = 96
_COMMONEST, _BUCKETS = 8, 64
_CLOCK = 2 * np.pi * np.arange(_QUARTERS) / _QUARTERS
_ON_THE_CLOCK = np.stack([np.cos(_CLOCK), np.sin(_CLOCK), np.cos(2 * _CLOCK), np.sin(2 * _CLOCK)], axis=1)
_WORD = re.compile(r"[^\W\d_]{3,}")
_LINK = re.compile(r"https?://\S+|@\w+")
_DENSE = re.compile(r"[\u2e80-\ud7ff\u0e00-\u0eff]")
_ASKED = "repurposed_asked"

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Histories:
    """Posts of accounts that have enough, by account and time. first: (accounts + 1,) where those of each begin. codes: habit -> number
    of what each post did, -1 where that is unknown or, of language, not the account's own words."""

    accounts: list[str]
    first: Ints
    time_us: Ints
    codes: dict[str, Ints]
    names: dict[str, list[str]]

    def of(self, at: int) -> slice:
        """Rows of one account."""
        return slice(int(self.first[at]), int(self.first[at + 1]))


def histories(engine: Engine, least_posts: int, least_days: int) -> Histories:
    """Of accounts with so many posts on so many days of UTC. Posts without a time, or an absurd one, are left out."""
    rows = engine.sql(_POSTS, _bounds() | {"least_posts": least_posts, "least_days": least_days})
    account, accounts = _coded(rows["account_id"])
    time_us = rows["time_us"].to_numpy().astype(np.int64)
    codes, names = {}, {}
    for habit, column in ((LANGUAGE, "language"), (PROGRAM, "client"), (KIND, "kind")):
        codes[habit], names[habit] = _coded(rows[column])
    codes[LANGUAGE] = np.where(codes[KIND] == _place(names[KIND], "share"), -1, codes[LANGUAGE])
    codes[HOURS] = time_us // (DAY_US // _QUARTERS) % _QUARTERS
    first = np.searchsorted(account, np.arange(len(accounts) + 1)).astype(np.int64)
    return Histories(accounts, first, time_us, codes, names)


def changes_of_codes(
    past: Histories, habit: str, rows: Sequence[int], sides: tuple[int, int], draws: int, seeds: NDArray[np.uint64]
) -> Floats:
    """(accounts, 4) as habit_changes says, of the accounts at these places; sides: fewest posts and weeks on either side."""
    found = np.empty((len(rows), 4))
    taken = [past.of(at) for at in rows]
    first = np.concatenate([[0], np.cumsum([own.stop - own.start for own in taken], dtype=np.int64)]).astype(np.int64)
    if len(rows) == len(past.accounts):
        day, code = past.time_us // DAY_US, past.codes[habit]
    else:
        day = np.concatenate([past.time_us[own] for own in taken] or [np.zeros(0, np.int64)]) // DAY_US
        code = np.concatenate([past.codes[habit][own] for own in taken] or [np.zeros(0, np.int64)])
    category_changes(first, day, code, _COMMONEST, _weights(habit), float(sides[0]), sides[1], draws, seeds, found)
    return found


@dataclass(frozen=True)
class Daily:
    """One habit of one account day by day: x (days, K) sums of the posts' vectors, n posts, days their numbers, ascending."""

    x: Floats
    n: Floats
    days: Ints


def daily(past: Histories, habit: str, at: int) -> Daily:
    """A habit of codes of the account at that place."""
    own = past.of(at)
    x, n, days, count = by_day(past.time_us[own] // DAY_US, past.codes[habit][own], _COMMONEST, _weights(habit))
    return Daily(x[:count], n[:count], days[:count])


def daily_words(engine: Engine, accounts: Sequence[str]) -> dict[str, Daily]:
    """Of posts in these accounts' own words, without what their language alone explains: who writes more of another language uses
    other words, and that is one change and not two."""
    asked = pa.table({"group_id": [""] * len(accounts), "account_id": list(accounts)}, schema=MEMBERS.arrow)
    engine.attach(_ASKED, asked)
    found: dict[str, Daily] = {}
    rows = engine.sql(_TEXTS, _bounds())
    account, names = _coded(rows["account_id"])
    language, _ = _coded(pc.fill_null(rows["language"], ""))
    day = rows["time_us"].to_numpy().astype(np.int64) // DAY_US
    texts = rows["text"].to_pylist()
    first = np.searchsorted(account, np.arange(len(names) + 1))
    for at, name in enumerate(names):
        own = slice(int(first[at]), int(first[at + 1]))
        vectors = np.array([_vector(text) for text in texts[own]])
        spoken = vectors.any(axis=1)
        if spoken.any():
            found[name] = _residuals(vectors[spoken], language[own][spoken], day[own][spoken])
    return found


def changes_of_words(words: Daily, sides: tuple[int, int], draws: int, seed: np.uint64) -> Floats:
    """(4,) as habit_changes says."""
    found = np.empty(4)
    change(words.x, words.n, words.days, float(sides[0]), sides[1], draws, seed, found)
    return found


def changed(found: Floats, most: float) -> NDArray[np.bool_]:
    """Which of the rows are changes with p at most so much, abrupt and lasting."""
    return np.asarray((found[..., P] <= most) & (found[..., KEPT] > 0), dtype=bool)


def _residuals(vectors: Floats, language: Ints, day: Ints) -> Daily:
    residuals = vectors.copy()
    for one in np.unique(language):
        residuals[language == one] -= vectors[language == one].mean(axis=0)
    days, place = np.unique(day, return_inverse=True)
    x = np.zeros((len(days), _BUCKETS))
    np.add.at(x, place, residuals)
    return Daily(x, np.bincount(place).astype(np.float64), days)


def _vector(text: str) -> Floats:
    """The distinct words of a text in 64 buckets, of length 1; of dense scripts pairs of characters."""
    folded = _LINK.sub(" ", text).casefold()
    words = (
        set(_WORD.findall(folded)) if not _DENSE.search(folded) else {folded[i : i + 2] for i in range(len(folded) - 1)}
    )
    vector = np.zeros(_BUCKETS)
    for word in words:
        vector[zlib.crc32(word.encode("utf-8", "surrogatepass")) % _BUCKETS] += 1
    length = float(np.sqrt((vector * vector).sum()))
    return vector / length if length else vector


def _weights(habit: str) -> Floats:
    return _ON_THE_CLOCK if habit == HOURS else np.zeros((0, 1))


def _coded(column: pa.ChunkedArray) -> tuple[Ints, list[str]]:
    """Numbers for its values, ascending as they are, and the values; -1 for absent and empty ones."""
    plain = column.combine_chunks()
    values = sorted(value for value in pc.unique(plain).to_pylist() if value)
    if not values:
        return np.full(len(plain), -1, dtype=np.int64), []
    index = pc.index_in(plain, value_set=pa.array(values, plain.type))
    return pc.fill_null(index, -1).to_numpy(zero_copy_only=False).astype(np.int64), values


def _place(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else -2


def _bounds() -> dict[str, int]:
    return {"earliest": EARLIEST_US, "latest": LATEST_US}


_POSTS = f"""
WITH able AS (
    SELECT account_id FROM posts WHERE time_us >= :earliest AND time_us < :latest GROUP BY account_id
    HAVING count(*) >= :least_posts AND count(DISTINCT time_us - time_us % {DAY_US}) >= :least_days
)
SELECT posts.account_id, time_us, language, client, kind
FROM posts INNER JOIN able ON able.account_id = posts.account_id
WHERE time_us >= :earliest AND time_us < :latest
ORDER BY posts.account_id, time_us, post_id, kind, client NULLS LAST, language NULLS LAST"""

_TEXTS = f"""
SELECT posts.account_id, time_us, language, substr(text, 1, 400) AS text
FROM posts INNER JOIN {_ASKED} ON {_ASKED}.account_id = posts.account_id
WHERE time_us >= :earliest AND time_us < :latest AND kind <> 'share' AND text IS NOT NULL AND text <> ''
ORDER BY posts.account_id, time_us, post_id, text, language NULLS LAST"""
