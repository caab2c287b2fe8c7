"""An ordinary crowd and what it does: people, what they act on, and every post of theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from inconcert.synthetic.accounts import new_accounts
from inconcert.synthetic.actors import actors
from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.drafts import drafts
from inconcert.synthetic.objects import objects, zipf
from inconcert.synthetic.scene import Scene
from inconcert.synthetic.supply import bursts, novelties, picks, posts_to_share
from inconcert.synthetic.texts import Strings, hashtags

MAX_ACTIVITY = 60.0
"""Liveliest account, in units of the mean: nobody posts without end."""

N_TAGS = 40
"""Favourite hashtags of a circle."""


def populate(crowd: Crowd, rng: np.random.Generator) -> Scene:
    """The crowd's accounts and posts, with nothing planted."""
    start = datetime.fromisoformat(crowd.start).replace(tzinfo=UTC)
    start_us = int(start.timestamp()) * 1_000_000
    scene = _people(crowd, start_us, start_us + int(crowd.period_s * 1e6), rng)
    actions = _actions_by_kind(crowd)
    own = objects(
        "own",
        np.full(crowd.n_communities, start_us, dtype=np.int64),
        np.full(crowd.n_communities, np.inf),
        np.arange(crowd.n_communities, dtype=np.int64),
        scene.actors.size / scene.actors.size.sum(),
    )
    plain = {
        "own": own,
        **{kind: novelties(kind, actions[kind], scene, rng) for kind in ("url", "text", "media")},
    }
    for kind, things in plain.items():
        scene = scene.add(scene.public(things, picks(things, actions[kind], rng), rng))
    scene = scene.add(bursts(scene, plain["url"], rng))
    scene, posts = posts_to_share(scene, actions["share"], rng)
    answered = replace(posts, kind="reply")
    scene = scene.add(scene.public(posts, picks(posts, actions["share"], rng), rng))
    scene = scene.add(scene.public(answered, picks(answered, actions["reply"], rng), rng))
    return replace(scene, objects={**plain, "share": posts, "reply": answered})


def _people(crowd: Crowd, start_us: int, end_us: int, rng: np.random.Generator) -> Scene:
    """The accounts, each in a circle that speaks its language, and a world without a post."""
    share = np.array([home.share for home in crowd.homes])
    home = rng.choice(len(crowd.homes), size=crowd.n_accounts, p=share / share.sum())
    spoken = _circles(crowd)
    language = np.array([h.language for h in crowd.homes], dtype=object)[home]
    community = np.empty(crowd.n_accounts, dtype=np.int64)
    for tongue in np.unique(spoken):
        speakers, circles = np.flatnonzero(language == tongue), np.flatnonzero(spoken == tongue)
        # Circles differ in size as ranks do, and none is empty while there are people enough.
        community[speakers] = rng.choice(circles, size=len(speakers), p=zipf(len(circles), 0.5))
        community[speakers[: len(circles)]] = circles[: len(speakers)]
    activity = np.exp(rng.normal(0, crowd.activity_sigma, size=crowd.n_accounts))
    people = new_accounts(
        crowd.n_accounts,
        unit="crowd",
        role="ordinary",
        language=language,
        zone_h=np.array([h.zone_h for h in crowd.homes], dtype=np.int64)[home],
        community=community,
        start_us=start_us,
        rng=rng,
        activity=np.minimum(activity / activity.mean(), MAX_ACTIVITY),
    )
    return Scene(
        crowd=crowd,
        start_us=start_us,
        end_us=end_us,
        accounts=people,
        spoken=spoken,
        actors=actors(crowd, people, spoken),
        objects={},
        tags=tuple(hashtags(np.full(N_TAGS, tongue, dtype=object), rng) for tongue in spoken),
        drafts=drafts(np.empty(0, np.int64), np.empty(0, np.int64)),
    )


def _circles(crowd: Crowd) -> Strings:
    """Language of each circle: one circle for each language, the others by share of speakers."""
    tongues = sorted({home.language for home in crowd.homes})
    if crowd.n_communities < len(tongues):
        raise ValueError(
            f"{crowd.n_communities} communities cannot speak {len(tongues)} languages; have at least one each."
        )
    speakers = np.array([sum(h.share for h in crowd.homes if h.language == tongue) for tongue in tongues])
    counts = np.ones(len(tongues), dtype=np.int64)
    for _ in range(crowd.n_communities - len(tongues)):
        counts[np.argmax(speakers / counts)] += 1
    return np.repeat(np.array(tongues, dtype=object), counts)


def _actions_by_kind(crowd: Crowd) -> dict[str, int]:
    mix = vars(crowd.mix)
    return {kind: round(crowd.n_posts * share / sum(mix.values())) for kind, share in mix.items()}
