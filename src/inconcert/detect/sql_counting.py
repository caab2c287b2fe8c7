"""Counting by SQL on an engine: slower than the sweep and not bound to one machine; ids become codes on the way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.detect import object_sql
from inconcert.detect.co_action import CoAction
from inconcert.detect.counts import CoActions
from inconcert.detect.layer import NO_GAP
from inconcert.detect.load import ACCOUNT_IDS, OBJECT_IDS, ids
from inconcert.detect.scales import checked_windows
from inconcert.engine.base import Engine, Value

Codes = NDArray[np.int32]
Gaps = NDArray[np.int64]


class SqlCounting:
    """What `counting.Counting` asks for, of one kind; engine: has `actions` attached."""

    def __init__(self, engine: Engine, kind: str) -> None:
        self.engine = engine
        self.kind = kind

    @cached_property
    def accounts(self) -> pa.Array:
        """All accounts of the case; codes are places in it."""
        return ids(self.engine, ACCOUNT_IDS)

    @cached_property
    def objects(self) -> pa.Array:
        """Objects of the kind that at least two accounts acted on; codes are places in it."""
        return ids(self.engine, OBJECT_IDS, self.kind)

    def co_actions(self, query: CoAction) -> CoActions:
        """Pairs of accounts with their co-actions at every scale."""
        caps = query.caps(self.engine)
        edges = (replace(query, max_accounts=caps) if query.count == "objects" else query).edges(self.engine)
        n = np.stack([column.to_numpy() for column in edges.columns[2:]], axis=1).astype(np.int32)
        return CoActions(
            query.kind,
            query.windows_us,
            caps,
            query.min_objects,
            query.actions,
            query.count,
            self.accounts,
            _codes(edges["source"], self.accounts),
            _codes(edges["target"], self.accounts),
            n,
        )

    def object_windows(self, windows_us: Sequence[int]) -> tuple[Codes, NDArray[np.int64]]:
        """(popularity, pairs) of each object: accounts (M,), account pairs within each window (M, W)."""
        found = self._ask(object_sql.object_windows, windows_us)
        columns = [column.to_numpy().astype(np.int64) for column in found.columns]
        return columns[0].astype(np.int32), np.stack(columns[1:], axis=1)

    def partners(self, windows_us: Sequence[int]) -> NDArray[np.uint8]:
        """Smallest window within which another account acted on the object, W if none: one per first action."""
        return np.asarray(self._ask(object_sql.partners, windows_us)["nearest"].to_numpy(), dtype=np.uint8)

    def rare_pairs(self, max_accounts: int) -> tuple[Codes, Codes, Codes, Gaps]:
        """(source, target, object, gap_us) of all pairs on objects of at most `max_accounts` accounts."""
        found = self.engine.sql(object_sql.RARE_PAIRS, {"kind": self.kind, "max_accounts": max_accounts})
        source, target = _codes(found["source"], self.accounts), _codes(found["target"], self.accounts)
        return source, target, _codes(found["object_id"], self.objects), _gaps(found["gap_us"])

    def shared_objects(self, sources: Codes, targets: Codes) -> tuple[NDArray[np.int64], Codes, Gaps]:
        """(row, object, gap_us) of every object both accounts of a listed pair acted on."""
        rows = pa.array(np.arange(len(sources), dtype=np.int64))
        pairs = [self.accounts.take(pa.array(side)) for side in (sources, targets)]
        self.engine.attach("listed", pa.table([rows, *pairs], names=["place", "source", "target"]))
        found = self.engine.sql(object_sql.SHARED_OBJECTS, {"kind": self.kind})
        place = np.asarray(found["place"].to_numpy(), dtype=np.int64)
        return place, _codes(found["object_id"], self.objects), _gaps(found["gap_us"])

    def _ask(self, query: Callable[[Sequence[int]], str], windows_us: Sequence[int]) -> pa.Table:
        windows = checked_windows(windows_us)
        params: dict[str, Value] = {f"window_{w}": window_us for w, window_us in enumerate(windows)}
        return self.engine.sql(query(windows), {**params, "kind": self.kind})


def _codes(found: pa.ChunkedArray, values: pa.Array) -> Codes:
    return np.asarray(pc.index_in(found, value_set=values).to_numpy(), dtype=np.int32)


def _gaps(found: pa.ChunkedArray) -> Gaps:
    return np.asarray(pc.fill_null(found, NO_GAP).to_numpy(), dtype=np.int64)
