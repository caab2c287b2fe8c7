"""Links, hashtags and mentions as they stand in a text, for sources that do not list them."""

from __future__ import annotations

import re

from inconcert.normalise.lists import Cell
from inconcert.normalise.text import LINK, MENTION

_STOP = r"\s<>\"“”«»\u2e80-\u9fff\uac00-\ud7af\uf900-\uffef"
_LINK = re.compile(
    rf"(?:[hH](?:[tT]{{2}}|[xX]{{2}})[pP][sS]?://|w(?<![\w.]w)ww\.|t(?<![\w./\-]t)\.(?:co|cn|me)/"
    rf"|b(?<![\w./\-]b)it\.ly/|y(?<![\w./\-]y)outu\.be/)[^{_STOP}…]++(…|(?<=\.\.\.))?",
    re.ASCII,
)
_LAST = ".,;:!?'*_~|"
_TOPIC = re.compile(r"#(?!\s)([^#\n]{1,60})(?<!\s)#")
_SIGN = re.compile("[#＃]")
_SPACE = re.compile(r"\s")
_DENSE = re.compile("[\u2e80-\u9fff\uac00-\ud7af]")
# Vowel signs and other marks are part of a word in many scripts, which \w does not know.
_TAG = re.compile(
    r"[#＃]((?:[\w\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff"
    r"\u0e31-\u0e4e\u0eb1-\u0ece\u0f18-\u0fbc\u102b-\u103e\u17b4-\u17d3]|[\u200c\u200d\u00b7](?=\w))+)"
)
_NO_TAG_AFTER = re.compile(r"[a-zA-Z0-9_&/]")


def links(text: str) -> Cell:
    """The links, in order, without the punctuation that follows them; a link that the text cuts short is left out."""
    return Cell([_trimmed(match[0]) for match in _LINK.finditer(text) if match[1] is None])


def hashtags(text: str) -> Cell:
    """The hashtags, in order, without their sign: #word, or #words between two signs# as on Weibo; not numbers alone."""
    if "://" in text:
        text = LINK.sub(" ", text)
    found: list[str] = []
    position = last_end = 0
    while sign := _SIGN.search(text, position):
        start = sign.start()
        match = _topic(text, start)
        if match is None and (start == last_end or not _NO_TAG_AFTER.match(text, start - 1)):
            match = _TAG.match(text, start)
        if match is None:
            position = start + 1
            continue
        if not match[1].isdigit():
            found.append(match[1])
        position = last_end = match.end()
    return Cell(found)


def mentions(text: str) -> Cell:
    """The names after an @, in order; not the middle of e-mail addresses."""
    if "://" in text:
        text = LINK.sub(" ", text)
    return Cell([match[0].strip("@") for match in MENTION.finditer(text)])


def _topic(text: str, start: int) -> re.Match[str] | None:
    """One topic, not two hashtags: what stands between the signs is Chinese, Japanese or Korean, and has no space or an end."""
    topic = _TOPIC.match(text, start)
    if topic is None or not _DENSE.search(topic[1]):
        return None
    following = text[topic.end() : topic.end() + 1]
    return topic if not _SPACE.search(topic[1]) or not (following.isalnum() or following == "_") else None


def _trimmed(link: str) -> str:
    """The link without closing punctuation; a closing bracket that the link opened stays, with what stands before it."""
    core = link.rstrip(_LAST + ")]}")
    end = len(core)
    unclosed = {close: core.count(opening) - core.count(close) for opening, close in ("()", "[]", "{}")}
    for place in range(end, len(link)):
        if link[place] in unclosed:
            if unclosed[link[place]] <= 0:
                break
            unclosed[link[place]] -= 1
            end = place + 1
    return link[:end]
