"""The comparable form of a text: what is left of it when spelling, script variant and punctuation no longer count.

The normal form (normalise/text.py); then Chinese in simplified characters, accents and vowel points dropped, everything but
letters, marks and numbers turned into spaces, and white space collapsed. It is what shingles are made of, and never shown.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inconcert.copies.convert import convert
from inconcert.copies.letters import (
    OTHER,
    PLAIN,
    SIGN,
    TRADITIONAL,
    converter,
    letters,
    separated,
    simpler,
    without_marks,
)
from inconcert.copies.texts import buffers
from inconcert.normalise.text import fold, normalise_text

_SLICE = 1 << 16
"""Texts converted at a time: those that need Python are few Python objects at once."""
_MOST_BYTES = 2**31 - 1
"""Of a column of type string; more need large_string."""


def comparable(text: str) -> str:
    """The form; never fails, and the form of a form is itself. Linear in the length of the text."""
    form = normalise_text(text)
    while (further := " ".join(fold(separated(without_marks(simplified(form)))).split())) != form:
        form = further
    return form


def comparables(texts: pa.Array) -> pa.Array:
    """`comparable` of each text: string or large_string in, the same out (large_string when string cannot hold it), NULL for NULL.

    Bytes that are no UTF-8 are dropped. Microseconds a text: half of one for most, 5 for reposts and those
    with entities, 15 to 20 for traditional Chinese and scripts whose vowel signs combine.
    """
    parts = [_slice(texts.slice(begin, _SLICE)) for begin in range(0, len(texts), _SLICE)]
    size = sum(pc.sum(pc.binary_length(part)).as_py() or 0 for part in parts)
    kind = pa.large_string() if size > _MOST_BYTES else texts.type
    return pa.concat_arrays([part.cast(kind) for part in parts] or [pa.array([], kind)])


def simplified(form: str) -> str:
    """Chinese in simplified characters: by OpenCC when a character of the text calls for it, then character by character."""
    if form.isascii() or simpler().keys().isdisjoint(form):
        return form
    return "".join(simpler().get(c, c) for c in converter().convert(form))


def _slice(texts: pa.Array) -> pa.Array:
    """A few texts, as large_string: in compiled code, the rest with as much help as their characters ask for."""
    texts = texts.cast(pa.large_string())
    forms, kind = _converted(texts, PLAIN)
    for need, read in ((SIGN, normalise_text), (TRADITIONAL, _simple_normal), (OTHER, comparable)):
        rows = np.flatnonzero(kind == need)
        if len(rows) == 0:
            continue
        helped = pa.array([read(text) for text in _strings(texts.take(pa.array(rows)))], pa.large_string())
        if need != OTHER:
            helped, kind[rows] = _converted(helped, need)
        forms = _with(forms, rows, helped)
    return forms if texts.null_count == 0 else pc.if_else(texts.is_valid(), forms, pa.scalar(None, pa.large_string()))


def _simple_normal(text: str) -> str:
    return simplified(normalise_text(text))


def _strings(texts: pa.Array) -> list[str]:
    return [(value or b"").decode("utf-8", "ignore") for value in texts.cast(pa.large_binary()).to_pylist()]


def _with(forms: pa.Array, rows: NDArray[np.int64], values: pa.Array) -> pa.Array:
    """The forms, those of the rows replaced."""
    mask = np.zeros(len(forms), dtype=np.bool_)
    mask[rows] = True
    return pc.replace_with_mask(forms, pa.array(mask), values)


def _converted(texts: pa.Array, helped: int) -> tuple[pa.Array, NDArray[np.uint8]]:
    """(forms, kind): forms where kind is PLAIN, else the kind of help the text needs; `helped`: what it has had already."""
    table = letters()
    data, start = buffers(texts)
    room = 2 * int(start[-1] - start[0])
    forms, ends, kind = convert(data, start, table.kind, table.form, table.at, table.more, helped, room)
    return pa.LargeStringArray.from_buffers(len(texts), pa.py_buffer(ends), pa.py_buffer(forms)), kind
