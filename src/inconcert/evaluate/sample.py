"""A world, a file or a part of one, measured in memory: what detect and cluster work on, without a case folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.copies.clusters import copy_clusters, join_clusters, near_text_actions
from inconcert.copies.near_text import near_text
from inconcert.copies.wordings import open_wordings, texts
from inconcert.detect.load import load_layers
from inconcert.engine.duckdb import DuckDB
from inconcert.errors import InputError
from inconcert.ingest.reading import open_reading
from inconcert.network.material import Material, floored, measure
from inconcert.network.reference import bundled_profiles
from inconcert.normalise.records import Normalised, normalise
from inconcert.schema import KINDS, WINDOWS_US
from inconcert.synthetic.world import World

RESOLUTION_S = {"s": 1, "min": 60}


@dataclass(frozen=True)
class Export:
    """What was read. actions: table `actions`. volume: account_id, n_posts. resolution_s: of the times, 1 or 60."""

    name: str
    actions: pa.Table
    volume: pa.Table
    resolution_s: int

    def only(self, accounts: Iterable[str], name: str) -> Export:
        """What those accounts did, under another name."""
        chosen = pa.array(sorted(accounts), pa.string())
        actions, volume = (t.filter(pc.is_in(t["account_id"], value_set=chosen)) for t in (self.actions, self.volume))
        return replace(self, name=name, actions=actions, volume=volume)

    def at(self, resolution_s: int) -> Export:
        """The same, to be measured as if its times were that coarse; InputError when they are coarser already."""
        if resolution_s < self.resolution_s:
            raise InputError(
                f"{self.name} has times to {self.resolution_s} s, so it cannot be measured at {resolution_s} s; "
                f"ask for {self.resolution_s} s or more."
            )
        return replace(self, resolution_s=resolution_s)


@dataclass(frozen=True)
class Sample:
    """An export measured: material of each kind with shared objects. accounts: ids; posts: (accounts,) posts of each."""

    name: str
    materials: dict[str, Material]
    accounts: pa.Array
    posts: NDArray[np.int64]
    windows_us: tuple[int, ...]

    def among(self, ids: Iterable[str]) -> NDArray[np.bool_]:
        """(accounts,): whether each is one of these."""
        return np.asarray(pc.is_in(self.accounts, value_set=pa.array(list(ids), pa.string())).to_numpy(False))


def read_world(world: World, name: str) -> Export:
    """A generated world as an export."""
    fields = world.posts.append_column("row_ref", pa.array(np.arange(1, len(world.posts) + 1)))
    return _export(name, [normalise(fields, import_id=name, file=name)])


def read_file(path: Path) -> Export:
    """A file of posts, read by the importer its columns call for. Records that repeat a post add to what it did."""
    reading = open_reading(path)
    return _export(
        path.stem,
        [
            normalise(batch.fields, import_id=path.stem, file=reading.file, platform=reading.platform)
            for batch in reading.batches()
        ],
    )


def joined(exports: Sequence[Export], name: str) -> Export:
    """Several exports as one, nobody in two of them: each account's id is marked with the export it is from."""
    return Export(
        name,
        pa.concat_tables([_marked(e.actions, i) for i, e in enumerate(exports)]),
        pa.concat_tables([_marked(e.volume, i) for i, e in enumerate(exports)]),
        max(e.resolution_s for e in exports),
    )


def _marked(table: pa.Table, number: int) -> pa.Table:
    place = table.column_names.index("account_id")
    ids = pc.binary_join_element_wise(str(number), table["account_id"], "-")
    return table.set_column(place, table.schema.field(place), ids)


def _export(name: str, parts: Sequence[Normalised]) -> Export:
    grain = parts[0].counts.grain
    for part in parts[1:]:
        grain = grain + part.counts.grain
    if grain.precision not in RESOLUTION_S:
        raise InputError(f"{name} has times to the {grain.precision}; synchrony is evaluated on seconds or minutes.")
    posts = pa.concat_tables([part.posts for part in parts])
    actions = pa.concat_tables([part.actions for part in parts])
    volume = posts.group_by("account_id").aggregate([("post_id", "count_distinct")]).sort_by("account_id")
    return Export(
        name,
        pa.concat_tables([actions, near_text_of(posts, actions, name)]),
        volume.rename_columns(["account_id", "n_posts"]),
        RESOLUTION_S[grain.precision],
    )


def near_text_of(posts: pa.Table, actions: pa.Table, name: str) -> pa.Table:
    """Actions of kind near_text of an export, as the verb `copies` finds them without a control; `name` marks its objects."""
    engine = open_wordings({("posts", "case"): posts, ("actions", "case"): actions}, threads=1)
    try:
        found = texts(engine)
        raw = found["text"].combine_chunks()
        join_clusters(engine, found["text_hash"].combine_chunks(), near_text(raw, found["posts"].to_numpy()))
        copy_clusters(engine, dict(zip(found["text_hash"].to_pylist(), raw.to_pylist(), strict=True)), {})
        near = near_text_actions(engine)
    finally:
        engine.close()
    place = near.column_names.index("object_id")
    return near.set_column(place, near.schema.field(place), pc.binary_join_element_wise(name, near["object_id"], ":"))


def sample(
    export: Export, *, kinds: Sequence[str] = tuple(KINDS), without: tuple[str, ...] = (), seed: int = 1
) -> Sample:
    """Measure an export as a case is measured. kinds: of action; without: names of reference crowds to leave out (their
    beginnings).

    InputError when no two of its accounts acted on one object.
    """
    engine = DuckDB(threads=1)
    try:
        engine.attach("actions", export.actions)
        layers = {
            k: floored(layer, export.resolution_s) for k, layer in load_layers(engine, kinds).items() if len(layer)
        }
    finally:
        engine.close()
    if not layers:
        raise InputError(f"In {export.name} no two accounts acted on one object; nothing can be evaluated.")
    windows_us = tuple(w for w in WINDOWS_US if w >= export.resolution_s * 1_000_000)
    profiles = bundled_profiles()
    materials = {
        kind: measure(
            layer, windows_us, resolution_s=export.resolution_s, profiles=profiles, control=None, exclude=without,
            rng=np.random.default_rng([seed, index]),
        )
        for index, (kind, layer) in enumerate(layers.items())
    }  # fmt: skip
    accounts = next(iter(layers.values())).accounts
    at = pc.index_in(accounts, value_set=export.volume["account_id"].combine_chunks())
    posts = pc.fill_null(export.volume["n_posts"].combine_chunks().take(at), 0).to_numpy()
    return Sample(export.name, materials, accounts, np.asarray(posts, dtype=np.int64), windows_us)
