"""What every indicator must do, on every engine."""

from __future__ import annotations

import functools
import json
import random
from dataclasses import fields
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from engine.engines import NAMES, held
from inconcert.indicators.catalogue import INDICATORS
from inconcert.indicators.facts import FACTS, open_facts
from inconcert.indicators.figure import CHARTS
from inconcert.indicators.indicator import FAMILIES, Example
from inconcert.indicators.reading import Reading

LAYERS = {
    "shares": {"group", "control"},
    "scatter": {"ordinary", "found", "bound", "span"},
    "histogram": {"observed", "control", "expected", "found", "x", "y"},
}
FOUND_P = 0.001


@functools.cache
def example(name: str) -> Example:
    return INDICATORS[name].example()


def measured(name: str, tables: dict[str, pa.Table], engine_name: str = "duckdb") -> list[Reading]:
    readings = INDICATORS[name]().measure(open_facts(held(engine_name), tables), np.random.default_rng(7))
    return sorted(readings, key=lambda r: (r.measure, r.subject, r.subject_id, r.group_id or ""))


@functools.cache
def of_example(name: str, engine_name: str = "duckdb") -> tuple[Reading, ...]:
    return tuple(measured(name, dict(example(name).tables), engine_name))


def shuffled(table: pa.Table, seed: int) -> pa.Table:
    order = list(range(len(table)))
    random.Random(seed).shuffle(order)
    return table.take(pa.array(order, pa.int64()))


every = pytest.mark.parametrize("name", sorted(INDICATORS))


@every
@pytest.mark.parametrize("engine_name", NAMES)
def test_it_finds_its_own_example_on_every_engine_alike(name: str, engine_name: str):
    found = of_example(name, engine_name)
    raised = {(r.measure, r.subject_id) for r in found if r.p_value is not None and r.p_value <= FOUND_P}
    assert example(name).found <= raised
    assert found == of_example(name)


@every
def test_the_order_of_rows_does_not_matter(name: str):
    tables = {key: shuffled(table, 3) for key, table in example(name).tables.items()}
    assert tuple(measured(name, tables)) == of_example(name)


@every
def test_nothing_in_gives_no_number(name: str):
    assert [r for r in measured(name, {}) if r.value is not None] == []


@every
def test_it_asks_for_what_it_needs(name: str):
    one = INDICATORS[name]
    full = open_facts(held("duckdb"), dict(example(name).tables))
    assert full.lacks(one.needs) == []
    known = {f"{table.name}.{column.name}" for table in FACTS.values() for column in table.columns}
    for need in one.needs:
        assert set(need.split("|")) <= {*FACTS, *known, "posts.clock"}


@every
def test_a_number_has_its_sample_interval_and_sentence(name: str):
    for reading in of_example(name):
        assert reading.measure in INDICATORS[name].measures
        assert reading.says
        assert reading.says[0] == reading.says[0].upper() or not reading.says[0].isalpha()
        assert not {"fake", "bot", "troll", "inauthentic"} & set(reading.says.lower().replace(".", " ").split())
        for low, high in ((reading.low, reading.high), (reading.lr_low, reading.lr_high)):
            if low is not None and high is not None and reading.scale != "hours from UTC":
                assert low <= high
        if reading.lr is not None:
            assert reading.lr_low is not None
            assert reading.lr_high is not None
        if reading.subject == "group":
            assert reading.group_id == reading.subject_id
        assert len(reading.witnesses) <= 40


@every
def test_points_are_those_of_its_chart(name: str):
    chart = INDICATORS[name].figure.chart
    drawn = [point for reading in of_example(name) for point in reading.points]
    assert drawn, "its example draws nothing"
    if chart in LAYERS:
        assert {point.layer for point in drawn} <= LAYERS[chart]
    for reading in of_example(name):
        assert len(reading.points) <= 5_000


@every
def test_it_is_described(name: str):
    one = INDICATORS[name]
    assert one.name == name
    assert (
        one.__module__.rpartition(".")[2] == name.replace("-", "_")
        or name in one.__module__.replace("_", "-")
        or one.__doc__
    )
    assert one.family in FAMILIES
    assert one.figure.chart in CHARTS
    assert any(str(year) in one.cites for year in range(1960, 2030)) or one.family == "none"
    assert one.confounders
    assert one.minimum
    assert one.measures
    for field in fields(one):
        assert f"    {field.name}: " in (one.__doc__ or ""), f"{field.name} has no sentence in the docstring of {name}"


@every
@pytest.mark.data
def test_its_techniques_are_in_disarm(name: str, shared_data: Path):
    techniques = {
        reference["external_id"]
        for thing in json.loads((shared_data / "disarm" / "DISARM.json").read_text("utf-8"))["objects"]
        for reference in thing.get("external_references", [])
        if "external_id" in reference
    }
    assert set(INDICATORS[name].disarm) <= techniques
