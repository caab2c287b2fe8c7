"""Accounts of a world: who they are, and what the truth says about them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inconcert.synthetic.names import generated_names, ordinary_names
from inconcert.synthetic.texts import Strings

DAY_US = 86_400_000_000
CLIENTS = ("Android app", "iPhone app", "Web")
OUTSIDE = "outside"
"""Unit of accounts that others share and answer to but whose own posts the export does not hold."""


@dataclass(frozen=True)
class Accounts:
    """Columns of equal length; an account's code is its position.

    unit: crowd, outside, or the name of a planted group. role: what it does there.
    zone_h: hours ahead of UTC. community: code of its circle. activity: relative rate of ordinary posts.
    created_us: when it was made. client: application it posts with.
    """

    unit: Strings
    role: Strings
    handle: Strings
    name: Strings
    language: Strings
    zone_h: NDArray[np.int64]
    community: NDArray[np.int64]
    activity: NDArray[np.float64]
    created_us: NDArray[np.int64]
    followers: NDArray[np.int64]
    client: Strings

    def __len__(self) -> int:
        return len(self.unit)

    def joined(self, other: Accounts) -> Accounts:
        """These accounts, then the others."""
        columns: dict[str, Any] = {
            f.name: np.concatenate([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self)
        }
        return Accounts(**columns)

    def enlisted(self, codes: NDArray[np.int64], unit: str, role: str) -> Accounts:
        """The same accounts, those of `codes` now of that unit and role."""
        units, roles = self.unit.copy(), self.role.copy()
        units[codes], roles[codes] = unit, role
        return replace(self, unit=units, role=roles)

    def joined_at(self, codes: NDArray[np.int64], created_us: NDArray[np.int64]) -> Accounts:
        """The same accounts, those of `codes` made at these times."""
        made = self.created_us.copy()
        made[codes] = created_us
        return replace(self, created_us=made)


def new_accounts(
    n: int,
    *,
    unit: str,
    role: str,
    language: Strings | str,
    zone_h: NDArray[np.int64] | int,
    community: NDArray[np.int64],
    start_us: int,
    rng: np.random.Generator,
    activity: NDArray[np.float64] | None = None,
    generated: bool = False,
    batches: int = 0,
    client: str | None = None,
) -> Accounts:
    """n accounts made before `start_us`.

    generated: handles from a factory instead of chosen ones.
    batches: 0 spreads creation over twelve years; k makes them on k days of the last year, within an hour each.
    client: the application of all of them; None: what people use.
    """
    handle, name = (generated_names if generated else ordinary_names)(n, rng)
    if batches:
        day = rng.integers(30, 365, size=batches)[rng.integers(batches, size=n)]
        age_us = day * DAY_US + rng.integers(0, 3_600_000_000, size=n)
    else:
        age_us = rng.integers(30 * DAY_US, 12 * 365 * DAY_US, size=n)
    rate = np.ones(n) if activity is None else activity
    followers = np.exp(rng.normal(4.5, 1.5, size=n)) * np.sqrt(rate / rate.mean())
    return Accounts(
        unit=np.full(n, unit, dtype=object),
        role=np.full(n, role, dtype=object),
        handle=handle,
        name=name,
        language=np.full(n, language, dtype=object) if isinstance(language, str) else language,
        zone_h=np.broadcast_to(np.asarray(zone_h, dtype=np.int64), (n,)).copy(),
        community=community,
        activity=rate,
        created_us=start_us - age_us,
        followers=followers.astype(np.int64),
        client=np.array(CLIENTS, dtype=object)[rng.integers(len(CLIENTS), size=n)]
        if client is None
        else np.full(n, client, dtype=object),
    )
