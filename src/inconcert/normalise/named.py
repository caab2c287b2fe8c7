"""Authors whose names stand for the ids that their records lack."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from inconcert.normalise.platforms import platforms
from inconcert.schema.named import MARK, NAMES_APART

NAMED = "no id of its author; the name stands for it, and does not meet the accounts of other files"


def stand_ins(names: pa.Array, account_id: pa.Array, said: pa.Array, platform: str | None) -> pa.Array:
    """What stands for the ids of the records without one: the name, marked where the platform's names may look like its ids.

    names, account_id, said: of each record its author's name and id, and the platform it states.   platform: of the others.
    """
    if names.null_count == len(names) or account_id.null_count == 0:
        return names
    apart = pc.is_in(platforms(said, account_id, platform), value_set=pa.array(sorted(NAMES_APART)))
    marked = pc.binary_join_element_wise(pa.scalar(MARK), names, "")
    return pc.if_else(apart, marked, names)
