"""What pages and the report call strengths, kinds and properties of entities."""

from __future__ import annotations

import re

from inconcert.entities.strength import ASSESSED, CONFIRMED, POSSIBLE, REPORTED, STRENGTHS

STRENGTH_WORDS = dict(STRENGTHS)
"""Strength -> what it means, strongest first."""

SCHEMA_WORDS = {
    "Person": "people", "Company": "companies", "Organization": "organisations", "PublicBody": "public bodies", "LegalEntity": "bodies of any kind",
    "UserAccount": "accounts", "Contract": "contracts", "Project": "projects and operations", "Territory": "places", "Asset": "assets",
    "Event": "events", "Document": "documents", "Address": "addresses", "Thing": "anything",
}  # fmt: skip
"""Schema of followthemoney -> what a page calls several of them; others are called by the words in their names."""

TOLD = {
    CONFIRMED: "On record: {}.",
    REPORTED: "Reported, by others or by those concerned: {}.",
    ASSESSED: "A judgement of the source: {}.",
    POSSIBLE: "Put forward with reserve, not established: {}.",
}
"""Strength -> the sentence that may be made of a tie of that strength: none says more than its source."""


def schema_words(schema: str) -> str:
    """What several things of a schema are called."""
    return SCHEMA_WORDS.get(schema) or property_words(schema)


def property_words(name: str) -> str:
    """A name of followthemoney in words: "startDate" as "start date"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
