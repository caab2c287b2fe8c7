"""Puts the files that pages load beside our own (htmx, sigma, graphology) into the package while it is built.

They come from npm, in the versions and with the hashes of package-lock.json, and lie in src/inconcert/web/static/vendor with
versions.json: name, version, licence and SHA-384 of each. Whoever installs a published package needs neither node nor a network.
Built from a checkout without npm the package lacks them: everything works but the picture of the network, and `inconcert serve`
says so.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = {
    "htmx.org": "dist/htmx.min.js",
    "graphology": "dist/graphology.umd.min.js",
    "sigma": "dist/sigma.min.js",
}
"""Package -> the file of it that pages load."""
TARGET = Path("src/inconcert/web/static/vendor")


class BrowserFiles(BuildHookInterface[Any]):
    """Fetches the files unless those of the lock file are there already."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before anything is packed."""
        root = Path(self.root)
        wanted = _locked(root)
        if wanted is None or _there(root / TARGET, wanted):  # an sdist brings them along
            return
        npm = shutil.which("npm")
        if npm is None:
            self.app.display_warning(
                "npm is absent: built without the browser's files (pages lack the network picture)"
            )
            return
        with tempfile.TemporaryDirectory() as folder:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(root / name, folder)
            done = subprocess.run(
                [npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"],
                cwd=folder, capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode:
                self.app.display_warning(f"npm could not fetch the browser's files: {done.stderr.strip()[-400:]}")
                return
            _put(Path(folder) / "node_modules", root / TARGET, wanted)


def _locked(root: Path) -> dict[str, str] | None:
    """Package -> version of the lock file; None in a build tree that has none."""
    lock = root / "package-lock.json"
    if not lock.is_file():
        return None
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    return {name: packages[f"node_modules/{name}"]["version"] for name in FILES}


def _there(target: Path, wanted: dict[str, str]) -> bool:
    known = target / "versions.json"
    if not known.is_file():
        return False
    told = json.loads(known.read_text("utf-8"))
    return {one["name"]: one["version"] for one in told} == wanted and all(
        (target / one["file"]).is_file() for one in told
    )


def _put(modules: Path, target: Path, wanted: dict[str, str]) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    told = []
    for name, version in sorted(wanted.items()):
        content = (modules / name / FILES[name]).read_bytes()
        licence = json.loads((modules / name / "package.json").read_text("utf-8"))["license"]
        file = f"{name.removesuffix('.org')}-{version}.min.js"
        (target / file).write_bytes(content)
        sha384 = base64.b64encode(hashlib.sha384(content).digest()).decode()
        told.append({"name": name, "version": version, "licence": licence, "file": file, "sha384": sha384})
    (target / "versions.json").write_text(json.dumps(told, indent=2) + "\n", "utf-8")
