"""The graph of the published investigation: what its README says of it, and its sixth and seventh fact."""

from __future__ import annotations

import json
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from inconcert.entities.affiliations import affiliations
from inconcert.entities.graph import Graph, graph
from inconcert.entities.ownership import owners
from inconcert.entities.paths import paths
from inconcert.entities.privacy import OPAQUE, sealed
from inconcert.entities.proof import proofs
from inconcert.entities.reading import Read
from inconcert.entities.reference_graph import read_graph
from inconcert.entities.values import reference_id
from inconcert.errors import InputError

BUNDLED = (files("inconcert.entities") / "reference.json").read_text("utf-8")


@pytest.fixture(scope="module", params=["bundled", pytest.param("shared", marks=pytest.mark.data)])
def read(request: pytest.FixtureRequest) -> Read:
    """The bundled graph, and the shared one it was made of."""
    if request.param == "bundled":
        return read_graph(BUNDLED, "aspi")
    folder: Path = request.getfixturevalue("shared_data")
    return read_graph((folder.parent / "reference" / "entities.json").read_text("utf-8"), "aspi")


@pytest.fixture(scope="module")
def reference(read: Read) -> Graph:
    return graph(read.entities)


def test_its_nodes_edges_and_strengths_are_those_of_the_readme(read: Read, reference: Graph):
    assert read.aside == ()
    assert (len(reference.nodes), len(reference.ties)) == (281, 394)
    assert Counter(tie.strength for tie in reference.ties) == {
        "confirmed": 218,
        "reported": 114,
        "assessed": 48,
        "possible": 14,
    }
    assert [id for id in reference.nodes if not reference.of[id]] == []
    assert reference.dangling == ()


def test_china_electronics_reaches_the_company_by_two_certain_chains(reference: Graph):
    owner = next(one for one in owners(reference, "qi-an-xin") if one.id == "cec")
    stated = {tuple(tie.amount for tie in chain.ties): chain.share for chain in owner.chains if chain.share.stated}
    assert set(stated) == {("100%", "2.3%"), ("99%", "17.88%")}
    assert stated["100%", "2.3%"].low == pytest.approx(0.023)
    assert stated["99%", "17.88%"].low == pytest.approx(0.99 * 0.1788)
    assert owner.share.low == pytest.approx(0.023 + 0.99 * 0.1788)
    assert owner.share.high > owner.share.low
    assert owner.open == ("E004", "E006")


def test_two_accounts_follow_police_outlets_only(reference: Graph):
    follows = Counter(tie.source for tie in reference.ties if tie.relation == "follows only")
    assert follows == {"acc-daddy": 2, "acc-chihuahua": 1}
    assert reference.name("acc-daddy") == "Daddy68910361"
    assert reference.original("acc-daddy") == "爸爸68910361"
    police = {"mps", "ppsn", "yancheng-traffic-police"}
    followed = {tie.target for tie in reference.ties if tie.relation == "follows only"}
    assert all(police & {tie.target for tie in reference.of[id] if tie.source == id} for id in followed)


def test_hedging_lies_in_the_strength(reference: Graph):
    (tie,) = (tie for tie in reference.ties if (tie.source, tie.target) == ("spamouflage", "yancheng-psb"))
    assert (tie.relation, tie.strength) == ("operated by", "possible")


def test_the_police_bureau_reaches_the_company_through_the_firm_it_signed_with(reference: Graph):
    found = paths(reference, ["yancheng-psb"], "qi-an-xin", 3)
    assert found.complete
    assert len(found.paths) == 18
    best = found.paths[0]
    assert best.nodes == ("yancheng-psb", "esg-360", "qi-an-xin")
    assert [step.tie.id for step in best.steps] == ["E087", "E021"]
    assert best.strength == "confirmed"
    direct = next(path for path in found.paths if len(path.nodes) == 2)
    assert (direct.strength, [tie.id for tie in direct.weakest]) == ("assessed", ["E088"])
    network = next(path for path in found.paths if path.nodes == ("yancheng-psb", "spamouflage", "qi-an-xin"))
    assert network.strength == "possible"


def test_every_tie_opens_its_proof(reference: Graph):
    for tie in reference.ties:
        lines = proofs(reference.entities[tie.id], reference.entities)
        assert len(lines) == len(tie.sources) > 0
        assert not [line for line in lines if "not told" in line or "not explained" in line], tie.id
    assert proofs(reference.entities["E002"], reference.entities) == (
        "N229: note 229 of ASPI, Gaming public opinion, Policy Brief 71/2023",
    )


def test_the_founder_has_each_post_once(reference: Graph):
    posts = affiliations(reference, "qi-xiangdong")
    assert len(posts) == 16
    assert len({(post.role, post.body) for post in posts}) == 16
    (chairman,) = (post for post in posts if post.role == "chairman of")
    assert (chairman.body, chairman.sources) == ("qi-an-xin", ("A4", "N246"))


def test_the_bundled_graph_names_no_private_person_and_is_the_shared_one_otherwise(shared_data: Path):
    text = (shared_data.parent / "reference" / "entities.json").read_text("utf-8")
    whole = read_graph(text, "aspi")
    assert len(sealed(whole.entities).withheld) == 10
    here = {one.id for one in read_graph(BUNDLED, "aspi").entities}
    gone = {one.id for one in whole.entities} - here
    new = here - {one.id for one in whole.entities}
    assert all(OPAQUE.fullmatch(id) for id in new)
    assert len(new) == len(gone) == 10 + 4
    names = {
        name
        for node in json.loads(text)["nodes"]
        if reference_id(node["id"]) in gone and node["kind"] == "person"
        for name in (node["name"], node["name_original"], *node["aliases"])
        if name
    }
    assert len(names) > 10
    assert [name for name in names if name in BUNDLED] == []


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"id": "n9", "kind": "dragon", "name": "x"}, "'dragon' is no kind of node"),
        ({"id": "a", "kind": "person", "name": "x"}, "its id was given before"),
        ({"id": "n9", "kind": "person", "name": ["x"]}, "a value must be a text"),
        ({"id": "n9\n", "kind": "person", "name": "x"}, "an id must be"),
        ({"kind": "person"}, "an id must be"),
        (7, "no JSON object"),
    ],
)
def test_a_bad_node_is_set_aside_with_its_reason(spoilt: object, reason: str):
    document = {"nodes": [{"id": "a", "kind": "person", "name": "Ann"}, spoilt], "edges": []}
    read = read_graph(json.dumps(document), "x")
    assert [one.id for one in read.entities] == ["a"]
    assert (read.aside[0].row, len(read.aside)) == (2, 1)
    assert reason in read.aside[0].reason


def test_an_edge_to_nowhere_or_of_no_strength_is_set_aside():
    nodes = [{"id": "a", "kind": "company", "name": "A"}, {"id": "b", "kind": "company", "name": "B"}]
    edge = {"id": "e", "source": "a", "relation": "owns", "target": "b", "strength": "confirmed", "provenance": []}
    edges = [
        edge,
        edge | {"id": "f", "target": "c"},
        edge | {"id": "g", "strength": "sure"},
        edge | {"id": "h", "amount": 5},
    ]
    read = read_graph(json.dumps({"nodes": nodes, "edges": edges}), "x")
    assert [tie.id for tie in graph(read.entities).ties] == ["e"]
    assert [one.row for one in read.aside] == [2, 3, 4]


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"nodes": 1, "edges": []}', "[" * 100_000, '{"nodes": [NaN], "edges": []}']
)
def test_what_is_no_graph_is_refused(text: str):
    with pytest.raises(InputError):
        read_graph(text, "x")
