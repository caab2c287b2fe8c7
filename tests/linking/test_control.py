"""A control tells only of people like the group's: as active, on the same platforms and in the same languages."""

from __future__ import annotations

from typing import Any

from inconcert.linking.verdict import LINKED_BITS

from .made_material import compared, indicator, verdicts

OWN = [("domain", "rrn-world.media"), ("domain", "welt.pics")]
LIBRARY = [indicator(*one) for one in OWN]


def volume(posts: list[int], *, of_group: dict[str, str], of_control: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Ten members with 20 posts each; posts[i] by the ith account of the control, of of_control[i mod its length]."""
    rows: list[dict[str, Any]] = [{"account_id": f"g{n}", "n_posts": 20} | of_group for n in range(10)]
    return rows + [
        {"account_id": f"c{n}", "n_posts": its} | of_control[n % len(of_control)] for n, its in enumerate(posts)
    ]


def bits(rows: list[dict[str, Any]]) -> float:
    found = compared(LIBRARY, OWN, volume=rows)
    assert (verdicts(found)["night"] == "linked") == (found.links["bits"][0].as_py() >= LINKED_BITS)
    return found.links["bits"][0].as_py()


def test_a_thousand_who_write_another_language_or_elsewhere_tell_nothing():
    here = {"platform": "twitter", "language": "pl"}
    same = bits(volume([20] * 1000, of_group=here, of_control=[here]))
    assert same > LINKED_BITS
    assert bits(volume([20] * 1000, of_group=here, of_control=[{"platform": "twitter", "language": "de"}])) == 0
    assert bits(volume([20] * 1000, of_group=here, of_control=[{"platform": "telegram", "language": "pl"}])) == 0
    few = bits(volume([20] * 1000, of_group=here, of_control=[here, *[{"platform": "twitter", "language": "de"}] * 99]))
    assert few < 4
    assert bits(volume([20] * 1000, of_group=here, of_control=[{}])) == same
    assert bits(volume([20] * 1000, of_group={"platform": "twitter"}, of_control=[here])) == same


def test_a_few_who_post_for_all_are_few():
    everybody, feeds = [20] * 1000, [2000] * 10 + [1] * 990
    assert bits(volume(everybody, of_group={}, of_control=[{}])) > LINKED_BITS
    assert sum(feeds) >= sum(everybody)
    assert bits(volume(feeds, of_group={}, of_control=[{}])) < LINKED_BITS


def test_what_a_match_could_be_worth_is_said_of_the_control_as_it_is():
    here, there = {"language": "pl"}, {"language": "de"}
    for of_control, worth in ((here, "8.4"), (there, "0.0")):
        rows = volume([20] * 1000, of_group=here, of_control=[of_control])
        found = compared(LIBRARY, [("domain", "garden.site")], members=1, volume=rows[:1] + rows[10:])
        assert f"is worth {worth} bits at most" in found.links["would_change"][0].as_py()
