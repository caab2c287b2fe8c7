"""How synchronous ordinary people are: rates from reference crowds, tempered by the data under test.

An operation writes its own popularity bins, so a rate learnt only from the data hides it; a rate learnt only from other
crowds accuses a livelier one. Both are evidence about one unknown, the rate of this very crowd: reference crowds give a
prior with their spread, the data outside suspected groups an observation, and what is left unsure stays in the p-value.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import t as student

from inconcert.network.synchrony import BINS, Synchrony, popularity_bin
from inconcert.schema import NEAR

Floats = NDArray[np.float64]

HETEROGENEITY = 0.75
"""Spread (sd, logits) of synchrony between accounts or circles of one crowd: .6 to .85 in the conference and the
Russian retweets, measured by `docs/calibration.md`."""
CIRCLE_SPREAD = 0.5
"""Spread (sd, logits) of synchrony between whole circles of one crowd, on what their members share: 0 to .55 in communities
of the debate crowd, .3 in the conference, 0 to .2 in the Russian retweets, measured by `docs/calibration.md`."""
LEAST_SPREAD = 0.5
"""Least spread (sd, logits) between crowds: a handful of crowds that happen to agree do not prove that all do."""
VAGUE = (0.0, 1.5)
"""Prior (mean, sd; logits) where no reference crowd says anything: a rate of .05 to .95."""
BIN_SPREAD = 0.75
"""Spread (sd, logits) between the popularity bins of one crowd once it is known how lively the crowd is: .35 to .8 in the
bundled profiles at a minute and above. The rest of the spread between crowds is common to all bins."""
UNSEEN = 1e12
"""Variance of a rate that no object was seen at."""
RANGE_SD = 2.0
"""The data's own rate is believed ordinary up to this many sd above the reference crowds."""


@dataclass(frozen=True)
class Evidence:
    """Rates observed in one crowd: mean share (W, B) over `objects` (B,) of each popularity bin."""

    windows_us: tuple[int, ...]
    account: Floats
    pair: Floats
    objects: NDArray[np.int64]
    actions: NDArray[np.int64]


def observe(measured: Synchrony, objects: NDArray[np.bool_] | None = None) -> Evidence:
    """What one crowd shows, over all its objects or those chosen."""
    chosen = np.ones(len(measured.popularity), bool) if objects is None else objects
    bins = popularity_bin(measured.popularity[chosen])
    count = np.bincount(bins, minlength=len(BINS))
    shape = (len(measured.windows_us), len(BINS))
    account, pair = np.zeros(shape), np.zeros(shape)
    for w in range(shape[0]):
        account[w] = np.bincount(bins, weights=measured.hit_share[chosen, w], minlength=len(BINS))
        pair[w] = np.bincount(bins, weights=measured.pair_share[chosen, w], minlength=len(BINS))
    actions = np.bincount(bins, weights=measured.popularity[chosen], minlength=len(BINS)).astype(np.int64)
    return Evidence(measured.windows_us, account / np.maximum(count, 1), pair / np.maximum(count, 1), count, actions)


@dataclass(frozen=True)
class Prior:
    """What reference crowds say about the next crowd, logits, per window and popularity bin (W, B).

    account, pair: mean; account_sd, pair_sd: sd of the next crowd's rate. floor: (W,) rate below which none may go.
    origin: control, profiles or own data; crowds, actions (B,): what it rests on.
    """

    kind: str
    windows_us: tuple[int, ...]
    account: Floats
    account_sd: Floats
    pair: Floats
    pair_sd: Floats
    floor: Floats
    origin: str
    crowds: tuple[str, ...]
    actions: NDArray[np.int64]


@dataclass(frozen=True)
class Rates:
    """What the tests use, logits, per window and popularity bin (W, B).

    account, pair: centre; account_sd, pair_sd: all that is unsure about one account or circle of this crowd.
    own_above: (W, B) sd by which the data's own pair rate lies above the reference crowds; NaN without own objects.
    """

    prior: Prior
    account: Floats
    account_sd: Floats
    pair: Floats
    pair_sd: Floats
    own_above: Floats

    def upper(self, which: str) -> Floats:
        """(W, B): the 95 % upper rate of this crowd as a whole, "account" or "pair"."""
        centre, sd = (self.account, self.account_sd) if which == "account" else (self.pair, self.pair_sd)
        return expit(centre + 1.645 * np.sqrt(np.maximum(sd**2 - HETEROGENEITY**2, 0.0)))  # type: ignore[no-any-return]


def group_spread(members: int) -> float:
    """Spread (sd, logits) between groups of so many accounts: of circles, and of the mean of their accounts."""
    return float(np.hypot(CIRCLE_SPREAD, HETEROGENEITY / np.sqrt(members)))


def bundled_profiles() -> pa.Table:
    """The aggregate rates of ordinary crowds that come with Inconcert; rows as `python -m inconcert.evaluate.profile` makes them."""
    text = resources.files("inconcert.network").joinpath("profiles.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    whole = ("resolution_s", "tau_s", "popularity_min", "objects", "actions")
    columns: dict[str, list[object]] = {name: [row[name] for row in rows] for name in ("crowd", "platform", "kind")}
    columns |= {name: [int(row[name]) for row in rows] for name in whole}
    columns |= {name: [float(row[name]) for row in rows] for name in ("account_hit_rate", "pair_hit_rate")}
    return pa.table(columns)


def _spread(rows: list[list[tuple[float, float]]]) -> float:
    """Spread (sd, logits) between crowds, one for all popularity bins: a lively crowd is lively in each of them.

    rows: per bin, (logit, its variance) of each crowd. Moments of DerSimonian and Laird 1986, summed over bins.
    """
    excess = scale = 0.0
    for bin_rows in rows:
        if len(bin_rows) >= 2:
            y, v = np.array(bin_rows).T
            w = 1.0 / v
            excess += float((w * (y - (w * y).sum() / w.sum()) ** 2).sum()) - (len(y) - 1)
            scale += float(w.sum() - (w**2).sum() / w.sum())
    if scale == 0.0:
        return VAGUE[1]
    return float(min(max(np.sqrt(max(excess / scale, 0.0)), LEAST_SPREAD), VAGUE[1]))


def _next_crowd(rows: list[tuple[float, float]], between: float) -> tuple[float, float]:
    """Mean and sd (logits) of the next crowd's rate in one bin; the sd is widened for few crowds by Student's t."""
    if not rows:
        return VAGUE
    y, v = np.array(rows).T
    w = 1.0 / (v + between**2)
    widen = float(student.ppf(0.95, len(y) - 1)) / 1.645 if len(y) >= 3 else 1.8
    return float((w * y).sum() / w.sum()), min(float(np.sqrt(between**2 + 1.0 / w.sum())) * widen, VAGUE[1])


def _logit(rate: float, objects: int) -> tuple[float, float]:
    hits = rate * objects
    return float(logit((hits + 0.5) / (objects + 1.0))), 1.0 / (hits + 0.5) + 1.0 / (objects - hits + 0.5)


def _update(
    mean: Floats, sd: Floats, rate: Floats, objects: Floats, extra_sd: Floats | float = 0.0
) -> tuple[Floats, Floats]:
    """Mean and sd (W, B) of a crowd's logit rates after `rate` (W, B) was seen over so many `objects` (B,).

    Normal model: all but BIN_SPREAD of the prior sd is common to the bins, since a lively crowd is lively in each of them;
    so a bin with few objects learns from the others. extra_sd: how far the crowd that was seen may lie from the one meant, in all bins
    alike; a number or (W,).
    """
    if not objects.any():
        return mean, sd
    hits = rate * objects
    y = logit((hits + 0.5) / (objects + 1.0))
    v = np.where(objects > 0, 1.0 / (hits + 0.5) + 1.0 / (objects - hits + 0.5), UNSEEN)
    doubt = np.broadcast_to(extra_sd, len(mean))[:, None, None] ** 2
    own = np.minimum(sd, BIN_SPREAD)
    common = np.sqrt(sd**2 - own**2)
    bins = np.eye(mean.shape[1])
    covariance = common[:, :, None] * common[:, None, :] + own[:, :, None] ** 2 * bins
    gain = covariance @ np.linalg.inv(covariance + v[:, :, None] * bins + doubt)
    left = np.einsum("wbb->wb", covariance - gain @ covariance)
    moved = mean + np.einsum("wbc,wc->wb", gain, y - mean)
    return moved, np.sqrt(np.maximum(left, 0.0))


def _matching(profiles: pa.Table, kind: str, resolution_s: int, exclude: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rows of crowds of that time resolution and kind; of all plain kinds where fewer than two crowds have that kind."""
    rows = [
        row
        for row in profiles.to_pylist()
        if row["resolution_s"] == resolution_s and not any(row["crowd"].startswith(name) for name in exclude)
    ]
    same = [row for row in rows if row["kind"] == kind]
    return same if len({row["crowd"] for row in same}) >= 2 else [row for row in rows if row["kind"] not in NEAR]


def prior(
    kind: str,
    windows_us: tuple[int, ...],
    *,
    resolution_s: int,
    profiles: pa.Table,
    control: Evidence | None,
    floor: Floats,
    exclude: tuple[str, ...] = (),
) -> Prior:
    """What ordinary crowds lead one to expect of one kind of action.

    resolution_s: 1 or 60, precision of the times. profiles: rows as `bundled_profiles` gives, without crowds whose name
    starts with one of `exclude`. control: a crowd the user calls comparable: it moves the mean, with half the spread
    between crowds as its doubt. floor: (W,) chance of two random actions of the collection to fall within each window.
    """
    matching = _matching(profiles, kind, resolution_s, exclude)
    taus = sorted({row["tau_s"] for row in matching})
    shape = (len(windows_us), len(BINS))
    centre = {which: np.zeros(shape) for which in ("account", "pair")}
    sd = {which: np.zeros(shape) for which in ("account", "pair")}
    actions = np.zeros(len(BINS), dtype=np.int64)
    between = {which: np.zeros(len(windows_us)) for which in ("account", "pair")}
    for w, window_us in enumerate(windows_us):
        tau = next((t for t in taus if t * 1_000_000 >= window_us), taus[-1] if taus else 0)
        at = [[r for r in matching if r["tau_s"] == tau and r["popularity_min"] == low] for low, _ in BINS]
        actions[:] = [sum(r["actions"] for r in rows) for rows in at]
        for which in ("account", "pair"):
            seen = [[_logit(r[f"{which}_hit_rate"], r["objects"]) for r in rows] for rows in at]
            between[which][w] = _spread(seen)
            centre[which][w], sd[which][w] = np.array([_next_crowd(rows, between[which][w]) for rows in seen]).T
    if control is not None:
        objects = control.objects.astype(float)
        for which in centre:
            rate = getattr(control, which)
            centre[which], sd[which] = _update(centre[which], sd[which], rate, objects, between[which] / 2)
    names = tuple(sorted({row["crowd"] for row in matching})) + (("control",) if control is not None else ())
    origin = "control" if control is not None else ("profiles" if matching else "own data")
    if control is not None:
        actions = actions + control.actions
    return Prior(
        kind, windows_us, centre["account"], sd["account"], centre["pair"], sd["pair"], floor, origin, names, actions
    )


def rates(expected: Prior, own: Evidence) -> Rates:
    """The prior tempered by the data's own objects outside suspected groups.

    The data's own rate counts as ordinary from one sd below to RANGE_SD sd above the reference crowds: below, the
    reference keeps some say; above, no ordinary crowd is known to be so synchronous, and the excess is evidence.
    """
    objects = own.objects.astype(float)
    floor = logit(np.clip(expected.floor, 1e-9, 1 - 1e-9))[:, None]
    found = {}
    for which in ("account", "pair"):
        mean, spread = getattr(expected, which), getattr(expected, f"{which}_sd")
        centre, left = _update(mean, spread, getattr(own, which), objects)
        centre = np.maximum(np.clip(centre, mean - spread, mean + RANGE_SD * spread), floor)
        found[which] = centre, np.hypot(left, HETEROGENEITY)
    seen = logit((own.pair * objects + 0.5) / (objects + 1.0))
    above = np.where(objects > 0, (seen - expected.pair) / expected.pair_sd, np.nan)
    return Rates(expected, *found["account"], *found["pair"], above)
