"""Measured rows, kept on disk as they are made: an interrupted run goes on, a table is set anew without measuring."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import inconcert

Row = dict[str, Any]
"""What JSON can hold."""

ROOMS = ("copies", "detect", "evaluate", "ingest", "network", "normalise", "synthetic")
"""Rooms whose code a measurement depends on."""
SHOWN_ONLY = (
    "__main__.py",
    "calibration_page.py",
    "indicator_page.py",
    "markdown.py",
    "near_text_page.py",
    "power_page.py",
)
"""Files of this room that only show what was measured."""


INDICATOR_ROOMS = ("copies", "evaluate/indicators", "indicators", "network", "normalise")
"""The same for the indicators."""


def made_with(plan: str, rooms: tuple[str, ...] = ROOMS) -> str:
    """Twelve digits of SHA-256 over a plan, the code of these rooms and the data it carries: rows of others are not used."""
    root = Path(inconcert.__path__[0])
    digest = hashlib.sha256(plan.encode())
    for room in rooms:
        for file in sorted((root / room).rglob("*")):
            if file.suffix in (".py", ".csv") and file.name not in SHOWN_ONLY:
                digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


class Kept:
    """The rows of one part: a JSON Lines file whose first line says with which code they were made (`made_with`).

    Rows of other code are dropped, unless `stale` allows them; then nothing is written. cpu_s: processor time of all rows.
    """

    def __init__(self, folder: Path, part: str, code: str, *, stale: bool = False) -> None:
        self.part, self.code = part, code
        self.rows: dict[str, Row] = {}
        self.cpu_s = 0.0
        self._path = folder / f"{part}.jsonl"
        if self._path.exists():
            *lines, torn = self._path.read_text(encoding="utf-8").split("\n")  # torn: by a kill while it was written
            known = json.loads(lines[0])["code"] if lines else ""
            if stale or known == code:
                self.code = known
                self._read(lines[1:])
                if torn and not stale:
                    self._path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
                return
        if not stale:
            folder.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps({"part": part, "code": code}) + "\n", encoding="utf-8")

    def _read(self, lines: list[str]) -> None:
        for entry in map(json.loads, lines):
            self.rows[entry["key"]] = entry["row"]
            self.cpu_s += entry["cpu_s"]

    def row(self, key: str, make: Callable[[], Row]) -> None:
        """Make the row of that key unless it is there."""
        if key in self.rows:
            return
        started = time.process_time()
        row = make()
        spent = time.process_time() - started
        with self._path.open("a", encoding="utf-8") as out:
            out.write(json.dumps({"key": key, "row": row, "cpu_s": round(spent, 2)}) + "\n")
        self.rows[key] = row
        self.cpu_s += spent
        print(f"{self.part}: {key} ({spent:.1f} s)", file=sys.stderr, flush=True)
