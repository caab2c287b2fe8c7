"""Texts for the tests: words without meaning, and variants of texts with some words exchanged."""

from __future__ import annotations

import random

SYLLABLES = ["ka", "mo", "ri", "sen", "tul", "be", "nor", "pi", "dra", "lo", "ve", "shi", "gan", "ut", "zel", "fa"]
HAN = [chr(0x4E00 + 7 * i) for i in range(2_000)]


def word(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 3)))


def text(rng: random.Random, words: int = 16) -> list[str]:
    return [word(rng) for _ in range(words)]


def variant(rng: random.Random, words: list[str], share: float) -> list[str]:
    """With about a share of its words exchanged for others."""
    return [word(rng) if rng.random() < share else old for old in words]


def han(rng: random.Random, characters: int) -> str:
    return "".join(rng.choice(HAN) for _ in range(characters))
