"""What tests of cases share: a fixed clock and a small case."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from inconcert.case import Case, create_case

NOW = datetime(2026, 11, 21, 20, 31, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case", title="Näme", now=NOW)
