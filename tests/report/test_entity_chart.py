"""The figure of a neighbourhood: every tie drawn by its strength, nothing overlaps, hostile names stay words."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from inconcert.entities.entity import Entity, Statement
from inconcert.entities.graph import Graph, graph
from inconcert.entities.neighbourhood import neighbourhood
from inconcert.entities.reference_graph import read_graph
from inconcert.entities.strength import STRENGTHS
from inconcert.report.entity_cards import cards, fitted, text_width
from inconcert.report.entity_chart import entity_chart

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def reference() -> Graph:
    return graph(read_graph((files("inconcert.entities") / "reference.json").read_text("utf-8"), "aspi").entities)


def _entity(id: str, schema: str, strength: str | None = None, **said: str) -> Entity:
    return Entity(
        id, schema, tuple(Statement(id, schema, prop, value, strength=strength) for prop, value in said.items())
    )


def star(*names: str) -> Graph:
    """A middle and one company a name, tied to it by each strength in turn."""
    words = list(STRENGTHS)
    return graph([
        _entity("m", "Company", name="Middle"),
        *(_entity(f"c{n}", "Company", name=name) for n, name in enumerate(names)),
        *(_entity(f"t{n}", "UnknownLink", words[n % 4], subject="m", object=f"c{n}", role="met") for n in range(len(names))),
    ])  # fmt: skip


def test_each_strength_has_a_line_of_its_own():
    svg = fromstring(str(entity_chart(star("A", "B", "C", "D"), neighbourhood(star("A", "B", "C", "D"), "m")).svg))
    curves = [path for path in svg.iter(f"{SVG}path") if path.get("fill") == "none" and "C" in path.get("d", "")]
    looks = {(path.get("stroke-width"), path.get("stroke-dasharray")) for path in curves}
    assert (len(curves), len(looks)) == (4, 4)
    assert {path.get("stroke") for path in curves} == {"#1c2430"}
    words = "".join(svg.itertext())
    assert all(strength in words for strength in STRENGTHS)


@pytest.mark.parametrize(
    ("name", "steps", "most"),
    [("yancheng-psb", 1, None), ("yancheng-psb", 2, 24), ("qi-an-xin", 1, 24), ("acc-daddy", 3, 30)],
)
def test_cards_do_not_overlap_and_every_tie_is_told_once(reference: Graph, name: str, steps: int, most: int | None):
    near = neighbourhood(reference, name, steps, most)
    placed = cards(reference, near)
    assert placed.keys() == near.steps.keys()
    assert sorted(line.tie.id for card in placed.values() for line in card.lines) == sorted(tie.id for tie in near.ties)
    boxes = sorted(placed.values(), key=lambda card: (card.column, card.y))
    for one, other in pairwise(boxes):
        assert one.column != other.column or one.y + one.height < other.y
    for card in placed.values():
        assert all(card.y < line.y < card.y + card.height for line in card.lines)
        assert all(text_width(words, 10.5) <= card.width for line in card.lines for words in line.texts)
        assert all(placed[line.tie.other(card.id)].y <= line.from_y for line in card.lines)


def test_the_figure_shows_both_scripts_and_says_what_it_leaves_out(reference: Graph):
    near = neighbourhood(reference, "yancheng-psb", 2, 24)
    drawing = entity_chart(reference, near)
    words = "".join(fromstring(str(drawing.svg)).itertext())
    assert "Qi An Xin" in words
    assert "奇安信" in words
    assert f"{near.left_out} more lie within these steps and are not drawn." in words
    assert drawing.notes == (f"{near.left_out} more lie within these steps and are not drawn.",)


HOSTILE = [
    "<script>alert(1)</script>",
    '"><image href="https://evil.example"/>',
    "a\u202eb\u200bc\x07",
    "]]>&lt;",
    "x" * 5000,
    "中" * 3000,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_only_words(name: str):
    made = star(name, "B")
    text = str(entity_chart(made, neighbourhood(made, "m")).svg)
    svg = fromstring(text)
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= {
        "svg",
        "g",
        "rect",
        "path",
        "text",
        "tspan",
        "title",
    }
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00-\x08]", text)
    assert len(text) < 10_000


def test_text_is_fitted_into_lines():
    assert fitted("one two three", 12, 60, 2) == ["one two", "three"]
    assert fitted("中" * 20, 12, 60, 1) == ["中" * 4 + "…"]
    assert all(text_width(line, 12) <= 60 for line in fitted("abc def " * 20, 12, 60, 3))


def test_the_figure_of_the_documentation_is_what_the_command_draws(reference: Graph):
    drawn = str(entity_chart(reference, neighbourhood(reference, "yancheng-psb", 1, 24)).svg) + "\n"
    page = Path(__file__).resolve().parents[2] / "docs" / "entities.svg"
    assert page.read_text("utf-8") == drawn
