"""What people entered about where a group is, those taken back among them, with its pictures and its reviews; and what they may enter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inconcert.attribution.grading import CREDIBILITY, RELIABILITY
from inconcert.browse.media import DRAWN
from inconcert.case import Case
from inconcert.errors import InputError
from inconcert.judgement.located import PHOTO, REVIEW, PlaceEntry, located
from inconcert.judgement.retraction import Retraction
from inconcert.media.content import mime_of
from inconcert.place.kinds import BY_HAND, KINDS
from inconcert.place.recognised import recognised
from inconcert.place.regions import full_name
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.place_gate import locatable

_HEAD = 512


@dataclass(frozen=True)
class SaidReview:
    """label: P3.   retracted: None while it stands."""

    label: str
    by: str
    at: str
    agrees: bool
    text: str
    retracted: Retraction | None


@dataclass(frozen=True)
class SaidPlace:
    """A clue or a picture.   label: P2.   what: "clue" or "photo".   kind: its title.   region: its name.   picture, view: SHA-256, "" of a clue."""

    label: str
    by: str
    at: str
    what: str
    kind: str
    region: str
    text: str
    source: str
    grade: str
    otherwise: str
    features: tuple[str, ...]
    picture: str
    view: str
    reviews: tuple[SaidReview, ...]
    retracted: Retraction | None


@dataclass(frozen=True)
class PlaceChoices:
    """kinds: of clues, name -> title.   reliability, credibility: letter or digit of a grade -> its words."""

    kinds: Mapping[str, str]
    reliability: Mapping[str, str]
    credibility: Mapping[str, str]


def said_places(case: Case, group: str) -> tuple[SaidPlace, ...]:
    """Every clue and picture about what is now this group, oldest first. Fails as `locate` does below level L3."""
    locatable(case, group)
    now, every = decided_now(case), located(case.statements())
    ours = [
        one for one in every if one.what != REVIEW and (its := now.found(one.group)[0]) is not None and its.id == group
    ]
    return tuple(_said(one, every) for one in ours)


def place_choices() -> PlaceChoices:
    """What the forms let choose."""
    return PlaceChoices(
        {name: KINDS[name].title for name in BY_HAND},
        {letter: words for letter, (words, _) in RELIABILITY.items()},
        {digit: words for digit, (words, _) in CREDIBILITY.items()},
    )


def known_region(text: str) -> str:
    """What was typed, if it names a region; InputError for anything else."""
    if recognised(text) is None:
        raise InputError("Name a country, a province of China or a larger city, or give a code such as HK or CN-JS.")
    return " ".join(text.split())


def drawn_type(head: bytes) -> str | None:
    """The type under which a page may show a picture that begins so; None when it may not."""
    try:
        mime = mime_of(head)
    except InputError:
        return None
    return mime if mime in DRAWN else None


def place_picture(case: Case, group: str, sha256: str) -> tuple[Path, str] | None:
    """The file and type of a picture that was entered about this group and may be shown; None for any other. Fails as `locate` does below L3."""
    if not any(sha256 in (one.picture, one.view) for one in said_places(case, group) if one.what == PHOTO):
        return None
    file = case.original(sha256)
    with file.open("rb") as opened:
        mime = drawn_type(opened.read(_HEAD))
    return (file, mime) if mime is not None else None


def _said(one: PlaceEntry, every: list[PlaceEntry]) -> SaidPlace:
    value: Mapping[str, Any] = one.value
    reviews = tuple(
        SaidReview(its.label, its.by, its.at, its.value["agrees"], its.value["text"], its.retracted)
        for its in every
        if its.what == REVIEW and its.of == one.id
    )
    kind, region = KINDS.get(value.get("kind", "photo")), recognised(value["region"])
    return SaidPlace(
        label=one.label, by=one.by, at=one.at, what=one.what, kind=kind.title if kind is not None else "of no known kind",
        region=full_name(region) if region is not None else value["region"][:80], text=value["text"], source=value["source"], grade=value["grade"],
        otherwise=value["otherwise"], features=tuple(value.get("features", ())), picture=value.get("picture", ""), view=value.get("view", ""),
        reviews=reviews, retracted=one.retracted,
    )  # fmt: skip
