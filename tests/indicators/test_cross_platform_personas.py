"""Accounts of two platforms that may be one persona: what is worth how much, and what is worth nothing."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.engine.duckdb import DuckDB
from inconcert.evaluate.indicators.cross_platform_personas import EACH, PERSONAS, TRIAL, clean, world
from inconcert.evaluate.indicators.trial import Tables, raised, readings
from inconcert.indicators.facts import ACCOUNTS, AVATARS, open_facts
from inconcert.indicators.personas.cross_platform_personas import CrossPlatformPersonas
from inconcert.indicators.personas.persona_bits import Personas, Weighed
from inconcert.indicators.personas.persona_keys import AGREE, Described, keys, named_in, stem
from inconcert.indicators.reading import Reading
from inconcert.schema import ACTIONS


def personas(tables: Tables) -> tuple[Personas, dict[str, int]]:
    engine = DuckDB(threads=1)
    found, _ = CrossPlatformPersonas().personas(open_facts(engine, tables))
    engine.close()
    return found, {account.account_id: i for i, account in enumerate(found.accounts)}


def described(name: str, platform: str, **kwargs: Any) -> Described:
    blank: dict[str, Any] = {"handles": frozenset(), "names": frozenset(), "bio": "", "pictures": frozenset()}
    given_: dict[str, Any] = {k: frozenset([v]) if k != "bio" else v for k, v in kwargs.items()}
    return Described(name, platform, None, True, **{**blank, **given_}, active=False)


def crowd(n: int = 100) -> list[Described]:
    return [described(f"{p}{i}", p, handles=f"{p}someone{i:03}q", names=f"Name{p} {i}") for p in "xy" for i in range(n)]


def of(weighed: Weighed) -> dict[str, float]:
    return {item.field: item.bits for item in weighed.items}


def test_cllr_of_pairs_is_at_most_one_half_until_nearly_all_is_changed():
    """The figure that methods.md gives for D16."""
    for effort in (0.0, 0.2, 0.4, 0.6):
        same: list[float] = []
        other: list[float] = []
        for seed in range(2):
            rng = np.random.default_rng([seed, 9])
            found, place = personas(world(rng, PERSONAS, effort))
            same += [found.weigh(place[f"telegram{i:04}"], place[f"twitter{i:04}"]).bits for i in range(PERSONAS)]
            some = product(rng.choice(EACH, 30, replace=False), rng.choice(EACH, 30, replace=False))
            other += [found.weigh(place[f"telegram{i:04}"], place[f"twitter{j:04}"]).bits for i, j in some if i != j]
        cost = (np.log2(1 + 2.0 ** -np.array(same)).mean() + np.log2(1 + 2.0 ** np.array(other)).mean()) / 2
        assert cost <= 0.5
        assert (2.0 ** np.array(other)).mean() <= 1


def test_nobody_is_linked_where_nobody_is_on_both():
    for seed in range(6):
        found = readings(TRIAL.indicator, clean(np.random.default_rng([seed, 3])), seed)
        assert raised(found, TRIAL.measures, 0.01) == []


def test_people_on_both_platforms_are_found_and_few_others():
    found = readings(TRIAL.indicator, world(np.random.default_rng(2), PERSONAS, 0.0), 0)
    linked = {r.subject_id for r in raised(found, TRIAL.measures, 0.01)}
    true = {f"telegram{i:04}|twitter{i:04}" for i in range(PERSONAS)}
    assert len(linked & true) >= 0.5 * PERSONAS
    assert linked <= true


def equal_handles(tables: Tables) -> int:
    """The naive rule: the same handle is the same person."""
    accounts = tables["accounts"].to_pylist()
    held: dict[str, set[str]] = {}
    for row in accounts:
        held.setdefault(row["handle"], set()).add(row["platform"])
    return sum(len(platforms) > 1 for platforms in held.values())


def test_equal_handles_alone_are_a_rule_that_links_namesakes():
    assert sum(equal_handles(clean(np.random.default_rng([seed, 3]))) for seed in range(4)) >= 4


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_one_field_is_worth_no_more_than_one_on_average(seed: int):
    """Whatever is common: over all pairs, the likelihood ratio of each field averages to one or less."""
    rng = np.random.default_rng(seed)
    sizes = int(rng.integers(5, 40)), int(rng.integers(5, 40))
    accounts = [
        described(f"{p}{i}", p, handles=f"h{rng.integers(20)}name", names=f"n{rng.geometric(0.2)}", pictures=f"p{rng.geometric(0.4)}")
        for p, n in zip("xy", sizes, strict=True)
        for i in range(n)
    ]  # fmt: skip
    found = Personas(accounts, {})
    total: dict[str, list[float]] = {}
    for a, b in product(range(sizes[0]), range(sizes[0], sum(sizes))):
        items = list(found._agreements(a, b))
        for field in ("handle", "name", "avatar"):
            total.setdefault(field, []).append(sum(2.0**item.bits for item in items if item.field == field))
    assert all(np.mean(values) <= 1 for values in total.values())


def test_a_rare_handle_is_worth_more_than_a_common_one():
    rare = [described("a", "x", handles="quartzlantern"), described("b", "y", handles="quartzlantern"), *crowd()]
    common = [*rare, *(described(f"c{i}", p, handles="quartzlantern") for p in "xy" for i in range(9))]
    lone, met = (of(Personas(accounts, {}).weigh(0, 1))["handle"] for accounts in (rare, common))
    assert lone == pytest.approx(math.log2(AGREE["handle"]["same"] * 101))
    assert met == pytest.approx(math.log2(AGREE["handle"]["same"] * 110 / 10))


def test_stems_and_near_stems_count_less():
    def bits(one: str, other: str) -> float:
        return of(
            Personas([described("a", "x", handles=one), described("b", "y", handles=other), *crowd()], {}).weigh(0, 1)
        )["handle"]

    assert (
        bits("quartzlantern", "quartzlantern")
        > bits("quartz_lantern", "quartzlantern77")
        > bits("quartzlantern", "quartzlanterm")
        > 3
    )
    assert bits("quartzlantern", "quartzvolcano") < 0


def test_name_and_handle_made_from_it_count_once():
    def bits(handle: str) -> float:
        pair = [described(n, p, handles=handle, names="Ada Quartz") for n, p in (("a", "x"), ("b", "y"))]
        return Personas([*pair, *crowd()], {}).weigh(0, 1).bits

    assert bits("adaquartz") == pytest.approx(bits("lanternsong") - math.log2(AGREE["handle"]["same"] * 101))


def test_rare_content_is_worth_less_to_those_who_share_it_with_many():
    few = Personas(crowd(), {(0, 100): 5})
    many = Personas(crowd(), {(0, 100 + j): 5 for j in range(20)})
    worth = [next(i.bits for i in p.weigh(0, 100).items if i.field == "content") for p in (few, many)]
    assert worth[0] - worth[1] == pytest.approx(math.log2(20))


def test_a_profile_that_names_the_other_links_them():
    pair = [
        described("a", "x", handles="one", bio="find me at y.example/Other.One"),
        described("b", "y", handles="other.one"),
    ]
    assert of(Personas([*pair, *crowd()], {}).weigh(0, 1))["link"] == pytest.approx(
        math.log2(AGREE["link"]["named"] * 101)
    )
    assert (0, 1) in Personas([*pair, *crowd()], {}).pairs(1)
    assert named_in("mail ada@example.org, see @Grace_H and t.me/lovelace") == {"example.org", "grace_h", "lovelace"}


@settings(max_examples=200, deadline=None)
@given(st.text("abcde", min_size=8, max_size=14), st.data())
def test_stems_one_change_apart_share_a_half(text: str, data: st.DataObject):
    place = data.draw(st.integers(0, len(text) - 1))
    change = data.draw(st.sampled_from(["drop", "swap", "add"]))
    letter = data.draw(st.sampled_from("abcdez"))
    other = text[:place] + {"drop": "", "swap": letter, "add": letter + text[place]}[change] + text[place + 1 :]
    if len(stem(other)) >= 8:
        assert keys(described("a", "x", handles=text)) & keys(described("b", "y", handles=other))


def test_pairs_are_of_the_case_and_of_two_platforms():
    tables = world(np.random.default_rng(4), PERSONAS, 0.0)
    rows = tables["accounts"].to_pylist()
    for row in rows:
        row["role"] = "control" if row["account_id"] < "telegram0010" else "case"
    found = readings(
        CrossPlatformPersonas(), {**tables, "accounts": pa.Table.from_pylist(rows, schema=ACCOUNTS.arrow)}, 0
    )
    assert found
    assert all(r.subject_id >= "telegram0010" for r in found)
    assert {r.n_control for r in found} == {(EACH - 10) * EACH}


def test_crowded_keys_propose_nothing():
    same = [described(f"{p}{i}", p, names="Anna", pictures="default") for p in "xy" for i in range(60)]
    assert Personas(same, {}).pairs(1) == []


def test_one_platform_is_too_little():
    tables = world(np.random.default_rng(1), 0, 0.0)
    one = pa.Table.from_pylist(
        [r for r in tables["accounts"].to_pylist() if r["platform"] == "twitter"], schema=ACCOUNTS.arrow
    )
    (reading,) = readings(CrossPlatformPersonas(), {**tables, "accounts": one}, 0)
    assert reading.lacking == "accounts: 200 of twitter; it needs 30 of each of two platforms"


def test_hostile_profiles_are_read():
    accounts = [
        {"account_id": f"{p}{i}", "platform": p, "role": "case", "handle": handle, "display_name": name, "bio": bio}
        for p in "xy"
        for i in range(40)
        for handle, name, bio in [
            [("", None, "\x00" * 50), ("=cmd|'/C'!A0", "<script>", "@" * 5_000), (None, "\ud83d\ude00", "a/" * 9_000), ("ü" * 9_000, "\n", "")][i % 4]
        ]
    ]  # fmt: skip
    for row in accounts:
        if row["display_name"]:
            row["display_name"] = row["display_name"].encode("utf-8", "replace").decode()
    tables = {
        "accounts": pa.Table.from_pylist(accounts, schema=ACCOUNTS.arrow),
        "avatars": AVATARS.empty(),
        "actions": ACTIONS.empty(),
    }
    found: list[Reading] = readings(CrossPlatformPersonas(), tables, 0)
    assert [r for r in found if r.p_value is not None and r.p_value <= 0.01] == []
