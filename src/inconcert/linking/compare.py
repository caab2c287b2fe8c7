"""Every group beside every known operation."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from inconcert.catalogue.indicator import Indicator
from inconcert.linking import rarity
from inconcert.linking.common_items import PROFILE, CommonItem, common_items
from inconcert.linking.families import FAMILY
from inconcert.linking.independent_items import evidence_numbers
from inconcert.linking.matches import EXACT, matches
from inconcert.linking.material import Material
from inconcert.linking.published import Published
from inconcert.linking.tactics import rarities
from inconcert.linking.timeline import only_after
from inconcert.linking.verdict import NOT_COMPARED, Piece, Verdict, ratio, sentence, verdict, would_change
from inconcert.linking.witnesses import witnesses
from inconcert.schema.linked import LINK_ITEMS, LINKS

MOST_LISTED = 200
"""Items of one group and operation that the table lists: all with bits come first."""


@dataclass(frozen=True)
class Compared:
    """links, items: tables of the schema, without the levels of groups."""

    links: pa.Table
    items: pa.Table


def compare(
    material: Material,
    library: Published,
    levels: Mapping[str, str],
    reports: Sequence[Indicator] = (),
    groups: int = 0,
) -> Compared:
    """Compare all groups with all operations of a library.

    levels: {group: L0 to L3}. reports: techniques of further operations, by which those of the library are weighed. groups: of the case that may be asked about, all of which are
    paid for, those not compared now among them.

    Deterministic: the order of accounts, posts and of the library's rows changes nothing but which of several rows that publish the
    same thing is named.
    """
    matches(material, library)
    found, counted = common_items(material)
    for key, items in _tactics(material, library, reports).items():
        found.setdefault(key, []).extend(items)
    shown = _shown_kinds(material)
    kinds = [tuple(kind for kind in its if kind in shown) for its in library.kinds]
    comparisons = max(groups, len(material.groups)) * sum(kind != "technique" for its in kinds for kind in its)
    paid = rarity.price(comparisons)
    published = _published_rows(material, [item for items in found.values() for item in items])
    seen = witnesses(material.engine)
    links, listed = [], []
    for group in sorted(material.groups):
        for op, operation in enumerate(library.operations):
            items = found.get((group, op), [])
            numbers = evidence_numbers(items)
            pieces, standing = _pieces(items, numbers)
            most = _most(items, material.groups[group])
            result = (
                verdict(pieces, paid, most, sum(kind != "technique" for kind in kinds[op]))
                if kinds[op]
                else Verdict(NOT_COMPARED, 0.0, {}, 0.0)
            )
            worth_of = ratio(result.bits)
            rate = rarity.exposed(rarity.rate(0, material.control), material.activity[group])
            worth = float(rarity.bits(rarity.chance(1, material.groups[group], rate)))
            its = _listed(items, numbers, standing, operation, published, seen)
            links.append({
                "group_id": group, "operation": operation, "verdict": result.verdict, "level": levels[group], "bits": result.bits, "paid": result.paid,
                "lr": worth_of.value, "lr_low": worth_of.low, "lr_high": worth_of.high,
                "families": json.dumps({name: round(bits, 3) for name, bits in result.families.items()}),
                "evidence": sum(1 for p in pieces if p.bits > 0 and p.family != "tactics"),
                "items": max(counted.get((group, op), 0), len(items)),
                "carriers": len(frozenset().union(*(item.carriers for item in items))), "members": material.groups[group],
                "control": material.control, "published": sum(library.kinds[op].values()), "compared": ", ".join(kinds[op]),
                "not_compared": ", ".join(sorted({*library.kinds[op], *library.unfit[op]} - {*kinds[op]})),
                "says": sentence(result, pieces, round(material.control / material.alike[group]), only_after(its)),
                "would_change": would_change(result, pieces, worth) if kinds[op] else "An import of posts or profiles that show such things.",
            })  # fmt: skip
            listed += its
    return Compared(
        pa.Table.from_pylist(links, schema=LINKS.arrow), pa.Table.from_pylist(listed, schema=LINK_ITEMS.arrow)
    )


def _pieces(items: Sequence[CommonItem], numbers: Sequence[int]) -> tuple[list[Piece], dict[int, int]]:
    """The independent pieces of evidence, and of each the place of the item that stands for it."""
    standing: dict[int, int] = {}
    exact: dict[int, bool] = defaultdict(bool)
    carriers: dict[int, frozenset[str]] = defaultdict(frozenset)
    for place, (item, number) in enumerate(zip(items, numbers, strict=True)):
        if number not in standing or item.bits > items[standing[number]].bits:
            standing[number] = place
        exact[number] |= item.how == EXACT and item.bits > 0
        carriers[number] |= item.carriers
    return [
        Piece(items[place].family, items[place].bits, exact[number], carriers[number])
        for number, place in standing.items()
    ], standing


def _most(items: Sequence[CommonItem], members: int) -> float:
    """Bits that all items together may count, tactics aside, as shown by so many members."""
    telling = [item for item in items if item.bits > 0 and item.family != "tactics"]
    carriers: frozenset[str] = frozenset().union(*(item.carriers for item in telling))
    return rarity.together(len(carriers), members, min((item.exposed for item in telling), default=1.0))


def _shown_kinds(material: Material) -> set[str]:
    """Kinds of indicator that the material has anything of."""
    kinds = {row["kind"] for row in material.engine.sql("SELECT DISTINCT kind FROM case_values").to_pylist()}
    if material.engine.sql("SELECT 1 AS one FROM shown LIMIT 1").num_rows:
        kinds.add("technique")
    return kinds & FAMILY.keys()


def _tactics(
    material: Material, library: Published, reports: Sequence[Indicator]
) -> dict[tuple[str, int], list[CommonItem]]:
    """Techniques that a group shows and an operation is published with."""
    rare = rarities(library, reports)
    rows = material.engine.sql(
        "SELECT DISTINCT group_id, op, first(item ORDER BY item) AS item, technique FROM shown JOIN library "
        "ON library.kind = 'technique' AND library.value = shown.technique GROUP BY group_id, op, technique ORDER BY group_id, op, technique"
    ).to_pylist()
    found: dict[tuple[str, int], list[CommonItem]] = defaultdict(list)
    for row in rows:
        p = rare[row["op"], row["technique"]]
        found[row["group_id"], row["op"]].append(
            CommonItem(
                group=row["group_id"], op=row["op"], item=row["item"], kind="technique", how=EXACT, value=row["technique"], place=None,
                carriers=frozenset(), posts=frozenset(), control=0, showing=0, rate=p, exposed=p, chance=p, bits=float(rarity.bits(p)), first_us=None, last_us=None,
            )
        )  # fmt: skip
    return found


def _published_rows(material: Material, items: Sequence[CommonItem]) -> dict[int, dict[str, Any]]:
    material.engine.attach(
        "named_items", pa.table({"item": pa.array(sorted({item.item for item in items}), pa.int64())})
    )
    rows = material.engine.sql("SELECT library.* FROM library SEMI JOIN named_items USING (item)").to_pylist()
    return {row["item"]: row for row in rows}


def _listed(
    items: Sequence[CommonItem],
    numbers: Sequence[int],
    standing: Mapping[int, int],
    operation: str,
    published: Mapping[int, Mapping[str, Any]],
    seen: Mapping[tuple[str, str, str, str], Sequence[Mapping[str, Any]]],
) -> list[dict[str, Any]]:
    """Rows of `link_items`, strongest piece of evidence first, and of each the item that stands for it."""
    strongest = sorted(standing, key=lambda number: (-items[standing[number]].bits, number))
    rank = {number: place for place, number in enumerate(strongest, start=1)}
    rows = []
    for place in sorted(range(len(items)), key=lambda i: (rank[numbers[i]], standing[numbers[i]] != i, i))[
        :MOST_LISTED
    ]:
        item, source = items[place], published[items[place].item]
        shown = seen.get((item.group, item.kind, item.value, item.place or ""), [])
        rows.append({
            "group_id": item.group, "operation": operation, "evidence": rank[numbers[place]], "family": item.family, "kind": item.kind,
            "how": item.how, "value": item.value, "platform": item.place, "published": source["value"], "written": source["written"],
            "source": source["source"], "source_sha256": source["sha256"], "source_row": source["row"], "public_on": source["public_on"], "public_stated": source["public_stated"],
            "carriers": len(item.carriers), "posts": sum(platform != PROFILE for platform, _ in item.posts), "control": item.control, "showing": item.showing, "rate": item.rate,
            "chance": item.chance, "bits": item.bits, "counts": standing[numbers[place]] == place and item.bits > 0, "first_us": item.first_us,
            "last_us": item.last_us, "witnesses": json.dumps(list(shown), ensure_ascii=False),
        })  # fmt: skip
    return rows
