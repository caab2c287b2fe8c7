"""Published indicators of operations: Meta's threat research in all its spellings, MISP, STIX, ThreatExchange, plain lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from inconcert.ingest.importer import Importer, signature
from inconcert.ingest.shape import Native, Passed, Shape, at, members

_FIELDS = ("value", "type", "operation", "tactic", "technique", "note", "source", "published_at")
_EXPORT = "Save the publisher's file as it is; defanged values such as example[.]org are read as what they stand for."

META_THREAT_RESEARCH = Importer(
    name="meta_threat_research",
    title="Meta threat research, indicators",
    signatures=(
        signature("indicator_type", "indicator_value"),
        signature("Tactic", "Technique", "Procedure", "Indicator"),
        signature("Tactic", "Technique", "Procedure"),
    ),
    columns={
        "value": ("indicator_value", "Indicator"),
        "type": ("indicator_type",),
        "tactic": ("Tactic",),
        "technique": ("Technique",),
        "procedure": ("Procedure",),
        "note": ("Comments", "Comment", "Note"),
        "published_at": ("ds",),
    },
    table="threat_indicators",
    plausible={"value": (0.9, 1.0)},
    export=f"The CSV files beside Meta's quarterly reports on adversarial threats. {_EXPORT}",
    lacks="Posts and their times: these files say which assets were seen, not what they did.",
)

MISP_ATTRIBUTES = Importer(
    name="misp_attributes",
    title="MISP, attributes as CSV",
    signatures=(signature("uuid", "event_id", "category", "type", "value"),),
    columns={
        "value": ("value",),
        "type": ("type",),
        "operation": ("event_info", "attribute_tag"),
        "note": ("comment",),
        "source": ("event_source_org",),
        "published_at": ("date", "first_seen"),
    },
    table="threat_indicators",
    export=f"In MISP: event, Download as, CSV of all attributes. {_EXPORT}",
    lacks="Posts and their times.",
)


def _is_misp(native: Native, head: Mapping[str, Any]) -> bool:
    return isinstance(at(native, "Event", "Attribute"), list) or isinstance(at(native, "Event", "Object"), list)


def _of_misp(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    event = at(native, "Event")
    around = {
        "operation": at(event, "info"),
        "source": at(event, "Orgc", "name"),
        "published_at": at(event, "date"),
    }
    within = (one for each in members(event, "Object") for one in members(each, "Attribute"))
    for one in (*members(event, "Attribute"), *within):
        yield {**around, "value": one.get("value"), "type": one.get("type"), "note": one.get("comment")}


MISP_EVENT = Importer(
    name="misp_event",
    title="MISP, events as JSON",
    signatures=(),
    columns={},
    shape=Shape(_is_misp, _of_misp, _FIELDS, under=("response",), told_by=("Event",)),
    table="threat_indicators",
    export=f"In MISP: event, Download as, MISP JSON. {_EXPORT}",
    lacks="Posts and their times.",
)

_COMPARED = re.compile(r"\[?\s*([a-z][a-z0-9\-]*):([\w.'\-]+)\s*=\s*'((?:[^'\\]|\\.)*)'")
_TYPES = {
    "file": "",
    "domain-name": "domain",
    "ipv4-addr": "ip",
    "ipv6-addr": "ip",
    "email-addr": "email",
    "user-account": "account",
}


def _is_stix(native: Native, head: Mapping[str, Any]) -> bool:
    return isinstance(native.get("id"), str) and "--" in native["id"] and isinstance(native.get("type"), str)


def _of_stix(native: Native, head: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every comparison of an indicator's pattern, and the values of observables."""
    kind = str(native.get("type"))
    around = {
        "note": native.get("description") or native.get("name"),
        "published_at": native.get("valid_from") or native.get("created"),
    }
    phase = at(native, "kill_chain_phases", 0, "phase_name")
    found = [
        (_TYPES.get(what, what) or _digest(path), value.replace("\\'", "'").replace("\\\\", "\\"))
        for what, path, value in _COMPARED.findall(str(native.get("pattern") or ""))
    ]
    if kind != "indicator" and (value := native.get("value") or native.get("account_login") or native.get("user_id")):
        found.append((_TYPES.get(kind, kind), str(value)))
    if not found:
        raise Passed(f"STIX objects of type {kind[:40]}")
    for what, value in found:
        yield {**around, "value": value, "type": what, "tactic": phase}


def _digest(path: str) -> str:
    return path.rpartition(".")[2].strip("'").replace("-", "").lower()


STIX = Importer(
    name="stix",
    title="STIX 2 bundles",
    signatures=(),
    columns={},
    shape=Shape(_is_stix, _of_stix, _FIELDS, under=("objects",), told_by=("id type",), told="the id has -- in it"),
    table="threat_indicators",
    export=f"A bundle as JSON, from a TAXII server, OpenCTI or a report's annex. {_EXPORT}",
    lacks="Relationships, actors and reports of the bundle are counted and not read.",
)

THREAT_EXCHANGE = Importer(
    name="threat_exchange",
    title="ThreatExchange descriptors",
    signatures=(signature("raw_indicator", "type"), signature("signal_type", "value")),
    columns={
        "value": ("raw_indicator", "value"),
        "type": ("type", "signal_type"),
        "operation": ("tags",),
        "note": ("description",),
        "source": ("owner.name", "owner"),
        "published_at": ("added_on",),
    },
    table="threat_indicators",
    export="The descriptors as CSV or JSON.",
    lacks="Posts and their times.",
)

INDICATOR_LIST = Importer(
    name="indicator_list",
    title="plain list of hashes, domains, links or addresses",
    signatures=(),
    columns={},
    shape=Shape(
        lambda native, head: native.keys() == {"value"},
        lambda native, head: [native],
        ("value",),
        told="One value a line, nearly all of them hashes, domains, links or addresses.",
    ),
    table="threat_indicators",
    export="A text file with one value a line; lines that begin with # are remarks.",
    lacks="Who published it, when, and for which operation.",
)
