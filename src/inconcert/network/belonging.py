"""Which accounts of a confirmed group act like it, and which like the crowd that touches the same things."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from inconcert.detect.layer import UNTIMED
from inconcert.detect.sweep import partners
from inconcert.network.candidates import Candidate
from inconcert.network.material import Materials
from inconcert.network.reference import Rates
from inconcert.network.synchrony import popularity_bin

Floats = NDArray[np.float64]

STRANGERS = 0.05
"""Share of members known by a single action that may be passers-by, by expectation."""


def belonging(materials: Materials, rates: Mapping[str, Rates], candidate: Candidate) -> NDArray[np.bool_]:
    """(members,): whether each is rather one of the group than one of the crowd.

    A search joins an account to a group through a single action, and a passer-by of a busy group has one soon. So each
    member's actions on what the group shares are looked at: the share with another member within the window, without the one
    that joined it, is likelier at the group's own rate than at the reference rate, or as likely. Log-likelihood ratio of
    Bernoulli trials, the group's rate being that of all its members together. Members of whom nothing is known but the action
    that joined them are as likely one as the other; they stay unless ordinary people who touched the same things bring more
    than STRANGERS of as many by chance.
    """
    n, hits, expected, strangers = _shared(materials, rates, candidate)
    own, ordinary = hits.sum() / max(n.sum(), 1), expected.sum() / max(n.sum(), 1)
    if not ordinary < own:
        return np.ones(len(candidate.members), dtype=bool)
    own = min(own, 1.0 - 0.5 / max(n.sum(), 1))
    rate = np.clip(expected / np.maximum(n, 1), 1e-6, own)
    ratio = np.maximum(hits - 1, 0) * np.log(own / rate) + (n - hits) * np.log((1 - own) / (1 - rate))
    kept: NDArray[np.bool_] = ratio >= 0
    unknown = (hits <= 1) & kept
    if strangers > STRANGERS * unknown.sum():
        kept &= ~unknown
    return kept


def _shared(
    materials: Materials, rates: Mapping[str, Rates], candidate: Candidate
) -> tuple[Floats, Floats, Floats, float]:
    """Per member: actions on objects it shares with other members, those with one of them within the window, and how many
    an ordinary account has there; and how many passers-by there should be: of others' actions where members met, each stands for the
    odds that one like it fell within the window. Over the kinds it was found on."""
    out = np.zeros((3, len(candidate.members)))
    strangers = 0.0
    kinds = tuple(materials) if candidate.all_kinds else (candidate.kind,)
    for kind in kinds:
        m = materials[kind]
        inside, timed = np.isin(m.first.account, candidate.members), m.first.time_us != UNTIMED
        mine = m.first.keep(inside & timed)
        count = np.bincount(mine.object, minlength=mine.n_objects)
        mine = mine.keep(count[mine.object] >= 2)
        by_bin = expit(rates[kind].account[candidate.window])
        place = np.searchsorted(candidate.members, mine.account)
        near = partners(mine, m.windows_us) <= candidate.window
        theirs = m.first.object[~inside & timed]
        theirs = theirs[np.bincount(mine.object[near], minlength=mine.n_objects)[theirs] > 0]
        chance = by_bin[popularity_bin(m.measured.popularity[theirs])]
        strangers += float((chance / (1.0 - chance)).sum())
        ordinary = by_bin[popularity_bin(m.measured.popularity[mine.object])]
        for row, weight in enumerate((np.ones(len(mine)), near, ordinary)):
            out[row] += np.bincount(place, weights=weight, minlength=len(candidate.members))
    return out[0], out[1], out[2], strangers
