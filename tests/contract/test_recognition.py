"""Recognition by content: no tool's file is taken for another's, whatever its name and whichever importer is asked first."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.contract.test_importers import excerpt

from inconcert.ingest import importers
from inconcert.ingest.formats.open_sheet import open_sheet
from inconcert.ingest.importers import IMPORTERS, choose_importer
from inconcert.ingest.piece import Sheet


def taken_for(path: Path) -> str:
    return choose_importer(open_sheet(path, "file"), None, "file").importer.name


@pytest.fixture(params=IMPORTERS)
def sample(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    """An importer's sample under a name that says nothing."""
    path = tmp_path / "file"
    path.write_bytes(excerpt(request.param)[1])
    return request.param, path


def test_every_sample_is_taken_for_its_own(sample: tuple[str, Path]) -> None:
    name, path = sample
    assert taken_for(path) == name


def test_the_order_of_importers_does_not_matter(sample: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    name, path = sample
    order = list(IMPORTERS)
    for seed in range(3):
        random.Random(seed).shuffle(order)
        monkeypatch.setattr(importers, "IMPORTERS", {one: IMPORTERS[one] for one in order})
        assert taken_for(path) == name


def test_no_other_importer_says_that_it_is_its(sample: tuple[str, Path]) -> None:
    """The matrix: of all importers only its own has the whole signature, or a shorter one than its own, and only its own shape fits."""
    name, path = sample
    opened = open_sheet(path, "file")
    if not isinstance(opened, Sheet):
        shares = importers.fitting(opened, None)
        fitting = {other for other, share in shares.items() if share >= importers.FIT_SHARE_MIN}
        if fitting:
            assert name in fitting
            assert not [other for other in fitting - {name} if not IMPORTERS[other].general]
            return
    chosen = choose_importer(opened, None, "file")
    counts = {other: importer.recognises(chosen.sheet.columns) for other, importer in IMPORTERS.items()}
    best = max(counts.values())
    assert [other for other, count in counts.items() if count == best and count] in ([name], [])
