"""The pictures and videos that belong to files that were just read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pyarrow.parquet as pq

from inconcert.case import Case
from inconcert.errors import MissingExtra
from inconcert.normalise.media_names import name_in_export
from inconcert.progress import Progress
from inconcert.verbs.import_result import ImportResult
from inconcert.verbs.media_folder import beside, relative_name

if TYPE_CHECKING:
    from inconcert.verbs.import_media import MediaResult


@dataclass(frozen=True)
class MediaWanted:
    """folder: where they lie, if the user says so.   ocr: read words in them.   faces: test profile pictures."""

    folder: Path | None
    ocr: bool
    faces: bool


def beside_files(
    case: Case, files: Sequence[Path], results: Sequence[ImportResult], wanted: MediaWanted, progress: Progress
) -> list[ImportResult]:
    """The results, with what became of the pictures that lie beside each file under the names that it gives.

    files: where each result was read from.
    """
    done = []
    for file, result in zip(files, results, strict=True):
        values = (name_in_export(value)[1] for value in _media_values(case, result.import_id))
        names = {name for value in values if (name := relative_name(value))}
        folder = beside(file, names)
        its = [result.import_id]
        done.append(result if folder is None else in_folder(case, result, folder, sorted(names), wanted, progress, its))
    return done


def in_folders(
    case: Case,
    folder: Path,
    files: Sequence[Path],
    results: Sequence[ImportResult],
    names: Sequence[str],
    wanted: MediaWanted,
    progress: Progress,
) -> list[ImportResult]:
    """The results, with what became of the pictures of those names in a folder: each is of the files in the nearest folder above
    it that has any, as two exports may use one name for two pictures; where there is none, of any.

    files: where each result was read from.
    """
    done, last = list(results), {file.parent: place for place, file in enumerate(files)}
    of_place: defaultdict[int, list[str]] = defaultdict(list)
    astray: list[str] = []
    for name in names:
        above = (last[parent] for parent in (folder / name).parents if parent in last)
        nearest = next(above, None)
        (astray if nearest is None else of_place[nearest]).append(name)
    for place, its in of_place.items():
        ids = [
            result.import_id for result, file in zip(results, files, strict=True) if file.parent == files[place].parent
        ]
        done[place] = in_folder(case, done[place], folder, its, wanted, progress, ids)
    if astray:
        free = [place for place in range(len(done)) if place not in of_place] or [len(done) - 1]
        done[free[-1]] = in_folder(case, done[free[-1]], folder, astray, wanted, progress)
    return done


def in_folder(
    case: Case,
    result: ImportResult,
    folder: Path,
    names: Sequence[str],
    wanted: MediaWanted,
    progress: Progress,
    of: Sequence[str] | None = None,
) -> ImportResult:
    """The result, with what became of the files of those names in a folder; a note where reading them needs an extra.

    of: imports whose files they are, None for any.
    """
    try:
        read = read_folder(case, folder, wanted, names, progress, of)
    except MissingExtra as error:  # nobody asked for the pictures: the posts alone are a result
        note = f"{len(names):,} pictures and videos in {folder.name} were not read. {error}"
        return replace(result, notes=(*result.notes, note))
    return replace(result, media=read)


def read_folder(
    case: Case,
    folder: Path,
    wanted: MediaWanted,
    only: Sequence[str] | None,
    progress: Progress,
    of: Sequence[str] | None = None,
) -> MediaResult:
    """Read the files of a folder, or only those of these names; of and errors as `import_media`."""
    # what pictures need is slow to load, and few exports have any
    from inconcert.verbs.import_media import import_media

    return import_media(case, folder, ocr=wanted.ocr, faces=wanted.faces, only=only, of=of, progress=progress)


def _media_values(case: Case, import_id: str) -> set[str]:
    file = case.path / "data" / import_id / "actions.parquet"
    if not file.exists():  # it holds other things than posts
        return set()
    values: set[str] = set()
    with pq.ParquetFile(file, read_dictionary=["kind"]) as actions:
        for group in range(actions.metadata.num_row_groups):
            kinds = actions.read_row_group(group, columns=["kind"])["kind"]
            if pc.any(of_media := pc.equal(kinds, "media")).as_py():
                objects = actions.read_row_group(group, columns=["object_id"])["object_id"]
                values.update(objects.filter(of_media).unique().to_pylist())
    return values
