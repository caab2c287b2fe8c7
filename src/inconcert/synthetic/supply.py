"""What a crowd finds to act on: articles, chain posts, images, posts to share, and news that breaks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from inconcert.synthetic.accounts import OUTSIDE, new_accounts
from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.drafts import NONE, Drafts, drafts
from inconcert.synthetic.objects import Floats, Ints, Objects, objects, occasions, zipf
from inconcert.synthetic.scene import Scene
from inconcert.synthetic.texts import chains, headlines, images, remarks, sites

N_SITES = 60
"""Newspapers whose articles people link to."""


def picks(things: Objects, n: int, rng: np.random.Generator) -> Ints:
    """n choices of a thing, by popularity."""
    return rng.choice(len(things), size=n, p=things.chance).astype(np.int64)


def _lives(crowd: Crowd, chance: Floats, n_actions: int, rng: np.random.Generator) -> Floats:
    """Half-lives, µs: log-normal about a median that grows with popularity; infinite for what does not age."""
    popularity = np.maximum(chance * n_actions, 2.0)
    median_us = crowd.median_half_life_s * 1e6 * (popularity / 2) ** crowd.half_life_growth
    half_life = median_us * np.exp(rng.normal(0, crowd.half_life_sigma, size=len(chance)))
    half_life = np.maximum(half_life, crowd.pace_s * 1e6 * popularity)
    return np.where(rng.random(len(chance)) < crowd.evergreen, np.inf, half_life)


def _latest(scene: Scene, half_life_us: Floats) -> Floats:
    """Last moment at which a thing can appear and still become as popular as it is: its half-life before the end."""
    return scene.end_us - np.minimum(half_life_us, (scene.end_us - scene.start_us) / 2)


def _births(scene: Scene, community: Ints, half_life_us: Floats, rng: np.random.Generator) -> Ints:
    """When things appear: while their public is awake; some shortly before the period, so that it opens mid-life."""
    lead = np.minimum(2 * half_life_us, (scene.end_us - scene.start_us) / 2).astype(np.int64)
    latest_us = _latest(scene, half_life_us)
    appearing = objects("birth", scene.start_us - lead, np.full(len(lead), np.inf), community)
    return occasions(
        appearing,
        np.arange(len(lead)),
        lambda rows, t: scene.actors.awake(community[rows], t) * (t <= latest_us[rows]),
        int(appearing.birth_us.min()),
        scene.end_us,
        rng,
    )


def novelties(kind: str, n_actions: int, scene: Scene, rng: np.random.Generator) -> Objects:
    """Articles, chain posts or images, with popularity, age and content."""
    crowd = scene.crowd
    n = max(1, round(n_actions * crowd.objects_per_action))
    chance = zipf(n, crowd.popularity_exponent)
    community = rng.choice(crowd.n_communities, size=n, p=scene.actors.size / scene.actors.size.sum()).astype(np.int64)
    half_life = _lives(crowd, chance, n_actions, rng)
    birth = _births(scene, community, half_life, rng)
    language = scene.spoken[community]
    if kind == "text":
        return objects(kind, birth, half_life, community, chance, text=chains(language, rng))
    if kind == "media":
        return objects(kind, birth, half_life, community, chance, media=images(n, rng))
    hosts = sites(N_SITES, rng)[rng.integers(N_SITES, size=n)]
    url = np.array([f"https://{host}/news/{i + 1000}" for i, host in enumerate(hosts)], dtype=object)
    return objects(kind, birth, half_life, community, chance, text=headlines(language, rng), url=url)


def bursts(scene: Scene, articles: Objects, rng: np.random.Generator) -> Drafts:
    """News bursts: a popular article is met with again, from outside, by many people at once."""
    crowd = scene.crowd
    if not crowd.n_bursts:
        return drafts(np.empty(0, np.int64), np.empty(0, np.int64))
    chosen = rng.choice(len(articles), size=min(crowd.n_bursts, len(articles)), replace=False, p=articles.chance)
    n = len(chosen)
    shock = replace(
        articles.taken(chosen),
        birth_us=_births(scene, articles.community[chosen], np.zeros(n), rng),
        half_life_us=np.full(n, crowd.median_burst_half_life_s * 1e6),
    )
    people = np.maximum(2, np.exp(rng.normal(np.log(crowd.burst_accounts), 0.5, size=n))).astype(np.int64)
    return scene.public(shock, np.repeat(np.arange(n), people), rng)


def posts_to_share(scene: Scene, n_actions: int, rng: np.random.Generator) -> tuple[Scene, Objects]:
    """The posts that get shared and answered: some of the crowd, some of authors outside the export."""
    crowd = scene.crowd
    n = max(2, round(n_actions * crowd.objects_per_action))
    chance = zipf(n, crowd.popularity_exponent)
    half_life = _lives(crowd, chance, n_actions, rng)
    n_inside = min(round(n * (1 - crowd.outside)), len(scene.drafts))
    draft = np.full(n, NONE, dtype=np.int64)
    draft[rng.choice(n, size=n_inside, replace=False)] = rng.choice(len(scene.drafts), size=n_inside, replace=False)
    # A post of the last minutes cannot become popular: the popular one is then somebody else's, and older.
    draft[(draft != NONE) & (scene.drafts.time_us[draft] > _latest(scene, half_life))] = NONE
    scene, elsewhere = _outside_posts(scene, half_life[draft == NONE], rng)
    draft[draft == NONE] = elsewhere
    community = scene.accounts.community[scene.drafts.account[draft]]
    return scene, objects("share", scene.drafts.time_us[draft], half_life, community, chance, draft=draft)


def _outside_posts(scene: Scene, half_life_us: Floats, rng: np.random.Generator) -> tuple[Scene, Ints]:
    """The scene with posts of those half-lives by authors whom the export does not hold, and their codes."""
    n = len(half_life_us)
    n_authors = n // 3 + 1
    size = scene.actors.size
    community = rng.choice(len(size), size=n_authors, p=size / size.sum()).astype(np.int64)
    authors = new_accounts(
        n_authors,
        unit=OUTSIDE,
        role="author",
        language=scene.spoken[community],
        zone_h=0,
        community=community,
        start_us=scene.start_us,
        rng=rng,
    )
    scene, codes = scene.settle(authors)
    author = codes[rng.integers(n_authors, size=n)]
    born_us = _births(scene, scene.accounts.community[author], half_life_us, rng)
    text = remarks(scene.accounts.language[author], rng)
    first = len(scene.drafts)
    scene = scene.add(drafts(author, born_us, text=text, hashtags=scene.tagged(author, rng), collected=False))
    return scene, np.arange(first, first + n, dtype=np.int64)
