"""A reading in words that an editor can print: what was measured, whether that is out of the ordinary, and how much it weighs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inconcert.report import claims, words
from inconcert.report.measured import DESCRIBED, FOUND, TOO_LITTLE

BANDS: tuple[tuple[float, str], ...] = (
    (2.0, "hardly any"), (10.0, "weak"), (100.0, "moderate"), (1_000.0, "moderately strong"), (10_000.0, "strong"),
    (1_000_000.0, "very strong"), (float("inf"), "extremely strong"),
)  # fmt: skip
"""Likelihood ratio up to which a word is used for its support (ENFSI 2015, guideline for evaluative reporting)."""


_UNITS = frozenset(
    {
        "minutes",
        "hours",
        "days",
        "weeks",
        "months",
        "years",
        "bits",
        "points",
        "standard",
        "robust",
        "posts",
        "accounts",
    }
)
"""First words of scales that are written after the number."""


def statement(row: Mapping[str, Any], says: str, level: str) -> str:
    """What a reading says, as far as its state and a level carry.

    says: the sentence of its row, masked.   level: of the group it is about, else L0.
    """
    clauses = claims.clauses(says.strip())
    held = " ".join(claims.held_to_state(row["state"], claims.held_to(level, clause)) for clause in clauses)
    return held + "." if held and held[-1] not in ".!?]" else held


def sentence(row: Mapping[str, Any], says: str, level: str) -> str:
    """The statement and the verdict on it: a sentence that can be copied as it stands."""
    said = verdict(row) if row["state"] != TOO_LITTLE else ""
    verb = "That is" if row["state"] == FOUND else "That"
    return " ".join(part for part in (statement(row, says, level), f"{verb} {said}." if said else "") if part)


def verdict(row: Mapping[str, Any]) -> str:
    """The state in words; "" where nothing was tested."""
    if row["state"] == FOUND:
        return f"more than chance explains ({q_value(row)})"
    if row["state"] == TOO_LITTLE:
        return f"too little to say: {row['lacking']}"
    return "" if row["state"] == DESCRIBED else f"may be chance ({q_value(row)})"


BOUNDS = "(bounds)"
"""How a scale ends whose low and high are bounds that what is unknown leaves open, and no interval."""


def q_value(row: Mapping[str, Any]) -> str:
    """`q = 0.0012`."""
    text = words.probability(row["q_value"])
    return f"q {text}" if text.startswith("<") else f"q = {text}"


def weight(row: Mapping[str, Any]) -> str | None:
    """What its likelihood ratio is worth, over its whole range, in words; None without one."""
    low, high = row["lr_low"], row["lr_high"]
    if low is None or high is None or row["family"] == "place":  # there it weighs one way of working against another
        return None
    low, high = min(low, high), max(low, high)
    if low >= 1:
        return f"{_range(low, high)} support for a difference from ordinary accounts ({_times(low, high)} as likely)"
    if high <= 1:
        least, most = 1 / high, 1 / low
        return f"{_range(least, most)} support for ordinary behaviour ({_times(least, most)} as likely)"
    return f"no clear support either way ({_times(low, high)} as likely)"


def measured_numbers(row: Mapping[str, Any]) -> list[str]:
    """Value with interval, control, sample and q-value, each as a few words."""
    said = []
    scale = row["scale"]
    if row["value"] is not None:
        value = amount(row["value"], scale)
        if row["low"] is not None and row["high"] is not None:
            ends = f"{_bare(row['low'], scale)} to {_bare(row['high'], scale)}"
            value += f" (bounds {ends})" if scale.endswith(BOUNDS) else f" (95% interval {ends})"
        said.append(value)
    if row["control"] is not None:
        of = f" of {row['n_control']:,}" if row["n_control"] is not None else ""
        said.append(f"control {_bare(row['control'], scale)}{of}")
    said.append(f"sample {row['n']:,} {row['unit']}")
    if row["q_value"] is not None:
        said.append(q_value(row))
    return said


def amount(value: float, scale: str) -> str:
    """A value on its scale: `62%`, `3.1×`, `4.5 hours`, `1 hour 12 minutes`, `Gini coefficient 0.38`."""
    bare = _bare(value, scale)
    scale = scale.removesuffix(BOUNDS).strip()
    words_of_scale = scale.split()
    if not words_of_scale or words_of_scale[0] in ("share", "ratio", "count", "seconds"):
        return bare
    return f"{bare} {scale}" if words_of_scale[0] in _UNITS else f"{scale} {bare}"


def _bare(value: float, scale: str) -> str:
    """A value without the name of its scale, where it can be told without."""
    kind = scale.split()[0] if scale.split() else ""
    if kind == "share" and 0 <= value <= 1:
        return words.percent(value)
    if kind == "ratio":
        return f"{words.number(value)}×"
    if kind == "seconds":
        if 60 <= abs(value) < 1e9:
            return ("−" if value < 0 else "") + words.duration(round(abs(value)) * 1_000_000)
        return f"{words.number(value)} seconds"
    return words.number(value)


def _range(low: float, high: float) -> str:
    first, last = _band(low), _band(high)
    return first if first == last else f"{first} to {last}"


def _band(ratio: float) -> str:
    return next(word for most, word in BANDS if ratio <= most * (1 + 1e-9))


def _times(low: float, high: float) -> str:
    first, last = words.number(low), words.number(high)
    return f"{first} times" if first == last else f"{first} to {last} times"
