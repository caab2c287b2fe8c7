"""Data flows one way through the rooms: a room imports only from rooms before it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "inconcert"
BASE = ["errors", "version", "progress", "fields", "schema", "ledger", "case", "judgement"]
ROOMS = [
    "engine",
    "ingest",
    "media",
    "normalise",
    "copies",
    "rewriting",
    "hunting",
    "detect",
    "network",
    "describe",
    "indicators",
    "yardstick",
    "catalogue",
    "linking",
    "place",
    "entities",
    "attribution",
    "report",
    "browse",
]
ORDER = [*BASE, *ROOMS]

MAY: dict[str, set[str]] = {room: set(ORDER[:place]) for place, room in enumerate(ORDER)}
MAY["normalise"] -= {"ingest", "media"}
MAY["media"] = {*BASE, "engine"}
for looks_at_texts in ("copies", "rewriting", "hunting"):
    MAY[looks_at_texts] -= {"ingest"}
MAY["synthetic"] = {"errors", "schema", "fields"}
# whole investigations are measured as people run them, and no room imports evaluate
MAY["evaluate"] = {*BASE, *ROOMS, "synthetic", "verbs"} - {"report", "browse"}
MAY["verbs"] = {*BASE, *ROOMS, "synthetic"}
MAY["web"] = {*BASE, "report", "browse", "verbs"}
MAY["cli"] = {*BASE, "verbs", "web"}
MAY["__init__"] = {*BASE, "verbs", "web"}
MAY["__main__"] = {"cli"}


def imported(file: Path) -> set[str]:
    """Rooms of this package that a file imports, anywhere in it."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively; name the room"
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in modules if name.startswith("inconcert.")}


@pytest.mark.parametrize("room", MAY)
def test_a_room_imports_only_from_rooms_before_it(room: str):
    files = sorted((PACKAGE / room).rglob("*.py")) or [PACKAGE / f"{room}.py"]
    wrong = {str(file.relative_to(PACKAGE)): odd for file in files if (odd := imported(file) - MAY[room] - {room})}
    assert wrong == {}


def test_every_room_has_its_place_in_the_order():
    assert {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()} == set(
        MAY
    )
