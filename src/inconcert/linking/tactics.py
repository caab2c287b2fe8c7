"""Techniques that a run shows of a group, and how common they are among the operations of a library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import pyarrow.compute as pc

from inconcert.catalogue.indicator import Indicator
from inconcert.linking import rarity
from inconcert.linking.published import Published

OF_KINDS: dict[str, str] = {
    "text": "T0084.001",
    "near_text": "T0084.001",
    "media": "T0084",
    "near_media": "T0084",
}
"""Kind of action with evidence of its own in a group -> technique: copied texts are copypasta, copied pictures reused content."""
OF_INDICATORS: dict[str, str] = {
    "creation-bursts": "T0150.008",
    "handles": "T0150.008",
    "profile-pictures": "T0145.001",
    "impersonation": "T0143.003",
    "repurposed": "T0150.004",
    "hashtag-flooding": "T0049.002",
    "reply-flooding": "T0116.001",
}
"""Indicator found on a group -> technique (DISARM Red 1.6)."""


def rarities(library: Published, reports: Iterable[Indicator]) -> Mapping[tuple[int, str], float]:
    """(operation, technique) -> chance that another operation is published with it: upper end of its share among those that name techniques.

    reports: what further operations are published with. An operation that names no technique says nothing of tactics.
    """
    techniques = library.rows.filter(pc.equal(library.rows["kind"], "technique")).select(["op", "value"]).to_pylist()
    pairs = {(row["op"], row["value"]) for row in techniques}
    further = {(one.operation, one.value) for one in reports if one.kind == "technique"} if pairs else set()
    # an operation of a library may bear the name of a bundled report, and takes its place no more than any other
    telling = len({op for op, _ in pairs}) + len({name for name, _ in further})
    users = Counter(value for _, value in (*pairs, *further))
    return {(op, value): float(rarity.rate(users[value] - 1, telling - 1)) for op, value in sorted(pairs)}
