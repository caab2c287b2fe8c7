"""Edges: what two accounts have in common names them only as far as they are more synchronous there than is ordinary."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict

import numpy as np
import pyarrow as pa
import pytest
from scipy.special import logit

from inconcert.detect.layer import UNTIMED, Layer
from inconcert.network.edges import MIN_OBJECTS, report_edges
from inconcert.network.material import Material
from inconcert.network.outcome import pair_outcome
from inconcert.network.reference import Rates
from inconcert.network.synchrony import BINS
from inconcert.network.tails import poisson_binomial_upper
from inconcert.schema import EDGES, PAIR_LAYERS

from .worlds import DAY, HOUR, MINUTE, SECOND, crowd, joined, layer, material, ring

ALPHA = 0.01
WINDOWS = (10 * SECOND, MINUTE, HOUR)


def code(account: str) -> int:
    """Ids of `worlds.account_ids` end in the account's code."""
    return int(account[1:])


def pairs(edges: pa.Table, level: str | None = None) -> set[tuple[int, int]]:
    rows = [row for row in edges.to_pylist() if level in (None, row["level"])]
    return {(code(row["source"]), code(row["target"])) for row in rows}


# Towns and rings ---------------------------------------------------------------------------------------------------------

TOWN = 40
TOWNS = {pair for start in (0, TOWN) for pair in itertools.combinations(range(start, start + TOWN), 2)}


def towns(rng: np.random.Generator, *, timed: bool, accounts: int = 250) -> Layer:
    """Two towns of forty accounts; each account acts on 60 of the 100 things of its town, at any moment of a month or without
    a time."""
    rows = [
        (TOWN * town + a, 100 * town + int(o), int(rng.uniform(0, 28 * DAY)) if timed else None)
        for town in range(2)
        for a in range(TOWN)
        for o in rng.permutation(100)[:60]
    ]
    return layer(rows, accounts=accounts)


@pytest.mark.parametrize("timed", [False, True])
@pytest.mark.parametrize("seed", range(2))
def test_towns_that_like_the_same_things_have_edges_and_none_of_level_l1(seed: int, timed: bool):
    rng = np.random.default_rng([101, seed])
    data = joined(crowd(rng), towns(rng, timed=timed))
    edges, layers = pair_outcome({"share": material(data)}, alpha=ALPHA, fdr="bh")
    assert len(pairs(edges) & TOWNS) > len(TOWNS) / 4
    assert set(edges["level"].to_pylist()) == {"L0"}
    assert min(edges["q_conditional"].to_pylist()) > ALPHA
    assert EDGES.check(edges).equals(edges)
    assert PAIR_LAYERS.check(layers).equals(layers)


def without_times(data: Layer) -> Layer:
    return Layer(data.kind, data.account, data.object, np.full(len(data), UNTIMED), data.accounts, data.objects)


@pytest.mark.parametrize("jitter_s", [5, 60])
@pytest.mark.parametrize("seed", range(2))
def test_a_ring_within_a_minute_has_edges_of_level_l1(seed: int, jitter_s: float):
    """Beside the towns, in a crowd of a thousand; nobody else reaches the level."""
    rng = np.random.default_rng([102, seed])
    members = range(500, 512)
    people = joined(crowd(rng, accounts=1_000, objects=1_500, shares=8), towns(rng, timed=True, accounts=1_000))
    data = joined(people, ring(rng, members, accounts=1_000, objects=30, jitter_s=jitter_s))
    edges, _ = pair_outcome({"share": material(data)}, alpha=ALPHA, fdr="bh")
    wanted = set(itertools.combinations(members, 2))
    assert wanted <= pairs(edges)
    assert len(pairs(edges) & TOWNS) > len(TOWNS) / 4
    assert len(pairs(edges, "L1") & wanted) >= 0.9 * len(wanted)
    assert not pairs(edges, "L1") - wanted


def test_the_same_ring_without_times_has_edges_and_none_of_level_l1():
    rng = np.random.default_rng(103)
    members = range(500, 512)
    act = without_times(ring(rng, members, accounts=1_000, objects=30))
    people = crowd(rng, accounts=1_000, objects=1_500, shares=8)
    edges, _ = pair_outcome({"share": material(joined(people, act))}, alpha=ALPHA, fdr="bh")
    assert set(itertools.combinations(members, 2)) <= pairs(edges)
    assert set(edges["level"].to_pylist()) == {"L0"}


# Every column spelt out --------------------------------------------------------------------------------------------------


def certain(m: Material, rate: float) -> Rates:
    """Pair rates without doubt: `rate` at the smallest window, a little more at each wider one and in each bin."""
    chance = rate * np.linspace(1, 2, len(m.windows_us) * len(BINS)).reshape(len(m.windows_us), len(BINS))
    nothing = np.zeros(chance.shape)
    return Rates(m.prior, logit(chance), nothing, logit(chance), nothing, nothing)


def cauchy_by_hand(p_values: list[float]) -> float:
    mean = np.mean([np.tan((0.5 - min(p, 0.99)) * np.pi) for p in p_values])
    return float(0.5 - np.arctan(mean) / np.pi)


def common(m: Material) -> dict[tuple[int, int], list[tuple[int, int | None]]]:
    """Of each pair the popularity and the gap of every object both acted on."""
    audience: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, o, t in zip(m.first.account.tolist(), m.first.object.tolist(), m.first.time_us.tolist(), strict=True):
        audience[o].append((a, t))
    out: dict[tuple[int, int], list[tuple[int, int | None]]] = defaultdict(list)
    for people in audience.values():
        for (a, s), (b, t) in itertools.combinations(sorted(people), 2):
            out[a, b].append((len(people), None if UNTIMED in (s, t) else abs(s - t)))
    return out


def two_kinds(seed: int) -> dict[str, Material]:
    """Accounts that act together on shares, half of them on links too, and a village that has eight things in common for a
    day each."""
    rng = np.random.default_rng([104, seed])
    found = {}
    for kind, members in (("share", range(3, 120, 12)), ("url", range(3, 120, 24))):
        people = crowd(rng, accounts=120, objects=100, kind=kind)
        village = [(a, o, int(o * DAY + rng.uniform(0, 6 * HOUR))) for o in range(8) for a in range(20, 26)]
        act = ring(rng, members, accounts=120, objects=12, jitter_s=90, joins=0.8, kind=kind)
        found[kind] = material(joined(people, act, layer(village, accounts=120, kind=kind)), windows_us=WINDOWS)
    return found


RATE = 0.2


@pytest.mark.parametrize("levels", [1, 3])
@pytest.mark.parametrize("seed", range(3))
def test_what_speaks_for_a_pair_given_what_it_has_in_common_is_spelt_out(seed: int, levels: int):
    found = two_kinds(seed)
    reference = {kind: certain(m, RATE) for kind, m in found.items()}
    rate = RATE * np.linspace(1, 2, len(WINDOWS) * len(BINS)).reshape(len(WINDOWS), len(BINS))
    edges, layers = report_edges(found, reference, alpha=0.1, levels=levels, fdr="bh")
    things = {kind: common(m) for kind, m in found.items()}
    acquainted = {pair for each in things.values() for pair, objects in each.items() if len(objects) >= MIN_OBJECTS}
    kept = {k: set(zip(m.pairs.source.tolist(), m.pairs.target.tolist(), strict=True)) for k, m in found.items()}
    rows = {(code(row["source"]), code(row["target"])): row for row in edges.to_pylist()}
    assert len(rows) >= 20
    by_scale: dict[tuple[int, int], dict[tuple[str, int | None], dict[str, float]]] = defaultdict(dict)
    for row in layers.to_pylist():
        by_scale[code(row["source"]), code(row["target"])][row["kind"], row["window_us"]] = row
    given: dict[tuple[int, int], float] = {}
    for pair in rows:
        p_values = []
        for kind in found:
            # a kind that by itself says nothing of the pair is not kept, and counts as nothing
            objects = things[kind][pair] if pair in kept[kind] else []
            for w, window_us in enumerate(WINDOWS):
                chances = [rate[w, max(b for b, (low, _) in enumerate(BINS) if low <= n)] for n, _ in objects]
                hits = sum(gap is not None and gap <= window_us for _, gap in objects)
                p_values.append(poisson_binomial_upper(chances, hits) if hits > sum(chances) else 1.0)
                if hits:
                    row = by_scale[pair][kind, window_us]
                    assert (row["n_objects"], row["n_common"]) == (hits, len(objects))
                    assert row["p_conditional"] == pytest.approx(p_values[-1], rel=1e-4, abs=1e-10)
        known = any(pair in kept[kind] and len(things[kind][pair]) >= MIN_OBJECTS for kind in found)
        given[pair] = cauchy_by_hand(p_values) if known else 1.0
        assert rows[pair]["p_conditional"] == pytest.approx(given[pair], rel=1e-3)
    order = sorted(given, key=lambda pair: given[pair])
    q = [given[pair] * len(acquainted) / (rank + 1) for rank, pair in enumerate(order)]
    for rank, pair in enumerate(order):
        assert rows[pair]["q_conditional"] == pytest.approx(min(1.0, min(q[rank:]) * levels), rel=1e-3)
    assert any(row["q_conditional"] <= 0.1 for row in rows.values())
    assert any(row["q_conditional"] > 0.1 for row in rows.values())


@pytest.mark.parametrize("seed", range(3))
def test_an_edge_is_l1_by_its_most_telling_timed_scale_and_its_synchrony(seed: int):
    found = two_kinds(seed)
    alpha = 0.1
    edges, layers = report_edges(found, {kind: certain(m, RATE) for kind, m in found.items()}, alpha=alpha, levels=1, fdr="bh")  # fmt: skip
    timed: dict[tuple[str, str], list[tuple[float, int]]] = defaultdict(list)
    for row in layers.to_pylist():
        if row["window_us"] is not None:
            timed[row["source"], row["target"]].append((row["p_value"], row["n_objects"]))
    counts = Counter()
    for row in edges.to_pylist():
        p_value, n_objects = min(timed[row["source"], row["target"]], default=(1.0, 0))
        strong = n_objects >= MIN_OBJECTS and p_value <= alpha and row["q_conditional"] <= alpha
        assert row["level"] == ("L1" if strong else "L0")
        counts[row["level"], p_value <= alpha] += 1
    assert counts["L1", True] >= 10
    assert counts["L0", True] >= 1


def test_nothing_gives_empty_tables():
    for table, contract in zip(
        report_edges({}, {}, alpha=ALPHA, levels=3, fdr="bh"), (EDGES, PAIR_LAYERS), strict=True
    ):
        assert len(contract.check(table)) == 0
