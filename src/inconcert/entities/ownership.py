"""Who owns a company, through whom, and how much of it in the end: the product of shares along each chain.

Where a share is not stated the product is an interval. Chains may describe the same holding twice ("A owns C through B" beside
"A owns B", "B owns C"), so the shares of chains are not simply added: see `effective`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inconcert.entities.graph import Graph, Tie
from inconcert.entities.share import UNKNOWN, WHOLE, Share, together
from inconcert.entities.strength import weakest

LONGEST = 8
MOST_CHAINS = 5_000


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
    """All owners of a company, direct or through others; those with the highest certain share first."""
    chains: dict[str, list[Chain]] = {}
    for number, chain in enumerate(_chains(graph, company)):
        if number == MOST_CHAINS:
            break
        chains.setdefault(chain.owner, []).append(chain)
    found = []
    for id, its in chains.items():
        lasting = [chain for chain in its if not chain.ended]
        share = effective(graph, id, company) if lasting else Share(0.0, 0.0, False)
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


def _chains(
    graph: Graph, company: str, below: tuple[Tie, ...] = (), seen: frozenset[str] = frozenset()
) -> Iterator[Chain]:
    if len(below) == LONGEST:
        return
    seen = seen | {company}
    for owner, ties in sorted(_holdings(graph, company).items()):
        if owner in seen:
            continue
        for tie in ties:
            chain = (tie, *below)
            share = WHOLE
            for link in chain:
                share = share.times(link.share or UNKNOWN)
            yield Chain(owner, chain, share, weakest(link.strength for link in chain), any(link.end for link in chain))
        for tie in ties:
            yield from _chains(graph, owner, (tie, *below), seen)


def effective(graph: Graph, owner: str, company: str, seen: frozenset[str] = frozenset()) -> Share:
    """What an owner holds in a company in the end: lowest and highest it can be by what is stated.

    Lowest: the larger of what it is said to hold directly and of what it holds through others, since the first may be a way of
    saying the second. Highest: both together; a share nobody states may be all that others' certain shares leave, where these
    others do not themselves own its holder, and so may hold through it. Ties that ended count nothing. Circles are followed once.
    """
    holdings = {id: [tie for tie in ties if not tie.end] for id, ties in _holdings(graph, company).items()}
    stated = {id: _held(ties) for id, ties in holdings.items() if ties and id not in seen}
    bounded = {id: share if share.stated else _left_by_others(graph, id, stated) for id, share in stated.items()}
    direct = bounded.get(owner, Share(0.0, 0.0, True))
    further = seen | {company}
    through = [
        share.times(effective(graph, owner, id, further))
        for id, share in bounded.items()
        if id != owner and len(further) < LONGEST
    ]
    indirect = together(through)
    low = max(direct.low, indirect.low)
    return Share(low, max(low, min(1.0, direct.high + indirect.high)), direct.stated and indirect.stated)


def _left_by_others(graph: Graph, id: str, stated: Mapping[str, Share]) -> Share:
    """What an owner whose share nobody states can hold at most."""
    above = _above(graph, id)
    certain = sum(share.low for other, share in stated.items() if other != id and other not in above)
    return Share(0.0, max(0.0, 1.0 - certain), False)


def _above(graph: Graph, id: str) -> set[str]:
    """Everybody who owns something of it, directly or through others."""
    found: set[str] = set()
    edge = [id]
    while edge:
        edge = [owner for one in edge for owner in _holdings(graph, one) if owner not in found]
        found.update(edge)
    return found


def _held(ties: list[Tie]) -> Share:
    """What several ties between the same two say: the bounds that all stated ones allow, else nothing."""
    stated = [tie.share for tie in ties if tie.share is not None and tie.share.stated]
    if not stated:
        return UNKNOWN
    return Share(min(one.low for one in stated), max(one.high for one in stated), True)
