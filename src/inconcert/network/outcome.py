"""Pairs, groups and accounts of one data set, judged together: everything between counted actions and result tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.network import scores
from inconcert.network.accounts import AccountTests, account_tests
from inconcert.network.describe import PERMUTATIONS, WORK
from inconcert.network.edges import report_edges
from inconcert.network.groups import SPLITS, Group, find_groups, shared, untouched
from inconcert.network.judged import Judged, circles, judge
from inconcert.network.material import Materials, tested_accounts
from inconcert.network.pairs import combine_pairs
from inconcert.network.reference import Rates, observe, rates
from inconcert.network.stability import BOOTSTRAPS, Graphs
from inconcert.progress import Progress, silent

LEVELS_OF_TEST = 3
"""Pairs, accounts and groups are tested on the same data; each gets a third of alpha."""


@dataclass(frozen=True)
class Outcome:
    """judged: groups of level L1 and above, strongest first. confirmed: groups that held-out objects confirmed.
    rates: the reference of each kind, tempered by objects outside confirmed groups. tests: of accounts, by kind."""

    judged: list[Judged]
    confirmed: list[Group]
    rates: dict[str, Rates]
    tests: dict[str, AccountTests]
    standing: scores.Standing


def pair_outcome(materials: Materials, *, alpha: float, fdr: str) -> tuple[pa.Table, pa.Table]:
    """Tables `edges` and `pair_layers` of a data set, the reference tempered by all of its objects."""
    tempered = {kind: rates(m.prior, observe(m.measured)) for kind, m in materials.items()}
    return report_edges(materials, tempered, alpha=alpha, levels=LEVELS_OF_TEST, fdr=fdr)


def assess(
    materials: Materials,
    edges: pa.Table,
    posts: NDArray[np.int64],
    *,
    alpha: float,
    seed: int,
    splits: int = SPLITS,
    permutations: int = PERMUTATIONS,
    bootstraps: int = BOOTSTRAPS,
    fdr: str = "bh",
    progress: Progress = silent,
) -> Outcome:
    """Find and judge groups, test accounts, and give every account its standing.

    edges: from `pair_outcome`. posts: (accounts,) posts of each account. The reference used for accounts and descriptions is
    tempered by objects no member of a confirmed group touched, so that an operation does not count as its own crowd.
    """
    confirmed = find_groups(materials, alpha=alpha / LEVELS_OF_TEST, seed=seed, splits=splits, progress=progress)
    tempered = {kind: rates(m.prior, observe(m.measured, untouched(m, confirmed))) for kind, m in materials.items()}
    first = next(iter(materials.values())).first
    windows_us = next(iter(materials.values())).windows_us
    grouped = [(group, 1.0) for group in confirmed]
    for candidate, q in circles(edges, first.accounts, windows_us, seed):
        if not any(shared(candidate.members, group.members) > 0.5 for group in confirmed):
            grouped.append((Group(candidate, candidate, 1.0, 1.0, ()), q))
    judged, graphs = [], Graphs(materials)
    for done, (group, q_edges) in enumerate(grouped):
        progress("describing groups", done, len(grouped))
        judged.append(
            judge(
                graphs, tempered, group, q_edges=q_edges, alpha=alpha, levels=LEVELS_OF_TEST, posts=posts,
                permutations=permutations, work=WORK // len(grouped), bootstraps=bootstraps, seed=seed,
            )
        )  # fmt: skip
    progress("describing groups", len(grouped), len(grouped))
    judged = sorted((j for j in judged if j.level != "L0"), key=_strongest)
    progress("testing accounts", 0, None)
    tests = {kind: account_tests(m.first, m.measured, tempered[kind]) for kind, m in materials.items()}
    return Outcome(judged, confirmed, tempered, tests, _standing(materials, tests, edges, judged, alpha, fdr))


def _strongest(j: Judged) -> tuple[int, float, float, int, int]:
    return -int(j.level[1]), j.q_value, j.group.p_value, -len(j.members), int(j.members[0])


def _standing(
    materials: Materials,
    tests: Mapping[str, AccountTests],
    edges: pa.Table,
    judged: list[Judged],
    alpha: float,
    fdr: str,
) -> scores.Standing:
    accounts = next(iter(materials.values())).first.accounts
    scales = len(next(iter(materials.values())).windows_us) + 1
    pairs = combine_pairs(
        {kind: m.pairs for kind, m in materials.items()},
        tested_accounts(materials),
        scales,
        fdr,
    )
    objects = np.zeros(len(accounts), dtype=np.int64)
    for m in materials.values():
        objects += np.bincount(m.first.account, minlength=len(accounts))
    return scores.standing(
        len(accounts),
        account=scores.raised(tests, len(accounts), levels=LEVELS_OF_TEST, fdr=fdr),
        pair=scores.paired(pairs, edges.filter(pc.equal(edges["level"], "L1")), accounts),
        shared_objects=objects,
        members=[j.members for j in judged],
        group_levels=[j.level for j in judged],
        group_q=[j.q_value for j in judged],
        group_p=[j.group.p_value for j in judged],
        alpha=alpha,
    )
