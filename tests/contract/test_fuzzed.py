"""Files that once went wrong (fuzz_importers.py), and a short run of fresh ones."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.contract.fuzz_importers import KEPT, damaged, try_out
from tests.contract.test_importers import excerpt

from inconcert.ingest.importers import IMPORTERS


@pytest.mark.parametrize("kept", sorted(KEPT.glob("*")) if KEPT.is_dir() else [], ids=lambda kept: kept.name)
def test_what_once_went_wrong_no_longer_does(kept: Path, tmp_path: Path) -> None:
    _, name, *forced = kept.name.split(".")
    path = tmp_path / excerpt(name)[0]
    path.write_bytes(kept.read_bytes())
    try_out(path, name if forced else None)


@pytest.mark.parametrize("importer", IMPORTERS)
def test_damage_never_goes_wrong(importer: str, tmp_path: Path) -> None:
    rng = random.Random(importer)
    file, content = excerpt(importer)
    for _ in range(5):
        (tmp_path / file).write_bytes(damaged(content, rng))
        try_out(tmp_path / file, None)
