"""What the codes of sources stand for, so that every statement opens its proof."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from inconcert.entities import values
from inconcert.entities.entity import Entity, Statement

_PLACES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"N(\d{1,4})"), "note {}"),
    (re.compile(r"F(\d{1,3})"), "figure {}"),
    (re.compile(r"A(\d{1,2})"), "appendix {}"),
    (re.compile(r"T(\d{1,2})"), "table {}"),
    (re.compile(r"T(\d{1,2}):(\S{1,100})"), "table {}, row {}"),
)
"""Codes as documents number their parts."""

_SECTIONS: Mapping[str, Mapping[str, str]] = {
    "gaming public opinion": {
        "KF": "key findings", "INT": "introduction", "EVO": "the part on the evolution of Spamouflage",
        "NET": "the part on covert networks", "CASE": "the case study of Operation Honey Badger",
        "CIB": "the part on coordinated inauthentic behaviour", "CHN": "the part on accounts on Chinese platforms",
        "QAX": "the part on connections with Qi An Xin", "QAX2": "the part on Qi An Xin and other operations",
        "OBJ": "the part on online influence objectives", "REC": "the recommendations",
    },
}  # fmt: skip
"""Part of a document's title, in small letters -> its sections by code."""


def source_id(dataset: str, code: str) -> str:
    """Id of the Document that stands for one source of a graph."""
    return values.reference_id(f"{dataset}-source-{code}"[:255])


def meaning(code: str, title: str, told: Mapping[str, Any] | None = None) -> str | None:
    """What a code of a document of that title stands for; None for one that is not known.

    told: {code: meaning} as the file itself explains its codes.
    """
    if told is not None and isinstance(told.get(code), str) and told[code].strip():
        return f"{values.shown(told[code], 300)}, {title}"
    for pattern, words in _PLACES:
        if match := pattern.fullmatch(code):
            return f"{words.format(*match.groups())} of {title}"
    for part, sections in _SECTIONS.items():
        if part in title.lower() and code in sections:
            return f"{sections[code]}, {title}"
    return None


def sources_of_graph(codes: Collection[str], title: str, told: Any, dataset: str) -> Iterator[Entity]:
    """A Document for each code, named by what it stands for."""
    explained = told if isinstance(told, dict) else None
    for code in sorted(codes):
        id = source_id(dataset, code)
        name = (
            meaning(code, title, explained)
            or f"{values.shown(code, 100)} of {title} (what the code stands for is not told)"
        )
        said = (("title", name), ("fileName", code), ("publisher", title))
        yield Entity(id, "Document", tuple(Statement(id, "Document", prop, value, dataset) for prop, value in said))


def proofs_of(codes: Collection[str], entity: Entity, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """What some codes among the sources of an entity stand for, a line each."""
    told = {
        code: f"{code}: {document.names[0]}"
        for id in entity.values("proof")
        if (document := entities.get(id)) is not None
        for code in document.values("fileName")
    }
    return tuple(told.get(code, f"{code} (not explained in the case)") for code in codes)


def proofs(entity: Entity, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """What an entity rests on, a line each: its Documents by name, web addresses, then codes nobody explains."""
    documents = [entities[id] for id in entity.values("proof") if id in entities]
    told = {code for document in documents for code in document.values("fileName")}
    lines = [f"{document.first('fileName') or document.id}: {document.names[0]}" for document in documents]
    lines += entity.values("sourceUrl", "publisherUrl")
    lines += [f"{code} (not explained in the case)" for code in entity.sources if code not in told]
    return tuple(lines)
