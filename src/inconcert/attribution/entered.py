"""What people entered into the weighing of one group, as it stands: hypotheses, items, what is left out, dissent, signatures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from inconcert.attribution.elicited import SHOWN, Kind, elicited, kind_of_finding, weights_of
from inconcert.attribution.families import ACCESS, CATEGORIES, FAMILIES, WAYS
from inconcert.attribution.finding import HERE, Finding
from inconcert.attribution.grading import discounted, grade
from inconcert.attribution.hypotheses import Hypothesis
from inconcert.attribution.hypotheses_entered import hypotheses_entered
from inconcert.attribution.item import Item
from inconcert.attribution.ranges import Range
from inconcert.errors import InputError
from inconcert.judgement.weighed import Weighed


@dataclass(frozen=True)
class Entered:
    """hypotheses: those of the template and all others.   items: findings and evidence by hand, those left out not among them.
    left_out: (item, the entry that left it out).   unused: entries that fit nothing that stands.   unweighed: findings without
    a kind, and signs that are missing where another way of doing the same was found: one is enough.
    said_of: key of hypothesis or item -> entries about it."""

    hypotheses: tuple[Hypothesis, ...]
    items: tuple[Item, ...]
    left_out: tuple[tuple[Item, Weighed], ...]
    unused: tuple[Weighed, ...]
    unweighed: tuple[Finding, ...]
    said_of: Mapping[str, tuple[Weighed, ...]]


def entered(findings: Sequence[Finding], entries: Sequence[Weighed]) -> Entered:
    """Findings of the case and entries about the group, oldest first, those taken back left out before."""
    hypotheses, unused = hypotheses_entered(entries)
    of_case = [(one, kind_of_finding(one.kind)) for one in findings]
    shown = {_way(kind) for one, kind in of_case if kind is not None and one.there and _points_up(one)}
    beside = [
        one for one, kind in of_case if kind is not None and _way(kind) in shown and not (one.there and _points_up(one))
    ]
    items = [_found(one, kind, hypotheses) for one, kind in of_case if kind is not None and one not in beside]
    for one in (entry for entry in entries if entry.what == "evidence"):
        try:
            items.append(by_hand(one.label, one.value, hypotheses))
        except InputError:
            unused.append(one)
    keys = {item.key for item in items}
    aside: dict[str, Weighed] = {}
    said: dict[str, list[Weighed]] = {}
    for one in entries:
        about = one.value.get("about")
        if isinstance(about, str):
            said.setdefault(about, []).append(one)
        if one.what == "aside" and about in keys:
            aside.setdefault(about, one)
    unused = [one for one in unused if not (one.what == "aside" and one.value["about"] in keys)]
    return Entered(
        tuple(hypotheses),
        tuple(item for item in items if item.key not in aside),
        tuple((item, aside[item.key]) for item in items if item.key in aside),
        tuple(unused),
        tuple(one for one, kind in of_case if kind is None or one in beside),
        {about: tuple(its) for about, its in said.items()},
    )


def _way(kind: Kind) -> str:
    return WAYS.get(kind.name.partition("/")[0], kind.family)


def _points_up(one: Finding) -> bool:
    """Whether it speaks for something out of the ordinary, all through its range; what was not measured does."""
    return one.measured is None or one.measured.low > 0


def by_hand(key: str, value: Mapping[str, object], hypotheses: Sequence[Hypothesis]) -> Item:
    """The item that an entry `evidence` describes, its grade counted in; InputError when it names no known kind, family, category, access or
    grade, or gives no weights."""
    given = {name: its for name, its in value.items() if isinstance(its, str)}
    kind = _kind(given["kind"])
    own = _own(value["weights"])
    if kind is None and not own:
        raise InputError(
            "An item needs a kind of evidence, or weights of its own: --kind contract, or --weight H2=1..1.8."
        )
    if kind is not None and kind.unit == SHOWN and not {one.id for one in hypotheses if one.aside is None} <= set(own):
        raise InputError(
            f"Evidence of the kind '{kind.name}' is measured by the program. Give a weight for every hypothesis, or another kind."
        )
    family = _one_of("family", given["family"] or (kind.family if kind else ""), FAMILIES)
    category = _one_of("category", given["category"] or (kind.category if kind else ""), CATEGORIES)
    access = _one_of("access", given["access"] or (kind.access if kind else "open"), ACCESS)
    graded = grade(given["grade"])
    plain = weights_of(None if kind and kind.unit == SHOWN else kind, own, hypotheses)
    return Item(
        key=key, text=given["text"], kind=given["kind"], family=family, category=category, access=access, grade=graded,
        source=given["source"], found_by=given["found_by"] or HERE,
        weights={id: discounted(weight, graded.trust) for id, weight in plain.items()},
        steps=kind.steps if kind else None,
    )  # fmt: skip


def _found(one: Finding, kind: Kind, hypotheses: Sequence[Hypothesis]) -> Item:
    return Item(
        key=one.key, text=one.text, kind=kind.name, family=kind.family, category=kind.category, access=kind.access, grade=None,
        source=one.source, found_by=HERE, weights=weights_of(kind, {}, hypotheses, one.measured), steps=kind.steps,
    )  # fmt: skip


def _kind(name: str) -> Kind | None:
    return elicited()[_one_of("kind", name, elicited())] if name else None


def _own(weights: object) -> dict[str, Range]:
    if not isinstance(weights, Mapping):
        return {}
    return {id: Range(low, (low + high) / 2, high) for id, (low, high) in weights.items()}


def _one_of(what: str, name: str, known: Collection[str]) -> str:
    if name not in known:
        raise InputError(f"'{name}' is no {what} of evidence. Known: {', '.join(known)}.")
    return name
