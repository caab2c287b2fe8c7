"""Who of the crowd acts: chosen by activity, interest in the object's circle, and being awake."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inconcert.synthetic.accounts import Accounts
from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.objects import Floats, Ints
from inconcert.synthetic.rhythm import WEEK_HOURS, hour_of_week, week
from inconcert.synthetic.texts import Strings


@dataclass(frozen=True)
class Actors:
    """The crowd in cells: accounts of one circle and one time zone, alike but for their activity.

    account: account codes, cell by cell. reach: running sum of activity in that order.
    first: position of each cell's first account, and the number of accounts at the end.
    chance: running chance of each cell by circle of the object and UTC hour of the week.
    attention: how much of an object's public is awake, by the same; largest 1 in each row.
    size: activity of each circle, relative.
    """

    account: Ints
    reach: Floats
    first: Ints
    chance: Floats
    attention: Floats
    size: Floats

    def awake(self, community: Ints, time_us: Ints) -> Floats:
        """Share of that circle's public that is awake, relative to its best hour."""
        return np.asarray(self.attention[community, hour_of_week(time_us, 0)], dtype=np.float64)

    def draw(self, community: Ints, time_us: Ints, rng: np.random.Generator) -> Ints:
        """Codes of the accounts that act on objects of those circles at those times."""
        cell = np.empty(len(time_us), dtype=np.int64)
        u = rng.random(len(time_us))
        # Rows of one circle and hour share one running sum: a binary search in each costs less than rows x cells.
        hour = hour_of_week(time_us, 0)
        key = community * WEEK_HOURS + hour
        order = np.argsort(key, kind="stable")
        edges = np.flatnonzero(np.diff(key[order])) + 1
        for rows in np.split(order, edges) if len(order) else []:
            cell[rows] = np.searchsorted(self.chance[community[rows[0]], hour[rows[0]]], u[rows], side="right")
        low, high = self.first[cell], self.first[cell + 1]
        before = np.concatenate([[0.0], self.reach])
        aim = before[low] + rng.random(len(cell)) * (before[high] - before[low])
        place = np.clip(np.searchsorted(self.reach, aim, side="right"), low, high - 1)
        return np.asarray(self.account[place], dtype=np.int64)


def actors(crowd: Crowd, accounts: Accounts, spoken: Strings) -> Actors:
    """The crowd's accounts in cells, with the tables to draw from; `spoken` is the language of each circle."""
    cells, cell = np.unique(np.stack([accounts.community, accounts.zone_h]), axis=1, return_inverse=True)
    order = np.argsort(cell, kind="stable")
    mass = np.bincount(cell, weights=accounts.activity)
    example = np.unique(cell, return_index=True)[1]
    language = accounts.language[example]
    community, zone_h = cells

    interest = np.where(community == np.arange(crowd.n_communities)[:, None], crowd.homophily, 1.0)
    interest *= np.where(language == spoken[:, None], 1.0, crowd.foreign)
    curve = week(crowd.rhythm)
    up = curve[(np.arange(WEEK_HOURS)[:, None] + zone_h[None, :]) % WEEK_HOURS]
    present = (interest * mass)[:, None, :] * up[None, :, :]
    total = present.sum(axis=2)
    running = np.cumsum(present, axis=2)
    running /= running[:, :, -1:]
    running[:, :, -1] = 1.0
    return Actors(
        account=order.astype(np.int64),
        reach=np.cumsum(accounts.activity[order]),
        first=np.concatenate([[0], np.cumsum(np.bincount(cell))]).astype(np.int64),
        chance=running,
        attention=total / total.max(axis=1, keepdims=True),
        size=np.bincount(accounts.community, accounts.activity, crowd.n_communities).astype(np.float64),
    )
