"""Clusters of texts as tables and actions: counted against plain Python."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pyarrow as pa
import pytest

from inconcert import schema
from inconcert.copies.clusters import copies, copy_clusters, join_clusters, near_text_actions
from inconcert.copies.near_text import NearText
from inconcert.copies.wordings import open_wordings, texts
from inconcert.normalise.text import text_hash

FERRY = [
    "The ferry to Hollin Quay stopped running and the council will not say why",
    "The ferry to Hollin Quay stopped running and the mayor will not say why",
    "The ferry to Velmouth stopped running and the council will not say why",
]
SCHOOL = ["The new flood wall of Tarrowby was built twice and paid for three times"]
ALONE = ["My sister's garden was under water again and forty people stopped to look"]
QUOTED = ["“We will keep the ferry running as long as there is one passenger left”",
          "“We will keep the ferry running as long as there is one traveller left”"]  # fmt: skip
GROUPS = [FERRY, SCHOOL, ALONE, QUOTED]


def _posts(rows: list[tuple[str, str, str, str]]) -> tuple[pa.Table, pa.Table]:
    """Posts and actions of (account, platform, text, kind) rows, one a minute."""
    posts, actions = [], []
    for i, (account, platform, text, kind) in enumerate(rows):
        known = {column.name: None for column in schema.POSTS.columns}
        posts.append({**known, "post_id": f"p{i}", "account_id": account, "platform": platform, "kind": kind, "text": text,
                      "text_hash": text_hash(text), "import_id": "i", "row_ref": i})  # fmt: skip
        actions.append({"account_id": account, "kind": "text", "object_id": text_hash(text), "post_id": f"p{i}",
                        "platform": platform, "time_us": i * 60_000_000})  # fmt: skip
    return pa.Table.from_pylist(posts, schema=schema.POSTS.arrow), pa.Table.from_pylist(
        actions, schema=schema.ACTIONS.arrow
    )


CASE = [
    ("a", "x", FERRY[0], "post"), ("a", "x", FERRY[0], "post"), ("b", "x", FERRY[1], "post"), ("c", "y", FERRY[2], "post"),
    ("d", "x", FERRY[0], "share"), ("a", "x", SCHOOL[0], "post"), ("c", "y", SCHOOL[0], "post"), ("e", "x", ALONE[0], "post"),
    ("b", "x", QUOTED[0], "post"), ("c", "y", QUOTED[1], "post"),
]  # fmt: skip
CONTROL = [("k", "x", FERRY[2], "post"), ("k", "x", SCHOOL[0], "post"), ("l", "x", SCHOOL[0], "post")]


@pytest.fixture
def engine():
    held = open_wordings(dict(zip(
        [("posts", "case"), ("actions", "case"), ("posts", "control"), ("actions", "control")],
        [*_posts(CASE), *_posts(CONTROL)], strict=True)))  # fmt: skip
    found = texts(held)
    raw = found["text"].to_pylist()
    cluster = np.array([0 if t in FERRY else 1 if t in QUOTED else -1 for t in raw], dtype=np.int32)
    representative = np.array([raw.index(FERRY[0]), raw.index(QUOTED[0])], dtype=np.int32)
    near = NearText(
        cluster, representative, np.where(np.isin(np.arange(len(raw)), representative), 1.0, 0.7).astype(np.float32)
    )
    join_clusters(held, found["text_hash"].combine_chunks(), near)
    yield held
    held.close()


@pytest.fixture
def clusters(engine):
    raw = {text_hash(t): t for group in GROUPS for t in group}
    return copy_clusters(engine, raw, {text_hash(FERRY[0]): "en"})


def test_clusters_count_what_the_case_holds(clusters: pa.Table):
    found = {row["text_hash"]: row for row in clusters.to_pylist()}
    assert set(found) == {text_hash(FERRY[0]), text_hash(SCHOOL[0]), text_hash(QUOTED[0])}, (
        "one account alone copies nobody"
    )
    for group in (FERRY, SCHOOL, QUOTED):
        own = [(i, *row) for i, row in enumerate(CASE) if row[2] in group]
        row = found[text_hash(group[0])]
        assert row["texts"] == len({t for *_, t, _ in own})
        assert row["posts"] == len(own)
        assert row["accounts"] == len({(account, platform) for _, account, platform, *_ in own})
        assert row["shares"] == sum(kind == "share" for *_, kind in own)
        assert row["platforms"] == ",".join(sorted({platform for _, _, platform, *_ in own}))
        assert (row["first_us"], row["last_us"]) == (own[0][0] * 60_000_000, own[-1][0] * 60_000_000)
        assert row["background_accounts"] == len({account for account, _, text, _ in CONTROL if text in group})
        assert row["post_id"] == f"p{next(i for i, _, _, t, _ in own if t == group[0])}"
    assert [row["cluster_id"] for row in clusters.to_pylist()] == ["T1", "T2", "T3"]
    assert clusters["accounts"].to_pylist() == sorted(clusters["accounts"].to_pylist(), reverse=True)
    assert found[text_hash(FERRY[0])]["language"] == "en"
    assert found[text_hash(SCHOOL[0])]["language"] == "unknown"
    assert found[text_hash(SCHOOL[0])]["ordinary"] == "in the control"
    assert found[text_hash(QUOTED[0])]["ordinary"] == "quotation"


def test_every_wording_is_listed_once_a_role(engine, clusters: pa.Table):
    rows = copies(engine).to_pylist()
    ids = {row["text_hash"]: row["cluster_id"] for row in clusters.to_pylist()}
    for role, posted in (("case", CASE), ("control", CONTROL)):
        counted: dict[str, list[str]] = defaultdict(list)
        for account, _, text, _ in posted:
            counted[text_hash(text) or ""].append(account)
        mine = [row for row in rows if row["role"] == role]
        assert {row["text_hash"]: (row["posts"], row["accounts"]) for row in mine} == {
            h: (len(accounts), len(set(accounts))) for h, accounts in counted.items() if h != text_hash(ALONE[0])
        }
    assert {row["cluster_id"] for row in rows if row["text_hash"] in map(text_hash, FERRY)} == {
        ids[text_hash(FERRY[0])]
    }


def test_only_clusters_of_several_wordings_that_are_nobodys_commonplace_are_objects(engine, clusters: pa.Table):
    ids = {row["text_hash"]: row["cluster_id"] for row in clusters.to_pylist()}
    near = near_text_actions(engine).to_pylist()
    assert {row["object_id"] for row in near} == {ids[text_hash(FERRY[0])]}
    assert [(row["account_id"], row["post_id"]) for row in near] == [
        ("a", "p0"),
        ("a", "p1"),
        ("b", "p2"),
        ("c", "p3"),
        ("d", "p4"),
    ]
    assert {row["kind"] for row in near} == {"near_text"}


def test_a_post_that_says_it_twice_acts_once(clusters: pa.Table):
    words = pa.table({"sha256": ["s"], "text": [FERRY[1]]})
    posts, actions = _posts([("a", "x", FERRY[0], "post"), ("b", "x", SCHOOL[0], "post")])
    media = pa.Table.from_pylist(
        [{"media_id": "m", "use": "post", "post_id": f"p{i}", "account_id": a, "platform": "x", "time_us": 0, "file": "f",
          "sha256": "s", "import_id": "i"} for i, a in enumerate("ab")], schema=schema.MEDIA.arrow)  # fmt: skip
    engine = open_wordings({("posts", "case"): posts, ("actions", "case"): actions, ("media", "case"): media}, words)
    try:
        found = texts(engine)
        raw = found["text"].to_pylist()
        assert sorted(raw) == sorted([FERRY[0], FERRY[1], SCHOOL[0]])
        cluster = np.array([0 if t in FERRY else -1 for t in raw], dtype=np.int32)
        near = NearText(cluster, np.array([raw.index(FERRY[0])], np.int32), np.ones(len(raw), np.float32))
        join_clusters(engine, found["text_hash"].combine_chunks(), near)
        copy_clusters(engine, {text_hash(t): t for group in GROUPS for t in group}, {})
        rows = near_text_actions(engine).to_pylist()
        assert [(row["account_id"], row["post_id"]) for row in rows] == [("a", "p0"), ("b", "p1")], (
            "words in pictures count"
        )
        assert {row["source"] for row in copies(engine).to_pylist()} == {"post", "picture"}
    finally:
        engine.close()


@pytest.mark.parametrize(("answers", "reason"), [(False, "headline"), (True, None)])
def test_the_link_that_replies_carry_is_that_of_what_they_answer(answers: bool, reason: str | None):
    posts, actions = _posts([(account, "x", text, "post") for account, text in zip("abc", FERRY, strict=True)])
    more = [{**row, "kind": "url", "object_id": "https://a.example/1"} for row in actions.to_pylist()]
    more += [{**row, "kind": "reply", "object_id": "q"} for row in actions.to_pylist() if answers]
    actions = pa.concat_tables([actions, pa.Table.from_pylist(more, schema=schema.ACTIONS.arrow)])
    engine = open_wordings({("posts", "case"): posts, ("actions", "case"): actions})
    try:
        near = NearText(np.zeros(3, np.int32), np.array([0], np.int32), np.ones(3, np.float32))
        join_clusters(engine, texts(engine)["text_hash"].combine_chunks(), near)
        found = copy_clusters(engine, {text_hash(t): t for t in FERRY}, {})
        assert found["ordinary"].to_pylist() == [reason]
    finally:
        engine.close()
