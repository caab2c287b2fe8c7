"""JSON records: lines, arrays, pages; nested names; numbers as written; faults stepped over."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inconcert.errors import InputError
from inconcert.ingest.formats import flattened, json_window
from inconcert.ingest.formats.flatten import paths, value_at
from inconcert.ingest.stream import byte_stream

from .conftest import Read

RECORDS = [
    {
        "id": 1198490071219032064,
        "reply_to_id": None,
        "user": {"id": 7, "name": "Ä"},
        "text": "x",
        "hashtags": ["a", "b"],
    },
    {
        "id": 1198490071219032065,
        "reply_to_id": 1.198473762313818e18,
        "user": {"id": 8, "name": None},
        "text": 'y, "z"\n',
        "hashtags": [],
    },
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(map(json.dumps, RECORDS)),
        "\r\n\r\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS) + "\n",
        json.dumps(RECORDS),
        json.dumps(RECORDS, indent=2),
        json.dumps({"data": RECORDS, "meta": {}}, indent=2),
        json.dumps({"data": RECORDS[:1]}) + "\n" + json.dumps({"data": RECORDS[1:]}),
    ],
)
def test_lines_arrays_and_pages_give_the_same_records(read: Read, content: str) -> None:
    for packed, name in ((content.encode(), "posts.json"), (gzip.compress(content.encode()), "posts.json.gz")):
        _, rows, rejects = read(packed, name)
        assert [row["post_id"] for row in rows] == ["1198490071219032064", "1198490071219032065"]
        assert [row["reply_to_id"] for row in rows] == [None, None]
        assert [row["account_id"] for row in rows] == ["7", "8"]
        assert [row["text"] for row in rows] == ["x", 'y, "z"\n']
        assert [row["hashtags"] for row in rows] == ['["a", "b"]', "[]"]
        assert [row["row_ref"] for row in rows] == [1, 2]
        assert [("lost digits" in reject.reason, reject.fatal) for reject in rejects] == [(True, False)]


def test_the_keys_of_wide_records_are_looked_at_only_where_some_hold_more(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Regression: 400 records of 2,000 keys took 41 s, most of it for names that all of them have."""
    walked: list[int] = []

    def counted(record: dict[str, object]) -> Iterator[str]:
        walked.append(len(record))
        return paths(record)

    monkeypatch.setattr(flattened, "paths", counted)
    wide = {f"key{n}": "x" for n in range(500)}
    records = [{"id": str(n), "author": f"a{n}", "text": "x", **wide} for n in range(50)]
    nested = {"id": "50", "author": "a50", "text": "y", "place": {"name": "z"}}
    reading, rows, _ = read("\n".join(map(json.dumps, [*records, nested])).encode(), "posts.json")
    assert set(walked) == {len(nested)}
    assert [row["handle"] for row in rows] == [f"a{n}" for n in range(51)]
    assert reading.unknown_columns == (*wide, "place.name")


def test_references_and_included_users_of_the_x_api(read: Read) -> None:
    page = {
        "data": [
            {"id": "1", "author_id": "7", "text": "RT", "created_at": "2021-01-01T00:00:00.000Z", "conversation_id": "1",
             "referenced_tweets": [{"type": "retweeted", "id": "5"}],
             "entities": {"urls": [{"expanded_url": "https://example.org/a"}]}},
            {"id": "2", "author_id": "8", "text": "re", "created_at": "2021-01-01T00:00:09.000Z", "conversation_id": "1",
             "referenced_tweets": [{"type": "replied_to", "id": "1"}, {"type": "quoted", "id": "3"}]},
        ],
        "includes": {"users": [{"id": "7", "username": "seven", "name": "Seven"}]},
    }  # fmt: skip
    reading, rows, _ = read(json.dumps(page).encode(), "page.json")
    assert reading.importer.name == "x_api_v2"
    assert [(row["shared_id"], row["reply_to_id"], row["quoted_id"], row["handle"]) for row in rows] == [
        ("5", None, None, "seven"),
        (None, "1", "3", None),
    ]
    assert rows[0]["urls"] == '["https://example.org/a"]'


def test_broken_lines_are_set_aside(read: Read) -> None:
    good = '{"author": "a", "text": "日本語"}'
    deep = "[" * 100_000
    lines = [good, '{"author": "b", "text"', "", "[1]", deep, '{"author": "\\ud83d", "text": "z"}', good]
    _, rows, rejects = read("\n".join(lines).encode() + b'\n{"author": "\xff", "text": "w"}\n', "posts.jsonl")
    assert [(row["row_ref"], row["handle"]) for row in rows] == [(1, "a"), (5, "\ufffd"), (6, "a"), (7, "\ufffd")]
    assert [(reject.row_ref, reject.fatal) for reject in rejects] == [
        (2, True), (3, True), (4, True), (7, False), (5, False)
    ]  # fmt: skip
    assert "not a JSON object" in rejects[1].reason


def test_a_broken_element_of_an_array_is_stepped_over(read: Read) -> None:
    content = b'[{"author": "a", "text": "x"}, {"author": "b", text: {}}, {"author": "c", "text": "}{"}]'
    _, rows, rejects = read(content, "posts.json")
    assert [(row["row_ref"], row["handle"]) for row in rows] == [(1, "a"), (3, "c")]
    assert [reject.row_ref for reject in rejects] == [2]


def test_an_array_cut_off_keeps_what_is_whole(read: Read) -> None:
    _, rows, rejects = read(b'[{"author": "a", "text": "x"}, {"author": "b", "te', "posts.json")
    assert [row["handle"] for row in rows] == ["a"]
    assert "was not read" in rejects[0].reason


def test_an_array_of_which_most_cannot_be_read_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_window, "RECORD_BYTES_MAX", 1 << 16)
    monkeypatch.setattr(byte_stream, "_OUTPUT_BYTES", 1 << 14)
    good = json.dumps([{"author": "a", "text": "x" * 100}] * 10)
    rest = '{"author": "b", "text": "' + "y" * (1 << 20)
    with pytest.raises(InputError, match="no valid JSON after record 11"):
        read((good[:-1] + "," + rest).encode(), "posts.json")


def test_no_object_at_all_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="no JSON objects that can be read"):
        read(b'{"author": \n{"author": \n', "posts.jsonl")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(min_size=1, max_size=4).filter(lambda key: "." not in key), VALUES, max_size=4))
def test_every_path_of_a_record_leads_to_its_value(record: dict[str, object]) -> None:
    for path in paths(record):
        found = value_at(record, path)
        top = record[path.split(".")[0]]
        if top is None:
            assert found is None
        elif isinstance(top, str):
            assert found == top
        elif not isinstance(top, dict):
            assert json.loads(found or "null") == top or isinstance(top, list)
