"""The limits of a case: what was collected, what is missing from it, and what it therefore cannot show."""

from __future__ import annotations

from collections.abc import Mapping

from inconcert import schema
from inconcert.normalise.dates import ASSUMED_UTC
from inconcert.report import words
from inconcert.report.data import Report
from inconcert.report.hostile_text import defanged, one_line
from inconcert.report.posts import FIELDS, Facts


def zone_doubt(facts: Facts) -> str | None:
    """A sentence on times whose zone nobody knows; None when there are none."""
    count = facts.zone_sources.get(ASSUMED_UTC, 0)
    if not count:
        return None
    return (
        f"{words.percent(count / facts.timed)} of the times are written without a time zone and were taken for UTC: if they show "
        "the clock of a place, every hour of the day below is off by its distance from UTC."
    )


def collected(report: Report) -> list[str]:
    """What the case holds, in sentences."""
    facts = report.facts
    imports = [row for row in report.imports if row["role"] == "case"]
    files = [row for row in imports if row["retries"] is None]
    read = sum(row["rows_read"] for row in files)
    read_again = sum(row["rows_read"] for row in imports) - read
    kept, twice = sum(row["rows_kept"] for row in imports), sum(row["rows_duplicate"] for row in imports)
    rejected = sum(row["rows_rejected"] for row in imports) - read_again
    said = [
        f"{words.count(len(files), 'file')} with {words.count(read, 'record')}: {kept:,} kept, {rejected:,} set aside "
        f"because they could not be read, {twice:,} met before.",
        f"{words.count(facts.posts, 'post')} by {words.count(facts.accounts, 'account')} "
        f"{_platforms(facts.platforms)}.",
    ]
    if facts.first_us is not None and facts.last_us is not None:
        said.append(f"From {words.moment(facts.first_us)} to {words.moment(facts.last_us)}, UTC.")
    if doubt := zone_doubt(facts):
        said.append(doubt)
    said += [
        f"{one_line(row['file'], 100)} was read although it looks as if it held {one_line(row['insisted'], 300)}."
        for row in report.imports
        if row.get("insisted")
    ]
    said += [
        one_line(defanged(report.names.masked(note)), 400) for run in report.runs for note in run.info.get("notes", ())
    ]
    if facts.kinds:
        said.append(f"By kind of post: {_tally(facts.kinds)}.")
    if facts.languages:
        said.append(f"By language, as the source states it: {_tally(facts.languages)}.")
    return said


def missing(report: Report) -> list[str]:
    """Fields that posts lack, in sentences; one sentence when they lack none."""
    posts = report.facts.posts
    empty = [FIELDS[c] for c, n in report.facts.filled.items() if n == 0]
    partly = [
        f"{FIELDS[c]} ({words.percent(1 - n / posts)} of posts)"
        for c, n in report.facts.filled.items()
        if 0 < n < posts
    ]
    said = []
    if empty:
        said.append(f"No post says: {words.joined(empty)}.")
    if partly:
        said.append(f"Missing from some posts: {words.joined(partly)}.")
    unseen = [
        words.NOUN[kind] for kind in schema.KINDS if kind not in schema.NEAR and not report.facts.actions.get(kind)
    ]
    if unseen:
        said.append(f"Could not be compared, because the data hold none: {words.joined(unseen)}.")
    said += [*_near(report), *_indicators(report)]
    return said or ["No field that the procedure reads is missing from any post."]


def unseen(report: Report) -> list[str]:
    """What no result on these data can show."""
    return [
        "Accounts and posts that were not collected, or that were deleted before. Absence from this report means "
        "nothing about them.",
        f"Acting together through anything that leaves no shared object: paraphrases, translations, {_edited(report)}, "
        "private messages, or likes, which these tables do not hold.",
        "Groups that share fewer than three objects, or whose members leave more than "
        f"{words.duration(schema.WINDOWS_US[-1])} between their posts and share only what others share too.",
        "Who is behind an account, whether it is what it says it is, why it posts, and whether anybody was moved by "
        "it.",
    ]


def _edited(report: Report) -> str:
    return "pictures edited beyond recognition" if report.facts.actions.get("near_media") else "edited pictures"


def _near(report: Report) -> list[str]:
    """What was not looked for among copies and pictures, or looked for in vain."""
    added, actions = report.added, report.facts.actions
    if not added.compared:
        said = [
            "Near-identical texts and pictures were not looked for in the run reported here; only exact copies were compared. "
            "inconcert detect and then cluster, run again, add them."
        ]
    else:
        said = []
        if not actions.get("near_text"):
            said.append("No text was found in several wordings that could be compared.")
        if not added.pictured:
            said.append(
                "The case holds no files of pictures or videos, so near-identical ones could not be looked for; inconcert ingest "
                "with --media reads them from a folder."
            )
        elif not actions.get("near_media"):
            said.append("No picture or video was found in several near-identical files that could be compared.")
    if added.outdated:
        said.append(
            "Languages and profile pictures were described for groups of an earlier run; they are left out here until they are "
            "described again (inconcert describe)."
        )
    elif report.groups and not added.described:
        said.append("Languages and profile pictures of the groups were not described; inconcert describe adds them.")
    return said


def _indicators(report: Report) -> list[str]:
    """Whether it was measured what kind of accounts these are."""
    if report.added.indicators_outdated:
        return [
            "What kind of accounts these are was measured for groups of an earlier run; it is left out here until it is measured "
            "again (inconcert indicators)."
        ]
    if report.added.indicators is None:
        return ["What kind of accounts these are was not measured; inconcert indicators adds it."]
    n = len(report.added.indicators.not_run)
    return (
        [
            f"{words.count(n, 'indicator').capitalize()} could not be run on these data; they are listed with what they need."
        ]
        if n
        else []
    )


def _platforms(platforms: Mapping[str, int]) -> str:
    if set(platforms) <= {"unknown"}:
        return "on a platform that the data do not name"
    return f"on {_tally(platforms)}"


def _tally(counts: Mapping[str, int], most: int = 6) -> str:
    items = list(counts.items())
    shown = [f"{name} ({n:,})" for name, n in items[:most]]
    return words.joined([*shown, f"{len(items) - most} more"] if len(items) > most else shown)
