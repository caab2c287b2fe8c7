"""A library of known operations, made ready to be compared: what may tie, once each, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from inconcert.catalogue.indicator import Indicator
from inconcert.linking.everyday_words import HASHTAGS, everyday_text
from inconcert.linking.families import FAMILY
from inconcert.linking.first_published import first_published
from inconcert.linking.popular_places import shared_page, shared_place
from inconcert.normalise.text import text_hash
from inconcert.schema.table import I64, B, S

ROWS = pa.schema(
    [
        pa.field("op", I64), pa.field("item", I64), pa.field("kind", S), pa.field("value", S), pa.field("platform", S), pa.field("written", S),
        pa.field("source", S), pa.field("sha256", S), pa.field("row", I64), pa.field("public_on", S),
        pa.field("public_stated", B),
    ]
)  # fmt: skip
"""One thing published for one operation. op: its place in Published.operations. item: number of the row, from 0. public_on, public_stated: see
first_published."""

MOST_CHARACTERS = 4096
"""Longer values are damage."""


@dataclass(frozen=True)
class Published:
    """rows: ROWS.   operations: their names, sorted.   kinds: of each operation {kind: values that can be looked for}.
    unfit: of each operation, kinds that no post or account can show.   left_out: {reason: indicators}."""

    rows: pa.Table
    operations: tuple[str, ...]
    kinds: tuple[Mapping[str, int], ...]
    unfit: tuple[tuple[str, ...], ...]
    left_out: Mapping[str, int]


def published(library: Iterable[Indicator]) -> Published:
    """What of a library can tie a group to an operation.

    Left out and counted: places and hashtags of everybody, texts of everyday words or too short to compare, what its publisher lists
    no longer, empty and overlong values, and kinds that posts and accounts do not show. Of one value that several rows of an operation
    name, the first listed stands.
    """
    left_out: Counter[str] = Counter()
    unfit: dict[str, set[str]] = {}
    kept: dict[tuple[str, str, str, str], Indicator] = {}
    places: dict[str, str | None] = {}
    for one in library:
        unfit.setdefault(one.operation, set())
        kind, value = ("text_hash", one.value) if one.kind == "text" else (one.kind, one.value)
        if kind not in FAMILY:
            unfit[one.operation].add(kind)
            left_out[f"no post or account shows it ({kind})"] += 1
            continue
        reason = _unusable(one, places)
        if one.kind == "text" and reason is None:
            value = text_hash(one.value) or ""
            reason = None if value else "a text too short to compare"
        if reason is not None:
            left_out[reason] += 1
            continue
        key = (one.operation, kind, value, one.platform or "")
        known = kept.get(key)
        if known is None or _order(one) < _order(known):
            kept[key] = one
    return _made(kept, unfit, left_out)


def _unusable(one: Indicator, places: dict[str, str | None]) -> str | None:
    if one.unlisted is not None:
        return "no longer listed by its publisher"
    if not one.value.strip():
        return "an empty value"
    if len(one.value) > MOST_CHARACTERS and one.kind != "text":
        return f"a value of more than {MOST_CHARACTERS:,} characters"
    if one.kind == "hashtag" and one.value in HASHTAGS:
        return "a hashtag of every day"
    if one.kind == "text" and everyday_text(one.value):
        return "a text of everyday words, or too short to compare"
    if one.kind in ("domain", "host", "url"):
        if one.value not in places:
            places[one.value] = shared_page(one.value) if one.kind == "url" else shared_place(one.value)
        return places[one.value]
    return None


def _order(one: Indicator) -> tuple[str, str, str, int]:
    return one.listed, one.source, one.sha256, one.row


def _made(
    kept: Mapping[tuple[str, str, str, str], Indicator], unfit: Mapping[str, set[str]], left_out: Counter[str]
) -> Published:
    names = sorted(unfit)
    number = {name: place for place, name in enumerate(names)}
    keys = sorted(kept)
    kinds: list[Counter[str]] = [Counter() for _ in names]
    for operation, kind, _, _ in keys:
        kinds[number[operation]][kind] += 1
    ones = [kept[key] for key in keys]
    public = [first_published(one) for one in ones]
    rows = pa.table(
        [
            pa.array([number[key[0]] for key in keys], I64), pa.array(range(len(keys)), I64), pa.array([key[1] for key in keys], S),
            pa.array([key[2] for key in keys], S), pa.array([key[3] or None for key in keys], S), pa.array([one.written[:200] for one in ones], S),
            pa.array([one.source for one in ones], S), pa.array([one.sha256 for one in ones], S), pa.array([one.row for one in ones], I64),
            pa.array([one.on for one in public], S), pa.array([one.stated for one in public], B),
        ],
        schema=ROWS,
    )  # fmt: skip
    return Published(
        rows,
        tuple(names),
        tuple(dict(k) for k in kinds),
        tuple(tuple(sorted(unfit[name])) for name in names),
        dict(left_out),
    )
