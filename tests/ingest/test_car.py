"""Repositories of Bluesky: the records that were put in come out, in whatever order the blocks lie, and damage costs only itself."""

from __future__ import annotations

import json
import random
from typing import Any

import libipld
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ingest.car_file import Blocks, blocks_of, car_of, cid_of, varint
from tests.ingest.conftest import Read

from inconcert.errors import InputError
from inconcert.ingest.formats import car
from inconcert.ingest.formats.car import Car, is_car
from inconcert.ingest.formats.car_names import Names
from inconcert.ingest.natives import Item

DID = "did:plc:" + "a" * 24
POST = "app.bsky.feed.post"


class InMemory:
    """A file of bytes that come a few at a time."""

    def __init__(self, content: bytes, at_once: int = 7) -> None:
        self._content, self._at_once = content, at_once
        self.size, self.done = len(content), 0

    def blocks(self) -> Any:
        for start in range(0, len(self._content), self._at_once):
            self.done = start
            yield self._content[start : start + self._at_once]


def items(content: bytes, at_once: int = 7) -> list[Item]:
    assert is_car(content)
    return [item for many in Car(InMemory(content, at_once), content, "r.car").items() for item in many]


def post(text: str, **more: Any) -> dict[str, Any]:
    return {"$type": POST, "text": text, "createdAt": "2024-09-01T10:00:00.000Z", **more}


def file_of(records: dict[str, Any], shuffled: int | None = None) -> bytes:
    blocks = blocks_of(DID, records)
    root = blocks[0][0]
    if shuffled is not None:
        random.Random(shuffled).shuffle(blocks)
    return car_of(blocks, root)


records_ = st.dictionaries(
    st.tuples(
        st.sampled_from([POST, "app.bsky.feed.repost"]), st.text("234567abcdefghij", min_size=1, max_size=13)
    ).map("/".join),
    st.text(max_size=30).map(post),
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(records=records_, seed=st.integers(0, 99), at_once=st.integers(1, 300), per_node=st.integers(1, 5))
def test_what_was_put_in_comes_out_in_any_order(
    records: dict[str, Any], seed: int, at_once: int, per_node: int
) -> None:
    blocks = blocks_of(DID, records, per_node=per_node)
    root = blocks[0][0]
    random.Random(seed).shuffle(blocks)
    found = items(car_of(blocks, root), at_once)
    assert all(item.reason is None for item in found)
    natives = [item.record for item in found if item.record is not None]
    assert {f"{one['collection']}/{one['rkey']}": one["record"] for one in natives} == records
    assert {one["did"] for one in natives} <= {DID}
    assert all(json.loads(item.text) == item.record for item in found)


def test_posts_that_are_the_same_to_the_byte_are_two_posts() -> None:
    found = items(file_of({f"{POST}/3kaa": post("same"), f"{POST}/3kbb": post("same")}))
    assert sorted(item.record["rkey"] for item in found if item.record) == ["3kaa", "3kbb"]


def test_numbers_links_and_bytes_are_written_as_in_json() -> None:
    link = b"\x01\x55\x12\x20" + bytes(32)
    (item,) = items(file_of({f"{POST}/3kaa": post("x", n=5, f=1.5, ref=link, raw=b"abc", ok=True)}))
    assert item.record is not None
    record = item.record["record"]
    assert (record["n"], record["f"], record["ok"]) == ("5", "1.5", True)
    assert record["ref"] == {"$link": libipld.encode_cid(link)}
    assert record["raw"] == {"$bytes": "YWJj"}
    assert '"n": 5' in item.text


def test_one_damaged_block_costs_one_record(read: Read) -> None:
    content = file_of({f"{POST}/3kaa": post("first of two"), f"{POST}/3kbb": post("second of two")})
    _, rows, rejects = read(content.replace(b"first of two", b"first of twO"), "r.car")
    assert [row["text"] for row in rows] == ["second of two"]
    assert [(reject.fatal, "hash" in reject.reason) for reject in rejects] == [(True, True)]


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_file_that_breaks_off_says_so(read: Read, cut: int) -> None:
    content = file_of({f"{POST}/3kaa": post("first"), f"{POST}/3kbb": post("second" * 20)})
    _, rows, rejects = read(content[:-cut], "r.car")
    assert len(rows) == 1
    assert "ends in the middle of a block" in rejects[-1].reason


def test_a_length_that_makes_no_sense_ends_the_reading() -> None:
    content = file_of({f"{POST}/3kaa": post("x")})
    for length in (varint(1 << 30), b"\xff" * 12):
        assert "cannot be told apart" in str(items(content + length + b"abc")[-1].reason)


def test_a_record_that_the_tree_does_not_name_is_set_aside() -> None:
    blocks = blocks_of(DID, {f"{POST}/3kaa": post("named")})
    stray: Blocks = blocks_of(DID, {f"{POST}/3kbb": post("stray")})[-1:]
    reasons = [item.reason for item in items(car_of([*blocks, *stray], blocks[0][0]))]
    assert reasons.count(None) == 1
    assert any(reason is not None and "does not name" in reason for reason in reasons)


def test_likes_and_follows_are_counted(read: Read) -> None:
    like = {"$type": "app.bsky.feed.like", "subject": {"uri": "at://x", "cid": "y"}}
    follow = {"$type": "app.bsky.graph.follow", "subject": DID}
    many = {f"app.bsky.feed.like/3k{n}": {**like, "n": n} for n in range(9)} | {"app.bsky.graph.follow/3k": follow}
    reading, rows, rejects = read(file_of({**many, f"{POST}/3kaa": post("x")}), "r.car")
    assert (len(rows), rejects) == (1, [])
    assert sum((batch.passed for batch in reading.batches()), type(next(reading.batches()).passed)()) == {
        "likes": 9,
        "follows": 1,
    }


def test_names_are_held_in_a_file_and_each_of_a_shared_record_is_found() -> None:
    names = Names()
    keys = [(n.to_bytes(4, "big") * 8, f"{POST}/{n}".encode()) for n in range(25_000)]
    for start in range(0, len(keys), 7_000):
        names.add(keys[start : start + 7_000])
    names.add([(keys[3][0], f"{POST}/again".encode())])
    assert list(names.of(keys[3][0])) == [f"{POST}/3", f"{POST}/again"]
    assert [list(names.of(record)) for record, _ in keys[-2:]] == [[f"{POST}/24998"], [f"{POST}/24999"]]
    assert list(names.of(bytes(31))) == []
    names.close()


def test_a_record_named_without_end_does_not_become_posts_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file whose tree names one large record again and again would unpack to any size."""
    alike = {f"{POST}/3k{n}": post("x") for n in range(5)}
    assert [item.reason for item in items(file_of(alike))] == [None] * 5
    monkeypatch.setattr(car, "NAMES_OF_ONE_MAX", 3)
    assert [item.reason for item in items(file_of(alike))][:3] == [None] * 3
    assert [str(item.reason) for item in items(file_of(alike))][3:] == [
        "a record of more than 3 posts at once; the others were not read"
    ]


@pytest.mark.parametrize("limit", ["_ITEMS_AT_ONCE", "_TEXT_AT_ONCE"])
def test_records_come_in_lists_of_bounded_length_and_size(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(car, limit, 1)
    content = file_of({f"{POST}/3k{n}": post("x") for n in range(5)})
    assert [len(some) for some in Car(InMemory(content), content, "r.car").items()] == [1, 1, 1, 1, 1, 0]


def test_nesting_and_junk_are_rejects() -> None:
    deep: Any = []
    for _ in range(900):
        deep = [deep]
    bomb = b"\x81" * 5000 + b"\x80"
    blocks = blocks_of(DID, {f"{POST}/3kaa": post("x", deep=deep), f"{POST}/3kbb": post("y")})
    found = items(car_of([*blocks, (cid_of(bomb), bomb), (cid_of(b"\xff"), b"\xff")], blocks[0][0]))
    assert sorted(item.record["rkey"] for item in found if item.record and item.reason is None)[-1] == "3kbb"
    assert sum(item.record is None for item in found) >= 2


def test_version_two_is_refused_with_the_remedy(read: Read) -> None:
    with pytest.raises(InputError, match=r"r\.car is a CAR file of version 2.*getRepo"):
        read(b"\x0a\xa1gversion\x02" + bytes(40) + file_of({}), "r.car")


def test_a_car_file_of_something_else_is_refused(read: Read) -> None:
    blocks = blocks_of(DID, {f"{POST}/3kaa": post("x")})[1:]
    with pytest.raises(InputError, match=r"r\.car is a car file in which nothing was found"):
        read(car_of(blocks, blocks[0][0]), "r.car")


def test_a_tree_far_from_its_records_is_recognised(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(car, "_BLOCKS_TRIED", 1)
    reading, rows, _ = read(file_of({f"{POST}/3k{n:02}": post(str(n)) for n in range(20)}, shuffled=3), "r.car")
    assert (reading.importer.name, len(rows)) == ("bluesky_repository", 20)
