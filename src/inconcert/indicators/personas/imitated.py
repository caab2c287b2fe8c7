"""Whom others may imitate: accounts that a list protects, the most followed, and the eldest of those that look alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inconcert.engine.base import Engine
from inconcert.indicators.personas.imitators import BIO, NAME, PICTURE, Imitator, Profiles, Target, imitators, target_at
from inconcert.indicators.personas.lookalike_bios import bio_key
from inconcert.indicators.personas.lookalike_names import MOST, name_key

MOST_CLUSTERS = 200
"""Sets of lookalikes, the largest first, whose eldest is looked at."""
_SEVERAL = 2
"""Others of its side with which an account shares a picture, from which on the picture is a badge and tells of nobody."""
_STEPS = 2  # halves of an order of magnitude in followers by which comparable accounts may differ
_HEAD = 3  # characters at which keys of names are sorted into sets


def protected(engine: Engine, profiles: Profiles) -> list[Target]:
    """The accounts of lists with the role protected; rows about the same account are one target. An account that has the listed handle
    is the listed one, on every platform the row leaves open."""
    by_handle: dict[str, list[int]] = defaultdict(list)
    for place, (handle, _, _) in enumerate(profiles.shown):
        if handle:
            by_handle[_bare(handle)].append(place)
    rows: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in engine.sql(_PROTECTED, {"most": MOST}).to_pylist():
        at = profiles.place.get(row["account_id"])
        own = [at] if at is not None else by_handle.get(_bare(row["handle"] or ""), [])
        own = [p for p in own if row["platform"] in (None, profiles.platform[p])]
        about = row["account_id"] or row["handle"] or row["display_name"]
        rows[tuple(own) or (about, row["platform"])].append(row | {"own": own, "about": about})
    targets = [_listed(profiles, same) for same in rows.values()]
    return sorted((t for t in targets if t.names), key=lambda t: t.subject_id)


def watched(profiles: Profiles, most: int) -> list[Target]:
    """The most followed accounts of the case that have a name and a known age."""
    places = [
        p
        for p in np.flatnonzero(profiles.followers > 0).tolist()
        if profiles.case[p] and profiles.created_us[p] >= 0 and any(profiles.names[p])
    ]
    return [target_at(profiles, p) for p in sorted(places, key=lambda p: _order(profiles, p))[:most]]


def eldest_of_clusters(profiles: Profiles, least: int, known: list[list[Imitator]]) -> list[Target]:
    """The eldest of every set of accounts of one platform that share a picture or a bio and the beginning of a name, if the set holds
    `least` others; not those that imitate somebody `known`."""
    sets: dict[tuple[str, str, str, str], set[int]] = defaultdict(set)
    for p in np.flatnonzero(profiles.created_us >= 0).tolist():
        if not profiles.case[p]:
            continue
        shared = [("picture", picture) for picture in profiles.pictures[p]] + [("bio", profiles.bios[p])]
        for kind, what in shared:
            for key in profiles.names[p]:
                if key and what:
                    sets[profiles.platform[p], kind, what, key[:_HEAD]].add(p)
    large = sorted(
        (len(places), min(places, key=lambda p: (int(profiles.created_us[p]), profiles.names[p], p)))
        for places in sets.values()
        if len(places) > least
    )[-MOST_CLUSTERS:]
    followers = {one.place for ones in known for one in ones}
    tried = [
        target_at(profiles, p)
        for p in sorted({p for _, p in large} - followers, key=lambda p: (int(profiles.created_us[p]), p))
    ]
    chosen: list[Target] = []
    for target, ones in zip(tried, imitators(profiles, tried), strict=True):
        if not target.own & followers:
            chosen.append(target)
            followers |= {one.place for one in ones}
    return chosen


def imitating_others(
    profiles: Profiles, side: Sequence[int], imitations: Sequence[tuple[Target, Sequence[Imitator]]]
) -> dict[int, Imitator]:
    """Which of these places imitate one of the targets, and do not say that they are fans or parody.

    Name and bio alike count, and name and picture where few of the side bear that picture: what many show is a badge, or counted as a
    shared picture. So picture and bio alone do not, whatever the name."""
    worn = Counter(picture for place in side for picture in profiles.pictures[place])
    own = set(side)
    found: dict[int, Imitator] = {}
    for target, ones in imitations:
        for one in ones:
            if one.place not in own or one.parody is not None or NAME not in one.why:
                continue
            shared = profiles.pictures[one.place] & target.pictures
            rare = PICTURE in one.why and any(worn[picture] <= _SEVERAL for picture in shared)
            if BIO in one.why or rare:
                found.setdefault(one.place, one)
    return found


def comparable(
    profiles: Profiles, targets: Sequence[Target], but: frozenset[int], most: int, rng: np.random.Generator
) -> list[Target]:
    """Accounts as famous as one of the targets, with names and a known age, from case and control: of each half of an order of
    magnitude up to `most` at random. Not `but` these places."""
    fame = fame_of(profiles.followers)
    near = {step for target in targets if target.followers > 0 for step in _near(target.followers)}
    if any(target.followers <= 0 for target in targets):
        near |= set(_near(int(profiles.followers.max(initial=0))))
    steps: dict[int, list[int]] = defaultdict(list)
    for p in np.flatnonzero((profiles.created_us >= 0) & (profiles.followers > 0)).tolist():
        if int(fame[p]) in near and any(profiles.names[p]) and p not in but:
            steps[int(fame[p])].append(p)
    drawn: list[int] = []
    for _, able in sorted(steps.items()):
        able.sort(key=lambda p: _order(profiles, p))
        drawn += [able[i] for i in np.sort(rng.choice(len(able), min(most, len(able)), replace=False)).tolist()]
    return [target_at(profiles, p) for p in drawn]


def fame_of(followers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Halves of an order of magnitude of followers; meaningless where they are unknown."""
    return np.asarray(np.floor(2 * np.log10(np.maximum(followers, 1))), dtype=np.int64)


def as_famous(target: Target, among: Sequence[Target]) -> NDArray[np.bool_]:
    """Which of these accounts have a tenth to ten times its followers, about, and are others. A target whose fame is unknown is held
    against the most followed."""
    followers = np.array([one.followers for one in among], dtype=np.int64)
    step = fame_of(np.array([target.followers if target.followers > 0 else followers.max(initial=0)]))
    other = np.array([not one.own & target.own for one in among], dtype=bool)
    return np.asarray((np.abs(fame_of(followers) - step) <= _STEPS) & other, dtype=bool)


def _near(followers: int) -> range:
    step = int(fame_of(np.array([followers]))[0])
    return range(step - _STEPS, step + _STEPS + 1)


def others_made_us(profiles: Profiles, target: Target, but: set[int]) -> NDArray[np.int64]:
    """When the accounts of its platform that are younger than the target were made, but for those places."""
    made = profiles.created_us
    taken = made > max(0, target.created_us)
    if target.platform is not None:
        taken &= np.array([platform == target.platform for platform in profiles.platform], dtype=bool)
    taken[list(but | target.own)] = False
    return made[taken]


def _order(profiles: Profiles, place: int) -> tuple[Any, ...]:
    """Most followers first; then by what does not depend on how accounts are numbered, as far as possible."""
    return -int(profiles.followers[place]), int(profiles.created_us[place]), profiles.names[place], place


def _bare(handle: str) -> str:
    return handle.strip().removeprefix("@").casefold()


def _listed(profiles: Profiles, rows: list[dict[str, Any]]) -> Target:
    """One target from its rows in the lists and, where the data have it, its account."""
    own = rows[0]["own"]
    known = [target_at(profiles, p) for p in own]
    shown = tuple(row[what] for row in rows for what in ("handle", "display_name", "bio"))
    names = {name_key(row[what]) for row in rows for what in ("handle", "display_name")}
    bios = [bio_key(row["bio"]) for row in rows] + [one.bio for one in known]
    platforms = ({row["platform"] for row in rows} | {one.platform for one in known}) - {None}
    made = [one.created_us for one in known if one.created_us >= 0]
    return Target(
        subject_id=known[0].subject_id if known else rows[0]["about"],
        own=frozenset(own),
        names=frozenset(names.union(*(one.names for one in known))) - {""},
        bio=next(filter(None, bios), ""),
        pictures=frozenset().union(*(one.pictures for one in known)),
        platform=platforms.pop() if len(platforms) == 1 else None,
        created_us=min(made, default=-1),
        followers=max((one.followers for one in known), default=-1),
        shown=shown + tuple(text for one in known for text in one.shown),
        vouched=True,
    )


_PROTECTED = """
SELECT DISTINCT account_id, substr(handle, 1, :most) AS handle, platform, substr(display_name, 1, :most) AS display_name,
       substr(bio, 1, 1000) AS bio
FROM lists WHERE role = 'protected' AND (account_id IS NOT NULL OR handle IS NOT NULL OR display_name IS NOT NULL)
ORDER BY account_id NULLS LAST, handle NULLS LAST, platform NULLS LAST, display_name NULLS LAST, bio NULLS LAST"""
