"""Co-actions counted the slow and obvious way, and worlds small enough to do so."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from inconcert.detect.co_action import CoAction
from inconcert.detect.counts import CoActions
from inconcert.detect.layer import NO_GAP
from inconcert.schema import ACTIONS


class Action(NamedTuple):
    """A row of `actions`, without its platform."""

    account: str
    kind: str
    object: str
    post: str
    time_us: int | None


Proof = tuple[str, str, str, str, str, int | None, int]
"""source, target, object, source post, target post, gap, popularity: a row of co_action.PAIRS."""


def table(actions: list[Action]) -> pa.Table:
    """The `actions` table."""
    rows = [
        {
            "account_id": a.account,
            "kind": a.kind,
            "object_id": a.object,
            "post_id": a.post,
            "platform": "p",
            "time_us": a.time_us,
        }
        for a in actions
    ]
    return pa.Table.from_pylist(rows, schema=ACTIONS.arrow)


def accounts_on(actions: list[Action], kind: str) -> dict[str, set[str]]:
    """Object -> accounts that acted on it."""
    on: dict[str, set[str]] = defaultdict(set)
    for a in actions:
        if a.kind == kind:
            on[a.object].add(a.account)
    return on


def first(actions: list[Action], kind: str) -> list[Action]:
    """Each account's first action on each object: earliest, one without a time last, then the smaller post id."""
    best: dict[tuple[str, str], Action] = {}
    for a in actions:
        if a.kind == kind:
            held = best.setdefault((a.account, a.object), a)
            if (a.time_us is None, a.time_us or 0, a.post.encode()) < (
                held.time_us is None,
                held.time_us or 0,
                held.post.encode(),
            ):
                best[a.account, a.object] = a
    return list(best.values())


def gap(a: Action, b: Action) -> int | None:
    """Time between two actions, None when one has none."""
    return None if a.time_us is None or b.time_us is None else abs(a.time_us - b.time_us)


def proof(actions: list[Action], query: CoAction, caps: tuple[int, ...]) -> list[Proof]:
    """Every co-action counted, with the posts that prove it."""
    acts = first(actions, query.kind) if query.actions == "first" else [a for a in set(actions) if a.kind == query.kind]
    on = accounts_on(actions, query.kind)
    found: dict[tuple[object, ...], list[Proof]] = defaultdict(list)
    for a, b in product(acts, acts):
        n = len(on[a.object])
        if a.object != b.object or (n < 2 and not query.loops):
            continue
        if a.account == b.account:
            if not query.loops or a.post == b.post or (query.count != "actions" and a.post.encode() > b.post.encode()):
                continue
        elif query.count != "actions" and a.account.encode() > b.account.encode():
            continue
        row = (a.account, b.account, a.object, a.post, b.post, gap(a, b), n)
        if any(within(row, query, caps)):
            unit = {"objects": a.object, "actions": a.post, "action_pairs": (a, b)}[query.count]
            found[a.account, b.account, unit].append(row)
    return [
        min(rows, key=lambda r: (r[5] is None, r[5] or 0, r[3].encode(), r[4].encode(), r[2].encode()))
        for rows in found.values()
    ]


def within(row: Proof, query: CoAction, caps: tuple[int, ...]) -> list[bool]:
    """At which scales a co-action counts, the last untimed."""
    timed = [
        row[5] is not None and row[5] <= w and row[6] <= cap for w, cap in zip(query.windows_us, caps, strict=False)
    ]
    return [*timed, row[6] <= caps[-1]]


def edges(actions: list[Action], query: CoAction, caps: tuple[int, ...]) -> dict[tuple[str, str], list[int]]:
    """Pair -> co-actions at every scale, of the pairs that reach min_objects at one."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * len(caps))
    for row in proof(actions, query, caps):
        for s, counted in enumerate(within(row, query, caps)):
            counts[row[0], row[1]][s] += counted
    return {pair: n for pair, n in counts.items() if max(n) >= query.min_objects}


def as_dict(found: CoActions) -> dict[tuple[str, str], list[int]]:
    """The same of a result of counting; checks that it is sorted and free of repeats."""
    order = list(zip(found.source.tolist(), found.target.tolist(), strict=True))
    assert order == sorted(set(order))
    assert (found.source.dtype, found.target.dtype, found.n.dtype) == (np.int32, np.int32, np.int32)
    ids = found.accounts.to_pylist()
    return {(ids[s], ids[t]): n for (s, t), n in zip(order, found.n.tolist(), strict=True)}


def table_as_dict(found: pa.Table) -> dict[tuple[str, str], list[int]]:
    """The same of a table of edges."""
    return {(row[0], row[1]): list(row[2:]) for row in zip(*(c.to_pylist() for c in found.columns), strict=True)}


def object_statistics(
    actions: list[Action], kind: str, windows: tuple[int, ...]
) -> tuple[dict[str, tuple[int, list[int]]], dict[tuple[str, str], int]]:
    """(object -> (popularity, pairs in each window), (object, account) -> smallest window with a partner)."""
    acts = [a for a in first(actions, kind) if len(accounts_on(actions, kind)[a.object]) >= 2]
    objects: dict[str, tuple[int, list[int]]] = {}
    nearest: dict[tuple[str, str], int] = {}
    for a in acts:
        others = [b for b in acts if b.object == a.object and b.account != a.account]
        gaps = [g for g in (gap(a, b) for b in others) if g is not None]
        nearest[a.object, a.account] = min(
            (w for w, size in enumerate(windows) if any(g <= size for g in gaps)), default=len(windows)
        )
        _, pairs = objects.setdefault(a.object, (len(others) + 1, [0] * len(windows)))
        for w, size in enumerate(windows):
            pairs[w] += sum(g <= size for g in gaps)
    return {o: (n, [p // 2 for p in pairs]) for o, (n, pairs) in objects.items()}, nearest


def common(actions: list[Action], kind: str, a: str, b: str) -> list[tuple[str, int]]:
    """(object, gap) of everything both accounts acted on, by object; NO_GAP where a time is missing."""
    one = {x.object: x for x in first(actions, kind) if x.account == a}
    other = {x.object: x for x in first(actions, kind) if x.account == b}
    shared = sorted(one.keys() & other.keys(), key=str.encode)
    return [(o, NO_GAP if gap(one[o], other[o]) is None else gap(one[o], other[o])) for o in shared]  # type: ignore[misc]


SECOND = 1_000_000
WINDOWS_S = (1.0, 60.0, 3600.0)
EDGE_TIMES = sorted(
    {0, 1, 2 * SECOND, 3600 * SECOND, 86_405 * SECOND, -86_400 * SECOND}
    | {w * SECOND + off for w in (1, 60, 61, 3600, 3660) for off in (-1, 0, 1)}
)
"""Times one microsecond around the windows' ends, a day and some seconds later, and before 1970."""

actions_strategy = st.lists(
    st.builds(
        Action,
        account=st.sampled_from(["a", "é", "я", "日", "😀", "b"]),
        kind=st.sampled_from(["share", "share", "share", "url"]),
        object=st.sampled_from(["x", "é", "日", "😀"]),
        post=st.sampled_from(["1", "2", "10", "я", "😀", "é"]),
        time_us=st.one_of(st.none(), st.sampled_from(EDGE_TIMES), st.integers(-5 * SECOND, 5 * SECOND)),
    ),
    max_size=30,
)


@st.composite
def queries(draw: st.DrawFn, countable: bool = False) -> CoAction:
    """Any query over share; countable: only what the sweep counts."""
    count = draw(
        st.sampled_from(["objects", "objects", "actions"] if countable else ["objects", "actions", "action_pairs"])
    )
    one_cap = st.one_of(st.none(), st.integers(1, 6))
    caps = st.lists(st.integers(0, 6), min_size=4, max_size=4).map(lambda c: tuple(sorted(c, reverse=True)))
    return CoAction(
        windows_s=WINDOWS_S,
        untimed=draw(st.booleans()),
        min_objects=draw(st.integers(1, 3)),
        max_accounts=draw(st.one_of(one_cap, caps) if count == "objects" else one_cap),
        actions=draw(st.sampled_from(["first", "all"])),
        count=count,
        loops=False if countable else draw(st.booleans()),
    )
