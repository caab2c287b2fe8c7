"""Grouping against a naive one that compares everything with everything; no chain forms."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from copies.described import world
from inconcert.copies.picture_groups import NEAR_IDENTICAL, PART, REPRESENTATIVE, Described, groups
from inconcert.copies.picture_kernel import NEAR
from inconcert.copies.pictures import described


def without_details(hashes: list[int], lengths: list[int] | None = None) -> Described:
    """Files of which only the PDQ hashes are known."""
    words = [[hash >> 64 * place & (1 << 64) - 1 for place in (3, 2, 1, 0)] for hash in hashes]
    n = len(hashes)
    return Described(
        first=np.concatenate([[0], np.cumsum(lengths or [1] * n)]).astype(np.int64),
        needed=np.array([max(min(2, length), (length + 1) // 2) for length in lengths or [1] * n], np.int64),
        pdq=np.array(words, np.uint64).reshape(-1, 4),
        point_first=np.zeros(n + 1, np.int64),
        x=np.zeros(0, np.float32), y=np.zeros(0, np.float32), size=np.zeros(0, np.int8), hash=np.zeros(0, np.uint64),
        words=np.zeros((0, 2), np.int64), extent=np.ones((n, 2)),
    )  # fmt: skip


def naive(hashes: list[int]) -> list[int]:
    """Each joins the nearest representative before it within 31 bits, the first of equals, or becomes one."""
    found: list[int] = []
    for n, hash in enumerate(hashes):
        near = [((hash ^ hashes[m]).bit_count(), m) for m in range(n) if found[m] == m]
        near = [pair for pair in near if pair[0] <= NEAR]
        found.append(min(near)[1] if near else n)
    return found


@st.composite
def crowded(draw: st.DrawFn) -> list[int]:
    """Hashes of which many lie at the edge of reach of one another."""
    centres = draw(st.lists(st.integers(0, (1 << 256) - 1), min_size=1, max_size=4))
    made = []
    for _ in range(draw(st.integers(1, 40))):
        hash = draw(st.sampled_from(centres + made))
        for bit in draw(st.sets(st.integers(0, 255), min_size=0, max_size=40)):
            hash ^= 1 << bit
        made.append(hash)
    return made


@given(crowded())
def test_by_hash_is_what_comparing_with_all_gives(hashes: list[int]) -> None:
    assert without_details(hashes).by_hash().tolist() == naive(hashes)


@given(crowded())
def test_no_chain_forms(hashes: list[int]) -> None:
    representative, how, bits = groups(without_details(hashes))
    for file, its in enumerate(representative.tolist()):
        assert representative[its] == its
        assert bits[file] == (hashes[file] ^ hashes[its]).bit_count() <= NEAR
        assert how[file] == (REPRESENTATIVE if file == its else NEAR_IDENTICAL)


def test_a_distance_of_31_is_found_wherever_the_bits_are() -> None:
    rng = np.random.default_rng(1)
    for _ in range(200):
        hash = int.from_bytes(rng.bytes(32), "big")
        flips = sum(1 << int(bit) for bit in rng.choice(256, 31, replace=False))
        more = flips | 1 << int(rng.choice([bit for bit in range(256) if not flips >> bit & 1]))
        assert without_details([hash, hash ^ flips, hash ^ more]).by_hash().tolist() == [0, 0, 2]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 6)), min_size=1, max_size=12), st.integers(0, 99))
def test_films_join_when_half_of_the_shorter_is_met_again(films: list[tuple[int, int]], seed: int) -> None:
    """Films made of whole scenes: the first frames of one story, then frames of no other film."""
    rng = np.random.default_rng(seed)
    story = [[int.from_bytes(rng.bytes(32), "big") for _ in range(6)] for _ in range(3)]
    frames, lengths = [], []
    for shared, own in films:
        its = story[shared % 3][:shared] + [int.from_bytes(rng.bytes(32), "big") for _ in range(own)]
        frames += its
        lengths.append(len(its))
    files = without_details(frames, lengths)
    begin = files.first
    for a in range(len(files)):
        for b in range(len(files)):
            sets = [set(frames[begin[k] : begin[k + 1]]) for k in (a, b)]
            shorter = min(lengths[a], lengths[b])
            again = len(sets[0] & sets[1]) >= max(min(2, shorter), (shorter + 1) // 2)
            assert (files.distance(a, b, details=False) >= 0) == again


def test_details_join_what_comparing_with_all_joins() -> None:
    """The index of words finds every representative that showing all details side by side finds."""
    made, pictures = world(48, 31)
    rows = pictures.to_pylist()
    some = [n for n, one in enumerate(made) if one.original < 16]
    files = described([[rows[n]] for n in some])
    representative = files.by_details()
    leaders: list[int] = []
    missed = 0
    for file, its in enumerate(representative.tolist()):
        alike = [other for other in leaders if files.distance(file, other, details=True) >= 0]
        if its == file:
            leaders.append(file)
            missed += bool(alike)
        else:
            assert its in alike
    assert missed == 0


def test_every_member_was_compared_with_its_representative() -> None:
    _, pictures = world(48, 31)
    files = described([[row] for row in pictures.to_pylist()[: 8 * 16]])
    representative, how, bits = groups(files)
    for file, its in enumerate(representative.tolist()):
        assert representative[its] == its
        if how[file] == PART:
            assert files.distance(file, its, details=False) < 0
        assert files.distance(file, its, details=True) == bits[file]
    assert set(how) == {REPRESENTATIVE, NEAR_IDENTICAL, PART}


def test_taking_files_keeps_their_frames_and_details() -> None:
    _, pictures = world(48, 31)
    files = described([[row] for row in pictures.to_pylist()[:20]])
    order: NDArray[np.int64] = np.random.default_rng(2).permutation(20)
    taken = files.take(order)
    assert (taken.pdq == files.pdq[order]).all()
    for place, file in enumerate(order.tolist()):
        mine = slice(taken.point_first[place], taken.point_first[place + 1])
        theirs = slice(files.point_first[file], files.point_first[file + 1])
        assert (taken.hash[mine] == files.hash[theirs]).all()
        assert (taken.x[mine] == files.x[theirs]).all()
