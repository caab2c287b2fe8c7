"""The hash of exactly what was weighed: a sign-off holds it, and lapses with the first change."""

from __future__ import annotations

import hashlib
from typing import Any

from inconcert.attribution.ranges import Range
from inconcert.attribution.weighing import Weighing
from inconcert.ledger import canonical

_DIGITS = 9
"""After the point: the last bits of a float differ between machines."""


def fingerprint(weighing: Weighing, level: str, members: str) -> str:
    """SHA-256, hex, of hypotheses, priors, items with grades and weights, yardstick, level and the hash of the members."""
    weighed = {
        "members": members,
        "level": level,
        "yardstick": weighing.yardstick.name,
        "hypotheses": [
            [one.id, one.form, one.title, _written(one.prior), one.aside is None] for one in weighing.hypotheses
        ],
        "items": [
            [
                item.key, item.text, item.kind, item.family, item.category, item.access, item.source, item.found_by,
                item.grade.text if item.grade else None, {id: _written(weight) for id, weight in item.weights.items()},
            ]
            for item in sorted(weighing.items, key=lambda item: item.key)
        ],
    }  # fmt: skip
    return hashlib.sha256(canonical(weighed)).hexdigest()


def _written(range: Range) -> list[Any]:
    return [round(value, _DIGITS) + 0.0 for value in (range.low, range.point, range.high)]
