"""What is counted of one import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Tally:
    """Counts of one import; rows_read is the sum of the others.   precision: s, min, day, or None without times.

    examples: one record set aside for each of the commonest reasons.   notes: what the user should know of the result.
    passed: objects that hold no records of ours, by kind.   tables: rows by table, of files of other things than posts.
    """

    rows_read: int
    rows_kept: int
    rows_rejected: int
    rows_duplicate: int
    precision: str | None
    examples: tuple[str, ...]
    notes: tuple[str, ...]
    passed: Mapping[str, int] = field(default_factory=dict)
    tables: Mapping[str, int] = field(default_factory=dict)
