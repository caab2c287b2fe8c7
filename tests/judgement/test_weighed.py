"""Entries into a weighing as they lie in the ledger: read back as written, and told when they are of bad form."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.judgement.forms import form_faults
from inconcert.judgement.membership import Membership
from inconcert.judgement.retraction import RETRACTED
from inconcert.judgement.weighed import WEIGHED, WHAT, weighed, weighed_value

from .test_forms import chain

GROUP = Membership("G1", "run", frozenset({"a", "я"}))
FIELDS: dict[str, dict[str, Any]] = {
    "hypothesis": {"title": "Ministry X", "like": "H1"},
    "rename": {"about": "H2", "title": "Firm"},
    "split": {"about": "H1", "titles": ["a", "b"]},
    "aside": {"about": "H4", "text": "nothing is sold"},
    "prior": {"about": "H1", "text": "so far", "weight": [0.5, 4]},
    "evidence": {
        "text": "seen", "kind": "contract", "source": "there", "grade": "B2", "category": "", "access": "", "family": "", "found_by": "",
        "weights": {"H1": [0.5, 1]},
    },
    "yardstick": {"name": "icd203"},
    "dissent": {"about": "H1", "word": "unlikely", "text": "no"},
    "sign-off": {"about": "H2", "word": "likely", "confidence": "high", "text": "all read", "sha256": "ab"},
}  # fmt: skip


def said(what: str, **other: Any) -> dict[str, Any]:
    group = None if what == "yardstick" else GROUP
    return weighed_value(what, group, FIELDS[what] | other, [])


def test_every_kind_of_entry_is_read_back_as_it_was_written():
    statements = chain(*(("group:G1", WEIGHED, said(what)) for what in WHAT))
    assert [(one.label, one.what, one.value) for one in weighed(statements)] == [
        (f"A{n}", what, FIELDS[what]) for n, what in enumerate(WHAT, start=1)
    ]
    assert not list(form_faults(statements))


def test_members_are_listed_once_and_an_entry_can_be_taken_back():
    first = chain(("group:G1", WEIGHED, said("rename")))
    value = weighed_value("aside", GROUP, FIELDS["aside"], first)
    assert "accounts" not in value["group"]
    both = chain(("group:G1", WEIGHED, said("rename")), ("group:G1", WEIGHED, value))
    taken = chain(
        ("group:G1", WEIGHED, said("rename")),
        ("group:G1", WEIGHED, value),
        (both[1].id, RETRACTED, {"because": "wrong"}, [both[1].id]),
    )
    assert [one.retracted is None for one in weighed(taken)] == [True, False]
    assert not list(form_faults(taken))


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"what": "praise"},
        {"what": ["rename"]},
        said("rename", title=3),
        said("split", titles="ab"),
        said("prior", weight=[2, 1]),
        said("prior", weight=[0, 1]),
        said("prior", weight=[1, 10**400]),
        said("prior", weight=[True, True]),
        said("evidence", weights={"H1": [0, 7]}),
        said("evidence", weights=[["H1", 0, 1]]),
        said("evidence", weights={"H1": ["0", "1"]}),
        {**said("rename"), "group": None},
        {**said("yardstick"), "group": {"group": "G1", "run": "r", "sha256": "x"}},
    ],
)
def test_bad_form_is_told_and_left_out(value: Any):
    statements = chain(("group:G1", WEIGHED, value))
    assert weighed(statements) == []
    assert len(list(form_faults(statements))) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    what=st.sampled_from(sorted(WHAT)),
    name=st.sampled_from(sorted({n for its in WHAT.values() for n in its})),
    odd=JSON,
)
def test_no_value_makes_reading_fail(what: str, name: str, odd: Any):
    statements = chain(("group:G1", WEIGHED, said(what) | {name: odd}))
    assert len(weighed(statements)) + len(list(form_faults(statements))) == 1
