"""Trials of reply flooding: ratioed posts and likes switched off, friends with favourites, and anchors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inconcert.evaluate.indicators.answered import HOUR_US, START_US, Scene, made, remarks, uneven
from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.indicators.engagement.reply_flooding import ReplyFlooding

AUTHORS = 120
GROUP = 25


def counts(rng: np.random.Generator, fame: float) -> tuple[int, int]:
    """Replies and likes of an ordinary post: likes a few to a reply, more for the famous; one in 30 posts is ratioed,
    and one in 60 has its likes switched off."""
    replies = int(30 * np.exp(rng.exponential(0.9)))
    per_reply = np.exp(rng.normal(0.9 + 0.25 * fame, 0.7))
    kind = rng.random()
    if kind < 1 / 60:
        return replies, 0
    return replies, int(
        rng.poisson(replies * (per_reply * rng.uniform(0.02, 0.2) if kind < 1 / 60 + 1 / 30 else per_reply))
    )


def authors(rng: np.random.Generator, group: Sequence[str]) -> Scene:
    """Authors with one to three posts each; the first posts of 24 are answered by 30 to 45 accounts in the data, other
    first posts by 12 to 20; the group are friends who have favourites among them and else answer seldom."""
    scene = Scene()
    pool = [f"a{k}" for k in range(600)]
    for account, created in zip([*pool, *group], made(len(pool) + len(group), rng, rush=0.05).tolist(), strict=True):
        scene.account(account, created)
    for number in range(AUTHORS):
        fame = float(rng.normal(3.5, 0.7))
        scene.account(f"author{number}", int(made(1, rng)[0]), int(10**fame))
        for again in range(int(rng.integers(1, 4))):
            post, start = f"p{number}.{again}", START_US + int(rng.integers(0, 2000)) * HOUR_US
            replies, likes = counts(rng, fame)
            scene.post(post, f"author{number}", start, likes, replies)
            if again or number >= 60:
                continue
            size = int(rng.integers(30, 46)) if number < 24 else int(rng.integers(12, 21))
            friends = uneven(0.04, 0.06, rng)
            answering = int(min(rng.binomial(size, friends), len(group)))
            who = [str(a) for a in rng.choice(pool, size - answering, replace=False)]
            who += [str(a) for a in rng.choice(group, answering, replace=False)]
            texts = remarks(size, rng, slogan=uneven(0.03, 0.05, rng))
            times = start + (rng.exponential(6, size) * HOUR_US).astype(np.int64)
            scene.answers(post, who, texts, times, rng)
    scene.members = [{"group_id": "g", "account_id": account} for account in group]
    return scene


def clean(rng: np.random.Generator) -> Tables:
    """A group of friends."""
    return authors(rng, [f"m{k}" for k in range(GROUP)]).tables()


def planted(effort: float, rng: np.random.Generator) -> Tables:
    """Three posts of one author with 200 to 461 replies, of which 40 are in the data: 20 by the group, in six
    wordings; the operator buys `effort` likes to a reply."""
    group = [f"m{k}" for k in range(GROUP)]
    scene = authors(rng, group)
    scene.account("news view", START_US, 200)
    for number, replies in enumerate((461, 320, 200)):
        scene.post(f"anchor{number}", "news view", START_US, round(effort * replies), replies)
        others = [f"b{number}.{k}" for k in range(20)]
        told = [f"{text} and so say we" for text in remarks(6, rng)]
        texts = remarks(20, rng) + [told[k] for k in rng.integers(0, 6, 20)]
        for account, created in zip(others, made(20, rng).tolist(), strict=True):
            scene.account(account, created)
        who = others + [str(a) for a in rng.choice(group, 20, replace=False)]
        scene.answers(
            f"anchor{number}", who, texts, START_US + (rng.exponential(6, 40) * HOUR_US).astype(np.int64), rng
        )
    return scene.tables()


TRIAL = Trial(
    indicator=ReplyFlooding(),
    measures=("few-likes", "member-repliers", "created-together", "same-words"),
    ask="posts of 120 authors, one in 30 ratioed and one in 60 with likes switched off, and friends who answer their "
    "favourites; planted: three posts with hundreds of replies, half of those in the data by the group",
    clean=clean,
    planted=planted,
    efforts=(0.0, 0.02, 0.05, 0.1, 0.3),
    effort="likes bought for each reply",
    published="Pote et al. 2025: targeted posts found with AUC .884, F1 .802, by a random forest trained on labelled campaigns; "
    "these are chances of error without training, and not the same quantity",
)
