"""Which accounts of the case are meant by handles or ids on platforms, and what pages call them."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from inconcert.browse.names import as_who
from inconcert.browse.view import View
from inconcert.entities.names import folded, service

_CALLED = (
    "SELECT s.small, s.name AS spelt, a.* FROM spellings AS s SEMI JOIN wanted USING (small) JOIN accounts AS a USING (account) "
    "ORDER BY account, spelt"
)


def accounts_called(view: View, spelt: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(Platform, handle or id), both as `entities.names` compares them -> what pages call that account, of those that the case holds."""
    wanted = pa.table({"small": pa.array(sorted({name for _, name in spelt}), pa.string())})
    asked = set(spelt)
    return {
        key: as_who(view, row, False).shown.lstrip("@")
        for row in view.rows(_CALLED, wanted=wanted)
        if (key := (service(row["platform"]), folded(row["spelt"]))) in asked
    }
