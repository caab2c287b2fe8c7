"""The knobs of an ordinary crowd."""

from __future__ import annotations

from dataclasses import dataclass, field

from inconcert.synthetic.texts import LANGUAGES

MONTH_S = 30 * 86_400.0
MATCH_S = 70 * 60.0


@dataclass(frozen=True)
class Home:
    """Where part of the crowd lives: language code, hours ahead of UTC, share of the accounts (relative)."""

    language: str
    zone_h: int
    share: float


@dataclass(frozen=True)
class Mix:
    """What a post of the crowd does, as relative shares.

    own: says something of one's own. share: passes a post on. url: posts a link to an article.
    reply: answers a post. text: copies a chain post. media: posts an image that goes round.
    """

    own: float = 0.24
    share: float = 0.40
    url: float = 0.17
    reply: float = 0.12
    text: float = 0.04
    media: float = 0.03


WORLD_HOMES = (
    Home("en", -5, 0.24), Home("en", -8, 0.10), Home("en", 0, 0.20), Home("en", 10, 0.06),
    Home("zh", 8, 0.20), Home("ru", 3, 0.15), Home("ru", 5, 0.05),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """An ordinary crowd: nobody arranges anything with anybody.

    n_accounts: accounts; those that happen to post nothing do not appear.
    n_posts: posts, about (a second action of one account on one object is dropped).
    start: first day, ISO date (UTC).
    burstiness: 0 is a conversation of a month, 1 a boxing match of 70 minutes; sets the period and how fast things age.
    resolution_s: what times are floored to, seconds: 1 or 60.
    platform: name in the export; "twitter" marks shares in the text as well.
    homes: languages and time zones.
    rhythm: 0 posts round the clock, 1 sleeps as people do.
    activity_sigma: standard deviation of the log of posts per account; 1.5 gives a median of two or three, a long tail.
    n_communities: circles, at least one for each language.
    homophily: how many times likelier an account acts on an object of its own circle than of another one.
    foreign: how many times likelier it acts on an object in another language than on one in its own; below 1.
    mix: what posts do.
    popularity_exponent: s of Zipf's law, popularity ~ rank^-s, over the objects of one kind.
    objects_per_action: objects to choose from per action on them, above 0, at most 1.
    half_life_s: median half-life of attention to an object that two people act on, seconds; None: from burstiness.
    half_life_sigma: standard deviation of the log of half-lives: some things are over in minutes, some last for days.
    half_life_growth: half-life grows with popularity to this power.
    pace_s: shortest half-life per person acting on an object, seconds: what is over in a minute gathers no hundreds.
    evergreen: share of objects that do not age at all.
    outside: share of the shared posts whose author is not in the export.
    headline: share of link posts that carry the headline and nothing else.
    n_bursts: news bursts: a link that many people who have nothing to do with each other post within minutes.
    burst_accounts: median size of a burst, people.
    burst_half_life_s: half-life of attention in a burst, seconds, at burstiness 0.
    """

    n_accounts: int = 7_000
    n_posts: int = 50_000
    start: str = "2024-03-04"
    burstiness: float = 0.12
    resolution_s: int = 1
    platform: str = "twitter"
    homes: tuple[Home, ...] = WORLD_HOMES
    rhythm: float = 1.0
    activity_sigma: float = 1.5
    n_communities: int = 12
    homophily: float = 8.0
    foreign: float = 0.02
    mix: Mix = field(default_factory=Mix)
    popularity_exponent: float = 0.8
    objects_per_action: float = 0.3
    half_life_s: float | None = None
    half_life_sigma: float = 1.7
    half_life_growth: float = 0.34
    pace_s: float = 5.0
    evergreen: float = 0.05
    outside: float = 0.5
    headline: float = 0.6
    n_bursts: int = 8
    burst_accounts: float = 60.0
    burst_half_life_s: float = 600.0

    def __post_init__(self) -> None:
        for name in ("burstiness", "evergreen", "outside", "headline"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"Crowd.{name} is {getattr(self, name)}; it lies between 0 and 1.")
        unknown = {home.language for home in self.homes} - LANGUAGES
        if unknown:
            raise ValueError(f"Crowd.homes speaks {sorted(unknown)}; there are words for {sorted(LANGUAGES)}.")

    @property
    def period_s(self) -> float:
        """Length of the world, seconds: a month at burstiness 0, 70 minutes at 1, geometric between."""
        return float(MONTH_S ** (1 - self.burstiness) * MATCH_S**self.burstiness)

    @property
    def median_half_life_s(self) -> float:
        """Median half-life of attention, seconds: 40 minutes at burstiness 0, eight at 1, unless it is given."""
        return self._aged(2_400.0) if self.half_life_s is None else self.half_life_s

    @property
    def median_burst_half_life_s(self) -> float:
        """Half-life of attention in a news burst, seconds: burst_half_life_s at burstiness 0, a fifth at 1."""
        return self._aged(self.burst_half_life_s)

    def _aged(self, half_life_s: float) -> float:
        return float(half_life_s / 5**self.burstiness)
