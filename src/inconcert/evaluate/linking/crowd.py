"""Ordinary accounts of generated worlds as material, with groups put among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inconcert.engine.duckdb import DuckDB
from inconcert.evaluate.linking.ordinary_domains import ordinary_uses
from inconcert.linking.material import FROM_ACCOUNTS, FROM_ACTIONS, RECORDS, SIDES, USES, Material, open_material
from inconcert.normalise.records import normalise
from inconcert.synthetic.world import World


@dataclass(frozen=True)
class Uses:
    """What the accounts of a world show (table USES), how much each posted (account_id, n_posts), and each one's unit."""

    uses: pa.Table
    volume: pa.Table
    units: Mapping[str, str]


def uses_of(world: World, name: str, rng: np.random.Generator) -> Uses:
    """The uses of a generated world; its ordinary accounts link to domains of the real world besides."""
    fields = world.posts.append_column("row_ref", pa.array(np.arange(1, len(world.posts) + 1)))
    read = normalise(fields, import_id=name, file=name)
    volume = read.posts.group_by("account_id").aggregate([("post_id", "count_distinct")]).sort_by("account_id")
    accounts = (
        world.posts.select(["account_id", "handle", "platform"])
        .group_by(["account_id", "handle", "platform"])
        .aggregate([])
    )
    units = dict(zip(world.truth["account_id"].to_pylist(), world.truth["unit"].to_pylist(), strict=True))
    engine = DuckDB(threads=1)
    try:
        engine.attach("actions", read.actions)
        engine.attach("accounts", accounts)
        shown = USES.check(engine.sql(f"SELECT * FROM ({FROM_ACTIONS} UNION ALL {FROM_ACCOUNTS}) ORDER BY ALL"))
    finally:
        engine.close()
    everybody = sorted(units)
    return Uses(
        pa.concat_tables([shown, ordinary_uses(everybody, rng)]),
        volume.rename_columns(["account_id", "n_posts"]),
        units,
    )


def material_of(
    crowd: Uses, groups: Mapping[str, Sequence[str]], added: Iterable[Mapping[str, object]] = ()
) -> Material:
    """The material of these groups among the ordinary accounts of the crowd, on an engine the caller closes.

    added: further rows of USES, of accounts of the crowd or of new ones.
    """
    members = {account for its in groups.values() for account in its}
    ordinary = [account for account, unit in sorted(crowd.units.items()) if unit == "crowd" and account not in members]
    rows: list[dict[str, str | None]] = [
        {"account_id": account, "group_id": group} for group, its in groups.items() for account in its
    ]
    rows += [{"account_id": account, "group_id": None} for account in ordinary]
    engine = DuckDB(threads=1)
    further = pa.Table.from_pylist([dict(row) for row in added], schema=USES.arrow)
    engine.attach("uses", pa.concat_tables([crowd.uses, further]))
    engine.attach("sides", pa.Table.from_pylist(rows, schema=SIDES.arrow))
    engine.attach("records", RECORDS.empty())
    posted = (
        further.group_by("account_id")
        .aggregate([("post_id", "count_distinct")])
        .rename_columns(["account_id", "n_posts"])
    )
    new = posted.filter(
        pc.invert(pc.is_in(posted["account_id"], value_set=crowd.volume["account_id"].combine_chunks()))
    )
    return open_material(engine, pa.concat_tables([crowd.volume.cast(new.schema), new]))
