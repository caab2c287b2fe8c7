"""Signs that one account can show, each with what shows it; weak alone, and common among ordinary people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.profiles.account_traits import Traits
from inconcert.indicators.profiles.burst_scan import Burst
from inconcert.indicators.profiles.creation_times import DAY_US
from inconcert.indicators.profiles.date_digits import as_date, eight_digits
from inconcert.indicators.profiles.default_handles import ANY, PLATFORMS, default_format
from inconcert.indicators.profiles.group_profiles import Profile

SIGNS: dict[str, str] = {
    "default handle": "a handle or name as its platform gives it to those who choose none",
    "digits that are a date": "eight digits at the end of the handle that can be read as a date",
    "new": "made shortly before its first post, or before most of its group began to post",
    "made in a burst": "made together with others of its group, more of them than its control explains",
    "no picture of its own": "no profile picture, or one that several accounts of the control have too",
    "hardly any audience": "next to no followers",
    "forwards only": "every post passes on another's",
    "single topic": "nearly every post carries the same hashtag",
    "empty profile": "neither a description nor a place",
}
"""Sign -> what it is."""

ROWS: dict[str, str] = {
    "default handle": "handle as the platform gives it",
    "digits that are a date": "date at the end of the handle",
    "new": "new when it, or its group, began to post",
    "made in a burst": "made in a burst with its group",
    "no picture of its own": "no picture of its own",
    "hardly any audience": "next to no followers",
    "forwards only": "only passes on others' posts",
    "single topic": "posts on one topic only",
    "empty profile": "neither description nor place",
}
"""Sign -> its row in a picture."""

ORDINARY_PICTURE = 3
"""Control accounts that have a picture, from which on it is nobody's own: the default of a platform is."""


@dataclass(frozen=True)
class Limits:
    """new_days: age at the first post up to which an account is new. few_followers: most that are hardly any. min_posts: fewest
    that show a habit. one_topic: share of them with one hashtag that is a single topic."""

    new_days: float
    few_followers: int
    min_posts: int
    one_topic: float


def single_signs(
    profiles: Sequence[Profile],
    made_us: NDArray[np.int64],
    traits: Mapping[str, Traits],
    *,
    begun_us: int | None,
    spans: Sequence[Burst] | None,
    ordinary_pictures: Mapping[str, int] | None,
    bios: bool,
    limits: Limits,
) -> list[dict[str, str | None]]:
    """Of each account, sign -> what shows it, or None where it does not; signs that could not be checked are absent.

    made_us: when each was made, -1 unknown. begun_us: when half of the group had posted. spans: its bursts, None where they could
    not be sought. ordinary_pictures: picture -> control accounts that have it, None where pictures are not known. bios: whether
    the source has descriptions at all.
    """
    found = []
    for profile, made in zip(profiles, made_us.tolist(), strict=True):
        own = traits[profile.account_id]
        signs: dict[str, str | None] = {}
        _of_names(profile, signs)
        _of_age(made, own.first_us, begun_us, spans, limits, signs)
        if ordinary_pictures is not None:
            signs["no picture of its own"] = _of_picture(own.picture, ordinary_pictures)
        if own.followers is not None:
            few = own.followers <= limits.few_followers
            signs["hardly any audience"] = (
                f"{own.followers} {'follower' if own.followers == 1 else 'followers'}" if few else None
            )
        if own.posts >= limits.min_posts:
            only = own.forwards == own.posts
            signs["forwards only"] = f"all its {own.posts} posts pass on others'" if only else None
            single = own.tagged >= limits.one_topic * own.posts
            signs["single topic"] = f"{own.tagged} of its {own.posts} posts carry #{own.tag}" if single else None
        if bios and own.described is not None:
            signs["empty profile"] = None if own.described else "description and place are blank"
        found.append({sign: signs[sign] for sign in SIGNS if sign in signs})
    return found


def ordinary_pictures(control: Sequence[Profile], traits: Mapping[str, Traits]) -> dict[str, int]:
    """Picture -> control accounts that have it."""
    return dict(Counter(p for profile in control if (p := traits[profile.account_id].picture) is not None))


def _of_names(profile: Profile, signs: dict[str, str | None]) -> None:
    named = profile.handle or profile.display_name
    if named is None:
        return
    if profile.platform.casefold() in PLATFORMS.union(ANY):
        known = default_format(profile.platform, profile.handle, profile.display_name)
        signs["default handle"] = None if known is None else f"{named}: a default format of the platform, {known.words}"
    digits = eight_digits(named)
    read = as_date(digits) if digits is not None else None
    signs["digits that are a date"] = None if read is None else f"{named}: its digits can be read as {read}"


def _of_age(
    made: int, first: int | None, begun: int | None, spans: Sequence[Burst] | None, limits: Limits, signs: dict[str, str | None]
) -> None:  # fmt: skip
    if made < 0:
        return
    ages = ((first, "its first post in the data"), (begun, "half of its group had posted"))
    known = [((moment - made) / DAY_US, what) for moment, what in ages if moment is not None]
    if known:
        fresh = [f"made {age:.0f} days before {what}" for age, what in known if 0 <= age <= limits.new_days]
        signs["new"] = " and ".join(fresh) or None
    if spans is not None:
        inside = [s for s in spans if s.first_us <= made < s.first_us + s.window_us]
        day = np.datetime64(made, "us").astype("datetime64[D]")
        signs["made in a burst"] = f"made on {day}, when {inside[0].count} of its group were" if inside else None


def _of_picture(picture: str | None, ordinary: Mapping[str, int]) -> str | None:
    if picture is None:
        return "no profile picture"
    bearers = ordinary.get(picture, 0)
    return f"a profile picture that {bearers} accounts of the control have too" if bearers >= ORDINARY_PICTURE else None
