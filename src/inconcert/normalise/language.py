"""The language of one text: a code, or "unknown" when it is short, mixed or unclear. A false language would look like a
finding about an account, a missing one does not."""

from __future__ import annotations

import re
from typing import NamedTuple

import pyarrow as pa
import pycld2

from inconcert.normalise.in_text import hashtags
from inconcert.normalise.scripts import NO_LETTERS, SIMPLIFIED, TRADITIONAL, script
from inconcert.normalise.text import normalise_text

UNKNOWN = "unknown"

MIN_LETTERS = 25
"""Shorter texts are unknown: of 8,473 posts whose platform named a language, 9 % of those with 12 to 24 letters that were given
one at all were given another, 0.9 % of the longer ones."""
MIN_LETTERS_DENSE = 12
"""The same for Chinese, Japanese, Korean, Thai and the like: no error in 446 pieces of sentences so long, 1 in 70 below."""
MIN_LETTERS_RARE = 100
"""The same for languages that their bigger relatives are taken for: half of all errors were Spanish called Galician, and
this leaves 0.5 %."""
MIN_SHARE = 0.7
"""Texts of which the likeliest language has a smaller share are mixed: unknown."""
MOST_CHARACTERS = 10_000
"""What follows is not read."""

_RARE = frozenset(
    {
        "af",
        "co",
        "crs",
        "eo",
        "fy",
        "gl",
        "gn",
        "haw",
        "ht",
        "ia",
        "ie",
        "la",
        "lb",
        "mfe",
        "nn",
        "oc",
        "rm",
        "sco",
        "sn",
        "vo",
    }
)
_DENSE = frozenset({"Hans", "Hant", "Hani", "Jpan", "Hang", "Thai", "Laoo", "Mymr", "Khmr", "Bopo"})
_RENAMED = {"iw": "he", "jw": "jv", "no": "nb", "sr-ME": "sr"}
_CHINESE = {SIMPLIFIED: "zh-Hans", TRADITIONAL: "zh-Hant"}
_NO_LANGUAGE = re.compile(r"un|xx-.*|xxx|zz.|tlh")  # unknown, bare scripts, jokes
_NONCHARACTERS = re.compile(
    f"[\ufdd0-\ufdef{''.join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))}]"
)


class Language(NamedTuple):
    """code: ISO 639 (zh-Hans and zh-Hant where the characters tell, else zh), or "unknown".
    confidence: share of the text the detector gives to it, 0 to 1; 0 for unknown.   script: ISO 15924; Zyyy without letters."""

    code: str
    confidence: float
    script: str


def language(text: str) -> Language:
    """The language of a post, by CLD2; never fails.

    Links, mentions, hashtags, a leading repost mark and the words of earlier speakers do not count.
    """
    words = _words(text[:MOST_CHARACTERS])
    written = script(words)
    dense = written in _DENSE
    letters = sum(map(str.isalpha, words))
    if letters < (MIN_LETTERS_DENSE if dense else MIN_LETTERS):
        return Language(UNKNOWN, 0.0, written)
    reliable, _, ranked = pycld2.detect(words, isPlainText=True)
    _, code, percent, _ = ranked[0]
    code = _RENAMED.get(code, code)
    if code in ("zh", "zh-Hant"):
        code = _CHINESE.get(written, "zh")
    unclear = (
        not reliable
        or percent < 100 * MIN_SHARE
        or _NO_LANGUAGE.fullmatch(code) is not None
        or (code in _RARE and letters < MIN_LETTERS_RARE)
        or (code == "ja" and written != "Jpan")  # characters alone, without kana, do not tell it from Chinese
    )
    return Language(UNKNOWN, 0.0, written) if unclear else Language(code, percent / 100, written)


def languages(texts: pa.Array) -> pa.Table:
    """`language` of each text, read once per distinct one: columns language, confidence and script, as many rows as texts.

    NULL is unknown, without letters.
    """
    coded = texts.dictionary_encode()
    found = [language(text) for text in coded.dictionary.to_pylist()]
    none = Language(UNKNOWN, 0.0, NO_LETTERS)
    index = coded.indices.fill_null(len(found))
    columns = zip(*found, none, strict=True)
    types = {"language": pa.string(), "confidence": pa.float64(), "script": pa.string()}
    return pa.table(
        {name: pa.array(values, its).take(index) for (name, its), values in zip(types.items(), columns, strict=True)}
    )


def _words(text: str) -> str:
    """The words that count, without characters that CLD2 refuses."""
    if "#" in text or "＃" in text:
        for tag in sorted(set(hashtags(text).items), key=lambda tag: (-len(tag), tag)):
            text = text.replace(f"#{tag}", " ").replace(f"＃{tag}", " ")
    return _NONCHARACTERS.sub(" ", normalise_text(text))
