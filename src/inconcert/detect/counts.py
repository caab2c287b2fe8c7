"""What counting gives: pairs of accounts with the number of their co-actions at every scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Actions = Literal["first", "all"]
"""first: each account's first action on each object; all: every action."""
Unit = Literal["objects", "actions", "action_pairs"]
"""What is counted: objects once a pair; actions of the source that the target met; pairs of actions."""


@dataclass(frozen=True)
class CoActions:
    """Pairs of accounts of one kind, sorted by source and target.

    source, target: int32 (P,) codes into `accounts`; source < target, except when `count` is "actions": then a pair is
    directed and stands once each way.
    n: int32 (P, W + 1) co-actions within each of `windows_us`, the last column at any time; a pair is kept when one of
    them reaches `min_objects`.
    max_accounts: (W + 1,) objects touched by more accounts were left out of that column (caps.EVERY: none was), so a
    column can hold less than the one before it.
    """

    kind: str
    windows_us: tuple[int, ...]
    max_accounts: tuple[int, ...]
    min_objects: int
    actions: Actions
    count: Unit
    accounts: pa.Array
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    n: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.source)
