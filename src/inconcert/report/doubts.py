"""What would make this wrong: the five usual ways, each with what these data say about it."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.report import words
from inconcert.report.data import Report
from inconcert.report.hostile_text import defanged, shortened
from inconcert.report.limits import zone_doubt

LEANS = 1.5
"""A group leans on an application when it uses it this many times as often as the rest of the case."""


@dataclass(frozen=True)
class Doubt:
    """A way to be wrong: its name, how it comes about, and what these data say about it."""

    name: str
    how: str
    here: str


def doubts(report: Report) -> list[Doubt]:
    """Syndication, fans, one shared client, collection bias, time resolution."""
    return [
        Doubt(
            "Syndication",
            "News agencies, plug-ins and feeds push the same text or link through many accounts in the same minute. "
            "That is synchronous, open and ordinary.",
            _innocent(report),
        ),
        Doubt(
            "Fans, activists and staff",
            "People who follow the same account with notifications switched on, who answer the same call to act, or "
            "who work for the same party or newsroom act together without deceiving anybody.",
            "Numbers cannot tell them from anybody else who acts together. Look at who the accounts are before you "
            "conclude.",
        ),
        Doubt(
            "One shared application",
            "A scheduler, a bot service or a cross-posting tool can fire for many strangers on the same second.",
            _client(report),
        ),
        Doubt(
            "How the data were collected",
            "A search for a keyword brings together people who said the same thing; whole timelines beside such a "
            "search make the complete accounts look busier and more alike.",
            _volume(report),
        ),
        Doubt(
            "Coarse or wrong times",
            "Times rounded to the minute make posts look closer than they were; a clock read in the wrong zone shifts "
            "every hour.",
            _times(report),
        ),
    ]


def _innocent(report: Report) -> str:
    groups = [group.row["group_id"] for group in report.groups if group.innocent]
    if not report.groups:
        return "No group was found that this could explain" + (
            ", but it may explain a pair." if report.pairs.total else "."
        )
    if not groups:
        return "None of the innocent explanations that were tested fits a group; more are possible than were tested."
    if len(groups) > 6:
        all_groups = words.count(len(report.groups), "group")
        return f"At least one innocent explanation fits {len(groups):,} of {all_groups}; see each."
    verb = "fits" if len(groups) == 1 else "fit"
    return f"At least one innocent explanation {verb} {words.joined(groups)}; it is printed with the group."


def _client(report: Report) -> str:
    leaning = [
        f"{words.percent(group.client.inside)} of the posts of {group.row['group_id']} were made with "
        f"“{_client_name(group.client.name)}”, against {words.percent(group.client.elsewhere)} elsewhere in the case"
        for group in report.groups
        if group.client is not None and group.client.inside > LEANS * group.client.elsewhere
    ]
    if leaning:
        return f"{'; '.join(leaning[:5])}."
    if not report.facts.filled["client"]:
        return "These data do not say which application a post was made with, so this cannot be ruled out here."
    share = words.percent(report.facts.filled["client"] / report.facts.posts)
    return f"{share} of posts name their application; no group leans on one more than others do."


def _client_name(name: str) -> str:
    return defanged(shortened(name, 60)[0])


def _volume(report: Report) -> str:
    files = [row for row in report.imports if row["role"] == "case" and row["retries"] is None]
    collected = (
        "how it was collected is not recorded in it"
        if len(files) == 1
        else "how they were collected is not recorded in them"
    )
    start = f"The case rests on {words.count(len(files), 'file')}; {collected}."
    if report.volume is None:
        return start
    return (
        f"{start} The median is {words.number(report.volume.median_members)} posts for accounts in groups and "
        f"{words.number(report.volume.median_others)} for all others."
    )


def _times(report: Report) -> str:
    facts = report.facts
    if not facts.timed:
        return "No post of this case has a time: nothing here is about synchrony."
    precisions = words.joined([words.PRECISION[precision] for precision in facts.precisions])
    share = facts.whole_minutes / facts.timed
    return (
        f"Times in these data are precise to the {precisions}; {words.percent(share)} of them fall on a full minute, "
        "where 2% would be expected of times given to the second."
    ) + (f" {doubt}" if (doubt := zone_doubt(facts)) else "")
