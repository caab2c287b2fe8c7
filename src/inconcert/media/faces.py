"""Faces of profile pictures, and whether the eyes stand where generators of the StyleGAN family put them.

GANEyeDistance (Yang, Singh and Menczer 2024, arXiv 2401.02627): the mean distance of both eyes from those places, divided by
the diagonal of the unit square. Generators were trained on portraits aligned by the eyes, so their eyes hardly move; among
people's own pictures some stand there by chance. One picture proves nothing: compare a group with a control. Cropped
portraits and those of other generators are missed.
"""

from __future__ import annotations

import functools
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from inconcert.errors import InconcertError, MissingExtra
from inconcert.media.rgb import rgb

if TYPE_CHECKING:
    from PIL.Image import Image

EYES = ((0.3808205078125, 0.4770548828125), (0.6152169921875, 0.4771314453125))
"""Left and right eye in the picture, shares of the side from the left and from the top, as published."""
THRESHOLD = 0.02
"""Of the distance, as published: more than 99.5 % of generated portraits lie below."""
SIDE = 500
"""Pixels to which every picture is brought, so that the size of a file changes neither what is found nor the rounding of
eyes to whole pixels; the detector sees faces of 80 pixels and more."""

_LANDMARKS = "face_recognition_models/models/shape_predictor_5_face_landmarks.dat"


def face_row(image: Image, sha256: str) -> dict[str, Any]:
    """Columns of schema FACES without `import_id`.

    image: any mode and size, orientation applied; of one that is not square the middle square counts, which is what sites
    show of it. Errors: MissingExtra without [faces]; InconcertError when the landmarks are missing.
    """
    from PIL.Image import Resampling

    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    # cut first: of a strip of a million pixels only the square is turned into RGB
    square = rgb(image.crop((left, top, left + side, top + side))).resize((SIDE, SIDE), Resampling.BICUBIC)
    pixels = np.asarray(square)
    detector, predictor = _detectors()
    found = detector(pixels, 0)
    distance = eye_distance(predictor(pixels, found[0])) if len(found) == 1 else None
    return {
        "sha256": sha256,
        "faces": len(found),
        "eye_distance": distance,
        "generated_lead": distance is not None and distance <= THRESHOLD,
    }


def eye_distance(landmarks: Any) -> float:
    """Mean distance of the eyes from EYES in a picture of SIDE pixels, share of its diagonal. landmarks: five points of dlib,
    of which the first four are the corners of the eyes, two and two."""
    corners = np.array([(landmarks.part(k).x, landmarks.part(k).y) for k in range(4)]) / SIDE
    eyes = corners.reshape(2, 2, 2).mean(axis=1)
    eyes = eyes[np.argsort(eyes[:, 0])]
    return float(np.linalg.norm(eyes - np.array(EYES), axis=1).sum() / (2 * np.sqrt(2)))


def landmarks_file() -> Path:
    """Where the installed wheel keeps the weights of the five landmarks; its package is not imported, for it needs
    pkg_resources."""
    try:
        wheel = metadata.distribution("face-recognition-models")
    except metadata.PackageNotFoundError as error:
        raise MissingExtra("Finding faces", "faces") from error
    file = Path(str(wheel.locate_file(_LANDMARKS)))
    if not file.is_file():
        raise InconcertError(
            f"face-recognition-models {wheel.version} lacks {file.name}, and nothing is fetched: "
            "pip install --force-reinstall 'face-recognition-models==0.3.0'"
        )
    return file


@functools.cache
def _detectors() -> tuple[Any, Any]:
    """Detector and landmarks, made once a process."""
    file = landmarks_file()
    try:
        import dlib
    except ModuleNotFoundError as error:
        raise MissingExtra("Finding faces", "faces") from error
    return dlib.get_frontal_face_detector(), dlib.shape_predictor(str(file))
