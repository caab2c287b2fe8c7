"""Those who answered one post: how many, how fast, and how often each wording, age and habit occurs among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inconcert.engine.base import Value
from inconcert.indicators.facts import Facts
from inconcert.indicators.reading import Witness

WEEK_US = 7 * 86_400_000_000
TRAITS = ("wording", "ages", "habits")
"""wording: the text, near-identical ones as one, texts too short to compare left out.   ages: week in which the
account was made.   habits: client and language of the answer."""


@dataclass(frozen=True, eq=False)
class Crowd:
    """The accounts that answered a post, its author excepted, each with its first answer.

    author: None when the post is not in the data.   role: control when all who answered are of the control.   counts:
    trait -> (sizes, kinds): kinds[i] kinds have sizes[i] accounts each; a trait nobody shows is absent.   only_here:
    accounts without any other post in the data.   timed: answers with a time.   half_s: time from the first until half
    had answered (with the 95% interval of a median), None below two times.
    """

    post_id: str
    platform: str
    author: str | None
    role: str
    size: int
    counts: Mapping[str, tuple[NDArray[np.int64], NDArray[np.int64]]]
    only_here: int
    timed: int
    half_s: tuple[float, float, float] | None

    @property
    def key(self) -> tuple[str, str]:
        """Platform and post."""
        return self.platform, self.post_id

    def showing(self, trait: str) -> int:
        """Accounts of which the trait is known."""
        return int(np.multiply(*self.counts[trait]).sum()) if trait in self.counts else 0


def crowds(facts: Facts, least: int, most: int) -> list[Crowd]:
    """Of the `most` posts with most answers, those answered by at least `least` accounts, by post."""
    params: dict[str, Value] = {"least": least, "most": most, "week_us": float(WEEK_US)}
    counts: dict[tuple[str, str], dict[str, list[tuple[int, int]]]] = {}
    for row in facts.engine.sql(_ANSWERS + _COUNTS, params).to_pylist():
        kinds = counts.setdefault((row["platform"], row["target"]), {}).setdefault(row["trait"], [])
        kinds.append((row["size"], row["kinds"]))
    found = []
    for row in facts.engine.sql(_ANSWERS + _SPEED, params).to_pylist():
        if row["size"] < least:
            continue
        traits = {
            trait: (np.array([size for size, _ in kinds]), np.array([n for _, n in kinds]))
            for trait, kinds in counts.get((row["platform"], row["target"]), {}).items()
        }
        first, half = row["first_us"], None
        if row["timed"] >= 2:
            half = tuple((row[name] - first) / 1e6 for name in ("half_us", "low_us", "high_us"))
        found.append(
            Crowd(
                row["target"], row["platform"], row["author"], row["role"], row["size"], traits, row["only_here"],
                row["timed"], half,
            )
        )  # fmt: skip
    return found


def tellers(facts: Facts, crowd: Crowd, trait: str) -> tuple[Witness, ...]:
    """The answers whose kind is the most frequent, at most 20."""
    params: dict[str, Value] = {
        "target": crowd.post_id,
        "platform": crowd.platform,
        "trait": trait,
        "week_us": float(WEEK_US),
    }
    rows = facts.engine.sql(_ONE + _TELLERS, params).to_pylist()
    why = {"wording": "worded like {} others", "ages": "account made in the same week as {} others",
           "habits": "client and language like {} others"}[trait]  # fmt: skip
    return tuple(Witness(r["account_id"], r["post_id"], why.format(r["size"] - 1)) for r in rows if r["size"] > 1)


_FIRST = """
answers AS (
    SELECT r.platform, r.reply_to_id AS target, p.account_id AS author, r.account_id, r.post_id, r.role, r.time_us, r.text_hash,
           r.client, r.language,
           row_number() OVER (
               PARTITION BY r.platform, r.reply_to_id, r.account_id ORDER BY r.time_us NULLS LAST, r.post_id) AS place,
           count(*) OVER (PARTITION BY r.platform, r.reply_to_id, r.account_id) AS here
    FROM posts AS r
    JOIN wanted AS w ON w.platform = r.platform AND w.target = r.reply_to_id
    LEFT JOIN posts AS p ON p.platform = r.platform AND p.post_id = r.reply_to_id
    WHERE r.kind <> 'share' AND (p.account_id IS NULL OR p.account_id <> r.account_id)
),
one AS (SELECT * FROM answers WHERE place = 1),
near AS (SELECT post_id, platform, min(object_id) AS cluster FROM actions WHERE kind = 'near_text' GROUP BY post_id, platform),
made AS (SELECT account_id, min(created_us) AS created_us FROM accounts GROUP BY account_id),
labels AS (
    SELECT o.platform, o.target, o.account_id, o.post_id, o.time_us, 'wording' AS trait, coalesce(n.cluster, o.text_hash) AS label
    FROM one AS o LEFT JOIN near AS n ON n.post_id = o.post_id AND n.platform = o.platform
    UNION ALL
    SELECT o.platform, o.target, o.account_id, o.post_id, o.time_us, 'ages',
           CAST(CAST(floor(m.created_us / :week_us) AS BIGINT) AS STRING)
    FROM one AS o JOIN made AS m ON m.account_id = o.account_id
    UNION ALL
    SELECT platform, target, account_id, post_id, time_us, 'habits',
           CASE WHEN client IS NULL AND language IS NULL THEN NULL
                ELSE concat(coalesce(client, ''), ' | ', coalesce(language, '')) END
    FROM one
)"""
_ANSWERS = f"""
WITH wanted AS (
    SELECT platform, target FROM (
        SELECT platform, reply_to_id AS target, count(DISTINCT account_id) AS size FROM posts
        WHERE reply_to_id IS NOT NULL AND kind <> 'share' GROUP BY platform, reply_to_id) AS sizes
    WHERE size >= :least ORDER BY size DESC, platform, target LIMIT :most
),
{_FIRST}"""
_ONE = f"""
WITH wanted AS (SELECT :platform AS platform, :target AS target),
{_FIRST}"""
_COUNTS = """
SELECT platform, target, trait, size, count(*) AS kinds
FROM (SELECT platform, target, trait, label, count(*) AS size FROM labels WHERE label IS NOT NULL
      GROUP BY platform, target, trait, label) AS counted
GROUP BY platform, target, trait, size ORDER BY platform, target, trait, size"""
# the ranks of the median and of the ends of its interval, from the binomial distribution's normal form
_SPEED = """
, totals AS (SELECT account_id, count(*) AS posts FROM posts GROUP BY account_id),
ranked AS (
    SELECT o.*, t.posts, count(o.time_us) OVER (PARTITION BY o.platform, o.target) AS timed,
           row_number() OVER (PARTITION BY o.platform, o.target ORDER BY o.time_us NULLS LAST, o.post_id) AS rank
    FROM one AS o JOIN totals AS t ON t.account_id = o.account_id
),
halves AS (
    SELECT *, (timed + 1) / 2.0 AS middle, 0.98 * sqrt(CAST(timed AS DOUBLE)) AS half FROM ranked
)
SELECT platform, target, min(author) AS author, min(role) AS role, count(*) AS size, max(timed) AS timed,
       count(CASE WHEN posts = here THEN 1 END) AS only_here, min(time_us) AS first_us,
       min(CASE WHEN rank >= middle THEN time_us END) AS half_us,
       coalesce(max(CASE WHEN rank <= middle - half THEN time_us END), min(time_us)) AS low_us,
       coalesce(min(CASE WHEN rank >= middle + half THEN time_us END), max(time_us)) AS high_us
FROM halves GROUP BY platform, target ORDER BY platform, target"""
_TELLERS = """
SELECT account_id, post_id, size FROM (
    SELECT account_id, post_id, time_us, label, count(*) OVER (PARTITION BY label) AS size
    FROM labels WHERE trait = :trait AND label IS NOT NULL) AS counted
ORDER BY size DESC, label, time_us NULLS LAST, account_id LIMIT 20"""
