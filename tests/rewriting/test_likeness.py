"""What two texts are called."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.rewriting.likeness import jaccard, likeness, pieces

from .test_align import GRID, HARBOUR, PAIRS
from .test_shared_passages import CHINESE, LONG

SWAP = "rewritten copy with names swapped"
NAMES = ("Iran", "Norwegian", "Halden Labs")


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (HARBOUR.format(*NAMES), "RT @ann: " + HARBOUR.format(*NAMES).upper() + " https://a.b/c", "same text"),
        ("榮光歸於這個城市的所有人民", "荣光归于这个城市的所有人民", "same text"),
        ("Hi", "hi!", "same text"),
        ("?!", "?!", "same text"),
        ("?!", "!?", "different"),
        (HARBOUR.format(*NAMES), HARBOUR.format("Israel", "Danish", "Lorne Group"), SWAP),
        (GRID.format("奇安信", "中国", "美国"), GRID.format("微软公司", "美国", "朝鲜"), SWAP),
        (HARBOUR.format(*NAMES), HARBOUR.format(*NAMES).replace("stealthy", "noisy"), "rewritten copy"),
        ("I like tea", "I like rum", "too short to say"),
        ("I like tea", "You own rum", "different"),
        (". ".join(LONG), f"{LONG[2]}. And now for something that has nothing to do with it at all, as we said before. "
         "The price of bread has risen again, and so has that of salt and of fish.", "shares passages"),
        (f"{CHINESE}。", f"有人写道：{CHINESE}。可是我们不知道他说的是不是真的，也不知道谁能告诉我们，请大家不要再问了。昨夜下了雨，路上没有一个行人。", "shares passages"),
        (LONG[0], LONG[1], "different"),
    ],
)  # fmt: skip
def test_verdicts(before: str, after: str, verdict: str) -> None:
    assert likeness(before, after).verdict == verdict
    assert likeness(after, before).verdict == verdict


@pytest.mark.data
def test_posts_of_the_reference_case(shared_data: Path) -> None:
    quotes = json.loads((shared_data / "quotes.json").read_text("utf-8"))
    posts = quotes["tweets_figure_26"]
    same = [
        pair
        for pair in combinations(range(len(posts)), 2)
        if likeness(*(posts[n] for n in pair)).verdict == "same text"
    ]
    assert same == [(0, 1)]
    for a, b in combinations(range(1, len(posts)), 2):
        assert likeness(posts[a], posts[b]).verdict == "different"
    swap = likeness(quotes["entity_swap"]["original"], quotes["entity_swap"]["rewritten"])
    assert (swap.verdict, swap.too_short) == (SWAP, False)
    assert swap.jaccard_5 == pytest.approx(0.60, abs=0.015)  # of the design, which keeps punctuation
    assert swap.jaccard_3 == pytest.approx(0.69, abs=0.035)


@given(PAIRS)
def test_any_two_texts_are_something_to_one_another(pair: tuple[str, str]) -> None:
    found = likeness(*pair)
    back = likeness(pair[1], pair[0])
    assert (found.verdict, found.jaccard_5, found.jaccard_3) == (back.verdict, back.jaccard_5, back.jaccard_3)
    assert 0 <= found.jaccard_5 <= 1
    assert len(found.swapped) == len(list(found.alignment.changes))


@given(st.text(max_size=12), st.text(max_size=12), st.integers(1, 5))
def test_similarity_is_that_of_sets_of_pieces(one: str, other: str, n: int) -> None:
    sets = [
        {text[i : i + n] for i in range(len(text)) if len(text[i : i + n]) == n} or {text} - {""}
        for text in (one, other)
    ]
    assert pieces(one, n) == sets[0]
    union = sets[0] | sets[1]
    assert jaccard(pieces(one, n), pieces(other, n)) == (len(sets[0] & sets[1]) / len(union) if union else 1)
