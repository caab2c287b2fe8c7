"""How much of a technical report was public before: whether it tells something new of an operation, or repeats what others found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scipy import stats

from inconcert.catalogue.indicator import Indicator
from inconcert.linking.first_published import first_published
from inconcert.linking.popular_places import shared_place

RECYCLED, IN_PART, NEW, TOO_FEW = (
    "recycled",
    "recycled in part",
    "mostly new to this library",
    "too few indicators to say",
)
MOSTLY, HARDLY = 0.5, 0.1
"""Share already public from which, at the lower end of its interval, a report is recycled; and up to which, at the upper end, it is new."""
FEWEST = 5


@dataclass(frozen=True)
class Repeated:
    """An indicator of the report that others had published.   first: earliest date.   by: operation and source of that.   times: sources."""

    kind: str
    value: str
    row: int
    first: str
    stated: bool
    operation: str
    source: str
    sources: int


@dataclass(frozen=True)
class Recycled:
    """repeated of n indicators, share with its 95 % Wilson interval.   left_out: indicators that are places of everybody."""

    verdict: str
    n: int
    repeated: tuple[Repeated, ...]
    share: float
    low: float
    high: float
    first: str | None
    last: str | None
    left_out: int


def recycled(report: Iterable[Indicator], library: Iterable[Indicator], before: str | None = None) -> Recycled:
    """The indicators of a report beside those of a library.

    Rows of the same file do not count, nor do places of everybody, techniques and names. before: ISO date of the report; what was published on
    that day or later does not count.
    """
    own, left_out, files = _own(report)
    listed: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
    for one in library:
        if (one.kind, one.value) in own and one.sha256 not in files:
            listed[one.kind, one.value].append(one)
    repeated = []
    for (kind, value), its in sorted(own.items()):
        dated = sorted(
            ((first_published(one), one) for one in listed[kind, value]),
            key=lambda p: (p[0].on, p[1].operation, p[1].source, p[1].row),
        )
        dated = [(first, one) for first, one in dated if before is None or first.on < before]
        if dated:
            first, one = dated[0]
            sources = len({other.source for _, other in dated})
            repeated.append(Repeated(kind, value, its.row, first.on, first.stated, one.operation, one.source, sources))
    return _told(repeated, len(own), left_out)


def _own(report: Iterable[Indicator]) -> tuple[dict[tuple[str, str], Indicator], int, set[str]]:
    own: dict[tuple[str, str], Indicator] = {}
    files: set[str] = set()
    left_out = 0
    for one in report:
        files.add(one.sha256)
        if one.kind in ("technique", "name") or (one.kind in ("domain", "host") and shared_place(one.value)):
            left_out += 1
        else:
            own.setdefault((one.kind, one.value), one)
    return own, left_out, files


def _told(repeated: Sequence[Repeated], n: int, left_out: int) -> Recycled:
    if not n:
        return Recycled(TOO_FEW, 0, (), 0.0, 0.0, 1.0, None, None, left_out)
    ends = stats.binomtest(len(repeated), n).proportion_ci(0.95, method="wilson")
    dates = sorted(one.first for one in repeated)
    verdict = (
        TOO_FEW
        if n < FEWEST
        else RECYCLED
        if ends.low >= MOSTLY
        else NEW
        if ends.high <= HARDLY or not repeated
        else IN_PART
    )
    return Recycled(
        verdict, n, tuple(repeated), len(repeated) / n, float(ends.low), float(ends.high),
        dates[0] if dates else None, dates[-1] if dates else None, left_out,
    )  # fmt: skip
