"""The imports of a case that a user names, by id or by the name of their file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from inconcert.errors import UnknownName


def find_imports(imports: Mapping[str, Mapping[str, Any]], named: str) -> list[str]:
    """Ids of the imports with that id; else of that file; else of that archive, or of files of that name in any folder or archive.

    imports: rows of `imports` by id.   UnknownName when there is none.
    """
    if named in imports:
        return [named]
    exact = [id for id, row in imports.items() if row["file"] == named]
    found = exact or [id for id, row in imports.items() if named in _names(row["file"])]
    if not found:
        raise UnknownName("import or file", named, {*imports, *(row["file"] for row in imports.values())})
    return found


def _names(file: str) -> Iterable[str]:
    """What a file may be called in short: the archive, the path in it, the name alone."""
    archive, _, inside = file.partition("/")
    plain = archive.partition(" (in ")[0]  # as `file_labels` tells files of one name apart
    return {archive, plain, inside, file.rpartition("/")[2]} - {""}
