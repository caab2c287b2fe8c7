"""Names of columns: unique whatever the header, and alike whatever the spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.errors import InputError, UnknownName
from inconcert.fields import fields_of
from inconcert.ingest.formats.names import COLUMNS_MAX, folded, unique_names
from inconcert.ingest.importer import Importer, find_mapping
from inconcert.ingest.importers import IMPORTERS
from inconcert.ingest.tools.table import TABLE


@given(st.lists(st.sampled_from(["text", "", " text", "id", "text (column 2)", "日"]), max_size=8))
def test_names_are_unique_and_the_first_of_a_name_keeps_it(header: list[str]) -> None:
    names, notes = unique_names(header)
    assert len(names) == len(header) == len(set(names))
    assert ("text" in names) == any(name.strip() == "text" for name in header)
    assert len(notes) == sum(
        sum(n.strip() == name for n in header) > 1 for name in {n.strip() for n in header if n.strip()}
    )


def test_a_header_of_very_many_columns_is_refused() -> None:
    assert len(unique_names(["x"] * COLUMNS_MAX)[0]) == COLUMNS_MAX
    with pytest.raises(InputError, match="10,001 columns"):
        unique_names(["x"] * (COLUMNS_MAX + 1))


@pytest.mark.parametrize("spelling", ["created_at", "Created At", "CREATED-AT", "createdAt", " created_at"])
def test_spellings_of_a_name_are_one(spelling: str) -> None:
    assert folded(spelling) == folded("created_at")


def test_no_column_name_of_the_general_importer_stands_under_two_fields() -> None:
    names = [name for hints in TABLE.columns.values() for name in {folded(hint) for hint in hints}]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("importer", IMPORTERS.values(), ids=lambda importer: importer.name)
def test_every_importer_knows_only_fields_and_an_author(importer: Importer) -> None:
    for named in (importer.columns.keys(), set(importer.shape.fields) if importer.shape else set()):
        assert fields_of(importer.table).keys() >= named
        assert (
            not named or importer.table != "posts" or {"account_id", "handle"} & named or importer.account_in_file_name
        )


def test_the_users_choice_goes_first_and_takes_its_column_from_others() -> None:
    columns = ("id", "Zeit", "date", "text", "author")
    assert find_mapping(TABLE, columns, {"created_at": "Zeit"})["created_at"] == "Zeit"
    assert find_mapping(TABLE, columns, {"text": "date"}).get("created_at") is None
    assert find_mapping(TABLE, columns, {"created_at": "zeit"})["created_at"] == "Zeit"
    assert "created_at" not in find_mapping(TABLE, columns, {"created_at": ""})
    assert list(find_mapping(TABLE, columns, {})) == ["post_id", "handle", "created_at", "text"]


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"No field is called 'create_at'\. Did you mean 'created_at'\?"):
        find_mapping(TABLE, ("id",), {"create_at": "id"})
    with pytest.raises(UnknownName, match=r"No column of the file is called 'Zeitt'\. Did you mean 'Zeit'\?"):
        find_mapping(TABLE, ("Zeit", "text"), {"created_at": "Zeitt"})
