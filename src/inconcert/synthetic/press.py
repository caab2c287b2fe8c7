"""Institutions that publish the same thing at the same time as a trade: newspapers with wire copy, news feeds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inconcert.synthetic.drafts import drafts
from inconcert.synthetic.scene import Scene
from inconcert.synthetic.staging import hours, own_accounts
from inconcert.synthetic.texts import dispatches, headlines, sites


@dataclass(frozen=True, kw_only=True)
class Newsroom:
    """Newspapers that print the dispatches of one agency: the same text under many addresses.

    n_accounts: newspapers. n_dispatches: dispatches of the agency. take: chance that a newspaper prints one.
    delay_s: median delay of those who edit, seconds (log-normal). delay_sigma: standard deviation of its log.
    automatic: share of newspapers whose site prints everything it takes within `automatic_s` seconds.
    own_articles: articles of its own per newspaper.
    """

    unit: str = "newsroom"
    language: str = "en"
    n_accounts: int = 24
    n_dispatches: int = 60
    take: float = 0.35
    delay_s: float = 1_500.0
    delay_sigma: float = 1.1
    automatic: float = 0.3
    automatic_s: float = 120.0
    own_articles: int = 30

    def plant(self, scene: Scene, rng: np.random.Generator) -> Scene:
        """The scene with these newspapers."""
        scene, papers = own_accounts(scene, self.n_accounts, self.unit, "newspaper", self.language, "newsdesk", rng)
        host = sites(len(papers), rng)
        wire_us = hours(scene, self.n_dispatches, int(scene.accounts.zone_h[papers[0]]), 6, 22, rng)
        copy = dispatches(np.full(self.n_dispatches, self.language, dtype=object), rng)
        paper, wire = np.nonzero(rng.random((len(papers), self.n_dispatches)) < self.take)
        edited_s = np.exp(rng.normal(np.log(self.delay_s), self.delay_sigma, size=len(wire)))
        fed_s = rng.uniform(5, self.automatic_s, size=len(wire))
        fed = paper < round(self.automatic * len(papers))
        at_us = wire_us[wire] + (np.where(fed, fed_s, edited_s) * 1e6).astype(np.int64)
        address = np.array([f"https://{host[p]}/wire/{w}" for p, w in zip(paper, wire, strict=True)], dtype=object)
        scene = scene.add(drafts(papers[paper], at_us, text=copy[wire], url=address))
        author = np.repeat(np.arange(len(papers)), self.own_articles)
        own_us = hours(scene, len(author), int(scene.accounts.zone_h[papers[0]]), 6, 22, rng)
        address = np.array([f"https://{host[p]}/own/{k}" for k, p in enumerate(author)], dtype=object)
        titles = headlines(np.full(len(author), self.language, dtype=object), rng)
        return scene.add(drafts(papers[author], own_us, text=titles, url=address))


@dataclass(frozen=True, kw_only=True)
class NewsBots:
    """Feeds that post every new article of the sites they follow, at any hour.

    n_accounts: feeds. follows: share of the sites each feed covers. delay_s: longest delay after publication, seconds.
    """

    unit: str = "news bots"
    language: str = "en"
    n_accounts: int = 5
    follows: float = 0.15
    delay_s: float = 90.0

    def plant(self, scene: Scene, rng: np.random.Generator) -> Scene:
        """The scene with these feeds."""
        scene, bots = own_accounts(scene, self.n_accounts, self.unit, "feed", self.language, "feed publisher", rng)
        articles = scene.objects["url"]
        new = np.flatnonzero(
            (articles.birth_us >= scene.start_us) & (scene.spoken[articles.community] == self.language)
        )
        host, site = np.unique([address.split("/")[2] for address in articles.url[new]], return_inverse=True)
        bot, row = np.nonzero((rng.random((len(bots), len(host))) < self.follows)[:, site])
        at_us = articles.birth_us[new[row]] + rng.uniform(2e6, self.delay_s * 1e6, size=len(row)).astype(np.int64)
        return scene.add(drafts(bots[bot], at_us, text=articles.text[new[row]], url=articles.url[new[row]]))
