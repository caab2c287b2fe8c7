"""How much speaks for two accounts of different platforms being one persona, in bits (Fellegi and Sunter 1969).

Each field that agrees is worth log2(m / u): m how often it agrees for one person (persona_keys.AGREE), u the share of accounts on the
larger of the two platforms that agree with the other account in it just so. With u counted like that, the likelihood ratio of
one field is 1 or less on average over all pairs of the data, whatever names are common in it; that of several is, as far as
unrelated people agree in one without regard to another. Name and handle are counted as one where the handle is made from the name.
"""

from __future__ import annotations

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from rapidfuzz.distance import Levenshtein
from scipy import stats

from inconcert.indicators.personas.persona_keys import AGREE, CONTENT, Described, Key, keys, name_words, named_in, stem

CROWDED = 30
MOST_HOLDERS = 4 * CROWDED
"""A trait of more accounts over all platforms proposes no pair: their number grows with its square."""
"""Keys that more accounts of a platform have propose no pair: what so many share tells little."""


@dataclass(frozen=True)
class Item:
    """One field of a pair: bits for one persona, with the 95% interval of how rare it is; count of `of` accounts agree."""

    field: str
    level: str
    bits: float
    low: float
    high: float
    count: int
    of: int


@dataclass(frozen=True)
class Weighed:
    """A pair, by place in the list of accounts, the platform first in the alphabet first; its items and what they come to.

    unrelated: what two accounts that agree in nothing come to, the same fields being known.
    """

    a: int
    b: int
    items: tuple[Item, ...]
    unrelated: float

    @property
    def bits(self) -> float:
        """All items together."""
        return sum(item.bits for item in self.items)

    @property
    def interval(self) -> tuple[float, float]:
        """95%, the items being unsure independently of each other."""
        low = math.sqrt(sum((item.bits - item.low) ** 2 for item in self.items))
        high = math.sqrt(sum((item.high - item.bits) ** 2 for item in self.items))
        return self.bits - low, self.bits + high

    @property
    def agreeing(self) -> int:
        """Independent items worth a bit or more."""
        return sum(item.bits >= 1 for item in self.items)


class Personas:
    """Accounts, of platforms with enough of them each, and how often each key occurs on each platform."""

    def __init__(self, accounts: Sequence[Described], shared: Mapping[tuple[int, int], int]) -> None:
        """shared: (place, place) of accounts of different platforms -> rare objects both posted."""
        self.accounts, self.keys = accounts, [keys(account) for account in accounts]
        self.sizes = Counter(account.platform for account in accounts)
        self.holders: dict[Key, list[int]] = defaultdict(list)
        for i, held in enumerate(self.keys):
            for key in held:
                self.holders[key].append(i)
        self.tally = {
            key: Counter(accounts[i].platform for i in who) for key, who in self.holders.items() if len(who) > 1
        }
        edges = {self._ordered(*pair): ("content", _level(n)) for pair, n in shared.items()}
        self.edges: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
        for pair, (field, level) in [*edges.items(), *((pair, ("link", "named")) for pair in self._links())]:
            self.edges[pair][field] = level
        self.degrees: Counter[tuple[int, str, str, str]] = Counter()
        for (a, b), fields in self.edges.items():
            for one, other in ((a, b), (b, a)):
                for field, level in fields.items():
                    for reached in list(AGREE[field])[list(AGREE[field]).index(level) :]:
                        self.degrees[one, accounts[other].platform, field, reached] += 1

    def pairs(self, least: int) -> list[tuple[int, int]]:
        """Pairs of the case that agree in `least` fields, one of them not too common, each once."""
        found = {pair for pair in self.edges if self._of_case(*pair)}
        for key, tally in self.tally.items():
            if len(tally) > 1:
                by_platform: dict[str, list[int]] = defaultdict(list)
                for i in self.holders[key]:
                    by_platform[self.accounts[i].platform].append(i)
                few = [who for who in by_platform.values() if len(who) <= CROWDED]
                if sum(map(len, few)) > MOST_HOLDERS:
                    continue
                for some, others in combinations(few, 2):
                    found.update(self._ordered(a, b) for a, b in product(some, others) if self._of_case(a, b))
        return sorted(pair for pair in found if self._fields_shared(*pair) >= least)

    def weigh(self, a: int, b: int) -> Weighed:
        """What speaks for and against these two, of different platforms, being one persona."""
        a, b = self._ordered(a, b)
        one, other = self.accounts[a], self.accounts[b]
        # one profile that names the other is enough for a link
        known = (
            (one.fields & other.fields)
            | set(self.edges.get((a, b), ()))
            | ({"link"} if one.bio or other.bio else set())
        )
        best: dict[str, Item] = {}
        for item in self._agreements(a, b):
            if item.field not in best or item.bits > best[item.field].bits:
                best[item.field] = item
        against = {field: math.log2(1 - sum(AGREE[field].values())) for field in known}
        items = [best.get(field) or _missing(field, against[field]) for field in AGREE if field in known]
        handle, name = best.get("handle"), best.get("name")
        if handle and name and self._made_from_name(a, b):
            items.remove(min(handle, name, key=lambda item: (item.bits, item.field)))
        return Weighed(a, b, tuple(items), sum(against.values()))

    def possible(self) -> int:
        """Pairs of accounts of the case on different platforms."""
        sizes = Counter(account.platform for account in self.accounts if account.case)
        return sum(m * n for m, n in combinations(sizes.values(), 2))

    def _agreements(self, a: int, b: int) -> Iterator[Item]:
        small, large = sorted((a, b), key=lambda i: (self.sizes[self.accounts[i].platform], self.accounts[i].platform))
        platform = self.accounts[large].platform
        of = self.sizes[platform]
        shared = self.keys[a] & self.keys[b]
        near = any(level == "near" for _, level, _ in shared) and self._near(a, b)
        for key in sorted(
            shared, reverse=True
        ):  # the same profile text before half of it, where both are worth as much
            field, level, _ = key
            if level != "near" or near:
                yield _item(field, level, self.tally[key][platform], of)
        for field, level in self.edges.get((a, b), {}).items():
            yield _item(field, level, self.degrees[small, platform, field, level], of)

    def _fields_shared(self, a: int, b: int) -> int:
        return len({field for field, _, _ in self.keys[a] & self.keys[b]} | self.edges.get((a, b), {}).keys())

    def _near(self, a: int, b: int) -> bool:
        stems = [[bare for handle in self.accounts[i].handles if (bare := stem(handle))] for i in (a, b)]
        return any(Levenshtein.distance(s, t, score_cutoff=1) <= 1 for s, t in product(*stems))

    def _made_from_name(self, a: int, b: int) -> bool:
        """Whether a word of the name lies in the handle, on either side: then namesakes have like handles."""
        return any(
            len(word) >= 3 and word in handle
            for i in (a, b)
            for name in self.accounts[i].names
            for word in name_words(name)
            for handle in self.accounts[i].handles
        )

    def _links(self) -> set[tuple[int, int]]:
        """Pairs of which one names the other's handle in its profile, where not too many have that handle."""
        found = set()
        for i, account in enumerate(self.accounts):
            for handle in named_in(account.bio) if account.bio else ():
                who = self.holders.get(("handle", "same", handle), [])
                if len(who) <= CROWDED:
                    found |= {self._ordered(i, j) for j in who if self.accounts[j].platform != account.platform}
        return found

    def _of_case(self, a: int, b: int) -> bool:
        return self.accounts[a].case and self.accounts[b].case

    def _ordered(self, a: int, b: int) -> tuple[int, int]:
        return (a, b) if self.accounts[a].platform < self.accounts[b].platform else (b, a)


def _level(n: int) -> str:
    return next(level for least, level in CONTENT if n >= least)


def _item(field: str, level: str, count: int, of: int) -> Item:
    """Worth of agreeing as `count` of `of` accounts do, with the Poisson interval of that count."""
    m = AGREE[field][level]
    low, high = _counted(count)
    bits, least, most = (math.log2(m * of / c) for c in (count, high, low))
    return Item(field, level, bits, least, most, count, of)


@functools.cache
def _counted(count: int) -> tuple[float, float]:
    """95% interval of what a count was drawn from (Poisson, exact)."""
    return float(stats.chi2.ppf(0.025, 2 * count) / 2), float(stats.chi2.ppf(0.975, 2 * count + 2) / 2)


def _missing(field: str, bits: float) -> Item:
    return Item(field, "different", bits, bits, bits, 0, 0)
