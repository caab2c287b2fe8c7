"""What posts with one tag are about, and how far that moves: words and other tags before and after a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.rewriting.tokens import tokens

DRAWS = 49
"""Permutations, and bootstrap samples, of the posts."""


@dataclass(frozen=True)
class Shift:
    """value: Jensen-Shannon divergence in bits between the terms of posts before and after, less what the same posts
    show on average when shuffled over time, since samples always differ a little.   low, high: 95% interval,
    bootstrap over posts.   receded, rose: terms that lost and gained most."""

    value: float
    low: float
    high: float
    receded: tuple[str, ...]
    rose: tuple[str, ...]


def terms(text: str | None, tags: Sequence[str], tag: str) -> frozenset[str]:
    """Words of a text and the other tags of its post, each once; not the tag itself, nor words of one Latin letter."""
    words = tokens(text) if text else None
    kept = (
        ()
        if words is None
        else (key for key, dense in zip(words.keys, words.dense, strict=True) if dense or len(key) > 1)
    )
    return (frozenset(kept) | {f"#{other}" for other in tags}) - {tag, f"#{tag}"}


def shift(before: Sequence[frozenset[str]], after: Sequence[frozenset[str]], rng: np.random.Generator) -> Shift | None:
    """Between posts before and after, each given by its terms; None where either side has no term at all."""
    posts = [*before, *after]
    code = {term: at for at, term in enumerate(sorted(frozenset().union(*posts)))}
    held = np.zeros((len(posts), len(code)), dtype=np.float32)
    for at, post in enumerate(posts):
        held[at, [code[term] for term in post]] = 1
    late = np.zeros(len(posts), dtype=np.float32)
    late[len(before) :] = 1
    counts = np.stack([(1 - late) @ held, late @ held])
    if not (counts.sum(1) > 0).all():
        return None
    shuffled = rng.permuted(np.tile(late, (DRAWS, 1)), axis=1)
    bias = float(_divergence((1 - shuffled) @ held, shuffled @ held).mean())
    first = rng.multinomial(len(before), np.full(len(before), 1 / len(before)), size=DRAWS).astype(np.float32)
    then = rng.multinomial(len(after), np.full(len(after), 1 / len(after)), size=DRAWS).astype(np.float32)
    half = 1.96 * float(_divergence(first @ held[: len(before)], then @ held[len(before) :]).std(ddof=1))
    value = float(_divergence(counts[:1], counts[1:])[0]) - bias
    share = counts / counts.sum(1, keepdims=True)
    names, moved = np.array(list(code)), share[1] - share[0]
    order = np.argsort(moved, kind="stable")
    receded = tuple(str(names[at])[:30] for at in order[:3] if moved[at] < 0)
    rose = tuple(str(names[at])[:30] for at in order[::-1][:3] if moved[at] > 0)
    return Shift(value, value - half, value + half, receded, rose)


def _divergence(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float64]:
    """Jensen-Shannon, bits, row by row of counts (draws, terms); 0 where a row is empty."""
    p = one / np.maximum(one.sum(1, keepdims=True, dtype=np.float64), 1)
    q = other / np.maximum(other.sum(1, keepdims=True, dtype=np.float64), 1)
    m = (p + q) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(p > 0, p * np.log2(p / m), 0) + np.where(q > 0, q * np.log2(q / m), 0)
    return np.asarray(parts.sum(1) / 2, dtype=np.float64)
