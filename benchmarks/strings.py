"""Codes of the benchmark world turned into the strings an export holds, whole columns at a time."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from world import NONE

Ints = NDArray[np.int64]

WORDS_PER_TEXT = 11
VOCABULARY = 1_024
HASHTAGS = 4_000
TEXTS_OF_SHARES = 1 << 50
TEXTS_OF_ONE_POST = 1 << 51

_SYLLABLES = (
    ("ka", "mo", "ri", "sen", "tul", "be", "nor", "pi", "dra", "lo", "ve", "shi", "gan", "ut", "zel", "fa"),
    ("ка", "мо", "ри", "сен", "тул", "бе", "нор", "пи", "дра", "ло", "ве", "ши", "ган", "ут", "зел", "фа"),
    ("كا", "مو", "ري", "سن", "تل", "بي", "نو", "با", "در", "لو", "وي", "شي", "غن", "وت", "زل", "فا"),
    ("山", "水", "火", "木", "金", "土", "日", "月", "风", "云", "雨", "雪", "花", "草", "鸟", "鱼"),
)


def _vocabulary() -> pa.Array:
    """VOCABULARY words of three syllables for each script, all different within a script."""
    digits = np.arange(VOCABULARY)
    return pa.array([s[d % 16] + s[d // 16 % 16] + s[(d // 256 + 5) % 16] for s in _SYLLABLES for d in digits.tolist()])


def _mix(code: Ints, salt: int) -> NDArray[np.uint64]:
    """A 64-bit hash of each code (finaliser of SplitMix64)."""
    x = code.astype(np.uint64) + np.uint64(salt * 0x9E3779B97F4A7C15 % (1 << 64))
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _strings(numbers: Ints, valid: NDArray[np.bool_] | None = None) -> pa.Array:
    return pa.array(numbers, mask=None if valid is None else ~valid).cast(pa.string())


def joined(*columns: pa.Array) -> pa.Array:
    """The leading values of each row that are not NULL, space-separated; NULL where the first is NULL."""
    lengths = range(len(columns), 0, -1)
    return pc.coalesce(*(pc.binary_join_element_wise(*columns[:n], " ") for n in lengths))


def post_ids(time_s: Ints, row: Ints) -> pa.Array:
    """19 digits, rising with time, unique: seconds above, low bits of the row below."""
    return _strings((time_s << 30) | (row & ((1 << 30) - 1)))


def account_ids(account: Ints) -> pa.Array:
    """10 digits in no order of the codes; unique below 2^32 codes, as the multiplier is odd."""
    return _strings(1_000_000_000 + (account * 2_654_435_761 & 0xFFFFFFFF))


def shared_ids(share: Ints) -> pa.Array:
    """19 digits; NULL where the post shares nothing."""
    return _strings(1_600_000_000_000_000_000 + share * 104_729, share != NONE)


def urls(url: Ints) -> pa.Array:
    """A link in canonical form on one of 5,000 sites of a reserved top-level domain; NULL where there is none."""
    valid = url != NONE
    site = _strings((_mix(url, 1) % np.uint64(5_000)).astype(np.int64), valid)
    return pc.binary_join_element_wise("https://site", site, ".example/story/", _strings(url, valid), "")


def second_urls(row: Ints, url: Ints) -> pa.Array:
    """A link no other post has, on one in ten of the posts that have one."""
    valid = (url != NONE) & (_mix(row, 2) % np.uint64(10) == 0)
    return pc.binary_join_element_wise("https://own.example/", _strings(row, valid), "")


def hashtags(row: Ints, share: Ints) -> pa.Array:
    """None to three hashtags on posts that are no shares, space-separated, low numbers far more often; NULL for none."""
    count = np.where(share == NONE, np.maximum(0, (_mix(row, 3) % np.uint64(8)).astype(np.int64) - 4), 0)
    columns = []
    for place in range(3):
        part = (_mix(row, 4 + place) >> np.uint64(11)).astype(np.float64) / 2.0**53
        number = np.floor(HASHTAGS**part).astype(np.int64)
        columns.append(pc.binary_join_element_wise("tag", _strings(number, count > place), ""))
    return joined(*columns)


def text_codes(row: Ints, share: Ints, text: Ints) -> Ints:
    """One code for each different text: of the shared post, of the copied text, or of this post alone."""
    code = np.where(text != NONE, text, row + TEXTS_OF_ONE_POST)
    return np.where(share != NONE, share + TEXTS_OF_SHARES, code)


def texts(code: Ints, share: Ints) -> pa.Array:
    """Eleven lower-case words of one of four scripts; shares begin with 'RT @account:'."""
    script = (_mix(code, 20) % np.uint64(len(_SYLLABLES))).astype(np.int64) * VOCABULARY
    vocabulary = _vocabulary()
    words = [
        vocabulary.take(pa.array(script + (_mix(code, 21 + place) % np.uint64(VOCABULARY)).astype(np.int64)))
        for place in range(WORDS_PER_TEXT)
    ]
    body = pc.binary_join_element_wise(*words, " ")
    author = _strings((_mix(share, 8) % np.uint64(1_000_000)).astype(np.int64))
    return pc.if_else(pa.array(share != NONE), pc.binary_join_element_wise("RT @u", author, ": ", body, ""), body)
