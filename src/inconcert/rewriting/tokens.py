"""The tokens of a text, with their places in it, in the form in which they are compared.

A token is a word or number; where a script is written without spaces (Han, kana, Thai, Lao, Burmese, Khmer) it is a single
character with its marks, while Latin letters and digits between such characters still form words; a currency sign or
pictogram is a token of its own. Links, mentions, a leading repost mark, punctuation and white space stand between tokens:
they are not compared, as in `normalise.text`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from inconcert.copies.letters import converter
from inconcert.normalise.text import LINK, MENTION, fold

_DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff"
    "\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_BARE_LINK = r"(?<![a-z0-9_./@\-])(?:www\.|pic\.twitter\.com/|t\.(?:co|cn|me)/|youtu\.be/|bit\.ly/)[!-~]++"
_APOSTROPHES = str.maketrans("’ʼ", "''")
_REPOST = r"\A\s*+rt\b\s*+[:：]?+(?=\s*+@)"


@dataclass(frozen=True, eq=False)
class Tokens:
    """The tokens of `text`: token t is text[start[t]:end[t]], compared by keys[t].

    start, end: int64, ascending.   keys: NFKC, case-folded, invisible characters dropped, traditional Chinese characters
    simplified.   dense: bool, a character of a script written without spaces.
    """

    text: str
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    keys: tuple[str, ...]
    dense: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.keys)

    def raw(self, first: int, end: int) -> str:
        """Tokens first to end - 1 with what stands between them, as written; empty when there are none."""
        return self.text[int(self.start[first]) : int(self.end[end - 1])] if first < end else ""


def tokens(text: str) -> Tokens:
    """The tokens of a text; never fails. Linear in its length."""
    places = [(*match.span(), match.lastgroup == "dense") for match in _pattern().finditer(text) if match.lastgroup]
    keys = tuple(token_key(text[start:end]) for start, end, _ in places)
    columns = np.array(places, dtype=np.int64).reshape(-1, 3)
    if not all(keys):  # signs that fold to nothing
        kept = np.array([bool(key) for key in keys])
        columns, keys = columns[kept], tuple(filter(None, keys))
    return Tokens(text, columns[:, 0], columns[:, 1], keys, columns[:, 2].astype(bool))


def phrase_key(text: str) -> str:
    """The form in which two phrases are the same: the keys of their tokens, with a space between those of spaced scripts."""
    found = tokens(text)
    spaced = [*(~(found.dense[1:] & found.dense[:-1])), False]
    return "".join(key + " " * int(space) for key, space in zip(found.keys, spaced, strict=False))


def token_key(raw: str) -> str:
    """The form in which a token is compared; the dots of an abbreviation (U.S.) are dropped."""
    # a million letters without a space are no word, and would only fill the memory of words
    return _long_key(raw) if len(raw) > 64 else _short_key(raw)


@functools.lru_cache(maxsize=1 << 17)
def _short_key(raw: str) -> str:
    return _long_key(raw)


def _long_key(raw: str) -> str:
    key = raw.lower() if raw.isascii() else converter().convert(fold(raw)).translate(_APOSTROPHES)
    return key if "." not in key or any(c.isdigit() for c in key) else key.replace(".", "")


@functools.cache
def _pattern() -> re.Pattern[str]:
    """Tokens in the groups `dense`, `word` and `sign`; what is to be passed over matches without a group."""
    kept_on = _characters("Mn", "Mc", "Me", "Cf", "Cs", "Cc")  # marks, and what hides within words
    letter = rf"(?:(?![{_DENSE}])[^\W_])"
    # a dot, comma or colon stays within a number, an apostrophe or a Catalan dot within a word
    within = rf"(?:{letter}|[{kept_on}]|(?<=\d)[.,:٫٬](?=\d)|['’ʼ·](?={letter}))"
    initial = rf"(?:(?![{_DENSE}])[^\W\d_])"
    return re.compile(
        rf"(?i:{LINK.pattern})|(?i:{_BARE_LINK})|(?i:{MENTION.pattern})|(?i:{_REPOST})"
        rf"|(?P<dense>(?=[^\W_])[{_DENSE}][{_characters('Mn', 'Mc', 'Me')}]*+)"
        rf"|(?P<word>(?<![^\W_]){initial}(?:\.{initial})++(?![^\W_])\.?+|{letter}{within}*+)"
        rf"|(?P<sign>[{_characters('So', 'Sc')}])"
    )


@functools.cache
def _characters(*categories: str) -> str:
    """Every character of those categories but white space, as the inside of a character class."""
    codes = [
        code
        for code in (*range(0x20000), *range(0xE0000, 0xE0200))  # the planes between hold Han characters or nothing
        if unicodedata.category(chr(code)) in categories and not chr(code).isspace()
    ]
    runs = ([code for _, code in run] for _, run in groupby(enumerate(codes), lambda item: item[1] - item[0]))
    return "".join(f"\\U{run[0]:08x}-\\U{run[-1]:08x}" for run in runs)
