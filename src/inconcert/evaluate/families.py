"""Worlds without an operation: ordinary crowds of every temper, several crowds in one export, and honest groups."""

from __future__ import annotations

from dataclasses import dataclass, replace

from inconcert.evaluate.sample import Export, joined, read_world
from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.scenarios import HONEST, ONE_COUNTRY, SCENARIOS, Scenario
from inconcert.synthetic.world import build

ACCOUNTS, POSTS = 2_000, 12_000
"""Size of most worlds: many small ones say more about false discoveries than few large ones."""
PARTS_SEED = 1_000
"""Seeds of the crowds of one export lie this far from those of the next."""


@dataclass(frozen=True)
class Family:
    """A kind of world in which nobody arranges anything with anybody: whatever is raised is raised wrongly.

    crowds: one, or several that an export holds together; nobody of one acts on what another acts on, but for words and
    hashtags that both use.
    """

    name: str
    about: str
    crowds: tuple[Crowd, ...]

    def export(self, seed: int) -> Export:
        """The world of that seed."""
        parts = [
            read_world(build(Scenario(name=self.name, about=self.about, crowd=crowd), PARTS_SEED * i + seed), self.name)
            for i, crowd in enumerate(self.crowds)
        ]
        return parts[0] if len(parts) == 1 else joined(parts, self.name)


def _small(crowd: Crowd) -> tuple[Crowd, ...]:
    return (replace(crowd, n_accounts=ACCOUNTS, n_posts=POSTS),)


_QUIET, _MATCH = SCENARIOS["quiet"].crowd, SCENARIOS["bursty"].crowd

ONE_CROWD: tuple[Family, ...] = (
    Family("quiet", "a month of conversation with news bursts", _small(_QUIET)),
    Family("bursty", "seventy minutes around one event", _small(_MATCH)),
    Family("bursty, by the minute", "the same with times to the minute", _small(replace(_MATCH, resolution_s=60))),
    Family("three days, by the minute", "the crowd of `rotating`, alone", _small(SCENARIOS["rotating"].crowd)),
    Family("partisan", "two camps that hardly touch, and very active", _small(SCENARIOS["partisan"].crowd)),
    Family(
        "many circles",
        "sixty circles that keep to themselves: an object of one's own is 300 times likelier",
        _small(Crowd(n_communities=60, homophily=300.0, homes=ONE_COUNTRY)),
    ),
    Family(
        "news days",
        "nine days with eighty news bursts of some forty people within minutes",
        _small(Crowd(n_bursts=80, burst_accounts=40.0, burstiness=0.3)),
    ),
    Family(
        "loud few",
        "activity spread so widely that a tenth of the accounts writes nearly everything",
        _small(Crowd(activity_sigma=2.4, homes=ONE_COUNTRY, n_communities=4)),
    ),
    Family("quiet, large", "as quiet, at the scenario's own size of 50,000 posts", (_QUIET,)),
)
"""One crowd an export."""

SEVERAL_CROWDS: tuple[Family, ...] = (
    Family(
        "a match in a month",
        "a month of conversation, and in it the seventy minutes of one event with an audience of its own",
        (*_small(_QUIET), replace(_MATCH, n_accounts=300, n_posts=2_000)),
    ),
    Family(
        "ten matches",
        "ten events of seventy minutes on ten days, each with an audience of its own",
        tuple(replace(_MATCH, n_accounts=200, n_posts=1_200, start=f"2024-03-{5 + day:02d}") for day in range(10)),
    ),
    Family(
        "twenty towns",
        "twenty small conversations of a month",
        (replace(_QUIET, n_accounts=150, n_posts=1_000, n_communities=4, homes=ONE_COUNTRY),) * 20,
    ),
    Family(
        "fast and slow",
        "a month in which things live for a day, beside nine days in which they live for two minutes",
        (
            *_small(replace(_QUIET, half_life_s=86_400.0)),
            replace(_QUIET, n_accounts=300, n_posts=3_000, half_life_s=120.0, burstiness=0.3),
        ),
    ),
)
"""Several crowds in one export, as when searches for different things are put together."""

HONEST_GROUPS = Scenario(
    name="honest",
    about="fans, activists, a newsroom, staff and feeds, in a crowd of 2,000 with 12,000 posts; no operation",
    crowd=replace(SCENARIOS["honest"].crowd, n_accounts=ACCOUNTS, n_posts=POSTS),
    groups=HONEST,
)
