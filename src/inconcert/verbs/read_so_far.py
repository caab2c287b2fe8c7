"""What a case holds while files are read into it one after the other: looked up once, and known of every import that is added.

To look it up anew for each file of an archive of thousands would take longer each time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from inconcert.case import Case, scratch
from inconcert.verbs.met_before import JOINED, Before, parts_before

_COLUMNS = ["import_id", "file", "sha256", "role", "importer"]


class ReadSoFar:
    """Under the lock of the case, whose imports nobody else changes meanwhile; `close` it in the end."""

    def __init__(self, case: Case, role: str) -> None:
        """role: of the posts that are read, "case" or "control"."""
        self._case, self._role = case, role
        self._withdrawals = case.withdrawals()
        self._role_of: dict[str, str] = {}
        self._of_bytes: dict[str, list[dict[str, Any]]] = {}
        self._before: Before | None = None
        for known_role in ("case", "control", "given"):
            for part in case.parts("imports", known_role):
                self._know(part)

    def standing(self, import_id: str, role: str) -> str | None:
        """The import of that role that counts for that one, itself or one in its place; None when the case holds none."""
        stands = self._withdrawals.standing(import_id)
        return stands if stands is not None and self._role_of.get(stands) == role else None

    def imports_of(self, sha256: str) -> list[dict[str, Any]]:
        """The imports of the original with that hash: import_id, file, sha256, role, importer."""
        return self._of_bytes.get(sha256, [])

    @property
    def before(self) -> Before:
        """What an import of posts joins."""
        if self._before is None:
            self._before = Before(parts_before(self._case, self._role), self._case.path / scratch.NAME)
        return self._before

    def add(self, import_id: str) -> None:
        """Know one more import, which lies in the case by now."""
        folder = self._case.path / "data" / import_id
        self._know(folder / "imports.parquet")
        if self._before is not None and self._role_of[import_id] == self._role:
            files = {name: folder / f"{name}.parquet" for name in JOINED}
            self._before.add({name: [file] for name, file in files.items() if file.is_file()})

    def close(self) -> None:
        """Give back what is held."""
        if self._before is not None:
            self._before.close()

    def _know(self, part: Path) -> None:
        row = pq.read_table(part, columns=_COLUMNS).to_pylist()[0]
        self._role_of[row["import_id"]] = row["role"]
        self._of_bytes.setdefault(row["sha256"], []).append(row)
