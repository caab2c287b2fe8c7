"""A search in the prepared letters of a view: the answers of `verbs.search_texts`, without reading a text."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inconcert.browse.letter_kernel import occurrences
from inconcert.hunting.query import Term
from inconcert.hunting.searched import FIELDS

_FEWEST = 10_000
"""Texts below which a second thread does not pay."""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Letters:
    """Letters of a field, see `letter_index`."""

    marked: NDArray[Any]
    start: Ints


@dataclass(frozen=True)
class Texts:
    """n texts of a place.   code: letter -> its code.   time_us, account, platform (n,); platforms: names of the numbers."""

    fields: tuple[Letters, ...]
    code: Mapping[int, int]
    time_us: Ints
    account: NDArray[np.int32]
    platform: NDArray[np.int32]
    platforms: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.time_us)

    def lengths(self, chosen: Ints) -> Ints:
        """(chosen,) letters of each, all fields together."""
        total = np.zeros(len(chosen), np.int64)
        for field in self.fields:
            total += field.start[chosen + 1] - field.start[chosen]
        return total

    def times(self, term: Term, chosen: Ints) -> NDArray[np.int32]:
        """(chosen,) how often the term stands in each, all fields together."""
        counts = np.zeros(len(chosen), np.int32)
        word = np.array([self.code.get(letter, -1) for letter in term.letters.tolist()], np.int64)
        if (word < 0).any():
            return counts
        for field in self.fields:
            counts += _in_blocks(field, chosen, word, term)
        return counts


def _in_blocks(field: Letters, chosen: Ints, word: Ints, term: Term) -> NDArray[np.int32]:
    if len(chosen) < _FEWEST:
        return np.asarray(occurrences(field.marked, field.start, chosen, word, term.open_start, term.open_end))
    blocks = np.array_split(chosen, os.cpu_count() or 1)
    with ThreadPoolExecutor(len(blocks)) as threads:
        found = threads.map(
            lambda block: occurrences(field.marked, field.start, block, word, term.open_start, term.open_end), blocks
        )
        return np.concatenate(list(found))


def open_texts(folder: Path) -> dict[str, Texts]:
    """Place -> its texts, mapped into memory as they are asked for."""
    return {place: _open(folder, place) for place in FIELDS}


def _open(folder: Path, place: str) -> Texts:
    def array(name: str) -> NDArray[Any]:
        return np.asarray(np.load(folder / f"{place}.{name}.npy", mmap_mode="r"))

    letters = array("alphabet").tolist()
    return Texts(
        tuple(Letters(array(f"{field}.letters"), array(f"{field}.start")) for field in FIELDS[place]),
        {letter: code for code, letter in enumerate(letters)},
        array("time_us"),
        array("account"),
        array("platform"),
        tuple(json.loads((folder / f"{place}.platforms.json").read_bytes())),
    )
