"""`docs/indicators.md` from the kept rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from inconcert.evaluate.indicators.trials import key, trials
from inconcert.evaluate.kept import Kept, Row
from inconcert.evaluate.markdown import interval, percent, table
from inconcert.indicators.catalogue import INDICATORS
from inconcert.indicators.indicator import FAMILIES

KINDS = {"known": "the operation", "random": "drawn at random", "community": "sharing rare things"}


def indicator_page(kept: Mapping[str, Kept]) -> list[str]:
    """The page, line by line."""
    return [
        "# Indicators: what they measure, how often they are wrong, and when they are evaded",
        "",
        "Every indicator beside worlds in which there is nothing to find, worlds in which something was planted, and groups of ordinary "
        "accounts in real data. Raised: a q-value of at most .01 (Benjamini-Hochberg) over the tests of one world. Intervals are 95 % (Wilson).",
        "",
        *_list(),
        *_clean(kept["indicators"].rows),
        *_power(kept["indicators"].rows),
        *_coverage(kept["working_hours"].rows),
        *_real(kept["indicators_real"].rows),
    ]


def _list() -> Iterator[str]:
    yield from ("## What there is", "")
    yield from table(
        ["indicator", "id", "family", "smallest sample", "figure", "source"],
        [[f"`{n}`", i.id, i.family, i.minimum, i.figure.chart, i.cites] for n, i in INDICATORS.items()],
    )
    families = "; ".join(f"**{name}**: {about}" for name, about in FAMILIES.items())
    yield f"Families: {families}. Evidence of one family counts once. `inconcert detectors NAME` says all about one indicator."
    yield ""


def _clean(rows: Mapping[str, Row]) -> Iterator[str]:
    yield from ("## Worlds with nothing to find", "")
    yield (
        "Raised: worlds in which a measure of the trial was; of a valid procedure no more than 1 % are expected. Counting: "
        "worlds in which one was raised with a likelihood ratio that the claim ladder counts (3 or more at the lower end of its range)."
    )
    yield ""
    lines = []
    for trial in trials():
        row = rows.get(f"{key(trial)}: clean")
        if row:
            which = ", ".join(f"{m} {n}" for m, n in row["measures"].items()) or "–"
            lines.append([
                key(trial), row["worlds"], row["tests"], interval(row["raised"], row["worlds"]), row["strong"], which, trial.ask,
            ])  # fmt: skip
    yield from table(["indicator", "worlds", "tests", "raised", "counting", "measures", "the worlds"], lines)
    missing = [key(trial) for trial in trials() if f"{key(trial)}: clean" not in rows]
    if missing:
        yield f"Not measured with this version yet: {', '.join(missing)}."
        yield ""


def _power(rows: Mapping[str, Row]) -> Iterator[str]:
    yield from ("## What is found, against the effort of whoever hides it", "")
    for trial in trials():
        found = [
            (e, rows[f"{key(trial)}: effort {e:g}"]) for e in trial.efforts if f"{key(trial)}: effort {e:g}" in rows
        ]
        if not found:
            continue
        yield f"### {key(trial)}"
        yield ""
        yield f"{trial.ask[0].upper()}{trial.ask[1:]}. Effort: {trial.effort}."
        yield ""
        yield from table(
            ["effort", *(f"{e:g}" for e, _ in found)],
            [
                ["worlds", *(row["worlds"] for _, row in found)],
                ["found", *(interval(row["found"], row["worlds"], 0) for _, row in found)],
            ],
        )
        if trial.published:
            yield f"Published: {trial.published}"
            yield ""


def _coverage(rows: Mapping[str, Row]) -> Iterator[str]:
    found = [line for row in rows.values() for line in row["lines"]]
    if not found:
        return
    yield from ("## Working hours: does the set of offsets hold the truth?", "")
    yield (
        "Groups of 20 accounts over four weeks in zones from UTC−8 to UTC+9:30. Day: exactly a template; as a Dirichlet draw about it (misfit); and each "
        "account with habits of its own besides. Shown: worlds in which an offset is named at all; in crowds without one rhythm none should be."
    )
    yield ""
    yield from table(
        ["template", "posts", "day", "worlds", "95 % set holds the offset", "within one hour", "published", "shown"],
        [
            [
                one["template"], one["posts"], one["day"], one["worlds"], _rate(one["coverage"]), _rate(one["within_hour"]),
                one["published"] if one["published"] is not None else "–", _rate(one["shown"]),
            ]
            for one in found
        ],
    )  # fmt: skip


def _rate(rate: Row | None) -> str:
    """A share with its interval; a dash for none."""
    return "–" if rate is None else f"{percent(rate['value'])} ({100 * rate['low']:.1f} to {100 * rate['high']:.1f})"


def _real(rows: Mapping[str, Row]) -> Iterator[str]:
    if not rows:
        return
    yield from ("## Groups of ordinary accounts in real data", "")
    yield (
        "Nothing was tuned on these sets. In each, groups were drawn at random, and others made of accounts that share rare things (friends, "
        "fans, people of one party, which do resemble each other); every indicator that the data allow was run on them as on suspects."
    )
    yield ""
    lines: list[list[object]] = []
    for name, row in rows.items():
        for kind, words in KINDS.items():
            groups = [g for g in row["groups"].values() if g["kind"] == kind]
            if groups:
                what = Counter(measure for g in groups for measure in g["raised"])
                raised = ", ".join(f"{m} {n}" for m, n in sorted(what.items())) or "nothing"
                lines.append([
                    name, words, len(groups), sum(g["size"] for g in groups), sum(bool(g["raised"]) for g in groups), raised,
                ])  # fmt: skip
    yield from table(["set", "groups", "number", "accounts", "with something raised", "what"], lines)
    yield "On single subjects (posts, tags, accounts) of these sets were raised:"
    yield ""
    yield from table(
        ["set", "tests on groups", "raised on other subjects"],
        [
            [name, ", ".join(f"{n} {k}" for k, n in sorted(row["tests"].items()) if n) or "none",
             ", ".join(f"{m} {n}" for m, n in row["subjects"].items()) or "nothing"]
            for name, row in rows.items()
        ],
    )  # fmt: skip
