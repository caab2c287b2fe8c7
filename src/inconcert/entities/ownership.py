"""Who owns a company, through whom, and how much of it in the end: the product of shares along each chain.

Where a share is not stated the product is an interval. Chains may describe the same holding twice ("A owns C through B" beside
"A owns B", "B owns C"), so the shares of chains are not simply added: see `effective`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inconcert.entities.graph import Graph, Tie
from inconcert.entities.share import UNKNOWN, WHOLE, Share, together
from inconcert.entities.strength import weakest

LONGEST = 8
MOST_CHAINS = 5_000
MOST_SHARES = 30_000
"""Shares that are reckoned for one company, over all its owners; each has FEWEST_SHARES of them at least."""
FEWEST_SHARES = 50


@dataclass(frozen=True)
class Chain:
    """One chain of ownership.   ties: from the owner down to the company.   share: their product.   strength: of the weakest link.
    ended: a link of it is stated to have ended."""

    owner: str
    ties: tuple[Tie, ...]
    share: Share
    strength: str
    ended: bool


@dataclass(frozen=True)
class Owner:
    """Everything that leads from one owner to the company.

    chains: the shortest first.   share: what the owner holds in all, lowest and highest; of what has not ended.
    open: ids of the ties that leave it open, because their share is not stated.
    """

    id: str
    chains: tuple[Chain, ...]
    share: Share
    open: tuple[str, ...]


def owners(graph: Graph, company: str) -> tuple[Owner, ...]:
    """All owners of a company, direct or through others; those with the highest certain share first. Of more than MOST_CHAINS chains the
    shortest, and what would take too long to reckon may be any share."""
    chains: dict[str, list[Chain]] = {}
    for number, chain in enumerate(_chains(graph, company)):
        if number == MOST_CHAINS:
            break
        chains.setdefault(chain.owner, []).append(chain)
    found = []
    reckoning = _Reckoning(graph)
    most_shares = max(FEWEST_SHARES, MOST_SHARES // max(1, len(chains)))
    for id, its in chains.items():
        lasting = [chain for chain in its if not chain.ended]
        share = reckoning.held(id, company, most_shares) if lasting else Share(0.0, 0.0, False)
        unstated = {tie.id for chain in lasting for tie in chain.ties if tie.share is None or not tie.share.stated}
        ranked = sorted(its, key=lambda chain: (chain.ended, len(chain.ties), [tie.id for tie in chain.ties]))
        found.append(Owner(id, tuple(ranked), share, tuple(sorted(unstated))))
    return tuple(sorted(found, key=lambda owner: (-owner.share.low, -owner.share.high, owner.id)))


def _holdings(graph: Graph, company: str) -> dict[str, list[Tie]]:
    """Immediate owner -> its ties of ownership to the company."""
    found: dict[str, list[Tie]] = {}
    for tie in graph.of[company]:
        if tie.schema == "Ownership" and tie.owned == company:
            found.setdefault(tie.owner, []).append(tie)
    return found


def _chains(graph: Graph, company: str) -> Iterator[Chain]:
    """Shortest first, so that a limit cuts only the longest."""
    begun: deque[tuple[str, tuple[Tie, ...], frozenset[str]]] = deque([(company, (), frozenset({company}))])
    while begun:
        held, below, seen = begun.popleft()
        for owner, ties in sorted(_holdings(graph, held).items()):
            for tie in ties if owner not in seen else ():
                chain = (tie, *below)
                share = WHOLE
                for link in chain:
                    share = share.times(link.share or UNKNOWN)
                yield Chain(
                    owner, chain, share, weakest(link.strength for link in chain), any(link.end for link in chain)
                )
                if len(chain) < LONGEST:
                    begun.append((owner, chain, seen | {owner}))


def effective(graph: Graph, owner: str, company: str, most_shares: int = MOST_SHARES) -> Share:
    """What an owner holds in a company in the end: lowest and highest it can be by what is stated.

    Lowest: the larger of what it is said to hold directly and of what it holds through others, since the first may be a way of
    saying the second. Highest: both together; a share nobody states may be all that others' certain shares leave, where these
    others do not themselves own its holder, and so may hold through it. Ties that ended count nothing. Circles are followed once.
    most_shares: after so many the rest may be anything.
    """
    return _Reckoning(graph).held(owner, company, most_shares)


class _Reckoning:
    """Who holds what, each company looked at once for all owners."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._shares: dict[str, dict[str, Share]] = {}
        self._above: dict[str, set[str]] = {}
        self._below: set[str] = set()
        self._left = 0

    def held(self, owner: str, company: str, most_shares: int) -> Share:
        self._below, self._left = _below(self._graph, owner), most_shares
        return self._of(owner, company, frozenset())

    def _of(self, owner: str, company: str, seen: frozenset[str]) -> Share:
        self._left -= 1
        if self._left < 0:
            return UNKNOWN
        held = self._holders(company)
        # of all others nothing can lead down from the owner
        mine = sorted(id for id in {*self._below, owner} - seen if id in held)
        bounded = {id: held[id] if held[id].stated else self._left_by_others(id, held, seen) for id in mine}
        direct = bounded.get(owner, Share(0.0, 0.0, True))
        further = seen | {company}
        through = [
            share.times(self._of(owner, id, further))
            for id, share in bounded.items()
            if id != owner and len(further) < LONGEST
        ]
        indirect = together(through)
        low = max(direct.low, indirect.low)
        return Share(low, max(low, min(1.0, direct.high + indirect.high)), direct.stated and indirect.stated)

    def _holders(self, company: str) -> dict[str, Share]:
        """Immediate owner -> what its lasting ties say it holds."""
        if company not in self._shares:
            lasting = {id: [tie for tie in its if not tie.end] for id, its in _holdings(self._graph, company).items()}
            self._shares[company] = {id: _held(ties) for id, ties in lasting.items() if ties}
        return self._shares[company]

    def _left_by_others(self, id: str, held: Mapping[str, Share], seen: frozenset[str]) -> Share:
        """What an owner whose share nobody states can hold at most."""
        if id not in self._above:
            self._above[id] = _above(self._graph, id)
        others = (one for one in held if one != id and one not in seen and one not in self._above[id])
        return Share(0.0, max(0.0, 1.0 - sum(held[one].low for one in others)), False)


def _below(graph: Graph, id: str) -> set[str]:
    """Everything it owns something of, directly or through others."""
    found: set[str] = set()
    edge = [id]
    while edge:
        below = {tie.owned for one in edge for tie in graph.of[one] if tie.schema == "Ownership" and tie.owner == one}
        edge = [one for one in below if one not in found]
        found.update(edge)
    return found


def _above(graph: Graph, id: str) -> set[str]:
    """Everybody who owns something of it, directly or through others."""
    found: set[str] = set()
    edge = [id]
    while edge:
        above = {owner for one in edge for owner in _holdings(graph, one)}
        edge = [owner for owner in above if owner not in found]
        found.update(edge)
    return found


def _held(ties: list[Tie]) -> Share:
    """What several ties between the same two say: the bounds that all stated ones allow, else nothing."""
    stated = [tie.share for tie in ties if tie.share is not None and tie.share.stated]
    if not stated:
        return UNKNOWN
    return Share(min(one.low for one in stated), max(one.high for one in stated), True)
