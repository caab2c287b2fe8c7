"""One kind of action as integer arrays: what counting and inference work on."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numba import njit
from numpy.typing import NDArray

UNTIMED = np.iinfo(np.int64).min
"""Stands for a NULL time; such an action shares objects but is never within a window of another."""
NO_GAP = np.iinfo(np.int64).max
"""Stands for the time between two actions of which one has no time: longer than any window."""


@dataclass(frozen=True)
class Layer:
    """The actions of one kind, sorted by (object, time_us, account); objects touched by one account only are left out.

    account: int32 codes into `accounts`; codes are in the order of the ids' UTF-8 bytes, so source < target holds for both.
    object:  int32 codes into `objects`.
    time_us: int64 microseconds since 1970, UNTIMED where the source gives none.
    accounts: ids of *all* accounts of the case, shared by the layers of all kinds.
    objects: ids of the objects of this layer.
    post: int32 codes that tell posts apart, loaded on demand only; None: each action counts as a post of its own.
    """

    kind: str
    account: NDArray[np.int32]
    object: NDArray[np.int32]
    time_us: NDArray[np.int64]
    accounts: pa.Array
    objects: pa.Array
    post: NDArray[np.int32] | None = None

    def __len__(self) -> int:
        return len(self.account)

    @property
    def n_accounts(self) -> int:
        """Accounts of the case (also those without an action in this layer)."""
        return len(self.accounts)

    @property
    def n_objects(self) -> int:
        """Objects that at least two accounts acted on."""
        return len(self.objects)

    def starts(self) -> NDArray[np.int64]:
        """Position of each object's first action, and the length at the end: shape (n_objects + 1,)."""
        return np.searchsorted(self.object, np.arange(self.n_objects + 1)).astype(np.int64)

    def keep(self, mask: NDArray[np.bool_]) -> Layer:
        """The actions where mask is true; objects that lose their second account stay, with one account."""
        return replace(
            self,
            account=self.account[mask],
            object=self.object[mask],
            time_us=self.time_us[mask],
            post=None if self.post is None else self.post[mask],
        )


def first_actions(layer: Layer) -> Layer:
    """Each account's first action on each object: the incidence that the null model describes.

    The earliest timed one; one without a time only where the account has no other on the object. The layer itself when
    nobody acted twice.
    """
    mask = _first(layer.account, layer.object, layer.time_us, layer.n_accounts)
    return layer if mask.all() else layer.keep(mask)


@njit(cache=True, nogil=True)
def _first(account, object_, time_us, n_accounts):  # type: ignore[no-untyped-def]
    mask = np.zeros(len(account), dtype=np.bool_)
    best = np.full(n_accounts, -1, dtype=np.int64)
    start = 0
    for p in range(len(account)):
        if p > 0 and object_[p] != object_[p - 1]:
            start = p
        a = account[p]
        b = best[a]
        if b >= start:
            if time_us[p] == UNTIMED or (time_us[b] != UNTIMED and time_us[b] <= time_us[p]):
                continue
            mask[b] = False
        best[a] = p
        mask[p] = True
    return mask
