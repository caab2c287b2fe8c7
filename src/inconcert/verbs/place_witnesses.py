"""Where each sign of place is to be seen: posts, records and readings of the case, for signs that enough accounts share to show."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inconcert.case import Case
from inconcert.place.counted import FEWER
from inconcert.verbs.locate import Located

_READING = re.compile(r"run ([0-9a-f]{8,64}), reading (\d{1,9})")


@dataclass(frozen=True)
class PlaceWitness:
    """text: what is printed of it.   post: (import, row) of a post of the case.   reading: number of a reading of the newest indicators. Both None where
    there is no page of it."""

    text: str
    post: tuple[str, int] | None = None
    reading: int | None = None


def place_witnesses(case: Case, found: Located) -> Mapping[str, tuple[PlaceWitness, ...]]:
    """Item -> its witnesses; none of an item that fewer than five accounts show: a post would tell of one of them."""
    run = next(one for one in case.runs() if one.id == found.run)
    measured = case.run("indicators")
    newest = measured.id if measured is not None else ""
    return {
        row["item"]: () if row["accounts"] == FEWER else tuple(_witness(one, newest) for one in json.loads(row["sources"]))
        for row in run.table("place_items").to_pylist()
    }  # fmt: skip


def _witness(source: Mapping[str, Any], newest: str) -> PlaceWitness:
    if source["post_id"] is not None and source["import_id"] is not None and source["row_ref"] is not None:
        return PlaceWitness(source["text"], post=(source["import_id"], int(source["row_ref"])))
    its = _READING.fullmatch(source["text"])
    if its is not None and its[1] == newest:
        return PlaceWitness(source["text"], reading=int(its[2]))
    return PlaceWitness(source["text"])
