"""The pictures of where a group may be as files: its map and its chart."""

from __future__ import annotations

from pathlib import Path

from inconcert.errors import InputError
from inconcert.verbs.locate import Located


def draw_place(found: Located, folder: Path, *, force: bool = False) -> tuple[Path, Path]:
    """Write place_map.svg and place_chart.svg into the folder, which is made if need be; their paths.

    InputError when one is there already and not `force`, or the folder is a file.
    """
    drawn = {folder / "place_map.svg": found.map, folder / "place_chart.svg": found.chart}
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file. Name a folder for the pictures.")
    there = next((file for file in drawn if file.exists()), None)
    if there is not None and not force:
        raise InputError(f"{there} is there already. Name another folder, or give --force to replace it.")
    folder.mkdir(parents=True, exist_ok=True)
    for file, drawing in drawn.items():
        file.write_text(str(drawing.svg) + "\n", encoding="utf-8")
    first, second = drawn
    return first, second
