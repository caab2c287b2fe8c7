"""The pictures of an assessment as files: its waterfall and its matrix."""

from __future__ import annotations

from pathlib import Path

from inconcert.errors import InputError
from inconcert.report.ach_matrix import ach_matrix
from inconcert.report.attribution_waterfall import attribution_waterfall
from inconcert.verbs.attribute import Assessment
from inconcert.verbs.export import written_at_once

_OPENING = '<svg xmlns="http://www.w3.org/2000/svg" '


def draw_attribution(assessed: Assessment, folder: Path, *, force: bool = False) -> tuple[Path, Path]:
    """Write attribution_waterfall.svg and ach_matrix.svg into the folder, which is made if need be; their paths.

    InputError when one is there already and not `force`, the folder is a file, or there is no pair to draw.
    """
    titles = {one.id: one.title for one in assessed.hypotheses}
    if assessed.pair is None:
        raise InputError(
            "Fewer than two hypotheses are compared here, so that there are no odds to draw. Retract a setting aside."
        )
    one, other = assessed.pair
    drawn = {
        folder / "attribution_waterfall.svg": attribution_waterfall(assessed.waterfall, titles[one], titles[other]),
        folder / "ach_matrix.svg": ach_matrix(assessed.matrix, titles),
    }
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file. Name a folder for the pictures.")
    there = next((file for file in drawn if file.exists()), None)
    if there is not None and not force:
        raise InputError(f"{there} is there already. Name another folder, or give --force to replace it.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, drawing in drawn.items():
            with written_at_once(None, file, force=force) as draft:
                draft.write_text(str(drawing.svg).replace("<svg ", _OPENING, 1), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror}.") from error
    first, second = drawn
    return first, second
