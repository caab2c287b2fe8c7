"""Texts for the benchmark of near-duplicates: templates with very many variants, small clusters, and texts alone.

Words are made of syllables and used as often as a Zipf law says, so that unrelated texts share as many shingles as natural ones.
Of 20 texts 8 are variants of templates (one for 5,000 texts, the largest with a tenth of all variants), 4 are in clusters of five
with up to three words in ten exchanged, 8 are alone. 16 are in Latin script, 2 in Cyrillic, 2 Chinese (of these one in five in
traditional characters); a quarter have a link, one in seven a mention. `templates=False` puts clusters of five in their place.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import opencc
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

_CHUNK = 100_000
_WORDS = 20_000
_FORMS = 4
"""A word as it is, with a capital, with a comma and with a full stop behind it."""
_LONGEST = 24
_PER_TEMPLATE = 5_000
_SYLLABLES = (
    [
        "a",
        "be",
        "co",
        "de",
        "en",
        "fo",
        "ge",
        "ha",
        "in",
        "jo",
        "ka",
        "le",
        "ma",
        "ni",
        "or",
        "pa",
        "que",
        "ri",
        "so",
        "ter",
        "un",
        "ve",
        "wa",
        "xi",
        "yo",
        "ze",
        "th",
        "st",
        "er",
        "ing",
    ],
    [
        "а",
        "бе",
        "ко",
        "де",
        "ен",
        "фо",
        "ге",
        "ха",
        "ин",
        "жо",
        "ка",
        "ле",
        "ма",
        "ни",
        "ор",
        "па",
        "ку",
        "ри",
        "со",
        "тер",
        "ун",
        "ве",
        "ва",
        "кси",
        "йо",
        "зе",
        "щ",
        "ст",
        "эр",
        "инг",
    ],
)


def texts(n: int, seed: int, templates: bool = True) -> Iterator[pa.Array]:
    """n texts, string, in chunks; nearly all of them distinct."""
    vocabularies = [_spaced(script) for script in _SYLLABLES] + _chinese()
    for begin in range(0, n, _CHUNK):
        yield _chunk(np.arange(begin, min(begin + _CHUNK, n)), n, seed, templates, vocabularies)


def _chunk(text: Ints, n: int, seed: int, templates: bool, vocabularies: list[pa.Array]) -> pa.Array:
    sort = _mix(text, seed) % np.uint64(20)
    base = np.where(sort < 12, text // 5 % max(n // 25, 1), text + (1 << 40))
    if templates:
        rank = np.floor((n / _PER_TEMPLATE + 1) ** _part(text, seed + 1)).astype(np.int64) + (1 << 42)
        base = np.where(sort < 8, rank, base)
    length = 6 + (_mix(base, seed + 2) % np.uint64(_LONGEST - 5)).astype(np.int64)
    script = np.searchsorted([16, 18, 20], (_mix(base, seed + 3) % np.uint64(20)).astype(np.int64), side="right")
    script += (script == 2) & (_mix(text, seed + 4) % np.uint64(5) == 0)
    changed = np.where(sort < 12, 0.3 * _part(base, seed + 5), 0.0) * (0.3 + _part(text, seed + 6))
    place = np.arange(_LONGEST)
    own, common = (_cell(key, place) for key in (text, base))
    source = np.where(_part(own, seed + 7) < changed[:, None], own, common)
    word = np.searchsorted(_zipf(), _part(source, seed + 8))
    word = (
        np.minimum(word, _WORDS - 1) * _FORMS + np.array([0, 0, 0, 0, 0, 1, 2, 3])[_mix(own, seed + 9) % np.uint64(8)]
    )
    used = place < length[:, None]
    ends = np.concatenate([[0], np.cumsum(length)]).astype(np.int32)
    words = pa.concat_arrays(vocabularies).take(pa.array((word + script[:, None] * _WORDS * _FORMS)[used]))
    body = pc.binary_join(
        pa.ListArray.from_arrays(pa.array(ends), words), pa.array(np.array([" ", " ", "", ""])[script])
    )
    mention = _mix(text, seed + 10) % np.uint64(7) == 0
    link = _mix(text, seed + 11) % np.uint64(4) == 0
    number = pa.array(_mix(text, seed + 12) % np.uint64(10**9)).cast(pa.string())
    body = pc.if_else(pa.array(mention), pc.binary_join_element_wise("@user", number, " ", body, ""), body)
    return pc.if_else(pa.array(link), pc.binary_join_element_wise(body, " https://t.co/", number, ""), body)


def _mix(code: Ints | Hashes, salt: int) -> Hashes:
    """A 64-bit hash of each code (finaliser of SplitMix64)."""
    x = code.astype(np.uint64) + np.uint64(salt * 0x9E3779B97F4A7C15 % (1 << 64))
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _part(code: Ints | Hashes, salt: int) -> NDArray[np.float64]:
    """A number in [0, 1) of each code."""
    return (_mix(code, salt) >> np.uint64(11)).astype(np.float64) / 2.0**53


def _cell(key: Ints, place: Ints) -> Hashes:
    """A code for each key and place."""
    return _mix(key, 77)[:, None] + place.astype(np.uint64)


def _zipf() -> NDArray[np.float64]:
    """Cumulative frequency of the words: Zipf-Mandelbrot, as in natural language."""
    mass = 1 / (np.arange(_WORDS) + 2.7)
    return np.cumsum(mass) / mass.sum()


def _spaced(syllables: list[str]) -> pa.Array:
    """Words of one to four syllables, the frequent ones shorter, each in its forms."""
    words = []
    for number in range(_WORDS):
        code, word = int(_mix(np.array([number]), 5)[0]), ""
        for _ in range(1 + min(3, int(np.log10(number + 1) + code % 7 / 6))):
            code, syllable = divmod(code, len(syllables))
            word += syllables[syllable]
        words += [word, word.capitalize(), f"{word},", f"{word}."]
    return pa.array(words)


def _chinese() -> list[pa.Array]:
    """Words of one or two characters, simplified and traditional."""
    words = []
    for number in range(_WORDS):
        code = int(_mix(np.array([number]), 6)[0])
        word = chr(0x4E00 + code % 3_500) + ("" if number < 200 else chr(0x4E00 + code // 3_500 % 3_500))
        words += [word, word, f"{word}，", f"{word}。"]
    simplified, traditional = (opencc.OpenCC(way).convert("\n".join(words)).split("\n") for way in ("t2s", "s2t"))
    return [pa.array(simplified), pa.array(traditional)]
