"""Who shows itself as somebody else does: younger accounts that share at least two of name, picture and bio with a target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inconcert.engine.base import Engine
from inconcert.indicators.personas.declared_parody import declared_parody
from inconcert.indicators.personas.lookalike_bios import bio_key, similar_bios
from inconcert.indicators.personas.lookalike_names import MOST, Keys, alike, keys_of, lookalikes, name_key
from inconcert.indicators.profiles.creation_times import EARLIEST_US, LATEST_US

NAME, PICTURE, BIO = "name", "picture", "bio"
STOCK = 20
"""A picture or bio that so many bear, most of them under other names, is taken for stock and shows nothing."""


@dataclass(frozen=True)
class Profiles:
    """Accounts in the order of their ids, one place each: column lists of that length; -1 stands for unknown.

    names: keys of handle and of display name.   pictures: their ids."""

    account_id: list[str]
    platform: list[str]
    case: list[bool]
    created_us: NDArray[np.int64]
    followers: NDArray[np.int64]
    shown: list[tuple[str | None, str | None, str | None]]
    names: list[tuple[str, str]]
    bios: list[str]
    pictures: list[frozenset[str]]
    place: dict[str, int] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> tuple[Keys, dict[str, list[int]]]:
        """The distinct keys of names, and the places that have each."""
        having: dict[str, list[int]] = defaultdict(list)
        for place, keys in enumerate(self.names):
            for key in set(keys) - {""}:
                having[key].append(place)
        distinct = sorted(having)
        return keys_of(distinct), having


@dataclass(frozen=True)
class Target:
    """Whom others may imitate.   own: places of the account itself, wherever it is in the data.   vouched: a list names it, so it
    counts as the original even where its age is unknown."""

    subject_id: str
    own: frozenset[int]
    names: frozenset[str]
    bio: str
    pictures: frozenset[str]
    platform: str | None
    created_us: int
    followers: int
    shown: tuple[str | None, ...]
    vouched: bool


@dataclass(frozen=True)
class Imitator:
    """An account by its place.   why: which of NAME, PICTURE and BIO it shares.   parody: the word by which it says that it is none."""

    place: int
    why: tuple[str, ...]
    parody: str | None


def read_profiles(engine: Engine) -> Profiles:
    """Every account of the data. Names and bios are cut to what is compared; absurd times are unknown."""
    rows: dict[str, list[Any]] = engine.sql(_ACCOUNTS, {"most": MOST}).to_pydict()
    ids = rows["account_id"]
    place = {account: at for at, account in enumerate(ids)}
    worn: dict[int, set[str]] = defaultdict(set)
    for row in engine.sql("SELECT DISTINCT account_id, picture_id FROM avatars").to_pylist():
        if row["account_id"] in place:
            worn[place[row["account_id"]]].add(row["picture_id"])
    made = np.array([-1 if t is None or not EARLIEST_US <= t < LATEST_US else t for t in rows["created_us"]], np.int64)
    return Profiles(
        account_id=ids,
        platform=rows["platform"],
        case=[role != "control" for role in rows["role"]],
        created_us=made,
        followers=np.array([-1 if n is None or n < 0 else n for n in rows["followers"]], dtype=np.int64),
        shown=list(zip(rows["handle"], rows["display_name"], rows["bio"], strict=True)),
        names=[(name_key(h), name_key(d)) for h, d in zip(rows["handle"], rows["display_name"], strict=True)],
        bios=[bio_key(bio) for bio in rows["bio"]],
        pictures=[frozenset(worn.get(at, ())) for at in range(len(ids))],
        place=place,
    )


def target_at(profiles: Profiles, place: int) -> Target:
    """An account of the data as a target."""
    return Target(
        profiles.account_id[place], frozenset({place}), frozenset(profiles.names[place]) - {""}, profiles.bios[place],
        profiles.pictures[place], profiles.platform[place], int(profiles.created_us[place]), int(profiles.followers[place]),
        profiles.shown[place], False,
    )  # fmt: skip


def imitators(
    profiles: Profiles, targets: Sequence[Target], vouched: frozenset[int] = frozenset()
) -> list[list[Imitator]]:
    """Of each target, by place. vouched: accounts that imitate nobody, since a list names them."""
    wanted = frozenset().union(*(target.pictures for target in targets)) if targets else frozenset()
    bearers: dict[str, list[int]] = defaultdict(list)
    saying: dict[str, list[int]] = defaultdict(list)
    for place, (pictures, bio) in enumerate(zip(profiles.pictures, profiles.bios, strict=True)):
        for picture in pictures & wanted:
            bearers[picture].append(place)
        if bio:
            saying[bio].append(place)
    asked, said = sorted({target.bio for target in targets} - {""}), sorted(saying)
    similar = dict(zip(asked, similar_bios(asked, said), strict=True))
    found: list[list[Imitator]] = []
    for target in targets:
        like = [[place for at in similar.get(target.bio, ()) for place in saying[said[at]]]]
        telling = _telling(profiles, target, like)
        worn = _telling(profiles, target, [bearers[picture] for picture in sorted(target.pictures)])
        found.append(
            [
                _imitator(profiles, target, place, place in worn, place in telling)
                for place in sorted(worn | telling)
                if place not in vouched and eligible(profiles, target, place)
            ]
        )
    return [[one for one in ones if len(one.why) > 1] for ones in found]


def namesakes(profiles: Profiles, target: Target) -> list[int]:
    """Places of younger accounts whose name is alike, whatever else they show, and that do not call themselves parody."""
    keys, having = profiles.by_name
    alikes = {place for key in target.names for at in lookalikes(key, keys) for place in having[keys.keys[at]]}
    return [
        place for place in sorted(alikes) if eligible(profiles, target, place) and not _parody(profiles, target, place)
    ]


def eligible(profiles: Profiles, target: Target, place: int) -> bool:
    """Whether this account can be an imitation of the target: another one, on the same platform, and younger."""
    if place in target.own or target.platform not in (None, profiles.platform[place]):
        return False
    made = int(profiles.created_us[place])
    return target.vouched if made < 0 or target.created_us < 0 else made > target.created_us


def named_alike(profiles: Profiles, target: Target, place: int) -> bool:
    """Whether one of its names is alike to one of the target's."""
    return any(alike(key, own) for key in target.names for own in profiles.names[place])


def _telling(profiles: Profiles, target: Target, bearers: Iterable[list[int]]) -> set[int]:
    """Those who bear one of these pictures or bios, where they are no stock."""
    telling: set[int] = set()
    for places in bearers:
        others = set(places) - target.own
        if len(others) < STOCK or 2 * sum(named_alike(profiles, target, p) for p in others) >= len(others):
            telling |= others
    return telling


def _imitator(profiles: Profiles, target: Target, place: int, picture: bool, bio: bool) -> Imitator:
    shared = ((NAME, named_alike(profiles, target, place)), (PICTURE, picture), (BIO, bio))
    return Imitator(place, tuple(what for what, so in shared if so), _parody(profiles, target, place))


def _parody(profiles: Profiles, target: Target, place: int) -> str | None:
    """The word by which it says so, unless the target shows that word itself: Fan is a name, too."""
    word = declared_parody(*profiles.shown[place])
    return word if word is None or all(word not in (text or "").casefold() for text in target.shown) else None


_ACCOUNTS = """
SELECT account_id, platform, role, substr(handle, 1, :most) AS handle, substr(display_name, 1, :most) AS display_name,
       substr(bio, 1, 1000) AS bio, created_us, followers
FROM accounts ORDER BY account_id"""
