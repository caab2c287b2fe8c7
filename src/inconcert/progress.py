"""How long work is reported: a callable that takes the stage, what is done, and the total if known."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called as `progress("reading posts.csv", 120_000, 500_000)`; total None when unknown.

    rows: records so far, where done and total are bytes of a file.
    """

    def __call__(self, stage: str, done: int, total: int | None = None, *, rows: int | None = None) -> None: ...


def silent(stage: str, done: int, total: int | None = None, *, rows: int | None = None) -> None:
    """Report nothing."""


MARK = "\x1e"
"""Begins a line of progress that a program reads, a JSON object (as in RFC 7464); no other line on stderr begins so."""
