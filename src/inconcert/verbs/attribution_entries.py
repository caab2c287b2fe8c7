"""What can be entered into the weighing of a group, and what each entry must be to fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inconcert.attribution.elicited import Kind, elicited
from inconcert.attribution.entered import by_hand
from inconcert.attribution.hypotheses import Hypothesis
from inconcert.attribution.weighing import Weighing
from inconcert.errors import InputError, UnknownName
from inconcert.judgement.weighed import MOST_PRIOR, MOST_WEIGHT
from inconcert.judgement.wording import NAME_AT_MOST, REASON_AT_MOST, SOURCE_AT_MOST, one_line, prose
from inconcert.yardstick.yardsticks import yardstick

HYPOTHESES_AT_MOST = 20
ITEMS_AT_MOST = 200
"""Of one group."""


@dataclass(frozen=True)
class NewHypothesis:
    """Another explanation.   like: the one evidence weighs as it does for, unless weights of its own are given."""

    title: str
    like: str = "H1"


@dataclass(frozen=True)
class Rename:
    """Another title for a hypothesis."""

    about: str
    title: str


@dataclass(frozen=True)
class Split:
    """Several hypotheses in place of one, which share its weight."""

    about: str
    titles: tuple[str, ...]


@dataclass(frozen=True)
class SetAside:
    """A hypothesis that is not weighed, or an item that does not count."""

    about: str
    because: str


@dataclass(frozen=True)
class Prior:
    """The weight of a hypothesis before any evidence, relative to the others, from low to high."""

    about: str
    low: float
    high: float
    because: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One item by hand.

    text: what was seen.   source: where.   grade: reliability and credibility, as B2.   kind: of elicited.csv, "" for none.   weights: hypothesis
    -> (low, high), log10 against the least favourable one, which is 0; they go before those of the kind.   family, category, access: "" for
    those of the kind.   found_by: who found it; "" for this case.
    """

    text: str
    source: str
    grade: str
    kind: str = ""
    weights: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    family: str = ""
    category: str = ""
    access: str = ""
    found_by: str = ""


@dataclass(frozen=True)
class ChosenYardstick:
    """The words of the whole case."""

    name: str


@dataclass(frozen=True)
class Dissent:
    """Another view, in a word of the yardstick.   about: a hypothesis."""

    about: str
    word: str
    because: str


@dataclass(frozen=True)
class SignOff:
    """The signature under exactly what is weighed now.   seen: the first digits of the hash of what was read, 8 or more; "" for whatever is
    weighed when it is entered."""

    text: str
    seen: str = ""


Entry = NewHypothesis | Rename | Split | SetAside | Prior | Evidence | ChosenYardstick | Dissent


def evidence_kinds() -> Mapping[str, Kind]:
    """The kinds of evidence that have elicited weights, by name."""
    return elicited()


def fields_of(entry: Entry, weighing: Weighing) -> tuple[str, dict[str, Any]]:
    """(what, fields) of the statement of an entry; UnknownName and InputError when it does not fit what is weighed now."""
    match entry:
        case NewHypothesis():
            _room_for(weighing, 1)
            return "hypothesis", {"title": _title(entry.title), "like": _hypothesis(entry.like, weighing).id}
        case Rename():
            return "rename", {"about": _hypothesis(entry.about, weighing).id, "title": _title(entry.title)}
        case Split():
            return "split", _split(entry, weighing)
        case SetAside():
            return "aside", {"about": _to_set_aside(entry.about, weighing), "text": _reason(entry.because)}
        case Prior():
            about = _hypothesis(entry.about, weighing).id
            return "prior", {"about": about, "text": _reason(entry.because), "weight": _prior(entry)}
        case Evidence():
            return "evidence", _evidence(entry, weighing)
        case ChosenYardstick():
            return "yardstick", {"name": yardstick(entry.name).name}
        case Dissent():
            about = _hypothesis(entry.about, weighing).id
            return "dissent", {"about": about, "word": _word(entry.word, weighing), "text": _reason(entry.because)}


def _hypothesis(id: str, weighing: Weighing) -> Hypothesis:
    found = {one.id: one for one in weighing.hypotheses}.get(id.strip().upper())
    if found is None:
        raise UnknownName("hypothesis", id, [one.id for one in weighing.hypotheses])
    if found.aside is not None:
        raise InputError(
            f"{found.id} is set aside ({found.aside}). Retract that first, or name one of {', '.join(weighing.ids)}."
        )
    return found


def _to_set_aside(about: str, weighing: Weighing) -> str:
    items = [item.key for item in weighing.items]
    if about in items:
        return about
    if about.strip().upper() not in {one.id for one in weighing.hypotheses}:
        raise UnknownName("hypothesis or item", about, [*weighing.ids, *items])
    id = _hypothesis(about, weighing).id
    if len(weighing.ids) < 3:
        raise InputError(f"{id} is one of the last two hypotheses: nothing would be left to compare.")
    return id


def _split(entry: Split, weighing: Weighing) -> dict[str, Any]:
    if len(entry.titles) < 2:
        raise InputError(
            f"{entry.about} is split into {len(entry.titles)}; it takes two or more: --hypothesis NAME for each."
        )
    _room_for(weighing, len(entry.titles))
    return {"about": _hypothesis(entry.about, weighing).id, "titles": [_title(one) for one in entry.titles]}


def _room_for(weighing: Weighing, more: int) -> None:
    if len(weighing.hypotheses) + more > HYPOTHESES_AT_MOST:
        raise InputError(f"{HYPOTHESES_AT_MOST} hypotheses are the most for one group. Retract one that nobody needs.")


def _prior(entry: Prior) -> list[float]:
    if not 1 / MOST_PRIOR <= entry.low <= entry.high <= MOST_PRIOR:
        raise InputError(
            f"A prior of {entry.low:g}..{entry.high:g} is no range of weights above 0. Write the smaller first, as 0.5..2."
        )
    return [float(entry.low), float(entry.high)]


def _evidence(entry: Evidence, weighing: Weighing) -> dict[str, Any]:
    if len(weighing.items) >= ITEMS_AT_MOST:
        raise InputError(
            f"{ITEMS_AT_MOST} items are the most for one group. Set aside or retract one that weighs nothing."
        )
    weights: dict[str, list[float]] = {}
    for id, (low, high) in entry.weights.items():
        if not -MOST_WEIGHT <= low <= high <= MOST_WEIGHT:
            raise InputError(
                f"A weight of {low:g}..{high:g} is no range of powers of ten within {MOST_WEIGHT:g}. Write the smaller first, as 0.5..1.2."
            )
        weights[_hypothesis(id, weighing).id] = [float(low), float(high)]
    source = one_line("The source", entry.source, SOURCE_AT_MOST)
    fields = {
        "text": prose("What was seen", entry.text, REASON_AT_MOST),
        "kind": entry.kind, "source": source, "grade": entry.grade.strip().upper(), "category": entry.category, "access": entry.access,
        "family": entry.family, "found_by": one_line("The finder's name", entry.found_by, NAME_AT_MOST) if entry.found_by else "",
        "weights": weights,
    }  # fmt: skip
    by_hand("", fields, weighing.hypotheses)  # which refuses what cannot be weighed
    return fields


def _word(word: str, weighing: Weighing) -> str:
    terms = [name for band in weighing.yardstick.bands for name in (band.term, *band.others)]
    wanted = " ".join(word.split()).casefold()
    if wanted not in terms:
        raise UnknownName(f"word of the {weighing.yardstick.title}", word, terms)
    return wanted


def _title(text: str) -> str:
    return one_line("The name of a hypothesis", text, NAME_AT_MOST)


def _reason(text: str) -> str:
    return prose("The reason", text, REASON_AT_MOST)


def described(entry: Entry | SignOff, fields: Mapping[str, Any]) -> str:
    """What was entered, in a few words."""
    match entry:
        case NewHypothesis():
            return f"new hypothesis “{fields['title']}”, like {fields['like']}"
        case Rename():
            return f"{fields['about']} is now “{fields['title']}”"
        case Split():
            return f"{fields['about']} is split into {_joined(fields['titles'])}"
        case SetAside():
            return f"{fields['about']} is set aside: {fields['text']}"
        case Prior():
            return f"prior of {fields['about']}: {fields['weight'][0]:g} to {fields['weight'][1]:g}, because: {fields['text']}"
        case Evidence():
            return f"evidence “{fields['text']}”, graded {fields['grade']}"
        case ChosenYardstick():
            return f"yardstick of the case: {yardstick(fields['name']).title}"
        case Dissent():
            return f"dissent on {fields['about']}: {fields['word']}, because: {fields['text']}"
        case SignOff():
            return f"signed: {fields['about']}, {fields['word']}"


def _joined(titles: Sequence[str]) -> str:
    return " and ".join(f"“{one}”" for one in titles)


__all__ = [
    "ChosenYardstick", "Dissent", "Entry", "Evidence", "Kind", "NewHypothesis", "Prior", "Rename", "SetAside", "SignOff", "Split",
    "described", "evidence_kinds", "fields_of",
]  # fmt: skip
