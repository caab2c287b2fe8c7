"""Innocent explanations: which one fits is read from what the group did, and published copy keeps a group at L1."""

from __future__ import annotations

import itertools
import json
from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.detect.layer import UNTIMED, Layer
from inconcert.network.candidates import Candidate
from inconcert.network.describe import Description
from inconcert.network.groups import Group
from inconcert.network.innocent import PUBLISHED, SYNDICATION, Traits, as_json, explanations
from inconcert.network.judged import traits
from inconcert.network.material import Material

from .conftest import ACCOUNTS, MEMBERS, assessed
from .worlds import DAY, HOUR, MINUTE, SECOND, crowd, joined, layer, material

COPY = ("url", "domain", "text", "media")
OTHER = ("share", "reply", "mention", "hashtag", "hashtag_sequence")
PLAIN = Traits(
    kinds=("text",), median_gap_us=0.0, busiest_hour=0.0, outsiders=0.0, carried=0.0, synchrony=1.0, reference_rate=0.1,
    posts_per_account=20.0,
)  # fmt: skip


def names(t: Traits) -> list[str]:
    return [name for name, _ in explanations(t)]


# From traits to explanations ---------------------------------------------------------------------------------------------


def test_kinds_are_called_by_words() -> None:
    its = replace(PLAIN, kinds=("near_text", "url"), median_gap_us=float(MINUTE))
    why = dict(explanations(its))[SYNDICATION]
    assert "the same near-identical texts and links with" in why


@given(kinds=st.sets(st.sampled_from(COPY), min_size=1), gap_s=st.floats(10.5, 6 * 3600))
def test_copies_that_follow_by_seconds_to_hours_may_be_syndicated(kinds: set[str], gap_s: float):
    found = explanations(replace(PLAIN, kinds=tuple(kinds), median_gap_us=gap_s * SECOND))
    assert found[0][0] == SYNDICATION
    assert all(PUBLISHED[kind] in found[0][1] for kind in kinds)


@given(kinds=st.sets(st.sampled_from(COPY), min_size=1), gap_s=st.floats(0, 1))
def test_copies_of_one_second_are_not(kinds: set[str], gap_s: float):
    found = names(replace(PLAIN, kinds=tuple(kinds), median_gap_us=gap_s * SECOND))
    assert SYNDICATION not in found
    assert found[0] == "one shared client or scheduler"


@given(
    copy=st.sets(st.sampled_from(COPY)),
    other=st.sets(st.sampled_from(OTHER), min_size=1),
    gap_s=st.floats(0, 6 * 3600),
)
def test_shares_replies_and_hashtags_are_no_copy(copy: set[str], other: set[str], gap_s: float):
    assert SYNDICATION not in names(replace(PLAIN, kinds=(*copy, *other), median_gap_us=gap_s * SECOND))


@given(
    t=st.builds(
        Traits,
        kinds=st.lists(st.sampled_from([*COPY, *OTHER]), unique=True).map(tuple),
        median_gap_us=st.floats(0, 1e11),
        busiest_hour=st.floats(0, 1),
        outsiders=st.floats(0, 1),
        carried=st.floats(0, 1),
        synchrony=st.floats(0, 1),
        reference_rate=st.floats(0, 1),
        posts_per_account=st.floats(0, 1e6),
    )
)
def test_something_innocent_always_fits(t: Traits):
    found = explanations(t)
    assert found[-1][0] == "an openly declared group"
    assert len(set(names(t))) == len(found)
    assert json.loads(as_json(found)) == [{"name": name, "why": why} for name, why in found]


# From a group to its traits ----------------------------------------------------------------------------------------------

times = st.one_of(
    st.none(), st.sampled_from([0, SECOND, 30 * SECOND, 61 * SECOND, 50 * MINUTE, HOUR + MINUTE, 3 * DAY])
)
incidences = st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 7)), times, min_size=4, max_size=60)
WINDOWS = (10 * SECOND, MINUTE, HOUR)


def measured(m: Material, members: list[int], window: int, posts: int | None = None) -> Traits:
    """`posts`: how many each account wrote; without it ten times its number."""
    wrote = np.arange(m.first.n_accounts) * 10 if posts is None else np.full(m.first.n_accounts, posts)
    candidate = Candidate(np.array(sorted(members), dtype=np.int32), m.first.kind, window, 15, "components")
    known = Description(None, None, 0, (m.first.kind,), (window,), 9, 2.0, 0.8, 0.1, 0.5)
    return traits(m, known, Group(candidate, candidate, 0.0, 0.0, ()), wrote)


@settings(deadline=None, max_examples=60)
@given(acts=incidences, members=st.sets(st.integers(0, 9), min_size=2), window=st.integers(0, 2))
def test_traits_are_those_counted_copy_by_copy(acts: dict[tuple[int, int], int | None], members: set[int], window: int):
    m = material(layer([(a, o, t) for (a, o), t in acts.items()], accounts=10), windows_us=WINDOWS)
    found = measured(m, list(members), window)
    audience: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, o, t in zip(m.first.account.tolist(), m.first.object.tolist(), m.first.time_us.tolist(), strict=True):
        audience[o].append((a, t))
    gaps, hours, crowded, carried = [], Counter(), [], []
    for people in audience.values():
        mine = [t for a, t in people if a in members]
        first_us, *later = sorted(t for t in mine if t != UNTIMED) or [0]
        followers = [t for t in later if t - first_us <= WINDOWS[window]]
        gaps += [t - first_us for t in followers]
        hours.update(t // HOUR for t in followers)
        if len(mine) >= 2:
            crowded.append(len(people) > 2 * len(mine))
            carried.append(len(people) > sum(10 * a for a in range(10)) / 20)
    assert found.median_gap_us == (np.median(gaps) if gaps else 0.0)
    assert found.busiest_hour == pytest.approx(max(hours.values(), default=0) / max(len(gaps), 1))
    assert found.outsiders == pytest.approx(np.mean(crowded) if crowded else 0.0)
    assert found.carried == pytest.approx(np.mean(carried) if carried else 0.0)
    assert found.posts_per_account == pytest.approx(np.mean([10 * a for a in members]))
    assert (found.kinds, found.synchrony, found.reference_rate) == (("share",), 0.8, 0.1)


def wire(
    rng: np.random.Generator, after_s: tuple[float, float], *, kind: str = "text", accounts: int = ACCOUNTS
) -> Layer:
    """Nine of the twelve carry each of forty texts: one first, the others so much later."""
    rows = []
    for thing in range(40):
        moment_s = rng.uniform(0, 20 * 86_400)
        first, *others = rng.permutation(MEMBERS)[:9].tolist()
        rows.append((first, thing, int(moment_s * SECOND)))
        rows += [(a, thing, int((moment_s + rng.uniform(*after_s)) * SECOND)) for a in others]
    return layer(rows, accounts=accounts, kind=kind)


@pytest.mark.parametrize(
    ("after_s", "said"), [((0.0, 1.0), False), ((15.0, 50.0), True), ((30.0, 59.0), True)], ids=str
)
def test_the_gap_is_that_to_the_first_copy(after_s: tuple[float, float], said: bool):
    rng = np.random.default_rng(111)
    m = material(joined(crowd(rng, accounts=ACCOUNTS, kind="text"), wire(rng, after_s)))
    found = measured(m, list(MEMBERS), 1)
    low, high = (s * SECOND for s in after_s)
    # 320 copies at uniform times after the first: their median misses the middle by five sd, (high - low) / (2 sqrt(320)), at most
    assert abs(found.median_gap_us - (low + high) / 2) <= 5 * (high - low) / (2 * np.sqrt(320))
    assert (SYNDICATION in names(found)) is said


def test_a_thing_in_few_posts_is_not_said_to_occur_in_one_post_of_twenty():
    """Each of five things in one post of each of twelve accounts, beside 4,800 posts about others: one post in four hundred."""
    rows = [(12 + a % 218, o, int(o * DAY / 9 + a * HOUR)) for o in range(2_400) for a in (o, o + 3)]
    rows += [(a, 3_000 + o, o * DAY + a * SECOND) for o in range(5) for a in range(12)]
    m = material(layer(rows, accounts=230, kind="text"))
    assert len(m.first) == 4_860
    found = measured(m, list(range(12)), 1)
    assert set(m.measured.popularity.tolist()) == {2, 12}
    assert 12 / len(m.first) < 1 / 400 < 1 / 20
    assert "the collection's own query" not in names(found), f"carried {found.carried:.0%}"


def test_a_thing_in_every_second_post_is_said_to_be_what_was_collected():
    rows = [(a, 0, a * HOUR) for a in range(60)]
    rows += [(a, 1 + a // 2, a * HOUR + MINUTE) for a in range(60)]
    m = material(layer(rows, accounts=60, kind="hashtag"))
    assert "the collection's own query" in names(measured(m, [0, 2, 4, 6, 8], 4, posts=2))


def test_a_thing_in_every_hundredth_post_is_not_though_all_who_share_anything_share_it():
    rows = [(a, 0, a * HOUR) for a in range(60)]
    rows += [(a, 1 + a // 2, a * HOUR + MINUTE) for a in range(60)]
    m = material(layer(rows, accounts=60, kind="hashtag"))
    assert "the collection's own query" not in names(measured(m, [0, 2, 4, 6, 8], 4, posts=100))


# All together ------------------------------------------------------------------------------------------------------------


def judged(after_s: tuple[float, float], kinds: tuple[str, ...]) -> list[tuple[str, set[str], str]]:
    """Level, names of explanations and what is lacking, of every group that holds most of the twelve."""
    materials = {}
    for index, kind in enumerate(kinds):
        rng = np.random.default_rng([112, index])
        people = crowd(rng, accounts=ACCOUNTS, objects=240, kind=kind)
        materials[kind] = material(joined(people, wire(rng, after_s, kind=kind)))
    found = assessed(materials, MEMBERS).outcome.judged
    return [
        (j.level, {each["name"] for each in json.loads(j.innocent)}, j.why_not_higher)
        for j in found
        if np.isin(MEMBERS, j.members).sum() >= 9
    ]


@pytest.mark.parametrize("kinds", [("text",), ("text", "url")])
def test_copies_within_a_minute_make_l1_and_are_explained_as_syndication(kinds: tuple[str, ...]):
    [(level, said, why)] = judged((15, 50), kinds)
    assert level == "L1"
    assert SYNDICATION in said
    assert "evidence in shares, replies or hashtags" in why


def test_shares_beside_the_copies_are_evidence_of_more():
    for level, said, _ in itertools.chain(judged((15, 50), ("share",)), judged((15, 50), ("share", "text"))):
        assert level == "L2"
        assert SYNDICATION not in said


def test_copies_of_one_second_are_a_machines_work():
    [(level, said, _)] = judged((0, 1), ("text",))
    assert level == "L2"
    assert SYNDICATION not in said
    assert "one shared client or scheduler" in said
