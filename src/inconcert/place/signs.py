"""Labels on posts and profiles, account by account, made into items: one of each region, however many posts repeat it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from inconcert.place.counted import FEWEST, OR_MORE, accounts_of, counted
from inconcert.place.item import Item, Source, naming
from inconcert.place.recognised import recognised
from inconcert.place.regions import full_name, within

MOST_REGIONS = 12
"""Regions of one kind of sign that become items; those of more accounts go first."""
SOURCES = 3
SAYS: dict[str, str] = {
    "region-label": "{accounts} show the platform's region label {region}.",
    "check-in": "{accounts} give {region} as the place of posts.",
    "profile-place": "{accounts} give {region} as their place in the profile.",
}
"""Kind of sign -> its sentence."""


@dataclass(frozen=True)
class Sign:
    """One label that an account shows.   kind: of SAYS.   posts: how many carry it; 1 for a profile.   source: the first."""

    kind: str
    account_id: str
    label: str
    posts: int
    source: Source


@dataclass(frozen=True)
class AccountPlace:
    """One region that an account shows, by one kind of sign.   strength: share of all its signs of the kind."""

    account_id: str
    kind: str
    region: str
    posts: int
    strength: float
    source: Source


@dataclass(frozen=True)
class SetAside:
    """A label that names no region known here.   accounts, posts: with it."""

    kind: str
    label: str
    accounts: int
    posts: int


@dataclass(frozen=True)
class Read:
    """places: of accounts, by account, kind and region.   aside: labels that were set aside."""

    places: tuple[AccountPlace, ...]
    aside: tuple[SetAside, ...]


def read_signs(signs: Iterable[Sign]) -> Read:
    """Which regions the accounts show."""
    known: dict[tuple[str, str, str], list[Sign]] = defaultdict(list)
    strange: dict[tuple[str, str], list[Sign]] = defaultdict(list)
    for sign in signs:
        region = recognised(sign.label)
        if region is None:
            strange[sign.kind, sign.label].append(sign)
        else:
            known[sign.account_id, sign.kind, region].append(sign)
    whole: Counter[tuple[str, str]] = Counter()
    for (account, kind, _), its in known.items():
        whole[account, kind] += sum(sign.posts for sign in its)
    places = []
    for (account, kind, region), its in sorted(known.items()):
        posts = sum(sign.posts for sign in its)
        first = min(its, key=lambda sign: (sign.source.import_id or "", sign.source.row_ref or 0, sign.label))
        places.append(AccountPlace(account, kind, region, posts, posts / whole[account, kind], first.source))
    aside = [
        SetAside(kind, label, len({sign.account_id for sign in its}), sum(sign.posts for sign in its))
        for (kind, label), its in sorted(strange.items())
    ]
    return Read(tuple(places), tuple(aside))


def sign_items(places: Sequence[AccountPlace]) -> tuple[Item, ...]:
    """One item of each kind and region; of a kind, at most MOST_REGIONS."""
    of: dict[str, dict[str, list[AccountPlace]]] = defaultdict(lambda: defaultdict(list))
    for place in places:
        of[place.kind][place.region].append(place)
    found = []
    for kind in SAYS:
        accounts = {place.account_id for its in of[kind].values() for place in its}
        ranked = sorted(of[kind].items(), key=lambda one: (-len(one[1]), one[0]))
        for region, its in ranked[:MOST_REGIONS]:
            n = len({place.account_id for place in its})
            found.append(
                naming(
                    f"{kind}/{region}", kind, region, SAYS[kind].format(accounts=accounts_of(n), region=full_name(region)), accounts=n,
                    share=sum(place.strength for place in its) / len(accounts), sources=_first(its),
                )
            )  # fmt: skip
    return tuple(found)


def by_region(places: Iterable[AccountPlace], kinds: Sequence[str] = ("region-label", "check-in")) -> Mapping[str, str]:
    """Region -> how many accounts have such a sign there, as it may be told; a country's are those of its provinces as well.

    Where a country's number less those of its provinces would tell of fewer than FEWEST accounts, it is told as the latter "or more".
    """
    found: dict[str, set[str]] = defaultdict(set)
    for place in places:
        if place.kind in kinds:
            for region in {place.region, place.region.partition("-")[0]}:
                found[region].add(place.account_id)
    told = {}
    for region, accounts in sorted(found.items()):
        parts = [its for code, its in found.items() if code != region and within(code, region) and len(its) >= FEWEST]
        known = set[str]().union(*parts)
        few_left = parts and 0 < len(accounts - known) < FEWEST
        told[region] = f"{len(known):,} {OR_MORE}" if few_left else counted(len(accounts))
    return told


def _first(its: Sequence[AccountPlace]) -> tuple[Source, ...]:
    """The first of each account, of SOURCES accounts; of few accounts one, so that the sources do not tell how many there are."""
    ordered = sorted(its, key=lambda one: (one.source.import_id or "", one.source.row_ref or 0, one.account_id))
    few = len({place.account_id for place in its}) < FEWEST
    return tuple(place.source for place in ordered[: 1 if few else SOURCES])
