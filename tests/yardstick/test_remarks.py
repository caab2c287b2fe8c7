"""The language check: words of no yardstick, mixed scales, likelihood beside confidence, and claims beyond the evidence."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.yardstick.assertions import LEVELS, assertion
from inconcert.yardstick.remarks import LADDER, Carried, remarks
from inconcert.yardstick.sentences import sentences
from inconcert.yardstick.yardsticks import ICD_203, PHIA

IN_NO_YARDSTICK = {
    "C02", "C03", "C04", "C05", "C06", "C07", "C08", "C10", "C11", "C12", "C17", "C18", "C19", "C21", "C22", "C25", "C26", "C27", "C28", "C29",
    "C31", "C32", "C33", "C36", "C38", "C39", "C40",
}  # fmt: skip
SAY_WHO = {
    "C02", "C03", "C05", "C07", "C08", "C10", "C15", "C17", "C21", "C24", "C25", "C27", "C28", "C30", "C40",
}  # fmt: skip


@pytest.fixture(scope="module")
def claims(shared_data: Path) -> list[dict[str, str]]:
    """The graded claims of the reference report."""
    path = shared_data.parent / "reference" / "claims.csv"
    if not path.is_file():
        pytest.skip(f"reference data absent: no file {path}")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kinds(draft: str, *carried: Carried, scale=PHIA) -> list[tuple[str, str]]:
    return [(one.kind, one.words) for one in remarks(draft, scale, carried)]


@pytest.mark.data
def test_wordings_of_the_reference_report_that_are_in_no_yardstick(claims: list[dict[str, str]]):
    marked = {
        row["claim_id"]
        for row in claims
        if any(one.kind == "no yardstick" for one in remarks(row["confidence_words"].replace(";", "."), PHIA))
    }
    assert marked == IN_NO_YARDSTICK


@pytest.mark.data
def test_claims_of_the_reference_report_that_say_who_are_marked_where_nobody_signed(claims: list[dict[str, str]]):
    unsigned = Carried(("G1",), "L3")
    marked = {
        row["claim_id"]
        for row in claims
        if any(one.kind == "exceeds" and "L4" in one.why for one in remarks(f"{row['claim']}.", PHIA, [unsigned]))
    }
    assert marked == SAY_WHO


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        ("It is likely that the posts were scheduled.", []),
        ("It is probably scheduled.", []),
        ("It is highly likely.", []),
        ("It is very likely.", [("other yardstick", "very likely")]),
        ("It is possibly scheduled.", [("no yardstick", "possibly")]),
        ("It is more likely than not.", [("no yardstick", "more likely than not")]),
        ("This is more likely than that.", []),
        ("This proves it.", [("no yardstick", "proves")]),
        ("This proves nothing.", []),
        ("It is likely that A; it is unlikely that B.", [("two terms", "likely, unlikely")]),
        ("It is between unlikely and likely.", []),
        ("We judge it likely, with high confidence.", [("confidence", "likely, high confidence")]),
        ("We judge it with full confidence.", [("confidence", "full confidence")]),
        ("It is almost certainly so.", []),
        ("They wrote “it is possibly fake”.", []),
        ("> It is possibly fake.", []),
        ("```\npossibly\n```", []),
        ("See https://possibly.example/may.", []),
    ],
)
def test_words(draft: str, found: list[tuple[str, str]]):
    assert kinds(draft) == found


def test_each_yardstick_has_its_own_words():
    assert kinds("It is very likely.", scale=ICD_203) == []
    assert kinds("It is highly likely.", scale=ICD_203) == [("other yardstick", "highly likely")]


@pytest.mark.parametrize("level", LADDER)
@pytest.mark.parametrize(
    ("sentence", "needs"),
    [
        ("The accounts of G1 are coordinated.", "L2"),
        ("G1 is an inauthentic network.", "L3"),
        ("The operators of G1 work in Nordle.", "L3"),
        ("G1 is run by the harbour police.", "L4"),
        ("The ministry directs the network.", "L4"),
        ("G1 is state-backed.", "L4"),
    ],
)
def test_a_claim_takes_its_level(sentence: str, needs: str, level: str):
    marked = [one for one in remarks(sentence, PHIA, [Carried(("G1",), level)]) if one.kind == "exceeds"]
    assert bool(marked) == (LADDER.index(level) < LADDER.index(needs))


@pytest.mark.parametrize("level", LADDER)
def test_words_that_nothing_carries(level: str):
    assert ("exceeds", "bots") in kinds("G1 is a swarm of bots.", Carried(("G1",), level, 1.0, "almost certain"))


def test_a_denial_and_a_question_claim_nothing():
    group = Carried(("G1",), "L0")
    assert (
        kinds("Nobody can say who is behind G1. Is G1 coordinated? It is not known whether G1 is inauthentic.", group)
        == []
    )


def test_the_group_that_is_named_counts_and_else_the_strongest():
    weak, strong = Carried(("G1", "The rowers"), "L1"), Carried(("G2",), "L3")
    assert [one.sentence for one in remarks("The rowers are coordinated. G2 is inauthentic. The network is covert.", PHIA, [weak, strong])] == [
        "The rowers are coordinated."
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("It is likely that G1 is run by the harbour police.", False),
        ("It is highly likely that G1 is run by the harbour police.", True),
        ("G1 is run by the harbour police.", True),
        ("G1 is clearly run by the harbour police.", True),
        ("It is unlikely that G1 is run by the harbour police.", False),
    ],
)
def test_a_signed_assessment_carries_its_word_and_no_more(sentence: str, marked: bool):
    signed = Carried(("G1",), "L4", 0.55, "likely")
    assert any(one.kind == "exceeds" for one in remarks(sentence, PHIA, [signed])) == marked


def test_sentences_keep_their_lines():
    draft = "# Findings\n\nOne here, e.g. this. Two\nends here.\n\n* an item\n* another. And more\n\n> quoted\n\n说了。又说了。"
    assert [(one.line, one.text) for one in sentences(draft)] == [
        (1, "Findings"), (3, "One here, e.g. this."), (3, "Two ends here."), (6, "an item"), (7, "another."), (7, "And more"), (11, "说了。"),
        (11, "又说了。"),
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_any_text_can_be_checked(text: str):
    for one in remarks(text, PHIA, [Carried(("G1",), "L0")]):
        assert 1 <= one.line <= len(text.splitlines()) + 1


def test_a_long_hostile_draft_ends():
    draft = (
        '"' * 5_000 + "[" * 5_000 + "(" * 5_000 + "." * 5_000 + " a.b " * 2_000 + "“" * 5_000 + "the police " * 3_000
    )
    assert isinstance(remarks(draft, PHIA, [Carried(("G1",), "L0")]), list)


def test_levels_are_the_ladders():
    assert [LADDER.index(level) for level in LEVELS.values()] == sorted(
        LADDER.index(level) for level in LEVELS.values()
    )
    assert assertion("") is None


@pytest.mark.parametrize("filler", ["It is so. ", "e.g. ", "A. ", "[", "[a](", "“", "«", '"a'])
def test_a_draft_of_one_long_line_is_read_in_time(filler: str):
    """Each of these took minutes, since for every sentence or bracket the line was read again."""
    cut = list(sentences(f"First.\n{filler * 60_000}\nLast."))
    assert cut[0].text == "First."
    assert cut[-1].text.endswith("Last.")


def test_every_sentence_of_a_block_has_its_line():
    assert [one.line for one in sentences("\nOne. Two,\ntwo. Three.\nFour. Five")] == [2, 2, 3, 4, 4]
