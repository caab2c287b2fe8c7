"""The version in the code is the version of the distribution."""

from __future__ import annotations

import tomllib
from pathlib import Path

from inconcert.version import VERSION


def test_the_version_is_stated_once_in_effect() -> None:
    project = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION
