"""Storylines: who tells them, where, in which languages and when; hashtags pushed, targeted or punned on, with their gloss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from inconcert import schema
from inconcert.indicators.content.storyline_posts import attach_told
from inconcert.indicators.evidence import enrichment
from inconcert.indicators.facts import MEMBERS, POSTS, Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.reading import Point, Reading, Witness, too_little

TOLD, TOLD_BY_MEMBERS, HASHTAG = "posts", "told-by-members", "hashtag"
DAY_US = 86_400_000_000

_DAYS = f"""
SELECT storyline, platform, coalesce(language, 'unknown') AS language, time_us - time_us % {DAY_US} AS day_us,
       count(DISTINCT post_id) AS posts
FROM told_posts GROUP BY storyline, platform, coalesce(language, 'unknown'), time_us - time_us % {DAY_US}
ORDER BY storyline, platform, language, day_us"""
_TOTALS = """
WITH titles AS (SELECT storyline, min(title) AS title FROM storylines GROUP BY storyline)
SELECT titles.storyline, titles.title, count(DISTINCT concat(told_posts.platform, ' ', told_posts.post_id)) AS posts,
       count(DISTINCT account_id) AS accounts, min(time_us) AS first_us, max(time_us) AS last_us
FROM titles LEFT JOIN told_posts ON told_posts.storyline = titles.storyline
GROUP BY titles.storyline, titles.title ORDER BY titles.storyline"""
_TAGS = """
SELECT signs.pattern, min(signs.gloss) AS gloss, min(signs.direction) AS direction, min(signs.language) AS language,
       count(DISTINCT concat(told_posts.platform, ' ', told_posts.post_id)) AS posts, count(DISTINCT told_posts.account_id) AS accounts,
       count(DISTINCT members.account_id) AS members, min(told_posts.time_us) AS first_us, max(told_posts.time_us) AS last_us
FROM storylines AS signs
LEFT JOIN told_posts ON told_posts.storyline = signs.storyline AND told_posts.pattern = signs.pattern
LEFT JOIN members ON members.account_id = told_posts.account_id
WHERE signs.kind = 'hashtag' GROUP BY signs.pattern ORDER BY signs.pattern"""
_TELLERS = """
WITH tellers AS (SELECT storyline, account_id, min(post_id) AS post_id FROM told_posts GROUP BY storyline, account_id)
SELECT {of}.group_id, storyline, {of}.account_id, post_id FROM tellers INNER JOIN {of} ON {of}.account_id = tellers.account_id
ORDER BY {of}.group_id, storyline, {of}.account_id"""
_SIGNS = """
WITH signs AS (SELECT DISTINCT storyline, kind, pattern FROM storylines)
SELECT members.group_id, signs.storyline, signs.kind,
       count(DISTINCT concat(told_posts.platform, ' ', told_posts.post_id)) AS posts
FROM told_posts INNER JOIN members ON members.account_id = told_posts.account_id
INNER JOIN signs ON signs.storyline = told_posts.storyline AND signs.pattern = told_posts.pattern
GROUP BY members.group_id, signs.storyline, signs.kind ORDER BY members.group_id, signs.storyline, posts DESC, signs.kind"""
_SIZES = """
SELECT {of}.group_id, count(DISTINCT {of}.account_id) AS n FROM {of}
INNER JOIN posts ON posts.account_id = {of}.account_id GROUP BY {of}.group_id ORDER BY {of}.group_id"""


@dataclass(frozen=True, kw_only=True)
class Storylines(Indicator):
    """Counts of what is told, and whether members tell it more than their control.

    least: fewest accounts of a group and of its control for a comparison.
    drawn: most lines (platform and language) in one figure; the rest are drawn together.
    languages: most languages that a sentence names.
    """

    name: ClassVar[str] = "storylines"
    id: ClassVar[str] = "M27"
    family: ClassVar[str] = "content"
    about: ClassVar[str] = (
        "storylines you define, counted by platform, language and day, and who tells them more than a control"
    )
    cites: ClassVar[str] = (
        "Nimmo and Hutchins 2023, Phase-based tactical analysis of online operations; storyline tables of the field"
    )
    measures: ClassVar[dict[str, str]] = {
        TOLD: "posts that tell a storyline; a description",
        TOLD_BY_MEMBERS: "share of a group's accounts that tell it, against the share of controls",
        HASHTAG: "posts with a hashtag that is pushed, targeted or punned on; a description",
    }
    needs: ClassVar[tuple[str, ...]] = ("storylines", "posts.text|actions")
    minimum: ClassVar[str] = "one post for a count; 10 accounts of the group and of its control for a comparison"
    confounders: ClassVar[tuple[str, ...]] = (
        "people who hold that opinion",
        "a debate in which everybody uses the same words, for and against",
        "journalists and researchers who quote it",
        "a phrase too common to tell one storyline from another",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0003", "T0015")
    figure: ClassVar[Figure] = Figure("curve", "date (UTC)", "posts a day", time=True)

    least: int = 10
    drawn: int = 6
    languages: int = 3

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """One reading a storyline and one a hashtag of the definitions; one a group and storyline."""
        attach_told(facts.engine)
        days: dict[str, list[dict[str, Any]]] = {}
        for row in facts.engine.sql(_DAYS).to_pylist():
            days.setdefault(row["storyline"], []).append(row)
        totals = facts.engine.sql(_TOTALS).to_pylist()
        readings = [self._told(row, days.get(row["storyline"], [])) for row in totals]
        readings += [self._tag(row) for row in facts.engine.sql(_TAGS).to_pylist()]
        return readings + self._by_groups(facts, {row["storyline"]: row["title"] for row in totals})

    def _told(self, row: Mapping[str, Any], days: list[dict[str, Any]]) -> Reading:
        lines: dict[str, dict[int, int]] = {}
        for day in days:
            if day["day_us"] is not None:
                line = lines.setdefault(f"{day['platform']}, {day['language']}", {})
                line[day["day_us"]] = line.get(day["day_us"], 0) + day["posts"]
        ranked = sorted(lines, key=lambda name: (-sum(lines[name].values()), name))
        for name in ranked[self.drawn :]:
            rest = lines.setdefault("others", {})
            for day_us, n in lines.pop(name).items():
                rest[day_us] = rest.get(day_us, 0) + n
        return Reading(
            measure=TOLD, subject="storyline", subject_id=row["storyline"], n=row["posts"], unit="posts", scale="count",
            value=float(row["posts"]),
            says=f"“{row['title']}” is told in {row['posts']:,} posts by {row['accounts']:,} accounts"
            + self._spoken(days) + ".",
            points=tuple(
                Point(name, float(day_us), float(n)) for name, line in lines.items() for day_us, n in sorted(line.items())
            ),
        )  # fmt: skip

    def _spoken(self, days: list[dict[str, Any]]) -> str:
        """The commonest languages in words; nothing where none is known."""
        posts: dict[str, int] = {}
        for day in days:
            if day["language"] != "unknown":
                posts[day["language"]] = posts.get(day["language"], 0) + day["posts"]
        codes = sorted(posts, key=lambda code: (-posts[code], code))
        more = len(codes) - self.languages
        said = ", ".join(code[:20] for code in codes[: self.languages]) + (f" and {more} more" if more > 0 else "")
        return f" (language{'s' * (len(codes) > 1)}: {said})" if codes else ""

    def _tag(self, row: Mapping[str, Any]) -> Reading:
        known = "; ".join(part for part in (row["gloss"], row["direction"]) if part)
        when = (
            f", first on {_day(row['first_us'])}, last on {_day(row['last_us'])}" if row["first_us"] is not None else ""
        )
        return Reading(
            measure=HASHTAG, subject="hashtag", subject_id=row["pattern"], n=row["posts"], unit="posts", scale="count",
            value=float(row["posts"]),
            says=f"#{row['pattern']}{f' ({known})' if known else ''}: {row['posts']:,} posts by {row['accounts']:,} accounts, "
            f"{row['members']:,} of them in groups{when}.",
        )  # fmt: skip

    def _by_groups(self, facts: Facts, titles: Mapping[str, str]) -> list[Reading]:
        sizes = {
            of: {r["group_id"]: r["n"] for r in facts.engine.sql(_SIZES.format(of=of)).to_pylist()}
            for of in ("members", "controls")
        }
        tellers: dict[str, dict[tuple[str, str], list[tuple[str, str]]]] = {"members": {}, "controls": {}}
        for of, told in tellers.items():
            for row in facts.engine.sql(_TELLERS.format(of=of)).to_pylist():
                told.setdefault((row["group_id"], row["storyline"]), []).append((row["account_id"], row["post_id"]))
        signs: dict[tuple[str, str], list[str]] = {}
        for row in facts.engine.sql(_SIGNS).to_pylist():
            signs.setdefault((row["group_id"], row["storyline"]), []).append(f"{row['kind']} {row['posts']:,}")
        readings = []
        for (group, storyline), own in sorted(tellers["members"].items()):
            n, n_control = sizes["members"][group], sizes["controls"].get(group, 0)
            if min(n, n_control) < self.least:
                readings.append(too_little(
                    TOLD_BY_MEMBERS, "storyline", f"{group}: {storyline}", group_id=group, n=n, unit="accounts", scale="share",
                    lacking=f"{n} members and {n_control} controls with posts; it needs {self.least} of each",
                ))  # fmt: skip
                continue
            k_control = len(tellers["controls"].get((group, storyline), []))
            found = enrichment(len(own), n, k_control, n_control)
            readings.append(Reading(
                measure=TOLD_BY_MEMBERS, subject="storyline", subject_id=f"{group}: {storyline}", group_id=group, n=n, unit="accounts",
                scale="share", value=found.share, low=found.low, high=found.high, control=found.control, n_control=n_control,
                p_value=found.p_value, lr=found.ratio.value, lr_low=found.ratio.low, lr_high=found.ratio.high,
                says=f"{len(own)} of {n} members tell “{titles[storyline]}” ({found.share:.0%}, 95% interval {found.low:.0%} to "
                f"{found.high:.0%}), against {k_control} of {n_control} in the control ({found.control:.0%}). Posts of members by sign: "
                f"{', '.join(signs[group, storyline])}.",
                witnesses=tuple(Witness(account, post, "tells the storyline") for account, post in own[:20]),
            ))  # fmt: skip
        return readings

    @classmethod
    def example(cls) -> Example:
        """Twenty members who tell one storyline in two languages; forty controls who do not."""
        posts = [
            {
                "post_id": f"{letter}{i}", "account_id": f"{letter}{i}", "platform": "x", "role": "case", "kind": "post",
                "time_us": 1_700_000_000_000_000 + i * DAY_US, "text": text[i % 2], "language": ("en", "zh")[i % 2],
                "text_hash": f"{i % 16:x}",
            }
            for letter, n, text in (("m", 20, ("the sea is empty, they say", "他們說大海空了")), ("c", 40, ("a plain day", "普通的一天")))
            for i in range(n)
        ]  # fmt: skip
        signs = [
            {
                "storyline": "N1",
                "title": "the sea is empty",
                "kind": "phrase",
                "pattern": pattern,
                "import_id": "",
                "row_ref": i,
            }
            for i, pattern in enumerate(("The sea is EMPTY", "大海空了"))
        ]
        group = {
            name: pa.Table.from_pylist(
                [{"group_id": "G1", "account_id": f"{letter}{i}"} for i in range(n)], schema=MEMBERS.arrow
            )
            for name, letter, n in (("members", "m", 20), ("controls", "c", 40))
        }
        return Example(
            {
                "posts": pa.Table.from_pylist(posts, schema=POSTS.arrow),
                "storylines": pa.Table.from_pylist(signs, schema=schema.STORYLINES.arrow), **group,
            },
            frozenset({(TOLD_BY_MEMBERS, "G1: N1")}),
        )  # fmt: skip


def _day(time_us: int) -> str:
    return str(np.datetime64(time_us, "us").astype("datetime64[D]"))
