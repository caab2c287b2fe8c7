"""The picture of the register: every count is in it, it is well-formed, and it loads nothing."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from parsed_page import parse

from inconcert.catalogue.counts import counts
from inconcert.catalogue.observables import observables
from inconcert.catalogue.reports import reports
from inconcert.catalogue.search import search
from inconcert.report.catalogue_chart import catalogue_chart, png, standalone_svg
from inconcert.report.catalogue_page import catalogue_page
from inconcert.report.drawing import Drawing

EVERY = counts(reports())


def drawn(found=EVERY) -> Drawing:
    drawing = catalogue_chart(found)
    assert drawing is not None
    return drawing


def texts(drawing: Drawing) -> list[str]:
    """What stands in a picture, in its order."""
    root = ElementTree.fromstring(standalone_svg(drawing))
    return ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]


def test_every_year_category_and_level_is_in_it_with_its_count():
    said = texts(drawn())
    for counted in (EVERY.by_year, EVERY.by_category, EVERY.by_level):
        names, numbers = [str(name).replace("_", " ") for name in counted], [str(n) for n in counted.values()]
        assert [text for text in said if text in names][: len(names)] == names
        assert any(said[at : at + len(numbers)] == numbers for at in range(len(said)))


def test_techniques_that_several_reports_name_are_rows_in_the_order_of_their_first():
    named = [f"{observables()[one.technique].name}" for one in EVERY.techniques if one.reports > 1]
    said = [re.sub(r" \(T.*\)", "", text) for text in texts(drawn())]
    assert [text for text in said if text in named] == named
    assert sum(text.endswith(" reports") for text in said) == len(named)
    assert "21 of 53 techniques are drawn" in " ".join(drawn().notes)


def test_a_single_report_is_drawn_and_none_is_not():
    one = drawn(counts(search(reports(), year=2017)))
    assert "1 report by year" in str(one.svg)
    assert catalogue_chart(counts(())) is None


def test_the_files():
    assert png(drawn())[:8] == b"\x89PNG\r\n\x1a\n"
    svg = standalone_svg(drawn())
    assert "script" not in svg
    assert not re.search(r'(?:href|src|url\()="?(?!#)', svg)
    assert svg == standalone_svg(drawn())


def test_the_page_lists_every_report_and_loads_nothing():
    html = catalogue_page(reports(), drawn())
    page = parse(html)
    assert page.unbalanced == []
    assert html.count("<tr>") == 52
    assert not page.having("src")
    assert not page.having("href")
    assert "CC BY-SA 4.0" in html
    for report in reports():
        assert report.attribution in html.replace("&amp;", "&").replace("&#39;", "'").replace("&#34;", '"')


@pytest.mark.parametrize("asked", [{"year": 2019}, {"category": "abuse"}, {"technique": "T0114"}])
def test_parts_of_the_register_can_be_drawn(asked):
    assert drawn(counts(search(reports(), **asked))).svg.startswith("<svg")
