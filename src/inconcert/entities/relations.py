"""What the verbs of a graph of nodes and edges say in the schemata of followthemoney."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inconcert.entities.schemata import Schema, schemata

OWNS = ("holds_shares_in", "owns", "partly_owns", "partner_in", "largest_shareholder_of")
OWNED = ("owned_by", "subsidiary_of")
OFFICES = (
    "ceo_of", "chairman_of", "consul_general_in", "dean_at", "deputy_director_of", "deputy_mayor_of", "deputy_secretary_of",
    "director_of", "editor_in_chief_of", "executive_of", "external_director_of", "former_dean_at", "former_director_of",
    "former_officer_of", "former_official_of", "head_of", "leads", "party_secretary_of", "president_of",
    "secretary_general_of", "vice_president_of",
)  # fmt: skip
"""Posts in which somebody speaks or decides for a body."""

FOUNDED = ("co_founded", "founded")
MEMBER = ("executive_member_of", "expert_member_of", "member_of")

LINK = "UnknownLink"
_SCHEMA: Mapping[str, tuple[str, bool]] = {
    **dict.fromkeys(OWNS, ("Ownership", False)),
    **dict.fromkeys(OWNED, ("Ownership", True)),
    **dict.fromkeys(OFFICES, ("Directorship", False)),
    **dict.fromkeys(MEMBER, ("Membership", False)),
    "employed_by": ("Employment", False),
    "daughter_of": ("Family", False),
    "former_name_of": ("Succession", False),
    "supplied": ("ContractAward", True),
    "awarded": ("ContractAward", True),
}

_KINDS: Mapping[str, str] = {
    "academic": "Organization", "account": "UserAccount", "association": "Organization", "company": "Company", "event": "Event",
    "government_body": "PublicBody", "infrastructure": "Asset", "international_body": "Organization", "laboratory": "Organization",
    "media": "Organization", "military": "PublicBody", "network": "Organization", "ngo": "Organization", "operation": "Project",
    "party_body": "Organization", "person": "Person", "place": "Territory", "platform": "Company", "police": "PublicBody",
    "product": "Asset",
}  # fmt: skip

RELATION_CLASS = "relation_class"
"""Column of a statement that says to which class its relation belongs."""

INCIDENTAL = ("amplification", "disclosure", "location", "targeting")
"""Classes of ties that do not show dealings between both ends: a common place, a report about somebody, a post that names him."""


@dataclass(frozen=True)
class Cast:
    """How an edge is said.   turned: its target is the first end of the schema."""

    schema: str
    turned: bool


def schema_of_kind(kind: str) -> str | None:
    """The schema of a kind of node; None for a kind nobody knows."""
    return _KINDS.get(kind)


def cast(relation: str, source: Schema, target: Schema) -> Cast:
    """The schema that says a relation, an UnknownLink where the two ends do not fit the one the verb asks for."""
    name, turned = _SCHEMA.get(relation, (LINK, False))
    kind = schemata()[name]
    if kind.ends is not None:
        first, second = (target, source) if turned else (source, target)
        wanted = [kind.properties[end].partition(":")[2] for end in (kind.ends.source, kind.ends.target)]
        if wanted[0] in first.is_a and wanted[1] in second.is_a:
            return Cast(name, turned)
    return Cast(LINK, False)
