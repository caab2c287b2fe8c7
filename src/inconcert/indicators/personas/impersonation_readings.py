"""What is said of imitators, with number, interval, control and the accounts themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from inconcert.indicators.evidence import enrichment, from_p
from inconcert.indicators.personas.imitators import Imitator, Profiles, Target
from inconcert.indicators.personas.lookalike_burst import FullestWindow, rarer_than
from inconcert.indicators.reading import Point, Reading, Witness

LOOKALIKES, BURST, NAMESAKES, MEMBERS = "lookalikes", "lookalike-burst", "namesakes", "imitating-members"

_BINS = 120
_SHOWN = 20
_DRAWN_AT = 0.05  # p-value up to which the times are worth a picture

Counts = NDArray[np.int64]


def on_the_name(profiles: Profiles, target: Target, places: Sequence[int], counts: Counts | None) -> Reading:
    """Namesakes of a target. counts: those of comparable accounts."""
    low, high = _interval(len(places))
    usual = None if counts is None else float(counts.mean())
    beside = "" if counts is None else f"; {len(counts)} accounts about as famous have {usual:.1f} on average"
    return Reading(
        measure=NAMESAKES, subject="account", subject_id=target.subject_id, n=len(profiles.account_id), unit="accounts", scale="count",
        value=len(places), low=low, high=high, control=usual, n_control=None if counts is None else len(counts),
        says=f"{len(places)} younger accounts have a name that can be taken for that of this account (95% interval of such a count "
        f"{low:.1f} to {high:.1f}){beside}. Many names are common, and a name alone shows nothing.",
        witnesses=tuple(Witness(profiles.account_id[p], None, f"name alike; {_made(profiles, p)}") for p in places[:_SHOWN]),
    )  # fmt: skip


def lookalikes(
    profiles: Profiles, target: Target, counted: Sequence[Imitator], parodies: int, counts: Counts | None
) -> Reading:
    """How many imitate a target. parodies: how many more say that they do. counts: of comparable accounts."""
    k = len(counted)
    low, high = _interval(k)
    p = None if counts is None else rarer_than(k, counts)
    lr, lr_low, lr_high = (None, None, None) if p is None else astuple(from_p(p))
    usual = None if counts is None else float(counts.mean())
    beside = (
        ""
        if counts is None
        else f"; {len(counts)} accounts about as famous have {usual:.2f} on average, {counts.max()} at most"
    )
    return Reading(
        measure=LOOKALIKES, subject="account", subject_id=target.subject_id, n=len(profiles.account_id), unit="accounts", scale="count",
        value=k, low=low, high=high, control=usual, n_control=None if counts is None else len(counts), p_value=p,
        lr=lr, lr_low=lr_low, lr_high=lr_high,
        says=f"{k} younger accounts share at least two of name, picture and bio with this one (95% interval of such a count {low:.1f} to "
        f"{high:.1f}){beside}. {parodies} more say themselves that they are fans or parody and are not counted.",
        witnesses=tuple(_witness(profiles, one) for one in _telling_first(profiles, counted)[:_SHOWN]),
    )  # fmt: skip


def burst(
    profiles: Profiles,
    target: Target,
    dated: Sequence[Imitator],
    pool: NDArray[np.int64],
    full: FullestWindow,
    window_us: int,
) -> Reading:
    """How suddenly the imitators of known age came. pool: when the other younger accounts were made."""
    low, high = _interval(full.count)
    ratio = from_p(full.p_value)
    made = profiles.created_us[[one.place for one in dated]]
    inside = [one for one in dated if full.first_us <= profiles.created_us[one.place] < full.first_us + window_us]
    days = f"{window_us / 86_400_000_000:g} days"
    return Reading(
        measure=BURST, subject="account", subject_id=target.subject_id, n=len(dated), unit="lookalikes", scale="count",
        value=full.count, low=low, high=high, control=full.expected, n_control=len(pool), p_value=full.p_value,
        lr=ratio.value, lr_low=ratio.low, lr_high=ratio.high,
        says=f"{full.count} of the {len(dated)} accounts that share at least two of name, picture and bio with this one were made within "
        f"{days} from {_day(full.first_us)} (95% interval of such a count {low:.1f} to {high:.1f}); had they come as the {len(pool)} other "
        f"younger accounts of the data did, singly or in company, {full.expected:.1f} would be expected in their fullest {days}.",
        points=_histogram(made, pool, full, window_us) if full.p_value <= _DRAWN_AT else (),
        witnesses=tuple(_witness(profiles, one) for one in _telling_first(profiles, inside)[:_SHOWN]),
    )  # fmt: skip


def imitating_members(
    profiles: Profiles,
    group: str,
    own: Sequence[int],
    control: Sequence[int],
    imitating: Mapping[int, Imitator],
    imitating_control: Mapping[int, Imitator],
) -> Reading:
    """How many members imitate an account outside the group, beside controls; both by place, neither empty."""
    k, k_control = len(imitating), len(imitating_control)
    found = enrichment(k, len(own), k_control, len(control))
    return Reading(
        measure=MEMBERS, subject="group", subject_id=group, group_id=group, n=len(own), unit="accounts", scale="share",
        value=found.share, low=found.low, high=found.high, control=found.control, n_control=len(control),
        p_value=found.p_value, lr=found.ratio.value, lr_low=found.ratio.low, lr_high=found.ratio.high,
        says=f"{k} of {len(own)} members have the name, and the bio or a picture that few of them bear, of an older account outside the "
        f"group that a list protects or that is among the most followed ({found.share:.0%}, 95% interval {found.low:.0%} to "
        f"{found.high:.0%}), against {k_control} of {len(control)} in the control ({found.control:.0%}).",
        witnesses=tuple(_witness(profiles, imitating[p]) for p in own if p in imitating)[:_SHOWN],
    )  # fmt: skip


def _interval(k: int) -> tuple[float, float]:
    """95% interval of a Poisson mean of which k were seen (Garwood 1936)."""
    return float(stats.gamma.ppf(0.025, k)) if k else 0.0, float(stats.gamma.ppf(0.975, k + 1))


def _telling_first(profiles: Profiles, ones: Sequence[Imitator]) -> list[Imitator]:
    return sorted(ones, key=lambda one: (-len(one.why), -int(profiles.created_us[one.place]), one.place))


def _witness(profiles: Profiles, one: Imitator) -> Witness:
    return Witness(profiles.account_id[one.place], None, f"{', '.join(one.why)} alike; {_made(profiles, one.place)}")


def _made(profiles: Profiles, place: int) -> str:
    made = int(profiles.created_us[place])
    return f"made on {_day(made)}" if made >= 0 else "age unknown"


def _day(time_us: int) -> str:
    moment = datetime.fromtimestamp(time_us // 1_000_000, UTC)
    return f"{moment.day} {moment:%B %Y}"


def _histogram(
    made: NDArray[np.int64], pool: NDArray[np.int64], full: FullestWindow, window_us: int
) -> tuple[Point, ...]:
    """Imitators by time, what the other accounts' times would make of their number, and the fullest window."""
    first, last = int(min(made.min(), pool.min())), int(max(made.max(), pool.max()))
    bins = min(_BINS, max(1, -(-(last + 1 - first) // window_us)))
    edges = np.linspace(first, last + 1, bins + 1)
    observed, _ = np.histogram(made, edges)
    usual, _ = np.histogram(pool, edges)
    points = [Point("found", full.first_us, x_end=full.first_us + window_us, label=f"{full.count} accounts")]
    for x, x_end, seen, expected in zip(edges[:-1], edges[1:], observed, usual * (len(made) / len(pool)), strict=True):
        points.append(Point("observed", float(x), float(seen), x_end=float(x_end)))
        points.append(Point("expected", float(x), float(expected), x_end=float(x_end)))
    return tuple(points)
