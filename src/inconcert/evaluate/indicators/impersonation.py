"""Trials of impersonation: famous people with fans, namesakes and stock pictures; then copies of a protected account among them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.indicators.facts import ACCOUNTS, AVATARS, CONTROLS, FACTS, MEMBERS
from inconcert.indicators.personas.impersonation import Impersonation
from inconcert.indicators.personas.impersonation_readings import BURST, LOOKALIKES
from inconcert.indicators.profiles.creation_times import DAY_US

START_US = 1_420_070_400_000_000
"""1 January 2015."""
DAYS = 2_000
PEOPLE, FAMOUS, PROTECTED, COPIES, GROUP, CONTROL = 140, 60, 3, 30, 20, 60

_FIRST = (
    "anna", "maria", "john", "james", "mary", "linda", "peter", "paul", "laura", "david", "sarah", "karen", "kevin",
    "brian", "nina", "oscar", "emma", "jonas", "lukas", "sofia",
)  # fmt: skip
_LAST = (
    "smith", "jones", "brown", "miller", "davis", "garcia", "wilson", "moore", "taylor", "thomas", "jackson", "white",
    "harris", "martin", "clark", "lewis",
)  # fmt: skip
_BIOS = (
    "Mother of two, coffee first, opinions are my own",
    "Proud husband and father. Football, food and travel",
    "Believe in yourself and never give up on your dreams",
)
_WORDS = (
    "writes", "about", "harbour", "winter", "engines", "music", "rivers", "chess", "old", "trains", "soups", "maps",
    "gardens", "law", "birds", "physics",
)  # fmt: skip


def _people(n: int, first: int, rng: np.random.Generator) -> list[dict[str, Any]]:
    """Ordinary accounts: names of a small stock, some bios that many use, joined in waves."""
    waves = rng.integers(0, DAYS, 6)
    rows = []
    for i in range(n):
        name, surname = rng.choice(_FIRST), rng.choice(_LAST)
        day = waves[rng.integers(6)] + rng.exponential(10) if rng.random() < 0.3 else rng.uniform(0, DAYS)
        kind = rng.random()
        bio = str(rng.choice(_BIOS)) if kind < 0.2 else None if kind < 0.5 else " ".join(rng.choice(_WORDS, 7))
        rows.append(
            {
                "account_id": f"a{first + i:04}",
                "platform": "x",
                "role": "case",
                "handle": f"{name}{surname}{rng.integers(0, 99)}",
                "display_name": f"{name.title()} {surname.title()}",
                "bio": bio,
                "location": None,
                "created_us": START_US + int(min(day, DAYS) * DAY_US),
                "followers": int(rng.lognormal(4, 1.2)),
                "following": None,
            }
        )
    return rows


def _like(
    star: dict[str, Any], n: int, days: NDArray[np.float64], own: float, label: float, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """Accounts that show the star's name and, but for a share `own` of each, its bio; a share `label` says that it is a fan."""
    rows = []
    for i in range(n):
        fan = rng.random() < label
        bio = " ".join(rng.choice(_WORDS, 7)) if rng.random() < own else str(star["bio"])
        rows.append(
            star
            | {
                "account_id": f"{star['account_id']}_{i:03}",
                "handle": f"{star['handle']}{rng.integers(0, 99)}",
                "bio": f"fan of {bio}" if fan else bio,
                "created_us": START_US + int(days[i] * DAY_US),
                "followers": int(rng.lognormal(3, 1)),
            }
        )
    return rows


def clean(rng: np.random.Generator) -> Tables:
    """People with common names, stock pictures and bios; famous ones whose fans look like them, some in company, most by their word."""
    people = _people(PEOPLE, 0, rng)
    stars = _people(FAMOUS, PEOPLE, rng)
    fans: list[dict[str, Any]] = []
    for star in stars:
        born = rng.uniform(0, 300)
        star |= {"created_us": START_US + int(born * DAY_US), "followers": int(rng.lognormal(11, 1))}
        star["bio"] = " ".join(rng.choice(_WORDS, 8))
        n = min(25, int(0.7 / rng.random()))
        days: list[float] = []
        for i in range(n):
            joins = i > 0 and rng.random() < i / (i + 25)
            days.append(days[rng.integers(i)] if joins else rng.uniform(born + 1, DAYS))
        fans += _like(star, n, np.array(days), own=0.4, label=0.6, rng=rng)
    return _tables(people, stars, fans, [], 0.4, rng)


def planted(effort: float, rng: np.random.Generator) -> Tables:
    """The same, and copies of one protected account; `effort` is the chance that a copy shows another picture, and the same for its bio;
    they come within 20 days, or within 700 more times the effort."""
    people = _people(PEOPLE, 0, rng)
    stars = _people(FAMOUS, PEOPLE, rng)
    for star in stars:
        star |= {"created_us": START_US, "followers": int(rng.lognormal(11, 1)), "bio": " ".join(rng.choice(_WORDS, 8))}
    first = rng.uniform(300, 1_200)
    days = rng.uniform(first, first + 20 + 700 * effort, COPIES)
    copies = _like(stars[0], COPIES, days, own=effort, label=0.0, rng=rng)
    return _tables(people, stars, [], copies, effort, rng)


def _tables(
    people: list[dict[str, Any]],
    stars: list[dict[str, Any]],
    fans: list[dict[str, Any]],
    copies: list[dict[str, Any]],
    own: float,
    rng: np.random.Generator,
) -> Tables:
    """own: share of lookalikes with pictures of their own. The group is made of the copies, or of people if there are none."""
    worn = [{"account_id": one["account_id"], "picture_id": one["account_id"]} for one in stars]
    for one in people:
        stock = rng.random() < 0.3
        worn.append({"account_id": one["account_id"], "picture_id": f"stock{rng.integers(3)}" if stock else one["account_id"]})  # fmt: skip
    for one in fans + copies:
        star = one["account_id"].split("_")[0]
        worn.append({"account_id": one["account_id"], "picture_id": one["account_id"] if rng.random() < own else star})
    order = [people[i]["account_id"] for i in rng.permutation(len(people))]
    members = [one["account_id"] for one in copies[:GROUP]] or order[CONTROL : CONTROL + GROUP]
    lists = [
        {"list": "ours", "role": "protected", "account_id": star["account_id"], "handle": star["handle"], "platform": "x",
         "display_name": star["display_name"], "bio": None, "source": None, "import_id": "i", "row_ref": i + 1}
        for i, star in enumerate(stars[:PROTECTED])
    ]  # fmt: skip
    return {
        "accounts": pa.Table.from_pylist(people + stars + fans + copies, schema=ACCOUNTS.arrow),
        "avatars": pa.Table.from_pylist(worn, schema=AVATARS.arrow),
        "lists": pa.Table.from_pylist(lists, schema=FACTS["lists"].arrow),
        "members": pa.Table.from_pylist([{"group_id": "G", "account_id": a} for a in members], schema=MEMBERS.arrow),
        "controls": pa.Table.from_pylist(
            [{"group_id": "G", "account_id": a} for a in order[:CONTROL]], schema=CONTROLS.arrow
        ),
    }


TRIAL = Trial(
    indicator=Impersonation(),
    measures=(LOOKALIKES, BURST),
    ask="Thirty copies of a protected account among people with common names, and famous ones whose fans look like them",
    clean=clean,
    planted=planted,
    efforts=(0.0, 0.25, 0.5, 0.7, 0.8, 0.9),
    effort="chance that a copy has another picture, and the same for its bio; copies come over 20 days, and 700 more times this",
)
