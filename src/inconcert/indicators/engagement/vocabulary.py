"""How fast new words come up in the answers to one post: their variety, with an interval over the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inconcert.indicators.engagement.crowds import Crowd
from inconcert.indicators.engagement.variety import DRAW, Variety
from inconcert.indicators.facts import Facts
from inconcert.rewriting.tokens import tokens

READ = 100
"""Answers of one post that are read at most, spread evenly over its time."""
LEAST = 10
"""Answers with words below which nothing is said."""


def vocabulary(facts: Facts, crowds: Sequence[Crowd]) -> dict[tuple[str, str], Variety]:
    """(platform, post) -> share of different words in a draw of DRAW words from its answers, for posts with at least
    LEAST of them; the interval is a jackknife over answers, since words of one answer belong together."""
    if not crowds:
        return {}
    texts: dict[tuple[str, str], list[str]] = {}
    params = {"least": min(crowd.size for crowd in crowds), "read": READ}
    for row in facts.engine.sql(_TEXTS, params).to_pylist():
        texts.setdefault((row["platform"], row["target"]), []).append(row["text"])
    wanted = {(crowd.platform, crowd.post_id) for crowd in crowds}
    found = {key: _words([tokens(text).keys for text in told]) for key, told in texts.items() if key in wanted}
    return {key: value for key, value in found.items() if value is not None}


def _words(answers: Sequence[Sequence[str]]) -> Variety | None:
    """Of the words of these answers."""
    spoken = [Counter(answer) for answer in answers if answer]
    code = {word: at for at, word in enumerate(sorted({word for answer in spoken for word in answer}))}
    n = len(spoken)
    counts = np.zeros((n, len(code)))
    for at, answer in enumerate(spoken):
        counts[at, [code[word] for word in answer]] = list(answer.values())
    total = counts.sum(0)
    if n < LEAST or (total.sum() - counts.sum(1)).min() <= DRAW:
        return None
    share = _share(total)
    without = np.array([_share(total - row) for row in counts])
    half = 1.96 * float(np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))
    return Variety(n, share, max(0.0, share - half), min(1.0, share + half))


def _share(total: NDArray[np.float64]) -> float:
    """Expected share of different words in a draw of DRAW, with replacement: vocabularies are large beside the draw."""
    rate = total[total > 0] / total.sum()
    return float((1 - (1 - rate) ** DRAW).sum()) / DRAW


_TEXTS = """
WITH wanted AS (
    SELECT platform, reply_to_id AS target FROM posts WHERE reply_to_id IS NOT NULL AND kind <> 'share'
    GROUP BY platform, reply_to_id HAVING count(DISTINCT account_id) >= :least
),
told AS (
    SELECT r.platform, r.reply_to_id AS target, substr(r.text, 1, 500) AS text, r.time_us, r.post_id,
           row_number() OVER (PARTITION BY r.platform, r.reply_to_id ORDER BY r.time_us NULLS LAST, r.post_id) AS place,
           count(*) OVER (PARTITION BY r.platform, r.reply_to_id) AS answers
    FROM posts AS r JOIN wanted AS w ON w.platform = r.platform AND w.target = r.reply_to_id
    WHERE r.kind <> 'share' AND r.text IS NOT NULL AND r.text <> ''
)
SELECT platform, target, text FROM told
WHERE floor(place * least(1.0, CAST(:read AS DOUBLE) / answers)) > floor((place - 1) * least(1.0, CAST(:read AS DOUBLE) / answers))
ORDER BY platform, target, time_us NULLS LAST, post_id"""
