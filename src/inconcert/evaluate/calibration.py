"""Where nothing is arranged, how often is something claimed: permuted copies, worlds without an operation, real crowds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

import numpy as np

from inconcert.evaluate.families import Family
from inconcert.evaluate.finding import ALPHA, Finding, examine
from inconcert.evaluate.heterogeneity import heterogeneity
from inconcert.evaluate.kept import Row
from inconcert.evaluate.sample import Sample, sample
from inconcert.evaluate.tested import (
    account_p_values,
    added,
    edges_alone,
    group_p_values,
    pair_p_values,
    scale,
)
from inconcert.network.accounts import MIN_OBJECTS
from inconcert.network.calibrate import permuted, screen
from inconcert.network.groups import SPLITS, find_groups
from inconcert.network.judged import Judged
from inconcert.network.outcome import LEVELS_OF_TEST


def permuted_copy(real: Sample, copy: int) -> Row:
    """Edges and confirmed groups of one copy with permuted labels; `alone`: edges of single kinds and scales, if any."""
    null = permuted(real.materials, np.random.default_rng([copy, 7919]))
    edges, accounts = screen(null, alpha=ALPHA, levels=LEVELS_OF_TEST, fdr="bh")
    groups = find_groups(null, alpha=ALPHA / LEVELS_OF_TEST, seed=copy, splits=SPLITS)
    kinds = {kind: screen({kind: m}, alpha=ALPHA, levels=LEVELS_OF_TEST, fdr="bh")[0] for kind, m in null.items()}
    return {
        "edges": edges,
        "accounts": accounts,
        "groups": len(groups),
        "kinds": kinds,
        "alone": {name: n for name, n in edges_alone(null).items() if n},
        "scales": len(real.windows_us) + 1,
    }


def null_worlds(family: Family, seeds: Iterable[int]) -> Row:
    """Everything that is raised in worlds in which nobody arranges anything, and the distribution of all p-values.

    worlds_with: worlds with an edge of level L1, an account raised by the test of accounts, a confirmed group, any claim of
    level L1 or above, and any edge at all. offenders: what was raised in each of these worlds.
    """
    total: Counter[str] = Counter()
    worlds_with: Counter[str] = Counter(dict.fromkeys(("pair", "account", "group", "any", "edge"), 0))
    offenders: list[Row] = []
    p_values: dict[str, dict[str, list[int]]] = {"pair": {}, "account": {}, "group": {}}
    for seed in seeds:
        finding = examine(sample(family.export(seed)), seed)
        raised = finding.at_least("L1")
        claims = {
            "pair": len(finding.strong_edges),
            "account": int(finding.by_account.sum()),
            "group": len(finding.confirmed),
            "any": int(raised.sum()),
            "edge": len(finding.edges),
        }
        total.update({"worlds": 1, "accounts": len(raised), "posts": int(finding.sample.posts.sum()), **claims})
        worlds_with.update(name for name, n in claims.items() if n)
        if any(claims.values()):
            offenders.append({"seed": seed, **claims, "tests": tests_at_fault(finding)})
        materials = finding.sample.materials
        for name, more in (
            ("pair", pair_p_values(materials)),
            ("account", account_p_values(finding)),
            ("group", group_p_values(materials, seed)),
        ):
            p_values[name] = added(p_values[name], more)
    return {**total, "worlds_with": dict(worlds_with), "offenders": offenders, "p_values": p_values}


def tests_at_fault(finding: Finding) -> dict[str, int]:
    """Test, kind and scale -> how many claims rest on it."""
    windows = finding.sample.windows_us
    out: Counter[str] = Counter()
    for row in finding.edges.to_pylist():
        at = "untimed" if row["window_us"] is None else f"{row['window_us'] / 1e6:g} s"
        out[f"edge ({row['level']}), {row['kind']} {at}"] += 1
    for j in finding.outcome.judged:
        how = "group" if j.group.trials else "circle"
        out[
            f"{how} ({j.level}) of {len(j.members)}, {j.group.candidate.kind} {scale(windows, j.group.candidate.window)}"
        ] += 1
    for account in np.flatnonzero(finding.by_account):
        rows = [
            (float(t.p_values[i]), f"account, {kind} {scale(windows, int(t.window[i]))}")
            for kind, t in finding.outcome.tests.items()
            for i in np.flatnonzero((t.account == account) & (t.n_objects >= MIN_OBJECTS))
        ]
        out[min(rows)[1]] += 1
    return dict(out)


def crowd(finding: Finding) -> Row:
    """What is claimed about a real crowd without a known operation. tested: accounts the test of accounts could raise."""
    tests = finding.outcome.tests.values()
    tested = {int(a) for t in tests for a in np.unique(t.account[t.n_objects >= MIN_OBJECTS])}
    return {
        "accounts": len(finding.sample.accounts),
        "tested": len(tested),
        "account": int(finding.by_account.sum()),
        "edges": len(finding.edges),
        "l1": len(finding.strong_edges),
        "pair": int(finding.by_pair.sum()),
        "any": int(finding.at_least("L1").sum()),
        "groups": [_group(j, finding.sample) for j in finding.outcome.judged],
        "tests": tests_at_fault(finding),
    }


def _group(judged: Judged, real: Sample) -> Row:
    candidate = judged.group.candidate
    return {
        "level": judged.level,
        "size": len(judged.members),
        "confirmed": bool(judged.group.trials),
        "q": judged.q_value,
        "kind": candidate.kind,
        "scale": scale(real.windows_us, candidate.window),
        "innocent": [each["name"] for each in json.loads(judged.innocent)],
    }


def spreads(real: Sample) -> Row:
    """Kind and scale -> sd of synchrony between accounts (logits), accounts, rate; where enough accounts share enough."""
    out: Row = {}
    for kind, material in real.materials.items():
        for w in range(len(real.windows_us)):
            found = heterogeneity(material, w)
            if found is not None:
                out[f"{kind} {scale(real.windows_us, w)}"] = [found.sd, found.accounts, found.rate]
    return out
