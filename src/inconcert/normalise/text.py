"""One form for texts that say the same, so that copies compare as equal.

The form: HTML entities read, invisible characters dropped, NFKC and case-folded; a leading repost mark ("RT @name:",
"//@name:") and everything after a later "//@name:" (the chain of earlier speakers on Weibo) removed; links and mentions
removed; the signs & # @ removed, the word of a hashtag kept; white space collapsed. No result holds & # @ or a link, which
is why the form of a form is itself.
"""

from __future__ import annotations

import functools
import hashlib
import html
import re
import sys
import unicodedata

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

MIN_CHARACTERS = 25
"""Shorter texts are not compared: people say the same short things without knowing of each other."""
MIN_CHARACTERS_DENSE = 12
"""The same, where most letters are Chinese, Japanese, Korean or Thai."""

_MOST_MARKS = 30  # of the stream-safe text format, UAX #15 section 13
_LONG = 300  # characters from which stacked marks are looked for
_LONGEST_NUMBER = 7  # digits of the largest code point; int() refuses absurdly long numbers

_HIDDEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    "\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
"""Invisible characters, but halves of surrogate pairs, as the inside of a character class."""
_INVISIBLE = re.compile(f"[{_HIDDEN}\ud800-\udfff]+")
_AMPERSANDS = re.compile(r"&(?:amp;)+", re.IGNORECASE)
_ENTITY = re.compile(rf"&(?:#\d{{1,{_LONGEST_NUMBER}}}|#x[0-9a-f]{{1,6}}|[a-z][a-z0-9]{{1,31}});", re.IGNORECASE)

# Every pattern begins with a letter or sign, then looks behind it: the search for it is then ten times as fast.
_CHAIN = re.compile(r"//(?<![:/]//)\s*+@[^\s:@]{1,64}+\s*+:")
_PREFIX = re.compile(r"\s*+(?:(?:rt\s*+:?+\s*+|//\s*+)@\w[\w.\-]*+(?:\s*+:)?+\s*+)++")
_REPOST = r"^\s*(?:[Rr][Tt]\s*:?\s*|//\s*)@[^\s:]"
_LINK_END = r"\s<>\"“”«»…\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
LINK = re.compile(rf"h(?:tt|xx)ps?://[^{_LINK_END}]++")
_BARE_LINK = re.compile(
    rf"(?:w(?<![a-z0-9_.]w)ww\.|pic\.twitter\.com/|t(?<![a-z0-9_./\-]t)\.(?:co|cn|me)/|b(?<![a-z0-9_./\-]b)it\.ly/"
    rf"|y(?<![a-z0-9_./\-]y)outu\.be/)[^{_LINK_END}]++"
)
# Names in the information-operations archive are base64 hashes: their tails must not be left behind as text.
MENTION = re.compile(r"@(?<![a-zA-Z0-9_]@)(?:[a-zA-Z0-9+/]{20,}={1,2}|\w++(?:[.\-]\w++)*+(?:@\w++(?:[.\-]\w++)++)?+)")

_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3040-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
                    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")  # fmt: skip


def normalise_text(text: str, *, hidden: bool = True) -> str:
    """The normal form (see the module); never fails, and normalise_text of a normal form is that form.

    Lone surrogates count as invisible. Linear in the length of the text. hidden: False when the text is known to hold no
    invisible character, nor an entity that could stand for one.
    """
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), _AMPERSANDS.sub("&", text))
    plain = text.isascii() and text.isprintable()
    text = text.lower() if plain else fold(text, hidden=hidden)
    if "@" in text:
        text = _own_words(text)
    if "://" in text:
        text = LINK.sub(" ", text)
    if "/" in text or "www." in text:
        text = _BARE_LINK.sub(" ", text)
    if "@" in text:
        text = MENTION.sub(" ", text).replace("@", " ")
    if "#" in text or "&" in text:
        text = text.replace("#", " ").replace("&", " ")
    return text.strip() if plain and "  " not in text else " ".join(text.split())


def fold(text: str, *, hidden: bool = True) -> str:
    """Invisible characters dropped, then NFKC and case folding until nothing changes (each can make work for the other).

    hidden: False when the text is known to hold none.
    """
    if hidden:
        text = _INVISIBLE.sub("", text)
    while (folded := unicodedata.normalize("NFKC", _unstacked(text)).casefold()) != text:
        text = folded
    return text


def reposts(texts: pa.Array) -> NDArray[np.bool_]:
    """Which texts begin with a repost mark, "RT @name" or "//@name"; false for NULL."""
    marked: NDArray[np.bool_] = pc.match_substring_regex(texts, _REPOST).fill_null(False).to_numpy(zero_copy_only=False)
    return marked.copy()


def text_hash(text: str, *, hidden: bool = True) -> str | None:
    """BLAKE2b-128 (32 hex digits) of the normal form; None when it is too short to compare. hidden: as in normalise_text."""
    form = normalise_text(text, hidden=hidden)
    if len(form) < MIN_CHARACTERS and not (len(form) >= MIN_CHARACTERS_DENSE and is_dense(form)):
        return None
    return hashlib.blake2b(form.encode(), digest_size=16).hexdigest()


def maybe_hidden(texts: pa.Array) -> pa.Array:
    """Which texts may hold an invisible character, or an entity that stands for one: booleans, NULL for NULL."""
    # Arrow looks for rare characters ten times as fast as re does
    return pc.match_substring_regex(texts, f"[{_HIDDEN}&]")


def _unstacked(text: str) -> str:
    """At most _MOST_MARKS combining marks in a row, in a long text: the time NFKC takes grows with their square."""
    if len(text) <= _LONG or not _many_marks().search(text):
        return text
    return _stacked_marks().sub(r"\1", text)


@functools.cache
def _marks() -> str:
    """Every combining mark, as the inside of a character class."""
    return "".join(filter(unicodedata.combining, map(chr, range(sys.maxunicode + 1))))


@functools.cache
def _stacked_marks() -> re.Pattern[str]:
    """More combining marks in a row than any language writes."""
    return re.compile(f"([{_marks()}]{{{_MOST_MARKS}}})[{_marks()}]+")


@functools.cache
def _many_marks() -> re.Pattern[str]:
    """A quick look for what `_stacked_marks` might match: rare scripts are taken for marks, in one range."""
    common = "".join(mark for mark in _marks() if mark < "\U00010000")
    return re.compile(f"[{common}\U00010000-\U0001efff]{{{_MOST_MARKS + 1}}}")


def _own_words(text: str) -> str:
    """The text without a leading repost mark, up to the next earlier speaker."""
    text = text[match.end() :] if (match := _PREFIX.match(text)) else text
    return text[: match.start()] if "//" in text and (match := _CHAIN.search(text)) else text


def is_dense(form: str) -> bool:
    """Whether more than half of the letters are of scripts in which a character is about a word."""
    return 2 * len(_DENSE.findall(form)) > sum(map(str.isalpha, form))
