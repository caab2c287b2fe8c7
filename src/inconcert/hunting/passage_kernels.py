"""Inner loops of the hunt for passages: where half of a passage's shingles stand close together, and what stands there.

Letters of all texts lie in one int32 array, those of text t at start[t]:start[t + 1]; border[i] says that a word begins at
letter i. Passages lie in the same way in `sought`, `sought_start`, `sought_border`.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np
from numba import njit

BASE = np.uint64(0x9E3779B97F4A7C15)
MOST_STRETCHES = 100
"""Stretches of one text that are aligned with one passage; equality is looked for in all."""

WORD = 64
"""Bits of a number: letters of a passage that are compared at a time."""
EXACT, NEAR = 0, 1
BLANK = 0x20


@njit(cache=True, nogil=True)
def letters_of(data, offsets, dense):
    """(letters, start, border) of texts in valid UTF-8, blanks left out; dense: whether words may begin at a code point."""
    letters = np.empty(offsets[-1] - offsets[0], dtype=np.int32)
    border = np.empty(len(letters), dtype=np.bool_)
    start = np.zeros(len(offsets), dtype=np.int64)
    n = 0
    for t in range(len(offsets) - 1):
        at = offsets[t]
        free = True
        while at < offsets[t + 1]:
            first = np.int32(data[at])
            more = 0 if first < 0x80 else 1 if first < 0xE0 else 2 if first < 0xF0 else 3
            point = first if more == 0 else first & (0x3F >> more)
            for i in range(at + 1, at + 1 + more):
                point = (point << 6) | np.int32(data[i] & 0x3F)
            at += 1 + more
            if point == BLANK:
                free = True
                continue
            its = bool(point < len(dense) and dense[point])
            letters[n] = point
            border[n] = free or its
            free = its
            n += 1
        start[t + 1] = n
    return letters[:n].copy(), start, border[:n].copy()


@njit(cache=True, nogil=True)
def gram_keys(letters, n):
    """uint64 (letters - n + 1,): a key of every n letters in a row; equal letters have equal keys."""
    count = max(len(letters) - n + 1, 0)
    keys = np.empty(count, dtype=np.uint64)
    leaving = np.uint64(1)
    for _ in range(n):
        leaving *= BASE
    key = np.uint64(0)
    for i in range(len(letters)):
        key = key * BASE + np.uint64(letters[i] + 1)
        if i >= n:
            key -= leaving * np.uint64(letters[i - n] + 1)
        if i >= n - 1:
            keys[i - n + 1] = key
    return keys


@njit(cache=True, nogil=True)
def slots_of(keys, n_slots):
    """int64 (n_slots,): open-addressing table of the places of distinct keys, -1 where free; n_slots a power of two."""
    slots = np.full(n_slots, -1, dtype=np.int64)
    for i in range(len(keys)):
        slot = _first_slot(keys[i], n_slots)
        while slots[slot] >= 0:
            slot = (slot + 1) & (n_slots - 1)
        slots[slot] = i
    return slots


@njit(cache=True, nogil=True)
def _first_slot(key, n_slots):
    return np.int64((key ^ (key >> np.uint64(29))) & np.uint64(n_slots - 1))


@njit(cache=True, nogil=True)
def stretches(letters, start, n, keys, slots, owner_start, owner, reach, needed):
    """int64 (S, 3): text, passage and block of `reach` letters, wherever it and the block before hold shingles enough.

    keys: distinct shingles of n letters; owner[owner_start[k]:owner_start[k + 1]]: the passages that hold shingle k.
    """
    found = np.empty((1024, 3), dtype=np.int64)
    n_found = 0
    text_of = np.full(len(reach), -1, dtype=np.int64)
    block_of = np.zeros(len(reach), dtype=np.int64)
    before = np.zeros(len(reach), dtype=np.int64)
    here = np.zeros(len(reach), dtype=np.int64)
    for t in range(len(start) - 1):
        own = gram_keys(letters[start[t] : start[t + 1]], n)
        for i in range(len(own)):
            slot = _first_slot(own[i], len(slots))
            while slots[slot] >= 0 and keys[slots[slot]] != own[i]:
                slot = (slot + 1) & (len(slots) - 1)
            if slots[slot] < 0:
                continue
            for o in range(owner_start[slots[slot]], owner_start[slots[slot] + 1]):
                p = owner[o]
                block = i // reach[p]
                if text_of[p] != t or block != block_of[p]:
                    before[p] = here[p] if text_of[p] == t and block == block_of[p] + 1 else 0
                    text_of[p], block_of[p], here[p] = t, block, 0
                missing = before[p] + here[p] < needed[p]
                here[p] += 1
                if before[p] + here[p] >= needed[p] and (missing or here[p] == 1):
                    if n_found == len(found):
                        wider = np.empty((2 * n_found, 3), dtype=np.int64)
                        wider[:n_found] = found
                        found = wider
                    found[n_found, 0], found[n_found, 1], found[n_found, 2] = t, p, block
                    n_found += 1
    return found[:n_found]


@njit(cache=True, nogil=True)
def decide(letters, start, border, sought, sought_start, sought_border, strict, most_edits, reach, where):
    """int64 (M, 6): text, passage, EXACT or NEAR, edits, first letter and end of the match within the text, one a pair.

    where: stretches sorted by text and passage. strict: passages whose inner word borders must agree too.
    most_edits: per passage; -1 when only equal letters will do.
    """
    found = np.empty((len(where), 6), dtype=np.int64)
    n_found = 0
    aligned = 0
    for s in range(len(where)):
        t, p, block = where[s]
        again = n_found > 0 and found[n_found - 1, 0] == t and found[n_found - 1, 1] == p
        if again and found[n_found - 1, 2] == EXACT:
            continue
        if s == 0 or where[s - 1, 0] != t or where[s - 1, 1] != p:
            aligned = 0
        low = start[t] + max(0, block - 2) * reach[p]
        high = min(start[t] + (block + 2) * reach[p], start[t + 1])
        passage = sought[sought_start[p] : sought_start[p + 1]]
        inner = sought_border[sought_start[p] : sought_start[p + 1]]
        row = n_found - 1 if again else n_found
        at = equal_at(letters, border, low, high, start[t + 1], passage, inner, strict[p])
        if at >= 0:
            found[row] = t, p, EXACT, 0, at - start[t], at - start[t] + len(passage)
            n_found = row + 1
            continue
        if most_edits[p] < 0 or aligned == MOST_STRETCHES:
            continue
        if not may_be_near(passage, letters[low:high], most_edits[p]):
            continue
        aligned += 1
        edits, first, end = best_window(passage, letters[low:high])
        if edits <= most_edits[p] and (not again or edits < found[row, 3]):
            found[row] = t, p, NEAR, edits, low - start[t] + first, low - start[t] + end
            n_found = row + 1
    return found[:n_found]


@njit(cache=True, nogil=True)
def equal_at(letters, border, low, high, text_end, passage, inner, strict):
    """First place in letters[low:high] where the passage stands between word borders; -1 when there is none."""
    n = len(passage)
    for i in range(low, high - n + 1):
        if letters[i] != passage[0] or not border[i] or not (i + n == text_end or border[i + n]):
            continue
        same = True
        for j in range(1, n):
            if letters[i + j] != passage[j] or (strict and border[i + j] != inner[j]):
                same = False
                break
        if same:
            return i
    return -1


@njit(cache=True, nogil=True)
def may_be_near(passage, text, most_edits):
    """False only when no window of the text is that near: then each piece of the passage takes more than its share of edits."""
    pieces = (len(passage) + WORD - 1) // WORD
    for piece in range(pieces):
        part = passage[piece * len(passage) // pieces : (piece + 1) * len(passage) // pieces]
        if fewest_edits(part, text) * len(passage) <= most_edits * len(part):
            return True
    return False


@njit(cache=True, nogil=True)
def fewest_edits(passage, text):
    """Fewest edits that make a passage of 1 to WORD letters of any window of the text. Myers, J. ACM 46 (1999), 395-415."""
    one = np.uint64(1)
    own = np.unique(passage)
    places = np.zeros(len(own) + 1, dtype=np.uint64)
    for j in range(len(passage)):
        places[np.searchsorted(own, passage[j])] |= one << np.uint64(j)
    last = one << np.uint64(len(passage) - 1)
    more, less = ~np.uint64(0), np.uint64(0)
    edits = best = len(passage)
    for i in range(len(text)):
        at = np.searchsorted(own, text[i])
        same = places[at] if at < len(own) and own[at] == text[i] else np.uint64(0)
        across = (((same & more) + more) ^ more) | same
        up = less | ~(across | more)
        down = more & across
        if up & last:
            edits += 1
        elif down & last:
            edits -= 1
            best = min(best, edits)
        up, down = up << one, down << one
        across = same | less
        more, less = down | ~(across | up), up & across
    return best


@njit(cache=True, nogil=True)
def best_window(passage, text):
    """Fewest edits (insert, delete, replace a letter) that make the passage of a window of the text; its first letter, end.

    Of windows alike the one that begins earliest, of these the longest. Sellers, J. Algorithms 1 (1980), 359-373.
    """
    n = len(passage)
    edits = np.arange(n + 1)
    first = np.zeros(n + 1, dtype=np.int64)
    best, best_first, best_end = n, 0, 0
    for i in range(len(text)):
        diagonal, diagonal_first = edits[0], first[0]
        first[0] = i + 1
        for j in range(1, n + 1):
            above, above_first = edits[j], first[j]
            cost, came = diagonal + (text[i] != passage[j - 1]), diagonal_first
            if above + 1 < cost or (above + 1 == cost and above_first < came):
                cost, came = above + 1, above_first
            if edits[j - 1] + 1 < cost or (edits[j - 1] + 1 == cost and first[j - 1] < came):
                cost, came = edits[j - 1] + 1, first[j - 1]
            edits[j], first[j] = cost, came
            diagonal, diagonal_first = above, above_first
        if edits[n] < best or (edits[n] == best and best < n and first[n] <= best_first):
            best, best_first, best_end = edits[n], first[n], i + 1
    return best, best_first, best_end
