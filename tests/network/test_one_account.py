"""Several ids as one account: the same as if the file had named them alike."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.detect.layer import Layer, first_actions
from inconcert.detect.load import load_layers
from inconcert.engine.duckdb import DuckDB
from inconcert.network.one_account import as_one
from inconcert.schema import ACTIONS

ROWS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("xyz"), st.none() | st.integers(0, 9)), min_size=1, max_size=25
)


def layer(actions: list[tuple[str, str, int | None]]) -> Layer:
    """The layer of shares that these (account, object, time) make."""
    columns = zip(
        *((account, "share", thing, str(n), "", time) for n, (account, thing, time) in enumerate(actions)), strict=True
    )
    names = ("account_id", "kind", "object_id", "post_id", "platform", "time_us")
    types = (pa.string(),) * 5 + (pa.int64(),)
    table = pa.table({n: pa.array(c, t) for n, c, t in zip(names, columns, types, strict=True)})
    engine = DuckDB()
    try:
        engine.attach("actions", ACTIONS.check(table))
        return load_layers(engine, ["share"])["share"]
    finally:
        engine.close()


def told(found: Layer) -> list[tuple[str, str, int]]:
    """First actions with their names, in the order of the layer."""
    first = first_actions(found)
    accounts, things = first.accounts.to_pylist(), first.objects.to_pylist()
    return [
        (accounts[a], things[o], int(t)) for a, o, t in zip(first.account, first.object, first.time_us, strict=True)
    ]


@settings(deadline=None, max_examples=60)
@given(ROWS, st.dictionaries(st.sampled_from("def"), st.sampled_from("abc")))
def test_as_if_they_had_one_id(actions: list[tuple[str, str, int | None]], counted: dict[str, str]):
    have = {account for account, *_ in actions}
    counted = {other: one for other, one in counted.items() if one in have}
    renamed = [(counted.get(account, account), thing, time) for account, thing, time in actions]
    assert told(as_one(layer(actions), counted)) == told(layer(renamed))


def test_what_no_two_people_did_is_left_out():
    one = as_one(layer([("a", "x", 1), ("d", "x", 1), ("b", "y", 1), ("c", "y", 2)]), {"d": "a"})
    assert one.objects.to_pylist() == ["y"]
    assert one.accounts.to_pylist() == ["a", "b", "c", "d"]
    assert np.array_equal(one.object, [0, 0])
