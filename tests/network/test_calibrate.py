"""Permuted copies: as many as the size of the case affords, each a copy in which nobody acts with anybody."""

from __future__ import annotations

import functools
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest

from inconcert.network import calibrate as module
from inconcert.network.calibrate import calibrate, permuted, screen
from inconcert.network.material import Material
from inconcert.network.outcome import LEVELS_OF_TEST
from inconcert.schema import CALIBRATION

from .worlds import crowd, joined, material, ring

ALPHA = 0.01
MEMBERS = range(0, 60, 5)


@functools.cache
def planted() -> dict[str, Material]:
    rng = np.random.default_rng(131)
    return {
        kind: material(
            joined(
                crowd(rng, accounts=120, objects=80, kind=kind),
                ring(rng, MEMBERS, accounts=120, objects=30, joins=0.6, kind=kind),
            )
        )
        for kind in ("share", "text")
    }


def actions() -> int:
    return sum(len(m.first) for m in planted().values())


def copied(copies: int | None, seed: int = 1) -> pa.Table:
    return calibrate(planted(), copies=copies, alpha=ALPHA, levels=LEVELS_OF_TEST, fdr="bh", splits=1, seed=seed)


# How many ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("spare", "copies"), [((0, 0), 4), ((-1, 0), 3), ((-1, -1), 1)])
def test_larger_cases_get_fewer_copies(monkeypatch: pytest.MonkeyPatch, spare: tuple[int, int], copies: int):
    """Actions of all kinds together, against each limit in turn; beyond the last, one copy. spare: actions left to a limit."""
    limits = tuple((actions() + left, n) for left, n in zip(spare, (4, 3), strict=True))
    monkeypatch.setattr(module, "COPIES", limits)
    assert copied(None)["copy"].to_pylist() == list(range(1, copies + 1))


@pytest.mark.parametrize("copies", [0, 1, 2])
def test_the_number_asked_for_is_the_number_made(monkeypatch: pytest.MonkeyPatch, copies: int):
    """Whatever the size would afford."""
    monkeypatch.setattr(module, "COPIES", ((actions(), 3),))
    found = copied(copies)
    assert found["copy"].to_pylist() == list(range(1, copies + 1))
    assert CALIBRATION.check(found).equals(found)


@pytest.mark.parametrize(
    ("sizes", "copies"),
    [((10,), 5), ((150_000, 150_000), 5), ((150_000, 150_001), 2), ((3_000_000,), 2), ((1, 3_000_000), 1)],
)
def test_the_sizes_are_those_that_the_documentation_names(
    monkeypatch: pytest.MonkeyPatch, sizes: tuple[int, ...], copies: int
):
    monkeypatch.setattr(module, "permuted", lambda materials, rng: materials)
    monkeypatch.setattr(module, "screen", lambda materials, **_: (0, 0))
    monkeypatch.setattr(module, "find_groups", lambda materials, **_: [])
    case = {str(i): SimpleNamespace(first=range(n)) for i, n in enumerate(sizes)}
    assert len(calibrate(case, copies=None, alpha=ALPHA, levels=1, fdr="bh", splits=1, seed=1)) == copies  # type: ignore[arg-type]


# What they are -----------------------------------------------------------------------------------------------------------


def test_copies_do_not_depend_on_how_many_are_made():
    three, one = copied(3).to_pylist(), copied(1).to_pylist()
    assert three[:1] == one
    assert copied(3).to_pylist() == three


def test_what_is_found_in_the_data_is_not_found_in_their_copies():
    edges, accounts = screen(planted(), alpha=ALPHA, levels=LEVELS_OF_TEST, fdr="bh")
    assert edges >= len(MEMBERS)
    assert accounts >= len(MEMBERS)
    for row in copied(3).to_pylist():
        assert (row["edges"], row["accounts"], row["groups"]) == (0, 0, 0)


def test_a_copy_keeps_who_is_active_what_is_popular_and_when():
    """But for the few actions of an account that met an object twice, and objects left with one account."""
    copy = permuted(planted(), np.random.default_rng(1))
    assert set(copy) == set(planted())
    for kind, m in planted().items():
        again = copy[kind]
        assert 0.8 * len(m.first) <= len(again.first) <= len(m.first)
        assert set(again.first.time_us.tolist()) <= set(m.first.time_us.tolist())
        before, after = (np.bincount(x.first.account, minlength=120) for x in (m, again))
        assert (after <= before).all()
        names = dict(zip(m.first.objects.to_pylist(), m.measured.popularity.tolist(), strict=True))
        for name, popularity in zip(again.first.objects.to_pylist(), again.measured.popularity.tolist(), strict=True):
            assert 2 <= popularity <= names[name]
        assert again.prior is m.prior
        assert again.windows_us == m.windows_us


def test_a_case_without_materials_has_no_edges():
    assert screen({}, alpha=ALPHA, levels=1, fdr="bh") == (0, 0)
