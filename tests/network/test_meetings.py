"""Repeated meetings: posts are counted, not objects, on both sides, over all kinds and within the window."""

from __future__ import annotations

import itertools
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.detect.layer import UNTIMED
from inconcert.network.material import Material
from inconcert.network.meetings import MEETINGS, Meetings, repeated_meetings

from .worlds import DAY, HOUR, MINUTE, SECOND, layer, material, moved

Row = tuple[int, int, int | None]
CoAction = tuple[int, int, int, str, int, int, int]
"""source, target, kind, name of the object, gap, popularity, meetings of the pair."""
WINDOWS = (10 * SECOND, MINUTE, HOUR)
rows_strategy = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.integers(0, 7),
        st.sampled_from([None, 0, 9 * SECOND, 10 * SECOND, 11 * SECOND, 71 * SECOND, HOUR, DAY]),
    ),
    max_size=40,
)


def of(rows: list[Row], kind: str = "share") -> Material:
    return material(layer(rows, accounts=6, kind=kind), windows_us=WINDOWS)


def listed(found: Meetings, materials: dict[str, Material]) -> list[CoAction]:
    """Every row, its object by name."""
    names = [name for m in materials.values() for name in m.first.objects.to_pylist()]
    columns = (found.source, found.target, found.kind, found.object, found.gap_us, found.popularity, found.met)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return sorted((s, t, k, names[o], gap, n, met) for s, t, k, o, gap, n, met in rows)


def spelt_out(materials: dict[str, Material], window_us: int) -> list[CoAction]:
    """The same, account by account: a post is an account at a time, and a pair meets at its posts."""
    rows: list[CoAction] = []
    posts: dict[tuple[int, int], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for index, m in enumerate(materials.values()):
        acts: dict[str, list[tuple[int, int]]] = defaultdict(list)
        names = m.first.objects.to_pylist()
        for account, thing, time_us in zip(m.first.account, m.first.object, m.first.time_us, strict=True):
            acts[names[thing]].append((int(account), int(time_us)))
        for name, audience in acts.items():
            for (s, s_us), (t, t_us) in itertools.combinations(sorted(audience), 2):
                if UNTIMED in (s_us, t_us) or abs(s_us - t_us) > window_us:
                    continue
                posts[s, t][0].add(s_us)
                posts[s, t][1].add(t_us)
                rows.append((s, t, index, name, abs(s_us - t_us), len(audience), 0))
    met = {pair: min(len(of_source), len(of_target)) for pair, (of_source, of_target) in posts.items()}
    return sorted((*row[:6], met[row[0], row[1]]) for row in rows if met[row[0], row[1]] >= MEETINGS[0])


@settings(deadline=None, max_examples=60)
@given(share=rows_strategy, text=rows_strategy, window_us=st.sampled_from([*WINDOWS, 9 * SECOND]))
def test_meetings_are_those_counted_post_by_post(share: list[Row], text: list[Row], window_us: int):
    found = {kind: of(rows, kind) for kind, rows in (("share", share), ("text", text))}
    assert listed(repeated_meetings(found, window_us), found) == spelt_out(found, window_us)


def both(rows: list[Row]) -> dict[str, Material]:
    """Posts that carry a text and a link each."""
    data = layer(rows, accounts=6, kind="text")
    return {"text": material(data, windows_us=WINDOWS), "url": material(moved(data, "url"), windows_us=WINDOWS)}


@pytest.mark.parametrize("posts", [1, 2, 5])
def test_a_text_and_a_link_of_one_post_are_one_meeting(posts: int):
    rows = [(a, o, o * DAY + a * SECOND) for o in range(posts) for a in (0, 1)]
    found = repeated_meetings(both(rows), 10 * SECOND)
    if posts < MEETINGS[0]:
        assert not len(found.met)
    else:
        assert found.met.tolist() == [posts] * (2 * posts)
        assert found.kind.tolist() == [0] * posts + [1] * posts
        assert len(set(found.object.tolist())) == 2 * posts


def test_a_text_and_a_link_in_posts_of_their_own_are_two_meetings():
    rows = [(a, 0, a * SECOND) for a in (0, 1)]
    data = layer(rows, accounts=6, kind="text")
    later = {
        "text": material(data, windows_us=WINDOWS),
        "url": material(moved(data, "url", MINUTE), windows_us=WINDOWS),
    }
    assert repeated_meetings(later, 10 * SECOND).met.tolist() == [2, 2]


@pytest.mark.parametrize("collector", [0, 1])
def test_one_post_of_one_side_is_one_meeting_however_often_the_other_side_posts(collector: int):
    """One post of five links, each of which the other account posts by itself: the pair met once, whichever comes first."""
    links = [(collector, o, 0) for o in range(5)] + [(1 - collector, o, o * SECOND) for o in range(5)]
    found = {"share": of(links)}
    assert not len(repeated_meetings(found, MINUTE).met)
    apart = [(collector, o, o * HOUR) for o in range(5)] + [(1 - collector, o, o * HOUR + SECOND) for o in range(5)]
    assert repeated_meetings({"share": of(apart)}, MINUTE).met.tolist() == [5] * 5


def test_meetings_beyond_the_window_do_not_count():
    gaps = [5 * SECOND, 10 * SECOND, 11 * SECOND, MINUTE, 59 * MINUTE]
    rows = [row for o, gap in enumerate(gaps) for row in ((0, o, o * DAY), (1, o, o * DAY + gap))]
    found = {"share": of(rows)}
    within = {w: repeated_meetings(found, w) for w in WINDOWS}
    assert [within[w].met.tolist() for w in WINDOWS] == [[2] * 2, [4] * 4, [5] * 5]
    for w in WINDOWS:
        assert within[w].gap_us.tolist() == [gap for gap in gaps if gap <= w]


def test_objects_that_many_accounts_touched_bring_nobody_together(monkeypatch: pytest.MonkeyPatch):
    """Only rare objects are listed; here those of up to 15 accounts."""
    monkeypatch.setattr("inconcert.network.material.RAREST", ())
    rows = [(a, o, o * DAY + a) for o in range(3) for a in range(15)]
    rows += [(a, 3 + o, o * DAY + a) for o in range(3) for a in range(20, 36)]
    data = layer(rows, accounts=40)
    found = repeated_meetings({"share": material(data, windows_us=WINDOWS)}, 10 * SECOND)
    assert set(found.popularity.tolist()) == {15}
    assert max(found.source.max(), found.target.max()) < 15
    assert found.met.tolist() == [3] * 3 * 105


@settings(deadline=None, max_examples=40)
@given(share=rows_strategy, seed=st.integers(0, 99))
def test_what_is_kept_is_kept_whole(share: list[Row], seed: int):
    found = {"share": of(share)}
    met = repeated_meetings(found, HOUR)
    mask = np.random.default_rng(seed).random(len(met.met)) < 0.5
    rows = np.array(listed_in_order(met), dtype=object).reshape(-1, 7)
    assert listed_in_order(met.keep(mask)) == [tuple(row) for row in rows[mask].tolist()]
    for least in MEETINGS:
        assert all(row[6] >= least for row in listed_in_order(met.keep(met.met >= least)))


def listed_in_order(found: Meetings) -> list[tuple[int, ...]]:
    columns = (found.source, found.target, found.kind, found.object, found.gap_us, found.popularity, found.met)
    return list(zip(*(column.tolist() for column in columns), strict=True))
