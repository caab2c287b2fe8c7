"""Members of a confirmed group: those who act like it stay, those whom one near action attached go."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import logit

from inconcert.detect.layer import UNTIMED
from inconcert.network.belonging import STRANGERS, belonging
from inconcert.network.candidates import Candidate
from inconcert.network.groups import Group, untouched
from inconcert.network.material import Material
from inconcert.network.reference import Rates, observe, rates
from inconcert.network.synchrony import BINS

from .worlds import DAY, HOUR, MINUTE, SECOND, crowd, joined, layer, material, ring

ACCOUNTS = 250
RING = list(range(4, 250, 20))
WINDOWS = (10 * SECOND, MINUTE, HOUR)


def group(members: list[int], *, kind: str = "share", window: int = 1, found_by: str = "components") -> Candidate:
    return Candidate(np.array(sorted(members), dtype=np.int32), kind, window, 15, found_by)


def kept(materials: dict[str, Material], candidate: Candidate) -> set[int]:
    """Members that stay, held against what the crowd does elsewhere."""
    seen = Group(candidate, candidate, 0.0, 0.0, ())
    reference = {kind: rates(m.prior, observe(m.measured, untouched(m, [seen]))) for kind, m in materials.items()}
    return set(candidate.members[belonging(materials, reference, candidate)].tolist())


# Worked out by hand ------------------------------------------------------------------------------------------------------

times = st.one_of(st.none(), st.sampled_from([0, 10 * SECOND, 11 * SECOND, 70 * SECOND, HOUR, 3 * DAY]))
incidences = st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 9)), times, min_size=2, max_size=60)


def certain(m: Material, rate: np.ndarray) -> Rates:
    """Account rates (W, B) as given."""
    nothing = np.zeros(rate.shape)
    return Rates(m.prior, logit(rate), nothing, logit(rate) - 3, nothing, nothing)


def by_hand(
    materials: dict[str, Material], rate: np.ndarray, candidate: Candidate
) -> tuple[dict[int, float], dict[int, int], float]:
    """Log-likelihood ratio of each member, trial by trial, 0 for all of a group that is no more synchronous than ordinary;
    its actions within the window; and passers-by to be expected, 0 in such a group."""
    kinds = list(materials) if candidate.all_kinds else [candidate.kind]
    trials: dict[int, list[tuple[bool, float]]] = {a: [] for a in candidate.members.tolist()}
    strangers = 0.0
    for kind in kinds:
        m = materials[kind]
        acts: dict[int, list[tuple[int, int]]] = defaultdict(list)
        audience: dict[int, int] = defaultdict(int)
        others: dict[int, int] = defaultdict(int)
        for account, thing, time_us in zip(
            m.first.account.tolist(), m.first.object.tolist(), m.first.time_us.tolist(), strict=True
        ):
            audience[thing] += 1
            if account in trials and time_us != UNTIMED:
                acts[thing].append((account, time_us))
            elif time_us != UNTIMED:
                others[thing] += 1
        for thing, mine in acts.items():
            if len(mine) < 2:
                continue
            column = max(b for b, (low, _) in enumerate(BINS) if low <= audience[thing])
            met = False
            for account, time_us in mine:
                near = any(
                    abs(other - time_us) <= m.windows_us[candidate.window] for who, other in mine if who != account
                )
                met |= near
                trials[account].append((near, float(rate[candidate.window, column])))
            chance = float(rate[candidate.window, column])
            strangers += others[thing] * chance / (1 - chance) if met else 0.0
    every = [trial for mine in trials.values() for trial in mine]
    own = sum(near for near, _ in every) / max(len(every), 1)
    if own <= sum(chance for _, chance in every) / max(len(every), 1):
        return dict.fromkeys(trials, 0.0), dict.fromkeys(trials, 2), 0.0
    own = min(own, 1 - 0.5 / len(every))
    out, near_ones = {}, {}
    for account, mine in trials.items():
        near_ones[account] = hits = sum(near for near, _ in mine)
        ordinary = min(max(sum(chance for _, chance in mine) / max(len(mine), 1), 1e-6), own)
        miss = math.log((1 - own) / (1 - ordinary))
        out[account] = max(hits - 1, 0) * math.log(own / ordinary) + (len(mine) - hits) * miss
    return out, near_ones, strangers


@settings(deadline=None, max_examples=60)
@given(
    share=incidences,
    text=incidences,
    members=st.sets(st.integers(0, 9), min_size=3),
    window=st.integers(0, 2),
    found_by=st.sampled_from(["components", "communities", "meetings", "linked pairs"]),
    base=st.sampled_from([0.01, 0.1, 0.4, 0.9]),
)
def test_members_stay_whose_trials_are_likelier_at_the_groups_rate(
    share: dict[tuple[int, int], int | None],
    text: dict[tuple[int, int], int | None],
    members: set[int],
    window: int,
    found_by: str,
    base: float,
):
    rows = {"share": share, "text": text}
    found = {
        kind: material(layer([(a, o, t) for (a, o), t in acts.items()], accounts=10, kind=kind), windows_us=WINDOWS)
        for kind, acts in rows.items()
    }
    candidate = group(list(members), window=window, found_by=found_by)
    rate = base * np.linspace(0.5, 1.1, len(WINDOWS) * len(BINS)).reshape(len(WINDOWS), len(BINS))
    stays = belonging(found, {kind: certain(m, rate) for kind, m in found.items()}, candidate)
    assert stays.shape == candidate.members.shape
    ratios, hits, strangers = by_hand(found, rate, candidate)
    unknown = [account for account, ratio in ratios.items() if hits[account] <= 1 and abs(ratio) <= 1e-9]
    crowded = strangers - STRANGERS * len(unknown)
    for (account, ratio), stay in zip(ratios.items(), stays, strict=True):
        if abs(ratio) > 1e-9:
            assert stay == (ratio > 0), account
        elif ratio == 0 and abs(crowded) > 1e-9:
            assert stay == (crowded < 0 or account not in unknown), account


# Rings and passers-by ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("joins", [1.0, 0.5, 0.25])
@pytest.mark.parametrize("seed", range(3))
def test_members_of_a_ring_are_kept(seed: int, joins: float):
    """All of it, also where each takes part in a quarter of the acts only, beside a life of its own."""
    rng = np.random.default_rng([81, seed])
    data = joined(
        crowd(rng, accounts=ACCOUNTS), ring(rng, RING, accounts=ACCOUNTS, objects=60, jitter_s=30, joins=joins)
    )
    assert kept({"share": material(data)}, group(RING)) == set(RING)


def with_a_guest(seed: int, *, near: int, far: int) -> dict[str, Material]:
    """A ring, and account 0, which shares `near` of its objects within a minute and `far` of them days later."""
    rng = np.random.default_rng([82, seed])
    act = ring(rng, RING, accounts=ACCOUNTS, objects=60, jitter_s=30, joins=0.7)
    start = {int(o): int(act.time_us[act.object == o].min()) for o in range(60)}
    guest = [(0, o, t + (20 * SECOND if o < near else int(rng.uniform(2, 9) * DAY))) for o, t in start.items()]
    rows = list(zip(act.account.tolist(), act.object.tolist(), act.time_us.tolist(), strict=True))
    both = layer([*rows, *guest[: near + far]], accounts=ACCOUNTS)
    return {"share": material(joined(crowd(rng, accounts=ACCOUNTS), both))}


@pytest.mark.parametrize("far", [12, 30, 59])
@pytest.mark.parametrize("seed", range(3))
def test_whom_one_near_action_among_many_far_ones_attached_is_left_out(seed: int, far: int):
    found = with_a_guest(seed, near=1, far=far)
    assert kept(found, group([0, *RING])) == set(RING)


@pytest.mark.parametrize("seed", range(3))
def test_whoever_was_near_each_time_is_a_member(seed: int):
    found = with_a_guest(seed, near=40, far=0)
    assert kept(found, group([0, *RING])) == {0, *RING}


def test_the_action_that_attached_an_account_says_nothing_of_it():
    """With one action near and no other, it is as likely in as out, and stays."""
    found = with_a_guest(0, near=1, far=0)
    assert kept(found, group([0, *RING])) == {0, *RING}


@pytest.mark.parametrize("seed", range(5))
def test_all_stay_where_the_group_is_no_more_synchronous_than_ordinary(seed: int):
    """Random people: none of them acts less like a group that acts like nobody in particular."""
    rng = np.random.default_rng([83, seed])
    members = rng.permutation(ACCOUNTS)[:30].tolist()
    slow = layer([(int(a), o, int(rng.uniform(0, 28) * DAY)) for o in range(40) for a in members[:20]], accounts=ACCOUNTS)  # fmt: skip
    found = {"share": material(joined(crowd(rng, accounts=ACCOUNTS), slow))}
    assert kept(found, group(members)) == set(members)


def test_evidence_of_the_other_kinds_counts_for_groups_of_all_kinds_only():
    """The guest meets the ring on texts, and is far from it on shares."""
    rng = np.random.default_rng(84)
    texts = ring(rng, [0, *RING], accounts=ACCOUNTS, objects=60, jitter_s=30, kind="text")
    found = {
        **with_a_guest(1, near=1, far=30),
        "text": material(joined(crowd(rng, accounts=ACCOUNTS, kind="text"), texts)),
    }
    assert kept(found, group([0, *RING])) == set(RING)
    assert kept(found, group([0, *RING], found_by="meetings")) == {0, *RING}


def test_the_reference_decides_what_is_ordinary():
    """The same trials, in a crowd where everybody has a partner within the minute."""
    found = with_a_guest(0, near=1, far=30)
    candidate = group([0, *RING])
    quiet, lively = (np.full((len(found["share"].windows_us), len(BINS)), rate) for rate in (0.1, 0.999))
    assert not belonging(found, {"share": certain(found["share"], quiet)}, candidate).all()
    assert belonging(found, {"share": certain(found["share"], lively)}, candidate).all()


def test_where_ordinary_people_share_the_same_things_one_near_action_makes_no_member():
    """Forty people each share one of the ring's objects hours later: some such people come within a minute by chance, and
    account 0, of whom nothing else is known, may be one of them."""
    rng = np.random.default_rng([83, 0])
    act = ring(rng, RING, accounts=ACCOUNTS, objects=60, jitter_s=30, joins=0.7)
    start = {int(o): int(act.time_us[act.object == o].min()) for o in range(60)}
    others = [a for a in range(1, ACCOUNTS) if a not in RING][:40]
    rows = [(a, o, start[o] + int(rng.uniform(0.2, 9) * DAY)) for a, o in zip(others, start, strict=False)]
    rows += [(0, 59, start[59] + 20 * SECOND)]
    acts = list(zip(act.account.tolist(), act.object.tolist(), act.time_us.tolist(), strict=True))
    both = layer([*acts, *rows], accounts=ACCOUNTS)
    found = {"share": material(joined(crowd(rng, accounts=ACCOUNTS), both))}
    assert kept(found, group([0, *RING])) == set(RING)
