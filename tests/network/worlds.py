"""Small worlds for tests of inference: crowds in which only activity, popularity and the objects' clocks decide, and rings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.stats import binom

from inconcert.detect.layer import UNTIMED, Layer
from inconcert.network.material import Material, measure, shared_only
from inconcert.network.reference import Evidence, bundled_profiles
from inconcert.schema import WINDOWS_US

SECOND, MINUTE, HOUR, DAY = 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000
PROFILES = bundled_profiles()


def account_ids(n: int) -> pa.Array:
    """Ids in the order of their codes, some of them not ASCII."""
    return pa.array([f"{'aéя日'[4 * i // max(n, 1)]}{i:05}" for i in range(n)])


def layer(rows: Iterable[tuple[int, int, int | None]], *, accounts: int, kind: str = "share") -> Layer:
    """A layer of (account, object, time_us) rows; objects that fewer than two accounts touched drop out."""
    account, thing, time_us = np.array(
        [(a, o, UNTIMED if t is None else t) for a, o, t in rows], dtype=np.int64
    ).reshape(-1, 3).T  # fmt: skip
    return built(account, thing, time_us, accounts=accounts, kind=kind)


def built(
    account: NDArray[np.int64],
    thing: NDArray[np.int64],
    time_us: NDArray[np.int64],
    *,
    accounts: int,
    kind: str = "share",
) -> Layer:
    """The same from columns."""
    order = np.lexsort((account, time_us, thing))
    names = pa.array([f"o{i:05}" for i in range(int(thing.max(initial=-1)) + 1)], pa.string())
    return shared_only(
        Layer(
            kind, account[order].astype(np.int32), thing[order].astype(np.int32), time_us[order], account_ids(accounts),
            names,
        )
    )  # fmt: skip


def joined(*layers: Layer) -> Layer:
    """The actions of several layers of one kind over one list of accounts, each on objects of its own."""
    offset = np.cumsum([0, *(one.n_objects for one in layers)])
    return built(
        np.concatenate([one.account for one in layers]).astype(np.int64),
        np.concatenate([one.object + shift for one, shift in zip(layers, offset, strict=False)]),
        np.concatenate([one.time_us for one in layers]),
        accounts=layers[0].n_accounts,
        kind=layers[0].kind,
    )


def crowd(
    rng: np.random.Generator,
    *,
    accounts: int = 250,
    objects: int = 200,
    shares: float = 6.0,
    life_s: float = 7_200.0,
    kind: str = "share",
) -> Layer:
    """The null itself: account i touches object o with x_i y_o / (1 + x_i y_o), at a moment drawn from the object's own clock.

    shares: mean actions an account, about; life_s: median of the objects' lives, which differ by a factor of thirty.
    """
    x, y = rng.lognormal(0, 1.0, accounts), 1 / np.arange(1, objects + 1) ** 0.8
    xy = np.outer(x, y) * shares * accounts / (x.sum() * y.sum())
    account, thing = np.nonzero(rng.random((accounts, objects)) < xy / (1 + xy))
    birth_s, life = rng.uniform(0, 20 * 86_400, objects), rng.lognormal(np.log(life_s), 1.7, objects)
    time_us = (birth_s[thing] + rng.exponential(life[thing])) * SECOND
    return built(account, thing, time_us.astype(np.int64), accounts=accounts, kind=kind)


def ring(
    rng: np.random.Generator,
    members: Sequence[int],
    *,
    accounts: int,
    objects: int = 20,
    jitter_s: float = 20.0,
    joins: float = 1.0,
    kind: str = "share",
) -> Layer:
    """`members` act on objects of their own within jitter_s of each other; joins: share of them that takes part each time."""
    rows = []
    for thing in range(objects):
        moment_s = rng.uniform(0, 20 * 86_400)
        acting = rng.permutation(np.asarray(members))[: max(2, round(joins * len(members)))]
        rows += [(int(a), thing, int((moment_s + rng.uniform(0, jitter_s)) * SECOND)) for a in acting]
    return layer(rows, accounts=accounts, kind=kind)


def material(
    data: Layer, *, windows_us: tuple[int, ...] = WINDOWS_US, control: Evidence | None = None, seed: int = 1
) -> Material:
    """A layer measured against the bundled profiles, its times in seconds."""
    return measure(
        data, windows_us, resolution_s=1, profiles=PROFILES, control=control, rng=np.random.default_rng(seed)
    )


def moved(data: Layer, kind: str, shift_us: int = 0) -> Layer:
    """The same actions as another kind, later by shift_us."""
    return replace(data, kind=kind, time_us=data.time_us + shift_us)


def at_most(found: int, trials: int, rate: float, doubt: float = 1e-4) -> bool:
    """Whether `found` of `trials` could come of a true rate of at most `rate`: refuted with probability below `doubt`."""
    return bool(binom.sf(found - 1, trials, rate) >= doubt)
