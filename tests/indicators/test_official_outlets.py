"""The bundled list of official outlets."""

from __future__ import annotations

from importlib import resources

from inconcert import schema
from inconcert.indicators.content.official_outlets import official_outlets


def test_the_list_has_the_shape_of_lists_and_only_the_two_roles():
    table = schema.LISTS.check(official_outlets())
    assert set(table["role"].to_pylist()) == {"overt", "independent"}
    assert set(table["platform"].to_pylist()) == {"twitter"}
    assert table["row_ref"].to_pylist() == list(range(1, len(table) + 1))


def test_every_row_has_a_handle_of_its_own_and_says_where_it_was_seen():
    rows = official_outlets().to_pylist()
    handles = [row["handle"].lower() for row in rows]
    assert len(set(handles)) == len(handles)
    assert all(row["handle"].isascii() and len(row["handle"]) <= 15 and row["display_name"] for row in rows)
    assert all("." in row["source"] and "as of 20" in row["source"] for row in rows)
    assert {"xhnews", "cgtnofficial", "rt_com", "reuters", "ap"} <= set(handles)


def test_the_list_lies_beside_the_code_and_so_in_the_wheel():
    assert resources.files("inconcert.indicators.content").joinpath("official_outlets.csv").is_file()
