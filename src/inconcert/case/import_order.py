"""In which order imports were read into a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow as pa

from inconcert.ledger import Statement


def import_order(statements: Sequence[Statement], imports: Iterable[str]) -> pa.Table:
    """(import_id, place): the place, from 1, at which the ledger tells of each of these imports; 0 where it does not."""
    said = (one.about.removeprefix("data/") for one in statements if one.about.startswith("data/"))
    places = {id: place for place, id in enumerate(dict.fromkeys(said), start=1)}
    ids = list(imports)
    return pa.table(
        {"import_id": pa.array(ids, pa.string()), "place": pa.array([places.get(id, 0) for id in ids], pa.int64())}
    )
