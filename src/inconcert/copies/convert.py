"""Comparable forms of texts whose characters have one each, in compiled code: what is not sure is left to Python."""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit

from inconcert.copies.letters import DROPPED, OTHER, PLAIN, SIGN, SPACE, TRADITIONAL

_COLON, _SLASH, _QUOTE, _LESS, _MORE, _AT, _AMPERSAND, _LINE, _NAUGHT, _NINE = map(ord, ':/"<>@&_09')
_A, _H, _P, _R, _S, _T, _W, _X, _Z = map(ord, "ahprstwxz")


@njit(cache=True, nogil=True)
def _point(data, at, end):
    """(code point, bytes) of the UTF-8 sequence; (-1, 1) when it is none."""
    first = data[at]
    if 0xC2 <= first < 0xE0 and at + 1 < end and data[at + 1] & 0xC0 == 0x80:
        return (np.int32(first & 0x1F) << 6) | (data[at + 1] & 0x3F), 2
    if 0xE0 <= first < 0xF0 and at + 2 < end and data[at + 1] & 0xC0 == 0x80 and data[at + 2] & 0xC0 == 0x80:
        point = (np.int32(first & 0x0F) << 12) | (np.int32(data[at + 1] & 0x3F) << 6) | (data[at + 2] & 0x3F)
        return (point, 3) if point >= 0x800 else (-1, 1)
    if not (0xF0 <= first < 0xF5 and at + 3 < end and data[at + 1] & 0xC0 == 0x80):
        return -1, 1
    if data[at + 2] & 0xC0 != 0x80 or data[at + 3] & 0xC0 != 0x80:
        return -1, 1
    point = (np.int32(first & 0x07) << 18) | (np.int32(data[at + 1] & 0x3F) << 12)
    point |= (np.int32(data[at + 2] & 0x3F) << 6) | (data[at + 3] & 0x3F)
    return (point, 4) if 0x10000 <= point < 0x110000 else (-1, 1)


@njit(cache=True, nogil=True)
def _link(data, at, begin, end):
    """(where it ends, letters before its colon) of the link whose first slash is at `at`, as LINK of normalise/text.py finds it; (0, 0)
    when there is none, or one that is not all printable ASCII or holds a sign, which is left to Python."""
    letters = 5 if at >= begin + 6 and data[at - 2] | 0x20 == _S else 4
    if at < begin + letters + 1 or data[at - 1] != _COLON or at + 2 >= end or data[at + 1] != _SLASH:
        return 0, 0
    scheme = at - 1 - letters
    if data[scheme] | 0x20 != _H or data[scheme + 3] | 0x20 != _P:
        return 0, 0
    first, second = data[scheme + 1] | 0x20, data[scheme + 2] | 0x20
    if first != second or (first != _T and first != _X):
        return 0, 0
    last = at + 2
    while last < end and data[last] != SPACE:
        byte = data[last]
        if byte == data[last - 1] == _SLASH and last > at + 2:  # with a mention behind it, the chain of a repost
            return 0, 0
        if byte <= SPACE or byte > 0x7E or byte in (_QUOTE, _LESS, _MORE, _AT, _AMPERSAND):
            return 0, 0
        last += 1
    return (last, letters) if last > at + 2 else (0, 0)


@njit(cache=True, nogil=True)
def _mention(data, at, begin, end, before):
    """Where the mention that begins at `at` ends, as normalise/text.py finds it; 0 when it does not stand between spaces, or behind a
    repost mark (`before`: what the text has become so far), which is left to Python."""
    if (at > begin and data[at - 1] != SPACE) or (len(before) == 2 and before[0] == _R and before[1] == _T):
        return 0
    last = at + 1
    while last < end and data[last] != SPACE:
        byte = data[last] | 0x20
        if not (_A <= byte <= _Z or _NAUGHT <= data[last] <= _NINE or data[last] == _LINE):
            return 0
        last += 1
    return last if last > at + 1 else 0


@njit(cache=True, nogil=True)
def _write(out, at, point):
    """Write one code point as UTF-8; the next position."""
    if point < 0x80:
        out[at] = point
        return at + 1
    if point < 0x800:
        out[at] = 0xC0 | (point >> 6)
        out[at + 1] = 0x80 | (point & 0x3F)
        return at + 2
    if point < 0x10000:
        out[at] = 0xE0 | (point >> 12)
        out[at + 1] = 0x80 | ((point >> 6) & 0x3F)
        out[at + 2] = 0x80 | (point & 0x3F)
        return at + 3
    out[at] = 0xF0 | (point >> 18)
    out[at + 1] = 0x80 | ((point >> 12) & 0x3F)
    out[at + 2] = 0x80 | ((point >> 6) & 0x3F)
    out[at + 3] = 0x80 | (point & 0x3F)
    return at + 4


@njit(cache=True, nogil=True)
def convert(data, start, kinds, forms, at, more, helped, room):
    """(UTF-8 of all forms, their ends, kind of help each text needs): texts that need more help than `helped` become empty.

    Links, mentions and entities are gone from every text that was helped; traditional script only after help with it.
    """
    n = len(start) - 1
    out = np.empty(room + 4, dtype=np.uint8)
    ends = np.zeros(n + 1, dtype=np.int64)
    need = np.zeros(n, dtype=np.uint8)
    size = 0
    for i in range(n):
        position, end, begin = start[i], start[i + 1], size
        gap, w, most = False, 0, 0
        while position < end:
            point, length = np.int32(data[position]), 1
            if point >= 0x80:
                point, length = _point(data, position, end)
            if point == _SLASH and helped == PLAIN:
                link, letters = _link(data, position, start[i], end)
                if link > 0:
                    position, size = link, size - letters
                    size -= size > begin and out[size - 1] == SPACE
                    gap, w = size > begin, 0
                    continue
            if point == _AT and helped == PLAIN:
                name = _mention(data, position, start[i], end, out[begin:size])
                if name > 0:
                    position, gap, w = name, size > begin, 0
                    continue
            position += length
            if point < 0 or point >= len(kinds):
                most = OTHER
                break
            kind = kinds[point]
            if kind > most and not (kind == SIGN and helped != PLAIN) and not (kind == TRADITIONAL and helped == kind):
                most = kind
                if kind == OTHER:
                    break
            form = forms[point]
            if form == SPACE:
                gap = size > begin
                w = 0
                continue
            if form == DROPPED:
                continue
            if gap:
                out[size] = SPACE
                size += 1
                gap = False
            if form >= 0:
                size = _write(out, size, form)
                w = w + 1 if form == _W else 0
                if w == 3 and helped == PLAIN and most < SIGN:  # a link may begin with www.
                    most = SIGN
            else:
                for letter in more[at[-2 - form] : at[-1 - form]]:
                    size = _write(out, size, letter)
                w = 0
        if most != PLAIN:
            size = begin
        need[i] = most
        ends[i + 1] = size
    return out[:size].copy(), ends, need
