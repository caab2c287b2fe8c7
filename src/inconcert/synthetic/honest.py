"""People who act in concert and have every right to: fans, activists, employees.

Each is a frozen dataclass of knobs with `plant(scene, rng) -> Scene`, which returns the scene with the group in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inconcert.synthetic.drafts import drafts
from inconcert.synthetic.rhythm import awake
from inconcert.synthetic.scene import Scene
from inconcert.synthetic.staging import casually_shared, hours, joined_together, outside_posts
from inconcert.synthetic.texts import appeals, hashtags, remarks

DRIVES = 2
"""Calls to join, in the year before."""


@dataclass(frozen=True, kw_only=True)
class Fans:
    """People of the crowd who have switched on notifications for one idol, and repost within minutes while awake.

    n_accounts: fans. n_posts: posts of the idol. join: chance that an awake fan reposts one.
    delay_s: mean delay of a repost, seconds (exponential). casual: other people who share each post, mean, over hours.
    joined_together: share of them who signed up in two drives of an hour.
    """

    unit: str = "fans"
    language: str = "en"
    n_accounts: int = 80
    n_posts: int = 50
    join: float = 0.5
    delay_s: float = 180.0
    casual: float = 30.0
    joined_together: float = 0.0

    def plant(self, scene: Scene, rng: np.random.Generator) -> Scene:
        """The scene with these fans."""
        scene, fans = scene.recruit(self.n_accounts, self.unit, "fan", self.language, rng)
        if self.joined_together:
            scene = joined_together(scene, fans, self.joined_together, DRIVES, rng)
        scene, posts = outside_posts(scene, self.language, self.n_posts, 12, 23, self.casual, rng)
        fan, post = np.meshgrid(fans, np.arange(self.n_posts), indexing="ij")
        at_us = (posts.birth_us[post] + rng.exponential(self.delay_s * 1e6, size=post.shape)).astype(np.int64)
        up = awake(scene.crowd.rhythm, at_us, scene.accounts.zone_h[fan])
        joins = rng.random(post.shape) < self.join * up
        scene = scene.add(drafts(fan[joins], at_us[joins], share_of=posts.draft[post[joins]]))
        return casually_shared(scene, posts, self.casual, rng)


@dataclass(frozen=True, kw_only=True)
class Activists:
    """People of the crowd who post for their cause at an agreed hour.

    n_accounts: activists. n_calls: agreed hours. join: chance that one follows a call.
    within_s: mean delay after the hour, seconds (exponential).
    template: share who paste one of `n_templates` prepared texts; the others use their own words and the hashtag.
    joined_together: share of them who signed up in two drives of an hour.
    """

    unit: str = "activists"
    language: str = "en"
    n_accounts: int = 60
    n_calls: int = 3
    join: float = 0.6
    within_s: float = 900.0
    template: float = 0.4
    n_templates: int = 12
    joined_together: float = 0.0

    def plant(self, scene: Scene, rng: np.random.Generator) -> Scene:
        """The scene with these activists."""
        scene, people = scene.recruit(self.n_accounts, self.unit, "activist", self.language, rng)
        if self.joined_together:
            scene = joined_together(scene, people, self.joined_together, DRIVES, rng)
        call_us = hours(scene, self.n_calls, int(scene.accounts.zone_h[people[0]]), 18, 21, rng)
        who, call = np.nonzero(rng.random((len(people), self.n_calls)) < self.join)
        at_us = call_us[call] + rng.exponential(self.within_s * 1e6, size=len(call)).astype(np.int64)
        own = remarks(np.full(len(who), self.language, dtype=object), rng)
        prepared = appeals(np.full(self.n_templates, self.language, dtype=object), rng)
        pasted = rng.random(len(who)) < self.template
        own[pasted] = prepared[rng.integers(self.n_templates, size=int(pasted.sum()))]
        tag = hashtags(np.full(1, self.language, dtype=object), rng)
        return scene.add(drafts(people[who], at_us, text=own, hashtags=np.repeat(tag, len(who))))


@dataclass(frozen=True, kw_only=True)
class Staff:
    """Employees, people of the crowd, who share their firm's posts during office hours.

    n_accounts: employees. n_posts: posts of the firm. join: chance that one shares a post.
    delay_s: mean delay, seconds (exponential). casual: other people who share each post, mean.
    """

    unit: str = "staff"
    language: str = "en"
    n_accounts: int = 20
    n_posts: int = 25
    join: float = 0.4
    delay_s: float = 5_400.0
    casual: float = 4.0

    def plant(self, scene: Scene, rng: np.random.Generator) -> Scene:
        """The scene with these employees."""
        scene, people = scene.recruit(self.n_accounts, self.unit, "employee", self.language, rng)
        scene, posts = outside_posts(scene, self.language, self.n_posts, 9, 15, self.casual, rng)
        who, post = np.nonzero(rng.random((len(people), self.n_posts)) < self.join)
        at_us = posts.birth_us[post] + rng.exponential(self.delay_s * 1e6, size=len(post)).astype(np.int64)
        scene = scene.add(drafts(people[who], at_us, share_of=posts.draft[post]))
        return casually_shared(scene, posts, self.casual, rng)
