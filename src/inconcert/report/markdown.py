"""Markdown that people write, as HTML that can neither act nor lead anywhere: no markup of their own, no picture, no link to click.

A link becomes its words and its address, defanged. Headings become bold lines, so that those of the page keep their order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from inconcert.report import claims
from inconcert.report.hostile_text import defanged, visible

_PLAIN = {"text", "code_inline", "text_special"}
_BREAKS = {"softbreak", "hardbreak"}
_BLOCKS = {
    "paragraph_open": "<p dir=\"auto\">", "paragraph_close": "</p>",
    "heading_open": "<p dir=\"auto\"><strong>", "heading_close": "</strong></p>",
    "bullet_list_open": "<ul>", "bullet_list_close": "</ul>", "ordered_list_close": "</ol>",
    "list_item_open": "<li>", "list_item_close": "</li>",
    "blockquote_open": "<blockquote>", "blockquote_close": "</blockquote>", "hr": "<hr>",
    "em_open": "<em>", "em_close": "</em>", "strong_open": "<strong>", "strong_close": "</strong>",
    "softbreak": "\n", "hardbreak": "<br>",
}  # fmt: skip


def markdown(
    text: str,
    *,
    masked: Callable[[str], str] = str,
    exceeds: Callable[[str], bool] = lambda clause: False,
    instead: Callable[[Markup], Markup] = lambda clause: Markup(claims.REMOVED),
    copy: Markup | None = None,
) -> Markup:
    """The text as HTML.

    masked: what is done to names in it.   exceeds: whether a clause claims too much; a paragraph that holds one loses its emphasis
    and links, and has `instead` of that clause.   copy: a button after each address, whose "{}" becomes the defanged address.
    """

    def said(words: str) -> Markup:
        return visible(defanged(masked(words)))

    def held(words: str) -> Markup:
        clauses = [(clause, said(clause)) for clause in claims.clauses(words)]
        return Markup(" ").join(instead(shown) if exceeds(clause) else shown for clause, shown in clauses)

    def inline(tokens: Sequence[Token]) -> Markup:
        words = "".join(" " if token.type in _BREAKS else token.content for token in tokens)
        if any(exceeds(clause) for clause in claims.clauses(words)):
            return held(words)
        parts, addresses, spelt = [], [], ""
        for token in tokens:
            if token.type == "link_open":
                addresses.append(str(token.attrGet("href") or ""))
                spelt = ""
            elif token.type == "link_close":
                parts.append(_address(said(addresses.pop()), spelt, copy))
            elif token.type in _PLAIN:
                spelt += token.content
                parts.append(
                    Markup("<code>{}</code>" if token.type == "code_inline" else "{}").format(said(token.content))
                )
            else:
                parts.append(Markup(_BLOCKS[token.type]))
        return Markup("").join(parts)

    def block(token: Token) -> Markup:
        if token.type == "inline":
            return inline(token.children or [])
        if token.type in ("fence", "code_block"):
            return Markup("<pre>{}</pre>").format(held(token.content.rstrip("\n")))
        if token.type == "ordered_list_open":
            return Markup('<ol start="{}">').format(int(token.attrGet("start") or 1))
        return Markup("" if token.hidden else _BLOCKS[token.type])

    return Markup("").join(block(token) for token in _parser().parse(text))


def _address(shown: Markup, spelt: str, copy: Markup | None) -> Markup:
    """What stands behind the words of a link: its address, unless the words are the address."""
    again = Markup("") if visible(defanged(spelt)) == shown else Markup(" (<code>{}</code>)").format(shown)
    return again + (copy.format(shown.striptags()) if copy else "")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline", "reference"])
