"""Names, needs and tallies of indicators in words."""

from __future__ import annotations

from inconcert.indicators.indicator import FAMILIES
from inconcert.report import words
from inconcert.report.hostile_text import one_line
from inconcert.report.measured import FOUND, NOT_FOUND, OfGroup, Tally

NEEDS_AT_MOST = 700
STANDING_OUT_AT_MOST = 6
"""Indicators named in the summary of a group."""

GIVEN: dict[str, str] = {
    "lists": "lists of accounts",
    "events": "dated events",
    "follows": "who follows whom",
    "portraits": "profile pictures",
    "members": "groups",
}
"""Table an indicator needs -> what it holds, where its name does not say it."""


def title(name: str) -> str:
    """`working-hours` as a heading."""
    said = one_line(name.replace("-", " ").replace("_", " "), 60)
    return said[:1].upper() + said[1:]


def evidence_words(of: OfGroup) -> list[str]:
    """Each family of evidence that counts towards level L3, in words."""
    return [
        f"{FAMILIES.get(one['family'], one['family'])} ({title(one['indicator']).lower()}, {one['measure'].replace('-', ' ')}: at least "
        f"{words.number(one['lr_low'])} times as likely as in ordinary accounts)"
        for one in of.families
    ]


def standing_out(of: OfGroup) -> str:
    """What was found about the accounts of a group, by the names of indicators: `creation bursts, handles; of single members: renames`."""
    whole = dict.fromkeys(_short(one.row["indicator"]) for one in of.readings if one.row["state"] == FOUND)
    single = dict.fromkeys(name for one in of.tallies if one.found and (name := _short(one.indicator)) not in whole)
    parts = [_named(list(whole))] if whole else []
    parts += [f"of single members: {_named(list(single))}"] if single else []
    if parts:
        return "; ".join(parts)
    tested = any(one.row["state"] == NOT_FOUND for one in of.readings) or any(one.n for one in of.tallies)
    return "nothing tested stood out" if tested else "too little to say"


def _short(name: str) -> str:
    return title(name).lower()


def _named(names: list[str]) -> str:
    more = len(names) - STANDING_OUT_AT_MOST
    return ", ".join(names[:STANDING_OUT_AT_MOST]) + (f" and {more} more" if more > 0 else "")


def needs(text: str) -> str:
    """Columns and tables an indicator lacks, in words: `lists, or handle of accounts`."""
    parts = []
    for need in text[:2_000].split(", "):
        ways = []
        for way in need.split(" or "):
            table, _, column = way.partition(".")
            ways.append(
                f"{column.removesuffix('_us').replace('_', ' ')} of {table}" if column else GIVEN.get(table, table)
            )
        parts.append(words.joined(ways, "or"))
    return one_line("; ".join(parts), NEEDS_AT_MOST)


def tally_words(tally: Tally) -> str:
    """`12 of 214 accounts; too little to say on 96 accounts`."""
    one = "followed account" if tally.subject == "followed" else tally.subject
    parts = [f"{tally.found:,} of {words.count(tally.n, one)}"] if tally.n else []
    parts += [f"described on {words.count(tally.described, one)}"] if tally.described else []
    parts += [f"too little to say on {words.count(tally.too_little, one)}"] if tally.too_little else []
    return "; ".join(parts)
