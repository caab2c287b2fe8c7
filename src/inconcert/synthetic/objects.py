"""What people act on: posts, articles, chain posts, images; how popular each is and how fast it ages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inconcert.synthetic.drafts import NONE
from inconcert.synthetic.texts import Strings

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Attention = Callable[[Ints, Ints], Floats]
"""(rows, times in µs) -> chance in [0, 1] that the actor of each of those rows is awake then."""

ROUNDS = 60
"""Most times an action is moved because nobody was awake; the last time drawn then stands."""


@dataclass(frozen=True)
class Objects:
    """Columns of equal length; an object's code is its position.

    kind: what acting on one is: own, share, reply, url, text, media, hashtag_sequence.
    birth_us: when attention begins. half_life_us: of attention; infinite for things that do not age.
    community: circle it concerns. chance: share of all actions of this kind it gets, sums to 1.
    draft: code of the post itself (share, reply), or NONE. text, url, media, hashtags: its content, "" for none.
    """

    kind: str
    birth_us: Ints
    half_life_us: Floats
    community: Ints
    chance: Floats
    draft: Ints
    text: Strings
    url: Strings
    media: Strings
    hashtags: Strings

    def __len__(self) -> int:
        return len(self.birth_us)

    def taken(self, codes: Ints) -> Objects:
        """The objects of these codes, in that order; chances as they were, no longer summing to 1."""
        columns: dict[str, Any] = {f.name: getattr(self, f.name)[codes] for f in fields(self) if f.name != "kind"}
        return Objects(kind=self.kind, **columns)


def objects(
    kind: str,
    birth_us: Ints,
    half_life_us: Floats,
    community: Ints,
    chance: Floats | None = None,
    *,
    draft: Ints | None = None,
    text: Strings | None = None,
    url: Strings | None = None,
    media: Strings | None = None,
    hashtags: Strings | None = None,
) -> Objects:
    """Objects with the content given; equally popular unless `chance` says otherwise."""
    n = len(birth_us)

    def words(column: Strings | None) -> Strings:
        return np.full(n, "", dtype=object) if column is None else column

    return Objects(
        kind=kind,
        birth_us=birth_us,
        half_life_us=half_life_us,
        community=community,
        chance=np.full(n, 1 / max(n, 1)) if chance is None else chance,
        draft=np.full(n, NONE, dtype=np.int64) if draft is None else draft,
        text=words(text),
        url=words(url),
        media=words(media),
        hashtags=words(hashtags),
    )


def zipf(n: int, exponent: float) -> Floats:
    """Chances of n objects, most popular first: rank^-exponent, scaled to sum 1."""
    weight = np.arange(1, n + 1, dtype=np.float64) ** -exponent
    return np.asarray(weight / weight.sum(), dtype=np.float64)


def moments(birth_us: Ints, half_life_us: Floats, start_us: int, end_us: int, rng: np.random.Generator) -> Ints:
    """One time for each row: exponential decay from birth with that half-life, given that it falls in [start, end)."""
    first = np.maximum(birth_us, start_us)
    room = (end_us - first).astype(np.float64)
    u = rng.random(len(birth_us))
    ageless = np.isinf(half_life_us)
    rate = np.log(2) / np.where(ageless, 1.0, half_life_us)
    delay = np.where(ageless, u * room, -np.log1p(u * np.expm1(-rate * room)) / rate)
    return np.asarray(first + np.minimum(delay, room - 1).astype(np.int64), dtype=np.int64)


def occasions(
    things: Objects, index: Ints, attention: Attention, start_us: int, end_us: int, rng: np.random.Generator
) -> Ints:
    """When the actions on things[index] happen: attention to the thing decays, and its public must be awake."""
    birth, half_life = things.birth_us[index], things.half_life_us[index]
    time_us = moments(birth, half_life, start_us, end_us, rng)
    pending = np.arange(len(index))
    for _ in range(ROUNDS):
        pending = pending[rng.random(len(pending)) >= attention(pending, time_us[pending])]
        if not len(pending):
            break
        time_us[pending] = moments(birth[pending], half_life[pending], start_us, end_us, rng)
    return time_us
