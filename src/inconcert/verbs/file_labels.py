"""What a file is called in a case: by its name, and by as much of its folder as tells it from another file of that name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

FOLDERS_MAX = 3
"""Folders named at most, so that no whole path of a machine gets into a case."""
_BETWEEN = " › "
"""Between folders. A slash would say that the file lies in an archive."""


def shown_name(file: Path) -> str:
    """Its name as text; bytes of a name that are no UTF-8 become U+FFFD."""
    return _text(file.name)


class FileLabels:
    """The labels of the files of a case, one for each SHA-256.   imports: rows of its `imports`, those withdrawn too."""

    def __init__(self, imports: Sequence[Mapping[str, Any]], given: Sequence[Path] = ()) -> None:
        self._by_hash = {row["sha256"]: str(row["file"]).partition("/")[0] for row in imports}
        names = Counter(shown_name(file) for file in given)
        self._several = {name for name, times in names.items() if times > 1}

    def of(self, file: Path, sha256: str) -> str:
        """Its label: `result.json`, or `result.json (in chat-1)` when that name is taken or given more than once."""
        if sha256 not in self._by_hash:
            taken = set(self._by_hash.values())
            self._by_hash[sha256] = next(label for label in self._candidates(file) if label not in taken)
        return self._by_hash[sha256]

    def _candidates(self, file: Path) -> Iterator[str]:
        name = shown_name(file)
        if name not in self._several:
            yield name
        folders = [_text(part) for part in file.resolve().parent.parts[1:]][-FOLDERS_MAX:]
        for depth in range(1, len(folders) + 1):
            yield f"{name} (in {_BETWEEN.join(folders[-depth:])})"
        where = f"in {folders[-1]}, " if folders else ""
        yield from (f"{name} ({where}{nth})" for nth in count(2))


def _text(part: str) -> str:
    return part.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
