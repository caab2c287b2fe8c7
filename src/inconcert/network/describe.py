"""What is known of one group: evidence by kind and scale, overlap, synchrony, exclusivity, tests against three nulls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.detect.layer import UNTIMED
from inconcert.network.confirm import Inside, Units, day_shifted, heldout, inside, labels, units, unused
from inconcert.network.expected import expected_inside
from inconcert.network.groups import Group
from inconcert.network.material import Material, Materials
from inconcert.network.permute import permutation_p
from inconcert.network.reference import Rates
from inconcert.network.surroundings import surroundings
from inconcert.network.synchrony import popularity_bin
from inconcert.network.tails import poisson_upper
from inconcert.schema import NEAR

PERMUTATIONS = 999
WORK = 500_000_000
"""Most account moves that the permutation tests of all groups may cost; about twenty seconds of one core."""
SHIFTS = 199
"""Shifted timelines that a group is held against: a cross-check, so that as many as can show p = .005 are enough."""
DAY_US = 86_400_000_000


@dataclass(frozen=True)
class Description:
    """p_permutation: None without a held-out trial; p_day_shift: None when the data span fewer than three days;
    copies: permutations drawn, 0 when the Poisson bound stood in; kinds, windows: with evidence of their own."""

    p_permutation: float | None
    p_day_shift: float | None
    copies: int
    kinds: tuple[str, ...]
    windows: tuple[int, ...]
    n_objects: int
    overlap: float
    synchrony: float
    reference_rate: float
    exclusivity: float


def describe(
    materials: Materials,
    rates: dict[str, Rates],
    group: Group,
    *,
    alpha: float,
    permutations: int,
    work: int,
    seed: int,
) -> Description:
    """Measure one group. rates: the reference, tempered by objects outside confirmed groups; work: of `WORK`, this group's."""
    candidate = group.candidate
    material, w = materials[candidate.kind], candidate.window
    rng = np.random.default_rng([seed, int(group.members[0]), len(group.members)])
    label = labels([candidate], material.first.n_accounts)
    whole = inside(material.first, label, material.windows_us, rng)
    both = int((whole.members * (whole.members - 1) // 2).sum())
    rate = 1 / (1 + np.exp(-rates[candidate.kind].pair[w]))
    everything = np.ones(material.first.n_objects, dtype=bool)
    expected = float(expected_inside(material.first, everything, [group.members], np.ones(len(everything)))[0])
    p_permutation, p_shift, copies = None, None, 0
    if group.trials:
        p_permutation, copies = _permuted(material, group, permutations, work, rng)
        p_shift = _shifted(material, group, min(permutations, SHIFTS), rng)
    kinds, windows = _evidence(materials, rates, group, alpha, rng)
    return Description(
        p_permutation,
        p_shift,
        copies,
        kinds,
        windows,
        _objects(materials, label, w),
        both / expected if expected > 0 else float("inf"),
        float(whole.share(w).mean()) if len(whole.object) else 0.0,
        float(rate[popularity_bin(material.measured.popularity[whole.object])].mean()) if len(whole.object) else 0.0,
        float((material.measured.popularity[whole.object] == whole.members).mean()) if len(whole.object) else 0.0,
    )


def _objects(materials: Materials, label: NDArray[np.int64], window: int) -> int:
    """Objects of all kinds on which two members met within the window; of a text and of its near-identical forms, those of
    which there are more, since the same posts make both."""
    rng = np.random.default_rng(0)
    met: dict[str, int] = {}
    for kind, m in materials.items():
        here = int((inside(m.first, label, m.windows_us, rng).within[:, window] > 0).sum())
        met[NEAR.get(kind, kind)] = max(met.get(NEAR.get(kind, kind), 0), here)
    return sum(met.values())


def _evidence(
    materials: Materials, rates: dict[str, Rates], group: Group, alpha: float, rng: np.random.Generator
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Kinds, at the scale it was found on, and scales, over the kinds it was found on, at which the group stands out on
    actions that were not used to find it (Bonferroni over the kinds, and over the scales)."""
    if not group.trials:
        return (group.candidate.kind,), (group.candidate.window,)
    trial, main = group.trials[0], group.candidate.kind
    label = labels([trial.candidate], materials[main].first.n_accounts)
    searched = [main, *(k for k in materials if k != main)] if group.candidate.all_kinds else [main]
    rest = unused(materials, trial.halves, searched, label)
    found: dict[str, list[Units]] = {}
    for kind, layer in rest.items():
        m = materials[kind]
        together = inside(layer, label, m.windows_us, rng)
        around = surroundings(m.first, together.object, label, m.windows_us)
        size = len(trial.candidate.members)
        found[kind] = [units(together, 0, size, w, around, rates[kind]) for w in range(len(m.windows_us))]
    window, n_windows = trial.candidate.window, len(materials[main].windows_us)
    kinds = [kind for kind, each in found.items() if heldout([each[window]]).p_value * len(found) <= alpha]
    searched_on = searched if group.candidate.all_kinds else [main]
    windows = [
        w for w in range(n_windows) if heldout([found[kind][w] for kind in searched_on]).p_value * n_windows <= alpha
    ]
    return tuple(kinds or [main]), tuple(windows)


def _permuted(
    material: Material, group: Group, permutations: int, work: int, rng: np.random.Generator
) -> tuple[float, int]:
    trial = group.trials[0]
    window_us = material.windows_us[trial.candidate.window]
    members = trial.candidate.members
    p, copies = permutation_p(
        material.first,
        ~trial.halves.objects[material.first.kind],
        [members],
        window_us,
        permutations=permutations,
        work=work,
        rng=rng,
    )
    if copies:
        return float(p[0]), copies
    # too large to permute often enough: objects with a co-action inside, against their Poisson bound
    rest = material.first.keep(~trial.halves.objects[material.first.kind][material.first.object])
    label = labels([trial.candidate], material.first.n_accounts)
    together: Inside = inside(rest, label, material.windows_us, rng)
    rates = material.measured.pair_share[:, trial.candidate.window]
    mean = expected_inside(material.first, ~trial.halves.objects[material.first.kind], [members], rates)[0]
    return float(poisson_upper((together.within[:, trial.candidate.window] > 0).sum(), mean)), 0


def _shifted(material: Material, group: Group, permutations: int, rng: np.random.Generator) -> float | None:
    """Co-actions inside the group on held-out objects, against timelines shifted by whole days of their own."""
    trial = group.trials[0]
    chosen: NDArray[np.bool_] = ~trial.halves.objects[material.first.kind][material.first.object] & (
        material.first.time_us != UNTIMED
    )
    chosen &= np.isin(material.first.account, trial.candidate.members)
    layer = material.first.keep(chosen)
    if not len(layer):
        return None
    days = int(np.ptp(layer.time_us) // DAY_US) + 1
    if days < 3:
        return None
    label = labels([trial.candidate], layer.n_accounts)
    window = (material.windows_us[trial.candidate.window],)
    observed = int(inside(layer, label, window, rng).within.sum())
    higher = sum(
        int(inside(day_shifted(layer, days, rng), label, window, rng).within.sum()) >= observed
        for _ in range(permutations)
    )
    return (1 + higher) / (1 + permutations)
