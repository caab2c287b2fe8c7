"""A notice as entities: the contract, who orders it, who was awarded it, and the notice itself as their proof."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from inconcert.entities.entity import Entity, Statement
from inconcert.entities.names import folded
from inconcert.entities.notice_text import notices
from inconcert.entities.proof import source_id
from inconcert.entities.reading import Aside, Read, aside
from inconcert.entities.strength import REPORTED
from inconcert.entities.tender import Found, Notice, read_notice

LEAST_FIELDS = 2
"""Fields without which a text is no notice."""

_DAY = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})(?:\s*[-月/.]\s*(\d{1,2}))?")


def read_notices(
    text: str, dataset: str, title: str, known: Mapping[str, str] | None = None
) -> tuple[Read, tuple[Notice, ...]]:
    """The entities that the notices of a file speak of, and the notices. Rows that are none are set aside.

    known: folded name -> id of the entities there are already; a body of exactly that name is taken to be the same.
    """
    entities: list[Entity] = []
    wrong: list[Aside] = []
    found: list[Notice] = []
    for row, words in notices(text):
        notice = read_notice(words, row)
        if len(notice.fields) < LEAST_FIELDS or not {"buyer", "supplier", "project_number"} & notice.fields.keys():
            wrong.append(aside(row, words, "no rule finds a buyer, supplier or project number and one field more"))
            continue
        found.append(notice)
        entities += _entities(notice, dataset, title, known or {})
    return Read("procurement notice", dataset, tuple(entities), tuple(wrong), title), tuple(found)


def _entities(notice: Notice, dataset: str, title: str, known: Mapping[str, str]) -> list[Entity]:
    code = f"row {notice.row}"
    paper = source_id(dataset, code)
    number = notice.fields.get("project_number")
    service = notice.fields.get("service")
    contract = _id(dataset, "contract", number.value if number else f"{title} {notice.row}")
    made = [_entity(paper, "Document", [("title", f"{title}, {code}"), ("fileName", code)], dataset, code)]
    told = [("name", service.value if service else f"contract of {title}, {code}"), ("proof", paper)]
    told += [("procedureNumber", number.value)] if number else []
    told += [("amount", notice.fields["amount"].value)] if "amount" in notice.fields else []
    told += [
        ("notes", f"to be reached: {one.number:,} {one.thing} (“{one.witness.words}”)")
        for one in notice.targets
        if one.promised
    ]
    day = _date(notice.fields.get("date"))
    told += [("contractDate", day)] if day else []
    dated = [("date", day)] if day else []
    if buyer := notice.fields.get("buyer"):
        id = known.get(folded(buyer.value), _id(dataset, "body", folded(buyer.value)))
        made.append(_entity(id, "LegalEntity", [("name", buyer.value)], dataset, code))
        told.append(("authority", id))
        said = [("subject", id), ("object", contract), ("role", "ordered"), ("proof", paper), *dated]
        made.append(
            _entity(_id(dataset, "ordered", contract, id), "UnknownLink", [*said, _words(buyer)], dataset, code)
        )
    if supplier := notice.fields.get("supplier"):
        id = known.get(folded(supplier.value), _id(dataset, "body", folded(supplier.value)))
        made.append(_entity(id, "LegalEntity", [("name", supplier.value)], dataset, code))
        said = [("contract", contract), ("supplier", id), ("role", "supplied"), ("proof", paper), *dated]
        made.append(
            _entity(_id(dataset, "award", contract, id), "ContractAward", [*said, _words(supplier)], dataset, code)
        )
    return [*made, _entity(contract, "Contract", told, dataset, code)]


def _words(found: Found) -> tuple[str, str]:
    return "description", f"read from “{found.witness.words}”, line {found.witness.line}"


def _entity(id: str, schema: str, said: list[tuple[str, str]], dataset: str, code: str) -> Entity:
    return Entity(
        id,
        schema,
        tuple(Statement(id, schema, prop, value, dataset, strength=REPORTED, sources=(code,)) for prop, value in said),
    )


def _id(dataset: str, *parts: str) -> str:
    return f"{dataset}-{hashlib.sha256(' '.join(parts).encode()).hexdigest()[:12]}"


def _date(found: Found | None) -> str | None:
    match = _DAY.search(found.value) if found is not None else None
    if match is None:
        return None
    year, month, day = match[1], int(match[2]), int(match[3] or 0)
    if not (1 <= month <= 12 and 0 <= day <= 31):
        return None
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"
