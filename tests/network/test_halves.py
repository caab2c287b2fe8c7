"""Halves of the data: a post lies in one of them with all it carries, and a moment stands for a post."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.detect.layer import UNTIMED, Layer
from inconcert.network.halves import SPECIFIC, moments, split
from inconcert.network.material import Material

from .worlds import DAY, HOUR, MINUTE, crowd, layer, material

Post = tuple[int, int, int, int, frozenset[int]]
posts_strategy = st.lists(
    st.tuples(
        st.integers(0, 5), st.integers(0, 30), st.integers(0, 9), st.integers(0, 9), st.frozensets(st.integers(0, 4), max_size=2)
    ),
    min_size=6,
    max_size=60,
)  # fmt: skip
"""account, minute, text, link, hashtags; an account may post several times in one minute."""


def materials(posts: list[Post]) -> dict[str, Material]:
    rows: dict[str, list[tuple[int, int, int | None]]] = {"text": [], "url": [], "hashtag": []}
    for account, minute, text, url, tags in posts:
        rows["text"].append((account, text, minute * MINUTE))
        rows["url"].append((account, url, minute * MINUTE))
        rows["hashtag"] += [(account, tag, minute * MINUTE) for tag in tags]
    found = {kind: layer(each, accounts=6, kind=kind) for kind, each in rows.items()}
    return {kind: material(data) for kind, data in found.items() if len(data)}


def acts(data: Layer) -> list[tuple[int, int]]:
    return list(zip(data.account.tolist(), data.time_us.tolist(), strict=True))


@settings(deadline=None, max_examples=25)
@given(posts=posts_strategy, seed=st.integers(0, 99))
def test_the_objects_of_one_post_lie_in_one_half(posts: list[Post], seed: int):
    found = materials(posts)
    halves = split(found, np.random.default_rng(seed))
    carried: dict[tuple[int, int], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for kind in SPECIFIC & set(found):
        for act, thing in zip(acts(found[kind].first), found[kind].first.object.tolist(), strict=True):
            carried[act][kind].append(thing)
    for of_moment in carried.values():
        # several posts within one minute cannot be told apart, and join nothing
        single = {kind: things[0] for kind, things in of_moment.items() if len(things) == 1}
        assert len({bool(halves.objects[kind][thing]) for kind, thing in single.items()}) <= 1


@settings(deadline=None, max_examples=25)
@given(posts=posts_strategy, seed=st.integers(0, 99))
def test_the_search_sees_no_hashtag_of_a_post_whose_text_or_link_is_held_out(posts: list[Post], seed: int):
    found = materials(posts)
    halves = split(found, np.random.default_rng(seed))
    held = {
        act
        for kind in SPECIFIC & set(found)
        for act in acts(found[kind].first.keep(~halves.objects[kind][found[kind].first.object]))
    }
    for kind, searched in halves.searched.items():
        names = set(found[kind].first.objects.filter(halves.objects[kind]).to_pylist())
        assert set(searched.first.objects.to_pylist()) <= names
        assert set(acts(searched.first)) <= set(acts(found[kind].first))
        if kind not in SPECIFIC:
            assert not set(acts(searched.first)) & held


def test_halves_are_halves_and_differ_from_split_to_split():
    found = {"share": material(crowd(np.random.default_rng(1))), "hashtag": material(crowd(np.random.default_rng(2), kind="hashtag"))}  # fmt: skip
    masks = [split(found, np.random.default_rng(seed)).objects for seed in (1, 1, 2)]
    for kind, m in found.items():
        assert abs(masks[0][kind].mean() - 0.5) < 0.02
        assert masks[0][kind].tolist() == masks[1][kind].tolist()
        assert 0.3 < (masks[0][kind] == masks[2][kind]).mean() < 0.7
        halves = split(found, np.random.default_rng(1))
        assert halves.searched[kind].first.n_objects <= masks[0][kind].sum() < m.first.n_objects


def test_each_object_is_as_likely_in_one_half_as_in_the_other():
    found = {"text": material(crowd(np.random.default_rng(3), accounts=30, objects=20, kind="text"))}
    rng = np.random.default_rng(4)
    share = np.mean([split(found, rng).objects["text"] for _ in range(300)], axis=0)
    assert (np.abs(share - 0.5) < 5 * 0.5 / np.sqrt(300)).all()


def bare(account: np.ndarray, time_us: np.ndarray) -> Layer:
    one = layer([(0, 0, 0), (1, 0, 0)], accounts=2)
    return Layer(
        "share", account.astype(np.int32), np.zeros(len(account), np.int32), time_us, one.accounts, one.objects
    )


@given(acts=st.lists(st.tuples(st.integers(0, 2**31 - 1), st.one_of(st.just(UNTIMED), st.integers(-(2**52), 2**52))), max_size=40))  # fmt: skip
def test_equal_moments_are_one_and_different_ones_differ(acts: list[tuple[int, int]]):
    account, time_us = np.array(acts, dtype=np.int64).reshape(-1, 2).T
    found = moments(bare(account, time_us))
    for act, moment in zip(acts, found.tolist(), strict=True):
        assert [other == act for other in acts] == (found == moment).tolist()
    assert (found >= 0).all()


def test_moments_of_many_accounts_and_seconds_do_not_collide():
    """Accounts and times in arithmetic progression, which a poor hash folds onto each other."""
    account, second = np.divmod(np.arange(200_000), 400)
    for step in (1, MINUTE, HOUR, DAY // 7):
        assert len(np.unique(moments(bare(account, second * step)))) == 200_000
