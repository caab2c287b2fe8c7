"""Trials of hashtag flooding: tags that news turns, trend spam, fans of a thing, and a group that buries a tag."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from inconcert import schema
from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.indicators.engagement.hashtag_flooding import HashtagFlooding
from inconcert.indicators.engagement.tag_streams import HOUR_US
from inconcert.indicators.facts import CONTROLS, MEMBERS, POSTS

START_US = 1_650_000_000_000_000
TAGS = 16
HOURS = 200
GROUP = 20


class Stream:
    """Posts with tags, as they are put together."""

    def __init__(self) -> None:
        self.posts: list[dict[str, object]] = []
        self.actions: list[dict[str, object]] = []

    def post(self, who: str, tags: Sequence[str], hour: float, words: str) -> None:
        """One post."""
        row = {
            "post_id": f"s{len(self.posts)}", "account_id": who, "platform": "forum", "time_us": START_US + round(hour * HOUR_US),
        }  # fmt: skip
        self.posts.append(
            {**row, "role": "case", "kind": "post", "text": " ".join([words, *(f"#{tag}" for tag in tags)])}
        )
        self.actions += [{**row, "kind": "hashtag", "object_id": tag} for tag in tags]

    def tables(self) -> dict[str, pa.Table]:
        """As facts, with a group of GROUP and three times as many controls."""
        sides = {
            side: [{"group_id": "g", "account_id": f"{side}{k}"} for k in range(n)]
            for side, n in (("m", GROUP), ("c", 3 * GROUP))
        }
        return {
            "posts": pa.Table.from_pylist(self.posts, POSTS.arrow),
            "actions": pa.Table.from_pylist(self.actions, schema.ACTIONS.arrow),
            "members": pa.Table.from_pylist(sides["m"], MEMBERS.arrow),
            "controls": pa.Table.from_pylist(sides["c"], CONTROLS.arrow),
        }


def about(tag: int, hour: float, news: float, turn: float, rng: np.random.Generator) -> str:
    """Six words on a tag's topic; after its news a share `turn` of them on what is new."""
    late = rng.random(6) < (turn if hour >= news else 0.0)
    return " ".join(
        f"w{tag}{'n' if new else 'o'}{k}" for new, k in zip(late, (25 * rng.beta(0.7, 1.5, 6)).astype(int), strict=True)
    )


def talk(rng: np.random.Generator, keen: float) -> tuple[Stream, list[tuple[float, float]]]:
    """Sixteen tags of 300 people, each with news that doubles its volume and turns its talk, a little or much; one
    account hangs three tags on everything; controls and members use the tags like others, the members being friends of
    whom a share `keen` also follow the first tag closely from its news on, with one word in five of their own; gives
    news and turn of each tag."""
    stream = Stream()
    turns: list[tuple[float, float]] = []
    people = rng.pareto(1.5, 300) + 0.2
    people /= people.sum()
    for tag in range(TAGS):
        news, turn = float(rng.uniform(60, 140)), float(rng.beta(1, 3))
        turns.append((news, turn))
        n = int(rng.integers(80, 160))
        hours = np.where(rng.random(n) < 0.4, rng.uniform(0, HOURS, n), rng.uniform(news, HOURS, n))
        for hour, who in zip(hours.tolist(), rng.choice(300, n, p=people).tolist(), strict=True):
            stream.post(f"o{who}", [f"tag{tag}"], hour, about(tag, hour, news, turn, rng))
    for k in range(60):
        stream.post(
            "spam",
            [f"tag{t}" for t in rng.choice(TAGS, 3, replace=False)],
            float(rng.uniform(0, HOURS)),
            f"buy {k % 7} cheap here",
        )
    for who in [f"m{k}" for k in range(GROUP)] + [f"c{k}" for k in range(3 * GROUP)]:
        fan = who[0] == "m" and rng.random() < keen
        for tag in [*([0] * (int(rng.integers(4, 16)) if fan else 0)), *rng.integers(0, TAGS, 3).tolist()]:
            news, turn = turns[tag]
            hour = float(rng.uniform(news if fan and tag == 0 else 0, HOURS))
            words = about(tag, hour, news, turn, rng).split()
            if fan and tag == 0:
                words = [f"ours{rng.integers(0, 5)}" if rng.random() < 0.2 else word for word in words]
            stream.post(who, [f"tag{tag}"], hour, " ".join(words))
    return stream, turns


def clean(rng: np.random.Generator) -> Tables:
    """Friends, of whom two in five or so follow a tag closely."""
    return talk(rng, float(rng.beta(4, 6)))[0].tables()


def planted(effort: float, rng: np.random.Generator) -> Tables:
    """From one hour on, most of the group post in a tag, 5 to 10 times each, of something else but for a share
    `effort` of their words."""
    stream, turns = talk(rng, 0.0)
    came = float(rng.uniform(80, 140))
    for k in range(GROUP):
        if rng.random() < 0.15:
            continue
        for _ in range(int(rng.integers(5, 11))):
            hour = float(rng.uniform(came, min(HOURS, came + 48)))
            own = about(3, hour, *turns[3], rng).split()
            words = [word if rng.random() < effort else f"slogan{rng.integers(0, 20)}" for word in own]
            stream.post(f"m{k}", ["tag3"], hour, " ".join(words))
    return stream.tables()


TRIAL = Trial(
    indicator=HashtagFlooding(),
    measures=("share",),
    ask="sixteen tags with news that turns their talk, trend spam and friends who follow a tag; planted: a group of 20 that "
    "posts over a hundred times in a tag of some hundred posts",
    clean=clean,
    planted=planted,
    efforts=(0.0, 0.25, 0.5, 0.75, 0.9),
    effort="share of words on the tag's own topic in the group's posts",
)
