"""A reading of accounts that somebody chose: what was measured, and no chance of it.

Whoever chooses accounts by what they did finds it measured in them again. A p-value or likelihood ratio holds for accounts that were
chosen without looking, and nobody can tell afterwards whether these were.
"""

from __future__ import annotations

import re
from dataclasses import replace

from inconcert.indicators.reading import Reading

_NUMBER = r"\d[\d.]*?(?:e[+-]?\d+)?"
_CHANCE = re.compile(rf" \(p = {_NUMBER}\)|[;,] p = {_NUMBER}(?=\))|;[^;]*\b(?:p =|a chance of) {_NUMBER}(?=\.?$)")


def hand_picked(reading: Reading) -> Reading:
    """The reading without p-value and likelihood ratio, and its sentence without what it states of chance."""
    return replace(reading, p_value=None, lr=None, lr_low=None, lr_high=None, says=_CHANCE.sub("", reading.says))
