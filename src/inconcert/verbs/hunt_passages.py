"""The passages that are hunted for: given as arguments or in a file, one a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inconcert.errors import InputError
from inconcert.hunting.passage import Passage, passage
from inconcert.ingest.stream.encoding import SAMPLE_BYTES, as_utf8, detect

MOST_BYTES = 16 << 20
"""Size of the largest file of passages."""
MOST_PASSAGES = 10_000
"""Passages of one hunt."""


@dataclass(frozen=True)
class Wanted:
    """Passages in the order given, none twice, and what the user should know about how they were read."""

    passages: tuple[Passage, ...]
    notes: tuple[str, ...]


def wanted(texts: Sequence[str], file: Path | None) -> Wanted:
    """The passages of the arguments, then those of the file.

    A line that begins with "# " is a comment; one that begins with # and a letter is a hashtag and hunted for. InputError for
    a passage without letters, a file that cannot be read, and too many passages.
    """
    lines, notes = _lines(file) if file is not None else ([], [])
    found: dict[str, Passage] = {}
    for text in (*texts, *lines):
        one = passage(text)
        found.setdefault(one.letters, one)
    if twice := len(texts) + len(lines) - len(found):
        notes.append(f"Passages that say the same as one before them and are not hunted for twice: {twice:,}.")
    if len(found) > MOST_PASSAGES:
        raise InputError(f"{len(found):,} passages are too many; {MOST_PASSAGES:,} are the most. Split the file.")
    if short := sum(one.only_exact for one in found.values()):
        notes.append(
            f"{short:,} of {len(found):,} passages are short (fewer than 12 letters, or 6 in Chinese, Japanese, Korean or Thai) "
            "and match only word for word: people happen upon short words."
        )
    return Wanted(tuple(found.values()), tuple(notes))


def _lines(file: Path) -> tuple[list[str], list[str]]:
    if not file.is_file():
        raise InputError(f"There is no file {file}. Name a text file with one passage a line.")
    if file.stat().st_size > MOST_BYTES:
        raise InputError(
            f"{file} is larger than {MOST_BYTES >> 20} MiB. A file of passages holds one a line; split it."
        )
    raw = file.read_bytes()
    text = b"".join(as_utf8(iter([raw]), detect(raw[:SAMPLE_BYTES], file.name))).decode("utf-8", "replace")
    lines = [line.strip() for line in text.splitlines()]
    blank = lines.count("")
    passages = [line for line in lines if line and line != "#" and not line.startswith("# ")]
    comments = len(lines) - blank - len(passages)
    if not passages:
        raise InputError(
            f"{file} holds no passage (blank lines: {blank:,}, comments: {comments:,}). Give one passage a line."
        )
    return passages, [f"{file.name}: passages: {len(passages):,}, blank lines: {blank:,}, comments: {comments:,}."]
