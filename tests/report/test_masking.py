"""Names in sentences, labels and reasons of indicators."""

from __future__ import annotations

import pytest

from inconcert.report.masking import masker
from inconcert.report.measured import Measured, Seen
from inconcert.report.pseudonyms import Pseudonyms

NAMES = Pseudonyms(
    {"acct": "G1-01", "u1002": "G1-02", "x<b>.y": "A-01", "u9": "A-02"},
    {"plainhandle": "G1-01", "maria_84": "G1-02", "others": "A-02"},
)
NAMED = {
    "acct": ("plainhandle", "Maria Harbour"),
    "u1002": ("maria_84",),
    "x<b>.y": ("odd.one",),
    "u9": ("Others", "The Others"),
}


def reading(subject: str = "account", subject_id: str = "acct", witnesses: tuple[str, ...] = ("x<b>.y",)) -> Measured:
    return Measured(
        "I1", {"subject": subject, "subject_id": subject_id}, (), tuple(Seen(w, None, "") for w in witnesses)
    )


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("acct changed its name from plainhandle to @plainhandle.", "G1-01 changed its name from G1-01 to G1-01."),
        ("Maria Harbour and “Maria Harbour”", "G1-01 and “G1-01”"),
        ("x<b>.y, (odd.one)", "A-01, (A-01)"),
        ("maria_84 → u1002 → MARIA_84", "G1-02 → G1-02 → G1-02"),
        ("both others posted like the others", "both others posted like the others"),
        ("The Others", "A-02"),
        ("@somebody_else", "@[account]"),
        ("https://twitter.com/maria_84/status/1", "https://twitter.com/[account]/status/1"),
        ("2024-03-05 at 09:14:02, 12 of 34 (35%)", "2024-03-05 at 09:14:02, 12 of 34 (35%)"),
    ],
)
def test_names_become_pseudonyms_and_words_stay(text: str, masked: str) -> None:
    assert masker(reading(), NAMES, NAMED)(text) == masked


def test_a_plain_handle_is_a_word_where_it_is_nobody_the_reading_is_about() -> None:
    mask = masker(reading(subject="post", subject_id="p1", witnesses=()), NAMES, NAMED)
    assert mask("a plainhandle in a sentence") == "a plainhandle in a sentence"
    assert mask("plainhandle") == "G1-01"
    assert mask("@plainhandle") == "G1-01"


def test_a_megabyte_is_cut() -> None:
    assert len(masker(reading(), NAMES, NAMED)("acct " * 300_000)) < 10_000


def test_an_account_without_a_pseudonym_is_still_not_named() -> None:
    mask = masker(reading(subject_id="nobody77"), NAMES, {"nobody77": ("No Body",)})
    assert mask("nobody77 is No Body") == "[account] is [account]"
