"""What was found in a generated world, held against the truth about it."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa

from inconcert.evaluate.finding import Finding
from inconcert.evaluate.kept import Row
from inconcert.evaluate.metrics import auc, average_precision
from inconcert.network.judged import Judged
from inconcert.synthetic.world import World

CROWD = "crowd"


def against_truth(finding: Finding, world: World) -> Row:
    """units: of each unit of the truth, its accounts, those of them raised (L1 or above), at L2, and raised by each test.

    edges: all; l1: of level L1; false: L1 edges whose two accounts do not belong to one planted unit.
    groups: level, size, whether confirmed on held-out objects, and its commonest unit with that unit's share.
    """
    unit_of = dict(zip(world.truth["account_id"].to_pylist(), world.truth["unit"].to_pylist(), strict=True))
    ids = finding.sample.accounts.to_pylist()
    units = {
        unit: {"accounts": n, "raised": 0, "l2": 0, "pair": 0, "account": 0, "group": 0}
        for unit, n in sorted(Counter(unit_of.values()).items())
    }
    found = {
        "raised": finding.at_least("L1"),
        "l2": finding.at_least("L2"),
        "pair": finding.by_pair,
        "account": finding.by_account,
        "group": finding.by_group,
    }
    for name, mask in found.items():
        for index in mask.nonzero()[0].tolist():
            units[unit_of[ids[index]]][name] += 1
    strong = finding.strong_edges
    ends = [[unit_of[i] for i in strong[side].to_pylist()] for side in ("source", "target")]
    return {
        "posts": len(world.posts),
        "units": units,
        "edges": len(finding.edges),
        "l1": len(strong),
        "false": sum(a != b or a == CROWD for a, b in zip(*ends, strict=True)),
        "groups": [_group(j, [unit_of[ids[m]] for m in j.members.tolist()]) for j in finding.outcome.judged],
    }


def _group(judged: Judged, units: list[str]) -> Row:
    unit, count = Counter(units).most_common(1)[0]
    return {
        "level": judged.level,
        "size": len(units),
        "confirmed": bool(judged.group.trials),
        "unit": unit,
        "share": count / len(units),
    }


def labelled(finding: Finding, operation: set[str], volume: pa.Table) -> Row:
    """A finding on a case whose operation is known, beside the baseline of posting volume.

    operation: account ids; volume: account_id and n_posts of all accounts, also those that share nothing with anybody.
    Each number twice: over all accounts, and over those with a shared object (`comparable`).
    """
    score = dict(zip(finding.sample.accounts.to_pylist(), finding.outcome.standing.bits.tolist(), strict=True))
    posts = dict(zip(volume["account_id"].to_pylist(), volume["n_posts"].to_pylist(), strict=True))
    comparable = _comparable(finding)
    out: Row = {}
    for name, ids in (("all", list(posts)), ("comparable", comparable)):
        truth = [i in operation for i in ids]
        evidence, baseline = [score.get(i, 0.0) for i in ids], [posts.get(i, 0) for i in ids]
        out[name] = {
            "operation": sum(truth),
            "crowd": len(truth) - sum(truth),
            "auc": auc(evidence, truth),
            "average_precision": average_precision(evidence, truth),
            "volume_auc": auc(baseline, truth),
            "volume_average_precision": average_precision(baseline, truth),
        }
    theirs = finding.sample.among(operation)
    masks = {
        "pairs": finding.by_pair,
        "accounts": finding.by_account,
        "groups": finding.by_group,
        "any, L1 or above": finding.at_least("L1"),
        "any, L2": finding.at_least("L2"),
    }
    out["raised"] = {name: [int((mask & theirs).sum()), int((mask & ~theirs).sum())] for name, mask in masks.items()}
    out["groups"] = [
        {
            "level": j.level,
            "size": len(j.members),
            "confirmed": bool(j.group.trials),
            "operation": int(theirs[j.members].sum()),
            "kind": j.group.candidate.kind,
            "window_s": finding.sample.windows_us[j.group.candidate.window] / 1e6,
        }
        for j in finding.outcome.judged
    ]
    return out


def _comparable(finding: Finding) -> list[str]:
    """Accounts with a shared object of any kind."""
    codes = np.unique(np.concatenate([m.first.account for m in finding.sample.materials.values()]))
    ids: list[str] = finding.sample.accounts.take(pa.array(codes)).to_pylist()
    return ids
