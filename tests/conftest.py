"""What tests share: where the research data lie."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of research data; the test is skipped, with this reason, where it is absent."""
    folder = Path(os.environ.get("INCONCERT_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"shared data absent: no folder {folder}; set INCONCERT_DATA")
    return folder
