"""`explain`: everything two accounts did together, with both posts, and how likely each of it is by chance; or one reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inconcert.case import Case
from inconcert.detect.layer import UNTIMED
from inconcert.detect.sweep import shared_objects
from inconcert.errors import InputError
from inconcert.judgement.judgements import Judgement
from inconcert.network import bicm
from inconcert.network.levels import WORDS
from inconcert.network.material import Material
from inconcert.network.pairs import exact_p_values, pair_tests
from inconcert.network.reference import Rates, observe, rates
from inconcert.network.synchrony import popularity_bin
from inconcert.network.witnesses import Witness, witness_table
from inconcert.progress import Progress, silent
from inconcert.verbs.called import account_called
from inconcert.verbs.explained_group import ExplainedGroup, explained_group
from inconcert.verbs.explained_reading import ExplainedReading, explained_reading, reading_number
from inconcert.verbs.gather import gather_again
from inconcert.verbs.judgements import decided_now
from inconcert.verbs.quoted_posts import QuotedPost, quoted_posts


@dataclass(frozen=True)
class Scale:
    """One kind of action at one time scale: co-actions, how many chance gives, and the chance of as many or more.

    window_us: None for any time. n_common: objects both acted on at any time."""

    kind: str
    window_us: int | None
    n_objects: int
    n_common: int
    expected: float
    p_value: float


@dataclass(frozen=True)
class Explanation:
    """Two accounts. level, words, q_value, q_conditional: of their edge; L0 and None when it was not reported. q_conditional:
    that they are more synchronous than what they have in common lets expect. witnesses: table `witnesses`
    (schema), least likely first; chance is that of both acting on the object, this close, if only chance decides.
    posts: theirs, as far as the case holds them.   asked: what each account was called, id -> name, where that is not its id.
    judgements: of people, on either account, that stand."""

    source: str
    target: str
    level: str
    words: str
    q_value: float | None
    q_conditional: float | None
    scales: tuple[Scale, ...]
    witnesses: pa.Table
    posts: tuple[QuotedPost, ...]
    asked: Mapping[str, str]
    judgements: tuple[Judgement, ...]


@overload
def explain(case: Case, a: str, b: str, *, progress: Progress = ...) -> Explanation: ...


@overload
def explain(case: Case, a: str, b: None = None, *, progress: Progress = ...) -> ExplainedReading | ExplainedGroup: ...


def explain(
    case: Case, a: str, b: str | None = None, *, progress: Progress = silent
) -> Explanation | ExplainedReading | ExplainedGroup:
    """Explain the link between two accounts of a case, reported or not; or, with `a` alone, the reading of that number (I12), or
    the group (G1) or set of that name as people judged it.

    Accounts: their ids, names of the report (G1-01) or handles. UnknownName for an account that is not in the case, InputError
    for a name that may be several, for a number no reading has, and for what is neither reading, group nor set.
    """
    if b is None:
        number = reading_number(a)
        if number is not None:
            return explained_reading(case, number)
        group = explained_group(case, a)
        if group is None:
            raise InputError(f"'{a}' is no reading, such as I12, no group and no set. Name one, or two accounts.")
        return group
    detected = case.run("detect")
    if detected is None:
        raise InputError(f"The case {case.path} has no detect run. Run: inconcert detect {case.typed}")
    progress("reading the case", 0, None)
    gathered = gather_again(case, detected)
    materials = gathered.materials
    accounts = next(iter(materials.values())).first.accounts
    known = {name: account_called(case, name, accounts) for name in (a, b)}
    called = {gathered.counted.get(id, id): name for name, id in known.items()}
    if len(called) == 1:
        twice = f"'{a}' was given twice" if a == b else f"'{a}' and '{b}' are one account"
        raise InputError(f"{twice}; name two accounts.")
    ids = sorted(called, key=lambda text: text.encode())
    pair = np.array([pc.index(accounts, id).as_py() for id in ids], dtype=np.int32)
    scales: list[Scale] = []
    found: list[Witness] = []
    for material in materials.values():
        scales += _scales(material, pair)
        found += _common(material, rates(material.prior, observe(material.measured)), pair)
    found.sort(key=lambda w: (w.chance, w.gap_us))
    objects = {kind: m.first.objects for kind, m in materials.items()}
    edges = detected.table("edges")
    names = accounts[int(pair[0])].as_py(), accounts[int(pair[1])].as_py()
    edge = edges.filter(pc.and_(pc.equal(edges["source"], names[0]), pc.equal(edges["target"], names[1]))).to_pylist()
    level = edge[0]["level"] if edge else "L0"
    table = witness_table(
        found, accounts, objects, gathered.actions, resolution_s=gathered.resolution_s, counted=gathered.counted
    )
    q_value, q_conditional = (edge[0]["q_value"], edge[0]["q_conditional"]) if edge else (None, None)
    posts = quoted_posts(
        case,
        [
            (row[f"{side}_post_id"], row[side])
            for row in table.select(["source", "target", "source_post_id", "target_post_id"]).to_pylist()
            for side in ("source", "target")
        ],
    )
    asked = {id: name for id, name in called.items() if id != name}
    of_account = decided_now(case).of_account
    judged = tuple(sorted({one for name in names for one in of_account.get(name, ())}, key=lambda one: one.number))
    return Explanation(*names, level, WORDS[level], q_value, q_conditional, tuple(scales), table, posts, asked, judged)


def _scales(material: Material, pair: np.ndarray[tuple[int], np.dtype[np.int32]]) -> list[Scale]:
    """Scales of one kind at which the two met often enough to be counted."""
    tests = pair_tests(material.first, material.measured, material.counted, largest_p=1.0)
    row = np.flatnonzero((tests.source == pair[0]) & (tests.target == pair[1]))
    if not len(row):
        return []
    exact = exact_p_values(tests, row)[0]
    counts, expected = tests.counts[row[0]], tests.expected[row[0]]
    windows = [*material.windows_us, None]
    return [
        Scale(tests.kind, w, int(counts[s]), int(counts[-1]), float(expected[s]), float(exact[s]))
        for s, w in enumerate(windows)
        if counts[s] > 0
    ]


def _common(material: Material, tempered: Rates, pair: np.ndarray[tuple[int], np.dtype[np.int32]]) -> list[Witness]:
    """Every object both acted on, with the gap between their first actions (None as -1 when a time is missing)."""
    first = material.first
    _, things, gaps = shared_objects(first, pair[:1], pair[1:])
    degree = np.bincount(first.account, minlength=first.n_accounts)
    model = bicm.fit(degree, material.measured.popularity.astype(np.int64))
    chance = model.probabilities()[np.searchsorted(model.degrees, degree[pair])] if len(things) else np.empty((2, 0))
    found = []
    for thing, gap_us in zip(things.tolist(), gaps.tolist(), strict=True):
        popularity = int(material.measured.popularity[thing])
        column = int(np.searchsorted(model.popularities, popularity))
        times = [int(first.time_us[(first.object == thing) & (first.account == code)][0]) for code in pair]
        within = [w for w, window_us in enumerate(material.windows_us) if gap_us <= window_us]
        bin_ = int(popularity_bin(np.array([popularity], dtype=np.int32))[0])
        timed = UNTIMED not in times
        close = float(tempered.upper("pair")[within[0], bin_]) if within and timed else 1.0
        found.append(
            Witness(
                None, first.kind, int(pair[0]), int(pair[1]), thing, times[0], times[1], gap_us if timed else -1, popularity,
                float(chance[0, column] * chance[1, column]) * close,
            )
        )  # fmt: skip
    return found
