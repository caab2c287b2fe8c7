"""Covert operations: accounts made for it, that push objects on a signal and hide among ordinary posts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from inconcert.synthetic.accounts import Accounts, new_accounts
from inconcert.synthetic.drafts import NONE, drafts
from inconcert.synthetic.objects import Ints, Objects, objects
from inconcert.synthetic.rhythm import Office
from inconcert.synthetic.scene import Scene
from inconcert.synthetic.staging import casually_shared, ordinary_life_us
from inconcert.synthetic.texts import appeals, hashtags, headlines, images, reworded, sites

KINDS = ("share", "url", "text", "hashtag_sequence", "media", "reply")
"""What an operation can push: a seeder's post, a link, a text, a row of hashtags, an image, answers to a post."""

SEQUENCE_TAGS = 4
N_SITES = 3


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One covert operation; truth: unit, and the roles seeder (writes what others share) and amplifier.

    n_accounts: accounts, made in `batches` batches within the year before. language: of texts and cover.
    n_objects: objects pushed over the period, kinds in turn.
    kinds: any of KINDS.
    rotation: share of the accounts that push each object: 1 all of them, 0.02 two of a hundred (never fewer than two).
    jitter_s: delay after the signal, seconds: the absolute value of a normal number of that standard deviation.
    rewording: share of the words of a text that each post puts in other words; 0 copies it exactly.
    cover: ordinary posts per post of the operation.
    organic_sharers: people of the crowd who pass each object on, mean.
    seeders: share of the accounts that write what the others share; at least one.
    zone_h, first_h, last_h, days, pause: the operators' office; see `Office`.
    batches: days on which the accounts were made; 0: spread over years, as people's.
    generated_handles: an invented name and eight digits, instead of a chosen handle.
    client: application all of them post with; None: what people use.
    """

    unit: str = "operation"
    n_accounts: int = 48
    language: str = "en"
    n_objects: int = 60
    kinds: tuple[str, ...] = ("text", "share", "url", "hashtag_sequence", "media")
    rotation: float = 0.5
    jitter_s: float = 30.0
    rewording: float = 0.0
    cover: float = 2.0
    organic_sharers: float = 4.0
    seeders: float = 0.1
    zone_h: int = 8
    first_h: int = 9
    last_h: int = 21
    days: int = 5
    pause: tuple[int, int] | None = None
    batches: int = 3
    generated_handles: bool = True
    client: str | None = None

    def __post_init__(self) -> None:
        unknown = set(self.kinds) - set(KINDS)
        if unknown or not self.kinds:
            raise ValueError(f"Operation.kinds is {self.kinds}; choose from {KINDS}.")
        if self.n_accounts < 3:
            raise ValueError(f"Operation.n_accounts is {self.n_accounts}; an operation has at least 3.")
        if not 0 < self.rotation <= 1:
            raise ValueError(f"Operation.rotation is {self.rotation}; it lies above 0 and at most at 1.")
        if not 0 <= self.rewording <= 1:
            raise ValueError(f"Operation.rewording is {self.rewording}; it lies between 0 and 1.")

    def plant(self, scene: Scene, rng: np.random.Generator) -> Scene:
        """The scene with this operation."""
        scene, staff = scene.settle(self._accounts(scene, rng))
        first_draft = len(scene.drafts)
        minutes = self._office.minutes(scene.start_us, scene.end_us)
        signal_us = np.sort(rng.choice(minutes, size=self.n_objects) + rng.integers(60_000_000, size=self.n_objects))
        for k, kind in enumerate(self.kinds):
            scene, pushed = self._prepared(scene, kind, signal_us[k :: len(self.kinds)], staff, rng)
            scene = self._pushed(scene, pushed, staff, rng)
            scene = casually_shared(scene, pushed, self.organic_sharers, rng)
        posted = scene.drafts.account[first_draft:]
        posted = posted[posted >= staff[0]]
        return scene.add(scene.ordinary(rng.choice(posted, size=round(self.cover * len(posted))), rng))

    @property
    def _office(self) -> Office:
        return Office(self.zone_h, self.first_h, self.last_h, self.days, self.pause)

    def _accounts(self, scene: Scene, rng: np.random.Generator) -> Accounts:
        accounts = new_accounts(
            self.n_accounts,
            unit=self.unit,
            role="amplifier",
            language=self.language,
            zone_h=self.zone_h,
            community=np.full(self.n_accounts, scene.circle(self.language), dtype=np.int64),
            start_us=scene.start_us,
            rng=rng,
            generated=self.generated_handles,
            batches=self.batches,
            client=self.client,
        )
        return accounts.enlisted(np.arange(self._n_seeders), self.unit, "seeder")

    @property
    def _n_seeders(self) -> int:
        return max(1, round(self.seeders * self.n_accounts))

    def _prepared(
        self, scene: Scene, kind: str, signal_us: Ints, staff: Ints, rng: np.random.Generator
    ) -> tuple[Scene, Objects]:
        """The scene with what must be there first (posts to share), and the objects to push, born at their signals."""
        n = len(signal_us)
        language = np.full(n, self.language, dtype=object)
        text = url = media = tags = np.full(n, "", dtype=object)
        draft = np.full(n, NONE, dtype=np.int64)
        if kind == "share":
            draft = np.arange(len(scene.drafts), len(scene.drafts) + n, dtype=np.int64)
            author = rng.choice(staff[: self._n_seeders], size=n)
            scene = scene.add(drafts(author, signal_us, text=appeals(language, rng)))
        elif kind == "reply":
            draft = _met_before(scene, signal_us, rng)
        elif kind == "text":
            text = appeals(language, rng)
        elif kind == "url":
            host = sites(N_SITES, rng)[rng.integers(N_SITES, size=n)]
            text = headlines(language, rng)
            url = np.array([f"https://the-{h}/report/{i}" for i, h in enumerate(host)], dtype=object)
        elif kind == "media":
            media = images(n, rng)
        else:
            columns = np.stack([hashtags(language, rng) for _ in range(SEQUENCE_TAGS)])
            tags = np.array([" ".join(dict.fromkeys(column)) for column in columns.T], dtype=object)
        life = np.full(n, ordinary_life_us(scene, self.organic_sharers))
        circle = np.full(n, scene.circle(self.language), dtype=np.int64)
        pushed = objects(kind, signal_us, life, circle, draft=draft, text=text, url=url, media=media, hashtags=tags)
        return scene, pushed

    def _pushed(self, scene: Scene, pushed: Objects, staff: Ints, rng: np.random.Generator) -> Scene:
        """The scene in which a random subset of the staff acts on each object, nobody on a post of their own."""
        turn = rng.random((len(pushed), self.n_accounts))
        if pushed.kind == "share":
            turn[np.arange(len(pushed)), scene.drafts.account[pushed.draft] - staff[0]] = np.inf
        others = np.isfinite(turn).sum(axis=1)
        count = np.maximum(2, rng.binomial(others, self.rotation))
        index, who = np.nonzero(turn.argsort(axis=1).argsort(axis=1) < count[:, None])
        delay_us = np.abs(rng.normal(0, self.jitter_s * 1e6, size=len(index))).astype(np.int64)
        at_us = pushed.birth_us[index] + delay_us
        posts = scene.compose(pushed, index, staff[who], at_us, rng, headline=0.0)
        if pushed.kind == "text" and self.rewording:
            posts = replace(posts, text=reworded(posts.text, self.language, self.rewording, rng))
        return scene.add(posts)


def _met_before(scene: Scene, signal_us: Ints, rng: np.random.Generator) -> Ints:
    """For each signal, a popular post of the crowd's that was there by then."""
    things = scene.objects["reply"]
    targets = np.empty(len(signal_us), dtype=np.int64)
    for i, at_us in enumerate(signal_us):
        weight = np.where(things.birth_us <= at_us, things.chance, 0.0)
        weight[things.birth_us.argmin()] += 1e-12  # the oldest post, should the signal come before all of them
        targets[i] = rng.choice(things.draft, p=weight / weight.sum())
    return targets
