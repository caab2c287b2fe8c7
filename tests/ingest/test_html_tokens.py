"""HTML of posts: what is shown, where its links lead, and no text that takes long or makes reading stop."""

from __future__ import annotations

import html
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.ingest.formats.html_links import html_links
from inconcert.ingest.formats.html_text import without_tags
from inconcert.ingest.formats.html_tokens import Tag, tokens

names = st.sampled_from(["a", "p", "SPAN", "br", "x-y"])
values = st.text("abc &<>'\"é=/", max_size=8)
attributes = st.dictionaries(st.sampled_from(["href", "class", "data-x"]), values, max_size=3)
pieces = st.lists(
    st.text(max_size=8).map(html.escape)
    | st.builds(
        lambda name, of: f"<{name}" + "".join(f' {k}="{html.escape(v)}"' for k, v in of.items()) + ">",
        names,
        attributes,
    )
    | names.map(lambda name: f"</{name}>")
    | st.text("ab c", max_size=4).map(lambda text: f"<!--{text}-->"),
    max_size=10,
).map("".join)


class Oracle(HTMLParser):
    """The parser of the standard library, for HTML that is well made."""

    def __init__(self, value: str) -> None:
        super().__init__()
        self.text, self.tags = "", list[tuple[str, dict[str, str]]]()
        self.feed(value)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


@given(pieces)
def test_well_made_html_is_read_as_by_the_standard_library(value: str) -> None:
    expected, found = Oracle(value), list(tokens(value))
    assert "".join(token for token in found if isinstance(token, str)) == expected.text
    opening = [token for token in found if isinstance(token, Tag) and not token.closing]
    assert [(tag.name, tag.attributes()) for tag in opening] == expected.tags


@given(st.text("<>!-/a '\"=&;#[]x", max_size=60))
def test_any_text_is_read(value: str) -> None:
    assert isinstance(without_tags(value), str)
    assert isinstance(html_links(value), list)


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<![ x]", "<a b='", '<a"<a"', "&#", "<", "</"])
def test_a_megabyte_of_openings_is_read(piece: str) -> None:
    assert without_tags(piece * (1_000_000 // len(piece))) is not None


def test_links_are_where_anchors_lead_but_not_to_accounts_and_topics() -> None:
    value = (
        '<p><a href="https://m.example/@a" class="u-url mention">@a</a> <A HREF=https://example.org/1>one</A> '
        '<a href="https://example.org/?a=1&amp;b=2" rel="nofollow">two</a> <a rel="tag" href="https://m.example/tags/x">#x</a> '
        '<a href="javascript:alert(1)">no</a> <a>no</a></p>'
    )
    assert html_links(value) == ["https://example.org/1", "https://example.org/?a=1&b=2"]
