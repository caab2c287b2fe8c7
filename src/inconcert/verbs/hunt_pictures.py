"""The pictures that are hunted for, and the posts and profiles of a case that show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.errors import InputError
from inconcert.hunting.picture_search import Look, look, showing
from inconcert.verbs.hunt_texts import BATCH, CARRIED, sourced, with_pictures

MOST_BYTES = 64 << 20
"""Size of the largest picture that is hunted for."""

_LOOKED_AT = ["sha256", "pdq", "quality", "features"]


def looks(images: Sequence[Path]) -> list[Look]:
    """The looks of these files; InputError names one that is no picture, or too large."""
    return [_look(Path(image)) for image in images]


def showing_them(case: Case, role: str, images: Sequence[Look], first_number: int) -> pa.Table:
    """The posts and profiles of one role that show one of the pictures, numbered from first_number: columns CARRIED."""
    found = [CARRIED.empty_table()]
    for number, image in enumerate(images, start=first_number):
        shown = showing(image, _described(case, role))
        files = pa.table(
            {
                "sha256": pa.array(list(shown), pa.string()),
                "passage": pa.array([number] * len(shown), pa.int32()),
                "kind": pa.array([one.how for one in shown.values()], pa.string()),
                "similarity": pa.array([1 - one.bits / 256 for one in shown.values()], pa.float64()),
            }
        )
        found += [sourced(rows, source) for rows, source in with_pictures(case, role, files)]
    return pa.concat_tables(found)


def _look(image: Path) -> Look:
    if not image.is_file():
        raise InputError(f"There is no file {image}. Name a picture.")
    if image.stat().st_size > MOST_BYTES:
        raise InputError(
            f"{image} is larger than {MOST_BYTES >> 20} MiB. Make it smaller: what it shows is found again at any size."
        )
    try:
        return look(image.read_bytes())
    except InputError as error:
        raise InputError(f"{image} {error}. Give a picture, as PNG or JPEG.") from error


def _described(case: Case, role: str) -> Iterator[pa.RecordBatch]:
    for part in case.parts("pictures", role):
        yield from pq.ParquetFile(part).iter_batches(BATCH, columns=_LOOKED_AT)
