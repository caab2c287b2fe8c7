"""The posts that prove it: for edges and groups, the shared objects most telling of them, with both posts."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import expit

from inconcert import schema
from inconcert.detect.layer import UNTIMED
from inconcert.engine.duckdb import DuckDB
from inconcert.network import bicm
from inconcert.network.material import Material
from inconcert.network.reference import Rates
from inconcert.network.synchrony import popularity_bin

PER_GROUP = 60
PER_ACCOUNT = 3
"""Most witnesses kept of a group, and of one account within it, so that a few busy members do not speak for all."""
PER_EDGE = 5

POSTS = """
SELECT wanted.place, coalesce(min(actions.post_id) FILTER (actions.account_id = wanted.account_id), min(actions.post_id)) AS post_id
FROM wanted INNER JOIN ids ON ids.account_id = wanted.account_id INNER JOIN actions
  ON actions.account_id = ids.id AND actions.kind = wanted.kind AND actions.object_id = wanted.object_id
 AND (actions.time_us - ((actions.time_us % :step) + :step) % :step = wanted.time_us
      OR (actions.time_us IS NULL AND wanted.time_us IS NULL))
GROUP BY wanted.place
"""


@dataclass(frozen=True)
class Witness:
    """Codes of one co-action: pair, object, the two times, gap (-1 without times); of one kind and for one group (None: an
    edge alone)."""

    group_id: str | None
    kind: str
    source: int
    target: int
    object: int
    source_us: int
    target_us: int
    gap_us: int
    popularity: int
    chance: float


def witnesses(
    material: Material, rates: Rates, members: NDArray[np.int32], window: int, group_id: str | None, most: int
) -> list[Witness]:
    """The least likely co-actions among `members`, at most `most`, and at most PER_ACCOUNT an account in larger groups.

    chance: p_io p_jo times the reference chance of falling within the window: of these two accounts both acting on this
    object, this close, if only activity, popularity and ordinary synchrony decide.
    """
    first = material.first
    chosen = np.flatnonzero(np.isin(first.account, members))
    starts = (
        np.flatnonzero(np.r_[True, first.object[chosen][1:] != first.object[chosen][:-1]]) if len(chosen) else chosen
    )
    degree = np.bincount(first.account, minlength=first.n_accounts)
    model = bicm.fit(degree, material.measured.popularity.astype(np.int64))
    probability = model.probabilities()
    found: list[Witness] = []
    for start, end in zip(starts, np.r_[starts[1:], len(chosen)], strict=True):
        rows = chosen[start:end]
        thing = int(first.object[rows[0]])
        popularity = int(material.measured.popularity[thing])
        column = int(np.searchsorted(model.popularities, popularity))
        rate = float(expit(rates.pair[window][popularity_bin(np.array([popularity], dtype=np.int32))[0]]))
        # neighbours in time are the closest pairs; the others of the object say nothing more
        for a, b in itertools.pairwise(rows):
            times = int(first.time_us[a]), int(first.time_us[b])
            gap_us = times[1] - times[0] if UNTIMED not in times else -1
            if gap_us < 0 or gap_us > material.windows_us[window]:
                continue
            i, j = int(first.account[a]), int(first.account[b])
            both = probability[np.searchsorted(model.degrees, degree[[i, j]]), column]
            chance = float(both[0] * both[1] * rate)
            if i > j:
                i, j, times = j, i, (times[1], times[0])
            found.append(Witness(group_id, first.kind, i, j, thing, *times, gap_us, popularity, chance))
    found.sort(key=lambda w: (w.chance, w.gap_us, w.object, w.source, w.target))
    kept: list[Witness] = []
    spoken: dict[int, int] = {}
    limit = PER_ACCOUNT if len(members) > 2 else most
    for witness in found:
        if len(kept) == most:
            break
        if max(spoken.get(witness.source, 0), spoken.get(witness.target, 0)) < limit:
            kept.append(witness)
            for account in (witness.source, witness.target):
                spoken[account] = spoken.get(account, 0) + 1
    return kept


def witness_table(
    found: Sequence[Witness],
    accounts: pa.Array,
    objects: dict[str, pa.Array],
    actions: Sequence[Path],
    *,
    resolution_s: int = 1,
    counted: Mapping[str, str],
) -> pa.Table:
    """Table `witnesses` (schema): ids in place of codes, and the two posts looked up in the `actions` parts.

    resolution_s: what times of the witnesses were cut to (`material.floored`), as those of the actions were not.
    counted: id -> the id under which its actions were counted (`one_account`), of people with several.
    """
    if not found:
        return schema.WITNESSES.empty()
    ends = [(w.source, w.source_us, w) for w in found] + [(w.target, w.target_us, w) for w in found]
    wanted = pa.table(
        {
            "place": pa.array(range(len(ends)), pa.int64()),
            "account_id": accounts.take(pa.array([account for account, _, _ in ends])),
            "kind": pa.array([w.kind for *_, w in ends]),
            "object_id": pa.array([objects[w.kind][w.object].as_py() for *_, w in ends], pa.string()),
            "time_us": pa.array([None if time == UNTIMED else time for _, time, _ in ends], pa.int64()),
        }
    )
    engine = DuckDB()
    try:
        engine.attach("actions", list(actions))
        engine.attach("wanted", wanted)
        engine.attach("ids", _ids(accounts, counted))
        posts = engine.sql(POSTS, {"step": 1 if resolution_s == 1 else resolution_s * 1_000_000})
    finally:
        engine.close()
    post = dict(zip(posts["place"].to_pylist(), posts["post_id"].to_pylist(), strict=True))
    n = len(found)
    table = pa.table(
        {
            "group_id": pa.array([w.group_id for w in found], pa.string()),
            "source": wanted["account_id"].slice(0, n),
            "target": wanted["account_id"].slice(n),
            "kind": wanted["kind"].slice(0, n),
            "object_id": wanted["object_id"].slice(0, n),
            "source_post_id": pa.array([post[i] for i in range(n)], pa.string()),
            "target_post_id": pa.array([post[n + i] for i in range(n)], pa.string()),
            "gap_us": pa.array([w.gap_us if w.gap_us >= 0 else None for w in found], pa.int64()),
            "popularity": pa.array([w.popularity for w in found], pa.int32()),
            "chance": pa.array([w.chance for w in found], pa.float64()),
        }
    )
    return schema.WITNESSES.check(table)


def _ids(accounts: pa.Array, counted: Mapping[str, str]) -> pa.Table:
    """Every id of an account: account_id, id."""
    own = accounts.cast(pa.string())
    ids = {"account_id": [*counted.values()], "id": [*counted]}
    more = pa.table({name: pa.array(values, pa.string()) for name, values in ids.items()})
    return pa.concat_tables([pa.table({"account_id": own, "id": own}), more])
