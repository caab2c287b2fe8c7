"""Trials of comment waves: audiences with slogans and newcomers, desperate investors, and a wave of copies."""

from __future__ import annotations

import numpy as np

from inconcert.evaluate.indicators.answered import HOUR_US, START_US, Scene, made, remarks, uneven
from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.indicators.engagement.comment_waves import CommentWaves

_WOES = (
    "lost", "savings", "fund", "please", "help", "return", "mother", "years", "fraud", "police",
    "answer", "market", "nothing", "sold", "family", "company", "justice", "waiting", "bank", "stolen",
    "children", "ashamed", "trusted", "broker",
)  # fmt: skip


def audiences(rng: np.random.Generator) -> Scene:
    """Fourteen posts with an audience each: of 5 % slogans and 8 % newcomers of one rush on average, a good deal more
    in some."""
    scene = Scene()
    for number in range(14):
        n, post, start = int(rng.integers(35, 70)), f"p{number}", START_US + number * 30 * HOUR_US
        accounts = [f"{post}a{k}" for k in range(n)]
        for account, created in zip(accounts, made(n, rng, rush=uneven(0.08, 0.05, rng)).tolist(), strict=True):
            scene.account(account, created)
        scene.post(post, f"{post}author", start)
        times = start + (rng.exponential(rng.uniform(0.5, 12), n) * HOUR_US).astype(np.int64)
        scene.answers(post, accounts, remarks(n, rng, slogan=uneven(0.05, 0.05, rng)), times, rng)
    return scene


def investors(scene: Scene, rng: np.random.Generator, n: int = 80) -> str:
    """Add a wave of people who lost money and write under an embassy's post all at once: about one thing, in one
    language, many from accounts of the last months, a few copying a petition, yet each in words of their own; gives
    the post's id."""
    accounts = [f"investor{k}" for k in range(n)]
    created = made(n, rng)
    new = rng.random(n) < 0.4
    created[new] = START_US - (rng.random(int(new.sum())) * 365 * 24 * HOUR_US).astype(np.int64)
    texts = [" ".join(rng.choice(_WOES, size=9)) for _ in range(n)]
    for at in np.flatnonzero(rng.random(n) < 0.06):
        texts[at] = "we ask the embassy to speak up for all who lost their savings"
    for account, time_us in zip(accounts, created.tolist(), strict=True):
        scene.account(account, time_us)
    scene.post("embassy", "ambassador", START_US)
    scene.answers("embassy", accounts, texts, START_US + (rng.exponential(0.4, n) * HOUR_US).astype(np.int64), rng)
    return "embassy"


def clean(rng: np.random.Generator) -> Tables:
    """Audiences, and the investors."""
    scene = audiences(rng)
    investors(scene, rng)
    return scene.tables()


def planted(effort: float, rng: np.random.Generator) -> Tables:
    """Audiences, and one post answered by 18 people and 42 accounts that share `effort` wordings and creation weeks."""
    scene, own, kinds = audiences(rng), 18, int(effort)
    created = made(60, rng)
    created[own:] = made(kinds, rng)[rng.integers(0, kinds, 60 - own)] + rng.integers(0, HOUR_US, 60 - own)
    texts = remarks(60, rng)
    told = [f"{text} and that is how it was" for text in remarks(kinds, rng)]
    texts[own:] = [told[k] for k in rng.integers(0, kinds, 60 - own)]
    accounts = [f"wave{k}" for k in range(60)]
    for account, time_us in zip(accounts, created.tolist(), strict=True):
        scene.account(account, time_us)
    scene.post("wave", "author", START_US)
    scene.answers("wave", accounts, texts, START_US + (rng.exponential(2, 60) * HOUR_US).astype(np.int64), rng)
    return scene.tables()


TRIAL = Trial(
    indicator=CommentWaves(),
    measures=("wording", "ages"),
    ask="fourteen audiences with slogans, rushes of newcomers and one language each, and a wave of 80 desperate investors; "
    "planted: 42 of 60 who answer one post share wordings and weeks of creation",
    clean=clean,
    planted=planted,
    efforts=(2.0, 4.0, 8.0, 16.0, 32.0),
    effort="different wordings, and weeks of creation, that 42 accounts share",
)
