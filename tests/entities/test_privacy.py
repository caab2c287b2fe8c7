"""Who is public is named with the statement that says so; of anybody else nothing personal is left."""

from __future__ import annotations

import pytest

from inconcert.entities.entity import Entity
from inconcert.entities.ftm_entities import write_ftm
from inconcert.entities.graph import graph
from inconcert.entities.privacy import OPAQUE, opaque, sealed, why_public

from .small_world import company, directs, entity, link, person, world


def text_of(entities: tuple[Entity, ...]) -> str:
    return "\n".join(write_ftm(entities))


@pytest.mark.parametrize(
    ("tie", "why"),
    [
        (directs("t", "ann", "firm", role="chairman of"), "chairman of Firm (t, confirmed)"),
        (directs("t", "ann", "firm", "reported"), "directs Firm (t, reported)"),
        (link("t", "ann", "firm", role="co founded"), "co founded Firm (t, confirmed)"),
        (directs("t", "ann", "firm", "assessed"), None),
        (directs("t", "ann", "firm", "possible"), None),
        (link("t", "ann", "firm", role="graduate of"), None),
        (link("t", "firm", "ann", role="chairman of"), None),
        (entity("t", "Employment", strength="confirmed", employee="ann", employer="firm"), None),
        (entity("t", "Family", strength="confirmed", person="ann", relative="bo"), None),
    ],
)
def test_an_office_that_is_confirmed_or_reported_makes_public(tie: Entity, why: str | None):
    assert why_public(world(person("ann"), person("bo"), company("firm"), tie), "ann") == why


def test_a_list_of_officials_makes_public_and_a_list_of_sanctions_does_not():
    graph = world(
        entity("a", "Person", name="A", topics="role.pep"), entity("b", "Person", name="B", topics="sanction")
    )
    assert why_public(graph, "a") == "listed under 'role.pep'"
    assert why_public(graph, "b") is None


PRIVATE = (
    entity(
        "jane-doe",
        "Person",
        name=["Jane Doe", "简多伊"],
        birthDate="1980-01-02",
        email="jane@example.org",
        address="1 High Street",
    ),
    entity("acc-jane", "UserAccount", username="night_owl", service="X", owner="jane-doe"),
    entity("acc-2", "UserAccount", username="owl2", service="X", notes="posts as JANE DOE at night"),
    company("firm"),
    entity(
        "job", "Employment", strength="confirmed", employee="jane-doe", employer="firm", description="Jane Doe cleans"
    ),
    entity("file", "Document", title="About 简多伊", fileName="F1"),
    Entity("x", "Note", entity("x", "Note", name="Memo").statements, {"caption": "Jane Doe, memo", "referents": ["r"]}),
)


def test_nothing_personal_of_a_private_person_is_left():
    safe = sealed(PRIVATE)
    text = text_of(safe.entities)
    for word in ("Jane", "JANE", "jane", "Doe", "简多伊", "1980", "example.org", "High Street", "night_owl"):
        assert word not in text, word
    assert [one.id for one in safe.withheld] == [opaque("jane-doe")]
    assert (safe.withheld[0].properties, safe.withheld[0].ties) == (5, 1)


def test_the_graph_keeps_its_shape_and_others_their_facts():
    before, after = graph(PRIVATE), graph(sealed(PRIVATE).entities)
    assert (len(after.nodes), len(after.ties)) == (len(before.nodes), len(before.ties))
    assert after.name("firm") == "Firm"
    assert after.entities["acc-2"].first("username") == "owl2"
    assert after.entities["x"].extra == {"referents": ["r"]}
    assert OPAQUE.fullmatch(after.ties[0].source)


def test_sealing_twice_changes_nothing_more():
    once = sealed(PRIVATE)
    twice = sealed(once.entities)
    assert twice.entities == once.entities
    assert [one.id for one in twice.withheld] == [one.id for one in once.withheld]


def test_an_approved_person_is_left_as_is():
    safe = sealed(PRIVATE, {opaque("jane-doe")})
    assert safe.entities == PRIVATE
    assert safe.withheld == ()


def test_a_short_name_is_not_cut_out_of_other_words():
    safe = sealed((entity("p-li", "Person", name="Li"), entity("o", "Company", name="Lithium Limited")))
    assert safe.entities[1].values("name") == ["Lithium Limited"]
    assert safe.entities[0].values("name") != ["Li"]


def test_a_public_person_is_not_hidden_by_a_private_one_of_that_name():
    them = (
        person("one", "Ann Example"),
        company("firm"),
        directs("t", "one", "firm", role="ceo of"),
        person("two", "Ann Example"),
    )
    safe = sealed(them)
    assert [one.id for one in safe.withheld] == [opaque("two")]
    assert safe.entities[3].id == opaque("two")


MARIA = entity("m", "Person", name="Maria Petrova", email="mp@example.org", phone="+1 555 0100")


def written_beside(*others: Entity, person: Entity = MARIA) -> str:
    return text_of(sealed((person, *others)).entities).casefold()


@pytest.mark.parametrize(
    "spelling",
    ["Maria  Petrova", "Maria\u00a0Petrova", "MARIA\nPETROVA", "Maria\u200b Petrova", "Petrova, Maria", "Maria_Petrova.pdf", "maria-petrova",
     "mariapetrova", "mp@example.org", "+1 555 0100", "+1-555-0100"],
)  # fmt: skip
def test_a_name_is_left_out_however_it_is_written(spelling: str):
    text = written_beside(entity("f", "Company", name="Firm", notes=f"cleaned by {spelling} at night"))
    assert "petrova" not in text
    assert "0100" not in text
    assert "mp@" not in text
    assert "[withheld]" in text


def test_a_name_is_left_out_in_either_form_of_its_marks():
    zoe = entity("z", "Person", name="Zoë Müller")
    note = entity("f", "Company", name="Firm", notes="cleaned by Zoe\u0308 Mu\u0308ller")
    assert "mu\u0308ller" not in written_beside(note, person=zoe)


def test_a_name_given_in_parts_is_left_out_as_a_whole():
    parts = entity("m", "Person", firstName="Maria", lastName="Petrova")
    assert "petrova" not in written_beside(
        entity("f", "Company", name="Firm", notes="Maria Petrova cleans"), person=parts
    )


@pytest.mark.parametrize(
    "paper",
    [
        entity("p", "Passport", holder="m", number="AB123456"),
        entity("p", "Identification", holder="m", number="AB123456"),
        entity("p", "Mention", resolved="m", name="M. P., AB123456"),
        entity("p", "CryptoWallet", holder="m", publicKey="AB123456"),
        entity("p", "UserAccount", owner="m", username="AB123456"),
    ],
)
def test_papers_and_accounts_of_a_private_person_say_nothing(paper: Entity):
    text = written_beside(paper)
    assert "ab123456" not in text
    assert opaque("m") in text


@pytest.mark.parametrize(
    "tie",
    [
        link("t", "m", "u", role="runs account"),
        link("t", "m", "u", role="Owner of account"),
        entity("t", "Ownership", owner="m", asset="u"),
    ],
)
def test_an_account_is_a_persons_by_any_word_for_it(tie: Entity):
    assert "owl" not in written_beside(entity("u", "UserAccount", username="night_owl"), tie)


def test_who_is_a_person_in_one_file_is_none_the_less_one_in_another():
    """An organisation of the same id, read first, made the details of the person those of an organisation, which are named."""
    text = text_of(sealed((entity("m", "Organization", name="Maria Petrova"), MARIA)).entities).casefold()
    assert "petrova" not in text
    assert "0100" not in text


def test_a_person_given_as_a_proof_is_a_person():
    assert "petrova" not in written_beside(entity("f", "Company", name="Firm", proof="m"))


@pytest.mark.parametrize("topic", ["government-critic", "role.police-informer", "role.pepper", "governed"])
def test_only_the_topic_itself_makes_public(topic: str):
    assert why_public(world(entity("a", "Person", name="A", topics=topic)), "a") is None


def test_a_list_that_is_only_assessed_makes_nobody_public():
    assert why_public(world(entity("a", "Person", name="A", topics="role.pep", strength="possible")), "a") is None
    assert (
        why_public(world(entity("a", "Person", name="A", topics="gov.national")), "a") == "listed under 'gov.national'"
    )


def test_many_private_persons_are_left_out_in_little_time():
    them = [entity(f"p{n}", "Person", name=f"Given{n:04} Family{n:04}") for n in range(1_500)]
    notes = [
        entity(f"c{n}", "Company", name=f"Firm {n}", notes=f"cleaned by Given{n:04} Family{n:04}") for n in range(1_500)
    ]
    assert "family" not in text_of(sealed((*them, *notes)).entities).casefold()
