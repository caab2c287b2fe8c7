"""The tables of a cluster run: groups, members, reference, scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert import schema
from inconcert.network.confirm import labels
from inconcert.network.judged import Judged
from inconcert.network.layout import layout
from inconcert.network.material import Materials
from inconcert.network.reference import Rates
from inconcert.network.scores import Standing
from inconcert.network.synchrony import BINS


def group_table(judged: Sequence[Judged], windows_us: Sequence[int], posts: NDArray[np.int64]) -> pa.Table:
    """Table `groups`; posts: (accounts,) posts of each."""
    rows = []
    for index, j in enumerate(judged, start=1):
        d, c = j.description, j.group.candidate
        rows.append(
            {
                "group_id": f"G{index}",
                "level": j.level,
                "size": len(j.members),
                "q_value": j.q_value,
                "p_heldout": j.group.p_value,
                "p_permutation": d.p_permutation,
                "p_conditional": j.group.p_value,
                "p_day_shift": d.p_day_shift,
                "stability": j.stability.jaccard,
                "found_by": c.found_by,
                "kind": c.kind,
                "window_us": windows_us[c.window],
                "popularity_cap": c.cap or None,
                "n_objects": d.n_objects,
                "n_posts": int(posts[j.members].sum()),
                "evidence_kinds": ",".join(d.kinds),
                "evidence_windows": ",".join(str(windows_us[w]) for w in d.windows),
                "overlap": d.overlap,
                "synchrony": d.synchrony,
                "reference_rate": d.reference_rate,
                "exclusivity": d.exclusivity,
                "innocent": j.innocent,
                "why_not_higher": j.why_not_higher,
            }
        )
    return pa.Table.from_pylist(rows, schema=schema.GROUPS.arrow) if rows else schema.GROUPS.empty()


def member_table(judged: Sequence[Judged], materials: Materials, seed: int) -> pa.Table:
    """Table `members`: who is in which group, how firmly, with how many partners, and where in its picture."""
    parts = [schema.MEMBERS.empty()]
    for index, j in enumerate(judged, start=1):
        material = materials[j.group.candidate.kind]
        first = material.first
        label = labels([j.group.candidate], first.n_accounts)
        window_us = material.windows_us[j.group.candidate.window]
        chosen = first.keep(label[first.account] >= 0)
        # each member is linked to its neighbours in time on each object: enough for partners and for the picture
        near = (chosen.object[1:] == chosen.object[:-1]) & (chosen.time_us[1:] - chosen.time_us[:-1] <= window_us)
        a = np.searchsorted(j.members, chosen.account[:-1][near])
        b = np.searchsorted(j.members, chosen.account[1:][near])
        pairs = np.unique(np.column_stack([np.minimum(a, b), np.maximum(a, b)]), axis=0).reshape(-1, 2)
        at = layout(len(j.members), pairs[:, 0], pairs[:, 1], np.random.default_rng([seed, index]))
        parts.append(
            pa.table(
                {
                    "group_id": pa.array([f"G{index}"] * len(j.members), pa.string()),
                    "account_id": first.accounts.take(pa.array(j.members)),
                    "membership": j.stability.membership,
                    "n_partners": np.bincount(pairs.ravel(), minlength=len(j.members)).astype(np.int32),
                    "x": at[:, 0],
                    "y": at[:, 1],
                },
                schema=schema.MEMBERS.arrow,
            )
        )
    return pa.concat_tables(parts)


def reference_table(rates: Mapping[str, Rates]) -> pa.Table:
    """Table `reference`: the upper rates used, per kind, window and popularity bin."""
    rows = []
    for kind, r in rates.items():
        account, pair = r.upper("account"), r.upper("pair")
        for w, window_us in enumerate(r.prior.windows_us):
            for b, (low, high) in enumerate(BINS):
                rows.append(
                    {
                        "kind": kind,
                        "window_us": window_us,
                        "popularity_min": low,
                        "popularity_max": high,
                        "account_rate": float(account[w, b]),
                        "pair_rate": float(pair[w, b]),
                        "own_above": None if np.isnan(r.own_above[w, b]) else float(r.own_above[w, b]),
                        "crowds": ", ".join(r.prior.crowds),
                        "actions": int(r.prior.actions[b]),
                        "origin": r.prior.origin,
                    }
                )
    return pa.Table.from_pylist(rows, schema=schema.REFERENCE.arrow) if rows else schema.REFERENCE.empty()


def score_table(
    standing: Standing, accounts: pa.Array, platforms: Mapping[str, str], posts: NDArray[np.int64]
) -> pa.Table:
    """Table `scores`: every account of the case, strongest evidence first."""

    def known(values: NDArray[np.float64]) -> pa.Array:
        return pa.array(values, pa.float64(), mask=np.isnan(values))

    ids = accounts.to_pylist()
    table = pa.table(
        {
            "account_id": accounts,
            "platform": pa.array([platforms.get(i, "unknown") for i in ids], pa.string()),
            "group_id": pa.array([f"G{g + 1}" if g >= 0 else None for g in standing.group], pa.string()),
            "level": pa.array(standing.level, pa.string()),
            "q": standing.q,
            "score": standing.bits,
            "n_posts": posts,
            "q_account": known(standing.q_account),
            "q_pair": known(standing.q_pair),
            "q_group": known(standing.q_group),
        }
    )
    order = [("score", "descending"), ("account_id", "ascending")]
    return schema.SCORES.check(table).sort_by(order)
