"""Accounts of the case stand in the graph under the names of pages, wherever they are written; namesakes are not taken for them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inconcert.entities.ftm_entities import write_ftm
from inconcert.entities.hidden_accounts import SOMEBODY, hidden_accounts, spellings

from .small_world import company, entity, link, world

HANDLE = "quiet_quay7"


def test_a_handle_is_nowhere_and_the_ties_are_the_same():
    whole = world(
        entity(f"acc-{HANDLE}", "UserAccount", name=["Quiet Quay", f"@{HANDLE}"], username=HANDLE, service="X"),
        entity("namesake", "UserAccount", name="Another", username=HANDLE, service="Weibo"),
        entity("firm", "Company", name="Firm", notes=f"wrote to @{HANDLE.upper()}, then to {HANDLE}."),
        link(f"tie of {HANDLE}", f"acc-{HANDLE}", "firm", role="met"),
        link("t2", "namesake", "firm"),
    )
    hidden = hidden_accounts(whole, {("twitter", HANDLE): "G1-07"}, list)
    told = "\n".join(write_ftm(hidden.graph.entities.values()))
    assert HANDLE not in told.casefold()
    assert "Quiet Quay" not in told
    assert hidden.accounts == (f"acc-{HANDLE}",)
    account = hidden.ids[f"acc-{HANDLE}"]
    assert hidden.graph.name(account) == "G1-07"
    assert hidden.graph.entities["namesake"].values("username") == [SOMEBODY]
    assert "wrote to G1-07, then to G1-07." in hidden.graph.entities["firm"].values("notes")
    ends = {(tie.source, tie.target) for tie in hidden.graph.ties}
    assert ends == {("namesake", "firm"), (account, "firm")}


def test_without_accounts_of_the_case_the_graph_is_as_it_was():
    whole = world(entity("a", "UserAccount", username="somebody", service="X"), company("firm"), link("t", "a", "firm"))
    assert spellings(whole) == {"a": [("twitter", "somebody")]}
    assert hidden_accounts(whole, {}, list).graph is whole


@given(st.text(min_size=1, max_size=12).filter(lambda text: text.strip()), st.text(max_size=40))
def test_whatever_a_handle_is_made_of_it_is_words(handle: str, note: str):
    whole = world(
        entity("a", "UserAccount", username=handle, service="X"), entity("b", "Company", name="B", notes=note or "x")
    )
    (spelt,) = set(spellings(whole)["a"])
    hidden = hidden_accounts(whole, {spelt: "G1-01"}, list)
    assert hidden.graph.entities[hidden.ids.get("a", "a")].values("username") == ["G1-01"]
