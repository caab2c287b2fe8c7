"""The words of a picture as one text, for the search for copies."""

from __future__ import annotations

import itertools

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inconcert.media.lines import Line, blocks

NOT_SAID = ("clock", "status bar", "taskbar", "address bar", "watermark")
"""Clues that are words of a screen or of an editor, the same on pictures that have nothing in common."""

_DENSE = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x312F), (0x31A0, 0x9FFF), (0xF900, 0xFAFF),
    (0xFF00, 0xFFEF), (0x20000, 0x3FFFF),
)  # fmt: skip


def picture_wordings(picture_texts: pa.Table) -> pa.Table:
    """sha256, text: one row a file with words, sorted by sha256; a block of lines after the other, frame after frame.

    picture_texts: schema PICTURE_TEXTS, of any number of imports. Left out: the clues NOT_SAID, and a block that an earlier
    frame of the file has shown. Lines are joined by a blank, in scripts that write without blanks by nothing.
    """
    said = pc.invert(pc.is_in(picture_texts["clue"], value_set=pa.array(NOT_SAID, pa.string())))
    columns = ["sha256", "frame", "left", "top", "right", "bottom", "text"]
    lines = picture_texts.filter(said).select(columns).sort_by([("sha256", "ascending"), ("frame", "ascending")])
    files = lines["sha256"].combine_chunks()
    changes = np.flatnonzero(pc.not_equal(files[1:], files[:-1]).to_numpy(zero_copy_only=False)) + 1
    bounds = [0, *changes.tolist(), len(files)] if len(files) else []
    found = [(files[a].as_py(), _wording(lines.slice(a, b - a))) for a, b in itertools.pairwise(bounds)]
    return pa.table(
        {"sha256": pa.array([f for f, _ in found], pa.string()), "text": pa.array([t for _, t in found], pa.string())}
    )


def _wording(lines: pa.Table) -> str:
    """The text of one file; its lines sorted by frame. A line that two imports read counts once."""
    frames: dict[int, dict[tuple[object, ...], Line]] = {}
    for line in lines.to_pylist():
        frames.setdefault(line["frame"], {})[tuple(line.values())] = line
    texts = (_joined([line["text"] for line in block]) for frame in frames.values() for block in blocks(frame.values()))
    return _joined(list(dict.fromkeys(texts)))


def _joined(parts: list[str]) -> str:
    text = parts[0] if parts else ""
    for part in parts[1:]:
        text += part if text and part and _is_dense(text[-1]) and _is_dense(part[0]) else f" {part}"
    return text


def _is_dense(sign: str) -> bool:
    return any(low <= ord(sign) <= high for low, high in _DENSE)
