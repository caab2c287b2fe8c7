"""What a group would do together if only activity and popularity decided: the mean of the bipartite null inside it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inconcert.detect.layer import Layer
from inconcert.network import bicm

Floats = NDArray[np.float64]


def expected_inside(
    layer: Layer, objects: NDArray[np.bool_], members: list[NDArray[np.int32]], rates: Floats
) -> Floats:
    """(groups,): expected pairs of members of each group that act on the same chosen object, each weighed by its rate.

    layer: first actions; objects: (n_objects,) those that count; rates: (n_objects,) chance that two accounts on the object
    fall within the window, 1 for any time. Sum over i < j in the group and over objects of p_io p_jo rate_o.
    """
    chosen = layer.keep(objects[layer.object])
    degree = np.bincount(chosen.account, minlength=layer.n_accounts)
    popularity = np.bincount(chosen.object, minlength=layer.n_objects)
    model = bicm.fit(degree, popularity)
    if not len(model.degrees):
        return np.zeros(len(members))
    touched = np.flatnonzero(popularity)
    place = np.searchsorted(model.popularities, popularity[touched])
    mass = np.bincount(place, weights=rates[touched], minlength=len(model.popularities))
    chance = model.probabilities()
    both = (chance * mass) @ chance.T
    out = np.zeros(len(members))
    for g, codes in enumerate(members):
        active = degree[codes][degree[codes] > 0]
        count = np.bincount(np.searchsorted(model.degrees, active), minlength=len(model.degrees)).astype(float)
        out[g] = (count @ both @ count - count @ np.diag(both)) / 2
    return out
