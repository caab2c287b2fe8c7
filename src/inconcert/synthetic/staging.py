"""What planted groups need: accounts of their own, hours, posts of an outside author, casual sharers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from inconcert.synthetic.accounts import DAY_US, OUTSIDE, new_accounts
from inconcert.synthetic.drafts import drafts
from inconcert.synthetic.objects import Ints, Objects, objects
from inconcert.synthetic.rhythm import Office
from inconcert.synthetic.scene import Scene
from inconcert.synthetic.texts import remarks


def own_accounts(
    scene: Scene, n: int, unit: str, role: str, language: str, client: str, rng: np.random.Generator
) -> tuple[Scene, Ints]:
    """The scene with n accounts of an institution, and their codes."""
    circle = scene.circle(language)
    home = int(scene.accounts.zone_h[scene.accounts.community == circle][0])
    return scene.settle(
        new_accounts(
            n,
            unit=unit,
            role=role,
            language=language,
            zone_h=home,
            community=np.full(n, circle, dtype=np.int64),
            start_us=scene.start_us,
            rng=rng,
            client=client,
        )
    )


def joined_together(scene: Scene, members: Ints, share: float, drives: int, rng: np.random.Generator) -> Scene:
    """The scene in which that share of the members signed up in so many drives of an hour, in the year before: friends who
    follow a call to join."""
    codes = members[rng.random(len(members)) < share]
    day = rng.integers(30, 365, size=drives)[rng.integers(drives, size=len(codes))]
    made_us = scene.start_us - day * DAY_US - rng.integers(3_600_000_000, size=len(codes))
    return replace(scene, accounts=scene.accounts.joined_at(codes, made_us))


def hours(scene: Scene, n: int, zone_h: int, first_h: int, last_h: int, rng: np.random.Generator) -> Ints:
    """n times between those hours of a working day, in order."""
    minutes = Office(zone_h, first_h, last_h).minutes(scene.start_us, scene.end_us)
    return np.sort(rng.choice(minutes, size=n) + rng.integers(60_000_000, size=n))


def outside_posts(
    scene: Scene, language: str, n: int, first_h: int, last_h: int, popularity: float, rng: np.random.Generator
) -> tuple[Scene, Objects]:
    """The scene with one author whom the export does not hold, and n posts of theirs to share, between those hours.

    popularity: people of the crowd who share each, which sets how long it lives.
    """
    scene, author = own_accounts(scene, 1, OUTSIDE, "author", language, "Web", rng)
    time_us = hours(scene, n, int(scene.accounts.zone_h[author[0]]), first_h, last_h, rng)
    draft = np.arange(len(scene.drafts), len(scene.drafts) + n, dtype=np.int64)
    words = remarks(np.full(n, language, dtype=object), rng)
    scene = scene.add(drafts(np.repeat(author, n), time_us, text=words, collected=False))
    circle = np.full(n, scene.circle(language), dtype=np.int64)
    life = np.full(n, ordinary_life_us(scene, popularity))
    return scene, objects("share", time_us, life, circle, draft=draft)


def casually_shared(scene: Scene, things: Objects, mean: float, rng: np.random.Generator) -> Scene:
    """The scene in which people of the crowd, too, act on those things: each on a Poisson number of that mean."""
    return scene.add(scene.public(things, np.repeat(np.arange(len(things)), rng.poisson(mean, size=len(things))), rng))


def ordinary_life_us(scene: Scene, popularity: float) -> float:
    """Median half-life, µs, of a thing that so many people of the crowd act on."""
    crowd = scene.crowd
    return float(crowd.median_half_life_s * 1e6 * max(popularity / 2, 1.0) ** crowd.half_life_growth)
