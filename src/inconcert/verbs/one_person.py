"""When two ids of different files are taken for one person: what must speak for it besides posts that are the same.

One person's posts in two exports look like two accounts that copy each other, and so do two accounts that a program feeds. Ids are
taken for one person only where nothing they are named by tells them apart and one of three things besides their posts says so:

* one handle: that of the one is the handle or the id of the other, and they wrote at one moment at least. On one platform a handle
  belongs to one account at a time;
* one name: one display name and half of the posts in common or more, in files of two tools or with ids of two forms (a number, and none);
* two files of the same people: half of the accounts that write much in one file, or more, have just one such double in the other, and the
  ids are numbers in one of them only.

Never where a file holds both ids, where the same tool named both, where their files have ids in common (then both name accounts
alike, and two ids are two accounts), or where their handles are known and differ (which only one handle overrides). Two accounts
of an operation are named in one way by one tool, so they stay two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

HANDLE = "handle"
NAME = "display name"
FILES = "files"
DOUBLES = 5
"""Accounts that have a double in another file, from which two files are of the same people."""
OF_THE_FILE = 0.5
"""Share of the accounts of the file with fewer that then have one."""
IN_COMMON = 0.01
"""Share of the ids of the file with fewer that both files have, from which both name accounts alike."""


@dataclass(frozen=True)
class Named:
    """One id: the imports that hold it, and what they call it, case-folded."""

    imports: frozenset[str]
    handles: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True)
class Source:
    """An import: who names its accounts (importer and column; None where any column may hold anything), and how many of its
    accounts write enough to be compared."""

    tool: tuple[str, str] | None
    writers: int


@dataclass(frozen=True)
class Pair:
    """Two ids.   copies: whether half of the posts of the one that wrote less, or more, are the other's as well."""

    one: str
    other: str
    copies: bool


def because(
    pairs: Iterable[Pair],
    named: Mapping[str, Named],
    sources: Mapping[str, Source],
    in_common: Mapping[tuple[str, str], float],
) -> dict[tuple[str, str], str]:
    """(one, other) -> HANDLE, NAME or FILES, of the pairs that are one person.

    in_common: of two imports (the smaller id first), the share of ids that both have; none where absent.
    """
    apart = [pair for pair in pairs if _apart(named[pair.one], named[pair.other], sources, in_common)]
    found = _single({(p.one, p.other) for p in apart if _one_handle(p, named)}, named)
    said = dict.fromkeys(sorted(found), HANDLE)
    nameless = [p for p in apart if p.copies and not _two_handles(p, named)]
    called = {(p.one, p.other) for p in nameless if _one_name(p, named, sources)}
    said |= {pair: NAME for pair in sorted(_single(called, named)) if pair not in said}
    doubles = _single({(p.one, p.other) for p in nameless}, named)
    said |= {pair: FILES for pair in sorted(_of_files(doubles, named, sources)) if pair not in said}
    return said


def _apart(one: Named, other: Named, sources: Mapping[str, Source], in_common: Mapping[tuple[str, str], float]) -> bool:
    """Whether the files of the two name accounts in ways of their own."""
    for a in one.imports:
        for b in other.imports:
            tools = sources[a].tool, sources[b].tool
            if a == b or (tools[0] is not None and tools[0] == tools[1]):
                return False
            if in_common.get((min(a, b), max(a, b)), 0.0) > IN_COMMON:
                return False
    return True


def _one_handle(pair: Pair, named: Mapping[str, Named]) -> bool:
    one, other = named[pair.one].handles, named[pair.other].handles
    return bool(one & (other | {_folded(pair.other)}) or other & {_folded(pair.one)})


def _two_handles(pair: Pair, named: Mapping[str, Named]) -> bool:
    return bool(named[pair.one].handles and named[pair.other].handles)


def _one_name(pair: Pair, named: Mapping[str, Named], sources: Mapping[str, Source]) -> bool:
    one, other = named[pair.one], named[pair.other]
    tools = [{sources[file].tool for file in side.imports} for side in (one, other)]
    return bool(one.names & other.names) and (_two_forms(pair.one, pair.other) or None not in tools[0] | tools[1])


def _of_files(
    pairs: set[tuple[str, str]], named: Mapping[str, Named], sources: Mapping[str, Source]
) -> set[tuple[str, str]]:
    """The pairs of files that hold the same people."""
    formed = [(one, other) for one, other in pairs if _two_forms(one, other)]
    files = {pair: [(a, b) for a in named[pair[0]].imports for b in named[pair[1]].imports] for pair in formed}
    doubled = Counter(tuple(sorted(both)) for pair in formed for both in files[pair])
    same = {
        both
        for both, n in doubled.items()
        if n >= DOUBLES and n >= OF_THE_FILE * min(sources[file].writers for file in both)
    }
    return {pair for pair in formed if any(tuple(sorted(both)) in same for both in files[pair])}


def _single(pairs: set[tuple[str, str]], named: Mapping[str, Named]) -> set[tuple[str, str]]:
    """The pairs of which neither id has a second partner in one import: a person is one account there."""
    partners = Counter((one, file) for one, other in _both_ways(pairs) for file in named[other].imports)
    return {
        (one, other)
        for one, other in pairs
        if all(partners[a, file] == 1 for a, b in ((one, other), (other, one)) for file in named[b].imports)
    }


def _both_ways(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return pairs | {(other, one) for one, other in pairs}


def _two_forms(one: str, other: str) -> bool:
    """Whether one of the ids is a number and the other is none."""
    return _number(one) != _number(other)


def _number(id: str) -> bool:
    return id.rpartition(":")[2].lstrip("-").isdecimal()


def _folded(id: str) -> str:
    return id.rpartition(":")[2].lstrip("@").lower()
