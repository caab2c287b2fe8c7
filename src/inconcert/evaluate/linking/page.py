"""`docs/linking-measured.md` from the kept rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inconcert.evaluate.kept import Row
from inconcert.evaluate.linking.calibration import bins, cost, exceeding, ratio_bits
from inconcert.evaluate.linking.halves import CONTROLS, HONEST, KNOWN, MEMBERS, OWN_ITEMS, SAME, SETS
from inconcert.evaluate.linking.pairs import SCENARIO
from inconcert.evaluate.markdown import interval, shown, table
from inconcert.linking import rarity
from inconcert.linking.verdict import LINKED, POSSIBLY, VERDICTS

PICTURE = "linking-reliability.svg"
AT_BITS = (1.0, 3.0, 5.0, 7.0, 10.0)


def page(halves: Mapping[int, Mapping[str, Row]], pairs: Mapping[str, Row]) -> list[str]:
    """The page, line by line. halves: {accounts of the crowd: rows}."""
    return [
        "# How linking was measured",
        "",
        "What `inconcert link` does is described in [linking](linking.md). Here is how often it finds what is there, and what it finds where "
        "nothing is.",
        "",
        *_halves(halves),
        *_pairs([pair for row in pairs.values() for pair in row["pairs"]], len(pairs)),
    ]


def _halves(sizes: Mapping[int, Mapping[str, Row]]) -> Iterator[str]:
    splits = max(map(len, sizes.values()), default=0)
    yield from ("## Published sets, split in half", "")
    yield (
        f"Meta's published indicators of three operations, each split in half at random {splits} times. One half of all is the library. Of the other "
        f"half, {OWN_ITEMS} indicators are posted by a new group of {MEMBERS} accounts among the ordinary ones of a generated crowd, which link to "
        "known sites and to thousands of small ones. The halves list different things, so what the first column finds are near matches (the same "
        "name under another suffix, one letter apart, a name within a longer one), pages of a domain that the other half lists, and what both disclosures of "
        "Doppelganger list. In the other columns the group also posts as many indicators of the published half, with three members each. Either disclosure of "
        "Doppelganger counts as found. "
        "Found: linked, with 95 % Wilson intervals over splits."
    )
    yield ""
    yield (
        "The control is what a case has of ordinary accounts, and most of what a link takes. No match is worth more than the control is large and active enough "
        "to tell, so the same halves are measured beside crowds of different size:"
    )
    yield ""
    yield from table(
        [
            "crowd",
            "ordinary accounts that post",
            "count beside a new group",
            "one match by one member is worth at most",
        ],
        [_control(accounts, rows) for accounts, rows in sizes.items()],
    )
    yield (
        "Accounts count as far as they post as much as a member of the new groups does. From the bits of all matches together those for the comparisons are "
        f"taken, of nine groups with all kinds of indicator of three operations: {_paid(sizes)}."
    )
    yield ""
    yield from table(
        ["operation found again", "crowd", *(f"{n} known" for n in KNOWN)],
        [
            [operation, f"{accounts:,}", *(_recall(rows, operation, n) for n in KNOWN)]
            for operation in SETS
            for accounts, rows in sizes.items()
        ],
    )
    yield from ("Precision: of all verdicts 'linked' on these groups, those that name the right operation.", "")
    yield from table(
        ["operation", "crowd", "linked", "right"],
        [_precision(rows, operation, accounts) for operation in SETS for accounts, rows in sizes.items()],
    )
    yield from ("What was said of groups that have nothing to do with any of them:", "")
    yield from table(
        ["group", "crowd", "compared", "linked", "possibly"],
        [
            _none(rows, name, accounts, honest=name in HONEST)
            for name in (*HONEST, "ordinary")
            for accounts, rows in sizes.items()
        ],
    )


def _paid(sizes: Mapping[int, Mapping[str, Row]]) -> str:
    found = sorted({g["paid"] for rows in sizes.values() for g in _groups(rows)})
    return " to ".join(f"{bits:.1f}" for bits in dict.fromkeys((found[0], found[-1]))) + " bits"


def _control(accounts: int, rows: Mapping[str, Row]) -> list[object]:
    """A size of crowd: its posts, how many of its accounts post, how many count, and the bits that they can tell."""
    new = [g for g in _groups(rows) if g["group"] in SETS]
    control, beside = (sum(g[name] for g in new) / len(new) for name in ("control", "beside"))
    most = rarity.bits(rarity.chance(1, MEMBERS, rarity.exposed(rarity.rate(0, round(control)), control / beside)))
    posts = CONTROLS[accounts] / accounts
    return [f"{accounts:,}, {posts:g} posts each", f"{control:,.0f}", f"{beside:,.0f}", f"{float(most):.1f} bits"]


def _groups(rows: Mapping[str, Row], known: int | None = None) -> list[dict[str, Any]]:
    """The groups of every split, with so many indicators known or any number."""
    return [g for row in rows.values() for n, its in row.items() if known is None or n == str(known) for g in its]


def _recall(rows: Mapping[str, Row], operation: str, known: int) -> str:
    own = SAME if operation in SAME else {operation}
    verdicts = [g["verdicts"] for g in _groups(rows, known) if g["group"] == operation]
    found = sum(any(its[name][0] == LINKED for name in own if name in its) for its in verdicts)
    return interval(found, len(verdicts), 0)


def _precision(rows: Mapping[str, Row], operation: str, accounts: int) -> list[object]:
    own = SAME if operation in SAME else {operation}
    named = [
        name
        for g in _groups(rows)
        if g["group"] == operation
        for name, its in g["verdicts"].items()
        if its[0] == LINKED
    ]
    return [operation, f"{accounts:,}", len(named), interval(sum(name in own for name in named), len(named))]


def _none(rows: Mapping[str, Row], name: str, accounts: int, *, honest: bool) -> list[object]:
    said = Counter(
        its[0]
        for g in _groups(rows)
        if g["group"] == name or (not honest and g["group"].startswith(name))
        for its in g["verdicts"].values()
    )
    n = sum(said.values())
    return [
        f"{name} (act in concert, honestly)" if honest else "30 ordinary accounts",
        f"{accounts:,}",
        n,
        interval(said[LINKED], n, 2),
        interval(said[POSSIBLY], n, 2),
    ]


def _pairs(pairs: Sequence[Sequence[Any]], worlds: int) -> Iterator[str]:
    if not pairs:
        return
    bits, paid, verdicts, same = ([pair[i] for pair in pairs] for i in range(4))
    its, plain = cost(ratio_bits(bits), same), cost(bits, same)
    yield from ("## What bits are worth", "")
    yield (
        f"{len(pairs):,} pairs of a group and a published list in {worlds} generated worlds, {sum(same):,} of them of one operation: half of an operation's "
        "accounts are published with 1 to 16 things, in half of the lists every second one a thing they merely passed on; the other half is "
        "found anew in two groups. The unrelated ones are the other operation, fans, activists, a newsroom and ordinary accounts. The crowds are of one size only, and small: "
        f"{SCENARIO.crowd.n_accounts:,} accounts and {SCENARIO.crowd.n_posts:,} posts, so that few pairs of one operation can be linked."
    )
    yield ""
    yield from table(
        ["unrelated pairs that reach", "promised at most", "before paying (95 %)", "after paying (95 %)"],
        [
            [
                f"{at:g} bits",
                f"{100 * 2**-at:.2g} %",
                shown(exceeding(bits, same, at), 2),
                shown(exceeding(paid, same, at), 2),
            ]
            for at in AT_BITS
        ],
    )
    yield (
        "Before paying, the bits of a pair are here the plain sum over its pieces of evidence, each family up to its cap. Verdicts rest on the bits after paying, for which several "
        "pieces together count less than their sum, and which are the chance that any unrelated pair of a whole world shows as much."
    )
    yield ""
    yield from ("The verdicts, each world having eleven groups and twenty lists, so that every pair pays for all:", "")
    said = [Counter(v for v, one in zip(verdicts, same, strict=True) if bool(one) is its) for its in (True, False)]
    yield from table(
        ["pairs", "number", *VERDICTS],
        [
            [name, sum(n.values()), *(n[v] for v in VERDICTS)]
            for name, n in zip(("one operation", "unrelated"), said, strict=True)
        ],
    )
    yield (
        f"Bits are chances, not likelihood ratios: before paying, and taken for such, they would cost {plain.cllr:.3f} (Cllr; 1 is no information, 0 all). The ratio that "
        f"follows from a chance costs {its.cllr:.3f}; the same order of pairs at its best would cost {its.cllr_min:.3f}, so "
        f"{its.cllr - its.cllr_min:.3f} is lost by calibration. The table `links` has the ratio of the bits after paying, which is cautious: it costs "
        f"{cost(ratio_bits(paid), same).cllr:.3f}, as most pairs have none left. A part of the loss cannot be won: a pair without a match has the ratio 1, though it speaks "
        "against a link; how much depends on how much of an operation a list holds, which nobody knows."
    )
    yield ""
    yield f"![Reliability of bits]({PICTURE})"
    yield ""
    yield from table(
        ["bits before paying", "pairs", "their ratio says, at even odds", "true, at even odds (95 %)"],
        [[b.name, b.pairs, f"{b.said:.1%}", f"{b.seen:.1%} ({b.low:.1%} to {b.high:.1%})"] for b in bins(bits, same)],
    )
