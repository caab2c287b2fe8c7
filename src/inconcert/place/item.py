"""One item of evidence on place: what was seen, what it weighs under each region, and the ways it can mislead.

A sign that names a region is a mixture: it misleads with chance e, and then is as likely anywhere; else it is true. With b the share of groups from
anywhere that show it, the ratio is e + (1 - e) / b in the region, and e outside. A province is shown as much more seldom as it has fewer people than
its country; elsewhere in that country a tenth of what the country's name would say is left.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inconcert.place.kinds import KINDS, Kind
from inconcert.place.regions import regions, within
from inconcert.place.span import Span
from inconcert.place.weight import NOTHING, Weight

NEAR = 0.1
"""What is left of the true part for another part of the same country: branches, journeys, offices of one firm."""
FEW = 2.0
"""Accounts at which half of a sign's strength counts: of one a third, for what it shows may be one person's day."""


@dataclass(frozen=True)
class Source:
    """Where an item is to be seen: a record of an import, or a run or an entry of the ledger.

    text: as it is printed.   account_id, post_id, import_id, row_ref: of a post, None otherwise.
    """

    text: str
    account_id: str | None = None
    post_id: str | None = None
    import_id: str | None = None
    row_ref: int | None = None


@dataclass(frozen=True, kw_only=True)
class Item:
    """key: its own, the same in every run.   kind: of KINDS.   text: one sentence.   region: the one it names; "" where it bears on many.
    accounts: members it was seen with, None where it is of the whole group.   weights: region -> weight; other regions have `outside`, and
    a province the weight of its country.   sources: the first posts, or what else it rests on.   says_otherwise: what somebody wrote on the other reading.
    """

    key: str
    kind: str
    text: str
    region: str = ""
    accounts: int | None = None
    weights: Mapping[str, Weight] = field(default_factory=dict)
    outside: Weight = NOTHING
    sources: tuple[Source, ...] = ()
    says_otherwise: str = ""

    @property
    def its_kind(self) -> Kind:
        """The row of KINDS."""
        return KINDS[self.kind]

    @property
    def family(self) -> str:
        """Of FAMILIES."""
        return self.its_kind.family

    def at(self, code: str) -> Weight:
        """Its weight for that region."""
        if code in self.weights:
            return self.weights[code]
        country = regions()[code].country
        return self.weights.get(country, self.outside)

    def misleading(self, code: str | None) -> Span:
        """Chance that it misleads if people sit in that region, None for anywhere: of a sign that names a region, what misleading has of its ratio,
        before anything of its strength is taken off."""
        its = self.its_kind
        if code is None:
            return its.misleads
        low, point, high = its.misleads.ends
        if self.region and its.background is not None:
            true = _true(code, self.region)
            every = [e / (e + (1 - e) * true / b) for e in (low, high) for b in its.background.ends]
            at = point / (point + (1 - point) * true / its.background.point)
            return Span(min(every), at, max(every))
        weight = self.at(code)
        at = min(1.0, point / 10**weight.point)
        return Span(min(at, low / 10**weight.strong), at, max(at, min(1.0, high / 10**weight.weak)))

    def over(self, codes: Sequence[str]) -> tuple[Weight, ...]:
        """Its weight for each of those regions."""
        return tuple(self.at(code) for code in codes)


def naming(
    key: str, kind: str, region: str, text: str, *, accounts: int | None, share: float = 1.0, trust: float = 1.0,
    sources: tuple[Source, ...] = (), says_otherwise: str = "",
) -> Item:  # fmt: skip
    """An item that names a region.   accounts: members who show it, None for none in particular.   share: of all who show such a sign; the whole sign
    counts as one observation, however many repeat it.   trust: share of its weight that its source deserves, 0 to 1.
    """
    its = KINDS[kind]
    if its.background is None:
        raise ValueError(f"evidence of the kind {kind} names no region")
    seen = 1.0 if accounts is None else accounts / (accounts + FEW)
    strengths = [share * trust * part for part in (seen**2, seen, seen**0.5)]
    backgrounds, misleads = its.background.ends[::-1], its.misleads.ends[::-1]

    def weight(true: float) -> Weight:
        three = zip(misleads, backgrounds, strengths, strict=True)
        return Weight(*(s * math.log10(e + (1 - e) * true / b) for e, b, s in three))

    country = regions()[region].country
    inside = {code: weight(_true(code, region)) for code in regions() if within(code, country)}
    return Item(
        key=key, kind=kind, text=text, region=region, accounts=accounts, weights=inside, outside=weight(0.0), sources=sources,
        says_otherwise=says_otherwise,
    )  # fmt: skip


def _true(code: str, named: str) -> float:
    """How much likelier than a country's name in that country the sign is to be true of people in the region `code`."""
    if not within(code, named):
        return NEAR if within(code, regions()[named].country) else 0.0
    return regions()[regions()[named].country].population / regions()[named].population
