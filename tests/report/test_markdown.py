"""Markdown of people: formatted, and unable to act, to lead anywhere or to hide."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from inconcert.report.claims import exceeds
from inconcert.report.markdown import markdown

ALLOWED = re.compile(
    r'</?(?:p|ul|li|strong|em|code|pre|blockquote)>|<p dir="auto">|</ol>|<ol start="\d+">|<hr>|<br>|<span class="code">|</span>'
)


def test_links_are_shown_with_their_address_and_pictures_are_not_loaded():
    assert markdown("[law](https://law.example/x)") == '<p dir="auto">law (<code>hxxps://law[.]example/x</code>)</p>'
    assert markdown("<https://law.example>") == '<p dir="auto">hxxps://law[.]example</p>'
    assert "<img" not in markdown("![p](https://evil.example/p.png)")


def test_words_that_claim_too_much_cannot_hide_in_markup():
    for text in (
        "co**ordinat**ed",
        "coord&#105;nated",
        "`coordinated`",
        "[coord](x)inated",
        "coordi\nnated coordinated",
    ):
        assert "left out" in markdown(text, exceeds=lambda clause: exceeds("L1", clause)), text


def test_who_is_behind_accounts_is_a_claim_of_no_level():
    for text in ("They are run by the government of Xland", "A state-backed wave", "They post on behalf of a party"):
        assert exceeds("L3", text), text
    for text in ("They ran into one another", "By and by they posted the same", "The state of the harbour"):
        assert not exceeds("L3", text), text


@given(st.text(alphabet=st.sampled_from("<>&\"'*_`#-[]()!\\ \n\t|~=:1.abjs/\u202e\u200b"), max_size=120))
def test_nothing_but_a_few_elements_without_attributes_comes_out(text: str):
    made = markdown(text)
    assert "<" not in ALLOWED.sub("", made)
    assert "\u202e" not in made
    assert "\u200b" not in made
