"""Worlds for `handles`: ordinary habits of naming, newcomers with defaults, birthdays; a group named by a program."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.evaluate.indicators.sign_ups import Row, platform, sign_ups, tables
from inconcert.evaluate.indicators.trial import Trial
from inconcert.indicators.personas.personal_names import GIVEN, SURNAMES
from inconcert.indicators.profiles.handles import Handles
from inconcert.synthetic.words import ADJECTIVES, NOUNS

GROUPS, MEMBERS = 3, 40
DEFAULTS_FROM_US = 1_512_086_400_000_000
"""December 2017: from then on the platform gives handles out."""
_GIVEN, _SURNAMES = sorted(GIVEN), sorted(SURNAMES)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _pick(words: list[str] | tuple[str, ...], rng: np.random.Generator) -> str:
    return words[int(rng.integers(len(words)))]


def default(rng: np.random.Generator) -> str:
    """A name and eight digits."""
    return f"{_pick(_GIVEN, rng).title()[:7]}{rng.integers(10_000_000, 100_000_000)}"


def ordinary(made_us: int, rng: np.random.Generator) -> str:
    """As people have them: half of the newcomers a default, a few a birthday, a few letters without sense, the rest words."""
    kind = rng.random()
    if made_us >= DEFAULTS_FROM_US and kind < 0.5:
        return default(rng)
    if kind > 0.97:
        return "".join(_LETTERS[i] for i in rng.integers(26, size=rng.integers(6, 12)))
    if kind > 0.93:
        return f"{_pick(_GIVEN, rng)}{rng.integers(1950, 2005)}{rng.integers(1, 13):02}{rng.integers(1, 29):02}"
    if kind > 0.75:
        return f"{_pick(_GIVEN, rng)}{_pick(_SURNAMES, rng)}{rng.integers(100)}"
    return f"{_pick(ADJECTIVES, rng)}_{_pick(NOUNS, rng)}"


def _named(times: NDArray[np.int64], rng: np.random.Generator) -> list[Row]:
    return [{"created_us": int(t), "handle": ordinary(int(t), rng)} for t in times]


def clean(rng: np.random.Generator) -> dict[str, pa.Table]:
    """Groups of 20 to 60 people, some of newcomers only, with control accounts of all ages."""
    likely = platform(rng)
    groups = []
    for _ in range(GROUPS):
        n = int(rng.integers(20, 61))
        own = sign_ups(n, likely, rng, friends=0.33)
        if rng.random() < 0.3:
            own = np.where(own < DEFAULTS_FROM_US, 2 * DEFAULTS_FROM_US - own, own)
        groups.append((_named(own, rng), _named(sign_ups(5 * n, likely, rng), rng)))
    return tables(groups)


def _planted(share_chosen: float, rng: np.random.Generator, made: str) -> dict[str, pa.Table]:
    likely = platform(rng)
    own = []
    for t in sign_ups(MEMBERS, likely, rng):
        if rng.random() < share_chosen:
            handle = ordinary(int(t), rng)
        elif made == "random":
            handle = "".join(_LETTERS[i] for i in rng.integers(26, size=rng.integers(7, 12)))
        elif made == "date":
            handle = (
                f"{_pick(_GIVEN, rng).title()[:7]}19{rng.integers(10, 99)}0{rng.integers(1, 10)}{rng.integers(10, 29)}"
            )
        else:
            handle = default(rng)
        own.append({"created_us": int(t), "handle": handle})
    return tables([(own, _named(sign_ups(5 * MEMBERS, likely, rng), rng))])


def planted_defaults(share_chosen: float, rng: np.random.Generator) -> dict[str, pa.Table]:
    """Forty accounts with default handles, but for a share with handles as people have them."""
    return _planted(share_chosen, rng, "default")


def planted_random(share_chosen: float, rng: np.random.Generator) -> dict[str, pa.Table]:
    """The same with letters drawn at random."""
    return _planted(share_chosen, rng, "random")


def planted_dates(share_chosen: float, rng: np.random.Generator) -> dict[str, pa.Table]:
    """The same with default handles whose digits are dates."""
    return _planted(share_chosen, rng, "date")


def _trial(measure: str, planted: Callable[[float, np.random.Generator], dict[str, pa.Table]], what: str) -> Trial:
    return Trial(
        indicator=Handles(),
        measures=(measure,),
        ask=f"People of all ages of a platform that began to give handles out in 2017; forty accounts with {what}.",
        clean=clean,
        planted=planted,
        efforts=(0.0, 0.2, 0.4, 0.6, 0.8),
        effort="share of the forty with a handle as people have them",
    )


TRIALS = (
    _trial("default-handles", planted_defaults, "default handles"),
    _trial("random-handles", planted_random, "letters drawn at random"),
    _trial("date-digits", planted_dates, "default handles whose digits are dates"),
)
