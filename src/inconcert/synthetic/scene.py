"""The world while it is being made: its crowd, its accounts, what there is to act on, and the posts so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from inconcert.synthetic.accounts import Accounts
from inconcert.synthetic.actors import Actors
from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.drafts import Drafts, drafts
from inconcert.synthetic.objects import ROUNDS, Ints, Objects, moments, occasions
from inconcert.synthetic.rhythm import awake
from inconcert.synthetic.texts import Strings, remarks

P_TAGS = (0.70, 0.18, 0.08, 0.03, 0.01)
"""Share of posts in somebody's own words that carry 0, 1, 2, 3, 4 hashtags."""


@dataclass(frozen=True)
class Scene:
    """crowd: its knobs. start_us, end_us: the period. spoken: language of each circle.

    objects: what there is to act on, by field of Mix. tags: favourite hashtags of each circle, most popular first.
    """

    crowd: Crowd
    start_us: int
    end_us: int
    accounts: Accounts
    spoken: Strings
    actors: Actors
    objects: Mapping[str, Objects]
    tags: tuple[Strings, ...]
    drafts: Drafts

    def add(self, posts: Drafts) -> Scene:
        """With these posts; the export holds only those of the period."""
        seen = posts.collected & (posts.time_us >= self.start_us) & (posts.time_us < self.end_us)
        return replace(self, drafts=self.drafts.joined(replace(posts, collected=seen)))

    def settle(self, accounts: Accounts) -> tuple[Scene, Ints]:
        """With these new accounts, and their codes."""
        codes = np.arange(len(self.accounts), len(self.accounts) + len(accounts), dtype=np.int64)
        return replace(self, accounts=self.accounts.joined(accounts)), codes

    def recruit(self, n: int, unit: str, role: str, language: str, rng: np.random.Generator) -> tuple[Scene, Ints]:
        """With n people of the crowd who speak that language now of that unit and role, and their codes.

        Lively accounts are likelier to join: by the root of their activity. ValueError when the crowd is too small.
        """
        who = np.flatnonzero((self.accounts.unit == "crowd") & (self.accounts.language == language))
        if len(who) < n:
            raise ValueError(f"{n} {unit} wanted, but only {len(who)} of the crowd are free and speak '{language}'.")
        weight = np.sqrt(self.accounts.activity[who])
        codes = np.sort(rng.choice(who, size=n, replace=False, p=weight / weight.sum())).astype(np.int64)
        return replace(self, accounts=self.accounts.enlisted(codes, unit, role)), codes

    def circle(self, language: str) -> int:
        """The liveliest circle of that language; ValueError when nobody speaks it."""
        if not (self.spoken == language).any():
            raise ValueError(f"Nobody in this crowd speaks '{language}'; it speaks {sorted(set(self.spoken))}.")
        return int(np.where(self.spoken == language, self.actors.size, -1.0).argmax())

    def tagged(self, account: Ints, rng: np.random.Generator) -> Strings:
        """Hashtags for posts of these accounts: mostly none, else the favourites of their circle."""
        count = rng.choice(len(P_TAGS), size=len(account), p=P_TAGS)
        tags = np.full(len(account), "", dtype=object)
        for row in np.flatnonzero(count):
            own = self.tags[self.accounts.community[account[row]]]
            # The square of a uniform number makes the first tags of the list the popular ones.
            picks = (rng.random(count[row]) ** 2 * len(own)).astype(int)
            tags[row] = " ".join(dict.fromkeys(own[picks]))
        return tags

    def compose(
        self, things: Objects, index: Ints, account: Ints, time_us: Ints, rng: np.random.Generator, headline: float
    ) -> Drafts:
        """The posts in which those accounts act on things[index] at those times.

        headline: share of link posts that carry the article's headline instead of the poster's own words.
        """
        if things.kind == "share":
            return drafts(account, time_us, share_of=things.draft[index])
        if things.kind == "text":
            return drafts(
                account, time_us, text=things.text[index], url=things.url[index], hashtags=things.hashtags[index]
            )
        words = remarks(self.accounts.language[account], rng)
        tags = things.hashtags[index].copy()
        bare = tags == ""
        tags[bare] = self.tagged(account[bare], rng)
        if things.kind == "url":
            quoting = rng.random(len(index)) < headline
            words[quoting], tags[quoting] = things.text[index[quoting]], ""
        return drafts(
            account,
            time_us,
            text=words,
            reply_to=things.draft[index],
            url=things.url[index],
            media=things.media[index],
            hashtags=tags,
        )

    def public(self, things: Objects, index: Ints, rng: np.random.Generator) -> Drafts:
        """The posts in which people of the crowd act on things[index], each once on a thing (but for own)."""
        community = things.community[index]
        time_us = occasions(
            things, index, lambda rows, t: self.actors.awake(community[rows], t), self.start_us, self.end_us, rng
        )
        account = self.actors.draw(community, time_us, rng)
        if things.kind == "own":
            return self.compose(things, index, account, time_us, rng, self.crowd.headline)
        once = np.sort(np.unique(account * np.int64(len(things)) + index, return_index=True)[1])
        return self.compose(things, index[once], account[once], time_us[once], rng, self.crowd.headline)

    def ordinary(self, account: Ints, rng: np.random.Generator) -> Drafts:
        """One ordinary post for each entry of `account`: of the crowd's mix, on what its circle likes, while awake."""
        mix = self.crowd.mix
        kinds = list(self.objects)
        share = np.array([getattr(mix, kind) for kind in kinds])
        kind = rng.choice(len(kinds), size=len(account), p=share / share.sum())
        posts = drafts(np.empty(0, np.int64), np.empty(0, np.int64))
        for k, name in enumerate(kinds):
            posts = posts.joined(self._liked(self.objects[name], account[kind == k], rng))
        return posts

    def _liked(self, things: Objects, account: Ints, rng: np.random.Generator) -> Drafts:
        """Acts of these accounts on things their circles like: each while awake, and on a thing once (but for own)."""
        circle, zone_h = self.accounts.community[account], self.accounts.zone_h[account]
        index, time_us = np.empty(len(account), dtype=np.int64), np.empty(len(account), dtype=np.int64)
        pending = np.arange(len(account))
        for _ in range(ROUNDS):
            index[pending] = self._favourites(things, circle[pending], rng)
            chosen = index[pending]
            time_us[pending] = moments(
                things.birth_us[chosen], things.half_life_us[chosen], self.start_us, self.end_us, rng
            )
            again = np.zeros(len(account), dtype=bool)
            up = awake(self.crowd.rhythm, time_us[pending], zone_h[pending])
            again[pending] = rng.random(len(pending)) >= up
            if things.kind != "own":
                twice = np.ones(len(account), dtype=bool)
                twice[np.unique(account * np.int64(len(things)) + index, return_index=True)[1]] = False
                again |= twice
            pending = np.flatnonzero(again)
            if not len(pending):
                break
        return self.compose(things, index, account, time_us, rng, self.crowd.headline)

    def _favourites(self, things: Objects, circle: Ints, rng: np.random.Generator) -> Ints:
        """One thing for each entry of `circle`, by its popularity there."""
        index = np.empty(len(circle), dtype=np.int64)
        for c in np.unique(circle):
            rows = np.flatnonzero(circle == c)
            weight = things.chance * np.where(things.community == c, self.crowd.homophily, 1.0)
            weight = weight * np.where(self.spoken[things.community] == self.spoken[c], 1.0, self.crowd.foreign)
            index[rows] = rng.choice(len(things), size=len(rows), p=weight / weight.sum())
        return index
