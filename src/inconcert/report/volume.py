"""The volume baseline: how far mere posting activity would have told members of groups from everybody else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.stats import rankdata


@dataclass(frozen=True)
class Volume:
    """Posting activity of accounts in groups against the rest.

    auc: chance that a member, drawn at random, posted more than an account outside, ties counted half.
    among_busiest: members among the as many busiest accounts as there are members.
    """

    members: int
    others: int
    median_members: float
    median_others: float
    auc: float
    among_busiest: int


def volume(scores: pa.Table, member_ids: pa.Array) -> Volume | None:
    """The baseline from table `scores` (account_id, n_posts); None without members or without others."""
    ids = scores.column("account_id").combine_chunks()
    inside = pc.is_in(ids, value_set=member_ids).to_numpy(zero_copy_only=False)
    posts = scores.column("n_posts").to_numpy()
    n, rest = int(inside.sum()), int((~inside).sum())
    if not n or not rest:
        return None
    ranks = rankdata(posts)
    auc = (ranks[inside].sum() - n * (n + 1) / 2) / (n * rest)
    busiest = np.lexsort((ids.to_pylist(), -posts))[:n]
    return Volume(
        members=n,
        others=rest,
        median_members=float(np.median(posts[inside])),
        median_others=float(np.median(posts[~inside])),
        auc=float(auc),
        among_busiest=int(inside[busiest].sum()),
    )
