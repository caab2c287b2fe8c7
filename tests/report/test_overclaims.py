"""Words of people that claim more than the evidence are marked; what is said plainly, or denied, is left as it is."""

from __future__ import annotations

import pytest

from inconcert.report.claims import REMOVED, exceeds, held_of_people

BEYOND = (
    "These are bots.", "They are fake accounts.", "It is state-backed.", "The group is run by the ministry.", "This proves an operation.",
    "The accounts are operated from abroad.", "A troll farm stands behind it.", "They are paid to post.", "These people are not real.",
    "An inauthentic network.", "It is coordinated by the government.", "It is a foreign operation.", "The campaign is government-linked.",
    "There is a puppet master.", "It is attributable to a state.", "They are automated accounts.", "Undoubtedly a party did it.",
    "They are controlled by one person.", "It isn\u2019t authentic.", "Operation Night Shift", "Behind the accounts is the army.",
    "They are not people but bots.", "Not only fans, these are bots.", "Nobody says that, but they are bots.", "No doubt these are bots.",
    "co\u200bordinated by the army", "\uff22\uff2f\uff34\uff33", "Das sind gefälschte Konten.", "Eine staatlich gesteuerte Kampagne.",
    "Ce sont des faux comptes.", "Estas cuentas son falsas.", "Это боты.", "这些是水军账号。", "これはボットです。", "هذه حسابات وهمية",
)  # fmt: skip
PLAIN = (
    "The wave began two weeks before the vote.", "They posted within ten seconds of each other on 121 occasions.", "The group is coordinated.",
    "Nothing here proves who is behind it.", "There is no evidence that they are bots.", "This is not attributed to anybody.",
    "Statistics cannot tell whether they are fake accounts.", "The abbot took the trolley to the market behind the harbour.",
    "They improved the wording.", "Employees of a newsroom use one tool.", "The operation of the ferry was late.",
    "The government denied everything.", "Fans who follow the same club with notifications on would look the same.",
)  # fmt: skip


@pytest.mark.parametrize("clause", BEYOND)
def test_what_no_coordinated_group_carries_is_marked(clause: str):
    assert exceeds("L2", clause)


@pytest.mark.parametrize("clause", PLAIN)
def test_what_is_plain_or_denied_is_left(clause: str):
    assert not exceeds("L2", clause)


@pytest.mark.parametrize(
    ("level", "word"), [("L0", "beyond chance"), ("L1", "coordinated"), ("L2", "inauthentic"), ("L3", "attributed")]
)
def test_every_level_lacks_the_word_of_the_next(level: str, word: str):
    assert exceeds(level, f"They are {word}.")
    assert level == "L3" or not exceeds(f"L{int(level[1]) + 1}", f"They are {word}.")


def test_one_clause_is_left_out_and_its_neighbours_stay():
    assert (
        held_of_people("L2", "They met in March. They are bots.\nIt rained.")
        == f"They met in March. {REMOVED}\nIt rained."
    )
