"""Where the accounts of a group stand in its network picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DRAWN = 400
"""Most accounts placed by force; the others of a larger group are put on a ring around them."""


def layout(
    n: int, source: NDArray[np.int64], target: NDArray[np.int64], rng: np.random.Generator, rounds: int = 120
) -> NDArray[np.float64]:
    """(n, 2) positions in [-1, 1]: spring forces along links, repulsion otherwise (Fruchterman and Reingold 1991).

    source, target: ends of links, 0 .. n-1. The accounts with most links are placed; cost DRAWN^2 a round.
    """
    degree = np.bincount(source, minlength=n) + np.bincount(target, minlength=n)
    inner = np.sort(np.argsort(-degree, kind="stable")[:DRAWN])
    out = np.zeros((n, 2))
    outer = np.setdiff1d(np.arange(n), inner)
    angle = 2 * np.pi * np.arange(len(outer)) / max(len(outer), 1)
    out[outer] = np.column_stack([np.cos(angle), np.sin(angle)])
    place = np.full(n, -1)
    place[inner] = np.arange(len(inner))
    linked = np.zeros((len(inner), len(inner)))
    drawn = (place[source] >= 0) & (place[target] >= 0)
    linked[place[source[drawn]], place[target[drawn]]] = 1.0
    linked = np.maximum(linked, linked.T)
    at = rng.uniform(-1, 1, (len(inner), 2))
    spring = 1.0 / np.sqrt(max(len(inner), 1))
    for round_ in range(rounds):
        apart = at[:, None, :] - at[None, :, :]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-3)
        force = spring**2 / distance**2 - linked * distance / spring
        # a pull to the middle keeps parts that share no link in the picture
        move = (apart * force[:, :, None]).sum(axis=1) - 0.4 * at
        length = np.maximum(np.sqrt((move**2).sum(axis=1)), 1e-9)[:, None]
        at = at + move / length * np.minimum(length, 0.12 * (1 - round_ / rounds))
    span = np.abs(at - at.mean(axis=0)).max(initial=1e-9)
    out[inner] = (at - at.mean(axis=0)) / span * (0.85 if len(outer) else 1.0)
    return out
