"""Entities and statements of followthemoney: nothing is lost either way, the package agrees, and hostile lines are set aside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.entities.entity import Entity, Statement, merged, statement_key
from inconcert.entities.ftm_entities import entity_from, read_ftm, write_ftm, written
from inconcert.entities.ftm_statements import COLUMNS, read_statements, write_statements
from inconcert.entities.schemata import model, schemata
from inconcert.entities.strength import STRENGTHS

GOLDEN = json.loads((Path(__file__).parent / "golden" / "followthemoney.json").read_text("utf-8"))

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=30).filter(
    str.strip
)
ids = st.text("abcXYZ012-_:.é中", min_size=1, max_size=12)


@st.composite
def entities(draw: st.DrawFn) -> Entity:
    schema = draw(st.sampled_from(["Person", "Company", "Ownership", "UserAccount", "UnknownLink"]))
    props = {name: kind for name, kind in schemata()[schema].properties.items() if kind in ("name", "string", "text")}
    id = draw(ids)
    said = draw(
        st.lists(
            st.builds(
                Statement,
                entity_id=st.just(id) | ids,
                schema=st.just(schema),
                prop=st.sampled_from(sorted(props)),
                value=texts,
                dataset=st.sampled_from(["one", "two"]),
                lang=st.none() | st.sampled_from(["eng", "zho"]),
                original_value=st.none() | texts,
                external=st.booleans(),
                first_seen=st.none() | st.just("2023-04-26"),
                origin=st.none() | texts,
                strength=st.none() | st.sampled_from(sorted(STRENGTHS)),
                sources=st.lists(st.sampled_from(["N1", "T2:a", "表1"]), max_size=2, unique=True).map(tuple),
            ),
            min_size=1,
            max_size=6,
            unique_by=lambda one: (one.prop, one.value),
        )
    )
    grouped = sorted(said, key=lambda one: sorted(props).index(one.prop))
    return Entity(id, schema, tuple(grouped), draw(st.sampled_from([{}, {"caption": "X", "referents": ["a", "b"]}])))


def as_set(these: tuple[Entity, ...]) -> dict[str, tuple[str, frozenset[object], dict[str, object]]]:
    """Entities without the order of their statements."""
    return {one.id: (one.schema, frozenset(map(_plain, one.statements)), dict(one.extra)) for one in these}


def _plain(said: Statement) -> tuple[object, ...]:
    return tuple(value for name, value in vars(said).items() if name not in ("rest", "id"))


@given(st.lists(entities(), max_size=4, unique_by=lambda one: one.id))
def test_entities_come_back_from_json_lines(given_entities: list[Entity]):
    read = read_ftm("\n".join(write_ftm(given_entities)), "elsewhere")
    assert read.aside == ()
    assert as_set(read.entities) == as_set(tuple(given_entities))


@given(st.lists(entities(), max_size=4, unique_by=lambda one: one.id), st.booleans())
def test_statements_come_back_from_csv_and_json(given_entities: list[Entity], as_csv: bool):
    bare = [Entity(one.id, one.schema, one.statements) for one in given_entities]
    read = read_statements("\n".join(write_statements(bare, as_csv=as_csv)), "elsewhere")
    assert read.aside == ()
    assert as_set(read.entities) == as_set(tuple(bare))


def test_a_line_of_the_package_comes_back_as_it_was():
    line = '{"id":"a","schema":"Person","properties":{"name":["Ann","安"],"birthDate":["1980-02"]},"datasets":["d"],"caption":"Ann","first_seen":"2024-01-01"}'
    (back,) = write_ftm(read_ftm(line, "other").entities)
    assert json.loads(back) == json.loads(line)


def test_the_package_reads_what_we_write():
    """golden/followthemoney.json holds what the package itself made of these lines: tests/entities/make_golden.py."""
    assert model() == GOLDEN["model"]
    read = read_ftm("\n".join(json.dumps(line) for line in GOLDEN["lines"]), "made-up")
    assert read.aside == ()
    for entity, theirs in zip(read.entities, GOLDEN["read"], strict=True):
        assert written(entity)["properties"] == theirs["properties"]
        assert set(written(entity)) == {"id", "schema", "properties", *theirs["context"]}
        keys = {(said.prop, said.value): statement_key(said) for said in entity.statements}
        assert {key: id for *said, id in theirs["statements"] if (key := tuple(said)) in keys} == keys
        assert entity.kind.is_a == set(theirs["is_a"])


def test_the_columns_of_statements_are_those_of_the_package():
    assert list(COLUMNS) == GOLDEN["columns"]
    assert GOLDEN["statements_read"] == GOLDEN["statements_written"] > 10


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1]", "JSON object"),
        ('{"id": "a"}', "no schema"),
        ('{"id": "a", "schema": "Dragon", "properties": {}}', "'Dragon' is no schema"),
        ('{"id": "a", "schema": "Thing", "properties": {"name": ["x"]}}', "abstract"),
        ('{"id": "a", "schema": "Person", "properties": {}}', "none of whose properties"),
        ('{"id": "a", "schema": "Person", "properties": []}', "without properties"),
        ('{"id": "", "schema": "Person", "properties": {"name": ["x"]}}', "an id must be"),
        ('{"id": "a\\u202eb", "schema": "Person", "properties": {"name": ["x"]}}', "hidden"),
        ('{"id": {"$ne": 1}, "schema": "Person", "properties": {"name": ["x"]}}', "an id must be"),
        ("{" * 5, ""),
        ("[" * 90 + "]" * 90, "nested 90 deep"),
        ('{"id": "a", "schema": "Person", "properties": {"name": [NaN]}}', "NaN"),
        ("\x00", ""),
    ],
)
def test_a_line_that_holds_no_entity_is_set_aside(line: str, reason: str):
    good = '{"id": "g", "schema": "Person", "properties": {"name": ["Good"]}}'
    read = read_ftm(f"{good}\n{line}\n{good.replace('g', 'h', 1)}", "x")
    assert len(read.entities) == 2 or read.entities[0].id == "g"
    assert [one.row for one in read.aside] == [2]
    assert reason in read.aside[0].reason


@pytest.mark.parametrize(
    ("properties", "kept"),
    [
        ({"name": ["Ann", 7, None, ["x"], ""]}, ["Ann"]),
        ({"name": ["Ann", "x" * 70_000]}, ["Ann"]),
        ({"name": ["Ann", "nul\x00"]}, ["Ann"]),
        ({"name": "Ann"}, ["Ann"]),
    ],
)
def test_a_value_that_cannot_be_one_is_set_aside_and_the_rest_stays(properties: dict[str, object], kept: list[str]):
    entity, odd = entity_from({"id": "a", "schema": "Person", "properties": properties}, "x")
    assert entity.values("name") == kept
    its = properties["name"]
    assert len(odd) == (len(its) - 1 if isinstance(its, list) else 0)


def test_dates_countries_and_references_must_be_ones():
    properties = {
        "name": ["A"],
        "birthDate": ["1980", "soon"],
        "country": ["cn", "China!"],
        "proof": ["d1", " x"],
        "made": ["up"],
    }
    entity, odd = entity_from({"id": "a", "schema": "Person", "properties": properties}, "x")
    assert entity.properties == {"name": ["A"], "birthDate": ["1980"], "country": ["cn"], "proof": ["d1"]}
    assert len(odd) == 4


@pytest.mark.parametrize(
    "said",
    [7, {}, {"prop": "name"}, {"schema": "Dragon"}, {"entity_id": "a\nb"}, {"strength": "sure"}, {"sources": "N1"}, {"sources": [1]}, {"lang": {}}],
)  # fmt: skip
def test_what_our_own_key_says_wrongly_is_set_aside(said: object):
    whole = {"prop": "name", "value": "Ann", **said} if isinstance(said, dict) and said and "prop" not in said else said
    line = {"id": "a", "schema": "Person", "properties": {"name": ["Ann"]}, "inconcert": {"statements": [whole]}}
    entity, odd = entity_from(line, "x")
    assert (entity.values("name"), len(odd)) == (["Ann"], 1)
    assert json.loads(next(write_ftm([entity])))["datasets"] == ["x"]


@pytest.mark.parametrize(
    "name", ["canonical_id", "entity_id", "prop", "schema", "value", "dataset", "lang", "strength", "sources"]
)
@pytest.mark.parametrize("value", [7, [7], {"a": 1}, True])
def test_a_statement_with_a_member_of_the_wrong_kind_is_set_aside(name: str, value: object):
    good = {"canonical_id": "a", "entity_id": "a", "prop": "name", "schema": "Person", "value": "Ann", "dataset": "d"}
    read = read_statements(json.dumps(good) + "\n" + json.dumps(good | {name: value}), "x")
    assert (len(read.entities), [one.row for one in read.aside]) == (1, [2])


def test_bad_statement_rows_are_set_aside():
    head = "canonical_id,entity_id,prop,schema,value,dataset,strength\n"
    rows = ["a,a,name,Person,Ann,d,confirmed", "a,a,name,Dragon,Ann,d,", "a,a,wings,Person,2,d,", "a,a,name,Person,,d,",
            "a,a,name,Person,Bo,d,sure", "a,a,name,Person,Bo,d,,,,", "b,b,name,Person,Bo,d,reported"]  # fmt: skip
    read = read_statements(head + "\n".join(rows), "x")
    assert [one.id for one in read.entities] == ["a", "b"]
    assert [one.row for one in read.aside] == [3, 4, 5, 6, 7]


def test_a_tie_is_as_strong_as_its_weakest_property_by_the_best_source():
    said = [
        Statement("o", "Ownership", "owner", "a", "one", strength="possible"),
        Statement("o", "Ownership", "owner", "a", "two", strength="confirmed"),
        Statement("o", "Ownership", "asset", "b", "two", strength="reported"),
    ]
    assert Entity("o", "Ownership", tuple(said)).strength == "reported"
    assert Entity("o", "Ownership", tuple(said[:1])).strength == "possible"


def test_two_files_on_one_entity_are_one_with_the_statements_of_both():
    first = Entity("a", "LegalEntity", (Statement("a", "LegalEntity", "name", "A", "one"),))
    second = Entity(
        "a", "Company", (Statement("a", "Company", "name", "A", "two"), Statement("a", "Company", "alias", "B", "two"))
    )
    (one,) = merged([first, second, second]).values()
    assert one.schema == "Company"
    assert len(one.statements) == 3
    assert one.properties == {"name": ["A"], "alias": ["B"]}
