"""One random split: candidates found on half of the objects, held against the other half."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from inconcert.network.candidates import Candidate, Search
from inconcert.network.confirm import Heldout, Units, heldout, inside, labels, units, unused
from inconcert.network.discover import LOOSE, STRICT, discover
from inconcert.network.halves import Halves, split
from inconcert.network.material import Materials
from inconcert.network.reference import observe, rates
from inconcert.network.surroundings import surroundings

OVERLAP = 0.5
"""Share of a candidate's members that must lie in a group for the candidate to speak for it."""


@dataclass(frozen=True)
class Trial:
    """One candidate of one random split: what it was on one half, what the other half says; halves: the searched objects."""

    candidate: Candidate
    heldout: Heldout
    halves: Halves


@dataclass(frozen=True)
class Family:
    """Disjoint candidates of one search. members: codes of all their accounts, ascending; owner: the candidate of each."""

    candidates: Sequence[Candidate]
    members: NDArray[np.int32]
    owner: NDArray[np.int64]

    def speaker(self, group: Candidate) -> int | None:
        """The largest candidate of which at least OVERLAP lies inside the group; None when there is none."""
        at = np.minimum(np.searchsorted(self.members, group.members), len(self.members) - 1)
        count = np.bincount(self.owner[at[self.members[at] == group.members]], minlength=len(self.candidates))
        size = np.array([len(c.members) for c in self.candidates])
        speaking = np.flatnonzero(count >= OVERLAP * size)
        return int(speaking[size[speaking].argmax()]) if len(speaking) else None


def split_trials(materials: Materials, seed: int, number: int, groups: Sequence[Candidate]) -> list[Trial | None]:
    """What speaks for each group in the random split of that number, tested; None for one that was not found again.

    The largest candidate speaks that the group's own search found inside it on the searched half: chosen by what that half
    shows, never by its p-value.
    """
    halves = _halved(materials, seed, number)
    sought = frozenset(group.search for group in groups)
    found = _families(discover(halves.searched, seed, largest_q=(STRICT, LOOSE), sought=sought))
    chosen = [_largest_speaker(found.get(group.search, []), group) for group in groups]
    wanted: dict[tuple[Search, int], set[int]] = {}
    for group, choice in zip(groups, chosen, strict=True):
        if choice is not None:
            wanted.setdefault((group.search, choice[0]), set()).add(choice[1])
    tested: dict[tuple[Search, int, int], Trial] = {}
    for (search, place), indices in wanted.items():
        family, order = found[search][place], sorted(indices)
        for index, result in zip(
            order, _on_the_rest(materials, halves, family, order, _own_rng(seed, number, search, place)), strict=True
        ):
            tested[search, place, index] = Trial(family.candidates[index], result, halves)
    return [tested[(g.search, *c)] if c else None for g, c in zip(groups, chosen, strict=True)]


def all_trials(materials: Materials, seed: int, number: int) -> list[Trial]:
    """Every candidate of the random split of that number, tested."""
    halves = _halved(materials, seed, number)
    found = _families(discover(halves.searched, seed, largest_q=(STRICT, LOOSE)))
    return [
        Trial(candidate, result, halves)
        for search, families in found.items()
        for place, family in enumerate(families)
        for candidate, result in zip(
            family.candidates,
            _on_the_rest(
                materials, halves, family, range(len(family.candidates)), _own_rng(seed, number, search, place)
            ),
            strict=True,
        )
    ]


def _halved(materials: Materials, seed: int, number: int) -> Halves:
    return split(materials, np.random.default_rng([seed, number]))


def _own_rng(seed: int, number: int, search: Search, place: int) -> np.random.Generator:
    """A family's own: its trials must not depend on what else is tested."""
    return np.random.default_rng([seed, number, crc32(repr((search, place)).encode())])


def _families(found: Sequence[Sequence[Candidate]]) -> dict[Search, list[Family]]:
    out: dict[Search, list[Family]] = {}
    for candidates in found:
        codes = np.concatenate([c.members for c in candidates])
        order = np.argsort(codes, kind="stable")
        owner = np.repeat(np.arange(len(candidates)), [len(c.members) for c in candidates])
        out.setdefault(candidates[0].search, []).append(Family(candidates, codes[order], owner[order]))
    return out


def _largest_speaker(families: Sequence[Family], group: Candidate) -> tuple[int, int] | None:
    """(family, candidate) that speaks for the group."""
    heard = [(f, family.speaker(group)) for f, family in enumerate(families)]
    named = [(f, index) for f, index in heard if index is not None]
    return max(named, key=lambda n: (len(families[n[0]].candidates[n[1]].members), -n[0])) if named else None


def _on_the_rest(
    materials: Materials, halves: Halves, family: Family, wanted: Sequence[int], rng: np.random.Generator
) -> list[Heldout]:
    """Those candidates of a family on the held-out objects of the kinds it was searched on.

    The reference is tempered by held-out objects on which no two members of one candidate met: candidates come from the
    other half, so leaving their objects out favours nobody when nothing is going on.
    """
    if not len(wanted):
        return []
    candidates = family.candidates
    kinds = tuple(materials) if candidates[0].all_kinds else (candidates[0].kind,)
    label = labels(candidates, next(iter(materials.values())).first.n_accounts)
    rest = unused({kind: materials[kind] for kind in kinds}, halves, kinds, label)
    parts: Mapping[int, list[Units]] = {index: [] for index in wanted}
    for kind, layer in rest.items():
        m = materials[kind]
        together = inside(layer, label, m.windows_us, rng)
        outside = ~halves.objects[kind]
        outside[together.object] = False
        tempered = rates(m.prior, observe(m.measured, outside))
        around = surroundings(m.first, together.object, label, m.windows_us)
        for index in wanted:
            candidate = candidates[index]
            parts[index].append(units(together, index, len(candidate.members), candidate.window, around, tempered))
    return [heldout(parts[index]) for index in wanted]
