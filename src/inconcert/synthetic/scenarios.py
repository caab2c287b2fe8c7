"""Worlds that have a name: which crowd, and what is planted in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from inconcert.errors import UnknownName
from inconcert.synthetic.crowd import Crowd, Home
from inconcert.synthetic.honest import Activists, Fans, Staff
from inconcert.synthetic.operations import Operation
from inconcert.synthetic.press import NewsBots, Newsroom
from inconcert.synthetic.scene import Scene


class Group(Protocol):
    """Something planted: accounts of one unit and what they do together."""

    @property
    def unit(self) -> str:
        """Its name in the truth; no two groups of a scenario share one."""

    def plant(self, scene: Scene, rng: np.random.Generator) -> Scene:
        """The scene with the group in it."""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """name, about: what it is for. crowd: knobs. groups: what is planted, in order."""

    name: str
    about: str
    crowd: Crowd = field(default_factory=Crowd)
    groups: tuple[Group, ...] = ()

    def __post_init__(self) -> None:
        units = [group.unit for group in self.groups]
        if len(set(units)) < len(units) or {"crowd", "outside"} & set(units):
            raise ValueError(f"Scenario '{self.name}' has the units {units}; each needs a name of its own.")

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The covert operations among the groups."""
        return tuple(group for group in self.groups if isinstance(group, Operation))


HONEST: tuple[Group, ...] = (Fans(), Activists(), Newsroom(), Staff(), NewsBots())
ONE_COUNTRY = (Home("en", -5, 0.5), Home("en", -6, 0.2), Home("en", -8, 0.3))

SCENARIOS: dict[str, Scenario] = {
    s.name: s
    for s in (
        Scenario(
            name="demo",
            about="one operation beside fans, activists, staff, newspapers with wire copy, feeds, and news bursts",
            groups=(*HONEST, Operation(rewording=0.1, rotation=0.3, cover=0.5, pause=(12, 14))),
        ),
        Scenario(name="quiet", about="a crowd with news bursts; nobody arranges anything"),
        Scenario(name="honest", about="every honest group and no operation", groups=HONEST),
        Scenario(
            name="bursty",
            about="seventy minutes around one event; nobody arranges anything",
            crowd=Crowd(
                n_posts=15_000, burstiness=1.0, n_communities=3, n_bursts=2, homes=ONE_COUNTRY, start="2024-03-05"
            ),
        ),
        Scenario(
            name="partisan",
            about="two camps that hardly touch, and very active; nobody arranges anything",
            crowd=Crowd(homes=ONE_COUNTRY, n_communities=2, homophily=60.0, activity_sigma=1.9),
        ),
        Scenario(
            name="rotating",
            about="600 accounts, each text posted by two to a handful of them within a minute, three days",
            crowd=Crowd(n_posts=20_000, burstiness=0.36, resolution_s=60, homes=ONE_COUNTRY, n_communities=4),
            groups=(
                Operation(
                    n_accounts=600,
                    n_objects=1_500,
                    kinds=("text",),
                    rotation=0.006,
                    jitter_s=48.0,
                    cover=0.5,
                    organic_sharers=0.02,
                ),
            ),
        ),
        Scenario(
            name="jittered",
            about="an operation that spreads each push over hours",
            groups=(Operation(jitter_s=10_800.0),),
        ),
        Scenario(
            name="covered",
            about="an operation that hides each post among ten ordinary ones",
            groups=(Operation(cover=10.0),),
        ),
    )
}
"""The named scenarios."""


def scenario(name: str) -> Scenario:
    """The scenario of that name; UnknownName otherwise."""
    if name not in SCENARIOS:
        raise UnknownName("scenario", name, SCENARIOS)
    return SCENARIOS[name]
