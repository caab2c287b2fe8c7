"""Trials of repurposed accounts: people whose habits change as lives go; then some that other hands took over on one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.indicators.facts import CONTROLS, MEMBERS, POSTS
from inconcert.indicators.profiles.creation_times import DAY_US
from inconcert.indicators.repurposing.repurposed import Repurposed
from inconcert.indicators.repurposing.repurposed_readings import ACCOUNT

START_US = 1_546_300_800_000_000
"""1 January 2019."""
DAYS = 900
PEOPLE, TAKEN = 24, 6

_POSTS = 400
_TOPICS, _VOCABULARY, _SAID = 8, 15, 6
_LANGUAGES, _CLIENTS = ("es", "en", "de", "tr"), ("Phone", "Tablet", "Browser", "Sender")


@dataclass(frozen=True)
class _Life:
    """Habits of every day: language, the chance of the second one and of sharing, topics, hour and program."""

    languages: NDArray[np.int64]
    second: NDArray[np.float64]
    shares: NDArray[np.float64]
    topics: NDArray[np.float64]
    hour: NDArray[np.float64]
    client: NDArray[np.int64]


def _steady(rng: np.random.Generator) -> _Life:
    """One person who never changes."""
    bilingual = rng.uniform(0.2, 0.6) if rng.random() < 0.4 else 0.02
    return _Life(
        rng.choice(len(_LANGUAGES), 2, replace=False),
        np.full(DAYS, bilingual),
        np.full(DAYS, rng.uniform(0.1, 0.6)),
        np.tile(rng.dirichlet(np.full(_TOPICS, 0.5)), (DAYS, 1)),
        np.full(DAYS, rng.uniform(0, 24)),
        np.full(DAYS, rng.integers(len(_CLIENTS))),
    )


def _ordinary(rng: np.random.Generator) -> _Life:
    """Topics and the second language drift, the latter in spells; a new telephone and other hours come on days of their own; events
    bring some weeks of another topic, language and sharing; some move away within two months."""
    now, then, day = _steady(rng), _steady(rng), np.arange(DAYS)
    drift = (day / DAYS if rng.random() < 0.5 else np.zeros(DAYS))[:, None]
    spells = np.repeat(np.convolve(rng.normal(0, 0.4, DAYS // 7 + 4), (0.5, 0.25, 0.15, 0.1), "valid"), 7)[:DAYS]
    second = ((1 - drift) * now.second[:, None] + drift * then.second[:, None])[:, 0] * (1 + spells)
    topics = (1 - drift) * now.topics + drift * then.topics
    client = np.where(day >= rng.integers(0, 2 * DAYS), then.client, now.client)
    hour = now.hour + 3 * (day >= rng.integers(0, 2 * DAYS))
    shares = now.shares.copy()
    for _ in range(4):
        begun = int(rng.integers(0, DAYS))
        event = slice(begun, begun + int(rng.integers(7, 30)))
        topics[event] = 0.4 * topics[event] + 0.6 * np.eye(_TOPICS)[rng.integers(_TOPICS)]
        second[event], shares[event] = np.maximum(second[event], 0.3), 0.7
    if rng.random() < 0.1:
        gone = np.clip((day - rng.integers(100, DAYS - 100)) / 60, 0, 1)
        second, hour = (1 - gone) * second + gone * 0.9, hour + 7 * gone
    return _Life(now.languages, second, shares, topics, hour, client)


def _posts(account: str, life: _Life, taken: int, kept: float, rng: np.random.Generator) -> pa.Table:
    """400 posts, in a third of accounts with half a year or more of silence. From the day `taken` a share `kept` is as before."""
    weights = rng.gamma(0.7, 1.0, DAYS) + 1e-9
    if rng.random() < 0.33:
        begun = int(rng.integers(100, DAYS - 450))
        weights[begun : begun + int(rng.integers(190, 350))] = 0
    day = np.sort(rng.choice(DAYS, _POSTS, p=weights / weights.sum()))
    other, new = _steady(rng), (day >= taken) & (rng.random(_POSTS) >= kept)

    def of(habit: str) -> Any:
        before, after = getattr(life, habit)[day], getattr(other, habit)[day]
        return np.where(new[:, None] if before.ndim == 2 else new, after, before)

    language = np.where(
        new, *(one.languages[(rng.random(_POSTS) < one.second[day]).astype(int)] for one in (other, life))
    )
    topics = of("topics").cumsum(axis=1)
    topic = (rng.random(_POSTS)[:, None] * topics[:, -1:] > topics).sum(axis=1)
    words = rng.integers(0, _VOCABULARY, (_POSTS, _SAID))
    hour = (of("hour") + rng.normal(0, 3, _POSTS)) % 24
    shared = rng.random(_POSTS) < of("shares")
    rows = {
        "post_id": [f"{account}-{i:03}" for i in range(_POSTS)],
        "account_id": [account] * _POSTS,
        "platform": ["x"] * _POSTS,
        "role": ["case"] * _POSTS,
        "kind": np.where(shared, "share", "post"),
        "time_us": START_US + day * DAY_US + (hour * 3_600_000_000).astype(np.int64) + np.arange(_POSTS),
        "text": [
            " ".join(f"{_LANGUAGES[i]}{chr(97 + k)}{chr(97 + w)}" for w in said)
            for i, k, said in zip(language.tolist(), topic.tolist(), words.tolist(), strict=True)
        ],
        "client": np.array(_CLIENTS)[of("client")],
        "language": np.array(_LANGUAGES)[language],
    }
    held = {name: pa.array(values) for name, values in rows.items()}
    absent = {f.name: pa.nulls(_POSTS, f.type) for f in POSTS.arrow if f.name not in held}
    return pa.table(held | absent).select(POSTS.arrow.names).cast(POSTS.arrow)


def _world(taken: int, kept: float, rng: np.random.Generator) -> Tables:
    ids = [f"a{i:02}" for i in range(PEOPLE)]
    posts = [
        _posts(account, _ordinary(rng), int(rng.integers(250, DAYS - 250)) if i < taken else DAYS, kept, rng)
        for i, account in enumerate(ids)
    ]
    members, controls = ids[:8], ids[8:]
    return {
        "posts": pa.concat_tables(posts),
        "members": pa.Table.from_pylist([{"group_id": "G", "account_id": a} for a in members], schema=MEMBERS.arrow),
        "controls": pa.Table.from_pylist([{"group_id": "G", "account_id": a} for a in controls], schema=CONTROLS.arrow),
    }


def clean(rng: np.random.Generator) -> Tables:
    """Bilingual people, drifts, events, new telephones and hours, pauses, and slow removals abroad."""
    return _world(0, 0.0, rng)


def planted(effort: float, rng: np.random.Generator) -> Tables:
    """The same, with six of the twenty-four taken over on one day each by others, who post a share `effort` as the owner did."""
    return _world(TAKEN, effort, rng)


TRIAL = Trial(
    indicator=Repurposed(),
    measures=(ACCOUNT,),
    ask="Six of twenty-four people's accounts are taken over on a day each, among drifts, pauses, events and removals",
    clean=clean,
    planted=planted,
    efforts=(0.0, 0.2, 0.4, 0.6, 0.8),
    effort="share of posts after the takeover that are as before it",
)
