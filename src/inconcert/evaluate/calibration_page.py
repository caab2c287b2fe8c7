"""`docs/calibration.md` from the kept rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from inconcert.evaluate.families import ONE_CROWD, SEVERAL_CROWDS, Family
from inconcert.evaluate.finding import ALPHA
from inconcert.evaluate.kept import Kept, Row
from inconcert.evaluate.markdown import interval, percent, table
from inconcert.evaluate.metrics import THRESHOLDS
from inconcert.evaluate.plan import COORTWEET
from inconcert.evaluate.tested import ALL, Counts, added

TESTS = {"pair": "pairs", "account": "accounts", "group": "groups"}
SPREADS_AT = ("60 s", "600 s", "3600 s")
FEWEST = 200
"""p-values of one family, kind and scale below which their distribution is not judged."""


def calibration_page(parts: Mapping[str, Kept]) -> list[str]:
    """The page, line by line."""
    crowds = parts["crowds"].rows
    return [
        "# Calibration",
        "",
        "How often something is claimed where nothing is there. An *edge* is a pair of accounts at q ≤ .01; it is a claim at "
        "level L1 when it rests on three synchronous objects or more. Intervals are 95 % Wilson intervals.",
        "",
        *_section("Labels permuted", _permutations, parts["permutations"].rows),
        *_section("Worlds without an operation", _worlds, parts["worlds"].rows),
        *_section("Honest groups", _honest, parts["honest"].rows),
        *_section("Real crowds, each left out of its own reference", _crowds, crowds),
        *_section("Groups in crowds without a known operation", _groups, crowds),
        *_section("The labelled case", _case_a, parts["case_a"].rows),
        *_section("How much ordinary accounts differ", _spreads, {**_unlabelled(parts["permutations"].rows), **crowds}),
    ]


def _section(title: str, lines: Callable[[Mapping[str, Row]], Iterator[str]], rows: Mapping[str, Row]) -> list[str]:
    return [f"## {title}", "", *(lines(rows) if rows else ("Not measured.", ""))]


def _unlabelled(rows: Mapping[str, Row]) -> dict[str, Row]:
    return {key: row for key, row in rows.items() if key.startswith(COORTWEET)}


def _sets(rows: Mapping[str, Row], ending: str) -> dict[str, list[Row]]:
    """Name before the comma -> rows whose key goes on like that."""
    out: dict[str, list[Row]] = {}
    for key, row in rows.items():
        name, rest = key.split(", ", 1)
        if rest.startswith(ending):
            out.setdefault(name, []).append(row)
    return out


def _permutations(rows: Mapping[str, Row]) -> Iterator[str]:
    yield from (
        "Accounts are dealt out anew over all actions of each kind: nobody acts with anybody, while activity, popularity and "
        "every object's clock stay. `alone` counts edges when one kind at one scale is tested as if nothing else were. "
        "Permuting says nothing about the test of accounts, since it leaves the clocks alone.",
        "",
    )
    real = {name: found[0] for name, found in _sets(rows, "as it is").items()}
    lines = []
    for name, copies in _sets(rows, "copy").items():
        alone: Counter[str] = sum((Counter(c["alone"]) for c in copies), start=Counter())
        lines.append(
            [
                name,
                ", ".join(copies[0]["kinds"]),
                copies[0]["scales"],
                real[name]["edges"] if name in real else "–",
                len([g for g in real[name]["groups"] if g["confirmed"]]) if name in real else "–",
                len(copies),
                sum(c["edges"] for c in copies),
                sum(n for c in copies for n in c["kinds"].values()),
                ", ".join(f"{n} {at}" for at, n in alone.items()) or 0,
                sum(c["groups"] for c in copies),
                interval(sum(c["edges"] + c["groups"] > 0 for c in copies), len(copies)),
            ]
        )
    yield from table(
        [
            "set", "kinds", "scales", "edges as it is", "groups as it is", "copies", "edges in copies", "edges, kind by kind",
            "edges, alone", "groups in copies", "copies with either",
        ],
        lines,
    )  # fmt: skip


def _worlds(rows: Mapping[str, Row]) -> Iterator[str]:
    yield (
        "Nobody arranges anything, so whatever is raised is raised wrongly, and the share of worlds in which anything is "
        f"claimed is the false discovery rate of the whole procedure; it may be {ALPHA:g}."
    )
    yield ""
    for title, families in (("One crowd an export", ONE_CROWD), ("Several crowds in one export", SEVERAL_CROWDS)):
        yield from (f"### {title}", "")
        found = [(family, _family(rows, family)) for family in families]
        found = [(family, row) for family, row in found if row]
        if not found:
            yield from ("Not measured.", "")
            continue
        yield from table(
            ["world", "worlds", "accounts", "edges", "L1 edges", "accounts raised alone", "groups", "worlds with a claim at L1"],
            [_world_line(family.name, row) for family, row in found]
            + [_world_line("**all of these**", _sum(row for _, row in found))],
        )  # fmt: skip
        yield from (f"*{family.name}*: {family.about}.  " for family, _ in found)
        yield ""
        yield from _offenders(found)
    yield from _p_values(rows)


def _world_line(name: str, row: Row) -> list[object]:
    worlds = row.get("worlds", 0)
    any_claim = interval(row["worlds_with"]["any"], worlds) if worlds else "–"
    return [name, worlds, *(row.get(each, 0) for each in ("accounts", "edge", "pair", "account", "group")), any_claim]


def _family(rows: Mapping[str, Row], family: Family) -> Row:
    return _sum(row for key, row in rows.items() if key.startswith(f"{family.name}, seeds"))


def _sum(rows: Iterable[Row]) -> Row:
    total: Counter[str] = Counter()
    worlds_with: Counter[str] = Counter()
    offenders: list[Row] = []
    p_values: dict[str, Counts] = {name: {} for name in TESTS}
    for row in rows:
        total.update({name: n for name, n in row.items() if isinstance(n, int)})
        worlds_with.update(row["worlds_with"])
        offenders += row["offenders"]
        p_values = {name: added(p_values[name], row["p_values"][name]) for name in TESTS}
    return {**total, "worlds_with": worlds_with, "offenders": offenders, "p_values": p_values} if total else {}


def _offenders(found: list[tuple[Family, Row]]) -> Iterator[str]:
    lines = []
    for family, row in found:
        claims: Counter[str] = Counter()
        worlds: Counter[str] = Counter()
        for world in row["offenders"]:
            claims.update(world["tests"])
            worlds.update(world["tests"].keys())
        lines += [[f"{family.name}: {test}", n, worlds[test]] for test, n in claims.most_common()]
    if lines:
        yield from ("What was raised, and by which test:", "")
        yield from table(["world and test", "claims", "worlds"], lines)
    else:
        yield from ("Nothing was raised in any of them.", "")


def _p_values(rows: Mapping[str, Row]) -> Iterator[str]:
    yield from ("### Are the p-values valid", "")
    yield (
        "Share of p-values at or below each number; of valid ones no more than that number, of exact ones just that. All "
        "pairs of accounts with a shared object count, those without a common one having p = 1; of accounts, those with "
        "three shared objects or more, at every kind and scale; of groups, the candidates of one random split of each world."
    )
    yield ""
    lines, over = [], []
    for families, title in ((ONE_CROWD, "one crowd"), (SEVERAL_CROWDS, "several crowds")):
        total: dict[str, Counts] = {name: {} for name in TESTS}
        for family in families:
            found = _family(rows, family)
            for name in TESTS if found else ():
                counts = found["p_values"][name]
                total[name] = added(total[name], counts)
                over += [
                    [f"{family.name}: {TESTS[name]}, {at}", *_shares(n)] for at, n in counts.items() if _exceeds(n)
                ]
        for name, counts in total.items():
            pooled = [sum(column) for column in zip(*(n for at, n in counts.items() if at != ALL), strict=True)]
            if pooled:
                lines.append([f"{TESTS[name]}, every kind and scale ({title})", *_shares(pooled)])
            if ALL in counts:
                lines.append([f"{TESTS[name]}, {ALL} ({title})", *_shares(counts[ALL])])
    header = ["test", "p-values", *(f"≤ {at:g}" for at in THRESHOLDS)]
    yield from table(header, lines)
    if over:
        yield from (f"Kinds and scales of at least {FEWEST} p-values where a share lies above its number:", "")
        yield from table(header, over)
    else:
        yield from (
            f"In no family, kind and scale of at least {FEWEST} p-values does a share lie above its number.",
            "",
        )


def _shares(counts: list[int]) -> list[object]:
    return [counts[0], *(f"{n / max(counts[0], 1):.2g}" for n in counts[1:])]


def _exceeds(counts: list[int]) -> bool:
    tests = counts[0]
    return tests >= FEWEST and any(n > at * tests for n, at in zip(counts[1:], THRESHOLDS, strict=True))


def _honest(rows: Mapping[str, Row]) -> Iterator[str]:
    yield from (
        "Fans with notifications on, activists with a call time, a newsroom with wire copy, staff and feeds really act in "
        "concert, and nothing in their posts can tell them from an operation: they are meant to be found, with the innocent "
        "explanation beside them. The crowd around them is not.",
        "",
    )
    units: dict[str, Counter[str]] = {}
    for row in rows.values():
        for unit, counts in row["units"].items():
            units.setdefault(unit, Counter()).update(counts)
    yield from table(
        [
            f"unit, over {len(rows)} worlds",
            "accounts",
            "at L1 or above",
            "at L2",
            "by pairs",
            "by accounts",
            "by groups",
        ],
        [
            [unit, n["accounts"], interval(n["raised"], n["accounts"]), n["l2"], n["pair"], n["account"], n["group"]]
            for unit, n in sorted(units.items())
        ],
    )
    l1, false = (sum(row[name] for row in rows.values()) for name in ("l1", "false"))
    yield f"Edges of level L1: {l1:,}, of them {false:,} between accounts that do not belong to one group."
    yield ""


def _crowds(rows: Mapping[str, Row]) -> Iterator[str]:
    yield from (
        "Crowds without a known operation, against reference profiles of the others; the debate's crowd is that of the "
        "labelled case without its operation. `tested`: accounts with three shared objects of one kind.",
        "",
    )
    yield from table(
        ["crowd, resolution", "accounts", "tested", "raised by the test of accounts", "edges", "L1 edges", "groups",
         "accounts at L1 or above"],
        [
            [
                key, row["accounts"], row["tested"], interval(row["account"], row["tested"], 2), row["edges"], row["l1"],
                len([g for g in row["groups"] if g["confirmed"]]), interval(row["any"], row["accounts"], 2),
            ]
            for key, row in rows.items()
        ],
    )  # fmt: skip


def _case_a(rows: Mapping[str, Row]) -> Iterator[str]:
    yield from (
        "Accounts of a disclosed state operation among the crowd of a televised debate, against reference profiles without "
        "that debate. Posting volume alone tells the two apart, because whole timelines are held against keyword samples: it "
        "stands beside every score. Seeds are those of the random splits.",
        "",
    )
    lines = []
    for key, row in rows.items():
        for name in ("all", "comparable"):
            each = row[name]
            lines.append(
                [f"{key}, {name} accounts", each["operation"], each["crowd"], *(
                    f"{each[score]:.3f}" for score in ("auc", "average_precision", "volume_auc", "volume_average_precision")
                )]
            )  # fmt: skip
    yield from table(
        ["accounts", "operation", "crowd", "AUC", "average precision", "AUC of volume", "average precision of volume"],
        lines,
    )
    lines = []
    for key, row in rows.items():
        n, crowd = row["comparable"]["operation"], row["comparable"]["crowd"]
        lines += [
            [f"{key}: {test}", theirs, interval(theirs, n), others, interval(others, crowd, 2)]
            for test, (theirs, others) in row["raised"].items()
        ]
    yield from table(
        ["raised at q ≤ .01 by", "of the operation", "recall among comparable", "of the crowd", "false alarms"], lines
    )
    yield from table(
        ["group", "level", "accounts", "of the operation", "confirmed", "kind and scale"],
        [
            [f"{key}, G{i}", g["level"], g["size"], g["operation"], "yes" if g["confirmed"] else "no",
             f"{g['kind']} {g['window_s']:g} s"]
            for key, row in rows.items() for i, g in enumerate(row["groups"], start=1)
        ],
    )  # fmt: skip


def _groups(rows: Mapping[str, Row]) -> Iterator[str]:
    lines = [
        [f"{key}, G{i}", g["level"], g["size"], "yes" if g["confirmed"] else "no", f"{g['q']:.1g}",
         f"{g['kind']} {g['scale']}", ", ".join(g["innocent"])]
        for key, row in rows.items() for i, g in enumerate(row["groups"], start=1)
    ]  # fmt: skip
    if not lines:
        yield from ("None of the crowds above holds a group of level L1 or higher.", "")
        return
    yield from table(
        ["group", "level", "accounts", "confirmed", "q", "kind and scale", "innocent explanations printed"], lines
    )


def _spreads(rows: Mapping[str, Row]) -> Iterator[str]:
    yield from (
        "Standard deviation (logits) of synchrony between the accounts of one crowd, beyond popularity and chance, by maximum "
        "likelihood; in brackets the share of their actions with a partner within the window. The tests of accounts and "
        "groups allow for it (`reference.HETEROGENEITY`). The two CooRTweet sets are not known to be ordinary.",
        "",
    )
    lines = []
    for key, row in rows.items():
        kinds = dict.fromkeys(at.split(" ")[0] for at in row.get("spread", {}))
        for kind in kinds:
            at = {window: row["spread"].get(f"{kind} {window}") for window in SPREADS_AT}
            accounts = max(found[1] for found in at.values() if found)
            cells = (f"{found[0]:.2f} ({percent(found[2], 0)})" if found else "–" for found in at.values())
            lines.append([f"{key}: {kind}", accounts, *cells])
    yield from table(["crowd and kind", "accounts", *SPREADS_AT], lines)
