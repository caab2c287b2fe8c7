"""One truth about words: what the report leaves out, the check marks, and no letter of another alphabet carries a word past the list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.test_overclaims import BEYOND, PLAIN

from inconcert.report import claims
from inconcert.yardstick.assertion_words import FOLDED, WRITTEN
from inconcert.yardstick.assertions import LADDER, LEVELS, NEVER, assertions, overclaims
from inconcert.yardstick.lookalikes import latin
from inconcert.yardstick.remarks import Carried, remarks
from inconcert.yardstick.yardsticks import PHIA

SAID = (
    "The accounts are coordinated", "It is an inauthentic network", "The operators work in Nordle", "The ministry directs the network",
    "It is state-backed", "They are bots", "This proves it", "It is an influence operation", "They post beyond chance", "Fans like boats",
)  # fmt: skip


def marked(level: str, sentence: str) -> bool:
    """Whether the check says of a group of that level that the sentence claims too much, or that it claims proof."""
    found = remarks(sentence, PHIA, [Carried(("G1",), level)])
    return any(one.kind == "exceeds" or "claims certainty" in one.why for one in found)


@pytest.mark.parametrize("level", LADDER[:-1])
@pytest.mark.parametrize("sentence", [*BEYOND, *PLAIN, *SAID])
def test_the_gate_of_the_report_and_the_check_are_one(sentence: str, level: str):
    assert marked(level, sentence) == claims.exceeds(level, sentence)


@pytest.mark.parametrize("level", LADDER[:-1])
@pytest.mark.parametrize("sentence", SAID)
def test_sentences_of_the_tables_are_held_to_the_same_words(sentence: str, level: str):
    state = "not found" if "proves" in sentence else "found"  # which may speak of chance, and of proof
    held = claims.held_to_state(state, claims.held_to(level, sentence))
    assert (held != sentence) == claims.exceeds(level, sentence)


def test_every_kind_has_words_and_a_level_or_none():
    assert {*FOLDED, *WRITTEN} == {*LEVELS, *NEVER}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\u0430ttributed", "attributed"), ("coordin\u0430ted", "coordinated"), ("b\u043ets", "bots"), ("\u0412\u041eTS", "BOTS"), ("f\u0251ke", "fake"), ("tr\u03bfll", "troll"),
        ("\u0432ots", "bots"), ("\uff22\uff2fTS", "BOTS"),
    ],
)  # fmt: skip
def test_letters_that_look_latin_are_read_as_they_look(written: str, meant: str):
    assert latin(f"They are {written}.") == f"They are {meant}."
    assert overclaims("L0", f"They are {written}.")


def test_a_word_of_look_alikes_counts_where_the_sentence_is_latin():
    assert overclaims("L2", "They are plain \u0412\u041e\u0422.")  # no letter of it is Latin
    assert not overclaims("L2", "\u0412\u043e\u0442 \u044d\u0442\u043e \u0434\u043e\u043c.")
    assert overclaims("L2", "\u042d\u0442\u043e \u0431\u043e\u0442\u044b.")


def test_a_name_of_a_body_in_mixed_letters_is_one():
    assert overclaims("L3", "The \u043cinistry directs the netw\u043erk.")
    assert marked("L3", "It is \u0430ttributed.")
    assert [one.words for one in remarks("It is p\u043essibly so.", PHIA)] == ["possibly"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nobody knows who is behind it.", "We did not find that it is coordinated.", "It is not known whether they are bots.",
        "It has not been shown to be inauthentic.", "This does not mean that they are bots.", "It is unknown who is behind it.", "This proves nothing.",
    ],
)  # fmt: skip
def test_what_is_denied_claims_nothing(sentence: str):
    assert not any(assertions(sentence))
    assert not marked("L0", sentence)


def test_a_denial_of_something_else_denies_nothing():
    for sentence in (
        "They do not sleep, they are bots.",
        "It is not a club: it is run by the ministry.",
        "Not one, but all are coordinated.",
    ):
        assert marked("L0", sentence)


def test_a_question_that_names_somebody_claims_it():
    assert not marked("L0", "Who is behind it?")
    assert not marked("L0", "Is it coordinated?")
    assert marked("L0", "Is the ministry behind it?")
    assert marked("L0", "Are they bots?")


@given(st.text(max_size=200))
def test_reading_letters_as_latin_is_done_after_once(text: str):
    assert latin(latin(text)) == latin(text)


@given(st.sampled_from(LADDER[:-1]), st.text(max_size=120))
def test_whatever_is_written_a_higher_level_carries_no_less(level: str, text: str):
    higher = LADDER[LADDER.index(level) + 1]
    assert not overclaims(higher, text) or overclaims(level, text)


def test_much_hostile_text_ends():
    for text in (
        "a\u0301" + "\u0301\u0323" * 50_000,
        "no " * 40_000 + "bots",
        "run " * 20_000 + "by",
        "not bots " * 5_000,
    ):
        assert isinstance(overclaims("L0", text), bool)
