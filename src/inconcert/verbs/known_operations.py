"""What a library holds, operation by operation, and the indicators in it that have some words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inconcert.catalogue.indicator import Indicator
from inconcert.catalogue.library import editions, newest
from inconcert.catalogue.read import replayed
from inconcert.catalogue.recognised import recognised


@dataclass(frozen=True)
class Known:
    """One operation of a library, as one source lists it.   kinds: {kind: indicators listed now}.   unlisted: listed no longer.
    licence: of the newest edition.   listed: dates of the first and of the newest edition."""

    operation: str
    source: str
    licence: str | None
    kinds: dict[str, int]
    unlisted: int
    listed: tuple[str, str]


def known_operations(
    folder: Path, words: Sequence[str], source: str | None
) -> tuple[tuple[Known, ...], tuple[Indicator, ...]]:
    """Operations of a library that fit, and the indicators that have all the words."""
    known = editions(folder)
    asked = [_spellings(word) for word in words]
    operations, matches = [], []
    for series, its in replayed(folder).items():
        if source is not None and source.casefold() not in series[0].casefold():
            continue
        stands = newest(known, series)
        dates = [one.at for one in known if one.series == series]
        by_operation: dict[str, list[Indicator]] = {}
        for one in its.values():
            by_operation.setdefault(one.operation, []).append(one)
        for name, listed in sorted(by_operation.items()):
            named = _has(asked, f"{name} {series[0]}")
            fitting = [one for one in listed if asked and _has(asked, f"{one.value} {one.written}")]
            matches += fitting
            if named or fitting:
                kinds = Counter(one.kind for one in listed if one.unlisted is None)
                operations.append(
                    Known(
                        name, series[0], stands.licence if stands else None, dict(kinds.most_common()),
                        sum(one.unlisted is not None for one in listed), (dates[0], dates[-1]),
                    )
                )  # fmt: skip
    return tuple(sorted(operations, key=lambda one: (one.operation, one.source))), tuple(
        sorted(matches, key=lambda one: (one.operation, one.kind, one.value, one.source))
    )


def _spellings(word: str) -> frozenset[str]:
    """A word as it is written, and as the library has it where it is an address, a handle or a hashtag."""
    found = recognised(word)
    return frozenset({word.casefold(), *(() if isinstance(found, str) else (found.value.casefold(),))})


def _has(asked: Sequence[frozenset[str]], text: str) -> bool:
    folded = text.casefold()
    return all(any(spelling in folded for spelling in one) for one in asked)
