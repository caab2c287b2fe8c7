"""After the last record of a file: what waited finds its place, posts that are one become one, ids of two platforms are told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from inconcert import schema
from inconcert.engine.duckdb import DuckDB
from inconcert.ingest.piece import Reject
from inconcert.verbs.import_records import ImportRecords
from inconcert.verbs.import_tables import Tables, rewrite, with_precision
from inconcert.verbs.same_ids import named_ids, with_named_ids
from inconcert.verbs.twins import Twins


@dataclass(frozen=True)
class Joined:
    """duplicate: records that say nothing new.   observed: further captures of posts.   filled: posts of which they have a time or
    a text that the record kept lacks.   actions: how many were added.   named: ids that now carry their platform.
    """

    duplicate: int = 0
    observed: int = 0
    filled: int = 0
    actions: int = 0
    named: int = 0


def join(records: ImportRecords, import_id: str, mapping: Mapping[str, str], engine: DuckDB) -> Joined:
    """Finish the tables of an import of which all was read.   mapping: {field: column} of its file.

    engine: holds what was read before, see `Before`.   InputError when most records cannot be used.
    """
    records.close()
    posts, actions = (records.new.path(name) for name in ("posts", "actions"))
    for name, file in (("posts", posts), ("actions", actions)):
        engine.attach(f"new_{name}", [file])
    precision = records.precision
    # To the day, two posts of the same words are no sign that one of them is a copy.
    twins = Twins(engine) if records.some_unnamed and precision in ("s", "min") else None
    waited = _put_in_place(records, import_id, mapping, engine)
    if twins or precision != records.written:
        rewrite(posts, lambda table: with_precision(_without(table, twins), precision))
    if twins:
        rewrite(actions, lambda table: _without(table, twins))
    repeated = len(twins) if twins else 0
    if twins is not None:
        twins.forget()
    records.midnights.settle(records.new, records.grain)
    records.accounts.finish()
    records.again.remove()
    named = _name_ids(records.new, engine)
    records.refuse_if_useless()
    return replace(waited, duplicate=waited.duplicate + repeated, named=named)


def _without(table: pa.Table, twins: Twins | None) -> pa.Table:
    return table.filter(pc.invert(twins.rows(table))) if twins else table


def _put_in_place(records: ImportRecords, import_id: str, mapping: Mapping[str, str], engine: DuckDB) -> Joined:
    """Put the records that waited where they belong, and set aside those that contradict others."""
    late = Tables(records.folder)
    late.add("post_observations", schema.POST_OBSERVATIONS.empty())
    late.add("fill_rates", records.fill.table(import_id))
    if not records.again:
        late.close()
        return Joined()
    met = records.again.judge(engine, records.precision)
    for refused in met.conflicting():
        rejects = [_contradicts(row, mapping) for row in refused.to_pylist()]
        records.rejects.add_read(rejects, len(rejects))
    for observed in records.again.observations(met, records.new):
        late.add("post_observations", observed)
    late.close()
    records.again.put_in_place(met, records.new, records.written)
    for accounts in records.again.accounts(met):
        records.accounts.add(accounts)
    observations = met.count(("observed",), age=1) + met.count(("observed",))
    joined = Joined(duplicate=met.n_idle(), observed=observations, filled=met.n_filled(), actions=met.n_further())
    met.forget()
    return joined


def _contradicts(row: Mapping[str, object], mapping: Mapping[str, str]) -> Reject:
    where = "" if row["first_import_id"] is None else f" of the import {row['first_import_id']}"
    reason = (
        f"the post id was met before with another {row['verdict']}, in record {row['first_row_ref']}{where}; "
        f"that record was kept"
    )
    return Reject(int(str(row["row_ref"])), mapping["post_id"], str(row["post_id"]), reason)


def _name_ids(new: Tables, engine: DuckDB) -> int:
    """Tell apart ids that another platform uses for another account or post; how many."""
    for name in ("accounts", "actions"):
        engine.attach(f"new_{name}", [new.path(name)])
    named = named_ids(engine)
    for name in ("posts", "post_observations", "accounts", "actions") if named else ():
        rewrite(new.path(name), lambda table: with_named_ids(table, named))
    return sum(map(len, named.values()))
