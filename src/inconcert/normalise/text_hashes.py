"""Hashes of a column of texts: those of `text.text_hash`, made for most texts many at once.

A text of letters that need nothing but lower case, with no link, mention or hashtag behind its repost mark, is its own form
once it is in lower case. Which letters these are is proven in the tests for every one of them; all other texts go one by one.
"""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.normalise.text import (
    MIN_CHARACTERS,
    MIN_CHARACTERS_DENSE,
    is_dense,
    maybe_hidden,
    text_hash,
)

EASY = (
    r' -"$%\x27-~\xc0-\xd6\xd8-\xde\xe0-\xf6\xf8-\xff\x{100}-\x{12f}\x{134}-\x{13e}\x{141}-\x{148}\x{14a}-\x{17e}'
    r"\x{391}-\x{3a1}\x{3a3}-\x{3a9}\x{3ac}-\x{3af}\x{3b1}-\x{3c1}\x{3c3}-\x{3c9}\x{3cc}-\x{3ce}"
    r"\x{401}\x{404}\x{406}-\x{407}\x{410}-\x{44f}\x{451}\x{454}\x{456}-\x{457}\x{490}-\x{491}"
    r"\x{5d0}-\x{5ea}\x{60c}\x{61b}\x{61f}\x{621}-\x{64a}\x{660}-\x{669}\x{67e}\x{686}\x{6a9}\x{6af}\x{6cc}"
    r"\x{2013}-\x{2014}\x{2018}-\x{201e}\x{20ac}\x{3001}-\x{3002}\x{3008}-\x{3011}\x{3041}-\x{3096}\x{30a1}-\x{30fa}\x{30fc}"
    r"\x{4e00}-\x{9fff}\x{ac00}-\x{d7a3}\x{1f300}-\x{1f64f}\x{1f680}-\x{1f6ff}\x{1f900}-\x{1f9ff}"
)
"""Characters, as the inside of a character class of RE2, whose form is their lower case, whatever stands beside them."""

_EASY_TEXT = f"^[{EASY}]*$"
_REPOST = r"^rt @[a-z0-9_]+: "
_MORE_TO_DO = r"[@/]|www\.|  |^ | $"
_DIGEST_BYTES = 16


def text_hashes(texts: pa.Array) -> pa.Array:
    """`text_hash` of each text: string in, string out, NULL for NULL and for texts too short to compare."""
    coded = texts.dictionary_encode()
    words = coded.dictionary
    easy = pc.match_substring_regex(words, _EASY_TEXT)
    forms = pc.replace_substring_regex(pc.utf8_lower(words.filter(easy)), _REPOST, "")
    done = pc.invert(pc.match_substring_regex(forms, _MORE_TO_DO))
    at_once: NDArray[np.bool_] = easy.to_numpy(zero_copy_only=False).copy()
    at_once[at_once] = done.to_numpy(zero_copy_only=False)
    found = pa.concat_arrays([_hashed(forms.filter(done)), _one_by_one(words.filter(pa.array(~at_once)))])
    place = np.where(at_once, np.cumsum(at_once), np.count_nonzero(at_once) + np.cumsum(~at_once)) - 1
    return found.take(pa.array(place).take(coded.indices))


def _hashed(forms: pa.Array) -> pa.Array:
    """The hashes of normal forms, NULL for those too short to compare."""
    if not len(forms):
        return pa.array([], pa.string())
    digests = b"".join(
        [hashlib.blake2b(form, digest_size=_DIGEST_BYTES).digest() for form in forms.cast(pa.binary()).to_pylist()]
    )
    width = 2 * _DIGEST_BYTES
    ends = pa.array(np.arange(len(forms) + 1, dtype=np.int32) * width)
    hashes = pa.StringArray.from_buffers(len(forms), ends.buffers()[1], pa.py_buffer(digests.hex().encode()))
    return pc.if_else(_long_enough(forms), hashes, pa.scalar(None, pa.string()))


def _long_enough(forms: pa.Array) -> pa.Array:
    length = pc.utf8_length(forms)
    long = pc.greater_equal(length, MIN_CHARACTERS)
    doubtful = pc.and_not(pc.greater_equal(length, MIN_CHARACTERS_DENSE), long)
    if not pc.any(doubtful).as_py():
        return long
    dense = pa.array([is_dense(form) for form in forms.filter(doubtful).to_pylist()], pa.bool_())
    return pc.replace_with_mask(long, doubtful, dense)


def _one_by_one(texts: pa.Array) -> pa.Array:
    hidden = maybe_hidden(texts).to_pylist()
    found = [text_hash(text, hidden=some) for text, some in zip(texts.to_pylist(), hidden, strict=True)]
    return pa.array(found, pa.string())
