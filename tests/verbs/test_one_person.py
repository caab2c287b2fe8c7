"""When two ids are one person: each condition of the rule, by itself."""

from __future__ import annotations

import pytest

from inconcert.verbs.one_person import FILES, HANDLE, NAME, Named, Pair, Source, because

TABLES = {"f": Source(None, 10), "g": Source(None, 10)}
TOOLS = {"f": Source(("one_tool", "id"), 10), "g": Source(("another", "id"), 10)}


def named(file: str, handle: str | None = None, name: str | None = None) -> Named:
    """An id of one file."""
    return Named(frozenset({file}), frozenset({handle} - {None}), frozenset({name} - {None}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ids", "one", "other", "copies", "said"),
    [
        (("1", "2"), named("f", "ann"), named("g", "ann"), False, HANDLE),
        (("1", "ann"), named("f", "ann"), named("g"), False, HANDLE),
        (("@Ann", "1"), named("f"), named("g", "ann"), False, HANDLE),
        (("x:ann", "1"), named("f"), named("g", "ann"), False, HANDLE),
        (("1", "2"), named("f", "ann"), named("g", "bob"), True, None),
        (("1", "ann"), named("f", None, "Ann"), named("g", None, "Ann"), True, NAME),
        (("1", "ann"), named("f", None, "Ann"), named("g", None, "Ann"), False, None),
        (("1", "ann"), named("f", "ann1", "Ann"), named("g", "ann2", "Ann"), True, None),
        (("1", "2"), named("f", None, "Ann"), named("g", None, "Ann"), True, None),
        (("1", "ann"), named("f"), named("g"), True, None),
        (("1", "2"), named("f", "ann"), named("f", "ann"), True, None),
    ],
)
def test_names(ids: tuple[str, str], one: Named, other: Named, copies: bool, said: str | None):
    found = because([Pair(*ids, copies)], dict(zip(ids, (one, other), strict=True)), TABLES, {})
    assert found == ({} if said is None else {ids: said})


def test_one_name_in_files_of_two_tools():
    people = {"1": named("f", None, "Ann"), "2": named("g", None, "Ann")}
    assert because([Pair("1", "2", True)], people, TOOLS, {}) == {("1", "2"): NAME}


def test_what_one_tool_names_twice_is_two():
    people = {"1": named("f", "ann"), "2": named("g", "ann")}
    same = {file: Source(("one_tool", "id"), 10) for file in "fg"}
    assert because([Pair("1", "2", True)], people, same, {}) == {}


def test_files_that_know_each_others_ids_name_alike():
    people = {"1": named("f", "ann"), "2": named("g", "ann")}
    assert because([Pair("1", "2", True)], people, TABLES, {("f", "g"): 0.02}) == {}
    assert because([Pair("1", "2", True)], people, TABLES, {("f", "g"): 0.01}) != {}


@pytest.mark.parametrize(("doubles", "writers", "are"), [(8, 16, True), (8, 17, False), (4, 4, False), (5, 5, True)])
def test_files_of_the_same_people(doubles: int, writers: int, are: bool):
    pairs = [Pair(str(k), f"user{k}", True) for k in range(doubles)]
    people = {p.one: named("f") for p in pairs} | {p.other: named("g") for p in pairs}
    found = because(pairs, people, {"f": Source(None, 50), "g": Source(None, writers)}, {})
    assert found == ({(p.one, p.other): FILES for p in pairs} if are else {})


def test_ids_of_one_form_are_two_people():
    """Two accounts of an operation for each text, in two files: nothing but their posts speaks for one person."""
    pairs = [Pair(f"actor{k}", f"bot{k}", True) for k in range(9)]
    people = {p.one: named("f") for p in pairs} | {p.other: named("g") for p in pairs}
    assert because(pairs, people, TABLES, {}) == {}


def test_several_doubles_are_none():
    pairs = [Pair(str(a), f"user{b}", True) for a in range(9) for b in range(9)]
    people = {p.one: named("f") for p in pairs} | {p.other: named("g") for p in pairs}
    assert because(pairs, people, TABLES, {}) == {}
    namesakes = [Pair("1", "2", False), Pair("1", "3", False)]
    three = {"1": named("f", "ann"), "2": named("g", "ann"), "3": named("g", "ann")}
    assert because(namesakes, three, TABLES, {}) == {}
