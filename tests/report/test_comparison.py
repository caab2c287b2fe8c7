"""The page of two texts: both are on it to the letter, it loads nothing, and changes are seen without colour."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.report import comparison
from inconcert.report.comparison import MEANING, comparison_page
from inconcert.report.comparison_rows import rows
from inconcert.rewriting.align import align
from inconcert.rewriting.likeness import likeness

SENTENCES = [f"On day {n} the harbour of Lorne was quiet." for n in range(1, 30)]
TEXTS = st.lists(
    st.sampled_from(
        ["The ", "China ", "Iran ", "says. ", "No. ", "\n", "人", "。", "<b>", "\u202e", "\ud800", "@x ", "3 ", "!"]
    ),
    max_size=20,
).map("".join)


def page(before: str, after: str) -> str:
    return comparison_page(likeness(before, after), "a.txt", "b.txt")


def cells(html: str) -> list[str]:
    """What the cells of the two columns say, marks and numbers of substitutions left out."""
    found = re.findall(r'<bdi class="text" dir="auto">(.*?)</bdi></td>', html, re.DOTALL)
    return [unescape(re.sub(r"&#8288;<sup>\d+</sup>|<[^>]+>", "", cell)) for cell in found]


@given(TEXTS, TEXTS)
def test_rows_hold_both_texts_but_for_white_space_at_their_ends(before: str, after: str) -> None:
    made = list(rows(align(before, after)))
    for text, sides in ((before, [row.before for row in made]), (after, [row.after for row in made])):
        told = "".join(piece.text for pieces in sides for piece in pieces)
        assert "".join(told.split()) == "".join(text.split())
    assert all(row.before or row.after for row in made)


@settings(max_examples=30)
@given(TEXTS, TEXTS)
def test_any_two_texts_make_a_page_in_which_nothing_acts(before: str, after: str) -> None:
    html = page(before, after)
    assert "<b>" not in html
    assert "\u202e" not in html
    html.encode()


def test_rows_end_where_sentences_end_in_both() -> None:
    before = "It rained. The US fleet left. 41 boats stayed.\n\nNobody knew why. They came back."
    after = "It rained. The Cuban fleet left. 43 boats stayed.\n\nThat was odd. Nobody knew why. They came back."
    made = [
        ("".join(p.text for p in row.before), "".join(p.text for p in row.after)) for row in rows(align(before, after))
    ]
    assert made == [
        ("It rained.", "It rained."),
        ("The US fleet left.", "The Cuban fleet left."),
        ("41 boats stayed.", "43 boats stayed."),
        ("Nobody knew why.", "That was odd. Nobody knew why."),
        ("They came back.", "They came back."),
    ]


def test_substitutions_are_numbered_alike_on_both_sides_and_in_the_list() -> None:
    html = page(
        "Iran did it. Iran paid 30 men. Nobody else was there.",
        "Cuba did it. Cuba paid 90 men. Nobody was there again.",
    )
    assert re.findall(r'<mark class="put">(\w+)&#8288;<sup>(\d)</sup></mark>', html) == [
        ("words", "1"), ("Iran", "1"), ("Cuba", "1"), ("Iran", "1"), ("30", "2"), ("Cuba", "1"), ("90", "2"),
    ]  # fmt: skip
    assert "<del>else</del>" in html
    assert "<ins>again</ins>" in html
    assert re.findall(r'<th scope="row" class="n">(\d)</th><td><bdi>(\w+)</bdi>', html) == [("1", "Iran"), ("2", "30")]


def test_unchanged_sentences_far_from_any_change_are_folded_and_all_are_there() -> None:
    after = [*SENTENCES[:15], SENTENCES[15].replace("Lorne", "Norland"), *SENTENCES[16:]]
    html = page(" ".join(SENTENCES), " ".join(after))
    assert re.findall(r"<summary>(.*?)</summary>", html) == ["14 unchanged sentences", "12 unchanged sentences"]
    assert cells(html) == [text for pair in zip(SENTENCES, after, strict=True) for text in pair]


def test_a_text_beside_itself_is_shown_unfolded() -> None:
    html = page(" ".join(SENTENCES), " ".join(SENTENCES))
    assert "<details>" not in html
    assert "Nothing was put in the place of anything" in html
    assert MEANING["same text"] in html


def test_what_has_no_room_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "CHARACTERS_AT_MOST", 2 * sum(map(len, SENTENCES[:10])))
    html = page(" ".join(SENTENCES), " ".join(SENTENCES))
    assert len(cells(html)) == 20
    assert "19 further sentences left out" in html


def test_links_are_unclickable_and_the_policy_allows_only_the_style() -> None:
    html = page(
        "See http://a.example/b now or never, they told us all", "See http://c.example/d now or never, they told us all"
    )
    assert "hxxp://a.example/b" in html
    assert "http://" not in html
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert re.fullmatch(
        r"default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]+&#39;; script-src &#39;none&#39;; base-uri &#39;none&#39;; "
        r"form-action &#39;none&#39;|default-src 'none'; style-src 'sha256-[\w+/=]+'; script-src 'none'; base-uri 'none'; "
        r"form-action 'none'",
        policy[1],
    )
    assert not re.search(r"<(script|img|link|iframe)|url\(|@import| href=", html)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 700, 1280])
def test_the_page_is_styled_quiet_and_fits(chromium: Any, tmp_path: Path, width: int, scheme: str) -> None:
    hostile = "A" * 400 + " \u202eabc <script>x</script> " + "人" * 200
    file = tmp_path / "page.html"
    file.write_text(page(f"Iran did it. {hostile} All of it.", f"Cuba did it. {hostile[::-1]} All of it."), "utf-8")
    complaints: list[str] = []
    opened = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("request", lambda request: None if request.url == file.as_uri() else complaints.append(request.url))
    opened.goto(file.as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    # a changed word is told from others without colour: by its weight and the line under it
    style = "(name) => getComputedStyle(document.querySelector('td mark'))[name]"
    assert opened.evaluate(style, "fontWeight") == "600"
    assert opened.evaluate(style, "borderBottomStyle") == "solid"
    paper = opened.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") is (scheme == "light")
    opened.close()
    assert complaints == []
