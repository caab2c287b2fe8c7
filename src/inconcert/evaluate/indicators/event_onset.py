"""Trial of events and onsets: a public that reacts to the news, and a group with ups and downs of its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.indicators.content.event_onset import EventOnset, example_tables

_DAYS = 500
_MEMBERS, _CONTROLS = 12, 36
_LASTS = 5
"""Days for which a piece of news is talked about."""


def clean(rng: np.random.Generator) -> Tables:
    """Everybody reacts to the news, the group with an interest of its own; weekdays; weeks of more and of less."""
    return _world(rng, 0.0)


def planted(effort: float, rng: np.random.Generator) -> Tables:
    """The group posts ten times as much for five days after each event, but that share of its members keeps quiet."""
    return _world(rng, 1 - effort)


def _world(rng: np.random.Generator, taking_part: float) -> Tables:
    news = np.sort(rng.choice(np.arange(20, _DAYS - 20, 10), 12, replace=False))
    kept = rng.choice(
        news, 5, replace=False
    )  # an investigator lists what was in the news, and a few things that were not
    dates = np.sort(np.concatenate([kept, rng.choice(np.arange(25, _DAYS - 20, 10), 2, replace=False)]))
    week = np.where(np.arange(_DAYS) % 7 >= 5, 0.6, 1.16)
    rates = {}
    for name, size in (("g", _MEMBERS), ("", _CONTROLS)):
        usual = 0.25 * np.exp(0.6 * rng.standard_normal(size))
        interest = np.exp(0.3 * rng.standard_normal() * (name == "g"))
        mood = np.exp(0.35 * _drift(rng)) if name == "g" else np.ones(_DAYS)
        heat = np.ones(_DAYS)
        for day in news:
            heat[day : day + _LASTS] += rng.lognormal(0.5, 0.4) * interest * np.exp(-np.arange(_LASTS) / 2)
        rate = usual[:, None] * (week * mood * heat)[None, :]
        if name == "g" and taking_part:
            for day in dates:
                rate[: round(size * taking_part), day : day + _LASTS] *= 10
        rates[name] = np.minimum(rate, 50)
    return example_tables(rng, rates, dates)


def _drift(rng: np.random.Generator) -> NDArray[np.float64]:
    """A course of days that resemble their neighbours (autocorrelation .8, variance 1)."""
    course = rng.standard_normal(_DAYS)
    for day in range(1, _DAYS):
        course[day] = 0.8 * course[day - 1] + 0.6 * course[day]
    return course


TRIAL = Trial(
    indicator=EventOnset(),
    measures=("onset", "reaction"),
    ask="Five of seven events are in the news, to which everybody reacts; a group has ups and downs and an interest "
    "of its own.",
    clean=clean,
    planted=planted,
    efforts=(0.0, 0.25, 0.5, 0.75),
    effort="share of the members who keep quiet after events",
)
