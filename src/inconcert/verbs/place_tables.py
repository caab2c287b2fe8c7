"""What is found of a group's place, as the tables of a run."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from inconcert import schema
from inconcert.place.candidates import ANYWHERE, MIDDLE, STAGED
from inconcert.place.conflict import Conflict, beside, conflicts
from inconcert.place.counted import counted
from inconcert.place.item import Item
from inconcert.place.kinds import FAMILIES
from inconcert.place.kinds import STAGED as SET_UP
from inconcert.place.posterior import Posterior
from inconcert.place.regions import full_name
from inconcert.place.signs import by_region
from inconcert.place.span import Span
from inconcert.place.statement import region_chances
from inconcert.verbs.place_evidence import PlaceEvidence
from inconcert.yardstick.yardsticks import PHIA

LEADS, CONTRADICTS, ADDS_NOTHING = "leads its family", "contradicts what leads it", "adds nothing"


def place_tables(group: str, evidence: PlaceEvidence, found: Posterior) -> dict[str, pa.Table]:
    """places, place_items, place_families, place_accounts, places_set_aside."""
    made: dict[str, list[dict[str, Any]]] = {
        "places": list(_places(evidence, found)),
        "place_items": list(_items(found)),
        "place_families": list(_families(found)),
        "place_accounts": list(_accounts(evidence)),
        "places_set_aside": [
            {"kind": one.kind, "label": one.label, "accounts": one.accounts, "posts": one.posts} for one in evidence.aside
        ],
    }  # fmt: skip
    return {
        name: pa.Table.from_pylist([{"group_id": group, **row} for row in rows], schema=schema.table(name).arrow)
        for name, rows in made.items()
    }


def _places(evidence: PlaceEvidence, found: Posterior) -> Iterator[dict[str, Any]]:
    seen = by_region(evidence.places)
    for one in region_chances(found, PHIA):
        accounts = seen.get(one.code, "none")
        yield _place(one.code, one.name, one.kind, one.chance, one.prior, accounts)
    yield _place(
        "anywhere", "no one place that these signs tell of", "anywhere", found.anywhere, ANYWHERE.point, "none"
    )
    yield _place("staged", SET_UP, "staged", found.staged, STAGED.point * (1 - ANYWHERE.point), "none")


def _place(code: str, name: str, kind: str, chance: Span, prior: float, accounts: str) -> dict[str, Any]:
    return {
        "region": code, "name": name, "kind": kind, "chance": chance.point, "low": chance.low, "high": chance.high, "prior": prior,
        "accounts": accounts,
    }  # fmt: skip


def _items(found: Posterior) -> Iterator[dict[str, Any]]:
    leading = {key for family in found.families for key in family.leading}
    rivals = {key for family in found.families for key in family.rivals}
    against: dict[str, list[tuple[str, Conflict]]] = defaultdict(list)
    for one in conflicts(found.items):
        against[one.one].append((one.other, one))
        against[one.other].append((one.one, one))
    order = {family: place for place, family in enumerate(FAMILIES)}
    for item in sorted(found.items, key=lambda one: (order[one.family], -(one.accounts or 0), one.key)):
        kind, misled = item.its_kind, found.misled(item)
        favours = _favours(item, found)
        weight = item.at(favours)
        yield {
            "item": item.key, "kind": item.kind, "family": item.family, "region": item.region or None, "says": item.text,
            "accounts": counted(item.accounts) if item.accounts is not None else None, "favours": full_name(favours),
            "weak": weight.weak, "point": weight.point, "strong": weight.strong, "spread": _spread(item, found),
            "counts": LEADS if item.key in leading else CONTRADICTS if item.key in rivals else ADDS_NOTHING,
            "misled": misled.point, "misled_low": misled.low, "misled_high": misled.high, "otherwise": kind.way,
            "otherwise_share": kind.otherwise.point / (kind.otherwise.point + kind.staged.point), "says_otherwise": item.says_otherwise,
            "conflicts": json.dumps([{"item": key, "says": one.says, "reasons": list(one.reasons)} for key, one in against[item.key]]),
            "sources": json.dumps(
                [{"text": s.text, "post_id": s.post_id, "import_id": s.import_id, "row_ref": s.row_ref} for s in item.sources]
            ),
        }  # fmt: skip


def _favours(item: Item, found: Posterior) -> str:
    """The region it names, or else the country that is likeliest by it alone."""
    if item.region:
        return item.region
    countries = found.among.countries()
    prior = {code: float(found.among.prior[MIDDLE, places].sum()) for code, places in countries.items()}
    return max(countries, key=lambda code: (round(math.log10(prior[code]) + item.at(code).point, 9), code))


def _spread(item: Item, found: Posterior) -> float:
    return float(np.ptp([0.0, *(weight.point for weight in item.over(found.among.lookup))]))


def _families(found: Posterior) -> Iterator[dict[str, Any]]:
    for one in found.families:
        yield {
            "family": one.family, "most": FAMILIES[one.family].most, "spread": float(np.ptp(one.point)), "capped": one.capped,
            "leading": json.dumps(one.leading), "rivals": json.dumps(one.rivals),
        }  # fmt: skip


def _accounts(evidence: PlaceEvidence) -> Iterator[dict[str, Any]]:
    shown: Mapping[str, set[str]] = defaultdict(set)
    for place in evidence.places:
        shown[place.account_id].add(place.region)
    for place in evidence.places:
        source = place.source
        yield {
            "account_id": place.account_id, "region": place.region, "kind": place.kind, "posts": place.posts, "strength": place.strength,
            "conflicts": json.dumps(beside(place.region, shown[place.account_id])), "post_id": source.post_id, "import_id": source.import_id,
            "row_ref": source.row_ref,
        }  # fmt: skip
