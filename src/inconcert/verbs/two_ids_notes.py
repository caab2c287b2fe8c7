"""What a user should know of accounts that may be one person under two ids: which they are, what was done, and the remedy."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.verbs.one_person import HANDLE, NAME
from inconcert.verbs.two_ids import TwoIds


def notes_on(case: Case, found: Sequence[TwoIds]) -> tuple[str, ...]:
    """A sentence or two on the pairs that count as one person, and on those that do not; () when there are none."""
    one = [pair for pair in found if pair.because is not None]
    alike = [pair for pair in found if pair.because is None]
    return (*_one_person(case, one), *_unproven(alike))


def _one_person(case: Case, pairs: Sequence[TwoIds]) -> list[str]:
    if not pairs:
        return []
    first = pairs[0]
    files = [_read(case, id) for id in first.files]
    return [
        f"{_pairs(pairs)} of accounts of different files are one person under two ids, such as '{first.one}' of "
        f"{files[0]['file']} and '{first.other}' of {files[1]['file']} ({_why(first)}). Each counts as one account, so "
        f"{sum(pair.posts for pair in pairs):,} posts that both have are no evidence. {_remedy(first, files)}"
    ]


def _unproven(pairs: Sequence[TwoIds]) -> list[str]:
    if not pairs:
        return []
    first = pairs[0]
    return [
        f"{_pairs(pairs)} of accounts of different files wrote the same at the same moments, such as '{first.one}' and "
        f"'{first.other}' ({first.posts:,} of {first.most:,} posts). Nothing else shows that they are one person, so they count as two. "
        "If they are one, what is found between them is nothing: read one of the files only, or make the ids alike."
    ]


def _pairs(pairs: Sequence[TwoIds]) -> str:
    return f"{len(pairs):,} {'pair' if len(pairs) == 1 else 'pairs'}"


def _why(pair: TwoIds) -> str:
    if pair.because == HANDLE:
        return "one handle"
    if pair.because == NAME:
        return "one display name and the same posts"
    return "the same posts, like most accounts of these files"


def _remedy(pair: TwoIds, files: Sequence[dict[str, str]]) -> str:
    """Which file to read again, and with which column as the account."""
    if pair.because == HANDLE:
        for file in files:
            column = json.loads(file["mapping"]).get("handle")
            if column and column != json.loads(file["mapping"]).get("account_id"):
                return f"Better: a new case with {file['file']} read with --map account_id={column}"
    return "Better: a new case with one of the files only."


def _read(case: Case, import_id: str) -> dict[str, str]:
    row: dict[str, str] = pq.read_table(case.path / "data" / import_id / "imports.parquet").to_pylist()[0]
    return row
