"""Posts with many replies and few likes, beside posts as much answered of authors as much followed."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import betaln, gammaln

LEAST_AUTHORS = 20
"""Authors whose posts a bin must hold; else a wider bin is taken."""
NARROWEST = 0.25
"""Least spread of ln((replies + 1) / (likes + 1)) between authors; smaller ones come of counts that were not
exported."""
_FITTED = 400
_COUNTED = 5_000


@dataclass(frozen=True)
class Answered:
    """A post with its counts. counted: the platform gives no number of replies, those in the data were counted."""

    platform: str
    post_id: str
    author: str
    role: str
    replies: int
    likes: int
    shares: int | None
    counted: bool
    followers: int | None

    @property
    def key(self) -> tuple[str, str]:
        """Platform and post."""
        return self.platform, self.post_id

    @property
    def ratio(self) -> float:
        """ln((replies + 1) / (likes + 1))."""
        return math.log((self.replies + 1) / (self.likes + 1))

    def bins(self) -> tuple[tuple[object, ...], ...]:
        """From the narrowest to all: platform, followers by powers of ten, replies by powers of two."""
        fame = -1 if self.followers is None else math.floor(math.log10(max(self.followers, 0) + 1))
        answered = math.floor(math.log2(self.replies))
        return (self.platform, fame, answered), (self.platform, answered), (self.platform,), ()


@dataclass(frozen=True)
class Quiet:
    """z: distance of a post's ratio from the median over authors of its bin, in robust standard deviations, with the
    95% interval that the size of the bin leaves.   usual: median replies to a like there.   authors: of the bin.
    chance: of so few likes there (Beta negative binomial).   rank: share of all control authors, the post counted as
        one, with a post as far out."""

    z: float
    low: float
    high: float
    usual: float
    authors: int
    chance: float
    rank: float

    @property
    def p_value(self) -> float:
        """The larger of rank and chance. The rank is valid whatever the shape of the tail, for a post that is like those of
        other authors: posts whose likes are switched off or hidden are among those."""
        return max(self.rank, self.chance)


class QuietPosts:
    """control: posts against which others are held; one voice to each author, however many posts it has."""

    def __init__(self, control: Sequence[Answered]) -> None:
        binned: dict[tuple[object, ...], dict[str, list[Answered]]] = defaultdict(lambda: defaultdict(list))
        for post in control:
            for key in post.bins():
                binned[key][post.author].append(post)
        # each author's middle post stands for it
        self._bins = {
            key: [sorted(posts, key=lambda p: (p.ratio, p.post_id))[len(posts) // 2] for posts in authors.values()]
            for key, authors in binned.items()
            if len(authors) >= LEAST_AUTHORS
        }
        self._scales: dict[tuple[object, ...], tuple[float, float]] = {}
        self._fits: dict[tuple[object, ...], tuple[float, float]] = {}
        furthest: dict[str, float] = defaultdict(lambda: -math.inf)
        for post in control:
            if (z := self.z(post)) is not None:
                furthest[post.author] = max(furthest[post.author], z)
        self._furthest = np.sort(np.array(list(furthest.values())))

    def z(self, post: Answered) -> float | None:
        """Its distance alone; None where no bin has enough authors."""
        key = self._bin(post)
        return None if key is None else self._z(post, key)

    def of(self, post: Answered) -> Quiet | None:
        """Everything about one post; None where no bin has enough authors."""
        key = self._bin(post)
        if key is None:
            return None
        z, (middle, _), authors = self._z(post, key), self._scale(key), len(self._bins[key])
        # standard errors of a median and of the scale, of a normal sample
        half = 1.96 * math.hypot(1.253, 1.166 * z) / math.sqrt(authors)
        beyond = len(self._furthest) - int(np.searchsorted(self._furthest, z - 1e-9))
        rank = (1 + beyond) / (1 + len(self._furthest))
        return Quiet(z, z - half, z + half, math.exp(middle), authors, self._chance(post, key), rank)

    def _bin(self, post: Answered) -> tuple[object, ...] | None:
        return next((key for key in post.bins() if key in self._bins), None)

    def _scale(self, key: tuple[object, ...]) -> tuple[float, float]:
        if key not in self._scales:
            ratios = np.array([post.ratio for post in self._bins[key]])
            middle = float(np.median(ratios))
            self._scales[key] = middle, max(NARROWEST, 1.4826 * float(np.median(np.abs(ratios - middle))))
        return self._scales[key]

    def _z(self, post: Answered, key: tuple[object, ...]) -> float:
        middle, scale = self._scale(key)
        return (post.ratio - middle) / scale

    def _chance(self, post: Answered, key: tuple[object, ...]) -> float:
        """Of at most so many likes until there were so many replies."""
        if post.likes > _COUNTED:
            return 0.0  # left to the rank
        if key not in self._fits:
            posts = sorted(self._bins[key], key=lambda p: (p.ratio, p.replies))
            posts = [posts[at] for at in np.unique(np.linspace(0, len(posts) - 1, _FITTED).astype(int))]
            counts = np.array([(p.likes, p.replies) for p in posts], dtype=np.float64)
            self._fits[key] = _fit(counts[:, 0], counts[:, 1])
        a, b = self._fits[key]
        k, r = np.arange(post.likes + 1), post.replies
        logs = gammaln(k + r) - gammaln(k + 1) - gammaln(r) + betaln(k + a, r + b) - betaln(a, b)
        return min(1.0, float(np.exp(logs).sum()))


def _fit(likes: NDArray[np.float64], replies: NDArray[np.float64]) -> tuple[float, float]:
    """The Beta distribution, over posts, of the share of likes among likes and replies; by the greatest likelihood."""

    def cost(logs: NDArray[np.float64]) -> float:
        a, b = np.exp(np.clip(logs, -7, 9))
        return -float((betaln(likes + a, replies + b) - betaln(a, b)).sum())

    share = float(np.clip((likes / (likes + replies)).mean(), 0.01, 0.99))
    a, b = np.exp(np.clip(minimize(cost, np.log([2 * share, 2 * (1 - share)]), method="Nelder-Mead").x, -7, 9))
    return float(a), float(b)
