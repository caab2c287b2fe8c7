"""Posts and those who answer them, as ordinary audiences do: each with its own habits, slogans and new accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.indicators.engagement.crowds import WEEK_US
from inconcert.indicators.facts import ACCOUNTS, CONTROLS, MEMBERS, POSTS
from inconcert.normalise.text import text_hash

START_US = 1_650_000_000_000_000
HOUR_US = 3_600_000_000
WEEKS = 400
_WORDS = np.array([
    "garden", "ferry", "price", "again", "they", "never", "street", "money", "honest", "school",
    "rain", "team", "ticket", "today", "nobody", "market", "promise", "water", "answer", "bridge",
    "late", "coffee", "train", "what", "light", "window", "winter", "we", "office", "paper",
    "music", "wrong",
])  # fmt: skip
_LANGUAGES = ("en", "de", "zh", "ru", "es")
_CLIENTS = ("web", "phone a", "phone b", "desk")


@dataclass
class Scene:
    """Rows of a world as it is put together."""

    posts: list[dict[str, object]] = field(default_factory=list)
    accounts: list[dict[str, object]] = field(default_factory=list)
    members: list[dict[str, object]] = field(default_factory=list)
    controls: list[dict[str, object]] = field(default_factory=list)

    def tables(self) -> dict[str, pa.Table]:
        """As facts."""
        common = {"platform": "forum", "role": "case"}
        return {
            "posts": pa.Table.from_pylist([{**common, **row} for row in self.posts], POSTS.arrow),
            "accounts": pa.Table.from_pylist([{**common, **row} for row in self.accounts], ACCOUNTS.arrow),
            "members": pa.Table.from_pylist(self.members, MEMBERS.arrow),
            "controls": pa.Table.from_pylist(self.controls, CONTROLS.arrow),
        }

    def account(self, account: str, created_us: int, followers: int | None = None) -> None:
        """One account."""
        self.accounts.append({"account_id": account, "created_us": created_us, "followers": followers})

    def post(self, post: str, author: str, time_us: int, likes: int | None = None, replies: int | None = None) -> None:
        """A post that is going to be answered."""
        text = {"text": f"News about {post}", "likes": likes, "replies": replies}
        self.posts.append({"post_id": post, "account_id": author, "kind": "post", "time_us": time_us, **text})

    def answers(
        self,
        post: str,
        accounts: Sequence[str],
        texts: Sequence[str],
        times_us: NDArray[np.int64],
        rng: np.random.Generator,
    ) -> None:
        """One answer of each account, from the clients of this post's audience, in its one language."""
        language = str(rng.choice(_LANGUAGES))
        clients = rng.choice(_CLIENTS, size=len(accounts), p=rng.dirichlet(np.full(len(_CLIENTS), 0.7)))
        for at, (account, text, time_us) in enumerate(zip(accounts, texts, times_us.tolist(), strict=True)):
            row = {
                "post_id": f"{post}>{at}",
                "account_id": account,
                "kind": "reply",
                "time_us": time_us,
                "reply_to_id": post,
            }
            words = {"text": text, "text_hash": text_hash(text), "client": str(clients[at]), "language": language}
            self.posts.append({**row, **words})


def remarks(n: int, rng: np.random.Generator, *, slogan: float = 0.0) -> list[str]:
    """Answers of ordinary people: most in their own words, some a word or two, a share with the slogan of the day."""
    about = " ".join(rng.choice(_WORDS, size=2))
    own = rng.choice(_WORDS, size=(n, 7))
    short, chanted = rng.random(n) < 0.15, rng.random(n) < slogan
    told = "everybody says the same of " + about
    return ["well done" if short[at] else told if chanted[at] else " ".join(own[at]) + " " + about for at in range(n)]


def made(n: int, rng: np.random.Generator, *, rush: float = 0.0) -> NDArray[np.int64]:
    """Creation times on a platform that grows; a share of them in a rush of three weeks after some news."""
    weeks = WEEKS * np.sqrt(rng.random(n))
    hurried = rng.random(n) < rush
    weeks[hurried] = rng.uniform(0, WEEKS - 3) + 3 * rng.random(int(hurried.sum()))
    return START_US + ((weeks - WEEKS - 4) * WEEK_US).astype(np.int64)


def uneven(mean: float, spread: float, rng: np.random.Generator) -> float:
    """A share as it differs between crowds: Beta-distributed with that intraclass correlation."""
    c = (1 - spread) / spread
    return float(rng.beta(mean * c, (1 - mean) * c))
