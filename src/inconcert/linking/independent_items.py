"""Items that are one piece of evidence: a link, its domain and the text around it, copies of one text, an account and all it posted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from inconcert.linking.common_items import CommonItem

MOST_AT_ONCE = 200
"""A post with more items than this is looked at for the first so many: it is a list, and its items are joined one to the next."""


def evidence_numbers(items: Sequence[CommonItem]) -> list[int]:
    """The piece of evidence each item belongs to, from 0 in the order of the items; those of one number count once.

    Joined are: items of which one stands only in posts in which the other stands too; the id and the handles of one account; with an account
    that is published itself, what it alone shows, since whoever is known will post what is known; and all that one member alone shows, since
    whoever reads one page of a source reads others.
    """
    parent = list(range(len(items)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in (*_together(items), *_of_accounts(items), *_of_one_member(items)):
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    numbers: dict[int, int] = {}
    return [numbers.setdefault(root(i), len(numbers)) for i in range(len(items))]


def _together(items: Sequence[CommonItem]) -> Iterable[tuple[int, int]]:
    """Pairs of which one never stands without the other."""
    in_post: dict[Hashable, list[int]] = defaultdict(list)
    for i, item in enumerate(items):
        for post in item.posts:
            in_post[post].append(i)
    for i, item in enumerate(items):
        if not item.posts:
            continue
        fewest = min(item.posts, key=lambda post: (len(in_post[post]), post))
        beside = in_post[fewest]
        for j in beside[:MOST_AT_ONCE]:
            if i != j and item.posts <= items[j].posts:
                yield i, j
        if len(beside) > MOST_AT_ONCE:
            yield i, beside[0]


def _of_one_member(items: Sequence[CommonItem]) -> Iterable[tuple[int, int]]:
    first: dict[frozenset[str], int] = {}
    for i, item in enumerate(items):
        if len(item.carriers) == 1:
            yield first.setdefault(item.carriers, i), i


def _of_accounts(items: Sequence[CommonItem]) -> Iterable[tuple[int, int]]:
    published: dict[str, int] = {}
    for i, item in enumerate(items):
        if item.family == "accounts":
            for account in sorted(item.carriers):
                if account in published:
                    yield published[account], i
                published.setdefault(account, i)
    for i, item in enumerate(items):
        if item.family != "accounts" and item.carriers and item.carriers <= published.keys():
            yield published[min(item.carriers)], i
