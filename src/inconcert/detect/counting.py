"""Who counts: the sweep over arrays, or SQL on an engine. Both give the same arrays, so nothing downstream can tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.detect import sweep
from inconcert.detect.co_action import CoAction
from inconcert.detect.counts import CoActions
from inconcert.detect.layer import UNTIMED, Layer, first_actions
from inconcert.detect.load import load_layers
from inconcert.detect.sql_counting import SqlCounting
from inconcert.engine.base import Engine
from inconcert.engine.duckdb import DuckDB
from inconcert.engine.spark import Spark
from inconcert.errors import InputError, UnknownName
from inconcert.progress import Progress, silent
from inconcert.schema import ACTIONS

Codes = NDArray[np.int32]
Gaps = NDArray[np.int64]

ENGINES = ("auto", "sweep", "duckdb", "spark")
"""auto: the sweep for whatever it counts, which is faster at every size; DuckDB for loops and pairs of actions."""


class Counting(Protocol):
    """Counts co-actions of one kind, and what the null model needs to know; codes are places in sorted ids."""

    @property
    def accounts(self) -> pa.Array:
        """All accounts of the case."""

    @property
    def objects(self) -> pa.Array:
        """Objects of the kind that at least two accounts acted on."""

    def co_actions(self, query: CoAction) -> CoActions:
        """Pairs of accounts with their co-actions at every scale."""

    def object_windows(self, windows_us: Sequence[int]) -> tuple[Codes, NDArray[np.int64]]:
        """(popularity, pairs) of each object: accounts (M,), account pairs within each window (M, W)."""

    def partners(self, windows_us: Sequence[int]) -> NDArray[np.uint8]:
        """Smallest window within which another account acted on the object, W if none: one per first action."""

    def rare_pairs(self, max_accounts: int) -> tuple[Codes, Codes, Codes, Gaps]:
        """(source, target, object, gap_us) of all pairs on objects of at most `max_accounts` accounts."""

    def shared_objects(self, sources: Codes, targets: Codes) -> tuple[NDArray[np.int64], Codes, Gaps]:
        """(row, object, gap_us) of every object both accounts of a listed pair acted on."""


class SweepCounting:
    """`Counting` over the arrays of one layer."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer

    @property
    def accounts(self) -> pa.Array:
        """All accounts of the case; codes are places in it."""
        return self.layer.accounts

    @property
    def objects(self) -> pa.Array:
        """Objects of the kind that at least two accounts acted on; codes are places in it."""
        return self.layer.objects

    @cached_property
    def first(self) -> Layer:
        """The first actions of the layer."""
        return first_actions(self.layer)

    def co_actions(self, query: CoAction) -> CoActions:
        """Pairs of accounts with their co-actions at every scale; InputError for loops and pairs of actions."""
        if query.loops:
            raise InputError("The sweep pairs no account with itself: count loops with engine duckdb or spark.")
        return sweep.co_actions(
            self.first if query.actions == "first" else self.layer,
            query.windows_us,
            min_objects=query.min_objects,
            max_accounts=query.max_accounts,
            actions=query.actions,
            count=query.count,
            untimed=query.untimed,
        )

    def object_windows(self, windows_us: Sequence[int]) -> tuple[Codes, NDArray[np.int64]]:
        """(popularity, pairs) of each object: accounts (M,), account pairs within each window (M, W)."""
        return sweep.object_windows(self.first, windows_us)

    def partners(self, windows_us: Sequence[int]) -> NDArray[np.uint8]:
        """Smallest window within which another account acted on the object, W if none: one per first action."""
        return sweep.partners(self.first, windows_us)

    def rare_pairs(self, max_accounts: int) -> tuple[Codes, Codes, Codes, Gaps]:
        """(source, target, object, gap_us) of all pairs on objects of at most `max_accounts` accounts."""
        return sweep.rare_pairs(self.first, max_accounts)

    def shared_objects(self, sources: Codes, targets: Codes) -> tuple[NDArray[np.int64], Codes, Gaps]:
        """(row, object, gap_us) of every object both accounts of a listed pair acted on."""
        return sweep.shared_objects(self.first, sources, targets)


@contextmanager
def open_counting(
    parts: Sequence[Path],
    kind: str,
    *,
    engine: str = "auto",
    posts: bool = False,
    memory_limit: str | None = None,
    threads: int | None = None,
    progress: Progress = silent,
) -> Iterator[Counting]:
    """Counting of one kind over the Parquet parts of `actions`; UnknownName for an engine that is not in ENGINES.

    posts: tell the posts of an account apart, which only counting "actions" on the sweep needs.
    """
    with opened(engine, memory_limit=memory_limit, threads=threads) as held:
        if held is None:
            layers = load_layers(
                parts, [kind], posts=posts, memory_limit=memory_limit, threads=threads, progress=progress
            )
            yield SweepCounting(layers[kind])
        else:
            held.attach("actions", parts or ACTIONS.empty())
            yield SqlCounting(held, kind)


@contextmanager
def opened(engine: str, *, memory_limit: str | None = None, threads: int | None = None) -> Iterator[Engine | None]:
    """The engine that counts, closed at the end; None for the sweep. UnknownName for one that is not in ENGINES."""
    if engine not in ENGINES:
        raise UnknownName("engine", engine, ENGINES)
    if engine in ("auto", "sweep"):
        yield None
        return
    held: Engine = Spark(threads=threads) if engine == "spark" else DuckDB(memory_limit=memory_limit, threads=threads)
    try:
        yield held
    finally:
        held.close()


def count_layer(layer: Layer, windows_us: Sequence[int], *, min_objects: int, engine: Engine | None) -> CoActions:
    """Co-actions of a layer at every scale, each object once a pair: by the sweep, or by SQL on an engine; the same."""
    if engine is None:
        return sweep.co_actions(layer, windows_us, min_objects=min_objects)
    times = pa.array(layer.time_us, pa.int64(), mask=layer.time_us == UNTIMED)
    rows = pa.array(np.arange(len(layer))).cast(pa.string())
    constant = {
        name: pa.repeat(pa.scalar(value), len(layer)) for name, value in (("kind", layer.kind), ("platform", ""))
    }
    table = pa.table(
        {
            "account_id": layer.accounts.take(pa.array(layer.account)),
            "kind": constant["kind"],
            "object_id": layer.objects.take(pa.array(layer.object)),
            "post_id": rows,
            "platform": constant["platform"],
            "time_us": times,
        }
    )
    engine.attach("actions", ACTIONS.check(table))
    query = CoAction(kind=layer.kind, windows_s=tuple(w / 1e6 for w in windows_us), min_objects=min_objects)
    found = SqlCounting(engine, layer.kind).co_actions(query)
    code = pc.index_in(found.accounts, value_set=layer.accounts).to_numpy().astype(np.int32)
    return replace(found, accounts=layer.accounts, source=code[found.source], target=code[found.target])


def count(
    query: CoAction,
    parts: Sequence[Path],
    *,
    engine: str = "auto",
    memory_limit: str | None = None,
    threads: int | None = None,
    progress: Progress = silent,
) -> CoActions:
    """The co-actions that `query` asks for, over the Parquet parts of `actions`; the same from every engine."""
    if engine == "auto" and (query.loops or query.count == "action_pairs"):
        engine = "duckdb"
    with open_counting(
        parts,
        query.kind,
        engine=engine,
        posts=query.count == "actions",
        memory_limit=memory_limit,
        threads=threads,
        progress=progress,
    ) as counting:
        return counting.co_actions(query)
