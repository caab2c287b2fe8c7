"""Accounts to compare a group with: of the same platform and language, as active, in the same period, on the same topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from inconcert import schema
from inconcert.engine.base import Engine

PER_MEMBER = 5
"""Most controls of one member: more add little precision, and less alike ones."""
CALIPER = 1.0
"""Farthest a control may lie from its member over all traits together, in standard deviations of the pool."""
TOPICS = 50
"""Hashtags and sites that tell what a group talks about: those most members use, of those that others use too."""
TRAITS = ("posts", "first post", "last post", "share of topics")
EXACT = ("platform", "language")
POOR = 0.25
"""Standardised mean difference beyond which a trait is poorly matched (Stuart 2010, Statistical Science 25, 1-21)."""

_TRAITS = """
SELECT account_id, min(platform) AS platform, max(CASE WHEN role = 'control' THEN 1 ELSE 0 END) AS control, count(*) AS n_posts,
  min(time_us) AS first_us, max(time_us) AS last_us FROM posts GROUP BY account_id ORDER BY account_id"""
_LANGUAGE = """
SELECT account_id, language FROM (
  SELECT account_id, language, row_number() OVER (PARTITION BY account_id ORDER BY count(*) DESC, language) AS place
  FROM posts WHERE language IS NOT NULL AND kind <> 'share' GROUP BY account_id, language) AS ranked
WHERE place = 1 ORDER BY account_id"""
_TOPICS = """
WITH used AS (
  SELECT members.group_id, kind, object_id, count(DISTINCT members.account_id) AS n_members FROM actions
  INNER JOIN members ON members.account_id = actions.account_id WHERE kind IN ('hashtag', 'domain')
  GROUP BY members.group_id, kind, object_id
), popular AS (
  SELECT kind, object_id, count(DISTINCT account_id) AS n_all FROM actions WHERE kind IN ('hashtag', 'domain') GROUP BY kind, object_id
), ranked AS (
  SELECT used.group_id, used.kind, used.object_id, row_number() OVER (
    PARTITION BY used.group_id ORDER BY n_members DESC, used.kind, used.object_id) AS place
  FROM used INNER JOIN popular ON used.kind = popular.kind AND used.object_id = popular.object_id WHERE n_all > n_members
)
SELECT ranked.group_id, actions.account_id, count(DISTINCT actions.post_id) AS n_posts FROM actions
INNER JOIN ranked ON ranked.kind = actions.kind AND ranked.object_id = actions.object_id WHERE place <= :topics
GROUP BY ranked.group_id, actions.account_id ORDER BY ranked.group_id, actions.account_id"""


@dataclass(frozen=True)
class MatchedControl:
    """controls, balance: the tables `controls` and `control_balance`.   unmatched: group -> members nobody is like."""

    controls: pa.Table
    balance: pa.Table
    unmatched: dict[str, int]


@dataclass(frozen=True)
class _Pool:
    """The accounts of the data as columns of equal length, and their places by id."""

    place: dict[str, int]
    ids: NDArray[np.object_]
    stratum: NDArray[np.int64]
    traits: NDArray[np.float64]
    control: NDArray[np.bool_]
    posts: NDArray[np.int64]


def matched_control(engine: Engine, suspects: frozenset[str], ordinary: frozenset[str] = frozenset()) -> MatchedControl:
    """The controls of every group of `members`, from accounts in no group.

    Each member gets the PER_MEMBER nearest accounts of its platform and language, none farther than CALIPER in log posts, first and last
    post and share of its posts on the group's TOPICS; an account serves a group once. suspects: never taken, since they were raised
    themselves. ordinary: where given, only these
    are taken, however far. engine: has posts, actions and members of `facts.FACTS` attached.
    """
    pool = _pool(engine)
    members: dict[str, list[str]] = {}
    for row in engine.sql("SELECT group_id, account_id FROM members ORDER BY group_id, account_id").to_pylist():
        members.setdefault(row["group_id"], []).append(row["account_id"])
    grouped = {account for accounts in members.values() for account in accounts}
    free = np.array(
        [a not in grouped and a not in suspects and (not ordinary or a in ordinary) for a in pool.ids], dtype=bool
    )
    topics = _topics(engine, pool)
    controls: list[dict[str, Any]] = []
    balance: list[dict[str, Any]] = []
    unmatched: dict[str, int] = {}
    for group, accounts in members.items():
        known = np.array([pool.place[a] for a in accounts if a in pool.place], dtype=np.int64)
        share = topics.get(group, np.zeros(len(pool.ids)))
        traits = np.column_stack([pool.traits, share])
        scale = traits[free].std(axis=0) if free.any() else np.ones(len(TRAITS))
        found, without = _nearest(
            pool, traits / np.where(scale > 0, scale, 1.0), known, free, np.inf if ordinary else CALIPER
        )
        unmatched[group] = without + len(accounts) - len(known)
        controls += [
            {
                "group_id": group, "account_id": pool.ids[i],
                "source": "list" if ordinary else "control" if pool.control[i] else "data", "distance": distance,
            }
            for i, distance in sorted(found.items(), key=lambda item: (item[1], pool.ids[item[0]]))
        ]  # fmt: skip
        balance += _balance(group, traits, known, np.array(sorted(found), dtype=np.int64))
    return MatchedControl(
        pa.Table.from_pylist(controls, schema=schema.CONTROLS.arrow),
        pa.Table.from_pylist(balance, schema=schema.CONTROL_BALANCE.arrow),
        unmatched,
    )


def _pool(engine: Engine) -> _Pool:
    rows = engine.sql(_TRAITS)
    ids = np.array(rows["account_id"].to_pylist(), dtype=object)
    spoken = {row["account_id"]: row["language"] for row in engine.sql(_LANGUAGE).to_pylist()}
    pairs = list(zip(rows["platform"].to_pylist(), (spoken.get(a) for a in ids), strict=True))
    codes = {pair: code for code, pair in enumerate(dict.fromkeys(pairs))}
    posts = rows["n_posts"].to_numpy()
    times = [np.array(rows[name].to_pylist(), dtype=np.float64) / 3.6e9 for name in ("first_us", "last_us")]
    middle = [np.where(np.isnan(t), np.nanmedian(t) if (~np.isnan(t)).any() else 0.0, t) for t in times]
    return _Pool(
        {a: i for i, a in enumerate(ids)},
        ids,
        np.array([codes[pair] for pair in pairs], dtype=np.int64),
        np.column_stack([np.log(posts), *middle]),
        rows["control"].to_numpy().astype(bool),
        posts,
    )


def _topics(engine: Engine, pool: _Pool) -> dict[str, NDArray[np.float64]]:
    """Group -> share of every account's posts that are on its topics."""
    found: dict[str, NDArray[np.float64]] = {}
    for row in engine.sql(_TOPICS, {"topics": TOPICS}).to_pylist():
        if row["account_id"] in pool.place:
            share = found.setdefault(row["group_id"], np.zeros(len(pool.ids)))
            place = pool.place[row["account_id"]]
            share[place] = min(1.0, row["n_posts"] / pool.posts[place])
    return found


def _nearest(
    pool: _Pool, scaled: NDArray[np.float64], known: NDArray[np.int64], free: NDArray[np.bool_], caliper: float
) -> tuple[dict[int, float], int]:
    """Place of each control -> its distance from the member it is nearest to; and how many members nobody is like."""
    found: dict[int, float] = {}
    without = 0
    for stratum in np.unique(pool.stratum[known]):
        inside = known[pool.stratum[known] == stratum]
        candidates = np.flatnonzero(free & (pool.stratum == stratum))
        if not len(candidates):
            without += len(inside)
            continue
        near, places = cKDTree(scaled[candidates]).query(
            scaled[inside], k=np.arange(1, min(len(candidates), PER_MEMBER * 4) + 1), distance_upper_bound=caliper
        )
        for distances, row in zip(near, places, strict=True):
            taken = 0
            for distance, place in zip(distances, row, strict=True):
                if not np.isfinite(distance) or taken == PER_MEMBER:
                    break
                one = int(candidates[place])
                # those a member before took are passed over: a group of alike members would else have few controls
                if one not in found:
                    found[one] = float(distance)
                    taken += 1
            without += not np.isfinite(distances[0])
    return found, without


def _balance(
    group: str, traits: NDArray[np.float64], known: NDArray[np.int64], controls: NDArray[np.int64]
) -> list[dict[str, Any]]:
    """Means of every trait in the group and its control, and their standardised difference."""
    rows = []
    for column, trait in enumerate(TRAITS):
        one, other = traits[known, column], traits[controls, column]
        both = len(one) > 1 and len(other) > 1
        spread = float(np.sqrt((one.var(ddof=1) + other.var(ddof=1)) / 2)) if both else 0.0
        gap = float(one.mean() - other.mean()) if len(one) and len(other) else None
        rows.append({
            "group_id": group, "trait": trait,
            "mean_group": float(one.mean()) if len(one) else None, "mean_control": float(other.mean()) if len(other) else None,
            "difference": None if gap is None else gap / spread if spread > 0 else 0.0 if abs(gap) < 1e-9 else None,
            "accounts": len(known), "accounts_control": len(controls),
        })  # fmt: skip
    return rows
