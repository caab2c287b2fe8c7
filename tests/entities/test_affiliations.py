"""Posts: each once though several sources say so; a table of them is read."""

from __future__ import annotations

from inconcert.entities.affiliations import affiliations
from inconcert.entities.graph import graph
from inconcert.entities.posts_table import read_posts_table

from .small_world import company, directs, entity, person, world


def test_a_role_that_two_sources_state_is_one_with_both():
    graph = world(
        person("ann"), company("firm"),
        entity("1", "Directorship", strength="reported", sources=("N1",), director="ann", organization="firm", role="chairman of", startDate="2016"),
        entity("2", "Directorship", strength="confirmed", sources=("N2",), director="ann", organization="firm", role="Chairman  of", startDate="2015"),
        directs("3", "ann", "firm", role="member of"),
    )  # fmt: skip
    chairman, member = affiliations(graph, "ann")
    assert (chairman.start, chairman.strength, chairman.ties, chairman.sources) == (
        "2015",
        "confirmed",
        ("1", "2"),
        ("N2", "N1"),
    )
    assert member.role == "member of"
    assert affiliations(graph, "firm") == (chairman, member)


def test_a_post_held_again_is_listed_again():
    graph = world(
        person("ann"), company("firm"),
        directs("1", "ann", "firm", role="head of", startDate="2010", endDate="2012"),
        directs("2", "ann", "firm", role="head of", startDate="2011", endDate="2012"),
        directs("3", "ann", "firm", role="head of", startDate="2018"),
    )  # fmt: skip
    assert [(one.start, one.end, one.ties) for one in affiliations(graph, "ann")] == [
        ("2010", "2012", ("1", "2")),
        ("2018", None, ("3",)),
    ]


def test_a_table_of_posts_is_read_and_bad_rows_are_set_aside():
    text = (
        "person,role,body,start,end,strength,source\n"
        "Ann Lee,chairman,Harbour Club,2015,,confirmed,annual report 2016\n"
        "Ann Lee,Chairman of,Harbour  Club,2015,,reported,club list\n"
        "Ann Lee,member of,Union,,,,\n"
        ",chairman,Harbour Club,,,,\n"
        "Bo Ode,clerk,Harbour Club,soon,,,\n"
        "Bo Ode,clerk,Harbour Club,2015,,sure,\n"
    )
    read = read_posts_table(text, "club")
    world = graph(read.entities)
    ann = next(id for id in world.nodes if world.name(id) == "Ann Lee")
    assert [(one.role, world.name(one.body), one.strength, len(one.ties)) for one in affiliations(world, ann)] == [
        ("chairman of", "Harbour Club", "confirmed", 2), ("member of", "Union", "reported", 1),
    ]  # fmt: skip
    assert [one.row for one in read.aside] == [5, 6, 7]
    assert {tie.schema for tie in world.ties} == {"Directorship", "Membership"}


def test_a_name_that_is_known_already_is_the_same_entity():
    read = read_posts_table("person,role,body\nAnn Lee,head,Harbour Club\n", "club", {"harbour club": "hc"})
    assert graph([*read.entities, company("hc")]).ties[0].target == "hc"
