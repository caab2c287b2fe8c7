"""One planted world and what the room makes of it, for all tests that only look at the result."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pytest

from inconcert.network.material import Material
from inconcert.network.outcome import Outcome, assess, pair_outcome

from .worlds import crowd, joined, material, ring

ALPHA = 0.01
ACCOUNTS = 300
MEMBERS = tuple(range(5, 300, 25))


@dataclass(frozen=True)
class Assessed:
    """materials by kind; posts of each account; edges, pair_layers: tables; outcome of the whole procedure; members: planted."""

    materials: dict[str, Material]
    posts: np.ndarray
    edges: pa.Table
    pair_layers: pa.Table
    outcome: Outcome
    members: tuple[int, ...]


def assessed(materials: dict[str, Material], members: tuple[int, ...], seed: int = 1) -> Assessed:
    """Pairs, groups and accounts of a world judged, with fewer copies and samples than users get."""
    posts = sum(np.bincount(m.first.account, minlength=m.first.n_accounts) for m in materials.values())
    edges, layers = pair_outcome(materials, alpha=ALPHA, fdr="bh")
    outcome = assess(materials, edges, posts, alpha=ALPHA, seed=seed, permutations=199, bootstraps=20)
    return Assessed(materials, posts, edges, layers, outcome, members)


def world(*, planted: bool, seed: int = 61) -> dict[str, Material]:
    """A crowd that shares posts and links, and, if planted, twelve accounts that do both together within half a minute."""
    rng = np.random.default_rng(seed)
    found = {}
    for kind, objects in (("share", 40), ("url", 25)):
        people = crowd(rng, accounts=ACCOUNTS, objects=240, kind=kind)
        act = ring(rng, MEMBERS, accounts=ACCOUNTS, objects=objects, jitter_s=30, joins=0.7, kind=kind)
        found[kind] = material(joined(people, act) if planted else people)
    return found


@pytest.fixture(scope="session")
def planted() -> Assessed:
    """Twelve accounts that act together."""
    return assessed(world(planted=True), MEMBERS)


@pytest.fixture(scope="session")
def calm() -> Assessed:
    """The same crowd without them."""
    return assessed(world(planted=False), ())
