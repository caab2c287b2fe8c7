"""A passage is found in every spelling of it, near to it when words were changed, and marked where it stands."""

from __future__ import annotations

import itertools
import json
import unicodedata
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.copies.comparable import comparable
from inconcert.errors import InputError
from inconcert.hunting.passage import LEAST_SHINGLES, LEAST_SIMILARITY, MOST_LETTERS, Search, passage
from inconcert.hunting.passage_kernels import WORD, best_window, fewest_edits, may_be_near
from inconcert.hunting.passage_marks import marks

TITLE = "The harbour commission hides its secret toll on grain"
SERIES = "美国霸权病之一"
DENSE = ("CJK", "HANGUL SYLLABLE", "HIRAGANA", "KATAKANA", "THAI", "LAO", "MYANMAR", "KHMER", "BOPOMOFO")

Found = dict[tuple[int, int], tuple[bool, float, str]]


def found(passages: list[str], texts: list[str], least: float = LEAST_SIMILARITY) -> Found:
    """(text, passage) -> exact, similarity, window."""
    search = Search([passage(one) for one in passages], least_similarity=least)
    its = search.find(pa.array(texts, pa.string()))
    rows = zip(
        its.text.tolist(), its.passage.tolist(), its.exact.tolist(), its.similarity.tolist(), its.window, strict=True
    )
    return {(text, number): (exact, similarity, window) for text, number, exact, similarity, window in rows}


def shown(text: str, wanted: str) -> list[str]:
    """What is marked of the raw text."""
    ((_, _, window),) = found([wanted], [text]).values()
    return [text[first:end] for first, end in marks(text, window)]


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("看：美國霸權病之一（轉）", "美國霸權病之一"),
        ("美国霸权病之一", "美国霸权病之一"),
        ("【美国“霸权病”之一】", "美国“霸权病”之一"),
        ("美 国\u200b霸\ufe0f权病 之　一", "美 国\u200b霸\ufe0f权病 之　一"),
        ("#美國霸權病之一#", "美國霸權病之一"),
        ("#美国霸权病#之一", "美国霸权病#之一"),
        ("＃美国霸权病之一＃ \n续", "美国霸权病之一"),
        ("RT @someone: 美国霸权病之一 https://example.org/a", "美国霸权病之一"),
        ("&#x7f8e;国霸权病之一", "&#x7f8e;国霸权病之一"),
        ("美国https://example.org/a 霸权病之一", "美国https://example.org/a 霸权病之一"),
        ("报纸说美国霸权病之一是什么", "美国霸权病之一"),
    ],
)
def test_a_chinese_title_is_met_in_every_width_punctuation_and_script(text: str, marked: str) -> None:
    """Row M09."""
    assert found([SERIES], [text])[0, 0][:2] == (True, 1.0)
    assert found(["美國霸權病之一！"], [text])[0, 0][:2] == (True, 1.0)
    assert shown(text, SERIES) == [marked]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (TITLE.upper() + "!!!", TITLE.upper()),
        ("so, " + full_width(TITLE) + " (more)", full_width(TITLE)),
        (
            "the harbour – commission\nhides «its» secret, toll on grain",
            "the harbour – commission\nhides «its» secret, toll on grain",
        ),
        ("#" + TITLE.title().replace(" ", "") + " now", TITLE.title().replace(" ", "")),
        ("\u200b".join(TITLE), "\u200b".join(TITLE)),
        ("T\u0301h\u0308e" + TITLE[3:], "T\u0301h\u0308e" + TITLE[3:]),
        (f"yes {TITLE}. Again: {TITLE}?", TITLE),
    ],
)
def test_a_latin_title_is_met_in_every_case_width_and_joining(text: str, marked: str) -> None:
    assert found([TITLE], [text])[0, 0][:2] == (True, 1.0)
    assert set(shown(text, TITLE)) == {marked}


def test_words_inside_other_words_are_not_the_passage() -> None:
    texts = ["thus toll", "us toll", "us tollbooth", "a us-toll", "ustoll"]
    assert sorted(found(["US toll"], texts)) == [(1, 0), (3, 0)]
    assert shown("thus toll and us toll", "US toll") == ["us toll"]


def test_a_changed_word_is_near_and_marked_whole() -> None:
    text = "breaking: the harbour commission hides its secret toll on passengers, they say"
    exact, similarity, _ = found([TITLE], [text])[0, 0]
    assert not exact
    assert LEAST_SIMILARITY <= similarity < 1
    assert shown(text, TITLE) == ["the harbour commission hides its secret toll on passengers"]
    assert found([TITLE], [text], least=0.95) == {}


def test_short_passages_match_only_word_for_word() -> None:
    assert passage("五个字标题").only_exact
    assert not passage("六个字的标题").only_exact
    assert passage("elevensigns").only_exact
    assert not passage("twelve letters!").only_exact
    assert found(["五个字标题"], ["五个字标牌", "看五个字标题吧"]) == {(1, 0): (True, 1.0, "五个字标题")}


def test_every_passage_of_a_post_is_reported() -> None:
    text = f"{SERIES} {TITLE} 五个字标题"
    passages = [TITLE, SERIES, "五个字标题", "a passage that is not there"]
    assert sorted(found(passages, ["nothing", text])) == [(1, 0), (1, 1), (1, 2)]


@pytest.mark.parametrize("text", ["", "!!! ...", "\u200b", "https://example.org", "🙂"])
def test_a_passage_without_letters_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="no letter or digit"):
        passage(text)


def test_a_passage_of_a_whole_book_is_refused() -> None:
    assert len(passage("长" * MOST_LETTERS).letters) == MOST_LETTERS
    with pytest.raises(InputError, match="1,001 letters"):
        passage("长" * (MOST_LETTERS + 1))


@pytest.mark.data
def test_the_rewritten_article_is_near_and_other_posts_of_the_wave_are_not(shared_data: Path) -> None:
    quotes = json.loads((shared_data / "quotes.json").read_text("utf-8"))
    swap, posts = quotes["entity_swap"], quotes["tweets_figure_26"]
    assert found([swap["original"]], [swap["rewritten"], *posts]).keys() == {(0, 0)}
    assert {text for text, _ in found([posts[0]], posts)} == {0, 1}


# --- oracles -----------------------------------------------------------------------------------------------------


def naive_letters(text: str) -> tuple[str, list[bool]]:
    """Letters, and whether a word begins at each and after the last."""
    letters, begins, free = "", [], True
    for c in comparable(text):
        if c == " ":
            free = True
            continue
        dense = unicodedata.name(c, "").startswith(DENSE)
        begins.append(free or dense)
        letters += c
        free = dense
    return letters, [*begins, True]


def naively_exact(wanted: str, text: str) -> bool:
    sought, inner = naive_letters(wanted)
    letters, begins = naive_letters(text)
    n = len(sought)
    return any(
        letters[i : i + n] == sought
        and begins[i]
        and begins[i + n]
        and (not passage(wanted).only_exact or begins[i + 1 : i + n] == inner[1:n])
        for i in range(len(letters) - n + 1)
    )


def edits(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        before, row = row, [i]
        for j, y in enumerate(b, start=1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (x != y)))
    return row[-1]


def fewest_edits_of(sought: str, letters: str) -> int:
    return min(
        edits(sought, letters[i:j]) for i, j in itertools.combinations_with_replacement(range(len(letters) + 1), 2)
    )


WORDS = st.sampled_from(["ab", "a", "ba", "美国", "美", "霸权", "cab", "🙂", " ", "-", "\u200b", "#", "ＡＢ", "國"])
PHRASES = st.lists(WORDS, min_size=1, max_size=8).map("".join)


@settings(deadline=None)
@given(st.lists(PHRASES, min_size=1, max_size=4), st.lists(PHRASES, max_size=6))
def test_exact_matches_are_those_of_the_oracle(passages: list[str], texts: list[str]) -> None:
    passages = [one for one in passages if naive_letters(one)[0]] or ["ab"]
    exact = {pair for pair, (exact, _, _) in found(passages, texts).items() if exact}
    expected = {(t, p) for t, text in enumerate(texts) for p, one in enumerate(passages) if naively_exact(one, text)}
    assert exact == expected


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_near_matches_are_as_near_as_the_oracle_says(data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from(["salt on the old quay", "abcabcabcabca", "盐税藏在港口里"]))
    changed = list(wanted)
    for _ in range(data.draw(st.integers(0, 5))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at] = data.draw(st.sampled_from(["x", "a", "税", "", " ", "qu"]))
    text = (
        data.draw(st.sampled_from(["", "ab on ", "港口"]))
        + "".join(changed)
        + data.draw(st.sampled_from(["", " abc", "里"]))
    )
    sought, letters = naive_letters(wanted)[0], naive_letters(text)[0]
    best = 1 - fewest_edits_of(sought, letters) / len(sought)
    its = found([wanted], [text])
    if its:
        assert its[0, 0][1] == pytest.approx(best)
        assert best >= LEAST_SIMILARITY - 1e-9
        assert its[0, 0][0] == naively_exact(wanted, text)
    n = passage(wanted).shingle
    # an edit spoils n shingles at most, so that this near nothing can be missed
    spoilt = n * round((1 - best) * len(sought))
    shingles = len(sought) - n + 1
    if best >= LEAST_SIMILARITY and shingles - spoilt >= LEAST_SHINGLES * shingles:
        assert its


@settings(deadline=None)
@given(st.lists(st.text() | PHRASES, min_size=1, max_size=6), st.text() | PHRASES)
def test_any_text_is_searched_and_its_marks_lie_in_it(texts: list[str], wanted: str) -> None:
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    if not 0 < len(naive_letters(wanted)[0]) <= MOST_LETTERS:
        wanted = "ab"
    for (text, _), (_, _, window) in found([wanted], [*texts, f"{texts[0]} {wanted} "]).items():
        raw = [*texts, f"{texts[0]} {wanted} "][text]
        places = marks(raw, window)
        assert all(0 <= first < end <= len(raw) for first, end in places)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(places))


@settings(deadline=None)
@given(
    st.text(),
    st.text(),
    st.sampled_from([TITLE, SERIES, "港口委員會隱藏了糧食的秘密稅", "Zoll auf Korn für alle Häfen"]),
)
def test_what_is_marked_says_the_passage(before: str, after: str, wanted: str) -> None:
    """Whatever stands around it, unless that takes words away: a link or mention that swallows them, an earlier speaker."""
    text = f"{before} {wanted} {after}".encode("utf-8", "ignore").decode()
    its = found([wanted], [text])
    if not naively_exact(wanted, text):
        return
    exact, _, window = its[0, 0]
    assert exact
    places = marks(text, window)
    assert places
    sought = naive_letters(wanted)[0]
    assert any(naive_letters(text[first:end])[0] == sought for first, end in places)


@settings(deadline=None)
@given(
    st.lists(PHRASES | st.just(TITLE) | st.just(SERIES) | st.text(), min_size=1, max_size=8).map(list),
    st.integers(1, 4),
)
def test_a_text_is_judged_alike_in_any_company(texts: list[str], size: int) -> None:
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    passages = [TITLE, SERIES, "abab", "美国霸权"]
    together = found(passages, texts)
    apart = {
        (start + text, number): its
        for start in range(0, len(texts), size)
        for (text, number), its in found(passages, texts[start : start + size]).items()
    }
    assert apart == together
    alone = {(text, p): its for p, one in enumerate(passages) for (text, _), its in found([one], texts).items()}
    assert alone == together


@pytest.mark.parametrize(
    "text", ["a" * 300_000, "ab " * 100_000, "美" * 200_000, "\u0301" * 100_000, "&amp;" * 50_000, "@" * 99_999]
)
def test_monstrous_texts_are_searched_in_time(text: str) -> None:
    passages = ["a" * 900 + "b", "ab " * 300, "美" * 800 + "国", "amp amp amp amp"]
    for _, _, window in found(passages, [text, text + TITLE]).values():
        assert all(first < end for first, end in marks(text, window))
    assert found([TITLE], [f"{text} {TITLE}"]).keys() == {(0, 0)}


LETTERS = st.integers(0, 4)


@settings(deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=WORD), st.lists(LETTERS, max_size=90))
def test_the_quick_count_of_edits_is_that_of_the_alignment(sought: list[int], letters: list[int]) -> None:
    one, other = (np.array(some, dtype=np.int32) for some in (sought, letters))
    expected = best_window(one, other)[0]
    assert fewest_edits(one, other) == expected
    if len(sought) < 12 and len(letters) < 14:
        assert expected == fewest_edits_of("".join(map(str, sought)), "".join(map(str, letters)))


@settings(deadline=None)
@given(st.integers(WORD + 1, 300), st.integers(0, 2**32 - 1))
def test_long_passages_are_not_ruled_out_wrongly(size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    sought = rng.integers(0, 9, size, dtype=np.int32)
    letters = np.concatenate([rng.integers(0, 9, 40, dtype=np.int32), sought, rng.integers(0, 9, 40, dtype=np.int32)])
    letters[rng.integers(0, len(letters), size // 4)] = 10
    assert may_be_near(sought, letters, best_window(sought, letters)[0])
    assert not may_be_near(sought, letters + 20, size // 2)
