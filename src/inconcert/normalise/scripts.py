"""The script a text is written in (ISO 15924), by most of its letters; for Chinese, which of its two sets of characters."""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter
from collections.abc import Mapping

from opencc import OpenCC

NO_LETTERS = "Zyyy"
"""Code of a text without letters."""
TRADITIONAL, SIMPLIFIED = "Hant", "Hans"

_JAPANESE_SHARE = 10  # one letter in so many is kana in any Japanese sentence; Chinese writers borrow a single one
_CLEAR = 2  # so many times as many characters of one set as of the other: names and quotations keep their own

_BY_NAME: Mapping[str, str] = {
    "ADLAM": "Adlm", "ARABIC": "Arab", "ARMENIAN": "Armn", "BALINESE": "Bali", "BENGALI": "Beng", "BOPOMOFO": "Bopo",
    "CANADIAN": "Cans", "CHAM": "Cham", "CHEROKEE": "Cher", "CJK": "Hani", "COPTIC": "Copt", "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva", "ETHIOPIC": "Ethi", "GEORGIAN": "Geor", "GREEK": "Grek", "GUJARATI": "Gujr", "GURMUKHI": "Guru",
    "HANGUL": "Hang", "HEBREW": "Hebr", "HIRAGANA": "Hira", "JAVANESE": "Java", "KANNADA": "Knda", "KATAKANA": "Kana",
    "KATAKANA-HIRAGANA": "Kana", "KHMER": "Khmr", "LAO": "Laoo", "LATIN": "Latn", "LIMBU": "Limb", "LISU": "Lisu",
    "MALAYALAM": "Mlym", "MEETEI": "Mtei", "MONGOLIAN": "Mong", "MYANMAR": "Mymr", "NKO": "Nkoo", "OL": "Olck",
    "ORIYA": "Orya", "SINHALA": "Sinh", "SUNDANESE": "Sund", "SYRIAC": "Syrc", "TAI": "Tale", "TAMIL": "Taml",
    "TELUGU": "Telu", "THAANA": "Thaa", "THAI": "Thai", "TIBETAN": "Tibt", "TIFINAGH": "Tfng", "VAI": "Vaii", "YI": "Yiii",
}  # fmt: skip
_OTHER = "Zzzz"


def script(text: str) -> str:
    """ISO 15924 code of most letters, the first in the alphabet of codes on a tie.

    Han with kana is Jpan; Han alone is Hans or Hant where its characters tell (`han_variant`), else Hani. Zzzz: letters of
    a rarer script; Zyyy: no letters.
    """
    count: Counter[str] = Counter()
    for letter, times in Counter(filter(str.isalpha, text)).items():
        count[_of_letter(letter)] += times
    kana = count.pop("Hira", 0) + count.pop("Kana", 0)
    if kana * _JAPANESE_SHARE >= kana + count["Hani"] > 0:
        count["Jpan"] = kana + count.pop("Hani", 0)
    if not +count:
        return NO_LETTERS
    most = min(count, key=lambda code: (-count[code], code))
    return han_variant(text) or most if most == "Hani" else most


def han_variant(text: str) -> str | None:
    """Hans or Hant, by the characters that only one of the two sets has; None when none tells, or both tell alike.

    A character counts as simplified when the usage of Taiwan and that of Hong Kong both write another.
    """
    text = text.encode("utf-8", "ignore").decode()  # without lone surrogates
    traditional = _changed(text, "t2s")
    simplified = _changed(text, "s2tw") & _changed(text, "s2hk")
    if len(traditional) >= _CLEAR * len(simplified) and traditional:
        return TRADITIONAL
    return SIMPLIFIED if len(simplified) >= _CLEAR * len(traditional) and simplified else None


def _changed(text: str, conversion: str) -> set[int]:
    """Places of the characters that a conversion replaces; all these conversions keep the length."""
    converted = _converter(conversion).convert(text)
    return {place for place, (old, new) in enumerate(zip(text, converted, strict=False)) if old != new}


@functools.cache
def _converter(conversion: str) -> OpenCC:
    return OpenCC(conversion)


@functools.lru_cache(maxsize=1 << 16)
def _of_letter(letter: str) -> str:
    return _BY_NAME.get(unicodedata.name(letter, "").partition(" ")[0], _OTHER)
