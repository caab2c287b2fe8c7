"""The measures of linking: costs of ratios, promises on unrelated pairs, halves of a small set, and the page that shows them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.catalogue.indicator import Indicator
from inconcert.evaluate.linking.calibration import best_bits, bins, cost, exceeding, ratio_bits
from inconcert.evaluate.linking.halves import HONEST, KNOWN, SETS, crowd_of, half_trial
from inconcert.evaluate.linking.halves import SAME as ONE_OPERATION
from inconcert.evaluate.linking.page import page
from inconcert.evaluate.linking.picture import reliability

SAME = [True] * 40 + [False] * 60


def test_no_information_costs_one_and_certainty_nothing():
    assert cost([0.0] * 100, SAME).cllr == pytest.approx(1)
    assert cost([50.0] * 40 + [-50.0] * 60, SAME).cllr == pytest.approx(0, abs=1e-9)
    assert np.isnan(cost([0.0], [True]).cllr)


def test_calibrated_ratios_lose_nothing():
    """Scores drawn from two normal distributions, and the ratio of their densities."""
    rng = np.random.default_rng(3)
    scores = np.concatenate([rng.normal(1, 1, 4000), rng.normal(-1, 1, 4000)])
    same = np.arange(8000) < 4000
    right, wrong = cost(2 * scores / np.log(2), same), cost(6 * scores / np.log(2), same)
    assert right.cllr - right.cllr_min < 0.02
    assert wrong.cllr_min == pytest.approx(right.cllr_min)
    assert wrong.cllr > right.cllr + 0.1


@given(
    st.lists(st.tuples(st.floats(0, 30), st.booleans()), min_size=2, max_size=40).filter(
        lambda its: len({t for _, t in its}) == 2
    )
)
def test_the_best_bits_keep_the_order_and_cost_no_more(pairs: list[tuple[float, bool]]):
    bits, same = np.array([b for b, _ in pairs]), np.array([t for _, t in pairs])
    best = best_bits(bits, same)
    assert (np.diff(best[np.argsort(bits, kind="stable")]) >= -1e-9).all()
    its = cost(bits, same)
    assert its.cllr_min <= its.cllr + 1e-6
    assert its.cllr_min <= 1 + 1e-6


def test_only_unrelated_pairs_are_held_to_the_promise():
    found = exceeding([9.0] * 40 + [9.0] * 6 + [0.0] * 54, SAME, 8)
    assert (found.hits, found.trials) == (6, 60)


def test_bins_hold_every_pair_at_even_odds():
    found = bins([0.0] * 20 + [5.0] * 20 + [0.0] * 57 + [5.0] * 3, SAME)
    assert [(b.name, b.pairs) for b in found] == [("none", 77), ("4 to 6", 23)]
    assert found[1].seen == pytest.approx((20 / 40) / (20 / 40 + 3 / 60))
    assert found[1].low < found[1].seen < found[1].high
    assert found[0].said == 0.5
    assert ratio_bits([0.0]).tolist() == [0.0]
    assert reliability(found).startswith("<svg")


@pytest.fixture(scope="module")
def trial() -> dict:
    def made(operation: str, kind: str, n: int) -> list[Indicator]:
        names = ("amber", "birch", "cedar", "dahlia", "elder", "ferns", "grape", "hazel", "iris", "juniper")
        values = (f"{names[i // 10]}-{operation.split()[0].lower()}-{names[i % 10]}.top" for i in range(n))
        return [
            Indicator(operation, kind, v, None, v, "made", "0" * 64, i, None, "2024-01-01", None)
            for i, v in enumerate(values)
        ]

    return half_trial({name: made(name, "domain", 40 + 10 * i) for i, name in enumerate(SETS)}, crowd_of(1, 2_000), 1)


def test_halves_are_found_by_what_is_known_and_nothing_else_is(trial: dict):
    assert list(trial) == [str(n) for n in KNOWN]
    most = {its["group"]: its["verdicts"] for its in trial[str(KNOWN[-1])]}
    for name in SETS:
        assert most[name][name][0] == "linked"
    for groups in trial.values():
        for its in groups:
            for operation, (verdict, _) in its["verdicts"].items():
                assert its["group"] == operation or {its["group"], operation} == ONE_OPERATION or verdict != "linked"
    assert set(HONEST) < set(most)


def test_the_page_shows_what_the_rows_hold(trial: dict):
    pairs = [[0.0, 0.0, "no evidence", 0]] * 8 + [[9.0, 4.0, "possibly", 1]] * 2
    text = "\n".join(page({2_000: {"2000 accounts, split 1": trial}}, {"world 1": {"pairs": pairs}}))
    assert "split in half at random 1 times" in text
    assert "| one operation | 2 | 0 | 2 | 0 | 0 |" in text
    assert "| unrelated | 8 | 0 | 0 | 8 | 0 |" in text
