"""The part of a handle that is words: Latin letters without accents, what is appended left off."""

from __future__ import annotations

import re
import unicodedata

_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_APPENDED = re.compile(r"[\d_.\-]+\Z")


def plain(text: str) -> str:
    """The text with compatible forms made one and accents taken off, case kept; letters of other scripts stay."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def stem(handle: str) -> str | None:
    """Lower case, without the sign, signs between words and what is appended in digits; digits inside stay.

    None where letters are of another script than Latin, or there are none.
    """
    text = _APPENDED.sub("", plain(handle).strip().removeprefix("@"))
    if not text.isascii() or not any(map(str.isalpha, text)):
        return None
    return re.sub(r"[^a-z0-9]", "", text.lower())


def words(text: str) -> list[str]:
    """Latin words of a name or handle, lower case, a capital inside beginning a new one: LutzGwendolyn is lutz, gwendolyn."""
    return [word.lower() for word in _CAMEL.findall(plain(text))]
