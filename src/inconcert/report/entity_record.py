"""What files that people brought say of the bodies around a group: only of groups at L3 whose accounts stand among the entities.

Of all others nothing but counts is printed: below L3 nobody is named, and a record that touches no account of a group says nothing of it.
The bundled example counts for nothing here: it tells of another, published investigation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inconcert.entities.hidden_accounts import hidden_accounts
from inconcert.entities.strength import STRENGTHS
from inconcert.report.entity_group import LEFT_OUT, GroupRecord, group_record
from inconcert.report.entity_links import Links
from inconcert.report.hostile_text import one_line
from inconcert.report.pseudonyms import Pseudonyms


@dataclass(frozen=True)
class Record:
    """files: title, who brought it, day.   strengths: strength -> how many ties.   groups: those of which something is printed.   silent: groups at L3 none of whose accounts is an entity.
    references: what ties rest on, numbered from 1.   scale: title of the yardstick of the case.   means: strength -> what it means.   left_out: what stands instead of words that say too much."""

    files: tuple[tuple[str, str, str], ...]
    entities: int
    strengths: Mapping[str, int]
    withheld: int
    groups: tuple[GroupRecord, ...]
    silent: tuple[str, ...]
    references: tuple[str, ...]
    scale: str
    means: Mapping[str, str]
    left_out: str


def entity_record(links: Links | None, names: Pseudonyms) -> Record | None:
    """What a report prints of them, every account under its name of the report; None for a case without entities."""
    if links is None:
        return None
    called = {name: names.of(id) for name, id in links.spelt.items()}
    hidden = hidden_accounts(links.whole, called, lambda texts: [names.masked(text) for text in texts])
    cited: dict[str, int] = {}
    groups = tuple(
        group_record(hidden.graph, id, [hidden.ids.get(one, one) for one in its], cited)
        for id, its in links.accounts.items()
        if its
    )
    return Record(
        tuple(
            (one_line(names.masked(str(one.value["title"])), 160), one_line(one.by, 80), one.at[:10])
            for one in links.files
        ),
        len(links.whole.nodes),
        {strength: sum(tie.strength == strength for tie in links.whole.ties) for strength in STRENGTHS},
        links.withheld,
        groups,
        tuple(id for id, its in links.accounts.items() if not its),
        tuple(cited),
        links.scale,
        STRENGTHS,
        LEFT_OUT,
    )
