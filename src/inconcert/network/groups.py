"""Groups of accounts: found on all the data, believed only as far as held-out objects confirm them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from inconcert.network.belonging import belonging
from inconcert.network.candidates import Candidate
from inconcert.network.discover import STRICT, discover
from inconcert.network.material import Material, Materials
from inconcert.network.multiple import benjamini_hochberg, twice_the_median
from inconcert.network.reference import observe, rates
from inconcert.network.trials import OVERLAP, Trial, split_trials
from inconcert.progress import Progress, silent

SPLITS = 5
FEWEST = 3
"""Fewest members of a group that is reported."""
CONNECTED = frozenset({"components", "meetings", "linked pairs"})
"""Ways of searching whose groups nothing connects to the others of the same search."""
HELD_BY_PARTS = 0.75
"""Share of a group's members that confirmed parts of it must hold for the parts to be reported instead."""


@dataclass(frozen=True)
class Group:
    """A group found on all the data. p_value: held-out, splits combined; q_value: over all groups found.

    found: as the search had it; candidate: of its members only those that act like the group (`belonging`).
    trials: its trial of each split, the one closest to its combined p-value first; empty when no split found it again.
    """

    found: Candidate
    candidate: Candidate
    p_value: float
    q_value: float
    trials: tuple[Trial, ...]

    @property
    def members(self) -> NDArray[np.int32]:
        """Account codes, ascending."""
        return self.candidate.members


def find_groups(
    materials: Materials, *, alpha: float, seed: int, splits: int = SPLITS, progress: Progress = silent
) -> list[Group]:
    """Groups of the whole data with a q-value of at most alpha, strongest first.

    A group's p-value is twice the median over splits of the p-value of what speaks for it there (`split_trials`), 1 in a
    split that did not find it again. Its q-value is Benjamini-Hochberg over all groups found, each way of searching with an
    equal share, and at least its p-value. Members who act like the crowd are left out. A group that falls apart into several
    confirmed ones gives way to them; of groups that share most of the smaller one's members the strongest is kept.
    """
    everything = _once([c for family in discover(materials, seed, largest_q=(STRICT,)) for c in family])
    weights = _weights(everything)
    enough = [alpha / 2 * max(1.0, weight) for weight in weights]
    spoken: list[list[Trial]] = [[] for _ in everything]
    for number in range(splits):
        progress("testing groups on held-out objects", number, splits)
        # most of the p-values must be small for their median to be: what can no longer get there needs no further split
        low = [sum(t.heldout.p_value <= most for t in trials) for trials, most in zip(spoken, enough, strict=True)]
        open_ = [i for i, n in enumerate(low) if n + splits - number > (splits - 1) // 2]
        if not open_:
            break
        for i, trial in zip(open_, split_trials(materials, seed, number, [everything[i] for i in open_]), strict=True):
            spoken[i] += [trial] if trial else []
    progress("testing groups on held-out objects", splits, splits)
    groups = [_judge(candidate, trials, splits) for candidate, trials in zip(everything, spoken, strict=True)]
    weighted = benjamini_hochberg([g.p_value / w for g, w in zip(groups, weights, strict=True)])
    judged = [replace(g, q_value=max(float(q), g.p_value)) for g, q in zip(groups, weighted, strict=True)]
    confirmed = [group for group in judged if group.q_value <= alpha]
    whole: list[Group] = []
    for group in sorted(without_passers_by(materials, confirmed), key=lambda g: len(g.members)):
        if not fallen_apart(group, whole):
            whole.append(group)
    return merge(whole)


def _once(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without those that the same way of searching found before, at the same kind and window, under a looser
    cap or number of meetings: one hypothesis is paid for once."""
    found: dict[tuple[bytes, str, str, int], Candidate] = {}
    for c in candidates:
        found.setdefault((c.members.tobytes(), c.found_by, "" if c.all_kinds else c.kind, c.window), c)
    return list(found.values())


def _weights(candidates: list[Candidate]) -> list[float]:
    """Weights of mean 1 (Genovese, Roeder and Wasserman 2006) that give each way of searching an equal share of alpha, however
    many candidates it proposed: hundreds of small components must not drown the few groups that pairs point to."""
    ways = Counter(c.found_by for c in candidates)
    return [len(candidates) / (len(ways) * ways[c.found_by]) for c in candidates]


def _judge(candidate: Candidate, trials: list[Trial], splits: int) -> Group:
    p = twice_the_median([t.heldout.p_value for t in trials] + [1.0] * (splits - len(trials)))
    return Group(candidate, candidate, p, 1.0, tuple(sorted(trials, key=lambda t: abs(2 * t.heldout.p_value - p))))


def without_passers_by(materials: Materials, groups: list[Group]) -> list[Group]:
    """The groups without members who act like the crowd; those of which fewer than FEWEST are left are dropped."""
    tempered = {kind: rates(m.prior, observe(m.measured, untouched(m, groups))) for kind, m in materials.items()}
    out = []
    for group in groups:
        members = group.members[belonging(materials, tempered, group.candidate)]
        if len(members) >= FEWEST:
            out.append(replace(group, candidate=replace(group.candidate, members=members)))
    return out


def untouched(material: Material, groups: list[Group]) -> NDArray[np.bool_]:
    """Objects of a kind that no member of the groups touched: what the crowd's own synchrony is read from."""
    inside = np.zeros(material.first.n_accounts, dtype=bool)
    for group in groups:
        inside[group.members] = True
    first = material.first
    touched = np.bincount(first.object, weights=inside[first.account], minlength=first.n_objects)
    outside: NDArray[np.bool_] = touched == 0
    return outside


def fallen_apart(group: Group, smaller: list[Group]) -> bool:
    """Whether stricter links cut the group into two or more smaller ones, which hold HELD_BY_PARTS of its members.

    Two circles that a few meetings connect are two findings. Only parts that their links leave unconnected count: a search for
    communities would cut any large group somewhere.
    """
    parts: list[NDArray[np.int32]] = []
    for other in sorted(smaller, key=lambda o: -len(o.members)):
        if other.candidate.found_by not in CONNECTED or len(other.members) == len(group.members):
            continue
        inside = shared(other.members, group.members) > OVERLAP
        if inside and not any(np.isin(other.members, part, assume_unique=True).any() for part in parts):
            parts.append(other.members)
    held = np.isin(group.members, np.concatenate(parts)).sum() if len(parts) >= 2 else 0
    return bool(held >= HELD_BY_PARTS * len(group.members))


def merge(groups: list[Group]) -> list[Group]:
    """Strongest first; one that shares most of the smaller one's members with a kept group is the same group seen again."""
    kept: list[Group] = []
    for group in sorted(groups, key=lambda g: (g.p_value, -len(g.members), int(g.members[0]))):
        if not any(shared(group.members, k.members) > OVERLAP for k in kept):
            kept.append(group)
    return kept


def shared(a: NDArray[np.int32], b: NDArray[np.int32]) -> float:
    """Members in common over the size of the smaller (Szymkiewicz-Simpson)."""
    return float(np.isin(a, b, assume_unique=True).sum() / min(len(a), len(b)))
