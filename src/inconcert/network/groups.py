"""Groups of accounts: found on all the data, believed only as far as held-out objects confirm them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from inconcert.network.candidates import Candidate
from inconcert.network.confirm import Heldout, Units, heldout, inside, labels, units, unused
from inconcert.network.discover import LOOSE, STRICT, discover
from inconcert.network.halves import Halves, split
from inconcert.network.material import Materials
from inconcert.network.multiple import benjamini_hochberg, twice_the_median
from inconcert.network.reference import observe, rates
from inconcert.progress import Progress, silent

SPLITS = 5
OVERLAP = 0.5
"""Share of a candidate's members that must lie in a group for the candidate to speak for it."""


@dataclass(frozen=True)
class Trial:
    """One candidate of one random split: what it was on one half, what the other half says; halves: the searched objects."""

    candidate: Candidate
    heldout: Heldout
    halves: Halves


@dataclass(frozen=True)
class Group:
    """A group found on all the data. p_value: held-out, splits combined; q_value: over all groups found.

    trials: its trial of each split, the one closest to its combined p-value first; empty when no split found it again.
    """

    candidate: Candidate
    p_value: float
    q_value: float
    trials: tuple[Trial, ...]

    @property
    def members(self) -> NDArray[np.int32]:
        """Account codes, ascending."""
        return self.candidate.members


@dataclass(frozen=True)
class Split:
    """The trials of one search (kind, window, cap, way) in one random split: disjoint candidates.

    members: codes of all their accounts, ascending; owner: index of the trial each belongs to.
    """

    trials: tuple[Trial, ...]
    members: NDArray[np.int32]
    owner: NDArray[np.int64]

    def speaker(self, candidate: Candidate) -> Trial | None:
        """The largest trial of which at least OVERLAP lies inside the candidate; None when there is none."""
        at = np.minimum(np.searchsorted(self.members, candidate.members), len(self.members) - 1)
        inside = self.owner[at[self.members[at] == candidate.members]]
        count = np.bincount(inside, minlength=len(self.trials))
        size = np.array([len(t.candidate.members) for t in self.trials])
        speaking = np.flatnonzero(count >= OVERLAP * size)
        return self.trials[speaking[size[speaking].argmax()]] if len(speaking) else None


Search = tuple[str, int, int, str]


def search_of(candidate: Candidate) -> Search:
    """What found it: kind, window, cap, way; of all kinds and windows, only the way."""
    if candidate.all_kinds:
        return "", 0, 0, candidate.found_by
    return candidate.kind, candidate.window, candidate.cap, candidate.found_by


def split_trials(materials: Materials, seed: int, number: int) -> dict[Search, Split]:
    """Search a random half of each kind's objects, test every candidate on the other half.

    The reference is tempered by held-out objects on which no two members of one candidate met: candidates come from the
    other half, so leaving their objects out favours nobody when nothing is going on.
    """
    rng = np.random.default_rng([seed, number])
    halves = split(materials, rng)
    out = {}
    for family in discover(halves.searched, seed, largest_q=LOOSE):
        kinds = tuple(materials) if family[0].all_kinds else (family[0].kind,)
        found = tuple(
            Trial(candidate, tested, halves)
            for candidate, tested in zip(family, _on_the_rest(materials, halves, kinds, family, rng), strict=True)
        )
        codes = np.concatenate([c.members for c in family])
        order = np.argsort(codes, kind="stable")
        owner = np.repeat(np.arange(len(family)), [len(c.members) for c in family])
        out[search_of(family[0])] = Split(found, codes[order], owner[order])
    return out


def _on_the_rest(
    materials: Materials, halves: Halves, kinds: Sequence[str], family: list[Candidate], rng: np.random.Generator
) -> list[Heldout]:
    """Each candidate of a family on the held-out objects of the kinds it was searched on."""
    label = labels(family, next(iter(materials.values())).first.n_accounts)
    rest = unused({kind: materials[kind] for kind in kinds}, halves, kinds, label)
    parts: list[list[Units]] = [[] for _ in family]
    for kind, layer in rest.items():
        m = materials[kind]
        together = inside(layer, label, m.windows_us, rng)
        outside = ~halves.objects[kind]
        outside[together.object] = False
        tempered = rates(m.prior, observe(m.measured, outside))
        for index, candidate in enumerate(family):
            parts[index].append(units(together, index, candidate.window, m.first, label, tempered))
    return [heldout(each) for each in parts]


def find_groups(
    materials: Materials, *, alpha: float, seed: int, splits: int = SPLITS, progress: Progress = silent
) -> list[Group]:
    """Groups of the whole data with a q-value of at most alpha, strongest first.

    A group's p-value is twice the median over splits of the p-value of the candidate that speaks for it, 1 in a split that
    did not find it again; its q-value is Benjamini-Hochberg over all groups found, each way of searching with an equal share. The largest candidate that the same
    search found inside the group speaks: chosen by what the searched half shows, not by its p-value. Of groups that share
    most of the smaller one's members the strongest is kept.
    """
    everything = [candidate for family in discover(materials, seed, largest_q=STRICT) for candidate in family]
    trials = []
    for number in range(splits if everything else 0):
        progress("testing groups on held-out objects", number, splits)
        trials.append(split_trials(materials, seed, number))
    progress("testing groups on held-out objects", splits, splits)
    groups = [_judge(candidate, trials) for candidate in everything]
    q_values = benjamini_hochberg([g.p_value / w for g, w in zip(groups, _weights(everything), strict=True)])
    return merge([replace(g, q_value=float(q)) for g, q in zip(groups, q_values, strict=True) if q <= alpha])


def _weights(candidates: list[Candidate]) -> list[float]:
    """Weights of mean 1 (Genovese, Roeder and Wasserman 2006) that give each way of searching an equal share of alpha, however
    many candidates it proposed: hundreds of small components must not drown the few groups that pairs point to."""
    ways = Counter(c.found_by for c in candidates)
    return [len(candidates) / (len(ways) * ways[c.found_by]) for c in candidates]


def _judge(candidate: Candidate, trials: list[dict[Search, Split]]) -> Group:
    searches = [made[search_of(candidate)] for made in trials if search_of(candidate) in made]
    spoken = [trial for trial in (search.speaker(candidate) for search in searches) if trial is not None]
    p = twice_the_median([t.heldout.p_value for t in spoken] + [1.0] * (len(trials) - len(spoken)))
    return Group(candidate, p, 1.0, tuple(sorted(spoken, key=lambda t: abs(2 * t.heldout.p_value - p))))


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
