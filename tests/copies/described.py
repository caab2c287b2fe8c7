"""Rows of `pictures` made from bytes, and their description, for tests."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from inconcert import schema
from inconcert.media.features import features
from inconcert.media.hashes import pdq
from inconcert.media.open_file import open_file
from inconcert.synthetic.pictures import Made, pictures


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def rows(data: bytes) -> list[dict[str, Any]]:
    """The rows of one file."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.write_bytes(data)
        opened = open_file(file)
    made = []
    for number, frame in enumerate(opened.frames):
        hashed, quality = pdq(frame.image)
        made.append(
            {"sha256": sha256(data), "frame": number, "at_s": frame.at_s, "mime": opened.mime, "bytes": len(data),
             "width": opened.width, "height": opened.height, "duration_s": opened.duration_s, "pdq": hashed,
             "quality": quality, "features": features(frame.image), "software": None, "import_id": "i"}
        )  # fmt: skip
    return made


def table(files: Sequence[bytes]) -> pa.Table:
    return pa.Table.from_pylist([row for data in files for row in rows(data)], schema=schema.PICTURES.arrow)


def carrier(data: bytes, post: int, **its: Any) -> dict[str, Any]:
    """A post that carries a file, by an account of its own."""
    row = {"media_id": f"m{post}", "use": "post", "post_id": f"p{post}", "account_id": f"a{post}", "platform": "x",
           "time_us": post * 1_000_000, "sha256": sha256(data), "role": "case"}  # fmt: skip
    return {**row, **its}


CARRIED = pa.schema([*(schema.MEDIA.arrow.field(name) for name in
                       ("media_id", "use", "post_id", "account_id", "platform", "time_us", "sha256")),
                     pa.field("role", pa.string())])  # fmt: skip


def carried(*given: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(given), schema=CARRIED)


@lru_cache(maxsize=2)
def world(n: int, seed: int) -> tuple[tuple[Made, ...], pa.Table]:
    """A generated world and its rows."""
    made = tuple(pictures(n, seed))
    return made, table([one.data for one in made])
