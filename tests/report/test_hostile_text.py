"""Strangers' text: nothing hides, nothing can be clicked, nothing acts."""

from __future__ import annotations

import html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.report.hostile_text import defanged, shortened, visible

ANY = st.text(max_size=120)
NASTY = st.text(
    alphabet=st.sampled_from("<>&\"'\x00\u202e\u200b\u200d\ufe0f\u0301a.:/@ 日ی😀\ue000\ufff9"), max_size=60
)


@given(st.one_of(ANY, NASTY))
def test_what_is_printed_has_no_markup_of_its_own(text: str) -> None:
    printed = re.sub(r'<span class="code">[^<]*</span>', "", str(visible(text)))
    assert "<" not in printed
    assert ">" not in printed
    assert '"' not in printed


@given(st.one_of(ANY, NASTY))
def test_no_control_or_bidi_character_reaches_the_page(text: str) -> None:
    printed = str(visible(text))
    assert not [c for c in printed if unicodedata.category(c) in ("Cc", "Co", "Cn", "Zl", "Zp") and c not in "\n\t"]
    assert not set(printed) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff")


@given(
    st.text(alphabet=st.characters(categories=("L", "N", "P", "S")), max_size=80).filter(
        lambda t: not set(t) & set("\u115f\u1160\u3164\uffa0\u2800")
    )
)
def test_ordinary_text_is_printed_as_it_is(text: str) -> None:
    assert html.unescape(str(visible(text))) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "⟨U+202E⟩"),
        ("\x00", "⟨U+0000⟩"),
        ("\u200b" * 5000, "⟨U+200B × 5,000⟩"),
        ("fi\u3164ller", "⟨U+3164⟩"),
        ("tag\U000e0041", "⟨U+E0041⟩"),
        ("a\u200db", "⟨U+200D⟩"),
        ("z" + "\u0301" * 40, "⟨36 more marks⟩"),
        ("x\ufe0fy", "⟨U+FE0F⟩"),
    ],
)
def test_hidden_characters_are_named(text: str, shown: str) -> None:
    assert shown in visible(text)


@pytest.mark.parametrize("text", ["می‌خواهم", "👩‍🎤", "❤️", "क्‍ष", "日本\n語", "e\u0301", "1️⃣"])
def test_spelling_is_not_taken_for_hiding(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("https://example.org/a.html?x=1", "hxxps://example[.]org/a[.]html?x=1"),
        ("HTTP://EVIL.example", "hxxP://EVIL[.]example"),
        ("see evil.com/path", "see evil[.]com/path"),
        ("ftp://files.example.net", "ftp[:]//files[.]example[.]net"),
        ("http://192.168.0.1/x", "hxxp://192[.]168[.]0[.]1/x"),
        ("пример.рф и 例え。jp", "пример[.]рф и 例え[.]jp"),
        ("mail a@b.co", "mail a@b[.]co"),
        ("at 3.14 or v1.2.3, e.g. now", "at 3.14 or v1.2.3, e.g. now"),
    ],
)
def test_links_are_defanged(text: str, safe: str) -> None:
    assert defanged(text) == safe


@given(st.one_of(ANY, st.from_regex(r"(https?://)?[a-z]{1,8}(\.[a-z]{1,5}){1,3}(/[a-z.]{0,6})?", fullmatch=True)))
def test_defanging_twice_changes_nothing_and_leaves_no_link(text: str) -> None:
    once = defanged(text)
    assert defanged(once) == once
    assert not re.search(r"https?://", once, re.IGNORECASE)


def test_long_text_is_cut_and_the_rest_counted() -> None:
    assert shortened("x" * 1_000_000, 600) == ("x" * 600, 999_400)
    assert shortened("abc", 600) == ("abc", 0)
    assert shortened("abc", 2, length=5_000_000) == ("ab", 4_999_998)
