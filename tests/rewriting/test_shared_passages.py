"""Passages that stand in two texts, in their order and out of it."""

from __future__ import annotations

from hypothesis import given

from inconcert.rewriting.align import align
from inconcert.rewriting.shared_passages import shared_passages

from .test_align import PAIRS

LONG = [
    "the boats were painted grey and left in the northern harbour over night",
    "nobody in the village had seen the crew before that cold evening in may",
    "a letter with the names of five men was found under the third bench",
]
CHINESE = "昨天晚上在北港的码头附近发现了三艘没有任何标志的灰色小船"


def passages(before: str, after: str) -> list[tuple[str, bool]]:
    return [(passage.before.text.strip(" .。"), passage.moved) for passage in shared_passages(align(before, after))]


def test_passages_in_order_and_moved_ones() -> None:
    before = ". ".join(LONG)
    assert passages(before, f"{LONG[0]}. Something else. {LONG[2]}") == [(LONG[0], False), (LONG[2], False)]
    found = passages(before, ". ".join((LONG[1], LONG[2], LONG[0])))
    assert sorted(found, key=lambda passage: passage[1]) == [(". ".join(LONG[1:]), False), (LONG[0], True)]
    assert passages(before, "An altogether different text about the price of bread in the eastern towns") == []


def test_a_moved_sentence_counts_from_eight_words_or_fourteen_characters() -> None:
    def moved(sentence: str) -> list[str]:
        before, after = f"{sentence}. {'. '.join(LONG)}.", f"{'. '.join(LONG)}. {sentence}."
        return [text for text, was_moved in passages(before, after) if was_moved]

    for n, told in ((7, False), (8, True)):
        sentence = " ".join(f"w{k}" for k in range(n))
        assert moved(sentence) == [sentence] * told
    for n, told in ((13, False), (14, True)):
        assert moved(CHINESE[:n]) == [CHINESE[:n]] * told


@given(PAIRS)
def test_both_sides_of_a_passage_have_the_same_tokens_and_only_moved_ones_leave_their_order(
    pair: tuple[str, str],
) -> None:
    found = align(*pair)
    for passage in shared_passages(found):
        keys = [
            text.keys[side.first : side.first + side.tokens]
            for text, side in ((found.before, passage.before), (found.after, passage.after))
        ]
        assert keys[0] == keys[1] != ()
