"""The searchable form of a text: the comparable one, but that links, mentions and entities stay in it as words, and Chinese is
simplified character by character. So nothing that is written in a post cannot be found, and a million texts take a second.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inconcert.copies.convert import convert
from inconcert.copies.letters import PLAIN, TRADITIONAL, letters, separated, simpler, without_marks
from inconcert.copies.texts import buffers
from inconcert.normalise.text import fold

_SLICE = 1 << 16
"""Texts converted at a time."""


def searchable(text: str) -> str:
    """The form; never fails, and the form of a form is itself. Linear in the length of the text."""
    form = text
    while (further := _once(form)) != form:
        form = further
    return form


def searchables(texts: pa.Array) -> pa.Array:
    """`searchable` of each text: string or large_string in, large_string out; "" for NULL."""
    parts = [_slice(texts.slice(begin, _SLICE)) for begin in range(0, len(texts), _SLICE)]
    return pa.concat_arrays(parts or [pa.array([], pa.large_string())])


def _once(text: str) -> str:
    simple = "".join(simpler().get(c, c) for c in fold(text))
    return " ".join(fold(separated(without_marks(simple))).split())


def _slice(texts: pa.Array) -> pa.Array:
    texts = pc.fill_null(texts.cast(pa.large_string()), "")
    table = letters()
    data, start = buffers(texts)
    room = 2 * int(start[-1] - start[0])
    # compiled code takes links, mentions and entities for words when it is told that the text had help with them
    found, ends, kind = convert(data, start, table.kind, table.form, table.at, table.more, TRADITIONAL, room)
    forms = pa.LargeStringArray.from_buffers(len(texts), pa.py_buffer(ends), pa.py_buffer(found))
    if not (odd := kind != PLAIN).any():
        return forms
    rest = [searchable(text) for text in texts.filter(pa.array(odd)).to_pylist()]
    return pc.replace_with_mask(forms, pa.array(np.asarray(odd)), pa.array(rest, pa.large_string()))
