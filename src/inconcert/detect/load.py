"""The `actions` table as layers: one query a kind, ids turned into codes by the engine, numbers fetched as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.detect.layer import UNTIMED, Layer
from inconcert.engine.base import Engine
from inconcert.engine.duckdb import DuckDB
from inconcert.errors import UnknownName
from inconcert.progress import Progress, silent
from inconcert.schema import ACTIONS, KINDS

ACCOUNT_IDS = "SELECT account_id FROM actions GROUP BY account_id ORDER BY account_id"
"""All accounts of the case, in the order of their UTF-8 bytes (the order of strings on every engine)."""

OBJECT_IDS = """
SELECT object_id FROM actions WHERE kind = :kind
GROUP BY object_id HAVING min(account_id) <> max(account_id) ORDER BY object_id
"""
"""Objects of one kind that at least two accounts acted on, in the order of their UTF-8 bytes."""

_FULL_POSTS = """
SELECT post_id FROM actions WHERE kind = :kind GROUP BY post_id HAVING count(*) > 1 ORDER BY post_id
"""
"""Posts with several actions of one kind; every other action is the only one of its post."""

_ACTIONS = """
SELECT account_code, object_code, time_us{post_code}
FROM actions INNER JOIN account_codes ON actions.account_id = account_codes.account_id
             INNER JOIN object_codes ON actions.object_id = object_codes.object_id{post_codes}
WHERE actions.kind = :kind
ORDER BY object_code, time_us NULLS FIRST, account_code{post_code}
"""
_PLAIN = _ACTIONS.format(post_code="", post_codes="")
_POSTED = _ACTIONS.format(
    post_code=", post_code", post_codes=" LEFT JOIN post_codes ON actions.post_id = post_codes.post_id"
)


def load_layers(
    source: Engine | Sequence[Path],
    kinds: Iterable[str],
    *,
    posts: bool = False,
    memory_limit: str | None = None,
    threads: int | None = None,
    progress: Progress = silent,
) -> dict[str, Layer]:
    """The layer of each kind, in the order asked for; a kind without comparable actions gives a layer of length 0.

    source: an engine that has `actions` attached, or the Parquet parts of that table, which DuckDB then reads within
    `memory_limit` and `threads`. posts: also load which actions belong to one post (`Layer.post`), and drop exact copies.
    UnknownName for a kind that is not in `schema.KINDS`.
    """
    wanted = list(kinds)
    for kind in wanted:
        if kind not in KINDS:
            raise UnknownName("kind of action", kind, KINDS)
    if not isinstance(source, Sequence):
        return _load(source, wanted, posts, progress)
    engine = DuckDB(memory_limit=memory_limit, threads=threads)
    try:
        engine.attach("actions", source or ACTIONS.empty())
        return _load(engine, wanted, posts, progress)
    finally:
        engine.close()


def _load(engine: Engine, kinds: list[str], posts: bool, progress: Progress) -> dict[str, Layer]:
    accounts = ids(engine, ACCOUNT_IDS)
    _attach_codes(engine, "account", accounts)
    layers = {}
    for done, kind in enumerate(kinds):
        progress(f"loading {kind} actions", done, len(kinds))
        objects = ids(engine, OBJECT_IDS, kind)
        _attach_codes(engine, "object", objects)
        full_posts = ids(engine, _FULL_POSTS, kind) if posts else None
        if full_posts is not None:
            _attach_codes(engine, "post", full_posts)
        rows = engine.sql(_PLAIN if full_posts is None else _POSTED, {"kind": kind})
        account, thing = _filled(rows["account_code"], np.int32), _filled(rows["object_code"], np.int32)
        layer = Layer(kind, account, thing, _filled(rows["time_us"], np.int64, UNTIMED), accounts, objects)
        layers[kind] = layer if full_posts is None else _with_posts(layer, rows["post_code"], len(full_posts))
    progress("loading actions", len(kinds), len(kinds))
    return layers


def ids(engine: Engine, query: str, kind: str | None = None) -> pa.Array:
    """The only column of a query over `actions`, as one array of strings."""
    column = engine.sql(query, {"kind": kind}).column(0)
    return pa.concat_arrays([chunk.cast(pa.string()) for chunk in column.chunks] or [pa.array([], pa.string())])


def _attach_codes(engine: Engine, what: str, values: pa.Array) -> None:
    codes = pa.array(np.arange(len(values), dtype=np.int32))
    engine.attach(f"{what}_codes", pa.table({f"{what}_id": values, f"{what}_code": codes}))


def _filled(column: pa.ChunkedArray, dtype: type[np.generic], absent: int = 0) -> NDArray[Any]:
    filled = pc.fill_null(column, absent) if column.null_count else column
    return np.asarray(filled.to_numpy(), dtype=dtype)


def _with_posts(layer: Layer, codes: pa.ChunkedArray, n_full: int) -> Layer:
    """The layer with post codes, a fresh one for each action that is alone in its post, and without exact copies."""
    full = _filled(codes, np.int32, -1)
    post = np.where(full < 0, n_full + np.arange(len(full), dtype=np.int32), full)
    copy = np.zeros(len(full), dtype=np.bool_)
    copy[1:] = (full[1:] >= 0) & (full[1:] == full[:-1]) & (layer.account[1:] == layer.account[:-1])
    copy[1:] &= (layer.object[1:] == layer.object[:-1]) & (layer.time_us[1:] == layer.time_us[:-1])
    return replace(layer, post=post).keep(~copy)
