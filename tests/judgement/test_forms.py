"""Statements of people as they lie in the ledger: read back as written, and told when they are of bad form."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.errors import InputError
from inconcert.judgement.forms import form_faults
from inconcert.judgement.judgements import JUDGED, judged_value, judgements, listed_members
from inconcert.judgement.membership import Membership, written
from inconcert.judgement.notes import NOTED, Source, note_value, notes
from inconcert.judgement.retraction import RETRACTED
from inconcert.judgement.sets import KEPT_SET, named_sets, standing_set
from inconcert.judgement.wording import author, named_sources, one_line, prose
from inconcert.ledger import BEGINNING, Statement, statement

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ACCOUNTS = frozenset({"я", "a", "=1+1"})
SET = {"name": "tip", "accounts": ["a"], "posts": [["ab", 3]], "origin": {"group": "G1"}, "because": "", "sources": []}


def chain(*said: tuple[str, str, Any] | tuple[str, str, Any, list[str]]) -> list[Statement]:
    statements: list[Statement] = []
    for about, says, value, *because in said:
        prev = statements[-1].id if statements else BEGINNING
        rests = because[0] if because else []
        statements.append(statement(prev, at=NOW, by="Ann", about=about, says=says, value=value, because=rests))
    return statements


def renamed(text: str = "night", known: dict[str, frozenset[str]] | None = None) -> dict[str, Any]:
    return judged_value("rename", text, [Membership("G1", "run", ACCOUNTS)], [], ["here"], "", known or {})


def test_a_membership_is_listed_once_and_read_everywhere():
    first = chain(("group:G1", JUDGED, renamed()))
    second = renamed("day", listed_members(first))
    assert "accounts" in first[0].value["groups"][0]
    assert "accounts" not in second["groups"][0]
    both = chain(("group:G1", JUDGED, renamed()), ("group:G1", JUDGED, second))
    assert [one.groups[0].accounts for one in judgements(both)] == [ACCOUNTS, ACCOUNTS]
    assert [one.label for one in judgements(both)] == ["J1", "J2"]
    assert list(form_faults(both)) == []
    alone = chain(("group:G1", JUDGED, second))
    assert judgements(alone) == []
    assert [what for _, what in form_faults(alone)] == ["no statement before it lists the members of G1"]


def test_numbers_stay_when_something_is_retracted_and_when_a_statement_is_of_bad_form():
    said = chain(
        ("group:G1", JUDGED, renamed()),
        ("group:G1", JUDGED, {"judgement": "praise"}),
        ("group:G1", JUDGED, renamed("x")),
    )
    back = [
        *said,
        statement(
            said[-1].id,
            at=NOW,
            by="Bob",
            about=said[0].id,
            says=RETRACTED,
            value={"because": "no"},
            because=[said[0].id],
        ),
    ]
    found = judgements(back)
    assert [(one.number, one.retracted is not None) for one in found] == [(1, True), (3, False)]
    assert found[0].retracted is not None
    assert found[0].retracted.by == "Bob"
    assert [what for _, what in form_faults(back)] == ["a judgement of no known kind"]


NOT_A_GROUP = {"group": "G1", "run": "r", "sha256": "0" * 64, "accounts": ["a"]}


@pytest.mark.parametrize(
    ("says", "value"),
    [
        (JUDGED, None),
        (JUDGED, {**renamed(), "text": 3}),
        (JUDGED, {**renamed(), "sources": [1]}),
        (JUDGED, {**renamed(), "groups": [NOT_A_GROUP]}),
        (JUDGED, {**renamed(), "groups": [{"group": 1}]}),
        (JUDGED, {**renamed(), "groups": []}),
        (JUDGED, {**renamed(), "accounts": ["a"]}),
        (JUDGED, {**renamed(), "groups": "G1"}),
        (KEPT_SET, {**SET, "posts": [["ab", "3"]]}),
        (KEPT_SET, {**SET, "posts": [["ab", True]]}),
        (KEPT_SET, {**SET, "accounts": "a"}),
        (KEPT_SET, {**SET, "origin": None}),
        (KEPT_SET, []),
        (NOTED, {"text": "x", "about": "", "about_kind": "moon", "sources": []}),
        (NOTED, {"text": "x", "about": "", "about_kind": "case", "sources": [{"kind": "rumour", "text": "y"}]}),
        (NOTED, {"text": "x", "about": "", "about_kind": "case", "sources": [{"kind": "post", "text": "y", "post": [1]}]}),
        (NOTED, "x"),
        (RETRACTED, {"because": "no"}),
        (RETRACTED, None),
    ],
)  # fmt: skip
def test_a_statement_of_bad_form_is_told_and_has_no_effect(says: str, value: Any):
    said = chain(("group:G1", says, value))
    assert len(list(form_faults(said))) == 1
    assert not judgements(said)
    assert not named_sets(said)
    assert not notes(said)


def test_only_what_people_said_can_be_retracted():
    made = chain(("case.toml", "created", {}))
    back = [
        *made,
        statement(
            made[0].id, at=NOW, by="Ann", about=made[0].id, says=RETRACTED, value={"because": "x"}, because=[made[0].id]
        ),
    ]
    assert [what for _, what in form_faults(back)] == ["a retraction of nothing that somebody said before"]


def test_sets_and_notes_come_back_as_they_were_said():
    source = Source("post", "ab/3", post=("ab", 3))
    note = note_value("**bold**\nline", "group", "G1", Membership("G1", "run", ACCOUNTS), [source])
    said = chain(("set:tip", KEPT_SET, SET), ("group:G1", NOTED, note))
    assert list(form_faults(said)) == []
    (kept,) = named_sets(said)
    assert (kept.name, kept.accounts, kept.posts) == ("tip", ("a",), (("ab", 3),))
    assert standing_set(said, "tip") == kept == standing_set(said, "S1")
    (read,) = notes(said)
    assert (read.text, read.sources, read.group) == ("**bold**\nline", (source,), Membership("G1", "run", ACCOUNTS))
    assert written(Membership("G1", "run", ACCOUNTS), {}) == note["group"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_no_value_at_all_makes_reading_fail(value: Any):
    for says in (JUDGED, KEPT_SET, NOTED, RETRACTED):
        said = chain(("group:G1", says, value))
        assert list(form_faults(said))
        assert not judgements(said)
        assert not named_sets(said)
        assert not notes(said)


@given(st.text())
def test_any_text_is_kept_bounded_or_refused(text: str):
    for bounded in (lambda: one_line("A name", text, 5), lambda: prose("A reason", text, 5), lambda: author(text)):
        kept = None
        with suppress(InputError):
            kept = bounded()
        if kept is not None:
            assert kept == kept.strip()
            assert 0 < len(kept) <= 100
            assert "\ud800" not in kept


@pytest.mark.parametrize("by", ["", "   ", "inconcert", "Inconcert 0.1.0", "x" * 101])
def test_nobody_signs_as_nobody_or_as_the_program(by: str):
    with pytest.raises(InputError):
        author(by)


def test_sources_are_few_and_short():
    assert named_sources(["a\nb"]) == ("a b",)
    for sources in (["x"] * 21, ["x" * 2_001], [" "]):
        with pytest.raises(InputError):
            named_sources(sources)
    assert one_line("A name", "a\udc80b", 9) == "a\N{REPLACEMENT CHARACTER}b"
