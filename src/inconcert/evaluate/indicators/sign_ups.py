"""When ordinary people sign up: growth, quiet holidays, days of a rush, by the hours of several zones, friends soon after friends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.indicators.facts import ACCOUNTS, CONTROLS, MEMBERS

DAY_US = 86_400_000_000
FIRST_US = 1_388_534_400_000_000
"""1 January 2014."""
DAYS = 8 * 365
Row = Mapping[str, object]


def platform(rng: np.random.Generator) -> NDArray[np.float64]:
    """How likely each of DAYS days is: a platform that grows, with a quiet end of each year and eight days of a rush."""
    day = np.arange(DAYS)
    likely = np.exp(rng.uniform(-1.0, 2.0) * day / DAYS) * np.where(day % 365 > 355, 0.4, 1.0)
    likely[rng.choice(DAYS, size=8, replace=False)] *= rng.uniform(10, 60, size=8)
    return np.asarray(likely / likely.sum())


def hours(n: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """UTC hours at which people of three zones sign up: seldom at night, mostly in the evening."""
    zone = rng.choice([0.0, 1.0, -5.0], size=n, p=[0.5, 0.3, 0.2])
    return np.asarray((rng.normal(16.0, 4.5, size=n) - zone) % 24)


def sign_ups(
    n: int, likely: NDArray[np.float64], rng: np.random.Generator, *, friends: float = 0.0
) -> NDArray[np.int64]:
    """Creation times, microseconds; a share of `friends` came after somebody else of the sample, 20 days later on average."""
    day = rng.choice(len(likely), size=n, p=likely).astype(float)
    for i in range(1, n):
        if rng.random() < friends:
            day[i] = np.floor(day[rng.integers(i)] + rng.exponential(20.0))
    return FIRST_US + (day * DAY_US).astype(np.int64) + (hours(n, rng) * 3.6e9).astype(np.int64)


def tables(groups: Sequence[tuple[Sequence[Row], Sequence[Row]]]) -> dict[str, pa.Table]:
    """Facts of groups, each the columns of its members and of its control; ids are made here."""
    accounts: list[Row] = []
    members: list[Row] = []
    controls: list[Row] = []
    for g, sides in enumerate(groups):
        for side, rows, listed in zip("mc", sides, (members, controls), strict=True):
            for i, row in enumerate(rows):
                account = f"{side}{g}_{i:04}"
                accounts.append({"account_id": account, "platform": "twitter", "role": "case", **row})
                listed.append({"group_id": f"g{g}", "account_id": account})
    return {
        "accounts": pa.Table.from_pylist(accounts, ACCOUNTS.arrow),
        "members": pa.Table.from_pylist(members, MEMBERS.arrow),
        "controls": pa.Table.from_pylist(controls, CONTROLS.arrow),
    }


def made(times: NDArray[np.int64]) -> list[Row]:
    """Accounts of which only the creation time is known."""
    return [{"created_us": int(t)} for t in times]
