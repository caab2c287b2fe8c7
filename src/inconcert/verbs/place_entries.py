"""Entering what people saw on where a group is: clues with their source and other reading, pictures of places, reviews by a second person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inconcert.attribution.grading import grade
from inconcert.case import Case
from inconcert.errors import InputError, UnknownName
from inconcert.judgement.brought import same_author
from inconcert.judgement.decided import Decided
from inconcert.judgement.located import CLUE, LOCATED, PHOTO, REVIEW, PlaceEntry, located, located_value
from inconcert.judgement.membership import Membership
from inconcert.judgement.wording import REASON_AT_MOST, SOURCE_AT_MOST, author, one_line, prose
from inconcert.place.kinds import BY_HAND
from inconcert.place.recognised import recognised
from inconcert.place.regions import full_name
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.place_gate import locatable
from inconcert.verbs.waiting import PATIENCE_S, waiting

ENTRIES_AT_MOST = 100
"""Of one group."""
FEATURES_AT_MOST, FEATURE_AT_MOST = 30, 300
PICTURE_AT_MOST = 64 * 1024 * 1024
"""Bytes."""


@dataclass(frozen=True, kw_only=True)
class Clue:
    """text: what was seen.   region: its name or code.   kind: of BY_HAND.   source, grade: where, and as B2.   otherwise: the other reading, such as an exit
    of a VPN, and what speaks for it."""

    text: str
    region: str
    kind: str
    source: str
    grade: str
    otherwise: str


@dataclass(frozen=True, kw_only=True)
class Photo:
    """picture, view: files, of the picture and of a view of the place that is known.   features: what matches in both, one each."""

    text: str
    region: str
    picture: Path
    view: Path
    features: tuple[str, ...]
    source: str
    grade: str
    otherwise: str


@dataclass(frozen=True)
class Review:
    """label: P2, of a clue or picture that somebody else entered."""

    label: str
    agrees: bool
    because: str


@dataclass(frozen=True)
class EnteredPlace:
    """label: P3, by which it can be retracted.   says: in a few words."""

    label: str
    by: str
    says: str


def enter_place(
    case: Case, group: str, entry: Clue | Photo | Review, *, by: str, patience_s: float = PATIENCE_S
) -> EnteredPlace:
    """Say it in the ledger, under somebody's name; `retract` takes it back.

    UnknownName for the group, a region, a kind or a label; InputError below level L3, for words that are missing, and for a review of
    one's own entry. CaseInUse.
    """
    who = author(by)
    with waiting(case, patience_s):
        ready = locatable(case, group)
        statements = case.statements()
        every = located(statements)
        if len([one for one in every if one.retracted is None]) >= ENTRIES_AT_MOST:
            raise InputError(f"{ENTRIES_AT_MOST} entries about places are the most. Retract one that weighs nothing.")
        what, fields, because, says = _fields(case, entry, every, who)
        was = Membership(group, ready.clustered.id, ready.group.base)
        case.say(f"group:{group}", LOCATED, located_value(what, was, fields, statements), by=who, because=because)
        label = located(case.statements())[-1].label
    return EnteredPlace(label, who, says)


def standing_entries(statements_of: Sequence[PlaceEntry], now: Decided, group: str) -> list[dict[str, Any]]:
    """Those that stand about what is now this group, as a run keeps them."""
    standing = [one for one in statements_of if one.retracted is None]
    found = []
    for one in standing:
        its = now.found(one.group)[0]
        if one.what == REVIEW or its is None or its.id != group:
            continue
        reviews = [
            {"by": other.by, "agrees": other.value["agrees"], "text": other.value["text"]}
            for other in standing
            if other.what == REVIEW and other.of == one.id
        ]
        value = one.value
        try:
            trust = grade(value["grade"]).trust
        except InputError:
            continue  # a ledger written by hand
        region = recognised(value["region"])
        kind = value.get("kind", "photo") if one.what == CLUE else "photo"
        if region is None or kind not in (*BY_HAND, "photo"):
            continue
        found.append(
            {
                "label": one.label, "kind": kind, "region": region, "text": value["text"], "source": value["source"], "by": one.by,
                "grade": value["grade"], "trust": trust, "otherwise": value["otherwise"], "features": list(value.get("features", ())), "reviews": reviews,
            }
        )  # fmt: skip
    return found


def _fields(
    case: Case, entry: Clue | Photo | Review, every: Sequence[PlaceEntry], who: str
) -> tuple[str, Mapping[str, Any], tuple[str, ...], str]:
    """(what, fields, because, in a few words) of the statement."""
    if isinstance(entry, Review):
        its = _reviewed(entry, every, who)
        word = "agrees with" if entry.agrees else "disagrees with"
        fields = {"text": prose("The reason", entry.because, REASON_AT_MOST), "agrees": entry.agrees}
        return REVIEW, fields, (its.id,), f"{word} {its.label}: {fields['text']}"
    code = recognised(entry.region)
    if code is None:
        raise InputError(
            f"'{entry.region[:80]}' is no country, province of China or larger city known here. Give a country's name or code: --region HK, --region CN-JS."
        )
    fields = {
        "text": prose("What was seen", entry.text, REASON_AT_MOST), "region": code, "source": one_line("The source", entry.source, SOURCE_AT_MOST),
        "grade": grade(entry.grade).text, "otherwise": prose("The other reading (--or)", entry.otherwise, REASON_AT_MOST),
    }  # fmt: skip
    if isinstance(entry, Clue):
        if entry.kind not in BY_HAND:
            raise UnknownName("kind of clue", entry.kind, BY_HAND)
        return (
            CLUE,
            fields | {"kind": entry.kind},
            (),
            f"clue “{fields['text']}”, {full_name(code)}, graded {fields['grade']}",
        )
    if not 1 <= len(entry.features) <= FEATURES_AT_MOST:
        raise InputError(
            f"A match of pictures needs 1 to {FEATURES_AT_MOST} features that are seen in both: --feature TEXT for each."
        )
    features = [one_line("A feature", feature, FEATURE_AT_MOST) for feature in entry.features]
    stored = {name: _stored(case, file) for name, file in (("picture", entry.picture), ("view", entry.view))}
    if stored["picture"] == stored["view"]:
        raise InputError(
            "The picture and its reference view are one file. Give a view of the place from another source."
        )
    says = f"picture of {full_name(code)}, {len(features)} features, graded {fields['grade']}"
    return PHOTO, fields | stored | {"features": features}, (), says


def _reviewed(entry: Review, every: Sequence[PlaceEntry], who: str) -> PlaceEntry:
    wanted = {one.label: one for one in every if one.what != REVIEW and one.retracted is None}
    label = entry.label.strip().upper()
    if label not in wanted:
        raise UnknownName("entry about a place", entry.label, wanted)
    if same_author(wanted[label].by, who):
        raise InputError(f"{label} was entered by {wanted[label].by}: somebody else must look at it.")
    return wanted[label]


def _stored(case: Case, file: Path) -> str:
    if not file.is_file():
        raise InputError(f"There is no file {file}. Name the picture, or the view, as a file.")
    if file.stat().st_size > PICTURE_AT_MOST:
        raise InputError(f"{file} has {file.stat().st_size:,} bytes; {PICTURE_AT_MOST:,} are the most for a picture.")
    return case.store_original(file)


def entries_now(case: Case, group: str) -> list[dict[str, Any]]:
    """What stands now about that group."""
    return standing_entries(located(case.statements()), decided_now(case), group)
