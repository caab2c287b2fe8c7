"""The actions table as arrays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from detect.oracle import Action, accounts_on, actions_strategy, first, table
from engine.engines import held
from inconcert.detect.layer import UNTIMED, Layer, first_actions
from inconcert.detect.load import load_layers
from inconcert.errors import EngineError, UnknownName


def rows_of(layer: Layer) -> list[tuple[str, str, int | None]]:
    accounts, objects = layer.accounts.to_pylist(), layer.objects.to_pylist()
    return [
        (accounts[a], objects[o], None if t == UNTIMED else t)
        for a, o, t in zip(layer.account.tolist(), layer.object.tolist(), layer.time_us.tolist(), strict=True)
    ]


def order(row: tuple[str, str, int | None]) -> tuple:
    account, thing, time_us = row
    return (thing.encode(), time_us is not None, time_us or 0, account.encode())


@settings(max_examples=60, deadline=None)
@given(actions=actions_strategy)
def test_layers_hold_the_comparable_actions_in_order(actions: list[Action]):
    engine = held("duckdb")
    engine.attach("actions", table(actions))
    layers = load_layers(engine, ["url", "share", "text"])
    assert list(layers) == ["url", "share", "text"]
    everybody = sorted({a.account for a in actions}, key=str.encode)
    for kind, layer in layers.items():
        on = accounts_on(actions, kind)
        expected = [(a.account, a.object, a.time_us) for a in actions if a.kind == kind and len(on[a.object]) >= 2]
        assert rows_of(layer) == sorted(expected, key=order)
        assert layer.accounts.to_pylist() == everybody
        assert layer.objects.to_pylist() == sorted((o for o, who in on.items() if len(who) >= 2), key=str.encode)
        assert (layer.account.dtype, layer.object.dtype, layer.time_us.dtype) == (np.int32, np.int32, np.int64)
        assert layer.starts().tolist() == [
            sum(r[1].encode() < o.encode() for r in rows_of(layer)) for o in layer.objects.to_pylist()
        ] + [len(layer)]


@settings(max_examples=60, deadline=None)
@given(actions=actions_strategy)
def test_posts_tell_actions_apart_and_copies_fall_together(actions: list[Action]):
    engine = held("duckdb")
    engine.attach("actions", table(actions + actions))
    layer = load_layers(engine, ["share"], posts=True)["share"]
    on = accounts_on(actions, "share")
    kept = {a for a in actions if a.kind == "share" and len(on[a.object]) >= 2}
    assert len(layer) == len(kept)
    assert len(set(layer.post.tolist())) == len({a.post for a in kept})


@settings(max_examples=60, deadline=None)
@given(actions=actions_strategy)
def test_first_actions_are_the_earliest_timed_ones(actions: list[Action]):
    engine = held("duckdb")
    engine.attach("actions", table(actions))
    layer = load_layers(engine, ["share"])["share"]
    on = accounts_on(actions, "share")
    expected = [(a.account, a.object, a.time_us) for a in first(actions, "share") if len(on[a.object]) >= 2]
    firsts = first_actions(layer)
    assert rows_of(firsts) == sorted(expected, key=order)
    assert first_actions(firsts) is firsts


def test_parts_are_read_together_and_none_is_an_empty_case(tmp_path: Path):
    parts = []
    for i, account in enumerate(["a", "b"]):
        parts.append(tmp_path / f"{i}.parquet")
        pq.write_table(table([Action(account, "share", "x", str(i), i)]), parts[-1])
    assert rows_of(load_layers(parts, ["share"])["share"]) == [("a", "x", 0), ("b", "x", 1)]
    empty = load_layers([], ["share"])["share"]
    assert (len(empty), empty.n_accounts, empty.n_objects, empty.accounts.type) == (0, 0, 0, pa.string())


def test_refusals(tmp_path: Path):
    with pytest.raises(UnknownName, match="Did you mean 'hashtag'"):
        load_layers([], ["hash-tag"])
    with pytest.raises(EngineError):
        load_layers([tmp_path / "gone.parquet"], ["share"])
