"""In which order imports were read into a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa

from inconcert.case.scratch import WROTE
from inconcert.case.withdrawals import STANDS_FOR
from inconcert.ledger import Statement


def import_order(statements: Sequence[Statement], imports: Iterable[str]) -> pa.Table:
    """(import_id, place): the place, from 1, at which the ledger tells of each of these imports; 0 where it does not.

    One that stands in for another has the place of that.
    """
    said = [one for one in statements if one.about.startswith("data/")]
    stood_for = {_id(one): one.value[STANDS_FOR] for one in said if one.says == WROTE and STANDS_FOR in one.value}
    places = {id: place for place, id in enumerate(dict.fromkeys(map(_id, said)), start=1)}
    ids = list(imports)
    told = [places.get(stood_for.get(id, id), 0) for id in ids]
    return pa.table({"import_id": pa.array(ids, pa.string()), "place": pa.array(told, pa.int64())})


def _id(said: Statement) -> str:
    return said.about.removeprefix("data/")
