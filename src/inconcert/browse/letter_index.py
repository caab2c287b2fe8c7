"""The letters of all texts of a place, written once, so that a search need not read and fold them again.

<place>.<field>.letters.npy   uint16, or uint32 with a large alphabet: 2 * code + whether a word begins at the letter
<place>.<field>.start.npy     int64 (texts + 1,)
<place>.alphabet.npy          int32: code -> letter
<place>.time_us.npy           int64 (texts,), NO_TIME where it is unknown
<place>.account.npy           int32 (texts,): number of the account, -1 for none
<place>.platform.npy          int32 (texts,): number in <place>.platforms.json
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from inconcert.copies.searchable import searchables
from inconcert.hunting.passage import lettered
from inconcert.hunting.searched import BATCH, FIELDS, NO_TIME, TIMES
from inconcert.progress import Progress

_POINTS = 0x110000
_BLOCK = 1 << 22


class _Alphabet:
    """Codes of letters, in the order in which they were met."""

    def __init__(self) -> None:
        self._code: NDArray[np.int32] = np.full(_POINTS, -1, np.int32)
        self.letters: NDArray[np.int32] = np.zeros(0, np.int32)

    def codes(self, letters: NDArray[np.int32]) -> NDArray[np.int32]:
        met = np.zeros(_POINTS, np.bool_)
        met[letters] = True
        new = np.flatnonzero(met & (self._code < 0)).astype(np.int32)
        self._code[new] = len(self.letters) + np.arange(len(new), dtype=np.int32)
        self.letters = np.concatenate([self.letters, new])
        found: NDArray[np.int32] = self._code[letters]
        return found


def write_letters(
    folder: Path, place: str, parts: Sequence[Path], accounts: Mapping[str, int], progress: Progress
) -> None:
    """Write the files of a place. parts: its Parquet files, whose rows in their order are the texts.

    accounts: id -> number.
    """
    fields = FIELDS[place]
    alphabet = _Alphabet()
    files = {field: (folder / f"{place}.{field}.draft").open("wb") for field in fields}
    lengths: dict[str, list[NDArray[np.int64]]] = {field: [np.zeros(1, np.int64)] for field in fields}
    times, owners, platforms = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)], [pa.array([], pa.string())]
    total = sum(pq.ParquetFile(part).metadata.num_rows for part in parts)
    done = 0
    try:
        for rows in _batches(place, parts):
            times.append(
                pc.fill_null(pc.coalesce(*(rows[name] for name in TIMES[place])).cast(pa.int64()), NO_TIME).to_numpy()
            )
            if "account_id" in rows.column_names:
                own = (accounts.get(id, -1) for id in rows["account_id"].to_pylist())
                owners.append(np.fromiter(own, np.int32, rows.num_rows))
                platforms += rows["platform"].chunks
            for field in fields:
                form = lettered(searchables(rows[field].combine_chunks()))
                lengths[field].append(np.diff(form.start))
                (2 * alphabet.codes(form.letters).astype(np.uint32) + form.border).tofile(files[field])
            done += rows.num_rows
            progress("folding texts", done, total)
    finally:
        for file in files.values():
            file.close()
    for field in fields:
        np.save(folder / f"{place}.{field}.start.npy", np.cumsum(np.concatenate(lengths[field])))
        _narrow(folder / f"{place}.{field}", small=2 * len(alphabet.letters) <= np.iinfo(np.uint16).max)
    coded = pa.chunked_array(platforms).combine_chunks().dictionary_encode()
    np.save(folder / f"{place}.alphabet.npy", alphabet.letters)
    np.save(folder / f"{place}.time_us.npy", np.concatenate(times))
    np.save(folder / f"{place}.account.npy", np.concatenate(owners))
    np.save(folder / f"{place}.platform.npy", coded.indices.to_numpy(zero_copy_only=False).astype(np.int32))
    (folder / f"{place}.platforms.json").write_text(json.dumps(coded.dictionary.to_pylist()), "ascii")


def _batches(place: str, parts: Sequence[Path]) -> Iterator[pa.Table]:
    about = ("account_id", "platform") if place == "posts" else ()
    for part in parts:
        for batch in pq.ParquetFile(part).iter_batches(BATCH, columns=[*FIELDS[place], *TIMES[place], *about]):
            yield pa.Table.from_batches([batch])


def _narrow(stem: Path, *, small: bool) -> None:
    """The draft of letters as an array file of the smallest type that holds them, block by block."""
    draft = stem.with_name(f"{stem.name}.draft")
    n = draft.stat().st_size // 4
    kind = np.dtype(np.uint16 if small else np.uint32)
    with draft.open("rb") as source, stem.with_name(f"{stem.name}.letters.npy").open("wb") as target:
        np.lib.format.write_array_header_1_0(target, {"descr": kind.str, "fortran_order": False, "shape": (n,)})
        while len(block := np.fromfile(source, np.uint32, _BLOCK)):
            block.astype(kind).tofile(target)
    draft.unlink()
