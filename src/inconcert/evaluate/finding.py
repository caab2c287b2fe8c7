"""What the whole procedure says about a sample, by level of claim and by level of test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.evaluate.sample import Sample
from inconcert.network.judged import Judged
from inconcert.network.outcome import Outcome, assess, pair_outcome

ALPHA = 0.01
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Finding:
    """edges: table `edges`, q at most ALPHA. outcome: groups, tests and standing of every account of the sample."""

    sample: Sample
    edges: pa.Table
    outcome: Outcome

    def at_least(self, level: str) -> Mask:
        """(accounts,): whether each stands at that level or above."""
        return np.array([own >= level for own in self.outcome.standing.level], dtype=bool)

    @property
    def by_pair(self) -> Mask:
        """(accounts,): whether each has an edge of level L1."""
        return np.nan_to_num(self.outcome.standing.q_pair, nan=1.0) <= ALPHA

    @property
    def by_account(self) -> Mask:
        """(accounts,): whether the test of accounts raises each."""
        return np.nan_to_num(self.outcome.standing.q_account, nan=1.0) <= ALPHA

    @property
    def by_group(self) -> Mask:
        """(accounts,): whether each is in a group that held-out objects confirmed."""
        inside = np.zeros(len(self.sample.accounts), dtype=bool)
        for judged in self.confirmed:
            inside[judged.members] = True
        return inside

    @property
    def confirmed(self) -> list[Judged]:
        """Groups of level L1 or above that held-out objects confirmed."""
        return [j for j in self.outcome.judged if j.group.trials]

    @property
    def circles(self) -> list[Judged]:
        """Groups of level L1 that only their edges hold together."""
        return [j for j in self.outcome.judged if not j.group.trials]

    @property
    def strong_edges(self) -> pa.Table:
        """Edges of level L1."""
        return self.edges.filter(pc.equal(self.edges["level"], "L1"))


def examine(sample: Sample, seed: int = 1) -> Finding:
    """Detect and cluster, as the verbs of these names do with their defaults."""
    edges, _ = pair_outcome(sample.materials, alpha=ALPHA, fdr="bh")
    return Finding(sample, edges, assess(sample.materials, edges, sample.posts, alpha=ALPHA, seed=seed))
