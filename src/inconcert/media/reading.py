"""Words in pictures: Chinese, simplified and traditional, and languages of the Latin script, with PP-OCR on ONNX Runtime.

The weights are those inside the wheel of rapidocr, named by path, so that a missing file is an error and never a fetch.
One thread reads, and every step is fixed, so the same picture gives the same lines. Lines that stand on their head are not
turned; lines written downwards are.
"""

from __future__ import annotations

import functools
import math
import unicodedata
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from inconcert.errors import InconcertError, MissingExtra
from inconcert.media.clues import clues
from inconcert.media.lines import overlap, rows
from inconcert.media.rgb import rgb

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 2000
"""Pixels of the longest side of what is read at once: a screen's small print stays readable, memory below 1 GB."""
MOST_PIECES = 12
"""A longer strip is scaled down instead of being cut into more pieces."""
LAP = 100
"""Pixels that neighbouring pieces have in common, more than a line is high."""
LEAST_CONFIDENCE = 0.5
"""Of the reader; below it, what was read in a photograph is mostly no text."""

_WEIGHTS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}
_NARROWEST = (
    8  # a piece narrower than this part of its length is laid on a wider ground: the network asks for 32 pixels
)


def picture_texts(image: Image, sha256: str, frame: int) -> list[dict[str, Any]]:
    """The lines read, top to bottom and left to right: columns of schema PICTURE_TEXTS without `import_id`.

    image: any mode and size, orientation applied. A picture longer than twice its width is read in pieces.
    Errors: MissingExtra without [ocr]; InconcertError when the weights are missing.
    """
    picture = _scaled(rgb(image))
    found: list[dict[str, Any]] = []
    for box in _pieces(*picture.size):
        found = _joined(found, _lines(picture.crop(box), box[0], box[1], picture.size))
    ordered = [line for row in rows(found) for line in row]
    return [
        {"sha256": sha256, "frame": frame, **line, "clue": clue}
        for line, clue in zip(ordered, clues(ordered), strict=True)
    ]


def cleaned(text: str) -> str:
    """The text on one line: controls and lone surrogates become blanks, everything else, bidirectional marks too, stays for
    the report to show."""
    kept = (" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in text)
    return " ".join("".join(kept).split())


def weights() -> dict[str, Path]:
    """Part of the reader -> file inside the installed wheel; InconcertError names the one that is missing."""
    try:
        wheel = metadata.distribution("rapidocr")
    except metadata.PackageNotFoundError as error:
        raise MissingExtra("Reading words in pictures", "ocr") from error
    files = {part: Path(str(wheel.locate_file(f"rapidocr/models/{name}"))) for part, name in _WEIGHTS.items()}
    for file in files.values():
        if not file.is_file():
            raise InconcertError(
                f"rapidocr {wheel.version} lacks its weights {file.name}, and nothing is fetched while pictures are read: "
                "pip install --force-reinstall 'rapidocr==3.10.0'"
            )
    return files


@functools.cache
def _engine() -> Any:
    """The reader, made once a process."""
    files = weights()
    try:
        import onnxruntime  # noqa: F401  rapidocr would name no remedy
        from rapidocr import RapidOCR
    except ModuleNotFoundError as error:
        raise MissingExtra("Reading words in pictures", "ocr") from error
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.use_preprocess_img": False,
            "Global.use_vertical_padding": False,
            "Global.text_score": LEAST_CONFIDENCE,
            "Det.limit_type": "max",  # by its default it enlarges what is small, until the memory is full
            "Det.limit_side_len": SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            **{f"{part}.model_path": str(file) for part, file in files.items()},
        }
    )


def _scaled(picture: Image) -> Image:
    from PIL.Image import Resampling

    scale = _scale(*picture.size)
    if scale == 1:
        return picture
    width, height = (max(1, int(side * scale)) for side in picture.size)
    return picture.resize((width, height), Resampling.LANCZOS)


def _scale(width: int, height: int) -> float:
    """Share to which a large picture is brought: half a square of SIDE, or a strip half as wide, as long as pieces go."""
    short, long = sorted((width, height))
    if long <= 2 * short:
        return min(1.0, SIDE / math.sqrt(2 * short * long))
    return min(1.0, SIDE / 2 / short, (MOST_PIECES * (SIDE - LAP) + LAP) / long)


def _pieces(width: int, height: int) -> list[tuple[int, int, int, int]]:
    """Boxes of at most SIDE that cover the picture, with laps."""
    return [(left, top, right, bottom) for top, bottom in _cuts(height) for left, right in _cuts(width)]


def _cuts(length: int) -> list[tuple[int, int]]:
    """Stretches of equal length, at most SIDE, that cover 0 to length; neighbours share LAP at least."""
    count = 1 if length <= SIDE else math.ceil((length - LAP) / (SIDE - LAP))
    stretch = min(length, SIDE)
    starts = [round(k * (length - stretch) / max(count - 1, 1)) for k in range(count)]
    return [(start, start + stretch) for start in starts]


def _lines(piece: Image, left: int, top: int, size: tuple[int, int]) -> list[dict[str, Any]]:
    """The lines of one piece, in shares of the whole picture. A piece without contrast has none, and is not read."""
    from PIL import Image as pillow

    if not np.ptp(np.asarray(piece), axis=(0, 1)).any():
        return []
    width, height = piece.size
    ground = pillow.new(
        "RGB", (max(width, 32, -(-height // _NARROWEST)), max(height, 32, -(-width // _NARROWEST))), "white"
    )
    ground.paste(piece)
    read = _engine()(np.ascontiguousarray(np.asarray(ground)[:, :, ::-1]))  # blue first
    found = []
    for box, text, confidence in zip(read.boxes, read.txts, read.scores, strict=True) if len(read) else ():
        (x0, y0), (x1, y1) = np.min(box, axis=0), np.max(box, axis=0)
        if words := cleaned(text):
            found.append(
                {
                    "left": _share(left + min(x0, width), size[0]),
                    "top": _share(top + min(y0, height), size[1]),
                    "right": _share(left + min(x1, width), size[0]),
                    "bottom": _share(top + min(y1, height), size[1]),
                    "text": words,
                    "confidence": float(confidence),
                }
            )
    return found


def _share(place: float, side: int) -> float:
    return round(min(max(float(place) / side, 0.0), 1.0), 5)


def _joined(found: list[dict[str, Any]], more: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With the lines of another piece; of a line that both pieces hold, the larger box stays: the other is cut."""
    kept = found
    for line in more:
        same = [k for k in found if overlap(line, k) > 0.5 and overlap(line, k, "top", "bottom") > 0.5]
        if all(_area(line) > _area(other) for other in same):
            kept = [k for k in kept if not any(k is other for other in same)] + [line]
    return kept


def _area(line: dict[str, Any]) -> float:
    return float((line["right"] - line["left"]) * (line["bottom"] - line["top"]))
