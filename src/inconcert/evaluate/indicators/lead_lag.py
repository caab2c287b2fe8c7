"""Trial of overt-covert lead: an agency, a newspaper, a public that follows the news, and a group of friends or
operators."""

from __future__ import annotations

import numpy as np

from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.indicators.content.lead_lag import LeadLag, example_tables

_DAYS = 90
_MEMBERS, _CONTROLS = 12, 36
_HOUR_US = 3_600_000_000
_BEGUN_US = 1_650_000_000_000_000
_PACE_H = 6.0
"""Median hours in which the public takes up a piece of news."""


def clean(rng: np.random.Generator) -> Tables:
    """Everybody follows the news; the group are friends with a pace and a taste of their own, and keep office hours."""
    return _world(rng, prompt=0.0)


def planted(effort: float, rng: np.random.Generator) -> Tables:
    """The group repeats the agency within the hour, but leaves that share of its items to the pace of the public."""
    return _world(rng, prompt=1 - effort)


def _world(rng: np.random.Generator, prompt: float) -> Tables:
    posts: list[dict[str, object]] = []
    actions: list[dict[str, object]] = []
    accounts = [f"m{n}" for n in range(_MEMBERS)] + [f"c{n}" for n in range(_CONTROLS)]
    friends = np.arange(len(accounts)) < _MEMBERS
    # friends resemble each other: a common pace and a common taste, beside those of each account
    pace = np.exp(0.4 * rng.standard_normal(len(accounts)) + 0.4 * rng.standard_normal() * friends)
    taste = 0.12 * np.exp(0.5 * rng.standard_normal(len(accounts)) + 0.4 * rng.standard_normal() * friends)
    item = 0

    def post(account: str, at_us: float, shared: str | None = None) -> str:
        name = f"p{len(posts)}"
        posts.append({"post_id": name, "account_id": account, "time_us": round(at_us), "shared_id": shared})
        act = {"object_id": f"o{item}"} if shared is None else {"object_id": shared, "kind": "share"}
        actions.append({"account_id": account, "post_id": name, "time_us": round(at_us), **act})
        return name

    for day in range(_DAYS):
        for _ in range(rng.poisson(3)):
            news_us = _BEGUN_US + (24 * day + np.clip(rng.normal(11, 4), 0, 24)) * _HOUR_US
            both = rng.random()
            if both < 0.7:
                said_us = news_us + rng.exponential(0.5) * _HOUR_US
                said = post("agency", said_us)
                for number in np.flatnonzero(rng.random(len(accounts)) < taste / 2):
                    delay_h = pace[number] * np.exp(1.2 * rng.standard_normal())
                    post(accounts[number], said_us + delay_h * _HOUR_US, said)
            if both > 0.4:
                post("press", news_us + rng.exponential(0.5) * _HOUR_US)
            big = rng.lognormal(0, 0.6)
            takes = rng.random(len(accounts)) < np.minimum(0.8, taste * big)
            after_h = _PACE_H * pace * np.exp(0.9 * rng.standard_normal(len(accounts)))
            if prompt and both < 0.7 and rng.random() < prompt:
                after_h = np.where(friends, rng.uniform(0.1, 0.9, len(accounts)), after_h)
                takes |= friends & (rng.random(len(accounts)) < 0.3)
            for number in np.flatnonzero(takes):
                wrote_us = news_us + after_h[number] * _HOUR_US
                wrote = post(accounts[number], wrote_us)
                if rng.random() < 0.01:
                    post("agency", wrote_us + rng.exponential(5) * _HOUR_US, wrote)
            item += 1
    return example_tables(posts, actions)


TRIAL = Trial(
    indicator=LeadLag(),
    measures=("within-hour",),
    ask="An agency and a newspaper report the same news; a public takes it up, among it friends with a pace of their "
    "own.",
    clean=clean,
    planted=planted,
    efforts=(0.0, 0.25, 0.5, 0.75),
    effort="share of the agency's items that the group leaves to the pace of the public",
)
