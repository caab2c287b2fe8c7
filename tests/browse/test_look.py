"""Whatever pages ask of a view, a loop over the rows of the case's own tables gives the same."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
import math
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from scipy.stats import binom

from inconcert.browse.names import called, masked
from inconcert.browse.posts import Place
from inconcert.errors import InputError, UnknownName
from inconcert.report.data import gather
from inconcert.verbs import look
from inconcert.verbs.record import record

from .conftest import EVIL, RING, World, handle_of, us

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def firsts(world: World) -> dict[str, dict[tuple[str, str], int | None]]:
    """Account -> object -> time of its first action on it; None without a time."""
    found: dict[str, dict[tuple[str, str], int | None]] = defaultdict(dict)
    for row in world.actions:
        object = row["kind"], row["object_id"]
        before = found[row["account_id"]].get(object)
        times = [time for time in (before, row["time_us"]) if time is not None]
        found[row["account_id"]][object] = min(times, default=None)
    return found


def test_the_world_has_what_the_tests_are_about(world: World) -> None:
    assert [one.row["level"] for one in look.groups(world.view)] != []
    assert len(world.run("detect", "edges")) >= 10
    assert len(world.case.imports()) == 2
    assert any(post["created_at"] is None for post in world.posts)


def test_overview_counts_the_case(world: World) -> None:
    seen = look.overview(world.view)
    assert (seen.facts.posts, seen.facts.accounts) == (len(world.posts), len({p["account_id"] for p in world.posts}))
    assert seen.edges == len(world.run("detect", "edges"))
    assert {row["import_id"] for row in seen.imports} == set(world.case.imports())
    assert [run.verb for run in seen.runs] == ["copies", "detect", "cluster"]
    assert sum(row["posts"] for row in seen.platforms) == len(world.posts)
    assert seen.levels == Counter(row["level"] for row in world.run("cluster", "groups"))


def test_keys_are_letters_of_a_hash_of_case_and_account(world: World) -> None:
    import base64

    stamp = "2026-11-22T13:00:00+00:00\ncase\n"
    for key, id in world.ids().items():
        expected = base64.b32encode(hashlib.sha256((stamp + id).encode()).digest()).decode().lower()[:8]
        assert key == f"a-{expected}"


def test_members_go_by_their_names_in_the_report(world: World) -> None:
    report = gather(world.case, zone="UTC")
    for group in report.groups:
        shown = {world.ids()[m.who.key]: m.who.shown for m in look.members(world.view, group.row["group_id"])}
        assert shown == {m["account_id"]: report.names.of(m["account_id"]) for m in group.members}


def test_an_account_shows_its_posts_and_history(world: World) -> None:
    for key, id in world.ids().items():
        its = look.account(world.view, key, names=True)
        own = [post for post in world.posts if post["account_id"] == id]
        times = [us(post["created_at"]) for post in own if post["created_at"]]
        assert (its.posts, its.first_us, its.last_us) == (len(own), min(times, default=None), max(times, default=None))
        described = [row for row in world.accounts if row["account_id"] == id]
        assert sorted((d.import_id, d.row_ref) for d in its.history) == sorted(
            (d["import_id"], d["row_ref"]) for d in described
        )
        order = list(dict.fromkeys(said.about for said in world.case.statements()))
        handles = [
            d["handle"] for d in sorted(described, key=lambda d: (order.index(f"data/{d['import_id']}"), d["row_ref"]))
        ]
        assert its.profile.get("handle") == (handles[-1] if handles else None)
        assert its.handles == len(set(handles))
        listed = look.account_posts(world.view, key, names=True, limit=1000)
        expected = sorted(own, key=lambda p: (p["created_at"] is None, p["created_at"] or EPOCH))
        assert [post.time_us for post in listed] == [us(post["created_at"]) for post in expected]
        assert Counter(post.text for post in listed) == Counter(post["text"] for post in own)
        assert listed[2:4] == look.account_posts(world.view, key, names=True, limit=2, offset=2)


def test_a_post_says_what_its_row_says(world: World) -> None:
    held: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in world.actions:
        held[row["account_id"], row["post_id"]][row["kind"]].add(row["object_id"])
    places = {post["post_id"]: Place(post["import_id"], post["row_ref"]) for post in world.posts}
    for row in world.posts[::7]:
        page = look.post(world.view, row["import_id"], row["row_ref"], names=True)
        assert (page.post.text, page.post.time_us, page.post.kind) == (row["text"], us(row["created_at"]), row["kind"])
        assert page.post.who.id == row["account_id"]
        own = held[row["account_id"], row["post_id"]]
        assert {kind: set(ids) for kind, ids in page.post.linked.items()} == {
            kind: ids for kind, ids in own.items() if kind in ("url", "domain", "hashtag", "media")
        }
        assert page.post.replies_to == (
            (row["reply_to_id"], places.get(row["reply_to_id"])) if row["reply_to_id"] else None
        )
        replied = sum(a["kind"] == "reply" and a["object_id"] == row["post_id"] for a in world.actions)
        assert page.replied == replied


def test_a_record_is_found_as_the_file_has_it(world: World, tmp_path: Path) -> None:
    row = next(post for post in world.posts if EVIL in (post["text"] or ""))
    found = record(world.case, row["import_id"], row["row_ref"])
    assert row["post_id"].encode() in found.content
    assert found.content in world.case.original(found.original).read_bytes()
    assert found.sha256 == hashlib.sha256(found.content).hexdigest()
    with pytest.raises(UnknownName):
        record(world.case, row["import_id"], 10_000_000)
    with pytest.raises(UnknownName):
        record(world.case, "../../etc", 1)


def test_partners_and_edges_are_those_of_the_detect_run(world: World) -> None:
    edges = world.run("detect", "edges")
    key = {id: key for key, id in world.ids().items()}
    expected: dict[str, dict[str, float]] = defaultdict(dict)
    for row in edges:
        expected[row["source"]][row["target"]] = expected[row["target"]][row["source"]] = row["q_value"]
    for id, partners in expected.items():
        found = look.partners(world.view, key[id], names=True)
        assert {one.who.id: one.evidence.q for one in found} == partners
        assert [one.evidence.q for one in found] == sorted(partners.values())
    of = firsts(world)
    popular = Counter(object for objects in of.values() for object in objects)
    for row in edges[:30]:
        found = look.edge(world.view, key[row["source"]], key[row["target"]], names=True, limit=1000)
        a, b = of[row["source"]], of[row["target"]]
        common = a.keys() & b.keys()
        gaps = {o: None if None in (a[o], b[o]) else abs(a[o] - b[o]) for o in common}  # type: ignore[operator]
        assert found.n_common == len(found.common) == len(common)
        assert Counter((one.thing.kind, one.gap_us) for one in found.common) == Counter(
            (o[0], gap) for o, gap in gaps.items()
        )
        assert [one.thing.accounts for one in found.common] == sorted(popular[o] for o in common)
        known = [gap for gap in gaps.values() if gap is not None]
        assert found.evidence is not None
        assert (found.evidence.closest_us, found.evidence.rarity) == (min(known), min(popular[o] for o in common))
        assert found.evidence.gap_us == int(np.median(known))
        for one in found.common:
            assert one.first is not None
            assert one.second is not None
            assert {one.first.who.id, one.second.who.id} == {row["source"], row["target"]}
            if one.gap_us is not None:
                assert (one.first.time_us or 0) <= (one.second.time_us or 0)


def test_a_pair_that_is_not_significant_still_shows_what_it_shares(world: World) -> None:
    significant = {(row["source"], row["target"]) for row in world.run("detect", "edges")}
    key = {id: key for key, id in world.ids().items()}
    of = firsts(world)
    a, b = next(
        pair
        for pair in itertools.combinations(sorted(of), 2)
        if pair not in significant and of[pair[0]].keys() & of[pair[1]].keys()
    )
    found = look.edge(world.view, key[a], key[b])
    assert found.evidence is None
    assert found.n_common == len(of[a].keys() & of[b].keys())
    with pytest.raises(InputError, match="twice"):
        look.edge(world.view, key[a], key[a])
    with pytest.raises(UnknownName):
        look.edge(world.view, key[a], "a-'; DROP")


def test_objects_of_a_group_are_ranked_by_how_telling_they_are(world: World) -> None:
    of = firsts(world)
    everybody = len({post["account_id"] for post in world.posts})
    popular = Counter(object for objects in of.values() for object in objects)
    near = {"near_text", "near_media"}
    for group in look.groups(world.view):
        members = [row["account_id"] for row in world.run("cluster", "members") if row["group_id"] == group.id]
        held = Counter(object for id in members for object in of[id])
        expected = sorted(
            -binom.logsf(n - 1, len(members), min(popular[o] / everybody, 1)) / math.log(2)
            for o, n in held.items()
            if n > 1
        )
        shown = [
            one for one in look.objects(world.view, group.id, names=True, limit=10_000) if one.thing.kind not in near
        ]
        assert sorted(one.bits for one in shown) == pytest.approx(expected, abs=1e-6)
        assert [one.bits for one in shown] == sorted((one.bits for one in shown), reverse=True)
        first = {o: [t for id in members if (t := of[id].get(o)) is not None] for o in held}
        spans = Counter((o[0], max(first[o]) - min(first[o])) for o, n in held.items() if n > 1 and first[o])
        assert Counter((one.thing.kind, one.span_us) for one in shown if one.span_us is not None) == spans


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu", "America/New_York"])
def test_activity_is_that_of_the_clocks_of_the_zone(world: World, zone: str) -> None:
    clock = ZoneInfo(zone)

    def counted(posts: list[dict[str, Any]]) -> tuple[dict[Any, int], Any]:
        times = [post["created_at"].astimezone(clock) for post in posts if post["created_at"]]
        hours = np.zeros((7, 24), np.int64)
        for time in times:
            hours[time.weekday(), time.hour] += 1
        return Counter(time.date() for time in times), hours

    def same(who: str, posts: list[dict[str, Any]]) -> None:
        found = look.activity(world.view, who, zone=zone)
        days, hours = counted(posts)
        assert dict(found.days) == days
        assert (found.hours == hours).all()

    same("", world.posts)
    ids = world.ids()
    for key in list(ids)[:10]:
        same(key, [post for post in world.posts if post["account_id"] == ids[key]])
    for group in look.groups(world.view):
        members = {row["account_id"] for row in world.run("cluster", "members") if row["group_id"] == group.id}
        same(group.id, [post for post in world.posts if post["account_id"] in members])
        for key, days in look.members_days(world.view, group.id, zone=zone).items():
            assert dict(days) == counted([p for p in world.posts if p["account_id"] == ids[key]])[0]


def test_the_network_holds_every_edge_and_member_once(world: World) -> None:
    data = look.network_data(world.view, names=True)
    ids = [world.ids()[key] for key in data["nodes"]["key"]]
    edges = world.run("detect", "edges")
    members = {row["account_id"] for row in world.run("cluster", "members")}
    assert sorted(ids) == sorted({row[end] for row in edges for end in ("source", "target")} | members)
    ends = zip(data["edges"]["source"], data["edges"]["target"], strict=True)
    assert {(ids[a], ids[b]) for a, b in ends} == {(row["source"], row["target"]) for row in edges}
    bit = {kind: 1 << n for n, kind in enumerate(data["layers"])}
    told = {(row["source"], row["target"]): row["kind"].replace("hashtag_sequence", "hashtag") for row in edges}
    for a, b, kinds in zip(data["edges"]["source"], data["edges"]["target"], data["edges"]["kinds"], strict=True):
        assert kinds & bit[told[ids[a], ids[b]]]
    assert len(json.dumps(data)) < 200_000


def test_no_name_of_an_account_is_shown_while_names_are_off(world: World) -> None:
    """Ids and handles, wherever they might come from: fields, labels, links, and mentions in texts."""
    view = world.view
    said: list[Any] = [look.overview(view).facts, look.groups(view), look.network_data(view)]
    for key in world.ids():
        said += [look.account(view, key), look.partners(view, key), look.account_posts(view, key, limit=1000)]
    for group in look.groups(view):
        said += [look.members(view, group.id), look.objects(view, group.id, limit=1000)]
    keys = list(world.ids())
    said += [look.edge(view, a, b) for a, b in itertools.islice(itertools.combinations(keys, 2), 0, 1500, 50)]
    everything = json.dumps([_plain(one) for one in said], ensure_ascii=False)
    for row in world.accounts:
        assert row["account_id"] not in everything
        assert row["display_name"] not in everything
        assert f'{row["handle"]}"' not in everything
        assert f"@{row['handle']}" not in everything
        assert f"/{row['handle']}/" not in everything


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value if isinstance(value, (str, int, float, type(None))) else repr(value)


def test_names_switched_on_show_who_it_is(world: World) -> None:
    key, id = next(item for item in world.ids().items() if item[1] == RING[1])
    shown = look.account(world.view, key, names=True)
    assert (shown.who.id, shown.who.named, shown.who.shown) == (id, True, f"@{handle_of(id)}")
    text = f"says @{handle_of(id)}, {id} and https://x.com/{handle_of(id)}/1"
    assert masked(world.view, [text, None], True) == [text, None]
    (hidden,) = masked(world.view, [text], False)
    name = look.account(world.view, key).who.shown
    assert hidden == f"says @{name}, {name} and https://x.com/{name}/1"
    assert called(world.view, [id, "nobody"], False) == {id: name}


def test_unknown_things_are_named_and_odd_ones_do_no_harm(world: World) -> None:
    view = world.view
    for ask in (
        lambda: look.account(view, "a-zzzzzzzz"),
        lambda: look.group(view, "G99'; DROP TABLE posts"),
        lambda: look.post(view, "'; --", 1),
        lambda: look.activity(view, "G99"),
        lambda: look.activity(view, zone="Mars/Olympus"),
    ):
        with pytest.raises(UnknownName):
            ask()
    assert look.objects(view, "no such group") == ()
