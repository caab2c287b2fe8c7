"""Several ids of one person as one account: what they did together was done once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inconcert.detect.layer import Layer
from inconcert.network.material import shared_only


def as_one(layer: Layer, counted: Mapping[str, str]) -> Layer:
    """The layer with the actions of every id in `counted` under the id it maps to.

    Objects that no two people acted on then are left out. All ids stay in `accounts`; one that is counted elsewhere did nothing.
    The layer itself when none of them is in it.
    """
    others = pc.index_in(pa.array(list(counted), pa.string()), value_set=layer.accounts)
    ones = pc.index_in(pa.array(list(counted.values()), pa.string()), value_set=layer.accounts)
    known = pc.and_(others.is_valid(), ones.is_valid())
    code = np.arange(layer.n_accounts, dtype=np.int32)
    code[others.filter(known).to_numpy()] = ones.filter(known).to_numpy()
    account = code[layer.account]
    if np.array_equal(account, layer.account):
        return layer
    order = np.lexsort((account, layer.time_us, layer.object))
    return shared_only(
        replace(
            layer,
            account=account[order],
            object=layer.object[order],
            time_us=layer.time_us[order],
            post=None if layer.post is None else layer.post[order],
        )
    )
