"""Cells of several values, in every way exports write them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.normalise import lists
from inconcert.normalise.absent import MARKERS


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("[]", []),
        ("['RCA', 'comedy']", ["RCA", "comedy"]),
        ('["RCA", "comedy"]', ["RCA", "comedy"]),
        ("['it\\'s', \"it's\"]", ["it's", "it's"]),
        ("[u'\\u0430', 'b\\x41']", ["а", "bA"]),
        ('["\\ud83d\\ude00", "\\ud800"]', ["😀"]),
        ("[RCA, comedy]", ["RCA", "comedy"]),
        ("['a' 'b']", ["a", "b"]),
        ("{'a', 'b'}", ["a", "b"]),
        ("{a,b}", ["a", "b"]),
        ("('a',)", ["a"]),
        ("[1, 2.0, 12345678901234567890]", ["1", "2", "12345678901234567890"]),
        ('[{"tag": "x"}, {"text": "y"}]', ["x", "y"]),
        ("[{'text': 'x', 'indices': [1, 2]}]", ["x"]),
        ('{"hashtag": "x"}', ["x"]),
        ('[["a"], ["b", null, true]]', ["a", "b"]),
        ('"x"', ["x"]),
        ("#a #b", ["a", "b"]),
        ("#a#b", ["a", "b"]),
        ("#话题#,#话题二#", ["话题", "话题二"]),
        ("a b c", ["a", "b", "c"]),
        ("a, b c; d|e、f，g", ["a", "b c", "d", "e", "f", "g"]),
        ("RCA", ["RCA"]),
        ("['nan', None, '', 'a']", ["a"]),
        ("['a, b', 'c']", ["a, b", "c"]),
        ("[' a ', '#b']", ["a", "b"]),
    ],
)
def test_hashtags(cell: str, tags: list[str]) -> None:
    assert lists.hashtags(cell) == (tags, None)


@pytest.mark.parametrize(
    ("cell", "links"),
    [
        ("http://a.com/x,y", ["http://a.com/x,y"]),
        ("http://a.com, http://b.com", ["http://a.com", "http://b.com"]),
        ("http://a.com,http://b.com", ["http://a.com", "http://b.com"]),
        (
            "http://a.com http://b.com;https://c.com|hxxp://d.com",
            ["http://a.com", "http://b.com", "https://c.com", "hxxp://d.com"],
        ),
        ("['http://a.com/x,y', 'http://b.com']", ["http://a.com/x,y", "http://b.com"]),
        ("[http://a.com, http://b.com]", ["http://a.com", "http://b.com"]),
        ("[{'url': 'http://t.co/1', 'expanded_url': 'http://x.com'}]", ["http://x.com"]),
        ("a.com,b.com", ["a.com", "b.com"]),
        ("url_1", ["url_1"]),
        ("23678.0", ["23678"]),
        ("[]", []),
    ],
)
def test_links(cell: str, links: list[str]) -> None:
    assert lists.links(cell) == (links, None)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("['238096063']", ["238096063"]),
        ("@a, @b", ["a", "b"]),
        ("@a @b", ["a", "b"]),
        ("John Smith, Jane", ["John Smith", "Jane"]),
        ('[{"username": "a", "id": "1"}]', ["a"]),
    ],
)
def test_names(cell: str, names: list[str]) -> None:
    assert lists.names(cell) == (names, None)


def test_a_list_cut_off_keeps_its_whole_values_and_says_so() -> None:
    """Regression: malformed lists parsed as one string."""
    assert lists.hashtags("['a', 'b', 'c") == (["a", "b"], lists.CUT_OFF)
    assert lists.links("['http://a.com', 'http://b") == (["http://a.com"], lists.CUT_OFF)


def test_python_records_that_are_too_long_or_broken_are_refused_aloud() -> None:
    items, fault = lists.hashtags("[{'text': '" + "x" * 20_000 + "'}]")
    assert items == []
    assert "JSON" in str(fault)
    items, fault = lists.hashtags("[{'text': __import__('os').getcwd()}]")
    assert items == []
    assert "neither JSON" in str(fault)


@pytest.mark.parametrize(
    "cell", ["[" * 200_000, "['" * 100_000, '["' * 100_000, "{" * 100_000 + ":'", "(" * 300_000, "'" * 99_999]
)
def test_nesting_and_quotes_without_end(cell: str) -> None:
    for read in (lists.hashtags, lists.links, lists.names):
        assert isinstance(read(cell), lists.Cell)


WORDS = st.lists(
    st.text(min_size=1, max_size=8).filter(lambda w: w.strip() not in MARKERS and not w.strip().endswith(".0")),
    max_size=5,
)


@settings(deadline=None)
@given(WORDS)
def test_json_and_python_lists_read_alike(words: list[str]) -> None:
    want = [word for item in words if (word := item.strip()) not in MARKERS]
    assert [item.strip() for item in lists.links(json.dumps(words)).items] == want


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="[]{}()'\"\\,;: |#@abuU0.nul\n😀", max_size=40))
def test_any_cell_can_be_read_and_stored(cell: str) -> None:
    for read in (lists.hashtags, lists.links, lists.names):
        for item in read(cell).items:
            assert item
            item.encode()


USUAL = st.lists(
    st.sampled_from(["a", "tag_1", "12", "1.0", "nan", "None", "absent", " ", ", ", "', '", "['", "']", "#", "https://a.b/c", "http://x", "é", "\\", ";"]),
    max_size=7,
).map("".join)  # fmt: skip


@given(USUAL)
def test_usual_cells_are_read_as_any_other(cell: str) -> None:
    ways = (lists.links, lists.hashtags, lists.names)
    found = [read(cell) for read in ways]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "_USUAL", re.compile(r"(?!)"))
        assert [read(cell) for read in ways] == found
