"""Whatever stands in the members of a native object, its shape gives records, sets it aside or passes it by."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.contract.test_importers import excerpt

from inconcert.ingest.formats.open_sheet import open_sheet
from inconcert.ingest.importers import IMPORTERS
from inconcert.ingest.piece import Sheet
from inconcert.ingest.shape import Passed, Unfit, has_keys

ODD: tuple[Any, ...] = (
    None, True, "", [], {}, "x", "7", ["x"], [None], [{}], [[]], {"a": {"b": []}}, {"id": []}, "[1]", "9" * 400, "\0\u202e"
)  # fmt: skip
ROUNDS = 150


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where in a native object a member stands, at every depth."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in inner:
        yield (*path, name)
        yield from places(member, (*path, name))


def changed(native: Any, rng: random.Random) -> Any:
    """The object with one to three of its members taken away or put in place by something odd."""
    native = copy.deepcopy(native)
    for _ in range(rng.randint(1, 3)):
        if not (known := list(places(native))):
            break
        *way, name = rng.choice(known)
        holder = native
        for step in way:
            holder = holder[step]
        if isinstance(holder, dict) and rng.random() < 0.25:
            del holder[name]
        else:
            holder[name] = copy.deepcopy(rng.choice(ODD))
    return native


@pytest.mark.parametrize("importer", [name for name, one in IMPORTERS.items() if one.shape is not None])
def test_odd_members_are_records_or_told(importer: str, tmp_path: Path) -> None:
    shape = IMPORTERS[importer].shape
    assert shape is not None
    name, content = excerpt(importer)
    (tmp_path / name).write_bytes(content)
    opened = open_sheet(tmp_path / name, name)
    assert not isinstance(opened, Sheet)
    items = [item for item in opened.first(frozenset(shape.under), 50) if item.record is not None]
    assert items
    rng = random.Random(20261122)
    for _ in range(ROUNDS):
        item = rng.choice(items)
        native, head = changed(item.record, rng), changed(item.head or {}, rng)
        assert shape.fits(native, head) in (True, False)
        try:
            assert all(record.keys() <= set(shape.fields) for record in shape.records(native, head))
        except (Unfit, Passed):
            continue


def without(native: Any, path: list[str]) -> Any:
    """A copy of the object without the member at that path, in every member of the lists on the way."""
    if isinstance(native, list):
        return [without(one, path) for one in native]
    if not isinstance(native, dict) or path[0] not in native:
        return native
    if len(path) == 1:
        return {key: value for key, value in native.items() if key != path[0]}
    return {**native, path[0]: without(native[path[0]], path[1:])}


@pytest.mark.parametrize("importer", [name for name, one in IMPORTERS.items() if one.shape is not None])
def test_the_keys_that_are_said_to_decide_do(importer: str, tmp_path: Path) -> None:
    """An object that fits has all keys of one set, and without any of them, and of other sets, it fits no more."""
    shape = IMPORTERS[importer].shape
    assert shape is not None
    assert shape.told_by or shape.told.endswith(".")
    name, content = excerpt(importer)
    (tmp_path / name).write_bytes(content)
    opened = open_sheet(tmp_path / name, name)
    assert not isinstance(opened, Sheet)
    for item in opened.first(frozenset(shape.under), 50) if shape.told_by else ():
        assert item.record is not None
        if not shape.fits(item.record, item.head or {}):
            continue
        whole = [keys for keys in shape.told_by if not has_keys(item.record, keys.split())[1]]
        assert whole, f"fits, and has none of {shape.told_by}"
        for key in {key for keys in whole for key in keys.split()}:
            left = item.record
            for path in key.split("|"):
                left = without(left, path.split("."))
            others = [keys for keys in shape.told_by if not has_keys(left, keys.split())[1]]
            assert others or not shape.fits(left, item.head or {}), f"fits without {key}"
