"""The posts of a benchmark as integers: who acts on which object when. Deterministic in (posts, seed).

Accounts and objects follow Zipf-Mandelbrot laws: the most popular object takes about 1 % of its kind, and the sum of squared
popularities is about 1e-3, as in the retweets, links and images of the CooRTweet sets (0.5-3 %, 3e-4 to 3e-3). Shares of
one object come at its birth plus an exponential delay; one object in twenty lives ten minutes only. An account acts on an object once, so that counting posts
(the peer) and counting objects (ours) give the same weights; a second link of a post is one nobody else posts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

START_S = 1_704_067_200
SPAN_S = 30 * 86_400
NONE = -1

CELL_ACCOUNTS = 20
CELL_OBJECTS = 15
CELL_JOINS = 0.8
CELL_SPREAD_S = 30
CELLS_PER_ROOT_POST = 1 / 32

ACCOUNT_OFFSET = 200
OBJECT_OFFSET = 10

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class World:
    """Posts sorted by time; NONE where a post has no such thing.

    time_s: epoch seconds. account: codes below n_accounts. share, url, text: object codes of three separate spaces.
    A text code of NONE stands for a text nobody repeats. cell_accounts: shape (cells, CELL_ACCOUNTS).
    """

    time_s: Ints
    account: Ints
    share: Ints
    url: Ints
    text: Ints
    n_accounts: int
    cell_accounts: Ints

    def __len__(self) -> int:
        return len(self.time_s)


def make_world(posts: int, seed: int, *, accounts: int | None = None, cells: int | None = None) -> World:
    """A month of posts: 45 % shares, 25 % with a link, 10 % copied texts, 10, 31 and 99 planted cells in 100 k, 1 M and 10 M.

    accounts: how many there are to post, of whom not all do; a twelfth of the posts when None.   cells: so many instead.
    """
    rng = np.random.default_rng([seed, posts])
    n_accounts = max(200, posts // 12) if accounts is None else accounts
    planted = _cells(rng, round(CELLS_PER_ROOT_POST * posts**0.5) if cells is None else cells, n_accounts)
    n = posts - len(planted.time_s)
    what = rng.random(n)
    account = _zipf(rng, n, n_accounts, ACCOUNT_OFFSET)
    columns, times = {}, rng.integers(START_S, START_S + SPAN_S, n)
    for name, low, high in (("share", 0.0, 0.45), ("url", 0.45, 0.70), ("text", 0.70, 0.80)):
        rows = np.flatnonzero((what >= low) & (what < high))
        pool = max(10, len(rows) // 7)
        objects = _zipf(rng, len(rows), pool, OBJECT_OFFSET)
        once = _first(account[rows], objects, pool)
        rows, objects = rows[once], objects[once]
        times[rows] = _delayed(rng, objects, pool)
        columns[name] = np.full(n, NONE, np.int64)
        columns[name][rows] = objects
    return _sorted(times, account, columns, n_accounts, planted)


def make_hot_world(posts: int, seed: int) -> World:
    """`posts` accounts share one object within an hour, and each up to three of the usual objects within the month.

    The latter keep a counter from leaving the hot object out because none of its accounts could reach a weight of 2.
    """
    rng = np.random.default_rng([seed, posts, 1])
    usual = np.repeat(np.arange(posts), 3)
    pool = max(10, len(usual) // 7)
    objects = _zipf(rng, len(usual), pool, OBJECT_OFFSET)
    once = _first(usual, objects, pool)
    account = np.concatenate([np.arange(posts), usual[once]])
    share = np.concatenate([np.full(posts, pool), objects[once]])
    times = np.concatenate([START_S + rng.integers(0, 3_600, posts), _delayed(rng, objects[once], pool)])
    none = np.full(len(share), NONE, np.int64)
    order = np.argsort(times, kind="stable")
    cells = np.empty((0, CELL_ACCOUNTS), np.int64)
    return World(times[order], account[order], share[order], none, none, posts, cells)


@dataclass(frozen=True)
class _Cells:
    time_s: Ints
    account: Ints
    share: Ints
    url: Ints
    text: Ints
    accounts: Ints


def _cells(rng: np.random.Generator, cells: int, n_accounts: int) -> _Cells:
    """Posts of the planted cells: cell c works by shares, links or texts as c modulo 3; object codes start at 2^32."""
    members = rng.permuted(np.arange(n_accounts))[: cells * CELL_ACCOUNTS].reshape(cells, CELL_ACCOUNTS)
    shape = (cells, CELL_OBJECTS, CELL_ACCOUNTS)
    joins = rng.random(shape) < CELL_JOINS
    code = np.broadcast_to((1 << 32) + np.arange(cells * CELL_OBJECTS).reshape(cells, CELL_OBJECTS, 1), shape)
    start = rng.integers(START_S, START_S + SPAN_S - CELL_SPREAD_S, shape[:2])
    times = start[:, :, None] + rng.integers(0, CELL_SPREAD_S + 1, shape)
    kind = np.broadcast_to((np.arange(cells) % 3)[:, None, None], shape)[joins]
    code = code[joins]
    account = np.broadcast_to(members[:, None, :], shape)[joins]
    share, url, text = (np.where(kind == k, code, NONE) for k in range(3))
    return _Cells(times[joins], account, share, url, text, members)


def _sorted(times: Ints, account: Ints, columns: dict[str, Ints], n_accounts: int, cells: _Cells) -> World:
    time_s = np.concatenate([times, cells.time_s])
    order = np.argsort(time_s, kind="stable")
    share, url, text = (
        np.concatenate([columns[name], getattr(cells, name)])[order] for name in ("share", "url", "text")
    )
    account = np.concatenate([account, cells.account])[order]
    return World(time_s[order], account, share, url, text, n_accounts, cells.accounts)


def _zipf(rng: np.random.Generator, n: int, ranks: int, offset: int) -> Ints:
    """n codes below `ranks`, code r with weight 1 / (r + offset)."""
    cumulative = np.cumsum(1.0 / (np.arange(ranks) + offset))
    return np.searchsorted(cumulative, rng.random(n) * cumulative[-1]).astype(np.int64)


def _first(account: Ints, objects: Ints, pool: int) -> NDArray[np.intp]:
    """Rows of the first time each account meets each object; the others become posts without an object."""
    return np.sort(np.unique(account * pool + objects, return_index=True)[1])


def _delayed(rng: np.random.Generator, objects: Ints, pool: int) -> Ints:
    """Birth of the object plus an exponential delay of mean 10 min (1 in 20), 3 h or 24 h, wrapped into the month."""
    birth = rng.random(pool) * SPAN_S
    life_s = np.array([600.0, 10_800.0, 86_400.0])[rng.choice(3, pool, p=[0.05, 0.45, 0.50])]
    delay = rng.exponential(1.0, len(objects)) * life_s[objects]
    return START_S + np.floor(birth[objects] + delay).astype(np.int64) % SPAN_S
