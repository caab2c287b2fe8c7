"""A register of claims: read as it was written, hostile or not, and each claim with the word its evidence carries."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.attribution.claims_file import (
    CELL_AT_MOST,
    CLAIMS_AT_MOST,
    COLUMNS,
    StatedClaim,
    read_claims,
    write_claims,
)
from inconcert.attribution.evidence_strength import TIERS, Strength, carried, graded, observables
from inconcert.attribution.graded_claims import CLASSES, graded_claims
from inconcert.errors import InputError
from inconcert.yardstick.yardsticks import ICD_203, PHIA, YARDSTICKS

HEAD = "claim_id,claim,evidence,confidence_words\n"
line = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40).map(
    lambda text: " ".join(text.split())
)
word = line.map(lambda text: text.replace(";", "")).filter(lambda text: text.strip() == text and text != "")
strengths = st.builds(
    Strength, st.sampled_from(["strong", "moderate", "weak", "recorded_only"]), st.sampled_from("abc")
)


def stated(words: str = "", klass: str = "", *evidence: str, grades: tuple[str, ...] = ()) -> StatedClaim:
    return StatedClaim("C1", "It rains", "", words, klass, evidence, (), "", grades)


def only(one: StatedClaim, scale=PHIA):
    return graded_claims([one], observables(), scale)[0]


@settings(max_examples=40)
@given(st.lists(st.builds(
    StatedClaim, claim_id=word, claim=word, section=line, words=line, confidence_class=st.sampled_from(["", *CLASSES]),
    evidence=st.lists(word, max_size=3).map(tuple), alternatives=st.lists(word, max_size=3).map(tuple), caveat=line,
    grades=st.lists(word, max_size=3).map(tuple),
), max_size=4, unique_by=lambda one: one.claim_id))  # fmt: skip
def test_what_is_written_is_read(claims: list[StatedClaim]):
    text = write_claims(claims)
    read, aside = read_claims(text, "x")
    kept = [
        one
        for one in claims
        if not any(
            cell.startswith("'")
            for cell in (
                one.claim_id,
                one.claim,
                one.section,
                one.words,
                one.caveat,
                *one.evidence,
                *one.alternatives,
                *one.grades,
            )
        )
    ]
    assert aside == ()
    assert [one for one in read if one in kept] == kept
    for row in csv.reader(io.StringIO(text)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "lacks claim_id, claim, evidence, confidence_words or confidence_class"),
        ("claim_id,claim,evidence\n", "lacks confidence_words or confidence_class"),
        (HEAD.replace("claim,", "claim,claim,"), "two columns of one name"),
        (HEAD + "a,b,c,d\n" * (CLAIMS_AT_MOST + 1), "more than 5,000 rows"),
        (HEAD + "a,\0" + "x" * 200_000, "is no table in CSV"),
    ],
)
def test_what_is_no_register_is_refused(text: str, says: str):
    with pytest.raises(InputError, match=says):
        read_claims(text, "x")


def test_rows_that_are_no_claims_are_set_aside_with_row_and_reason():
    rows = [
        "C1,It rains,a,likely",
        "C1,again,a,likely",
        ",no id,a,likely",
        "C2,,a,likely",
        "C3,too,few",
        f"C4,{'x' * (CELL_AT_MOST + 1)},a,b",
        "",
        "C5,It snows,,",
    ]
    read, aside = read_claims("\ufeff" + HEAD + "\n".join(rows), "x")
    assert [one.claim_id for one in read] == ["C1", "C5"]
    assert [one.row for one in aside] == [2, 3, 4, 5, 6]
    assert [one.reason for one in aside] == [
        "claim_id C1 stands above already", "claim_id is empty", "claim is empty", "it has 3 cells under 4 columns", "claim has 2,001 characters, more than 2,000",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("evidence", "carries"),
    [
        ([], "nothing"), (["recorded_only/a"], "nothing"), (["weak/a", "weak/b"], "hint"), (["moderate/a", "moderate/a", "weak/b"], "even"),
        (["moderate/a", "moderate/b"], "likely"), (["strong/a"], "likely"), (["strong/a", "strong/a"], "likely"), (["strong/a", "strong/b"], "highly likely"),
    ],
)  # fmt: skip
def test_what_evidence_carries(evidence: list[str], carries: str):
    assert carried([Strength(*one.split("/")) for one in evidence]).name == carries


@given(st.lists(strengths, max_size=6), strengths)
def test_more_evidence_never_carries_less_order_is_nothing_and_a_duplicate_adds_nothing(
    found: list[Strength], more: Strength
):
    assert TIERS.index(carried([*found, more])) >= TIERS.index(carried(found))
    assert carried(found[::-1]) == carried(found) == carried([*found, *found])
    assert carried(found).name != "as good as certain"


@pytest.mark.parametrize(
    ("one", "warned", "word"),
    [
        (stated("likely", "", "checkin_tag"), False, "likely"),
        (stated("almost certain", "", "checkin_tag"), True, "likely"),
        (stated("clearly", "", "checkin_tag"), True, "likely"),
        (stated("", "", "checkin_tag"), True, "likely"),
        (stated("possibly", "", "checkin_tag"), False, "between unlikely and a realistic possibility"),
        (stated("a remote chance", "", "checkin_tag"), False, "a remote chance"),
        (stated("between likely and highly likely", "", "checkin_tag"), False, "between likely and highly likely"),
        (stated("could not be verified", "", "checkin_tag"), False, "between a remote chance and a realistic possibility"),
        (stated("likely", "possible", "checkin_tag"), True, "between unlikely and a realistic possibility"),
        (stated("likely", "", "nobody knows this"), True, "between a remote chance and a realistic possibility"),
        (stated("highly likely", "", "A1", "in-concert", grades=("B2", "measured")), False, "highly likely"),
        (stated("highly likely", "", "A1", "in-concert", grades=("F6", "measured")), True, "likely"),
        (stated("likely", "", "A1", grades=("Z9",)), True, "between a remote chance and a realistic possibility"),
    ],
)  # fmt: skip
def test_word_and_grade(one: StatedClaim, warned: bool, word: str):
    assert observables()["checkin_tag"].strength == "strong"
    assert (bool(only(one).warning), only(one).word) == (warned, word)


@given(
    st.sampled_from(["", *CLASSES]),
    st.text(max_size=30),
    st.lists(st.sampled_from(sorted(observables())), max_size=4),
    st.sampled_from(list(YARDSTICKS.values())),
)
def test_a_claim_that_is_not_warned_about_says_no_more_than_its_evidence(
    klass: str, words: str, evidence: list[str], scale
):
    found = only(stated(words, klass, *evidence), scale)
    assert TIERS.index(found.says) <= TIERS.index(found.carries) or found.warning


def test_the_other_yardstick_has_its_own_word():
    assert only(stated("certainly", "", "checkin_tag", "document_metadata", "court_charges"), ICD_203).at_most in (
        "likely",
        "very likely",
    )


def test_grades():
    assert [one and one.strength for one in (graded("a/b", "measured"), graded("A1", "b2"), graded("A1", "C3"), graded("A1", "E1"), graded("A1", "x"))] == [
        "strong", "strong", "moderate", "weak", None,
    ]  # fmt: skip
    assert set(COLUMNS) >= {
        "claim_id",
        "claim",
        "section",
        "confidence_words",
        "confidence_class",
        "evidence",
        "alternatives_in_report",
        "caveat",
    }
