"""Accounts of different platforms that may be one persona: rare things they have in common, weighed in bits."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa

from inconcert.indicators.evidence import MOST
from inconcert.indicators.facts import ACCOUNTS, AVATARS, Facts
from inconcert.indicators.figure import Figure
from inconcert.indicators.indicator import Example, Indicator
from inconcert.indicators.personas.persona_bits import Item, Personas, Weighed
from inconcert.indicators.personas.persona_keys import Described
from inconcert.indicators.reading import Point, Reading, Witness, too_little
from inconcert.normalise.folding import fold_name
from inconcert.schema import ACTIONS

PAIR = "one-persona"

_ACCOUNTS = """
SELECT a.account_id, a.platform, a.role, substr(a.handle, 1, 100) AS handle, substr(a.display_name, 1, 200) AS display_name,
       substr(a.bio, 1, 1000) AS bio, g.group_id
FROM accounts AS a LEFT JOIN (SELECT account_id, min(group_id) AS group_id FROM members GROUP BY account_id) AS g
  ON g.account_id = a.account_id
ORDER BY a.account_id, a.platform"""
_NAMES = """
SELECT account_id, substr(handle, 1, 100) AS handle, substr(display_name, 1, 200) AS display_name FROM names
ORDER BY account_id, handle, display_name"""
_COMPARABLE = "(kind = 'text' OR kind = 'near_text' OR kind = 'url' OR kind = 'media')"
_ACTIVE = f"SELECT DISTINCT account_id FROM actions WHERE {_COMPARABLE} ORDER BY account_id"
# what one kind finds again in another form counts once: the most of any kind
_SHARED = f"""
WITH rare AS (
    SELECT kind, object_id FROM actions WHERE {_COMPARABLE} GROUP BY kind, object_id
    HAVING count(DISTINCT account_id) BETWEEN 2 AND :most AND count(DISTINCT platform) >= 2
),
used AS (
    SELECT a.kind, a.object_id, a.account_id, a.platform, min(a.post_id) AS post_id
    FROM actions AS a JOIN rare AS r ON r.kind = a.kind AND r.object_id = a.object_id
    GROUP BY a.kind, a.object_id, a.account_id, a.platform
),
of_kind AS (
    SELECT x.account_id AS a, y.account_id AS b, x.kind, count(*) AS n, min(x.post_id) AS post_a, min(y.post_id) AS post_b
    FROM used AS x JOIN used AS y ON y.kind = x.kind AND y.object_id = x.object_id AND x.platform < y.platform
    GROUP BY x.account_id, y.account_id, x.kind
)
SELECT a, b, max(n) AS n, min(post_a) AS post_a, min(post_b) AS post_b FROM of_kind GROUP BY a, b ORDER BY a, b"""


@dataclass(frozen=True, kw_only=True)
class CrossPlatformPersonas(Indicator):
    """Pairs of accounts on different platforms, by handle, name, profile text, picture, rare content and links between them.

    least_bits: fewest bits of a pair that is shown.
    items: fewest independent items worth a bit or more.
    popular: accounts on an object beyond which sharing it is not counted.
    least: fewest accounts of a platform, from which it is learnt how common names and the like are.
    """

    name: ClassVar[str] = "cross-platform-personas"
    id: ClassVar[str] = "D16"
    family: ClassVar[str] = "content"
    about: ClassVar[str] = "accounts of different platforms that may be one persona, by rare things they have in common"
    cites: ClassVar[str] = (
        "Fellegi and Sunter 1969, A theory for record linkage; Zafarani and Liu 2013, Connecting users across social media sites"
    )
    measures: ClassVar[dict[str, str]] = {
        PAIR: "bits (log2 likelihood ratio) for one persona behind two accounts, against unrelated accounts of the same data; the chance "
        "counts every pair of accounts on different platforms"
    }
    needs: ClassVar[tuple[str, ...]] = ("accounts.handle|accounts.display_name",)
    minimum: ClassVar[str] = "30 accounts on each of two platforms; a pair needs 10 bits from 2 independent items"
    confounders: ClassVar[tuple[str, ...]] = (
        "namesakes, and fans under the name and picture of one star",
        "tools that pass every post on to other platforms for many customers",
        "impersonation of an account on a platform where it is absent",
        "a firm's or club's accounts run by different people",
        "several personas of one operator, who posts the same through all of them",
    )
    disarm: ClassVar[tuple[str, ...]] = ("T0144.001", "T0119.002")
    figure: ClassVar[Figure] = Figure("bars", "bits for one persona", "")

    least_bits: float = 10.0
    items: int = 2
    popular: int = 10
    least: int = 30

    def measure(self, facts: Facts, rng: np.random.Generator) -> list[Reading]:
        """One reading for every pair with bits enough, most first."""
        personas, posts = self.personas(facts)
        accounts = personas.accounts
        if not any(account.case for account in accounts) or len(personas.sizes) < 2:
            sizes = Counter(account.platform for account in _described(facts))
            return [self._refusal(sizes)] if sizes else []
        weighed = [personas.weigh(a, b) for a, b in personas.pairs(self.items)]
        shown = [w for w in weighed if w.bits >= self.least_bits and w.agreeing >= self.items]
        shown.sort(key=lambda w: (-w.bits, w.a, w.b))
        possible = personas.possible()
        return [self._reading(w, accounts, possible, len(shown), posts.get((w.a, w.b))) for w in shown]

    def personas(self, facts: Facts) -> tuple[Personas, dict[tuple[int, int], tuple[str, str]]]:
        """The accounts of platforms with enough of them, ready to be weighed, and a post of each for pairs that share something
        rare."""
        accounts = _described(facts)
        sizes = Counter(account.platform for account in accounts)
        accounts = [account for account in accounts if sizes[account.platform] >= self.least]
        place = {account.account_id: i for i, account in enumerate(accounts)}
        posts: dict[tuple[int, int], tuple[str, str]] = {}
        shared: dict[tuple[int, int], int] = {}
        for row in facts.engine.sql(_SHARED, {"most": self.popular}).to_pylist():
            a, b = place.get(row["a"]), place.get(row["b"])
            if a is not None and b is not None and accounts[a].platform < accounts[b].platform:
                shared[a, b], posts[a, b] = row["n"], (row["post_a"], row["post_b"])
        return Personas(accounts, shared), posts

    def _refusal(self, sizes: Counter[str]) -> Reading:
        held = ", ".join(f"{n:,} of {platform[:40]}" for platform, n in sorted(sizes.items())[:6])
        return too_little(
            PAIR, "case", "case", n=sum(sizes.values()), unit="accounts", scale="bits",
            lacking=f"accounts: {held}; it needs {self.least} of each of two platforms",
        )  # fmt: skip

    def _reading(
        self, pair: Weighed, accounts: Sequence[Described], possible: int, shown: int, posts: tuple[str, str] | None
    ) -> Reading:
        one, other = accounts[pair.a], accounts[pair.b]
        low, high = pair.interval
        # Markov: unrelated pairs reach a ratio of x no more often than 1 / x. Those not shown have been looked at too, so the chance
        # is that of the pair among all of them, spread over those shown: Benjamini-Hochberg over the latter is then that over all.
        p_value = min(1.0, max(2.0**-pair.bits * possible / shown, 1e-300))
        ratio, ratio_low, ratio_high = (min(MOST, max(1 / MOST, 2.0 ** min(b, 60.0))) for b in (pair.bits, low, high))
        agreeing = [item for item in pair.items if item.bits > 0]
        common = ", ".join(_words(item) for item in agreeing)
        return Reading(
            measure=PAIR, subject="pair", subject_id=f"{one.account_id}|{other.account_id}", group_id=one.group_id or other.group_id,
            n=len(pair.items), unit="items", scale="bits", value=pair.bits, low=low, high=high, control=pair.unrelated, n_control=possible,
            p_value=p_value, lr=ratio, lr_low=ratio_low, lr_high=ratio_high,
            says=f"Two accounts, on {one.platform[:40]} and {other.platform[:40]}, have in common: {common}; for one persona that weighs "
            f"{pair.bits:z.1f} bits (95% interval {low:z.1f} to {high:z.1f}), where unrelated accounts come to {pair.unrelated:z.1f} and, with "
            f"{possible:,} pairs to choose from, {math.log2(possible):z.1f} make even odds.",
            points=tuple(
                Point("agrees" if item.bits > 0 else "differs", item.bits, low=item.low, high=item.high, label=_words(item))
                for item in pair.items
            ),
            witnesses=tuple(
                Witness(account.account_id, post, f"has in common with the other: {common}")
                for i, account in enumerate((one, other)) for post in (posts[i] if posts else None,)
            ),
        )  # fmt: skip

    @classmethod
    def example(cls) -> Example:
        """Four hundred accounts on each of two platforms; three people are on both, by handle, name, picture and what they post."""
        rng = np.random.default_rng(9)
        letters = np.array(list("abcdefghiklmnoprstuvw"))
        words = ["".join(rng.choice(letters, 7)) for _ in range(1200)]
        rows, pictures, actions = [], [], []
        for n in range(800):
            who = n - 400 if 400 <= n < 403 else n
            account, platform = f"{'ab'[n >= 400]}{n}", ("telegram", "twitter")[n >= 400]
            rows.append({
                "account_id": account, "platform": platform, "role": "case", "handle": f"{words[who]}{who}",
                "display_name": f"{words[who + 200]} {words[who + 400]}",
            })  # fmt: skip
            pictures.append({"account_id": account, "picture_id": f"picture{who}"})
            actions += [
                {"account_id": account, "kind": "url", "object_id": f"u{who}_{k}", "post_id": f"{account}_{k}", "platform": platform}
                for k in range(3)
            ]  # fmt: skip
        return Example(
            {
                "accounts": pa.Table.from_pylist(rows, schema=ACCOUNTS.arrow),
                "avatars": pa.Table.from_pylist(pictures, schema=AVATARS.arrow),
                "actions": pa.Table.from_pylist(actions, schema=ACTIONS.arrow),
            },
            frozenset((PAIR, f"a{i}|b{400 + i}") for i in range(3)),
        )


def _described(facts: Facts) -> list[Described]:
    """Every account with its platform, an account met on two platforms on the first in the alphabet only."""
    handles: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    pictures: dict[str, set[str]] = defaultdict(set)
    rows = {row["account_id"]: row for row in reversed(facts.engine.sql(_ACCOUNTS).to_pylist())}
    for row in [*rows.values(), *facts.engine.sql(_NAMES).to_pylist()]:
        if row["handle"] and (handle := fold_name(row["handle"])):
            handles[row["account_id"]].add(handle)
        if row["display_name"]:
            names[row["account_id"]].add(row["display_name"])
    for row in facts.engine.sql(
        "SELECT account_id, picture_id FROM avatars ORDER BY account_id, picture_id"
    ).to_pylist():
        pictures[row["account_id"]].add(row["picture_id"])
    active = set(facts.engine.sql(_ACTIVE).column("account_id").to_pylist())
    return [
        Described(
            account, row["platform"], row["group_id"], row["role"] == "case", frozenset(handles[account]), frozenset(names[account]),
            row["bio"] or "", frozenset(pictures[account]), account in active,
        )
        for account, row in sorted(rows.items())
    ]  # fmt: skip


def _words(item: Item) -> str:
    """One item as a reader sees it."""
    if not item.count:
        return f"{item.field}: different"
    return f"{item.field}: {item.level} ({item.count:,} of {item.of:,})"
