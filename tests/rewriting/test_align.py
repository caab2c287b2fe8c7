"""Alignments reconstruct both texts, do not depend on which is the earlier, and show whole substitutions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.rewriting import matched
from inconcert.rewriting.align import Alignment, align

from .test_tokens import TEXTS

WORDS = st.lists(
    st.sampled_from(
        [
            "the",
            "a",
            "of",
            "group",
            "China",
            "US",
            "said",
            "US-backed",
            "North",
            "South",
            "Korea",
            "中国",
            "美国",
            "人",
            ".",
            ",",
            "\n",
            "3",
            "4",
        ]
    ),
    max_size=30,
).map(" ".join)
PAIRS = st.tuples(st.one_of(TEXTS, WORDS), st.one_of(TEXTS, WORDS))


def substitutions(found: Alignment) -> list[tuple[str, str]]:
    return [(change.before.text, change.after.text) for change in found.changes]


@given(PAIRS)
def test_the_segments_are_both_texts(pair: tuple[str, str]) -> None:
    found = align(*pair)
    assert "".join(segment.before.text for segment in found.segments) == pair[0]
    assert "".join(segment.after.text for segment in found.segments) == pair[1]
    for tokens, sides in (
        (found.before, [segment.before for segment in found.segments]),
        (found.after, [segment.after for segment in found.segments]),
    ):
        place = token = 0
        for side in sides:
            assert (side.start, side.first) == (place, token)
            assert ((tokens.start >= place) & (tokens.end <= place + len(side.text))).sum() == side.tokens
            place, token = place + len(side.text), token + side.tokens
        assert token == len(tokens)


@given(PAIRS)
def test_what_is_called_the_same_is_and_its_share_is_right(pair: tuple[str, str]) -> None:
    found = align(*pair)
    same = 0
    for segment in found.segments:
        if segment.kind == "same":
            same += segment.before.tokens
            keys = [
                tokens.keys[side.first : side.first + side.tokens]
                for tokens, side in ((found.before, segment.before), (found.after, segment.after))
            ]
            assert keys[0] == keys[1]
        else:
            kind = {(0, 1): "insertion", (1, 0): "deletion", (1, 1): "substitution"}
            assert segment.kind == kind[min(segment.before.tokens, 1), min(segment.after.tokens, 1)]
    total = len(found.before) + len(found.after)
    assert found.aligned == (2 * same / total if total else 1)
    assert found.longest_block == max((s.before.tokens for s in found.segments if s.kind == "same"), default=0)


@given(PAIRS, st.sampled_from([0, 30, matched.EXACT_CELLS]))
def test_the_sides_are_symmetric(pair: tuple[str, str], cells: int) -> None:
    other = {"insertion": "deletion", "deletion": "insertion", "same": "same", "substitution": "substitution"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matched, "EXACT_CELLS", cells)
        there, back = align(*pair), align(pair[1], pair[0])
    assert [(s.kind, s.before, s.after) for s in there.segments] == [
        (other[s.kind], s.after, s.before) for s in back.segments
    ]


@given(TEXTS)
def test_a_text_is_unchanged_beside_itself(text: str) -> None:
    assert align(text, text).aligned == 1
    assert list(align(text, text).changes) == []


@pytest.mark.data
def test_the_sentence_of_the_reference_case(shared_data: Path) -> None:
    swap = json.loads((shared_data / "quotes.json").read_text("utf-8"))["entity_swap"]
    found = align(swap["original"], swap["rewritten"])
    assert substitutions(found) == [tuple(pair) for pair in swap["expected_substitutions"]]
    assert found.longest_block == 17  # as measured in the design
    assert found.aligned == pytest.approx(0.72, abs=0.005)


HARBOUR = (
    "The stealthy {0} crew, known for breaking into grain terminals alongside plain theft, has entered the networks of "
    "several {1} shipping firms, according to {2}."
)
GRID = "据{0}的研究人员披露，{1}黑客组织“灰鹭”已经侵入{2}多个省的电网系统，并在其中潜伏了两年之久，目前损失无法估计。"


@pytest.mark.parametrize(
    ("template", "before", "after"),
    [
        (HARBOUR, ("Iran", "Norwegian", "security firm Halden"),
         ("Israeli-run", "Syrian", "a Persian cyber security institute Blue Lantern Research Group Ltd")),
        (HARBOUR, ("Iran", "Norwegian", "cyber giant Halden"), ("UK", "Danish", "a Persian cyber security institute Blue Lantern")),
        (HARBOUR, ("Russia", "US", "a firm"), ("US", "Russian", "the ministry of the interior of Ruritania")),
        (HARBOUR, ("Iran", "US", "Halden Labs Inc"), ("Norway", "UK", "Lorne Labs Limited")),
        (HARBOUR, ("North Korea", "New Zealand", "Halden Labs"), ("South Korea", "Sri Lanka", "Lorne Labs International")),
        (GRID, ("曼迪昂特", "中国", "美国"), ("奇安信", "美国", "俄罗斯")),
        (GRID, ("中国科学院", "俄罗斯", "乌克兰"), ("美国哈佛大学", "乌克兰", "白俄罗斯")),
        (GRID, ("微软公司", "朝鲜", "韩国"), ("一家名为Blue Lantern的网络安全企业", "韩国", "朝鲜")),
    ],
)  # fmt: skip
def test_swapped_names_are_whole_spans(template: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    found = align(template.format(*before), template.format(*after))
    assert substitutions(found) == list(zip(before, after, strict=True))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # short unchanged words between changes of their own size stay
        ("China and Russia met in Geneva", "Iran and Cuba met in Geneva", [("China", "Iran"), ("Russia", "Cuba")]),
        ("I like tea", "I really like green tea", [("", "really"), ("", "green")]),
        ("the black cat sat", "the cat sat down", [("black", ""), ("", "down")]),
        ("The end", "A first sentence that is new. The very end", [("", "A first sentence that is new"), ("", "very")]),
        ("then China, Japan, Korea met", "then Iran, Japan, Cuba met", [("China", "Iran"), ("Korea", "Cuba")]),
        ("Maybe China has attacked us", "Maybe Cuba has already attacked us", [("China", "Cuba"), ("", "already")]),
        (
            "Sold by the tall firm. We all left",
            "Sold by a very small and old house in Lorne. We never left",
            [("the tall firm", "a very small and old house in Lorne"), ("all", "never")],
        ),
        # what is not compared
        ("Read “this”, now: https://a.b/c", "read this NOW @bob https://d.e/f", []),
        ("榮光歸香港", "荣光归香港", []),
        ("RT @ann: We all agree", "We all agree", []),
        ("", "new", [("", "new")]),
    ],
)
def test_small_changes(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert substitutions(align(before, after)) == expected


def test_an_insertion_shares_the_full_stop_before_it() -> None:
    found = align("It rains. Take a coat.", "It rains. Nobody knows why. Take a coat.")
    assert [(s.before.text, s.after.text) for s in found.segments] == [
        ("It rains. ", "It rains. "), ("", "Nobody knows why"), ("Take a coat.", ". Take a coat."),
    ]  # fmt: skip


def test_a_long_article_with_many_swaps_is_aligned_sentence_by_sentence() -> None:
    sentences = [
        f"In week {n} the harbour of Lorne handled {n * 37} tons for China, and nothing was lost. " for n in range(700)
    ]
    rewritten = [s.replace("China", "the United States") if n % 5 == 0 else s for n, s in enumerate(sentences)]
    found = align("".join(sentences), "".join(rewritten))
    assert len(found.before) * len(found.after) > matched.EXACT_CELLS
    assert substitutions(found) == [("China", "the United States")] * 140


@pytest.mark.parametrize(
    ("before", "after"), [("x" * 1_000_000, "y"), ("x " * 200_000, "中" * 200_000), ("\u202e" * 500_000, "a")]
)
def test_monstrous_texts_are_aligned(before: str, after: str) -> None:
    found = align(before, after)
    assert found.aligned == 0
    assert "".join(segment.before.text for segment in found.segments) == before
