"""Differences between two wordings, marked in the later one."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from inconcert.report.hostile_text import visible
from inconcert.report.marked import example, marked

TEXTS = st.text(alphabet=st.sampled_from("abc XY9.,<>&\u202e中国\n\u0301"), max_size=40)


@given(TEXTS, TEXTS, st.booleans())
def test_without_what_was_struck_it_is_the_later_text(before: str, after: str, cut: bool) -> None:
    html = marked(before, after, cut=cut)
    left = re.sub(r"</?ins>", "", re.sub(r"<del>.*?</del>", "", html, flags=re.DOTALL))
    # hidden characters count as one run in a whole text and as several where a mark divides them
    plain = re.sub(r"<[^>]*>|\s|⟨[^⟩]*⟩|\u0301", "", left)
    assert plain == re.sub(r"<[^>]*>|\s|⟨[^⟩]*⟩|\u0301", "", visible(after))


def test_only_words_are_marked_and_in_their_places() -> None:
    assert marked("the cat sat", "the dog sat") == "the <del>cat</del> <ins>dog</ins> sat"
    assert marked("the cat sat", "the sat") == "the <del>cat</del> sat"
    assert marked("the sat", "the cat sat") == "the <ins>cat</ins> sat"
    assert marked("<b>one</b>", "<b>two</b>").count("<b>") == 0
    assert marked("我爱中国人民", "我爱美国人民").startswith("我爱<del>")


def test_where_a_text_was_cut_its_end_is_no_change() -> None:
    assert "<del>" in marked("one two three four five", "one two three")
    assert marked("one two three four five", "one two three", cut=True) == "one two three"


def test_an_example_shows_both_sides_around_the_change() -> None:
    before = "word " * 60 + "in Beijing today " + "more " * 60
    found = example(before, before.replace("Beijing", "Washington"), ("beijing", "WASHINGTON"), 40)
    assert found is not None
    assert "in <del>Beijing</del> today" in found[0]
    assert "in <ins>Washington</ins> today" in found[1]
    assert found[0][0] == found[0][-1] == "…"
    assert len(found[0]) < 120
    assert example("a b c", "a b d", ("x", "y"), 40) is None
