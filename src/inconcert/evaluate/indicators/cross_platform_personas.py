"""Trials of cross-platform personas: namesakes, fans, tools that post everywhere; and people who are on two platforms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from inconcert.evaluate.indicators.trial import Tables, Trial
from inconcert.indicators.facts import ACCOUNTS, AVATARS
from inconcert.indicators.personas.cross_platform_personas import PAIR, CrossPlatformPersonas
from inconcert.schema import ACTIONS

PLATFORMS = ("telegram", "twitter")
EACH = 200
PERSONAS = 20
_LETTERS = np.array(list("abcdefghijklmnoprstuvwyz"))
_SAYINGS = (
    "views my own",
    "father of two",
    "living for music",
    "free palate, free mind",
    "proud of my town",
    "ask me anything",
)


def world(rng: np.random.Generator, personas: int, disguise: float) -> Tables:
    """EACH accounts on each of PLATFORMS; the first `personas` of both are one person each, who changes every trait on the second
    platform with the chance `disguise`.

    Names repeat as names do; a tenth are fans with the name and picture of one of three stars; others use a tool that posts the
    same links for a handful of customers, or forward what their circle on both platforms forwards.
    """
    given = ["".join(rng.choice(_LETTERS, int(rng.integers(3, 8)))) for _ in range(60)]
    family = ["".join(rng.choice(_LETTERS, int(rng.integers(4, 10)))) for _ in range(150)]
    stars = [f"{rng.choice(given)} {rng.choice(family)}" for _ in range(3)]
    zipf = {n: 1 / np.arange(1, n + 1) / (1 / np.arange(1, n + 1)).sum() for n in (60, 150)}

    def somebody() -> dict[str, Any]:
        first, last = rng.choice(given, p=zipf[60]), rng.choice(family, p=zipf[150])
        name, picture = f"{first.title()} {last.title()}", f"own{rng.integers(10**9)}"
        if rng.random() < 0.1:
            star = int(rng.integers(3))
            name, picture = f"{stars[star]} fan", f"star{star}"
        elif rng.random() < 0.2:
            picture = "default"
        return {"name": name, "handle": _handle(name, rng), "bio": _bio(rng), "picture": picture, "rare": _rare(rng)}

    people = [[somebody() for _ in range(EACH)] for _ in PLATFORMS]
    for i in range(personas):
        again = dict(people[0][i])
        for trait, other in somebody().items():
            if rng.random() < disguise:
                again[trait] = other
            elif trait == "rare":
                again[trait] = [thing for thing in again[trait] if rng.random() < 0.6]
        if rng.random() > max(disguise, 0.7):
            again["bio"] += f" also @{people[0][i]['handle']}"
        people[1][i] = again
    return _tables(people)


def clean(rng: np.random.Generator) -> Tables:
    """Nobody is on both platforms."""
    return world(rng, 0, 0.0)


def planted(effort: float, rng: np.random.Generator) -> Tables:
    """Twenty people are on both."""
    return world(rng, PERSONAS, effort)


def _handle(name: str, rng: np.random.Generator) -> str:
    words = name.lower().split()
    forms: list[Callable[[], str]] = [
        lambda: "".join(words), lambda: "_".join(words), lambda: words[0] + str(rng.integers(1950, 2010)),
        lambda: "".join(words) + str(rng.integers(100)), lambda: "".join(rng.choice(_LETTERS, 9)),
    ]  # fmt: skip
    return forms[int(rng.integers(len(forms)))]()[:30]


def _bio(rng: np.random.Generator) -> str:
    if rng.random() < 0.4:
        return ""
    own = " ".join("".join(rng.choice(_LETTERS, 5)) for _ in range(int(rng.integers(0, 8))))
    return f"{_SAYINGS[int(rng.integers(len(_SAYINGS)))]} {own}".strip()


def _rare(rng: np.random.Generator) -> list[str]:
    """Links an account posts: its own, those of a tool's feed, those of a circle."""
    things = [f"own{rng.integers(10**9)}" for _ in range(int(rng.poisson(4)))]
    if rng.random() < 0.1:
        feed = int(rng.integers(10))
        things += [f"feed{feed}_{k}" for k in range(12)]
    circle = int(rng.integers(40))
    return things + [f"circle{circle}_{k}" for k in rng.choice(30, int(rng.poisson(2)), replace=False)]


def _tables(people: list[list[dict[str, Any]]]) -> Tables:
    accounts, pictures, actions = [], [], []
    for platform, those in zip(PLATFORMS, people, strict=True):
        for i, person in enumerate(those):
            account = f"{platform}{i:04}"
            accounts.append({
                "account_id": account, "platform": platform, "role": "case", "handle": person["handle"],
                "display_name": person["name"], "bio": person["bio"] or None,
            })  # fmt: skip
            pictures.append({"account_id": account, "picture_id": person["picture"]})
            actions += [
                {"account_id": account, "kind": "url", "object_id": thing, "post_id": f"{account}_{k}", "platform": platform}
                for k, thing in enumerate(person["rare"])
            ]  # fmt: skip
    return {
        "accounts": pa.Table.from_pylist(accounts, schema=ACCOUNTS.arrow),
        "avatars": pa.Table.from_pylist(pictures, schema=AVATARS.arrow),
        "actions": pa.Table.from_pylist(actions, schema=ACTIONS.arrow),
    }


TRIAL = Trial(
    indicator=CrossPlatformPersonas(),
    measures=(PAIR,),
    ask=f"{EACH} accounts on each of two platforms, with namesakes, fans, tools and circles; {PERSONAS} people are on both",
    clean=clean,
    planted=planted,
    efforts=(0.0, 0.2, 0.4, 0.6, 0.8),
    effort="chance that a person changes each of name, handle, profile text, picture and what they post",
    published="design (methods.md, D16): Cllr of .5 or less over pairs; measured on pairs of these worlds: .07, .07, .12, .12 and .68 for these efforts",
)
