"""Worlds without an operation: ordinary crowds of every temper, and honest groups that really act in concert."""

from __future__ import annotations

from dataclasses import replace

from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.scenarios import HONEST, ONE_COUNTRY, SCENARIOS, Scenario

ACCOUNTS, POSTS = 2_000, 12_000
"""Size of most worlds: many small ones say more about false discoveries than few large ones."""


def _crowd(name: str, about: str, crowd: Crowd) -> Scenario:
    return Scenario(name=name, about=about, crowd=replace(crowd, n_accounts=ACCOUNTS, n_posts=POSTS))


def _small(name: str) -> Scenario:
    return _crowd(name, SCENARIOS[name].about, SCENARIOS[name].crowd)


NULL: tuple[Scenario, ...] = (
    _small("quiet"),
    _small("bursty"),
    _small("partisan"),
    _crowd(
        "bursty, by the minute",
        "the same with times to the minute",
        replace(SCENARIOS["bursty"].crowd, resolution_s=60),
    ),
    _crowd(
        "three days, by the minute",
        "the crowd of `rotating` without its operation",
        SCENARIOS["rotating"].crowd,
    ),
    _crowd(
        "many circles",
        "sixty circles that keep to themselves (an object of one's own is 300 times likelier)",
        Crowd(n_communities=60, homophily=300.0, homes=ONE_COUNTRY),
    ),
    _crowd(
        "news days",
        "eighty news bursts of forty people within minutes, in nine days",
        Crowd(n_bursts=80, burst_accounts=40.0, burstiness=0.3),
    ),
    _crowd(
        "loud few",
        "activity spread so widely that a tenth of the accounts writes nearly everything",
        Crowd(activity_sigma=2.4, homes=ONE_COUNTRY, n_communities=4),
    ),
    Scenario(
        name="quiet, large", about="the scenario `quiet` at its own size, 50,000 posts", crowd=SCENARIOS["quiet"].crowd
    ),
)
"""Nobody arranges anything with anybody: whatever is raised is raised wrongly."""

HONEST_GROUPS = Scenario(
    name="honest",
    about="fans, activists, a newsroom, staff and feeds, in a crowd of 2,000 with 12,000 posts; no operation",
    crowd=replace(SCENARIOS["honest"].crowd, n_accounts=ACCOUNTS, n_posts=POSTS),
    groups=HONEST,
)
