"""Trials of follower injection: histories with news, changes of growth and lists of suggestions, and bought batches in them."""

from __future__ import annotations

import numpy as np

from inconcert.evaluate.indicators.follower_histories import follows, history, injected, micros
from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.indicators.engagement.follower_injection import BLOCKS, FollowerInjection

FOLLOWERS = 20_000
PUBLISHED = (
    "first measurement for the design (methods.md section 3.5), on histories without news or changes of growth: no false window in 50 "
    "clean histories; recall .90 to 1.00 at 0.25 to 2 % bought followers, 1.00 at 5 to 10 %"
)


def clean(rng: np.random.Generator) -> Tables:
    """A history with up to three pieces of news, three changes of growth and two lists of suggestions."""
    changes, news, suggestions = (int(n) for n in rng.integers(0, [4, 4, 3]))
    made = history(FOLLOWERS, rng, changes=changes, news=news, suggestions=suggestions, other_ages=0.15)
    return {"follows": follows("centre", micros(made.created))}


def bought(share: float, rng: np.random.Generator) -> Tables:
    """A history into which that share was bought, of accounts made within 300 days."""
    created_us, _ = injected(history(FOLLOWERS, rng, changes=1, news=1, other_ages=0.15), share, rng)
    return {"follows": follows("centre", created_us)}


def dripped(effort: float, rng: np.random.Generator) -> Tables:
    """One follower in a hundred was bought; for each, so many ordinary ones come in between."""
    before = history(FOLLOWERS, rng, changes=1, news=1, other_ages=0.15)
    created_us, _ = injected(before, 0.01, rng, drip=0.3 + effort)
    return {"follows": follows("centre", created_us)}


def spread(effort: float, rng: np.random.Generator) -> Tables:
    """One follower in a hundred was bought, of accounts made over 300 days and so many more."""
    before = history(FOLLOWERS, rng, changes=1, news=1, other_ages=0.15)
    created_us, _ = injected(before, 0.01, rng, spread_days=300 + effort)
    return {"follows": follows("centre", created_us)}


TRIALS = (
    Trial(
        indicator=FollowerInjection(),
        measures=(BLOCKS,),
        ask=f"{FOLLOWERS:,} followers over ten years, with news, changes of growth and lists of suggestions; a batch was bought",
        clean=clean,
        planted=bought,
        efforts=(0.1, 0.05, 0.02, 0.01, 0.005, 0.0025, 0.001),
        effort="share of the followers that was bought, less of them being harder",
        published=PUBLISHED,
    ),
    Trial(
        indicator=FollowerInjection(),
        measures=(BLOCKS,),
        ask="the same, 1 % of the followers bought and let in slowly",
        clean=clean,
        planted=dripped,
        efforts=(0.0, 1.0, 2.0, 4.0, 8.0),
        effort="further ordinary followers between two bought ones",
    ),
    Trial(
        indicator=FollowerInjection(),
        measures=(BLOCKS,),
        ask="the same, 1 % of the followers bought from accounts of many ages",
        clean=clean,
        planted=spread,
        efforts=(0.0, 300.0, 900.0, 1800.0),
        effort="days beyond 300 over which the bought accounts were made",
    ),
)
